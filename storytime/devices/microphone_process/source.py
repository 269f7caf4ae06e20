"""One QAudioSource: an input of this machine as it is, in mono."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSource, QtAudio

from storytime.core.studio.journal import FORMATS
from storytime.devices.microphone_process.louder import Louder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from PySide6.QtCore import QIODevice

RATE = 48_000
RING = 2.0
"""Seconds that wait for us in Qt, whatever keeps us."""
DEPTHS = {
    QAudioFormat.SampleFormat.Int16: "s16",
    QAudioFormat.SampleFormat.Int32: "s32",
    QAudioFormat.SampleFormat.Float: "f32",
}


class Source:
    """An open input. Raises OSError where it does not open."""

    def __init__(self, device: QAudioDevice) -> None:
        wanted = next((one for one in formats_of(device) if device.isFormatSupported(one)), device.preferredFormat())
        if wanted.sampleFormat() not in DEPTHS:
            raise OSError("an input of a kind that is not known")
        self.device = device
        self.rate = wanted.sampleRate()
        self.format = DEPTHS[wanted.sampleFormat()]
        self._kind = np.dtype(FORMATS[self.format])
        self._frame = wanted.bytesPerFrame()
        self._louder = Louder(wanted.channelCount())
        self._half = b""
        self._source = QAudioSource(device, wanted)
        self._source.setBufferSize(round(RING * self.rate) * self._frame)
        self._ring: QIODevice = self._source.start()
        if self.failed:
            raise OSError("an input that does not open")

    @property
    def failed(self) -> bool:
        """Whether Qt knows that nothing more will come."""
        return self._source.state() == QtAudio.State.StoppedState

    def read(self) -> NDArray[np.generic]:
        """Return what came since the last time, in the depth of `format`."""
        raw = self._half + bytes(self._ring.readAll().data())
        whole = len(raw) // self._frame * self._frame
        self._half = raw[whole:]
        return self._louder.take(np.frombuffer(raw[:whole], self._kind))

    def close(self) -> None:
        """Let the input go."""
        self._source.reset()
        self._source.deleteLater()


def name_of(device: QAudioDevice) -> str:
    """Return the name by which the system knows a device."""
    return bytes(device.id().data()).decode("utf-8", "replace")


def formats_of(device: QAudioDevice) -> Iterator[QAudioFormat]:
    """Yield what is asked of a device, the best first: 48 kHz at its own depth.

    Of a device of two channels both are asked for, and the louder is taken here: the sound server would mix them, and
    a voice that stands in one alone would lose half.
    """
    own = device.preferredFormat()
    depth = own.sampleFormat() if own.sampleFormat() in DEPTHS else QAudioFormat.SampleFormat.Int16
    for rate in (RATE, own.sampleRate()):
        for channels in (2, 1) if own.channelCount() == 2 else (1, own.channelCount()):
            made = QAudioFormat()
            made.setSampleRate(rate)
            made.setChannelCount(channels)
            made.setSampleFormat(depth)
            yield made


def as_floats(samples: NDArray[np.generic]) -> NDArray[np.float32]:
    """Return samples of a journal's format as floats of -1 to 1."""
    if samples.dtype.kind == "f":
        return samples.astype(np.float32)
    full = np.float32(2.0 ** (8 * samples.dtype.itemsize - 1))
    scaled: NDArray[np.float32] = samples.astype(np.float32) / full
    return scaled

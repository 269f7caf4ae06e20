"""The sound of a book's chapter while it is put together: lines one after the other, into AAC in an MP4."""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

RATE = 48_000
"""Hz: recorded voices keep all that they have."""
BITS = 80_000
"""Bits a second of one voice."""


class BookSound:
    """A file that is being written; times are whole milliseconds into it."""

    def __init__(self, path: Path) -> None:
        import av

        self._frames = 0
        # bitexact: neither the encoder's name nor the time of day is written, so the same lines are the same bytes.
        self._file: Any = av.open(str(path), "w", format="ipod", options={"fflags": "+bitexact"})
        self._stream: Any = self._file.add_stream("aac", rate=RATE)
        self._stream.codec_context.layout = "mono"
        self._stream.codec_context.bit_rate = BITS
        self._stream.codec_context.flags |= 1 << 23

    @property
    def length(self) -> int:
        """What was written so far."""
        return self._frames * 1000 // RATE

    def add(self, sound: Path, pause: float) -> None:
        """Write a line (16-bit mono WAV), and a silence of `pause` seconds. Raises OSError, EOFError, `wave.Error`."""
        import av
        import numpy as np

        # A file that has gone says so here, before anything of it is written.
        with sound.open("rb") as raw, wave.open(raw) as file:
            data, rate = np.frombuffer(file.readframes(file.getnframes()), "<i2"), file.getframerate()
        frame = av.AudioFrame.from_ndarray(data.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = rate
        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        parts = [out.to_ndarray()[0] for one in (frame, None) for out in resampler.resample(one)] if data.size else []
        self._write(np.concatenate([*parts, np.zeros(round(pause * RATE), np.int16)]))

    def close(self) -> None:
        """End the file."""
        if self._frames:
            self._mux(self._stream.encode(None))
        self._file.close()

    def _write(self, samples: Any) -> None:
        import av

        if not samples.size:
            return
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate, frame.pts = RATE, self._frames
        self._frames += samples.size
        self._mux(self._stream.encode(frame))

    def _mux(self, packets: Any) -> None:
        for packet in packets:
            self._file.mux(packet)

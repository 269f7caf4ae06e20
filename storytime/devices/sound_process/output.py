"""One QAudioSink in push mode, fed from a reel.

Push mode, because Python called from Qt's own reading of a device loses frames under load. What is wanted is a state,
the reel's; `tick` makes the sink follow it.
"""

from __future__ import annotations

import os
import time
import wave
from typing import TYPE_CHECKING

from PySide6.QtCore import QIODevice, QObject, Qt, QTimer
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSink, QtAudio

from storytime.devices.sound_process.reel import FRAME, Reel
from storytime.devices.sound_process.server_buffer import server_seconds

if TYPE_CHECKING:
    from collections.abc import Callable

    from storytime.devices.lines import Message

RATE = 48_000
"""Frames a second (Hz) of the sink; sounds of other rates are brought to it."""
RING = 2 * RATE
"""Frames that the sink's own ring holds."""
AHEAD = RATE * 8 // 5
"""Frames beyond those heard that are given to the sink within a sound."""
LEAST = RATE * 6 // 10
"""The same across a join: what is given can be cut off no more, what is not may come too late."""
IDLE = RATE * 7 // 100
"""The same while there is silence only: the first sound waits for this."""
TICK = 25
"""Milliseconds."""
STILL = 2.0
"""Seconds without progress after which the output is dead: a killed sound server is not reported."""
LOUDER = 0.2
"""Largest step of volume in a tick, so that a change makes no click."""
SOFT = 0.006
"""Seconds in which a sound rises that is begun in its midst."""
DEAD = 3
"""What the process ends with when its output is dead: a new process finds the sound server anew, this one cannot."""


def sink_format() -> QAudioFormat:
    """Return 48 kHz, 16 bits, stereo: what every output takes."""
    wanted = QAudioFormat()
    wanted.setSampleRate(RATE)
    wanted.setChannelCount(2)
    wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    return wanted


class Output(QObject):
    """The way out for sound, open or not."""

    def __init__(self, tell: Callable[[Message], object]) -> None:
        super().__init__()
        self.reel = Reel()
        self.volume = 1.0
        self.device = QAudioDevice()
        self._tell = tell
        self._sink: QAudioSink | None = None
        self._ring: QIODevice | None = None
        self._given = 0
        self._beyond = round(server_seconds() * RATE)
        self._suspended = False
        self._progress = (0, 0.0)
        self._ticks = QTimer(self, interval=TICK, timerType=Qt.TimerType.PreciseTimer)
        self._ticks.timeout.connect(self.tick)

    @property
    def is_open(self) -> bool:
        """Whether there is a sink."""
        return self._sink is not None

    def open(self, device: QAudioDevice) -> None:
        """Begin a sink on the device, and feed it silence."""
        self.device = device
        self._sink = QAudioSink(device, sink_format(), self)
        self._sink.setBufferSize(RING * FRAME)
        self._start()

    def close(self) -> None:
        """Forget everything and let the output go."""
        self._ticks.stop()
        self.reel.clear()
        if self._sink is not None:
            self._sink.reset()
            self._sink.deleteLater()
            self._sink = self._ring = None

    def queue(self, token: int, path: str, pause: float, begin: int = 0) -> None:
        """Put the sound in the file at the end, from its frame `begin`, then `pause` seconds of silence."""
        frames = frames_of(path, begin)
        if self.reel.silent() and not self.reel.held:
            # What the sink and the sound server hold is silence: the sound need not wait for its end.
            self._start()
        self.reel.wind_on(token, frames, round(pause * RATE))

    def drop(self, turn: int) -> None:
        """Forget everything, and what the sink holds too; a new turn begins."""
        stale = self.reel.clear()
        self.reel.turn = turn
        if stale:
            self._start()

    def tick(self) -> None:
        """Make the sink follow the reel: held or running, as loud as wished, and fed."""
        if self._sink is None or self._held(self._sink):
            return
        self._follow_volume(self._sink)
        played = self._played(self._sink)
        for mark in self.reel.hear(played - self._beyond):
            self._tell({"is": mark.kind, "token": mark.token, "turn": self.reel.turn})
        if self.reel.cut_is_due():
            self._start()
        self._feed(self._sink)
        self._watch(self._sink, played)

    def _start(self) -> None:
        """Begin the sink empty."""
        if self._sink is None:
            return
        self._sink.reset()
        self._sink.setVolume(self.volume)
        self._ring = self._sink.start()
        self._suspended = False
        self._given = 0
        self._progress = (0, time.monotonic())
        self.reel.begun_anew()
        self._ticks.start()

    def _held(self, sink: QAudioSink) -> bool:
        """Suspend or resume as wished; return whether the sink is held."""
        if self.reel.held and not self._suspended:
            sink.suspend()
            self._suspended = True
            self._ticks.stop()
        elif self._suspended and not self.reel.held:
            sink.resume()
            self._suspended = False
            self._progress = (self._progress[0], time.monotonic())
            self._ticks.start()
        return self._suspended

    def _follow_volume(self, sink: QAudioSink) -> None:
        now = sink.volume()
        if abs(self.volume - now) > 1e-4:
            sink.setVolume(now + min(LOUDER, max(-LOUDER, self.volume - now)))

    def _played(self, sink: QAudioSink) -> int:
        """Return frames that have left the sink's ring since it was begun."""
        return max(0, self._given - (sink.bufferSize() - sink.bytesFree()) // FRAME)

    def _feed(self, sink: QAudioSink) -> None:
        beyond = self._given - self.reel.heard
        self._write(self.reel.take(min(sink.bytesFree() // FRAME, self.reel.wanted(AHEAD, LEAST) - beyond)))
        if self.reel.idle():
            missing = min(sink.bytesFree() // FRAME, IDLE - (self._given - self._played(sink)))
            self._write(self.reel.silence(max(0, missing)))

    def _write(self, frames: bytes) -> None:
        if self._ring is not None and frames:
            self._ring.write(frames)
            self._given += len(frames) // FRAME

    def _watch(self, sink: QAudioSink, played: int) -> None:
        now, (before, since) = time.monotonic(), self._progress
        if played > 0 and before == 0:
            self._tell({"is": "playing"})
        if played != before:
            self._progress = (played, now)
        elif sink.state() == QtAudio.State.StoppedState or now - since > STILL:
            os._exit(DEAD)


def frames_of(path: str, begin: int = 0) -> bytes:
    """Return a 16-bit mono WAV as the sink takes it; of a file that has vanished there are no frames.

    From a frame `begin` in its midst it rises softly, so that its first sample makes no click.
    """
    import numpy as np

    from storytime.devices.sound_process.resample import resampled

    try:
        with wave.open(path, "rb") as file:
            rate, count = file.getframerate(), file.getnframes()
            file.setpos(min(begin, count))
            samples = np.frombuffer(file.readframes(count), "<i2")
    except (OSError, wave.Error, EOFError):
        return b""
    if begin:
        rise = np.minimum(1.0, np.arange(len(samples)) / (SOFT * rate))
        samples = np.rint(samples * np.sin(rise * np.pi / 2) ** 2).astype("<i2")
    return np.repeat(resampled(samples, rate, RATE), 2).astype("<i2").tobytes()

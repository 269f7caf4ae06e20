"""Feed one QAudioSink from a reel, in a thread of its own, so that a stalled main thread is not heard.

Push mode, because Python called from Qt's own reading of a device loses frames under load. What the main thread wants
is a state, the reel's; `tick` makes the sink follow it, whatever the order in which the wishes came.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QIODevice, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSink, QtAudio

from storytime.devices.reel import FRAME
from storytime.devices.server_buffer import server_seconds

if TYPE_CHECKING:
    from storytime.devices.reel import Reel

RATE = 48_000
"""Frames a second (Hz) of the sink; sounds of other rates are brought to it."""
SINK = RATE
"""Frames that the sink's own ring holds."""
AHEAD = RATE * 9 // 10
"""Frames beyond those heard that are given to the sink within a sound."""
LEAST = RATE * 45 // 100
"""The same across a join: what is given can be cut off no more, what is not may come too late."""
IDLE = RATE * 7 // 100
"""The same while there is silence only: the first sound waits for this."""
TICK = 25
"""Milliseconds."""
STILL = 2.0
"""Seconds without progress after which the output is dead: a killed sound server is not reported."""
PROBING = 2000
"""Milliseconds between attempts at a dead output."""
LOUDER = 0.2
"""Largest step of volume in a tick, so that a change makes no click."""


def sink_format() -> QAudioFormat:
    """Return 48 kHz, 16 bits, stereo: what every output takes."""
    wanted = QAudioFormat()
    wanted.setSampleRate(RATE)
    wanted.setChannelCount(2)
    wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    return wanted


class Feeder(QObject):
    """Lives in the sound thread; everything but the signals and the reel is touched there only."""

    passed = Signal(object)
    """A `Mark` has been heard."""
    died = Signal()
    """The output makes no progress, or broke."""
    revived = Signal()
    """A dead output makes progress again."""
    woken = Signal()
    """Emit to have the sink follow the reel now."""
    begin = Signal(QAudioDevice)
    """Emit to open the output."""
    end = Signal()
    """Emit to let the output go."""
    finish = Signal()
    """Emit to let the output go and end the thread."""
    probe = Signal(QAudioDevice)
    """Emit to try a dead output from time to time until it is alive."""

    def __init__(self, reel: Reel) -> None:
        super().__init__()
        self._reel = reel
        self._sink: QAudioSink | None = None
        self._ring: QIODevice | None = None
        self._given = 0
        self._beyond = round(server_seconds() * RATE)
        self._suspended = False
        self._dead = False
        self._progress = (0, 0.0)
        self._ticks = QTimer(self, interval=TICK, timerType=Qt.TimerType.PreciseTimer)
        self._ticks.timeout.connect(self.tick)
        self.woken.connect(self.tick)
        self.begin.connect(self._begin)
        self.end.connect(self._end)
        self.finish.connect(self._finish)
        self.probe.connect(self._probe)

    @Slot(QAudioDevice)
    def _begin(self, device: QAudioDevice) -> None:
        # Here and not at the first line: a tenth of a second that no key press should wait for.
        import numpy  # noqa: F401

        self._end()
        self._sink = QAudioSink(device, sink_format(), self)
        self._sink.setBufferSize(SINK * FRAME)
        self._dead = False
        self._start()
        self.tick()

    def _start(self) -> None:
        """Begin the sink empty."""
        if self._sink is None:
            return
        self._sink.reset()
        self._ring = self._sink.start()
        self._sink.setVolume(self._reel.volume)
        self._suspended = False
        self._given = 0
        self._progress = (0, time.monotonic())
        self._reel.begun_anew()
        self._ticks.start()

    @Slot()
    def _end(self) -> None:
        self._ticks.stop()
        if self._sink is not None:
            self._sink.reset()
            self._sink.deleteLater()
            self._sink = self._ring = None

    @Slot()
    def _finish(self) -> None:
        self._end()
        self.thread().quit()

    @Slot(QAudioDevice)
    def _probe(self, device: QAudioDevice) -> None:
        self._begin(device)
        self._dead = True

    @Slot()
    def tick(self) -> None:
        """Make the sink follow the reel: begun anew, held or running, as loud as wished, and fed."""
        if self._sink is None:
            return
        if self._reel.restart:
            self._start()
        if self._follow_hold():
            return
        self._follow_volume()
        played = self._played()
        for mark in self._reel.hear(played - self._beyond):
            self.passed.emit(mark)
        if self._reel.cut_is_due():
            self._start()
            played = 0
        self._feed()
        self._watch(played)

    def _follow_hold(self) -> bool:
        """Suspend or resume; return whether the sink is held."""
        assert self._sink is not None
        if self._reel.held and not self._suspended:
            self._sink.suspend()
            self._suspended = True
            self._ticks.stop()
        elif self._suspended and not self._reel.held:
            self._sink.resume()
            self._suspended = False
            self._progress = (self._progress[0], time.monotonic())
            self._ticks.start()
        return self._suspended

    def _follow_volume(self) -> None:
        assert self._sink is not None
        now, wanted = self._sink.volume(), self._reel.volume
        if abs(wanted - now) > 1e-4:
            self._sink.setVolume(now + min(LOUDER, max(-LOUDER, wanted - now)))

    def _played(self) -> int:
        """Return frames that have left the sink's ring since it was begun."""
        assert self._sink is not None
        held = (self._sink.bufferSize() - self._sink.bytesFree()) // FRAME
        return max(0, self._given - held)

    def _feed(self) -> None:
        assert self._sink is not None
        free = self._sink.bytesFree() // FRAME
        beyond = self._given - self._reel.heard
        wanted = min(free, self._reel.wanted(AHEAD, LEAST) - beyond)
        if wanted > 0:
            self._write(self._reel.take(wanted))
        if self._reel.idle():
            missing = min(self._sink.bytesFree() // FRAME, IDLE - (self._given - self._played()))
            if missing > 0:
                self._write(self._reel.silence(missing))

    def _write(self, frames: bytes) -> None:
        if self._ring is not None and frames:
            self._ring.write(frames)
            self._given += len(frames) // FRAME

    def _watch(self, played: int) -> None:
        assert self._sink is not None
        now = time.monotonic()
        if played != self._progress[0]:
            if self._dead and played > 0:
                self._dead = False
                self._end()
                self.revived.emit()
                return
            self._progress = (played, now)
        broken = self._sink.state() == QtAudio.State.StoppedState
        if broken or now - self._progress[1] > STILL:
            self._end()
            if self._dead:
                return
            self.died.emit()

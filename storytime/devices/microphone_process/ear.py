"""The ear: fetches what the open input heard, hands it to the recording at once, and notices when nothing comes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer

from storytime.devices.meter import level_of
from storytime.devices.microphone_process import permission
from storytime.devices.microphone_process.pulse_source import PulseSource
from storytime.devices.microphone_process.source import Source, as_floats, name_of
from storytime.devices.sound_process.server_buffer import server_seconds

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from PySide6.QtMultimedia import QAudioDevice

    from storytime.core.ports import Level
    from storytime.devices.microphone_process.recording import Recording

TICK = 20
"""Milliseconds."""
TELLING = 0.1
"""Seconds of sound that a level is told of, at least."""
STILL = 2.0
"""Seconds without a block after which the input is dead: a killed sound server is not reported."""
OPENING = 5.0
"""The same before the first block: an idle sound server needs a while."""
LONGEST_TICK = 0.1
"""Seconds of stillness that one tick can stand for: after a sleep or a stall the input has its time again."""


class Ear(QObject):
    """Hears while an input is open; what it hears goes into `recording` if there is one."""

    def __init__(
        self,
        begun: Callable[[], object],
        heard: Callable[[Level], object],
        over: Callable[[str], object],
    ) -> None:
        """`begun` is told of a recording's first frame, `heard` of levels, `over` of why nothing more is recorded."""
        super().__init__()
        self.source: Source | None = None
        self.recording: Recording | None = None
        self._known: PulseSource | None = None
        self._begun, self._heard, self._over = begun, heard, over
        self._untold: list[NDArray[np.float32]] = []
        self._still = self._ticked = 0.0
        self._patience = OPENING
        self._zeros: float | None = 0.0
        self._left: float | None = None
        self._ticks = QTimer(self, interval=TICK, timerType=Qt.TimerType.PreciseTimer)
        self._ticks.timeout.connect(self.tick)

    def open(self, device: QAudioDevice) -> None:
        """Open an input, in place of any other. Raises OSError."""
        self.close()
        self.source = Source(device)
        self._known = PulseSource(name_of(device))
        self._still, self._ticked, self._patience = 0.0, time.monotonic(), OPENING
        self._zeros = 0.0
        self._ticks.start()

    def close(self) -> None:
        """Let the input go."""
        self._ticks.stop()
        self._untold.clear()
        if self.source is not None:
            self.source.close()
            self.source = None
        if self._known is not None:
            self._known.close()
            self._known = None

    def begin(self, recording: Recording) -> None:
        """Record all that comes from now on."""
        self.fetch()
        self.recording, self._left = recording, None
        self._untold.clear()

    def stop(self) -> None:
        """End the recording when all that sounded until now has come."""
        if self.recording is not None and self._left is None:
            self.fetch()
            self._left = server_seconds() + TICK / 1000

    def tick(self) -> None:
        """Fetch what came."""
        if self.source is None:
            return
        if self.fetch():
            self._still, self._patience = 0.0, STILL
        else:
            self._still += min(LONGEST_TICK, time.monotonic() - self._ticked)
        self._ticked = time.monotonic()
        if self.recording is not None and self.recording.trouble:
            self._over(self.recording.trouble)
        elif self._left is not None and (self._left <= 0 or self._still > STILL / 4):
            self._left = None
            self._over("")
        elif self._zeros is not None and permission.zeros_mean_refused(self._zeros):
            self._over("refused")
        elif self._still > self._patience or self._vanished():
            self._over("refused" if permission.refused() else "lost")

    def fetch(self) -> bool:
        """Write all that came, and tell of it; return whether anything did."""
        if self.source is None:
            return False
        samples = self.source.read()
        if not len(samples):
            return False
        if self.recording is not None:
            self._write(self.recording, samples, self.source.rate)
        self._tell(as_floats(samples), self.source.rate)
        return True

    def _vanished(self) -> bool:
        """Return whether Qt or the sound server knows that this input is not heard any more."""
        return (self.source is not None and self.source.failed) or (self._known is not None and self._known.gone())

    def _write(self, recording: Recording, samples: NDArray[np.generic], rate: int) -> None:
        first = not recording.seconds
        recording.write(samples.tobytes())
        if first and recording.seconds:
            self._begun()
        if self._left is not None:
            self._left -= len(samples) / rate

    def _tell(self, samples: NDArray[np.float32], rate: int) -> None:
        if self._zeros is not None:
            self._zeros = None if samples.any() else self._zeros + len(samples) / rate
        self._untold.append(samples)
        if sum(map(len, self._untold)) < TELLING * rate:
            return
        block = np.concatenate(self._untold)
        self._untold.clear()
        recording = self.recording
        safe, seconds = (recording.safe, recording.seconds) if recording is not None else (0.0, 0.0)
        self._heard(level_of(block, safe, seconds))

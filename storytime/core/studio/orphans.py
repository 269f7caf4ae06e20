"""Recordings that go on though their window died: asked to end when somebody opens a window anew."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from storytime.core.signal import Signal
from storytime.core.studio.journal_file import ask_to_end, being_written, under_way, window_is_gone

if TYPE_CHECKING:
    from pathlib import Path

    from storytime.core.ports import Clock, Timer

AGAIN = 0.5
"""Seconds after which it is looked whether they ended."""
LOOKS = 6
"""Times; what goes on even then has a window of its own that lives, unless that is known to be dead."""


class Orphans:
    """Asks, and says with `ended` when one of them did: then it waits like any recording that was left behind."""

    def __init__(self, clock: Clock, folder: Path) -> None:
        self.ended: Signal[()] = Signal()
        self._clock, self._folder = clock, folder
        self._growing: list[Path] = []
        self._timer: Timer | None = None

    def ask(self, own: Path | None = None) -> None:
        """Ask every recording to end whose window died; `own` is this window's, and goes on."""
        self.forget()
        self._growing = [path for path in under_way(self._folder) if path != own]
        for path in self._growing:
            ask_to_end(path)
        self._wait(LOOKS)

    def forget(self) -> None:
        """Look no more whether they ended."""
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _wait(self, looks: int) -> None:
        more = looks > 0 or any(map(window_is_gone, self._growing))
        self._timer = self._clock.after(AGAIN, partial(self._look, looks - 1)) if self._growing and more else None

    def _look(self, looks: int) -> None:
        before = len(self._growing)
        self._growing = [path for path in self._growing if being_written(path)]
        self._wait(looks)
        if len(self._growing) < before:
            self.ended.emit()

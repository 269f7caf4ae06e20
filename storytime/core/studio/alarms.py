"""What a teller must hear of at once while they read: nothing is heard, it is too loud, the disk is nearly full."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from storytime.core.ports import Level

DEAD_AFTER = 0.8
"""Seconds without a sound, or without a word from the microphone, that are dead: said well within the second."""
ZERO = -119.0
"""dBFS; at or below it every sample was zero. No room is so quiet, but a refused or unplugged microphone is."""
CLIPPED_FOR = 2.0
"""Seconds for which a clipped sample is spoken of."""
SCARCE = 10.0
"""Minutes of room below which a teller is told."""
LEAST = 0.25
"""Minutes of room below which no recording begins."""
BYTES_A_SECOND = 48_000 * 4
"""What the most careful microphone writes."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What was last heard, in boot seconds."""

    heard: float
    """When the microphone last said anything."""
    sounded: float
    """When it was last something else than zeros."""
    clipped: float | None = None

    def after(self, level: Level, now: float) -> Watch:
        """Return the watch after a level was heard."""
        return replace(
            self,
            heard=now,
            sounded=now if level.peak > ZERO else self.sounded,
            clipped=now if level.clipped else self.clipped,
        )

    def alarm(self, now: float, room: float) -> str:
        """Return the gravest that is to be said: dead, clipped, room, or nothing. `room` in minutes."""
        if now - min(self.heard, self.sounded) >= DEAD_AFTER - 1e-6:
            return "dead"
        if self.clipped is not None and now - self.clipped < CLIPPED_FOR:
            return "clipped"
        return "room" if room < SCARCE else ""


def minutes_of_room(folder: Path, usage: Callable[[Path], tuple[int, int, int]] = shutil.disk_usage) -> float:
    """Return the minutes of recording for which the disk of a folder has room; 0 where it cannot be told.

    A folder that is not there yet is asked for at the nearest one that is.
    """
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        return usage(folder)[2] / BYTES_A_SECOND / 60
    except OSError:
        return 0.0

"""When a repeated line is over: the teller has spoken, and has been silent for a while."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storytime.core.ports import Level

SILENT_FOR = 1.5
"""Seconds of silence that end a line."""
ABOVE = 10.0
"""dB over the room that are a voice."""
FAINTEST = -60.0
"""dBFS; nothing below it is a voice."""
ROOM = -45.0
"""dBFS of a room that nobody listened to."""


@dataclass(frozen=True, slots=True)
class Echo:
    """What was heard of the teller so far."""

    room: float = ROOM
    """dBFS of the room: as it was listened to, or of the quietest moment since."""
    spoke: float | None = None
    """Boot second at which a voice was last heard; None before the first word."""

    def after(self, level: Level, now: float) -> Echo:
        """Return it after a level was heard."""
        room = min(self.room, max(level.rms, FAINTEST - ABOVE))
        voice = level.rms > max(room + ABOVE, FAINTEST)
        return replace(self, room=room, spoke=now if voice else self.spoke)

    def over(self, now: float) -> bool:
        """Return whether the line has been repeated."""
        return self.spoke is not None and now - self.spoke >= SILENT_FOR - 1e-6

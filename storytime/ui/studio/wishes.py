"""What the studio's screens ask for, and what they hear: whoever keeps these can stand behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from storytime.core.ports import Level
    from storytime.core.shelf.takes import Take
    from storytime.core.shelf.tellers import Teller
    from storytime.core.signal import Signal
    from storytime.core.studio.session import Mode, Session


class Studio(Protocol):
    """One sitting. Wishes that do not fit its state are no error and change nothing."""

    changed: Signal[Session]
    heard: Signal[Level]
    wave: Signal[list[float]]
    """Peaks of what was recorded since the last time, 0 to 1, in order; an empty list begins anew."""
    kept: Signal[Take]

    @property
    def session(self) -> Session:
        """The sitting as it is."""

    def open(self, story: int, line: int = 0) -> None:
        """Sit down with a story. Raises `StoryNotFound`."""

    def open_tale(self) -> None:
        """Sit down without a text."""

    def leave(self) -> None:
        """Get up; what waits stays on the disk."""

    def choose_teller(self, teller: int) -> None:
        """Let somebody else read."""

    def choose_mode(self, mode: Mode) -> None:
        """Read line by line, straight through, or after the machine."""

    def go_to(self, line: int) -> None:
        """Read another line."""

    def next_line(self) -> None:
        """Go on to the line after."""

    def previous_line(self) -> None:
        """Go back to the line before."""

    def toggle(self) -> None:
        """Begin to record, or stop."""

    def keep(self) -> None:
        """Keep what was recorded, and go on."""

    def redo(self) -> None:
        """Put it away, and record again."""

    def play(self) -> None:
        """Hear what was recorded."""

    def punch_in(self) -> None:
        """Hear three seconds of what came before, then record."""

    def listen_to_room(self) -> None:
        """Listen for three seconds."""

    def move_cut(self, number: int, seconds: float) -> None:
        """Move a cut of a recording that was read straight through."""

    def mark_chapter(self) -> None:
        """Begin a chapter here."""

    def keep_tale(self, title: str) -> None:
        """Put the tale on the shelf."""

    def bring(self, path: Path) -> None:
        """Lay a recording that was made elsewhere on the text."""

    def undo(self) -> None:
        """Bring back what was put away last."""

    def hush(self) -> None:
        """Be silent."""


@dataclass(frozen=True, slots=True)
class Found:
    """A recording that was under way when the program ended."""

    path: Path
    """Of its journal."""
    teller: Teller | None
    """Whose it is; None where its beginning cannot be read."""
    what: str
    """The title of the story, or of what was told."""
    line: int | None
    """The line that was read, from 0; None for a tale, or a recording straight through."""
    seconds: float
    began: str
    """ISO date and time (UTC); may be empty."""


class Finds(Protocol):
    """What a crash has left behind."""

    def found(self) -> list[Found]:
        """Return what waits, the oldest first."""

    def hear(self, found: Found) -> None:
        """Play it; silence what sounded."""

    def keep(self, found: Found) -> None:
        """Make a take of it. Raises `SilentTake` where nobody speaks, and puts it in the attic."""

    def put_away(self, found: Found) -> None:
        """Put it in the attic."""


@dataclass(frozen=True, slots=True)
class Farewell:
    """What was removed when a voice was deleted, and what could not be reached."""

    removed: tuple[str, ...]
    """What and how many, such as "64 takes"."""
    left: tuple[str, ...] = ()
    """Backups that are recorded and were not there."""

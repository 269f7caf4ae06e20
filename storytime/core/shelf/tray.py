"""Tonight’s tray: up to three stories, in the order in which they will be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storytime.core.signal import Signal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storytime.core.database import Library

PLACES = 3


class Tray:
    """The stories laid out for tonight."""

    def __init__(self, library: Library) -> None:
        self.changed: Signal[()] = Signal()
        self._library = library

    def tray(self) -> list[int]:
        """Return the ids laid out, first to last."""
        rows = self._library.rows(
            "SELECT story FROM tray JOIN stories ON stories.id = story WHERE attic IS NULL ORDER BY position"
        )
        return [row[0] for row in rows]

    def lay_out(self, story_id: int) -> bool:
        """Lay a story out after the others and return True; False if the tray is full. Twice is once."""
        laid = self.tray()
        if story_id in laid:
            return True
        if len(laid) >= PLACES:
            return False
        self.arrange([*laid, story_id])
        return True

    def take_from_tray(self, story_id: int) -> None:
        """Put a story back; one that was not laid out is no error."""
        laid = self.tray()
        if story_id in laid:
            self.arrange([one for one in laid if one != story_id])

    def arrange(self, ids: Sequence[int]) -> None:
        """Lay out these stories in this order and no others. Raises ValueError for more than three."""
        wanted = list(dict.fromkeys(ids))
        if len(wanted) > PLACES:
            raise ValueError(wanted)
        with self._library.writing() as connection:
            connection.execute("DELETE FROM tray")
            connection.executemany(
                "INSERT INTO tray (position, story) SELECT ?, id FROM stories WHERE id = ? AND attic IS NULL",
                enumerate(wanted),
            )
        self.changed.emit()

"""The shelf: every story the family has, found, read, changed, and put away without loss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storytime.core.errors import CannotRead, StoryAmbiguous, StoryNotFound
from storytime.core.shelf import rows, search
from storytime.core.shelf.covers import keep_cover, kept_cover
from storytime.core.shelf.story import Story
from storytime.core.shelf.tray import Tray

# What reads and cuts text is imported when there is text to read: a day that only looks at the shelf has none.
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

    from storytime.core.database import Library
    from storytime.core.paths import Paths
    from storytime.core.shelf.story import Line, Manuscript, StoryCard


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a story that was brought to the shelf."""

    id: int
    already: bool
    """It stood there, and nothing was added."""


class Shelf(Tray):
    """The stories, and tonight’s tray. `changed` after every act but the moving of a ribbon."""

    def __init__(self, library: Library, paths: Paths) -> None:
        super().__init__(library)
        self._paths = paths

    def add(self, story: Manuscript, *, shipped: bool = False) -> Added:
        """Put a story on the shelf, unless it stands there. After `LibraryTrouble` or `DiskFull` nothing is added."""
        return self.add_many([story], shipped=shipped)[0]

    def add_many(self, stories: Iterable[Manuscript], *, shipped: bool = False) -> list[Added]:
        """Put all these stories on the shelf, or on an error none of them."""
        with self._library.writing() as connection:
            added = [self._put(connection, story, number if shipped else 0) for number, story in enumerate(stories, 1)]
        if not all(one.already for one in added):
            self.changed.emit()
        return added

    def _put(self, connection: sqlite3.Connection, story: Manuscript, shipped: int) -> Added:
        name = rows.name_of(story)
        there = self._library.row("SELECT id, attic FROM stories WHERE hash = ?", (name,))
        if there and there[1] is None:
            return Added(there[0], already=True)
        if there:
            self._hang(there[0], attic=False)
            return Added(there[0], already=False)
        cover = keep_cover(self._paths, name, story.cover)
        return Added(rows.insert(connection, story, name, cover=cover, shipped=shipped), already=False)

    def cards(self, query: str = "", *, offset: int = 0, limit: int | None = None) -> list[StoryCard]:
        """Return cards, of all stories in the shelf’s order or of those a query finds, the likeliest first."""
        return search.cards(self._library, query, offset, limit)

    def count(self, query: str = "") -> int:
        """Return how many cards there are."""
        return search.count(self._library, query)

    def card(self, story_id: int) -> StoryCard:
        """Return a story’s card. Raises `StoryNotFound`."""
        row = self._library.row(f"SELECT {rows.CARD} FROM stories WHERE id = ? AND attic IS NULL", (story_id,))
        if row is None:
            raise StoryNotFound(str(story_id))
        return rows.card(row)

    def find(self, wanted: str) -> StoryCard:
        """Return the story of that id, exact title, or unambiguous part of a title; case does not matter.

        Raises `StoryNotFound`, `StoryAmbiguous`.
        """
        if wanted.isdecimal() and len(wanted) < 19:
            row = self._library.row("SELECT id FROM stories WHERE id = ? AND attic IS NULL", (int(wanted),))
            if row:
                return self.card(row[0])
        folded = rows.fold(wanted)
        for condition in ("folded = ?", "instr(folded, ?) > 0"):
            several = self._library.rows(
                f"SELECT id, title FROM stories WHERE attic IS NULL AND {condition} {search.ORDER} LIMIT 5", (folded,)
            )
            if len(several) == 1:
                return self.card(several[0][0])
            if several and folded:
                raise StoryAmbiguous(wanted, tuple(title for _, title in several))
        raise StoryNotFound(wanted)

    def story(self, story_id: int) -> Story:
        """Return a story with its whole text. Raises `StoryNotFound`."""
        return Story(self.card(story_id), rows.read_chapters(self._library, story_id))

    def lines(self, story_id: int, start: int = 0, count: int | None = None) -> list[Line]:
        """Return `count` lines from `start` (from 0), at once wherever they stand; fewer at the end."""
        return rows.read_lines(self._library, story_id, start, count)

    def heads(self, story_id: int, start: int, count: int) -> dict[int, str]:
        """Return the titles of the chapters that begin among these lines, by their first line."""
        return rows.read_heads(self._library, story_id, start, count)

    def text(self, story_id: int) -> str:
        """Return the text as a parent edits it (`editable`). Raises `StoryNotFound`."""
        from storytime.core.shelf import editable

        return editable.to_text(self.story(story_id).chapters)

    def edit(
        self, story_id: int, title: str | None = None, author: str | None = None, text: str | None = None
    ) -> StoryCard:
        """Change what is given. An empty title, or a text with no words, changes nothing of that.

        The ribbon stays with its line where that line is still there. Raises `StoryNotFound`.
        """
        from storytime.core.shelf import editable

        was = self.story(story_id)
        new_title = (title or "").strip() or was.title
        new_author = was.author if author is None else author.strip()
        chapters = (editable.from_text(text, was.language) if text is not None else ()) or was.chapters
        with self._library.writing() as connection:
            rows.unindex(connection, story_id, was.title, was.author, rows.searched(was.chapters))
            rows.index(connection, story_id, new_title, new_author, rows.searched(chapters))
            connection.execute(
                "UPDATE stories SET title = ?, folded = ?, author = ? WHERE id = ?",
                (new_title, rows.fold(new_title), new_author, story_id),
            )
            if chapters != was.chapters:
                rows.write_lines(connection, story_id, chapters)
                self.keep_place(story_id, editable.follow(was.card.place, was.lines(), chapters))
        self.changed.emit()
        return self.card(story_id)

    def to_attic(self, story_id: int) -> None:
        """Take a story off the shelf and off the tray, whole; `from_attic` undoes it. Raises `StoryNotFound`."""
        self.card(story_id)
        self._hang(story_id, attic=True)
        self.changed.emit()

    def attic(self) -> list[tuple[int, str]]:
        """Return id and title of what stands in the attic, the newest there first."""
        found = self._library.rows("SELECT id, title FROM stories WHERE attic IS NOT NULL ORDER BY attic DESC, id DESC")
        return [(int(story), str(title)) for story, title in found]

    def from_attic(self, story_id: int) -> None:
        """Put a story back where it stood; one that stands there is no error."""
        if self._library.row("SELECT 1 FROM stories WHERE id = ? AND attic IS NOT NULL", (story_id,)):
            self._hang(story_id, attic=False)
            self.changed.emit()

    def _hang(self, story_id: int, *, attic: bool) -> None:
        text = rows.searched(rows.read_chapters(self._library, story_id, marked=False))
        with self._library.writing() as connection:
            title, author = connection.execute("SELECT title, author FROM stories WHERE id = ?", (story_id,)).fetchone()
            (rows.unindex if attic else rows.index)(connection, story_id, title, author, text)
            connection.execute(
                "UPDATE stories SET attic = CASE WHEN ? THEN datetime('now') END WHERE id = ?", (attic, story_id)
            )

    def place(self, story_id: int) -> int:
        """Return the first line not yet heard whole. Raises `StoryNotFound`."""
        return self.card(story_id).place

    def keep_place(self, story_id: int, line: int) -> None:
        """Move the ribbon to a line; past the end is the beginning."""
        self._library.write(
            "UPDATE stories SET place = CASE WHEN ? BETWEEN 0 AND lines - 1 THEN ? ELSE 0 END WHERE id = ?",
            (line, line, story_id),
        )

    def cover_bytes(self, story_id: int) -> bytes | None:
        """Return the picture that came with the book (PNG or JPEG), or None."""
        row = self._library.row("SELECT cover FROM stories WHERE id = ?", (story_id,))
        return kept_cover(self._paths, row[0]) if row and row[0] else None

    def stock(self, folder: Path) -> list[Added]:
        """Put the shipped stories on the shelf, each once ever: one put in the attic does not come back."""
        had = {row[0] for row in self._library.rows("SELECT name FROM stocked")}
        files = [path for path in sorted(folder.glob("*.md")) if path.name not in had] if folder.is_dir() else []
        if not files:
            return []
        from storytime.core.shelf.intake import order_of, read_story

        stories = []
        for path in sorted(files, key=order_of):
            try:
                stories.append(read_story(path))
            except CannotRead:
                files.remove(path)
        with self._library.writing() as connection:
            connection.executemany("INSERT INTO stocked VALUES (?)", [(path.name,) for path in files])
            added = [self._put(connection, story, number) for number, story in enumerate(stories, 1)]
        self.changed.emit()
        return added

"""What a library file knows of one teller, taken out of it so that no word of it remains in the file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storytime.core.database import KeptState, Library
from storytime.core.errors import CannotReadState
from storytime.core.paths import Paths
from storytime.core.shelf.lengths import reckon
from storytime.core.shelf.rows import fold, read_chapters, searched, unindex
from storytime.core.shelf.tellers import BEFORE
from storytime.core.shelf.words import WORDLESS

if TYPE_CHECKING:
    from pathlib import Path

    from storytime.core.shelf.tellers import Teller


@dataclass(frozen=True, slots=True)
class Known:
    """What was found of a teller in one library file."""

    files: tuple[str, ...] = ()
    """Names of their takes' files."""
    kept: int = 0
    """Takes that were on the shelf; the others were in the attic."""
    seconds: float = 0.0
    tales: tuple[str, ...] = ()
    """Titles of tales that nobody else told any piece of."""


def known_of(library: Library, who: Teller) -> Known | None:
    """Return what is known of a teller; None for nobody, and in a library older than the voices."""
    if not library.row("SELECT 1 FROM sqlite_master WHERE name = 'takes'"):
        return None
    row = _row(library, who)
    if row is None:
        return None
    takes = library.rows("SELECT file, attic, frames, rate FROM takes WHERE teller = ?", row)
    return Known(
        tuple(file for file, *_ in takes),
        sum(attic is None for _, attic, _, _ in takes),
        sum(frames / rate for _, _, frames, rate in takes if rate),
        tuple(title for _, title, _ in _tales(library, row[0])),
    )


def forget(library: Library, who: Teller) -> None:
    """Delete the teller, their takes and their tales from the file. Raises `LibraryTrouble`, `DiskFull`."""
    row = _row(library, who)
    if row is None:
        return
    library.connection.execute("PRAGMA secure_delete = ON")
    with library.writing() as connection:
        stories = {story for (story,) in library.rows("SELECT DISTINCT story FROM takes WHERE teller = ?", row)}
        tales = _tales(library, row[0])
        connection.execute("DELETE FROM takes WHERE teller = ?", row)
        for tale in tales:
            _remove(library, connection, *tale)
        for story in stories - {None, *(story for story, *_ in tales)}:
            reckon(connection, story)
        connection.execute("DELETE FROM tellers WHERE id = ?", row)
        _forget_names(library, row[0])
        for setting in ("teller", "recording_teller"):
            connection.execute("DELETE FROM settings WHERE name = ? AND value = ?", (setting, str(row[0])))


def leave_nothing(library: Library) -> bool:
    """Write the file anew without what was deleted; False where another program has it open just now.

    The deleted rows' own bytes were overwritten by `forget` in any case.
    """
    try:
        library.connection.execute("VACUUM")
        row = library.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError:
        return False
    return row is None or row[0] == 0


def forget_in_copy(database: Path, who: Teller) -> Known | None:
    """Take a teller out of a copy of a library that nobody has open. Raises `sqlite3.Error`, `StorytimeError`."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        library = Library(Paths(database.parent), connection)
        known = known_of(library, who)
        if known is not None:
            forget(library, who)
            leave_nothing(library)
        return known


def _row(library: Library, who: Teller) -> tuple[int] | None:
    """Return the number of a teller in a library, or in an older copy of it, where they may have had another name."""
    marks = ", ".join("?" * len(who.names))
    row = library.row(
        f"SELECT id FROM tellers WHERE (id = ? AND folded IN ({marks})) OR folded = ? ORDER BY id = ? DESC",
        (who.id, *who.names, fold(who.name), who.id),
    )
    return (int(row[0]),) if row else None


def _forget_names(library: Library, teller: int) -> None:
    store = KeptState(library)
    try:
        before = store.load(BEFORE) or {}
    except CannotReadState:
        before = {}
    if before.pop(str(teller), None) is not None:
        store.save(BEFORE, before)


def _tales(library: Library, teller: int) -> list[tuple[int, str, str]]:
    """Return id, title and author of the stories without a word of text in which nobody else reads."""
    return [
        (int(story), str(title), str(author))
        for story, title, author in library.rows(
            "SELECT id, title, author FROM stories WHERE id IN (SELECT story FROM takes WHERE teller = ? AND text = ?)"
            " AND NOT EXISTS (SELECT 1 FROM takes WHERE story = stories.id AND teller != ?)"
            " AND NOT EXISTS (SELECT 1 FROM lines WHERE story = stories.id AND text != ?)",
            (teller, WORDLESS, teller, WORDLESS),
        )
    ]


def _remove(library: Library, connection: sqlite3.Connection, story: int, title: str, author: str) -> None:
    if library.row("SELECT 1 FROM stories WHERE id = ? AND attic IS NULL", (story,)):
        unindex(connection, story, title, author, searched(read_chapters(library, story, marked=False)))
    for table, column in (("lines", "story"), ("chapters", "story"), ("tray", "story"), ("stories", "id")):
        connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (story,))

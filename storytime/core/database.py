"""The library file: opened, refused, backed up and moved forward in one fixed order; and what is kept in it.

sqlite_utils costs 0.2 s and 25 MB to import, so it is imported only when a library has a step to take.
"""

from __future__ import annotations

import errno
import json
import shutil
import sqlite3
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from storytime.core.errors import CannotReadState, CannotSave, DiskFull, LibraryNewer, LibraryTrouble, StorytimeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from storytime.core.paths import Paths

BUSY_SECONDS = 5.0
STEPS = frozenset(
    {"m001_the_shelf", "m002_what_is_kept", "m003_the_voices", "m004_who_speaks", "m005_what_is_stressed"}
)
"""Every step in `migrations`, by name: a library that took just these is opened as it is."""
ASK_TO_RESTORE = "Restore a backup into an empty folder with: storytime restore FROM.zip --into FOLDER"
READ_ONLY = "Allow writing there, or choose another folder with STORYTIME_HOME"
LEAST_ROOM = 65_536
"""Bytes of a disk that SQLite needs beside the library to read it."""
TROUBLES = {
    sqlite3.SQLITE_BUSY: ("is being written by another program", "Close it and try again"),
    sqlite3.SQLITE_LOCKED: ("is being written by another program", "Close it and try again"),
    sqlite3.SQLITE_READONLY: ("cannot be written", READ_ONLY),
    sqlite3.SQLITE_PERM: ("cannot be written", READ_ONLY),
    sqlite3.SQLITE_CANTOPEN: ("cannot be opened", READ_ONLY),
    sqlite3.SQLITE_CORRUPT: ("is damaged", ASK_TO_RESTORE),
    sqlite3.SQLITE_NOTADB: ("is damaged", ASK_TO_RESTORE),
    sqlite3.SQLITE_IOERR: ("cannot be read from its disk", "Check the disk and its cable, then try again"),
}


def trouble(path: Path, error: sqlite3.Error | OSError) -> StorytimeError | None:
    """Return the sentence for an error that is nobody’s fault, or None for one that is a bug."""
    if isinstance(error, OSError):
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return DiskFull(path)
        return LibraryTrouble(path, "cannot be written", f"{READ_ONLY}.")
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and _no_room(path)):
        return DiskFull(path)
    if code not in TROUBLES:
        return None
    why, remedy = TROUBLES[code]
    return LibraryTrouble(path, why, f"{remedy}.")


def _no_room(path: Path) -> bool:
    """Return whether the disk is full: SQLite calls it an error of the disk where its journal finds no room."""
    try:
        there = next(one for one in (path, *path.parents) if one.exists())
        return shutil.disk_usage(there)[2] < LEAST_ROOM
    except OSError:
        return False


@contextmanager
def troubles_named(path: Path) -> Iterator[None]:
    """Turn the errors of the disk and of SQLite inside the block into `LibraryTrouble` or `DiskFull`."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        named = trouble(path, error)
        if named is None:
            raise
        raise named from error


class Library:
    """The open library file: reads, and writes that happen whole or not at all."""

    def __init__(self, paths: Paths, connection: sqlite3.Connection) -> None:
        self.paths = paths
        self.connection = connection
        self.closed = False
        self._seen = self.version()

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return every row. Raises `LibraryTrouble`."""
        with troubles_named(self.paths.home):
            return self.connection.execute(sql, values).fetchall()

    def row(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """Return the first row, or None. Raises `LibraryTrouble`."""
        found = self.rows(sql, values)
        return found[0] if found else None

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Write all that is in the block, or nothing of it; a block inside a block belongs to the outer one.

        It asks for the right to write at once, because a read that turns into a write is refused without waiting
        when another process wrote in between. Raises `LibraryTrouble`, `DiskFull`.
        """
        connection = self.connection
        with troubles_named(self.paths.home):
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def write(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Write one statement. Raises `LibraryTrouble`, `DiskFull`."""
        with self.writing() as connection:
            connection.execute(sql, values)

    def version(self) -> int:
        """Return a number that changes when another process, never this one, has written."""
        row = self.row("PRAGMA data_version")
        return int(row[0]) if row else 0

    def stale(self) -> bool:
        """Return whether another process has written since this was last asked."""
        was, self._seen = self._seen, self.version()
        return self._seen != was

    def close(self) -> None:
        """Let the file go. Closing twice is no error."""
        self.closed = True
        self.connection.close()


def open_library(paths: Paths, *, busy_seconds: float = BUSY_SECONDS) -> Library:
    """Open the library, making it or moving it forward as needed.

    Raises `LibraryTrouble` (read-only, locked, damaged), `DiskFull`, `LibraryNewer`; each leaves the file unharmed.
    """
    with troubles_named(paths.home):
        paths.home.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(paths.database, timeout=busy_seconds)
        try:
            if _steps_taken(connection) != STEPS:
                _move_forward(paths, connection)
            # Already so but for a file that was copied back from a backup.
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA foreign_keys = ON")
            return Library(paths, connection)
        except BaseException:
            connection.close()
            raise


def _steps_taken(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the names that sqlite-utils wrote of the steps that this library took; none for a new file."""
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    try:
        rows = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = 'storytime'").fetchall()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return frozenset()
        raise
    return frozenset(name for (name,) in rows)


def _move_forward(paths: Paths, connection: sqlite3.Connection) -> None:
    """Refuse what we do not know, back up, migrate with foreign keys off, and check them."""
    from sqlite_utils import Database

    from storytime.core.migrations import migrations, unknown_names

    db = Database(connection, recursive_triggers=False, execute_plugins=False)
    taken = [step.name for step in migrations.applied(db)]
    if not taken and db.table_names():
        raise LibraryTrouble(paths.home, "holds a library.db that is not Storytime’s", f"{READ_ONLY}.")
    if unknown := unknown_names(db):
        raise LibraryNewer(paths.home, tuple(sorted(unknown)))
    pending = migrations.pending(db)
    if not pending:
        return
    if taken:
        back_up_before(paths, connection, pending[0].name)
    # transform() of a parent table would otherwise lose or refuse its children.
    connection.execute("PRAGMA foreign_keys = OFF")
    # Taken at once and for all steps: two programs that open a new library must not both make its tables.
    connection.execute("BEGIN IMMEDIATE")
    try:
        migrations.apply(db)
        if connection.execute("PRAGMA foreign_key_check").fetchall():
            raise LibraryTrouble(paths.home, "is damaged", f"{ASK_TO_RESTORE}.")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def back_up_before(paths: Paths, connection: sqlite3.Connection, step: str) -> Path:
    """Write the library as it is now beside it, and return where."""
    paths.backups.mkdir(parents=True, exist_ok=True)
    target = paths.backups / f"library-{datetime.now():%Y%m%d-%H%M%S}-before-{step}.db"
    connection.execute("VACUUM INTO ?", (str(target),))
    return target


class KeptState:
    """The evening’s memory in the library: a `ports.StateStore`."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def load(self, name: str) -> dict[str, Any] | None:
        """Return what was saved under `name`, or None. Raises `CannotReadState`."""
        try:
            row = self._library.row("SELECT value FROM kept WHERE name = ?", (name,))
            value = json.loads(row[0]) if row else None
        except (StorytimeError, sqlite3.Error, ValueError, RecursionError) as error:
            raise CannotReadState(name) from error
        if value is not None and not isinstance(value, dict):
            raise CannotReadState(name)
        return value

    def save(self, name: str, value: dict[str, Any]) -> None:
        """Save at once. Raises `CannotSave`."""
        try:
            self._library.write("INSERT OR REPLACE INTO kept VALUES (?, ?)", (name, json.dumps(value)))
        except (StorytimeError, sqlite3.Error) as error:
            raise CannotSave(name) from error

    def drop(self, names: Iterable[str]) -> None:
        """Forget. Raises `CannotSave`."""
        for name in names:
            try:
                self._library.write("DELETE FROM kept WHERE name = ?", (name,))
            except (StorytimeError, sqlite3.Error) as error:
                raise CannotSave(name) from error

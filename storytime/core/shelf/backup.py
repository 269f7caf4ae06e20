"""One file that holds the whole library, and the way back from it into an empty folder."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from storytime.core.database import open_library, trouble, troubles_named
from storytime.core.errors import CannotWrite, DiskFull, LibraryNewer, LibraryTrouble, NoBackup
from storytime.core.paths import Paths
from storytime.core.shelf.forgetting import Known, forget_in_copy
from storytime.core.shelf.takes import now
from storytime.core.shelf.written_file import written_whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from storytime.core.database import Library
    from storytime.core.shelf.tellers import Teller

FOLDERS = ("covers", "takes", "attic")
"""What a library holds beside its file; the cache can be made again, and logs and older backups stay behind. So do
voices that came as files: each is some 60 MB, and can be added again."""
EVENING = "evening"
"""The name under which the evening's state is kept (`evening.memory`, a floor above this one)."""
NO_BACKUP = "It is no backup of Storytime, or it is damaged. Choose a file that storytime backup wrote."
DAMAGED = (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, RuntimeError, ValueError)
"""What Python raises of a zip that is none."""
EMPTY_FIRST = "The folder to restore into has something in it. Name an empty or a new one with --into."


def back_up(library: Library, to: Path) -> None:
    """Write the library into the zip file `to`, whole or not at all, and remember where; an older zip is replaced.

    Raises `CannotWrite`, `DiskFull`, `LibraryTrouble`.
    """
    # A device, or a pipe, could be looked into for ever.
    if to.exists() and not (to.is_file() and zipfile.is_zipfile(to)):
        raise CannotWrite(to, "Something that is no backup is there already. Choose another name.")
    home = library.paths.home
    with written_whole(to) as part, tempfile.TemporaryDirectory(dir=part.parent, prefix=".storytime-") as aside:
        copy = Path(aside) / library.paths.database.name
        try:
            with troubles_named(home):
                library.connection.execute("VACUUM INTO ?", (str(copy),))
        except DiskFull:
            # Nothing else was written to.
            raise DiskFull(to) from None
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(copy, copy.name)
            for file in (file for name in FOLDERS for file in sorted((home / name).rglob("*")) if file.is_file()):
                archive.write(file, file.relative_to(home).as_posix(), _packing(file.name))
    # Remembered, so that a voice that is deleted one day is deleted there too. A library that cannot be written just
    # now has been backed up all the same.
    with contextlib.suppress(LibraryTrouble, DiskFull):
        library.write("INSERT OR REPLACE INTO backups VALUES (?, ?)", (str(to.absolute()), now()))


def made(library: Library) -> list[Path]:
    """Return where backups were written, the oldest first; one that lies elsewhere now is not known."""
    return [Path(path) for (path,) in library.rows("SELECT path FROM backups ORDER BY made, path")]


def without_voice(backup: Path, who: Teller, is_theirs: Callable[[Path], bool]) -> Known | None:
    """Write a backup anew without a teller, whole or not at all; None where nothing of them is in it.

    `is_theirs` is asked of recordings that no row in the backup knows. Raises `NoBackup`, `CannotWrite`, `DiskFull`. It
    touches no library, so it may run in a worker.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="storytime-") as aside:
            copy = Path(aside) / "library.db"
            with zipfile.ZipFile(backup) as archive:
                archive.extract(copy.name, aside)
                known = forget_in_copy(copy, who)
                gone = {f"{folder}/{file}" for folder in FOLDERS for file in known.files} if known else set()
                lone = {one for one in _lone(archive, copy, gone) if is_theirs(Path(archive.extract(one, aside)))}
            if lone:
                known = known or Known()
                known = replace(known, files=(*known.files, *sorted(PurePosixPath(one).name for one in lone)))
            if known:
                _write_anew(backup, copy, {copy.name, *gone, *lone})
            return known
    except FileNotFoundError:
        raise NoBackup(backup, "It is not there.") from None
    except OSError as error:
        raise NoBackup(backup, "It cannot be read.") from error
    except (*DAMAGED, KeyError, sqlite3.Error, LibraryTrouble):
        raise NoBackup(backup, NO_BACKUP) from None


def _lone(archive: zipfile.ZipFile, database: Path, gone: set[str]) -> list[str]:
    """Return the recordings in a backup that no row of its library knows."""
    with closing(sqlite3.connect(database)) as connection:
        try:
            rows = {file for (file,) in connection.execute("SELECT file FROM takes")}
        except sqlite3.OperationalError:  # A library older than the voices.
            rows = set()
    names = (name for name in archive.namelist() if name.endswith(".flac") and _belongs(PurePosixPath(name)))
    return [name for name in names if name not in gone and PurePosixPath(name).name not in rows]


def _write_anew(backup: Path, database: Path, gone: set[str]) -> None:
    with (
        written_whole(backup) as part,
        zipfile.ZipFile(backup) as archive,
        zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        target.write(database, database.name)
        for entry in archive.infolist():
            if entry.filename not in gone and not entry.is_dir():
                _carry_over(archive, entry, target)


def _carry_over(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: zipfile.ZipFile) -> None:
    info = zipfile.ZipInfo(entry.filename, entry.date_time)
    info.compress_type, info.external_attr = _packing(entry.filename), entry.external_attr
    with archive.open(entry) as source, target.open(info, "w", force_zip64=True) as sink:
        shutil.copyfileobj(source, sink, 1 << 20)


def _packing(name: str) -> int:
    """Return how a file is packed: a recording is as small as it can be already."""
    return zipfile.ZIP_STORED if name.endswith(".flac") else zipfile.ZIP_DEFLATED


def restore(backup: Path, into: Path) -> int:
    """Make a library of the backup in a new or empty folder, and return how many stories it has.

    The evening is not restored: a house that was sealed when it was backed up is open. Raises `NoBackup`,
    `LibraryNewer`, `LibraryTrouble`, `DiskFull`; nothing is left of what did not succeed.
    """
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise NoBackup(backup, EMPTY_FIRST)
    part = into.with_name(f".{into.name}-being-restored")
    shutil.rmtree(part, ignore_errors=True)
    try:
        _unpack(backup, part)
        stories = _put_in_order(backup, Paths(part))
        if into.exists():
            into.rmdir()
        os.replace(part, into)
    except OSError as error:
        raise trouble(into, error) or error from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return stories


def _unpack(backup: Path, part: Path) -> None:
    """Unpack what belongs to a library, and refuse an archive that holds anything else."""
    try:
        with _opened(backup) as archive:
            entries = archive.infolist()
            names = [PurePosixPath(entry.filename) for entry in entries]
            if Paths(part).database.name not in map(str, names) or not all(map(_belongs, names)):
                raise NoBackup(backup, NO_BACKUP)
            part.mkdir(parents=True)
            if sum(entry.file_size for entry in entries) > shutil.disk_usage(part).free:
                raise DiskFull(part.parent)
            archive.extractall(part)
    except DAMAGED:
        raise NoBackup(backup, NO_BACKUP) from None


def _opened(backup: Path) -> zipfile.ZipFile:
    if backup.exists() and not backup.is_file():
        raise NoBackup(backup, NO_BACKUP)
    try:
        return zipfile.ZipFile(backup)
    except FileNotFoundError:
        raise NoBackup(backup, "It is not there. Check its name.") from None
    except OSError:
        raise NoBackup(backup, "It cannot be read. Allow it to be, or choose another.") from None


def _belongs(name: PurePosixPath) -> bool:
    inside = name.parts[:1] and name.parts[0] in FOLDERS and ".." not in name.parts
    return bool(inside) or str(name) == "library.db"


def _put_in_order(backup: Path, paths: Paths) -> int:
    """Open the library once, as any start would, and forget its evening."""
    try:
        library = open_library(paths)
    except LibraryNewer as newer:
        raise LibraryNewer(backup, newer.names) from newer
    except LibraryTrouble as damaged:
        raise NoBackup(backup, NO_BACKUP) from damaged
    try:
        library.connection.execute("PRAGMA journal_mode = WAL")
        if library.row("PRAGMA quick_check") != ("ok",):
            raise NoBackup(backup, NO_BACKUP)
        with library.writing() as connection:
            connection.execute("DELETE FROM kept WHERE name = ?", (EVENING,))
        row = library.row("SELECT count(*) FROM stories WHERE attic IS NULL")
        return int(row[0]) if row else 0
    finally:
        library.close()

"""One file that holds the whole library, and the way back from it into an empty folder."""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from storytime.core.database import open_library, trouble, troubles_named
from storytime.core.errors import CannotWrite, DiskFull, LibraryNewer, LibraryTrouble, NoBackup
from storytime.core.paths import Paths
from storytime.core.shelf.written_file import written_whole

if TYPE_CHECKING:
    from storytime.core.database import Library

FOLDERS = ("covers", "takes", "attic")
"""What a library holds beside its file; the cache can be made again, and logs and older backups stay behind. So do
voices that came as files: each is some 60 MB, and can be added again."""
EVENING = "evening"
"""The name under which the evening's state is kept (`evening.memory`, a floor above this one)."""
NO_BACKUP = "It is no backup of Storytime, or it is damaged. Choose a file that storytime backup wrote."
EMPTY_FIRST = "The folder to restore into has something in it. Name an empty or a new one with --into."


def back_up(library: Library, to: Path) -> None:
    """Write the library into the zip file `to`, whole or not at all; an older zip there is replaced.

    Raises `CannotWrite`, `DiskFull`, `LibraryTrouble`.
    """
    if to.exists() and not zipfile.is_zipfile(to):
        raise CannotWrite(to, "Something that is no backup is there already. Choose another name.")
    home = library.paths.home
    with written_whole(to) as part, tempfile.TemporaryDirectory(dir=part.parent, prefix=".storytime-") as aside:
        copy = Path(aside) / library.paths.database.name
        with troubles_named(home):
            library.connection.execute("VACUUM INTO ?", (str(copy),))
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(copy, copy.name)
            for file in (file for name in FOLDERS for file in sorted((home / name).rglob("*")) if file.is_file()):
                archive.write(file, file.relative_to(home).as_posix())


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
        with zipfile.ZipFile(backup) as archive:
            entries = archive.infolist()
            names = [PurePosixPath(entry.filename) for entry in entries]
            if Paths(part).database.name not in map(str, names) or not all(map(_belongs, names)):
                raise NoBackup(backup, NO_BACKUP)
            part.mkdir(parents=True)
            if sum(entry.file_size for entry in entries) > shutil.disk_usage(part).free:
                raise DiskFull(part.parent)
            archive.extractall(part)
    except FileNotFoundError:
        raise NoBackup(backup, "It is not there. Check its name.") from None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, RuntimeError, ValueError):
        raise NoBackup(backup, NO_BACKUP) from None


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

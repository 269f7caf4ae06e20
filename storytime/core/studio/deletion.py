"""Delete a voice everywhere: takes, journals, attic, what was made of them, and every backup that can be reached.

The backups first, the files next, the rows last: stopped anywhere in between, it can be asked for again.
"""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from storytime.core.errors import NoBackup, StorytimeError
from storytime.core.shelf.backup import made, without_voice
from storytime.core.shelf.forgetting import Known, forget, forget_in_copy, known_of, leave_nothing
from storytime.core.shelf.rows import fold
from storytime.core.studio.journal import left_behind
from storytime.core.studio.label import label_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from storytime.core.settings import SettingsStore
    from storytime.core.shelf.tellers import Teller
    from storytime.core.studio.shelves import Shelves

OF_THE_MACHINE = ("lines", "neural", "covers")
"""What lies in the cache and has no recorded voice in it."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What became of one backup."""

    path: Path
    takes: int = 0
    """Takes of the voice that were in it."""
    why: str = ""
    """Why it could not be reached; empty where it could."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """What was removed, and what could not be."""

    name: str
    takes: int = 0
    """On the shelf."""
    attic: int = 0
    journals: int = 0
    seconds: float = 0.0
    """Of recorded voice, in this library."""
    tales: tuple[str, ...] = ()
    """Titles of tales that nobody else told."""
    backups: tuple[Cleaned, ...] = ()
    """Those in which the voice was, or may still be."""
    left: tuple[Path, ...] = field(default=())
    """Files that could not be removed."""

    @property
    def unreached(self) -> tuple[Cleaned, ...]:
        """The backups in which the voice may still be."""
        return tuple(one for one in self.backups if one.why)


def delete_everywhere(
    teller: Teller, shelves: Shelves, settings: SettingsStore, begun: Callable[[Path], object] = lambda _: None
) -> Deleted:
    """Remove a voice for good; `begun` is told of each backup before it is written anew.

    Raises `LibraryTrouble`, `DiskFull`; then the teller is still known, and it can be asked for again.
    """
    return delete_here(teller, shelves, settings, clean_all(backups_of(shelves), teller, begun))


def backups_of(shelves: Shelves) -> list[Path]:
    """Return every backup that is known: those the family made, and those made before the library moved forward."""
    return [*made(shelves.library), *sorted(shelves.paths.backups.glob("*.db"))]


def clean(backup: Path, who: Teller) -> Cleaned:
    """Take a voice out of one backup. It touches no library, so it may run in a worker."""
    try:
        if backup.suffix == ".db":
            known = _clean_database(backup, who)
        else:
            known = without_voice(backup, who, partial(_is_of, who))
    except NoBackup as trouble:
        return Cleaned(backup, why=trouble.why)
    except StorytimeError as trouble:
        return Cleaned(backup, why=str(trouble))
    return Cleaned(backup, len(known.files) if known else 0)


def clean_all(
    backups: Sequence[Path], who: Teller, begun: Callable[[Path], object] = lambda _: None
) -> tuple[Cleaned, ...]:
    """Take a voice out of these backups, and return those in which it was, or may still be. As `clean`, in a worker."""
    cleaned = []
    for path in backups:
        begun(path)
        cleaned.append(clean(path, who))
    return tuple(one for one in cleaned if one.takes or one.why)


def delete_here(
    teller: Teller, shelves: Shelves, settings: SettingsStore, backups: tuple[Cleaned, ...] = ()
) -> Deleted:
    """Remove a voice from this library, the teller too. Raises `LibraryTrouble`, `DiskFull`."""
    known = known_of(shelves.library, teller) or Known()
    paths = shelves.paths
    journals = [one.path for one in left_behind(paths.journals) if label_of(one).teller == teller.id]
    lone = _lone_files(teller, shelves, known)
    files = [folder / name for name in known.files for folder in (paths.takes, paths.attic)]
    left = [path for path in (*files, *lone, *journals) if not _removed(path)]
    left += _clear_cache(paths.cache)
    # Their number may be another one's some day, who is not to be chosen by it.
    for name in ("teller", "recording_teller"):
        if getattr(settings.value, name) == teller.id:
            settings.change(**{name: 0})
    forget(shelves.library, teller)
    leave_nothing(shelves.library)
    shelves.takes.changed.emit()
    shelves.tellers.changed.emit()
    if known.tales:
        shelves.shelf.changed.emit()
    attic = len(known.files) - known.kept + len(lone)
    return Deleted(teller.name, known.kept, attic, len(journals), known.seconds, known.tales, backups, tuple(left))


def _lone_files(teller: Teller, shelves: Shelves, known: Known) -> list[Path]:
    """Return files of this voice that have no row: their own tags say whose they are."""
    rows = {name for (name,) in shelves.library.rows("SELECT file FROM takes")} | set(known.files)
    files = [path for folder in (shelves.paths.takes, shelves.paths.attic) for path in folder.glob("*.flac")]
    return [path for path in files if path.name not in rows and _is_of(teller, path)]


def _is_of(teller: Teller, path: Path) -> bool:
    """Whether a file says that it is of this voice, under whichever name it was recorded."""
    from storytime.core.studio.tags import read_tags

    tags = read_tags(path)
    return tags is not None and fold(tags.teller) in teller.names


def _clear_cache(cache: Path) -> list[Path]:
    """Throw away whatever was made of recorded voices, and return what would not go."""
    left = []
    for folder in cache.iterdir() if cache.is_dir() else ():
        if folder.name not in OF_THE_MACHINE:
            shutil.rmtree(folder, ignore_errors=True)
            left += [path for path in folder.rglob("*") if path.is_file()]
    return left


def _clean_database(path: Path, who: Teller) -> Known | None:
    try:
        return forget_in_copy(path, who)
    except sqlite3.Error as error:
        raise NoBackup(path, "It is damaged.") from error


def _removed(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True

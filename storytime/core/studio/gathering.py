"""Files that the library does not know: a take whose row was lost is taken in again, or waits in the attic.

Nothing is deleted, and no voice that is told now gives way to one that was found.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from storytime.core.errors import CannotRead, StorytimeError
from storytime.core.shelf.takes import Levels, Take, now
from storytime.core.shelf.words import WORDLESS, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from storytime.core.ports import Background
    from storytime.core.shelf.story import StoryCard
    from storytime.core.studio.shelves import Shelves
    from storytime.core.studio.tags import Tags


log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was found."""

    takes: tuple[Take, ...] = ()
    """Those that have a row again; `attic` is set in those that wait there."""
    aside: tuple[Path, ...] = ()
    """Files that say nothing of themselves: they lie in the attic as they are."""


FOUND = "Recordings without a place were found. They are in the attic of the voices, or where they belong."


@dataclass(frozen=True, slots=True)
class Lone:
    """A file that no row knows, and what it is."""

    path: Path
    tags: Tags | None = None
    """None where it is no sound, or does not say whose it is."""
    frames: int = 0
    rate: int = 0
    levels: Levels = field(default_factory=Levels)


def gather_beside(shelves: Shelves, background: Background, found: Callable[[str], object]) -> None:
    """Do what `gather` does, listening to long files beside the main thread; no trouble stops a start.

    `found` is told a sentence, if anything was found.
    """

    def here(lone: list[Lone]) -> None:
        if shelves.library.closed:
            return
        try:
            gathered = _take_in(lone, shelves)
        except (StorytimeError, OSError) as error:
            failed(error)
            return
        if gathered.takes or gathered.aside:
            found(FOUND)

    def failed(error: Exception) -> None:
        log.warning("recordings without a place could not be gathered (%s)", type(error).__name__)

    try:
        lone = list(_lone(shelves))
    except (StorytimeError, OSError) as error:
        failed(error)
        return
    if lone:
        background.run(listen_to, lone, done=here, failed=failed)


def gather(shelves: Shelves) -> Gathered:
    """Give every lone file a row, as its tags say, or move it to the attic. Raises `LibraryTrouble`, `DiskFull`."""
    return _take_in(listen_to(list(_lone(shelves))), shelves)


def listen_to(paths: Sequence[Path]) -> list[Lone]:
    """Measure files and read what they say of themselves. It touches no library, so it may run in a worker."""
    return [_listened(path) for path in paths]


def _take_in(found: Sequence[Lone], shelves: Shelves) -> Gathered:
    takes, aside = [], []
    # Looked at again, for the family may have been at work meanwhile.
    still = set(_lone(shelves))
    for one in (one for one in found if one.path in still):
        if one.tags is None:
            there = _into(shelves.paths.attic, one.path)
            if one.path.parent != shelves.paths.attic:
                aside.append(there)
            continue
        take = _row_of(one, one.tags, shelves)
        _into(shelves.paths.attic if take.attic else shelves.paths.takes, one.path)
        takes.append(shelves.takes.keep(take))
    return Gathered(tuple(takes), tuple(aside))


def _lone(shelves: Shelves) -> Iterator[Path]:
    """Yield the files without a row; those whose journal waits are left until it is settled, for it holds them too."""
    paths = shelves.paths
    files = [path for folder in (paths.takes, paths.attic) for path in sorted(folder.glob("*.flac"))]
    known = {name for (name,) in shelves.library.rows("SELECT file FROM takes")} if files else set()
    lone = [path for path in files if path.name not in known]
    if not lone:
        return
    # Imported here, for it brings numpy along, and nearly every start ends before.
    from storytime.core.studio.journal import SUFFIX

    waiting = tuple(path.name.removesuffix(SUFFIX) for path in paths.journals.glob(f"*{SUFFIX}"))
    for path in lone:
        if not (waiting and path.name.startswith(waiting)):
            yield path


def _into(folder: Path, path: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    there = folder / path.name
    if there != path and not there.exists():
        path.rename(there)
    return there


def _listened(path: Path) -> Lone:
    from storytime.core.studio.flac import FlacFile
    from storytime.core.studio.tags import read_tags
    from storytime.core.studio.windows import measured

    tags = read_tags(path)
    if tags is None or not tags.teller.strip():
        return Lone(path)
    try:
        file = FlacFile.of(path)
        return Lone(path, tags, file.frames, file.rate, measured(file))
    except CannotRead:
        return Lone(path)


def _row_of(lone: Lone, tags: Tags, shelves: Shelves) -> Take:
    """Return a row for the file."""
    path = lone.path
    teller = shelves.tellers.welcome(tags.teller)
    story = _story(tags, shelves)
    line = _line(tags, story, shelves)
    text, recorded = tags.text or WORDLESS, tags.recorded or now()
    take = Take(
        *(0, teller.id, story.id if story else None, line or 0, tags.title, text, tags.kind, path.name),
        *(recorded, lone.frames, lone.rate, lone.levels),
    )
    told = tags.kind == "name" or (story is not None and line is not None)
    if path.parent == shelves.paths.attic or not told or _is_read(take, shelves):
        return replace(take, attic=now(), why="found")
    return take


def _story(tags: Tags, shelves: Shelves) -> StoryCard | None:
    if tags.kind == "name" or not tags.title:
        return None
    try:
        card = shelves.shelf.find(tags.title)
    except StorytimeError:
        return None
    return card if card.title == tags.title else None


def _line(tags: Tags, story: StoryCard | None, shelves: Shelves) -> int | None:
    """Return the line with these words; a piece of a tale has none by which its place could be known."""
    if story is None or tags.text in ("", WORDLESS):
        return None
    words = words_of(tags.text)
    lines = enumerate(shelves.shelf.lines(story.id))
    return next((number for number, line in lines if words_of(line.text) == words), None)


def _is_read(take: Take, shelves: Shelves) -> bool:
    """Whether this teller has a take there already."""
    if take.kind == "name":
        others = shelves.takes.names(take.text)
    else:
        others = shelves.takes.of_lines(take.story or 0, take.line, [take.text]).get(take.line, [])
    return any(one.teller == take.teller for one in others)

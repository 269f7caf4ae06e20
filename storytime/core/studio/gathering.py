"""Files that the library does not know: a take whose row was lost is taken in again, or waits in the attic.

Nothing is deleted, and no voice that is told now gives way to one that was found.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storytime.core.errors import CannotRead, StorytimeError
from storytime.core.shelf.takes import Take, now
from storytime.core.shelf.words import WORDLESS, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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


def gather_at_start(shelves: Shelves) -> str:
    """Do what `gather` does, and return what to tell of it, empty where nothing was found; no trouble stops a start."""
    try:
        gathered = gather(shelves)
    except (StorytimeError, OSError) as error:
        log.warning("recordings without a place could not be gathered (%s)", type(error).__name__)
        return ""
    return FOUND if gathered.takes or gathered.aside else ""


def gather(shelves: Shelves) -> Gathered:
    """Give every lone file a row, as its tags say, or move it to the attic. Raises `LibraryTrouble`, `DiskFull`."""
    takes, aside = [], []
    for path in _lone(shelves):
        take = _row_of(path, shelves)
        if take is None:
            there = _into(shelves.paths.attic, path)
            if path.parent != shelves.paths.attic:
                aside.append(there)
            continue
        _into(shelves.paths.attic if take.attic else shelves.paths.takes, path)
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


def _row_of(path: Path, shelves: Shelves) -> Take | None:
    """Return a row for the file, None where it is no sound or does not say whose it is."""
    from storytime.core.studio.flac import read_flac
    from storytime.core.studio.levels import measure
    from storytime.core.studio.tags import read_tags

    tags = read_tags(path)
    if tags is None or not tags.teller.strip():
        return None
    try:
        samples, rate = read_flac(path)
    except CannotRead:
        return None
    teller = shelves.tellers.welcome(tags.teller)
    story = _story(tags, shelves)
    line = _line(tags, story, shelves)
    text, recorded = tags.text or WORDLESS, tags.recorded or now()
    take = Take(
        *(0, teller.id, story.id if story else None, line or 0, tags.title, text, tags.kind, path.name),
        *(recorded, len(samples), rate, measure(samples, rate)),
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

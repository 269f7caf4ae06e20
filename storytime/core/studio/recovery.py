"""Recordings that were left behind: whose they are, how long, and what becomes of them. Nothing is decided silently."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storytime.core.errors import CannotRead, SilentTake, StoryNotFound, TellerNotFound
from storytime.core.shelf.tellers import SOMEBODY
from storytime.core.studio import keeping, workbench
from storytime.core.studio.journal import SUFFIX, read_journal
from storytime.core.studio.journal_file import ask_to_end, being_written
from storytime.core.studio.tale import untitled
from storytime.core.studio.through import Piece, pieces_of, reached
from storytime.core.studio.waiting import found

if TYPE_CHECKING:
    from pathlib import Path

    from storytime.core.shelf.story import StoryCard
    from storytime.core.shelf.takes import Take
    from storytime.core.shelf.tellers import Teller
    from storytime.core.studio.keeping import Kept
    from storytime.core.studio.label import Label
    from storytime.core.studio.session import Waiting
    from storytime.core.studio.shelves import Shelves


@dataclass(frozen=True, slots=True)
class Left:
    """One recording, or the parts of one tale in their order."""

    parts: tuple[Waiting, ...]
    teller: str
    """Empty where it is not known."""

    @property
    def label(self) -> Label:
        """What the first part says of itself."""
        return self.parts[0].label

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return sum(part.seconds for part in self.parts)

    @property
    def paths(self) -> tuple[Path, ...]:
        """The journals."""
        return tuple(part.path for part in self.parts)


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of one that was left."""

    left: Left
    kept: Kept | None = None
    silent: SilentTake | None = None
    """Why it lies in the attic, though it was to be kept."""


def under_way(shelves: Shelves, *, ask: bool = False) -> list[Path]:
    """Return the journals that are still being written.

    With `ask`, those whose window died are asked to end, which takes them a moment; one whose window lives goes on.
    """
    growing = [path for path in sorted(shelves.paths.journals.glob(f"*{SUFFIX}")) if being_written(path)]
    for path in growing if ask else ():
        ask_to_end(path)
    return growing


def left_in(shelves: Shelves) -> list[Left]:
    """Return what was left behind, the oldest first; what a microphone still writes is not among it."""
    names = {teller.id: teller.name for teller in shelves.tellers.all()}
    groups: dict[object, list[Waiting]] = {}
    for one in found(shelves.paths.journals, ()):
        groups.setdefault((one.label.teller, one.label.tale) if one.label.tale else one.path, []).append(one)
    return [
        Left(tuple(sorted(parts, key=lambda part: part.label.part)), names.get(parts[0].label.teller, ""))
        for parts in groups.values()
    ]


def unreadable(shelves: Shelves) -> list[Path]:
    """Return the journals that say nothing of themselves: cut before their first sample, or damaged there."""
    files = sorted(shelves.paths.journals.glob(f"*{SUFFIX}"))
    return [path for path in files if read_journal(path) is None and not being_written(path)]


def keep_left(left: Left, shelves: Shelves) -> Settled:
    """Put it where it belongs: onto its line, its lines, or the shelf as a tale of its own.

    What belongs nowhere any more goes to the attic. Raises `CannotRead`, `CannotWrite`, `DiskFull`, `LibraryTrouble`.
    """
    source = _source(left, shelves)
    try:
        if left.label.mode == "tale":
            return Settled(left, keeping.keep_tale(left.paths, (), source, shelves))
        if source.story is None and left.label.mode != "name":
            return Settled(left, _put_away(left, source, shelves))
        return Settled(left, keeping.keep(left.paths[0], _pieces(left, source.story, shelves), source, shelves))
    except SilentTake as silent:
        return Settled(left, silent=silent)


def put_left_away(left: Left, shelves: Shelves) -> Settled:
    """Put it into the attic, from where it can be brought back. Raises what `keep_left` raises."""
    return Settled(left, _put_away(left, _source(left, shelves), shelves))


def set_aside(path: Path, shelves: Shelves) -> Path:
    """Move a journal that cannot be read to the attic, as it is, and return where it lies."""
    shelves.paths.attic.mkdir(parents=True, exist_ok=True)
    return path.rename(shelves.paths.attic / path.name)


def _put_away(left: Left, source: keeping.Source, shelves: Shelves) -> Kept:
    label = left.label
    takes: list[Take] = []
    for part in left.parts:
        journal = read_journal(part.path)
        if journal is None:
            raise CannotRead(part.path, "is not there, or no recording")
        piece = keeping.whole(label.line, label.text, journal.frames)
        takes += keeping.put_away(part.path, piece, source, shelves).takes
    return keeping.Kept(tuple(takes), story=source.story)


def _source(left: Left, shelves: Shelves) -> keeping.Source:
    label, teller = left.label, _teller(left, shelves)
    title = label.title or (untitled(teller.name) if label.mode == "tale" else "")
    kind = "name" if label.mode == "name" else "line"
    return keeping.Source(teller, _story(label, shelves), title, kind, label.began)


def _teller(left: Left, shelves: Shelves) -> Teller:
    try:
        return shelves.tellers.teller(left.label.teller)
    except TellerNotFound:
        return shelves.tellers.welcome(SOMEBODY)


def _story(label: Label, shelves: Shelves) -> StoryCard | None:
    try:
        return shelves.shelf.card(label.story) if label.story is not None else None
    except StoryNotFound:
        return None


def _pieces(left: Left, story: StoryCard | None, shelves: Shelves) -> tuple[Piece, ...]:
    """Return one piece, or for what was read straight through a piece a line."""
    label, path = left.label, left.paths[0]
    journal = read_journal(path)
    if journal is None:
        raise CannotRead(path, "is not there, or no recording")
    if label.mode != "through" or story is None:
        return keeping.whole(label.line, label.text, journal.frames)
    lines = [line.text for line in shelves.shelf.lines(story.id)]
    rest = lines[label.line :]
    read = rest[: reached(rest, journal.seconds)]
    cuts = workbench.examine(path, read, label.line).cuts if read else ()
    if not cuts:
        return keeping.whole(label.line, label.text, journal.frames)
    return pieces_of(cuts, lines, journal.frames, journal.rate)

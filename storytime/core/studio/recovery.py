"""Recordings that were left behind: whose they are, how long, and what becomes of them. Nothing is decided silently."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from storytime.core.errors import CannotRead, StoryNotFound, TellerNotFound
from storytime.core.shelf.tellers import SOMEBODY
from storytime.core.studio import keeping, workbench
from storytime.core.studio.journal import SUFFIX, read_journal
from storytime.core.studio.journal_file import ask_to_end, being_written
from storytime.core.studio.tale import untitled
from storytime.core.studio.through import Piece, pieces_of, reached
from storytime.core.studio.waiting import found

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from storytime.core.errors import SilentTake
    from storytime.core.shelf.story import StoryCard
    from storytime.core.shelf.tellers import Teller
    from storytime.core.studio.keeping import Kept
    from storytime.core.studio.label import Label
    from storytime.core.studio.session import Waiting
    from storytime.core.studio.shelves import Shelves
    from storytime.core.studio.workbench import Written


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


@dataclass(frozen=True, slots=True)
class Way:
    """Where one that was left goes to."""

    left: Left
    source: keeping.Source
    to: Literal["line", "tale", "attic"]
    lines: tuple[str, ...] = ()
    """All lines of its story, where it was read straight through."""


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
    return _settle(way_of(left, shelves, keep=True), shelves)


def put_left_away(left: Left, shelves: Shelves) -> Settled:
    """Put it into the attic, from where it can be brought back. Raises what `keep_left` raises."""
    return _settle(way_of(left, shelves, keep=False), shelves)


def _settle(way: Way, shelves: Shelves) -> Settled:
    settled = shelve(way, write(way, shelves.paths.takes, shelves.paths.attic), shelves)
    for path in way.left.paths:
        path.unlink(missing_ok=True)
    return settled


def way_of(left: Left, shelves: Shelves, *, keep: bool) -> Way:
    """Return where it goes. Raises `LibraryTrouble`."""
    source = _source(left, shelves)
    mode = left.label.mode
    if not keep or (source.story is None and mode not in ("name", "tale")):
        return Way(left, source, "attic")
    through = mode == "through" and source.story is not None
    lines = tuple(line.text for line in shelves.shelf.lines(source.story.id)) if through and source.story else ()
    return Way(left, source, "tale" if mode == "tale" else "line", lines)


def write(
    way: Way, takes: Path, attic: Path, written: Callable[[float], object] = lambda _: None
) -> list[list[Written]]:
    """Write the files, a list a journal. It touches no library, so it may run in a worker.

    `written` is told, there, of the seconds of each piece when it is on the disk. Raises `CannotRead`, `CannotWrite`,
    `DiskFull`; the journals are never touched.
    """
    if way.to == "tale":
        return workbench.write_tale(way.left.paths, takes, attic, way.source.tags(), written)
    folder = takes if way.to == "line" else attic
    return [
        workbench.write_pieces(
            part.path, _pieces(part.path, way), folder, attic, way.source.tags() | part.label.tags(), written
        )
        for part in way.left.parts
    ]


def shelve(way: Way, files: Sequence[Sequence[Written]], shelves: Shelves) -> Settled:
    """Write the rows of what was written, all of them or on an error none. Raises `LibraryTrouble`, `DiskFull`."""
    together = [each for part in files for each in part]
    if way.to == "attic":
        return Settled(way.left, keeping.shelve_aside(together, way.source, shelves, "found"))
    if way.to == "tale":
        kept = keeping.shelve_tale(files, (), way.source, shelves)
    else:
        kept = keeping.shelve(together, way.source, shelves)
    return Settled(way.left, kept) if kept.takes else Settled(way.left, silent=keeping.silence(together))


def set_aside(path: Path, shelves: Shelves) -> Path:
    """Move a journal that cannot be read to the attic, as it is, and return where it lies."""
    shelves.paths.attic.mkdir(parents=True, exist_ok=True)
    return path.rename(shelves.paths.attic / path.name)


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


def _pieces(path: Path, way: Way) -> tuple[Piece, ...]:
    """Return one piece, or for what was read straight through a piece a line."""
    label, journal = way.left.label, read_journal(path)
    if journal is None:
        raise CannotRead(path, "is not there, or no recording")
    rest = way.lines[label.line :]
    read = rest[: reached(rest, journal.seconds)] if rest else ()
    cuts = workbench.examine(path, read, label.line).cuts if read else ()
    if not cuts:
        return keeping.whole(label.line, label.text, journal.frames)
    return pieces_of(cuts, way.lines, journal.frames, journal.rate)

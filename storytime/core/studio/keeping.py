"""Keep a recording: FLAC files first, then their rows, the journal last of all; what is silent goes to the attic.

Killed anywhere in between, the journal still holds every sample, and is found again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storytime.core.errors import SilentTake
from storytime.core.shelf.takes import Take, now
from storytime.core.shelf.words import WORDLESS
from storytime.core.studio import tale, workbench
from storytime.core.studio.advice import SENTENCES
from storytime.core.studio.through import Piece

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from storytime.core.shelf.story import StoryCard
    from storytime.core.shelf.tellers import Teller
    from storytime.core.studio.shelves import Shelves
    from storytime.core.studio.workbench import Written


@dataclass(frozen=True, slots=True)
class Source:
    """Who recorded, what, and when."""

    teller: Teller
    story: StoryCard | None = None
    """None for a name, and for a story that is gone."""
    title: str = ""
    """Of the story, where there is no card of it."""
    kind: str = "line"
    recorded: str = ""
    """ISO date and time (UTC)."""

    def tags(self) -> dict[str, str]:
        """Return what stands in the file beside the sound, so that it can be known without the library."""
        title = self.story.title if self.story else self.title
        tags = {"title": title, "artist": self.teller.name, "date": self.recorded, "storytime_kind": self.kind}
        return {name: text for name, text in tags.items() if text}

    def take(self, written: Written) -> Take:
        """Return the row of a file that was written."""
        return Take(
            0,
            self.teller.id,
            self.story.id if self.story else None,
            written.piece.line,
            self.story.title if self.story else self.title,
            written.piece.text or WORDLESS,
            self.kind,
            written.file,
            self.recorded or now(),
            written.frames,
            written.rate,
            written.levels,
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a recording."""

    takes: tuple[Take, ...]
    """On the shelf; where everything was to be put away, in the attic."""
    silent: tuple[Take, ...] = ()
    """In the attic, because nobody speaks in them."""
    story: StoryCard | None = None
    instead: tuple[Take, ...] = ()
    """What was told before: now in the attic."""


def keep(journal: Path, pieces: Sequence[Piece], source: Source, shelves: Shelves) -> Kept:
    """Keep these pieces of a journal as takes.

    Raises `SilentTake` where nobody speaks in any of them (they lie in the attic then), `CannotRead`, `CannotWrite`,
    `DiskFull`, `LibraryTrouble`; after all but the first the journal is as it was.
    """
    paths = shelves.paths
    written = workbench.write_pieces(journal, pieces, paths.takes, paths.attic, source.tags())
    kept = shelve(written, source, shelves)
    journal.unlink(missing_ok=True)
    if not kept.takes:
        raise silence(written)
    return kept


def keep_tale(journals: Sequence[Path], marks: Sequence[float], source: Source, shelves: Shelves) -> Kept:
    """Make a story of a tale without a text, a wordless line for each of its pieces; `source.title` is its title.

    `marks` are the seconds at which chapters begin. Raises what `keep` raises.
    """
    paths = shelves.paths
    written = workbench.write_tale(journals, paths.takes, paths.attic, source.tags())
    kept = shelve_tale(written, marks, source, shelves)
    for told in journals:
        told.unlink(missing_ok=True)
    if kept.story is None:
        raise silence([each for pieces in written for each in pieces])
    return kept


def shelve(written: Sequence[Written], source: Source, shelves: Shelves) -> Kept:
    """Write the rows of files that are in their places: all of them, or on an error none. Raises `LibraryTrouble`."""
    heard = [source.take(each) for each in written if not each.silent]
    silent = [_aside(source.take(each), "silent") for each in written if each.silent]
    instead = [other for take in heard for other in told_instead(take, shelves)]
    rows = shelves.takes.keep_all([*heard, *silent])
    return Kept(tuple(rows[: len(heard)]), tuple(rows[len(heard) :]), source.story, tuple(instead))


def shelve_aside(written: Sequence[Written], source: Source, shelves: Shelves, why: str) -> Kept:
    """Write the rows of files that lie in the attic, as `shelve` does."""
    rows = [_aside(source.take(each), "silent" if each.silent else why) for each in written]
    return Kept(tuple(shelves.takes.keep_all(rows)), story=source.story)


def shelve_tale(
    written: Sequence[Sequence[Written]], marks: Sequence[float], source: Source, shelves: Shelves
) -> Kept:
    """Write the rows of a tale whose parts were written, and its story, as `shelve` does.

    Where nobody speaks in all of it there is no story, and all of it lies in the attic.
    """
    recorded = source.recorded or now()
    places, heard, silent = [], [], []
    offset = 0.0
    for pieces in written:
        for each in pieces:
            row = replace(source.take(each), recorded=recorded)
            if each.silent:
                silent.append(_aside(row, "silent"))
            else:
                places.append(tale.Told(offset + each.piece.begin / each.rate, each.frames / each.rate))
                heard.append(row)
        offset += sum(each.frames / each.rate for each in pieces)
    with shelves.library.writing():
        quiet = tuple(shelves.takes.keep_all(silent))
        if not heard:
            return Kept((), quiet)
        text = tale.manuscript(source.title, source.teller.name, places, marks, heard[0].file)
        story = shelves.shelf.add(text).id
        takes = shelves.takes.keep_all(replace(row, story=story, line=line) for line, row in enumerate(heard))
    return Kept(tuple(takes), quiet, shelves.shelf.card(story))


def told_instead(take: Take, shelves: Shelves) -> list[Take]:
    """Return the kept takes of the same teller for the same line or name."""
    if take.kind == "name":
        others = shelves.takes.names(take.text)
    elif take.story is None:
        others = []
    else:
        found = shelves.takes.of_lines(take.story, take.line, [take.text]).get(take.line, [])
        others = [other for other in found if other.line == take.line]
    return [other for other in others if other.teller == take.teller and other.id != take.id]


def whole(line: int, text: str, frames: int) -> tuple[Piece, ...]:
    """Return a recording of one line as its one piece."""
    return (Piece(line, text, 0, frames),)


def silence(written: Sequence[Written]) -> SilentTake:
    """Return the sentence for a recording in which nobody speaks, or which is dead."""
    dead = all(each.levels.true_peak is None for each in written)
    return SilentTake(SENTENCES["dead" if dead else "silent"])


def _aside(take: Take, why: str) -> Take:
    return replace(take, attic=now(), why=why)

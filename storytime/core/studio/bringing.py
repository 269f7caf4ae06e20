"""A recording made elsewhere, on a telephone say: cut at its pauses onto the lines of a story, or a tale of its own."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import token_hex
from typing import TYPE_CHECKING

from storytime.core.shelf.takes import now
from storytime.core.studio import keeping, workbench
from storytime.core.studio.decoding import decode
from storytime.core.studio.journal import SUFFIX
from storytime.core.studio.label import Label
from storytime.core.studio.through import pieces_of, reached

if TYPE_CHECKING:
    from pathlib import Path

    from storytime.core.shelf.story import StoryCard
    from storytime.core.shelf.tellers import Teller
    from storytime.core.studio.journal import Journal
    from storytime.core.studio.session import Cut
    from storytime.core.studio.shelves import Shelves

WHOLE = 0.55
"""Share of a story's own length from which a recording is taken for all of it; a shorter one is of its beginning."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a recording."""

    kept: keeping.Kept
    cuts: tuple[Cut, ...] = ()
    """Where it was cut, a line each; those that are not sure want to be listened to."""


def bring(audio: Path, teller: Teller, shelves: Shelves, story: StoryCard, line: int = 0) -> Brought:
    """Lay a recording on the lines of a story from `line` on.

    Raises `CannotRead` for what is no sound, `SilentTake`, `CannotWrite`, `DiskFull`, `LibraryTrouble`; the recording
    itself is never touched.
    """
    label = Label("through", teller.id, story.id, line, story.title, began=now())
    journal = _journal(audio, label, shelves)
    lines = [one.text for one in shelves.shelf.lines(story.id)]
    read = lines[line:][: _lines_in(journal, story, lines, line)]
    cuts = workbench.examine(journal.path, read, line).cuts
    pieces = keeping.whole(line, lines[line], journal.frames)
    if cuts:
        pieces = pieces_of(cuts, lines, journal.frames, journal.rate) or pieces
    source = keeping.Source(teller, story, recorded=label.began)
    return Brought(keeping.keep(journal.path, pieces, source, shelves), cuts)


def bring_tale(audio: Path, teller: Teller, shelves: Shelves, title: str = "") -> Brought:
    """Make a tale without a text, under this title or the name of the file. Raises what `bring` raises."""
    title = title.strip() or audio.stem.replace("_", " ").strip()
    label = Label("tale", teller.id, title=title, tale=token_hex(8), began=now())
    journal = _journal(audio, label, shelves)
    source = keeping.Source(teller, title=title, recorded=label.began)
    return Brought(keeping.keep_tale([journal.path], (), source, shelves))


def _journal(audio: Path, label: Label, shelves: Shelves) -> Journal:
    """Decode the recording into a journal, so that from here on it is as safe as one of our own."""
    folder = shelves.paths.journals
    folder.mkdir(parents=True, exist_ok=True)
    stamp = "".join(sign for sign in label.began[:19] if sign.isdigit())
    path = folder / f"{stamp[:8]}-{stamp[8:]}-{token_hex(4)}{SUFFIX}"
    try:
        return decode(audio, path, label.header())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _lines_in(journal: Journal, story: StoryCard, lines: list[str], line: int) -> int:
    """Return how many lines are read in it."""
    rest = len(lines) - line
    expected = story.minutes * 60 * rest / max(1, len(lines))
    return rest if journal.seconds >= WHOLE * expected else reached(lines[line:], journal.seconds)

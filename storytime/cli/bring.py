"""`storytime bring`: a recording made elsewhere, laid on the lines of a story, or made a tale of its own.

JSON is an object: `story` (its number), `title`, `teller`, `takes` (as `storytime.cli.recordings.told` says), `silent`
(pieces in which nobody speaks, in the attic) and `unsure` (lines whose beginning wants to be listened to).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from storytime.cli.recordings import length, names_of, told, welcomed
from storytime.cli.shelf import open_library_and_shelf
from storytime.cli.words import Told, as_json, examples, print_json

if TYPE_CHECKING:
    from storytime.core.studio.bringing import Brought
    from storytime.core.studio.shelves import Shelves


@click.command(
    "bring",
    short_help="Lay a recording from a telephone on the lines of a story.",
    epilog=examples(
        'storytime bring lamp.m4a --story "the lamp" --teller "Grandma Rose"',
        'storytime bring lamp-2.m4a --story 3 --line 40 --teller "Grandma Rose"',
        'storytime bring train.mp3 --tale "The Night Train" --teller Grandpa',
    ),
)
@click.argument("audio", type=click.Path(path_type=Path))
@click.option("--story", metavar="STORY", help="The story that is read in it.")
@click.option("--line", type=click.IntRange(0), default=0, metavar="N", help="The line it begins with, from 0.")
@click.option("--tale", metavar="TITLE", help="It is a tale without a text, and this is its title.")
@click.option("--teller", required=True, metavar="NAME", help="Whose voice it is.")
@as_json
def command(audio: Path, story: str | None, line: int, tale: str | None, teller: str, as_json: bool) -> None:
    """Bring a recording (m4a, mp3, opus, wav, flac …): cut at its pauses onto the lines of a story.

    The recording itself stays as it is.
    """
    from storytime.core.studio.shelves import Shelves

    if (story is None) == (tale is None):
        raise click.UsageError("Say what is read in it: --story STORY, or --tale TITLE.")
    if not teller.strip():
        raise click.UsageError("Say whose voice it is: --teller NAME.")
    with open_library_and_shelf() as (library, _):
        shelves = Shelves.of(library)
        brought = _bring(shelves, audio, story, line, tale or "", teller)
        rows = [told(take, shelves, names_of(shelves)) for take in brought.kept.takes]
    card = brought.kept.story
    unsure = [cut.line for cut in brought.cuts if not cut.sure]
    if as_json:
        document: dict[str, Any] = {
            "story": card.id if card else None,
            "title": card.title if card else "",
            "teller": rows[0]["teller"] if rows else teller,
            "takes": rows,
            "silent": len(brought.kept.silent),
            "unsure": unsure,
        }
        print_json(document)
        return
    seconds = sum(take.seconds for take in brought.kept.takes)
    pieces = "pieces of the tale" if tale is not None else "lines of"
    click.echo(f"{len(rows)} {pieces} “{card.title if card else ''}” are kept, {length(seconds)} in all.")
    if unsure:
        click.echo(f"Listen to where these lines begin: {', '.join(map(str, unsure))}.", err=True)


def _bring(shelves: Shelves, audio: Path, story: str | None, line: int, tale: str, teller: str) -> Brought:
    from storytime.core.errors import CannotRead
    from storytime.core.studio.bringing import bring, bring_tale

    card = shelves.shelf.find(story) if story is not None else None
    if card and line >= card.lines:
        raise Told(f"“{card.title}” has {card.lines} lines, from 0 to {card.lines - 1}. Choose --line among them.")
    if not audio.is_file():
        raise CannotRead(audio, "is not there")
    if sys.stderr.isatty():
        click.echo(f"Listening to {audio.name} …", err=True)
    with welcomed(teller, shelves) as who:
        return bring(audio, who, shelves, card, line) if card else bring_tale(audio, who, shelves, tale)

"""`storytime read`: a story aloud, here and now, or into a sound file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from storytime.cli.shelf import open_library_and_shelf, open_shelf
from storytime.cli.words import Number, Told, because, examples
from storytime.core.paths import Paths

if TYPE_CHECKING:
    from storytime.core.shelf.shelf import Shelf
    from storytime.core.shelf.story import StoryCard

KINDS = (".wav", ".flac")


def sound_file(text: str) -> Path:
    """Return the file to write; only two kinds are written."""
    if Path(text).suffix.lower() not in KINDS:
        raise click.BadParameter(f"“{text}” must end in .wav or .flac.")
    return Path(text)


@click.command(
    "read",
    short_help="Read a story aloud, or into a sound file.",
    epilog=examples(
        'storytime read "the lamp"',
        "storytime read 3 --from 12",
        'storytime read 3 --teller "Grandma Rose"',
        'storytime read 3 --voice "espeak:gmw/en" --rate 0.9 --to lamp.flac',
    ),
)
@click.argument("story", required=False)
@click.option(
    "--voice", default="", metavar="V", help="Who reads what nobody recorded: a name or id from storytime voices"
)
@click.option("--teller", default="", metavar="NAME", help="Whose recordings are heard first; else tonight's.")
@click.option("--child", default="", metavar="NAME", help="Read as to this child; else as to tonight's.")
@click.option("--rate", type=Number(0.5, 3.0), metavar="R", help="A factor of the voice's own pace.")
@click.option("--to", type=sound_file, metavar="FILE.wav|.flac", help="Write a sound file instead of speaking.")
@click.option("--ease", is_flag=True, help="Slow down a little towards the end, as at night.")
@click.option("--from", "start", type=click.IntRange(0), metavar="LINE", help="The first line, counted from 0.")
def command(
    story: str | None, voice: str, teller: str, child: str, rate: float | None, to: Path | None, start: int | None,
    ease: bool,
) -> None:
    """Read a story aloud, from where it was left, or into a sound file from its beginning.

    With no STORY named it is what is laid out for tonight, else the first of the stories that came with Storytime.
    On a terminal, Space holds the story and goes on, and Ctrl+C leaves it with its place kept.
    """
    whose, whom = teller_named(teller) if teller else None, _whom(child) if child else None
    if to is None:
        from storytime.cli.telling import tell_here

        with open_shelf() as shelf:
            stories = [_found(shelf, story, start).id] if story is not None else _tonights(shelf, start)
        tell_here(stories, start=start, voice=voice, teller=whose, child=whom, rate=rate, ease=ease)
    else:
        write(story, to, voice=voice, teller=whose, child=whom, rate=rate, start=start or 0, ease=ease)


def write(
    story: str | None,
    to: Path,
    *,
    voice: str = "",
    teller: int | None = None,
    child: str | None = None,
    rate: float | None = None,
    start: int = 0,
    ease: bool = False,
) -> None:
    """Read a story into a file, and say so; with None the first of what is laid out for tonight."""
    from storytime.cli.loop import Loop
    from storytime.cli.to_file import read_into
    from storytime.core.reading.narrator import Narrator
    from storytime.core.settings import SettingsStore
    from storytime.core.shelf.casting import Casting
    from storytime.core.shelf.takes import Takes
    from storytime.devices.machine import many_voices

    engine = voice.partition(":")[0] if ":" in voice else ""
    loop, voices = Loop(), many_voices(Paths.of_user(), only=engine)
    voices.warm()
    try:
        with open_library_and_shelf() as (library, shelf):
            card = _found(shelf, str(tonights_stories(shelf)[0]) if story is None else story, start)
            takes = Takes(library, library.paths)
            narrator = Narrator(
                voices, SettingsStore(library), takes, Casting(library), only=voice, rate=rate, teller=teller,
                child=child,
            )
            narrator = narrator.at_night() if ease else narrator
            left_out, why = read_into(to, card, shelf, narrator, voices, loop, start)
    finally:
        voices.close()
    click.echo(f"“{card.title}” is in {to}.")
    if left_out:
        click.echo(f"{left_out} of its lines could not be spoken and were left out{because(why)}", err=True)


def teller_named(name: str) -> int:
    """Return the number of a teller. Raises `Told`, with the names of those who read here."""
    from storytime.core.errors import TellerNotFound
    from storytime.core.shelf.tellers import Tellers

    with open_library_and_shelf() as (library, _):
        tellers = Tellers(library)
        try:
            return tellers.find(name).id
        except TellerNotFound:
            known = ", ".join(teller.name for teller in tellers.all()) or "nobody yet"
            raise Told(f"Nobody called “{name}” reads here. Who does: {known}.") from None


def _whom(name: str) -> str:
    """Return a child's name as it is written. Raises `Told`, with the names of the children."""
    from storytime.core.reading.children import Children
    from storytime.core.settings import SettingsStore

    with open_library_and_shelf() as (library, _):
        children = Children(SettingsStore(library))
        found = children.find(name)
        if found is None:
            known = ", ".join(children.names())
            there = f"There are: {known}." if known else "Children are named on the page of voices."
            raise Told(f"No child is called “{name}” here. {there}")
        return found


def _tonights(shelf: Shelf, start: int | None) -> list[int]:
    first, *later = tonights_stories(shelf)
    return [_found(shelf, str(first), start).id, *later]


def tonights_stories(shelf: Shelf) -> list[int]:
    """Return what is laid out for tonight, else the first shipped story. Raises `Told` where there is none."""
    stories = shelf.tray() or [card.id for card in shelf.cards() if card.shipped][:1]
    if not stories:
        raise Told("Nothing is laid out for tonight. Read any story with: storytime read TITLE")
    return stories


def _found(shelf: Shelf, story: str, start: int | None) -> StoryCard:
    card = shelf.find(story)
    if start is not None and start >= card.lines:
        raise Told(f"“{card.title}” has {card.lines} lines, from 0 to {card.lines - 1}. Choose --from among them.")
    return card

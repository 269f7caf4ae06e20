"""`storytime export`: a story as an EPUB 3 that reads itself aloud, its words in step with the voice."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from storytime.cli.shelf import open_library_and_shelf
from storytime.cli.words import Told, as_json, because, examples, print_json
from storytime.core.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storytime.cli.loop import Loop
    from storytime.core.database import Library
    from storytime.core.ports import Voice
    from storytime.core.reading.assembly import Assembly
    from storytime.core.reading.narrator import Narrator
    from storytime.core.shelf.shelf import Shelf
    from storytime.core.shelf.story import StoryCard


def book_file(text: str) -> Path:
    """Return the file to write; only one kind is written."""
    if Path(text).suffix.lower() != ".epub":
        raise click.BadParameter(f"“{text}” must end in .epub.")
    return Path(text)


@click.command(
    "export",
    short_help="Take a story along as an EPUB that reads itself aloud.",
    epilog=examples(
        'storytime export "the lamp" --to lamp.epub',
        'storytime export 3 --to lamp.epub --teller "Grandma Rose"',
    ),
)
@click.argument("story")
@click.option("--to", type=book_file, required=True, metavar="FILE.epub", help="The book to write.")
@click.option("--teller", default="", metavar="NAME", help="Whose recordings are heard first; else tonight's.")
@click.option("--voice", default="", metavar="V", help="Who reads what nobody recorded: a name or id from voices.")
@as_json
def command(story: str, to: Path, teller: str, voice: str, as_json: bool) -> None:
    """Write a story as EPUB 3 with text and voice in step: recordings where there are some, else the machine's voice.

    Reading apps that know Media Overlays read it aloud and show each word as it is said; all others show the text.
    """
    from storytime.cli.loop import Loop
    from storytime.cli.read import teller_named
    from storytime.devices.machine import many_voices

    teller_id = teller_named(teller) if teller else None
    _paintable()
    engine = voice.partition(":")[0] if ":" in voice else ""
    loop, child = Loop(), many_voices(Paths.of_user(), only=engine)
    child.warm()
    try:
        with open_library_and_shelf() as (library, shelf):
            card = shelf.find(story)
            narrator = _narrator(child, library, voice, teller_id)
            told, left_out, why = _write(to, card, library, shelf, narrator, child, loop)
    finally:
        child.close()
    if as_json:
        print_json({"story": card.id, "title": card.title, "file": str(to), "left_out": left_out, **told})
        return
    names = ", ".join(told["narrators"])
    click.echo(f"“{card.title}” is in {to}, read by {names}.")
    if left_out:
        click.echo(f"{left_out} of its lines could not be spoken and are there as text alone{because(why)}", err=True)


def _narrator(child: Voice, library: Library, voice: str, teller: int | None) -> Narrator:
    from storytime.core.reading.narrator import Narrator
    from storytime.core.settings import SettingsStore
    from storytime.core.shelf.casting import Casting
    from storytime.core.shelf.takes import Takes

    takes = Takes(library, library.paths)
    return Narrator(child, SettingsStore(library), takes, Casting(library), only=voice, teller=teller).in_step()


def _write(
    to: Path, card: StoryCard, library: Library, shelf: Shelf, narrator: Narrator, child: Voice, loop: Loop
) -> tuple[dict[str, Any], int, str]:
    """Write the book whole or not at all, and return its facts, how many lines are text alone, and why.

    Raises `NoVoice`, `CannotWrite`, `DiskFull`, and `Told` after Ctrl+C.
    """
    from storytime.core.reading.assembly import Assembly
    from storytime.core.reading.book_facts import made_of, names_of, story_of
    from storytime.core.reading.book_in_step import BookInStep
    from storytime.core.reading.script import Script
    from storytime.core.shelf.takes import Takes
    from storytime.core.shelf.tellers import Tellers
    from storytime.core.shelf.written_file import written_whole

    assembly = Assembly(Script(shelf, narrator, (card.id,), 0), child)
    assembly.ended.connect(loop.end)
    with written_whole(to) as part, tempfile.TemporaryDirectory(prefix="storytime-book-") as folder:
        # A folder that cannot be written is told of before anything is read.
        part.touch()
        story = story_of(card, shelf, _painted(card))
        book = BookInStep(story, Path(folder))
        try:
            with _progress(assembly, card):
                assembly.assembled.connect(lambda step, sound: book.take(step, assembly.said(step), sound))
                loop.run(assembly.begin)
        finally:
            assembly.stop()
            book.close()
        if loop.interrupted:
            raise Told(f"Stopped. Nothing was written to {to}.")
        if not book.length:
            raise Told("The voice could not say a line of it. See what there is with: storytime doctor")
        narrators = names_of(book.voices, Tellers(library), child)
        book.write(part, narrators, made_of(story, card, Takes(library, library.paths)))
    return {"seconds": book.length / 1000, "narrators": narrators}, assembly.left_out + book.lost, assembly.why


def _paintable() -> None:
    """Make the application one that can paint covers, on no screen; where none can be, the book goes without."""
    with suppress(ImportError):
        from PySide6.QtCore import QCoreApplication
        from PySide6.QtGui import QGuiApplication

        if QCoreApplication.instance() is None:
            os.environ["QT_QPA_PLATFORM"] = "offscreen"
            QGuiApplication(sys.argv[:1])


def _painted(card: StoryCard) -> bytes | None:
    """Return the cover that the shelf shows for a story without one of its own."""
    try:
        from PySide6.QtGui import QGuiApplication

        from storytime.ui import theme
        from storytime.ui.parts.cover.keeper import as_file
    except ImportError:
        return None
    if not isinstance(QGuiApplication.instance(), QGuiApplication):
        return None
    theme.load_fonts()
    return as_file(card)


@contextmanager
def _progress(assembly: Assembly, card: StoryCard) -> Iterator[None]:
    """Draw a bar on a terminal, and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield
        return
    with click.progressbar(length=card.lines, label=card.title, file=sys.stderr) as bar:
        assembly.assembled.connect(lambda *_: bar.update(1))
        yield

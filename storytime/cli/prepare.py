"""`storytime prepare`: stories made ready to be told, before the evening needs them."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from storytime.cli.read import tonights_stories
from storytime.cli.shelf import open_library_and_shelf
from storytime.cli.words import Told, because, examples
from storytime.core.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storytime.core.reading.preparing import Preparation, Prepared

SLOW = "This machine makes its voice too slowly to tell what is not prepared: prepare every story before its evening."


@click.command(
    "prepare",
    short_help="Make tonight’s stories ready to be told.",
    epilog=examples("storytime prepare", 'storytime prepare "the lamp" 3'),
)
@click.argument("stories", nargs=-1, metavar="[STORY]...")
def command(stories: tuple[str, ...]) -> None:
    """Render stories with the voices that will tell them, each from where it was left.

    With no STORY named it is what is laid out for tonight. It works on all cores and lets everything else go first.
    Ctrl+C stops it; what is ready stays ready.
    """
    from storytime.cli.loop import Loop
    from storytime.core.reading.narrator import Narrator
    from storytime.core.reading.preparing import Preparation
    from storytime.core.settings import SettingsStore
    from storytime.core.shelf.casting import Casting
    from storytime.core.shelf.takes import Takes
    from storytime.devices.clock import RealClock
    from storytime.devices.machine import many_voices

    loop, hands = Loop(), many_voices(Paths.of_user(), gently=True)
    try:
        with open_library_and_shelf() as (library, shelf):
            chosen = [shelf.find(story).id for story in stories] or tonights_stories(shelf)
            narrator = Narrator(hands, SettingsStore(library), Takes(library, library.paths), Casting(library))
            work = Preparation(shelf, narrator, hands, RealClock(), list(dict.fromkeys(chosen)))
            work.ended.connect(lambda _now: loop.end())
            with _progress(work):
                loop.run(work.begin)
            work.stop()
    finally:
        hands.close()
    _say(work.now)


def _say(now: Prepared) -> None:
    """Say how much is ready; being stopped, or lines that cannot be said, is what went wrong."""
    lines = f"{now.ready} of {now.lines} lines are ready, {_minutes(now.seconds)} of telling."
    if now.state != "done" and not now.ready:
        raise Told("Stopped. Nothing is ready yet.")
    if now.state != "done":
        raise Told(f"Stopped. {lines} They stay ready.")
    if not now.left_out and now.ready == now.lines:
        lines = f"All {now.lines} lines are ready, {_minutes(now.seconds)} of telling."
    elif not now.left_out:
        lines += " That is more than a night."
    click.echo(lines)
    if now.left_out:
        click.echo(f"{now.left_out} could not be spoken and are left out{because(now.why)}", err=True)
    if now.slow:
        click.echo(SLOW, err=True)


def _minutes(seconds: float) -> str:
    minutes = max(1, round(seconds / 60))
    return "a minute" if minutes == 1 else f"{minutes} minutes"


@contextmanager
def _progress(work: Preparation) -> Iterator[None]:
    """Draw a bar on a terminal, and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield
        return
    with click.progressbar(length=work.now.lines, label="Preparing", file=sys.stderr) as bar:
        work.changed.connect(lambda now: bar.update(now.ready + now.left_out - bar.pos))
        yield

"""`storytime tonight`, and `storytime` alone: the window, or where there is no screen the story itself."""

from __future__ import annotations

import sys

import click

from storytime.cli.shelf import open_shelf
from storytime.cli.words import examples
from storytime.screen import screen_is_there

NO_SCREEN = "There is no screen here, so tonight’s story is read aloud in the terminal."


@click.command("tonight", epilog=examples("storytime tonight"))
def command() -> None:
    """Go straight to the night room."""
    open_rooms(tonight=True)


def open_rooms(*, tonight: bool) -> None:
    """Open the window and stay until it is closed; without a screen, tell tonight's story here."""
    if screen_is_there():
        from storytime.app import run_window

        sys.exit(run_window(tonight=tonight))
    from storytime.cli.read import tonights_stories
    from storytime.cli.telling import tell_here

    click.echo(NO_SCREEN, err=True)
    with open_shelf() as shelf:
        stories = tonights_stories(shelf)
    tell_here(stories, tonight=True)

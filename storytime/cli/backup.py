"""`storytime backup`: the whole library as one file."""

from __future__ import annotations

from pathlib import Path

import click

from storytime.cli.shelf import open_library_of_user
from storytime.cli.words import examples


@click.command("backup", epilog=examples("storytime backup ~/storytime-2026.zip"))
@click.argument("to", metavar="TO.zip", type=click.Path(path_type=Path))
def command(to: Path) -> None:
    """Write the whole library into one zip file. Voices that were added as files are not in it."""
    from storytime.core.reading.piper_voice import voices_in
    from storytime.core.shelf.backup import back_up

    with open_library_of_user() as library:
        back_up(library, to)
        added = voices_in(library.paths.voices)
    if added:
        names = ", ".join(voice.name for voice in added)
        click.echo(f"The voices that were added are not in it, for they are large: {names}.", err=True)
    click.echo(f"The library is in {to}. Bring it back with: storytime restore {to} --into FOLDER")

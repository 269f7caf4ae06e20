"""`storytime backup`: the whole library as one file."""

from __future__ import annotations

from pathlib import Path

import click

from storytime.cli.shelf import open_library_of_user
from storytime.cli.words import examples


@click.command("backup", epilog=examples("storytime backup ~/storytime-2026.zip"))
@click.argument("to", metavar="TO.zip", type=click.Path(path_type=Path))
def command(to: Path) -> None:
    """Write the whole library into one zip file."""
    from storytime.core.shelf.backup import back_up

    with open_library_of_user() as library:
        back_up(library, to)
    click.echo(f"The library is in {to}. Bring it back with: storytime restore {to} --into FOLDER")

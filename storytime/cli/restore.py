"""`storytime restore`: a library made anew from a backup, in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import click

from storytime.cli.words import examples


@click.command(
    "restore",
    short_help="Bring a library back from a backup.",
    epilog=examples("storytime restore ~/storytime-2026.zip --into ~/Storytime"),
)
@click.argument("backup", metavar="FROM.zip", type=click.Path(path_type=Path))
@click.option("--into", required=True, metavar="EMPTY", type=click.Path(path_type=Path), help="A new or empty folder.")
def command(backup: Path, into: Path) -> None:
    """Bring a library back from a backup, into an empty folder.

    The evening begins anew: a house that was sealed when it was backed up is open.
    """
    from storytime.core.shelf.backup import restore

    stories = restore(backup, into.absolute())
    click.echo(f"{stories} stories are in {into}. Open that library with: STORYTIME_HOME={into} storytime")

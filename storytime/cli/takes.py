"""`storytime takes`: who recorded which line of a story, and how it sounds.

JSON is a list of takes in the order of the lines, the newest of a line first, each as
`storytime.cli.recordings.told` says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from storytime.cli.recordings import length, names_of, told
from storytime.cli.shelf import open_library_and_shelf
from storytime.cli.words import as_json, examples, print_json

if TYPE_CHECKING:
    from storytime.core.shelf.takes import Take

SHOWN = 60
"""Letters of a line that are shown."""


@click.command(
    "takes",
    short_help="Say who recorded which line of a story.",
    epilog=examples('storytime takes "the lamp"', "storytime takes 3 --attic --json"),
)
@click.argument("story")
@click.option("--attic", is_flag=True, help="Those that were put away, too.")
@as_json
def command(story: str, attic: bool, as_json: bool) -> None:
    """Say who recorded which line of a story; a take whose line was changed since is called stale."""
    from storytime.core.studio.shelves import Shelves

    with open_library_and_shelf() as (library, shelf):
        card, shelves = shelf.find(story), Shelves.of(library)
        takes = shelves.takes.of_story(card.id, [line.text for line in shelf.lines(card.id)], attic=attic)
        names = names_of(shelves)
        rows = [told(take, shelves, names) for take in takes]
    if as_json:
        print_json(rows)
        return
    for take in takes:
        click.echo(_row(take, names))
    if not takes:
        click.echo(f"Nobody has recorded a line of “{card.title}” yet.", err=True)


def _row(take: Take, names: dict[int, str]) -> str:
    text = " ".join(take.text.split())
    text = text if len(text) <= SHOWN else f"{text[:SHOWN].rstrip()} …"
    lufs = f"{take.levels.lufs:.1f} LUFS" if take.levels.lufs is not None else "not measured"
    state = f", in the attic ({take.why})" if take.attic else ", stale" if take.stale else ""
    return f"{take.line:>5}  {names.get(take.teller, ''):<16} {length(take.seconds):>5}  {lufs:>12}{state}  {text}"

"""`storytime tellers`: who reads in this house, who may hear them, and a voice deleted everywhere.

JSON is a list of `id`, `name`, `relation`, `consent`, `since` (ISO, UTC), `takes` (told now), `attic` (put away),
`seconds` (of recorded voice) and `stories` (in which they read). With `--delete` it is what was removed: `name`,
`takes`, `attic`, `journals`, `seconds`, `tales` (titles), `backups` (`path`, `takes`, and `why` it could not be
reached, else empty) and `left` (files that would not go).
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from storytime.cli.recordings import length
from storytime.cli.shelf import open_library_and_shelf
from storytime.cli.words import Told, as_json, examples, print_json

if TYPE_CHECKING:
    from storytime.core.shelf.tellers import Teller
    from storytime.core.studio.deletion import Deleted
    from storytime.core.studio.shelves import Shelves


@click.command(
    "tellers",
    short_help="Say who reads aloud here, and who may hear them.",
    epilog=examples(
        "storytime tellers",
        'storytime tellers --welcome "Grandma Rose" --relation grandmother --consent "our two children"',
        'storytime tellers --delete "Grandma Rose"',
    ),
)
@click.option("--welcome", metavar="NAME", help="Write a teller down, or change what is said of them.")
@click.option("--relation", metavar="WORD", help="Who they are to the child; with --welcome.")
@click.option("--rename", metavar="NAME", default="", help="What they are called from now on; with --welcome.")
@click.option("--consent", metavar="WORDS", help="Who may hear the voice; with --welcome.")
@click.option("--delete", metavar="NAME", help="Delete this voice everywhere: takes, attic, and every known backup.")
@click.option("--yes", is_flag=True, help="Delete without asking.")
@as_json
def command(
    welcome: str | None, relation: str | None, rename: str, consent: str | None, delete: str | None, yes: bool,
    as_json: bool,
) -> None:
    """Say who reads aloud here, write a teller down, or delete a voice everywhere."""
    from storytime.core.studio.shelves import Shelves

    if (relation is not None or consent is not None or rename) and welcome is None:
        raise click.UsageError("--relation, --consent and --rename belong to --welcome NAME.")
    if welcome is not None and not welcome.strip():
        raise click.UsageError("A teller has a name: --welcome NAME.")
    if welcome is not None and delete is not None:
        raise click.UsageError("Either --welcome or --delete.")
    with open_library_and_shelf() as (library, _shelf):
        shelves = Shelves.of(library)
        if delete is not None:
            _delete(shelves, delete, yes=yes, as_json=as_json)
            return
        if welcome is not None:
            teller = shelves.tellers.welcome(welcome)
            shelves.tellers.describe(teller.id, name=rename, relation=relation, consent=consent)
        rows = [_described(shelves, teller) for teller in shelves.tellers.all()]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(_row(row))
    if not rows:
        click.echo(
            'Nobody reads here yet. Begin with: storytime record STORY --line 0 --seconds 10 --teller "Mum"', err=True
        )


def _described(shelves: Shelves, teller: Teller) -> dict[str, Any]:
    takes = shelves.takes.of_teller(teller.id)
    kept = [take for take in takes if take.attic is None]
    return {
        "id": teller.id,
        "name": teller.name,
        "relation": teller.relation,
        "consent": teller.consent,
        "since": teller.since,
        "takes": len(kept),
        "attic": len(takes) - len(kept),
        "seconds": round(sum(take.seconds for take in kept), 1),
        "stories": len({take.story for take in kept if take.story is not None}),
    }


def _row(row: dict[str, Any]) -> str:
    relation = f", {row['relation']}" if row["relation"] else ""
    consent = f"; may be heard by: {row['consent']}" if row["consent"] else ""
    return f"{row['name']}{relation}  ({row['takes']} takes, {length(row['seconds'])}{consent})"


def _delete(shelves: Shelves, name: str, *, yes: bool, as_json: bool) -> None:
    from storytime.core.settings import SettingsStore
    from storytime.core.studio.deletion import delete_everywhere

    teller = shelves.tellers.find(name)
    if not yes:
        if not sys.stdin or not sys.stdin.isatty():
            raise Told(f"{teller.name}’s voice would be gone for good. If you mean it, say --yes too.")
        click.confirm(f"Delete {teller.name}’s voice for good, in every known backup too?", abort=True, err=True)

    def begun(path: object) -> None:
        if sys.stderr.isatty():
            click.echo(f"Looking into {path} …", err=True)

    gone = delete_everywhere(teller, shelves, SettingsStore(shelves.library), begun)
    if as_json:
        print_json(_report(gone))
    else:
        _say(gone)
    if gone.unreached or gone.left:
        sys.exit(1)


def _report(gone: Deleted) -> dict[str, Any]:
    return {
        "name": gone.name,
        "takes": gone.takes,
        "attic": gone.attic,
        "journals": gone.journals,
        "seconds": round(gone.seconds, 1),
        "tales": list(gone.tales),
        "backups": [{"path": str(one.path), "takes": one.takes, "why": one.why} for one in gone.backups],
        "left": [str(path) for path in gone.left],
    }


def _say(gone: Deleted) -> None:
    takes = f"{gone.takes} takes, {gone.attic} in the attic, {gone.journals} not yet kept"
    click.echo(f"{gone.name}’s voice is deleted: {takes}, {length(gone.seconds)} in all.")
    for title in gone.tales:
        click.echo(f"The tale “{title}” went with it.")
    for one in gone.backups:
        if not one.why:
            click.echo(f"It is out of the backup {one.path} ({one.takes} takes).")
    for one in gone.unreached:
        click.echo(f"It may still be in the backup {one.path}. {one.why}", err=True)
    for path in gone.left:
        click.echo(f"{path} could not be removed. Remove it by hand.", err=True)

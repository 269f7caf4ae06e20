"""`storytime list`: what is on the shelf, all of it or what a search finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from storytime.cli.shelf import open_shelf
from storytime.cli.words import as_json, examples, print_json

if TYPE_CHECKING:
    from storytime.core.shelf.story import StoryCard


@click.command(
    "list",
    short_help="Say what is on the shelf.",
    epilog=examples("storytime list", 'storytime list "sleepy bear" --json'),
)
@click.argument("query", default="")
@as_json
def command(query: str, as_json: bool) -> None:
    """Say what is on the shelf: number, title, author, language, minutes."""
    with open_shelf() as shelf:
        cards = shelf.cards(query)
    if as_json:
        print_json([described(card) for card in cards])
        return
    for card in cards:
        click.echo(_row(card))
    if not cards and query:
        click.echo(f"Nothing on the shelf has “{query}” in it.", err=True)
    elif not cards:
        click.echo("The shelf is empty. Put a story on it with: storytime add FILE", err=True)


def described(card: StoryCard) -> dict[str, Any]:
    """Return what the command line tells of a story without its text."""
    return {
        "id": card.id,
        "title": card.title,
        "author": card.author,
        "language": card.language,
        "lines": card.lines,
        "words": card.words,
        "minutes": round(card.minutes, 1),
        "source": card.source,
    }


def _row(card: StoryCard) -> str:
    by = f", {card.author}" if card.author else ""
    return f"{card.id:>5}  {card.title}{by}  ({card.language}, {max(1, round(card.minutes))} min)"

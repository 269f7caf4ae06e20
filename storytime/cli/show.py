"""`storytime show`: a story's metadata, its chapters, and every line as it will be spoken."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from storytime.cli.list import described
from storytime.cli.shelf import open_shelf
from storytime.cli.words import as_json, examples, print_json

if TYPE_CHECKING:
    from storytime.core.shelf.story import Chapter


@click.command("show", epilog=examples("storytime show 3", 'storytime show "the lamp" --json'))
@click.argument("story")
@as_json
def command(story: str, as_json: bool) -> None:
    """Show a story, line by line."""
    with open_shelf() as shelf:
        card = shelf.find(story)
        chapters = shelf.story(card.id).chapters
    if as_json:
        more = {"note": card.note, "ages": card.ages, "mood": card.mood, "place": card.place}
        print_json({**described(card), **more, "chapters": _numbered(chapters)})
        return
    click.echo(f"{card.title}\n{card.author}".rstrip())
    for chapter in chapters:
        click.echo(f"\n{chapter.title}\n" if chapter.title else "")
        click.echo("\n\n".join(paragraph.text.rstrip() for paragraph in chapter.paragraphs))


def _numbered(chapters: tuple[Chapter, ...]) -> list[dict[str, Any]]:
    """Count the lines from 0 over the whole story; headings are no lines. A line several speak says who.

    What the book stresses in a line is told by its places in the text.
    """
    index, shown = 0, []
    for chapter in chapters:
        lines = []
        for line in chapter.lines():
            told: dict[str, Any] = {"index": index, "text": line.text, "pause": line.pause}
            if line.spans:
                told["spans"] = [asdict(span) for span in line.spans]
            if line.stressed:
                told["stressed"] = [asdict(one) for one in line.stressed]
            lines.append(told)
            index += 1
        shown.append({"title": chapter.title, "lines": lines})
    return shown

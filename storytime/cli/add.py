"""`storytime add`: take files and folders in; what can be read is added even where others are refused."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storytime.cli.shelf import open_shelf
from storytime.cli.words import as_json, examples, print_json
from storytime.core.errors import CannotRead

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from storytime.core.shelf.shelf import Shelf
    from storytime.core.shelf.story import Manuscript

AT_ONCE = 50
"""Stories written together: one transaction a story would wait for the disk each time."""


@click.command(
    "add",
    short_help="Take stories in: files, or whole folders.",
    epilog=examples('storytime add "The Brave Snail.txt"', "storytime add ~/Books --json"),
)
@click.argument("places", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@as_json
def command(places: tuple[Path, ...], as_json: bool) -> None:
    """Take stories in: text, Markdown and EPUB files, or folders of them."""
    from storytime.core.shelf.intake import story_files

    taken = _Taken()
    with open_shelf() as shelf:
        files = story_files(list(places))
        for batch in _batches(_with_progress(files, quiet=as_json)):
            taken.take(shelf, batch)
    if as_json:
        print_json({"added": taken.added, "already": taken.already, "refused": taken.refused})
    else:
        taken.say()
    for sentence in taken.sentences:
        click.echo(sentence, err=True)
    if not files:
        click.echo("No story was found there. Storytime reads text, Markdown and EPUB files.", err=True)
    if taken.refused or not files:
        sys.exit(1)


class _Taken:
    """What became of every file."""

    def __init__(self) -> None:
        self.added: list[int] = []
        self.already: list[int] = []
        self.refused: list[dict[str, str]] = []
        self.titles: dict[int, str] = {}
        self.sentences: list[str] = []

    def take(self, shelf: Shelf, files: list[Path]) -> None:
        """Read the files, and add what became a story in one transaction."""
        from storytime.core.shelf.intake import read_story

        read: list[Manuscript] = []
        for file in files:
            try:
                read.append(read_story(file))
            except CannotRead as error:
                self.refused.append({"path": str(file), "reason": f"It {error.why}."})
                self.sentences.append(str(error))
        for story, put in zip(read, shelf.add_many(read), strict=True):
            (self.already if put.already else self.added).append(put.id)
            self.titles[put.id] = story.title
            self.sentences += [f"“{story.title}”: {remark}" for remark in story.remarks if not put.already]

    def say(self) -> None:
        """Say it in few words, with the numbers by which other commands know the stories."""
        for ids, one, many in (
            (self.added, "Added “{}” as number {}.", "Added {} stories."),
            (self.already, "“{}” was on the shelf already, as number {}.", "{} stories were on the shelf already."),
        ):
            if len(ids) > 12:
                click.echo(many.format(len(ids)))
            else:
                for id in ids:
                    click.echo(one.format(self.titles[id], id))


def _with_progress(files: list[Path], *, quiet: bool) -> Iterator[Path]:
    if quiet or len(files) < 2 or not sys.stderr.isatty():
        yield from files
        return
    with click.progressbar(files, label="Taking stories in", file=sys.stderr) as bar:
        yield from bar


def _batches(files: Iterable[Path]) -> Iterator[list[Path]]:
    batch: list[Path] = []
    for file in files:
        batch.append(file)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch

"""`storytime recover`: recordings that were never kept, as a crash leaves them: whose they are, how long, and where to.

JSON is a list of `paths` (journals), `teller`, `mode` (line, through, echo, tale or name), `story`, `title`, `line`,
`text`, `began` (ISO, UTC), `seconds`, `became` (waits, kept, attic or silent) and `takes` (as
`storytime.cli.recordings.told` says). A file that says nothing of itself has empty words, no story and `became` waits
or attic.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

import click

from storytime.cli.recordings import length, names_of, told
from storytime.cli.shelf import open_library_and_shelf
from storytime.cli.words import as_json, examples, print_json
from storytime.core.errors import StorytimeError

if TYPE_CHECKING:
    from pathlib import Path

    from storytime.core.studio.recovery import Left, Settled
    from storytime.core.studio.shelves import Shelves

ORPHANS_END = 3.0
"""Seconds in which a recording whose window may have died has heard that it is to end."""
SURELY = 30.0
"""The same where the window is known to be dead: a busy machine may need so long."""


@click.command(
    "recover",
    short_help="Find recordings that were never kept.",
    epilog=examples("storytime recover", "storytime recover --keep", "storytime recover --attic --json"),
)
@click.option("--keep", is_flag=True, help="Put each where it belongs: on its line, or on the shelf as a tale.")
@click.option("--attic", is_flag=True, help="Put them all in the attic, from where they can be brought back.")
@as_json
def command(keep: bool, attic: bool, as_json: bool) -> None:
    """Find recordings that were never kept, after a crash say; say whose they are and how long, and keep them.

    A recording that is still being made in a window is left alone; one whose window died is ended first. Without
    --keep or --attic nothing else is changed.
    """
    from storytime.core.studio.gathering import gather
    from storytime.core.studio.recovery import left_in, unreadable
    from storytime.core.studio.shelves import Shelves

    if keep and attic:
        raise click.UsageError("Either --keep or --attic.")
    with open_library_and_shelf() as (library, _):
        shelves = Shelves.of(library)
        report = _Report(shelves)
        report.growing = _wait_for_orphans(shelves)
        for left in left_in(shelves):
            report.settle(left, keep=keep, attic=attic)
        for path in unreadable(shelves):
            report.set_aside(path, move=keep or attic)
        if keep or attic:
            gathered = gather(shelves)
            report.found_again = len(gathered.takes) + len(gathered.aside)
    report.say(as_json=as_json, asked=keep or attic)
    if report.sentences:
        sys.exit(1)


class _Report:
    """What was found, and what became of it."""

    def __init__(self, shelves: Shelves) -> None:
        self.rows: list[dict[str, Any]] = []
        self.sentences: list[str] = []
        self.found_again = 0
        self.growing: list[Path] = []
        self._shelves = shelves

    def settle(self, left: Left, *, keep: bool, attic: bool) -> None:
        """Do with it what was asked; one that cannot be kept waits as before, and stops no other."""
        from storytime.core.studio.recovery import keep_left, put_left_away

        row = _described(left)
        self.rows.append(row)
        if not keep and not attic:
            return
        try:
            settled = keep_left(left, self._shelves) if keep else put_left_away(left, self._shelves)
        except StorytimeError as error:
            self.sentences.append(str(error))
            return
        row["became"] = _became(settled)
        names = names_of(self._shelves)
        row["takes"] = [told(take, self._shelves, names) for take in settled.kept.takes] if settled.kept else []

    def set_aside(self, path: Path, *, move: bool) -> None:
        """Tell of a file that says nothing of itself; it moves to the attic as it is."""
        from storytime.core.studio.recovery import set_aside

        where = set_aside(path, self._shelves) if move else path
        self.rows.append(
            {
                **{"paths": [str(where)], "teller": "", "mode": "", "story": None, "title": "", "line": 0, "text": ""},
                **{"began": "", "seconds": 0.0, "became": "attic" if move else "waits", "takes": []},
            }
        )

    def say(self, *, as_json: bool, asked: bool) -> None:
        """Print it."""
        if as_json:
            print_json(self.rows)
        else:
            for row in self.rows:
                click.echo(_row(row))
            if not self.rows:
                click.echo("Nothing was left behind.")
            elif not asked:
                click.echo("Keep them with: storytime recover --keep, or put them away with --attic", err=True)
            if self.found_again:
                click.echo(
                    f"{self.found_again} files without a place were found, too. See: storytime takes STORY --attic"
                )
        for path in self.growing:
            click.echo(f"A recording is still being made: {path}", err=True)
        for sentence in self.sentences:
            click.echo(sentence, err=True)


def _wait_for_orphans(shelves: Shelves) -> list[Path]:
    """Let recordings end whose window died, and return those that go on, because theirs lives."""
    from storytime.core.studio.journal_file import window_is_gone
    from storytime.core.studio.recovery import under_way

    begun, growing = time.monotonic(), under_way(shelves, ask=True)
    while growing and time.monotonic() < begun + (SURELY if any(map(window_is_gone, growing)) else ORPHANS_END):
        time.sleep(0.05)
        growing = under_way(shelves)
    return growing


def _described(left: Left) -> dict[str, Any]:
    label = left.label
    return {
        "paths": [str(path) for path in left.paths],
        "teller": left.teller,
        "mode": label.mode,
        "story": label.story,
        "title": label.title,
        "line": label.line,
        "text": label.text,
        "began": label.began,
        "seconds": round(left.seconds, 3),
        "became": "waits",
        "takes": [],
    }


def _became(settled: Settled) -> str:
    if settled.silent:
        return "silent"
    takes = settled.kept.takes if settled.kept else ()
    return "attic" if all(take.attic for take in takes) else "kept"


def _row(row: dict[str, Any]) -> str:
    what = {
        "waits": "waits",
        "kept": "kept",
        "attic": "in the attic",
        "silent": "in the attic, for nobody speaks in it",
    }[row["became"]]
    if not row["mode"]:
        return f"{row['paths'][0]}  cannot be read ({what})"
    where = {"tale": "a tale", "name": f"the name “{row['text']}”"}.get(row["mode"], f"line {row['line']}")
    title = f" of “{row['title']}”" if row["title"] and row["mode"] not in ("tale", "name") else ""
    return f"{row['teller'] or 'Somebody'}, {where}{title}, {length(row['seconds'])}, {row['began'][:16]}  ({what})"

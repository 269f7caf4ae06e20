"""`storytime record`: a line of a story through the real microphone, kept as a take.

The take's path, length and loudness are printed. A silent take goes to the attic, and the command ends with 1.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from storytime.cli.recordings import names_of, told, welcomed
from storytime.cli.shelf import open_library_and_shelf
from storytime.cli.words import Number, Told, as_json, examples, print_json

if TYPE_CHECKING:
    from pathlib import Path

    from storytime.cli.loop import Loop
    from storytime.core.errors import StorytimeError
    from storytime.core.ports import Microphone
    from storytime.core.shelf.story import StoryCard
    from storytime.core.shelf.tellers import Teller
    from storytime.core.studio.label import Label
    from storytime.core.studio.recorder import Progress
    from storytime.core.studio.shelves import Shelves

NAMELESS = 'Nobody said whose voice it is. Say so with: storytime tellers --welcome Somebody --rename NAME'
ASKED = 4
"""Times the microphones are asked for; where there is none, the later answers cost nothing."""


@click.command(
    "record",
    short_help="Record a line of a story.",
    epilog=examples(
        'storytime record "the lamp" --line 0 --seconds 8 --teller "Grandma Rose"',
        "storytime record 3 --line 12 --seconds 20 --journal-only",
    ),
)
@click.argument("story")
@click.option("--line", type=click.IntRange(0), required=True, metavar="N", help="The line, counted from 0.")
@click.option("--seconds", type=Number(0.1, 14_400), required=True, metavar="S", help="How long.")
@click.option("--teller", default="", metavar="NAME", help="Who reads; without it, whoever recorded last, or somebody.")
@click.option("--microphone", default="", metavar="NAME", help="A name or id; without it the one chosen in the studio.")
@click.option("--journal-only", is_flag=True, help="Leave the recording unkept; see: storytime recover")
@as_json
def command(
    story: str, line: int, seconds: float, teller: str, microphone: str, journal_only: bool, as_json: bool
) -> None:
    """Record a line of a story through the microphone, and keep it.

    Without --teller it is whoever recorded last; in a house where nobody reads yet it is "Somebody", who can be given
    a name later. Ctrl+C ends it early and keeps nothing; what was heard until then waits for "storytime recover". With
    --json it prints the take as "storytime takes" does, and with --journal-only its "journal" and "seconds".
    """
    from storytime.core.shelf.tellers import SOMEBODY
    from storytime.core.studio.shelves import Shelves

    with open_library_and_shelf() as (library, shelf):
        card, shelves = shelf.find(story), Shelves.of(library)
        if line >= card.lines:
            raise Told(f"“{card.title}” has {card.lines} lines, from 0 to {card.lines - 1}. Choose --line among them.")
        with welcomed(teller, shelves) as who:
            label = _label(who, card, line, shelf.lines(card.id, line, 1)[0].text)
            session = _Session(shelves, label, seconds, quiet=as_json)
            trouble = session.record(microphone)
            if session.interrupted:
                raise Told(f"Stopped. {session.seconds:.1f} seconds wait; see: storytime recover")
            if not session.seconds:
                raise trouble or Told("Nothing was recorded. Try again.")
            if journal_only:
                _say_journal(session, as_json=as_json)
            else:
                _keep(session, card, who, label, shelves, as_json=as_json)
            if trouble:
                raise trouble
        if who.name == SOMEBODY:
            click.echo(NAMELESS, err=True)


def _label(who: Teller, card: StoryCard, line: int, text: str) -> Label:
    from storytime.core.shelf.takes import now
    from storytime.core.studio.label import Label

    return Label("line", who.id, card.id, line, card.title, text, began=now())


def _keep(session: _Session, card: StoryCard, who: Teller, label: Label, shelves: Shelves, *, as_json: bool) -> None:
    from storytime.core.settings import SettingsStore
    from storytime.core.studio.journal import read_journal
    from storytime.core.studio.keeping import Source, keep, whole

    found = read_journal(session.journal)
    if found is None:
        raise Told("Nothing was recorded. Try again.")
    # The microphone needs a moment to end, so a little more was heard than was asked for.
    pieces = whole(label.line, label.text, min(found.frames, round(session.wanted * found.rate)))
    (take,) = keep(session.journal, pieces, Source(who, card, recorded=label.began), shelves).takes
    SettingsStore(shelves.library).change(recording_teller=who.id)
    row = told(take, shelves, names_of(shelves))
    if as_json:
        print_json(row)
        return
    lufs = f"{take.levels.lufs:.1f} LUFS" if take.levels.lufs is not None else "loudness not measured"
    click.echo(f"{row['path']}  {take.seconds:.2f} s  {lufs}")


def _say_journal(session: _Session, *, as_json: bool) -> None:
    if as_json:
        print_json({"journal": str(session.journal), "seconds": round(session.seconds, 3)})
    else:
        click.echo(f"{session.journal}  {session.seconds:.2f} s, not kept")


class _Session:
    """One recording, from the first frame on for so many seconds."""

    def __init__(self, shelves: Shelves, label: Label, seconds: float, *, quiet: bool) -> None:
        from storytime.core.studio.recorder import Recorder
        from storytime.devices.clock import RealClock
        from storytime.devices.machine import real_microphone

        self._loop = _loop()
        self._microphone: Microphone = real_microphone()
        self._recorder = Recorder(self._microphone, RealClock(), shelves.paths.journals)
        self._shelves, self._label, self.wanted = shelves, label, seconds
        self._quiet = quiet or not sys.stderr.isatty()
        self._why = ""
        self.journal = self._recorder.new_journal()

    @property
    def interrupted(self) -> bool:
        """Whether Ctrl+C ended it."""
        return self._loop.interrupted

    @property
    def seconds(self) -> float:
        """Length of what is on the disk."""
        from storytime.core.studio.journal import read_journal

        found = read_journal(self.journal)
        return found.seconds if found else 0.0

    def record(self, microphone: str) -> StorytimeError | None:
        """Record, and return what went wrong, if anything. Raises `NoMicrophone`."""
        from storytime.core.studio.recorder import trouble_of

        try:
            device = self._device(microphone)
            self._recorder.progressed.connect(self._on_progress)
            self._recorder.ended.connect(self._on_ended)
            self._loop.run(lambda: self._recorder.begin(self.journal, self._label.header(), device))
        finally:
            self._recorder.close()
            if not self._quiet:
                click.echo("", err=True)
        return trouble_of(self._why, self.seconds, microphone)

    def _device(self, wanted: str) -> str:
        from storytime.core.errors import NoMicrophone
        from storytime.core.settings import SettingsStore

        chosen = SettingsStore(self._shelves.library).value.microphone
        # A busy machine may need longer than one question waits.
        inputs = next(filter(None, (self._microphone.inputs() for _ in range(ASKED))), ())
        if not inputs:
            raise NoMicrophone(wanted)
        if not wanted:
            return chosen if any(chosen == one.id for one in inputs) else ""
        found = [one.id for one in inputs if wanted in (one.id, one.name)]
        if not found:
            raise NoMicrophone(wanted)
        return found[0]

    def _on_progress(self, progress: Progress) -> None:
        if progress.seconds >= self.wanted:
            self._recorder.stop()
        if not self._quiet:
            alarm = {"dead": "  nothing is heard", "clipped": "  too loud", "room": "  little room"}.get(
                progress.alarm, ""
            )
            click.echo(f"\r{progress.seconds:6.1f} of {self.wanted:.1f} s{alarm:<20}", nl=False, err=True)

    def _on_ended(self, _journal: Path, why: str) -> None:
        self._why = why
        self._loop.end()


def _loop() -> Loop:
    from storytime.cli.loop import Loop

    return Loop()

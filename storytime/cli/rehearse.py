"""`storytime rehearse`: a whole evening on pretended devices and a pretended clock, as fast as it can."""

from __future__ import annotations

import contextlib
import os
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from storytime.cli.words import Number, Told, examples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from storytime.core.evening.plan import NightTimes, Plan
    from storytime.core.paths import Paths
    from storytime.core.ports import Utterance, VoiceInfo

    Voices = tuple[Callable[[Utterance], float], Sequence[VoiceInfo]]

ESTIMATED = "estimated"
BEFORE, AFTER = timedelta(minutes=15), timedelta(minutes=10)
"""How long before wind-down a rehearsal begins, and how long after the morning it ends, unless it is said."""


class Moment(click.ParamType):  # type: ignore[type-arg]
    """A naive local moment, such as 2026-11-05T18:00."""

    name = "ISO"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Return the moment; what is none is a wrong use of the command."""
        if isinstance(value, datetime):
            return value
        from storytime.cli.rehearsal.scenario import read_moment

        try:
            moment = read_moment(value)
        except ValueError:
            self.fail(f"“{value}” is no moment of these years. Write it as 2026-11-05T18:00.", param, ctx)
        return moment.astimezone().replace(tzinfo=None) if moment.tzinfo else moment


@click.command(
    "rehearse",
    epilog=examples(
        "storytime rehearse",
        "storytime rehearse --story lighthouse --log evening.jsonl --frames pictures",
        "storytime rehearse --from 2026-11-05T18:00 --scenario power-cut.txt --light light.json",
    )
    + """

A scenario is lines of [YYYY-MM-DDT]HH:MM:SS WHAT, in the rehearsal's true time (what the clock would show had nobody
set it). WHAT is: key NAME [hold SECONDS], pin DIGITS (sets it), gate DIGITS (tries it), kill, start,
clock +DUR|-DUR|ISO, zone NAME, suspend DUR, device lost|back, lights-out. DUR is 90s, 15m, 5h or 27d. # begins a
comment. Where a scenario presses keys, no pretended parent starts a story.
""",
)
@click.option("--from", "begin", type=Moment(), help="When it begins; a quarter of an hour before wind-down.")
@click.option("--to", "end", type=Moment(), help="When it ends; ten minutes after the morning.")
@click.option("--speed", type=Number(0), default=0, metavar="N", help="Pretended seconds a second; 0: fast.")
@click.option("--story", "stories", multiple=True, metavar="STORY", help="Lay out this story; may be said again.")
@click.option("--voice", default="", metavar="V", help=f"The voice, or “{ESTIMATED}” for lengths by the pace model.")
@click.option("--frames", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="A PNG a screen.")
@click.option("--log", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.jsonl", help="What happened.")
@click.option("--light", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.json", help="The light ledger.")
@click.option(
    "--scenario",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="What happens when; see below.",
)
def command(
    begin: datetime | None,
    end: datetime | None,
    speed: float,
    stories: tuple[str, ...],
    voice: str,
    frames: Path | None,
    log: Path | None,
    light: Path | None,
    scenario: Path | None,
) -> None:
    """Rehearse a whole evening, with the real text, line lengths and screens, on a copy of the library.

    It needs no screen and no loudspeaker, and changes nothing.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with (
        tempfile.TemporaryDirectory(prefix="storytime-rehearsal-", ignore_cleanup_errors=True) as folder,
        _told_of_its_own_place(Path(folder) / "home"),
    ):
        evening = _Evening(Path(folder) / "home", begin, end)
        happenings = evening.read_scenario(scenario)
        evening.lay_out(stories, voice)
        with _voices(voice, evening.paths) as voices, _opened(log) as file:
            evening.rehearse(happenings, voices, speed, file, frames, light)


class _Evening:
    """What is rehearsed: the copy, its plan, its stories, and from when to when."""

    def __init__(self, folder: Path, begin: datetime | None, end: datetime | None) -> None:
        from storytime.cli.rehearsal.copy import copy_library
        from storytime.core.paths import Paths

        self.paths = copy_library(Paths.of_user(), folder)
        self._asked = begin, end
        self._begin = begin or _usual_begin(_plan_of(self.paths))
        self._keys = False

    def read_scenario(self, file: Path | None) -> list[Any]:
        """Return what happens, and let the copy stand ready for it."""
        from storytime.cli.rehearsal.copy import make_ready
        from storytime.cli.rehearsal.scenario import read_scenario

        try:
            lines = file.read_text("utf-8-sig").splitlines() if file else []
        except (OSError, UnicodeDecodeError):
            raise Told(f"The scenario {file} cannot be read as text.") from None
        happenings = read_scenario(lines, self._begin)
        self._keys = any(one.what == "key" for one in happenings)
        forget_pin = any(one.what == "pin" for one in happenings)
        # The pretended parent begins a Voice night; keys begin the night that the family chose.
        self._plan = make_ready(self.paths, self._begin, forget_pin=forget_pin, voice_night=not self._keys)
        self._end = self._asked[1] or _usual_end(self._plan, self._begin)
        if self._end <= self._begin:
            raise click.UsageError(f"--to {self._end:%Y-%m-%dT%H:%M} is not after --from.")
        return happenings

    def lay_out(self, stories: tuple[str, ...], voice: str) -> None:
        """Lay out what is to be told: what was named, else the tray, else the first of the shelf."""
        from storytime.core.database import open_library
        from storytime.core.paths import shipped
        from storytime.core.settings import SettingsStore
        from storytime.core.shelf.shelf import Shelf
        from storytime.core.shelf.tray import PLACES

        library = open_library(self.paths)
        try:
            shelf = Shelf(library, self.paths)
            shelf.stock(shipped("stories"))
            named = tuple(shelf.find(one).id for one in stories)
            self._stories = named or tuple(shelf.tray() or [card.id for card in shelf.cards(limit=PLACES)])
            shelf.arrange(self._stories[:PLACES])
            if voice and voice != ESTIMATED:
                languages = {shelf.card(one).language.lower() for one in self._stories}
                SettingsStore(library).change(voice=dict.fromkeys(languages, voice))
        finally:
            library.close()

    def rehearse(
        self,
        happenings: list[Any],
        voices: Voices,
        speed: float,
        file: IO[str] | None,
        frames: Path | None,
        light: Path | None,
    ) -> None:
        """Let the evening pass."""
        from storytime.log import hear_qt

        hear_qt()
        from storytime.cli.rehearsal.diary import Diary
        from storytime.cli.rehearsal.gallery import Gallery
        from storytime.cli.rehearsal.run import PretendParent, Rehearsal
        from storytime.cli.rehearsal.stage import Stage
        from storytime.devices.rehearsal import PretendClock
        from storytime.ui import theme

        _application()
        theme.load_fonts()
        clock = PretendClock(self._begin, zone=None, boot=0.0)
        stage = Stage(self.paths, clock, *voices)
        diary = Diary(clock, file, _say if file is None else lambda _line: None)
        rehearsal = Rehearsal(stage, clock, diary, Gallery(clock, frames, light), speed)
        rehearsal.follow(happenings)
        if not self._keys:
            parent = PretendParent(rehearsal, stage, self._stories)
            for times in self._evenings():
                came = max(times.wind_down + parent.AFTER_WIND_DOWN, self._begin)
                if came < times.lights_out:
                    parent.come(clock.moment(came))
        rehearsal.run(clock.moment(self._end))

    def _evenings(self) -> Iterator[NightTimes]:
        from storytime.core.evening.plan import night_of

        night = night_of(self._begin)
        while night <= self._end.date():
            times = self._plan.night(night)
            if times and times.wind_down <= self._end:
                yield times
            night += timedelta(days=1)


@contextlib.contextmanager
def _told_of_its_own_place(copy: Path) -> Iterator[None]:
    """Let what is wrong with the copy be said of the family's library, which it was made from."""
    from storytime.core.errors import StorytimeError
    from storytime.core.paths import Paths

    try:
        yield
    except StorytimeError as error:
        raise Told(str(error).replace(str(copy), str(Paths.of_user().home))) from error


@contextlib.contextmanager
def _voices(wanted: str, copy: Paths) -> Iterator[Voices]:
    """Give the lengths of lines: of takes and of this machine's voice, estimated where it has none or that is asked."""
    from storytime.core.errors import NoVoice
    from storytime.devices.background import RealBackground
    from storytime.devices.machine import with_recordings
    from storytime.devices.rehearsal import estimated_seconds
    from storytime.devices.rehearsal.rendered import RenderedLengths
    from storytime.devices.rehearsal.voice import VOICES
    from storytime.devices.voice import VoiceChild
    from storytime.devices.voices import ANY

    _application()
    child = VoiceChild(copy.cache / "lines")
    both = with_recordings({ANY: child}, copy.cache, RealBackground())
    rendered = RenderedLengths(both)
    try:
        voices = child.voices() if wanted != ESTIMATED else ()
        if wanted not in ("", ESTIMATED) and all(wanted not in (one.id, one.name) for one in voices):
            raise NoVoice(wanted)
        if not voices and wanted != ESTIMATED:
            click.echo("No voice was found on this machine, so the lengths of the lines are estimated.", err=True)
        if voices:
            yield rendered, voices
        else:
            yield (lambda line: rendered(line) if line.take else estimated_seconds(line)), VOICES
    finally:
        both.close()


def _application() -> object:
    from PySide6.QtWidgets import QApplication

    return QApplication.instance() or QApplication(["storytime"])


@contextlib.contextmanager
def _opened(log: Path | None) -> Iterator[IO[str] | None]:
    if log is None:
        yield None
        return
    try:
        file = log.open("w", encoding="utf-8", newline="\n")
    except OSError:
        raise Told(f"The log {log} cannot be written. Choose another place for --log.") from None
    with file:
        yield file


def _plan_of(paths: Paths) -> Plan:
    from storytime.core.database import open_library
    from storytime.core.evening.plan import plan_from_json
    from storytime.core.settings import SettingsStore

    library = open_library(paths)
    try:
        return plan_from_json(SettingsStore(library).value.plan)
    finally:
        library.close()


def _usual_begin(plan: Plan) -> datetime:
    """Return a quarter of an hour before tonight's wind-down, or before the one of the next night that has one."""
    from dataclasses import replace

    from storytime.core.evening.plan import night_of

    today = night_of(datetime.now())
    for days in range(8):
        times = replace(plan, asked=True).night(today + timedelta(days=days))
        if times:
            return times.wind_down - BEFORE
    return datetime.combine(today, datetime.min.time()) + timedelta(hours=19)


def _usual_end(plan: Plan, begin: datetime) -> datetime:
    from storytime.core.evening.plan import night_of

    return plan.morning(night_of(begin)) + AFTER


def _say(line: dict[str, Any]) -> None:
    """Say on the terminal what a parent would notice."""
    said = {"screen": "shows {screen}", "phase": "{phase}", "note": "notes: {text}"}
    text = said.get(line["event"], line["event"].replace("_", " ") if not line["event"].startswith("line_") else "")
    if text:
        click.echo(f"{line['t'][:19].replace('T', ' ')}  {text.format(**line)}")

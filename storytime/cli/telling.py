"""Stories told in the terminal: each line as it is heard, the time left, and the night room's own ending."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from storytime.cli.words import Told
from storytime.core.errors import Sealed
from storytime.core.evening.evening import Goodnight, Phase
from storytime.core.paths import Paths
from storytime.core.reading.goodnight import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storytime.cli.loop import Loop
    from storytime.core.evening.evening import Evening
    from storytime.core.house import House

TOO_LATE = "It is too late for a story tonight. Good night."
NO_LOUDSPEAKER = "There is no loudspeaker here, so the story is written to a file."


def tell_here(
    stories: Sequence[int],
    *,
    start: int | None = None,
    voice: str = "",
    teller: int | None = None,
    child: str | None = None,
    rate: float | None = None,
    ease: bool = False,
    tonight: bool = False,
) -> None:
    """Tell these stories aloud, or where there is no loudspeaker write each to a file.

    `tonight` makes it the evening's own story, which the goodnight ends at any hour. Raises `Sealed`, `NoVoice` and
    `Told`.
    """
    from storytime.cli.loop import Loop
    from storytime.cli.read import write
    from storytime.cli.to_file import file_named_after
    from storytime.core.house import House
    from storytime.core.reading.narrator import Narrator
    from storytime.devices.machine import real_devices

    loop, paths = Loop(), Paths.of_user()
    house = House(paths, real_devices(paths))
    try:
        house.begin()
        if house.keeper.sealed:
            raise Sealed(house.keeper.evening.morning)
        cards = [house.shelf.card(story) for story in stories]
        audible = house.devices.speaker.available()
        if audible:
            reader = house.reader
            narrator = Narrator(
                house.devices.voice, house.settings, house.takes, house.casting, only=voice, rate=rate, teller=teller,
                child=child,
            )
            reader.narrator = narrator.at_night() if ease else narrator
            if voice or not narrator.has_recorded(cards[0].id):
                narrator.voice_for(cards[0].language)
            _Teller(house, loop, list(stories), start, rate or 1.0).tell(tonight=tonight)
    finally:
        house.close()
    if not audible:
        click.echo(NO_LOUDSPEAKER, err=True)
        for card in cards:
            to = file_named_after(card)
            write(str(card.id), to, voice=voice, teller=teller, child=child, rate=rate, start=start or 0, ease=ease)


class _Teller:
    """Shows what the reader tells, and knows when the evening's part in it is over."""

    def __init__(self, house: House, loop: Loop, stories: list[int], start: int | None, rate: float) -> None:
        self._house, self._loop = house, loop
        self._stories, self._start, self._rate = stories, start, rate
        self._told: int | None = None
        self._notes: list[str] = []

    def tell(self, *, tonight: bool) -> None:
        """Tell until the end, the landing, or Ctrl+C."""
        from storytime.cli.loop import keys

        keeper, reader = self._house.keeper, self._house.reader
        belongs = tonight or Phase.WIND_DOWN <= keeper.evening.phase <= Phase.GOODNIGHT
        if belongs and not keeper.begin_story():
            raise Told(TOO_LATE)
        reader.line_started.connect(self._show)
        reader.finished.connect(self._finished)
        reader.noted.connect(self._notes.append)
        reader.goodnight_started.connect(self._say_goodnight)
        reader.goodnight_ended.connect(self._loop.end)
        reader.device_lost.connect(self._lost)
        reader.device_back.connect(self._back)
        keeper.changed.connect(self._evening_changed)
        with keys(self._pressed):
            self._loop.run(lambda: reader.tell(self._stories, self._start))
        for note in self._notes:
            self._say(note)
        if self._told is None and not self._loop.interrupted:
            raise Told("Nothing was told." if self._notes else TOO_LATE)
        self._say_place()

    def _show(self, story: int, line: int) -> None:
        if story != self._told:
            self._told = story
            click.echo(f"\n{self._house.shelf.card(story).title}\n")
        text = " ".join(self._house.shelf.lines(story, line, 1)[0].text.split())
        minutes, seconds = divmod(round(self._left(story, line)), 60)
        click.echo(f"{minutes:>3}:{seconds:02}  {text}")

    def _say_goodnight(self) -> None:
        language = self._house.shelf.card(self._told).language if self._told is not None else "en"
        click.echo(f"\n{words_of(language, self._house.settings.value.goodnight)}")

    def _left(self, story: int, line: int) -> float:
        """Return the seconds of telling that are left, to the end or to the landing."""
        turn = self._stories.index(story) if story in self._stories else 0
        card, *later = (self._house.shelf.card(one) for one in self._stories[turn:])
        minutes = card.minutes * (card.lines - line) / max(1, card.lines) + sum(one.minutes for one in later)
        stop_by = self._house.reader.stop_by()
        seconds = minutes * 60 / self._rate
        return seconds if stop_by is None else max(0.0, min(seconds, stop_by - self._house.devices.clock.boot()))

    def _finished(self, _landed: bool) -> None:
        if self._house.keeper.evening.phase is not Phase.GOODNIGHT:
            self._loop.end()

    def _evening_changed(self, was: Evening, now: Evening) -> None:
        left_out = now.phase is Phase.GOODNIGHT and now.goodnight is Goodnight.LEFT_OUT
        if now.phase >= Phase.LIGHTS_OUT > was.phase or left_out:
            self._loop.end()
        elif was.phase < Phase.WIND_DOWN <= now.phase and self._house.reader.reading.under_way:
            # The wind-down came while a story was told: it has become the evening's own.
            self._house.devices.clock.after(0, self._house.keeper.begin_story)

    def _pressed(self, key: str) -> None:
        reader = self._house.reader
        acts = {" ": reader.toggle, "p": reader.toggle, "\x1b[D": reader.back, "\x1b[C": reader.next}
        acts |= {"\x1b[A": reader.louder, "\x1b[B": reader.softer}
        if key in acts:
            acts[key]()
            if key in " p" and reader.reading.state == "paused":
                self._say("       Held. Space goes on.")

    def _lost(self) -> None:
        then = "Press Space when it is back." if _has_keys() else "It goes on when there is one again."
        self._say(f"The loudspeaker went away. {then}")

    def _back(self) -> None:
        if not _has_keys():
            self._house.reader.resume()

    def _say_place(self) -> None:
        """Say where a story that was not told to its end goes on."""
        self._house.reader.leave()
        place = self._house.shelf.place(self._told) if self._told is not None else 0
        if place:
            self._say(f"The place is kept: the story goes on at line {place}.")

    def _say(self, sentence: str) -> None:
        click.echo(sentence, err=True)


def _has_keys() -> bool:
    """Whether somebody may press one."""
    return bool(sys.stdin) and sys.stdin.isatty()

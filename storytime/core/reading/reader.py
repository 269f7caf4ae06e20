"""The reader: begins, holds, goes on, goes back, lands, says good night, and keeps the place of every story.

Whatever stops it, a story goes on at the first line that was not heard whole; stopped by hand by day, at its word.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storytime.core.reading.bookmark import Bookmarks
from storytime.core.reading.first_lines import FirstLines
from storytime.core.reading.goodnight import Goodnight
from storytime.core.reading.narrator import Narrator
from storytime.core.reading.ribbon import Ribbon
from storytime.core.reading.script import Script
from storytime.core.reading.telling import Telling
from storytime.core.reading.volume import NightVolume
from storytime.core.reading.word_places import place_at, places
from storytime.core.signal import Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from storytime.core.ports import Clock, Lamp, Speaker, StateStore, Voice
    from storytime.core.reading.script import Step
    from storytime.core.reading.telling import Sounding
    from storytime.core.settings import SettingsStore
    from storytime.core.shelf.shelf import Shelf

HELD = 30.0
"""Seconds through which a pause holds the very sample; after them the line begins again."""
UNHEARD = 30.0
"""Seconds from the key on in which a story that has not sounded yet begins by itself when the loudspeaker comes."""
ASLEEP = 10.0
"""Seconds without a tick after which the machine must have slept, so that the line was not heard whole."""
LET_GO = 15.0
"""Seconds after the last sound in which the output is still held, so that a goodnight comes at once."""
LOST = "The loudspeaker went away while a story was told. The story waits at the line that was not heard whole."
GOODNIGHT_LOST = "The goodnight could not be spoken."


@dataclass(frozen=True, slots=True)
class Reading:
    """What is being told."""

    state: str = "idle"
    """idle, preparing, telling, paused, lost, or goodnight; reading where a person reads it (`pages`)."""
    story: int | None = None
    line: int = 0
    """The line last begun, from 0."""
    stories: tuple[int, ...] = ()

    @property
    def under_way(self) -> bool:
        """Whether a story has begun and is not over."""
        return self.state in ("preparing", "telling", "paused", "lost", "reading")


class Reader:
    """Tells stories through one speaker."""

    def __init__(
        self,
        shelf: Shelf,
        voice: Voice,
        speaker: Speaker,
        clock: Clock,
        settings: SettingsStore,
        lamp: Lamp,
        narrator: Narrator | None = None,
        store: StateStore | None = None,
    ) -> None:
        """Without a narrator the machine's voice reads every line; `store` keeps the word where a story was left."""
        self.changed: Signal[Reading] = Signal()
        self.line_started: Signal[int, int] = Signal()
        """Story, line."""
        self.line_ended: Signal[int, int, bool] = Signal()
        """Story, line, and whether it was heard whole."""
        self.finished: Signal[bool] = Signal()
        """Landed early (True), or everything laid out was told to its end (False)."""
        self.goodnight_started: Signal[()] = Signal()
        self.goodnight_ended: Signal[()] = Signal()
        self.noted: Signal[str] = Signal()
        self.device_lost: Signal[()] = Signal()
        self.device_back: Signal[()] = Signal()
        self.reading = Reading()
        self.at_night: Callable[[], bool] = lambda: False
        """Gives whether what begins now belongs to the evening, so that its pace eases."""
        self._shelf = shelf
        self._speaker = speaker
        self._clock = clock
        self._lamp = lamp
        self._telling = Telling(voice, speaker, clock)
        self._first_lines = FirstLines(shelf, voice)
        self._ribbon = Ribbon(shelf)
        self._bookmarks = Bookmarks(store)
        self._volume = NightVolume(speaker, settings)
        self._goodnight = Goodnight(voice, speaker, narrator or Narrator(voice, settings), settings)
        self._goodnight_waits = False
        self._begins_until = 0.0
        self._paused_at = 0.0
        self._heard_at: float | None = None
        self._ticked_at = clock.boot()
        self._wire()

    def _wire(self) -> None:
        self._ribbon.follow(self._telling)
        self._telling.line_started.connect(self._on_line_started)
        self._telling.line_ended.connect(self._on_line_ended)
        self._telling.over.connect(self._on_over)
        self._telling.stranded.connect(self._on_lost)
        self._telling.noted.connect(self.noted.emit)
        self._ribbon.noted.connect(self.noted.emit)
        self._goodnight.started.connect(self.goodnight_started.emit)
        self._goodnight.ended.connect(self._on_goodnight_ended)
        self._speaker.lost.connect(self._on_lost)
        self._speaker.back.connect(self.device_back.emit)
        self._speaker.back.connect(self._begin_late)
        self._clock.ticked.connect(self._on_tick)

    @property
    def narrator(self) -> Narrator:
        """Who chooses the voice, for the stories and for the goodnight."""
        return self._goodnight.narrator

    @narrator.setter
    def narrator(self, narrator: Narrator) -> None:
        self._goodnight.narrator = narrator

    @property
    def stop_by(self) -> Callable[[], float | None]:
        """What gives the boot second by which the last line must have ended, None where nothing presses."""
        return self._telling.stop_by

    @stop_by.setter
    def stop_by(self, when: Callable[[], float | None]) -> None:
        self._telling.stop_by = when

    def prepare(self, stories: Sequence[int], *, open_path: bool = False) -> None:
        """Have the first lines of these stories and the goodnight rendered; open the sound path if one may begin."""
        self._first_lines.prepare(stories, self._told_by())
        self._goodnight.prepare(Script(self._shelf, self.narrator, tuple(stories)).language())
        self._speaker.warm()
        if open_path:
            self.open_path()

    def open_path(self) -> None:
        """Open the sound path at tonight's volume, so that what comes is heard at once; opening twice is no error."""
        self._volume.apply()
        self._speaker.open()

    def keep_goodnight_ready(self) -> None:
        """Have tonight’s goodnight rendered in the language of what is laid out, while nothing is told."""
        if self.reading.state == "idle" and self._goodnight.seconds() is None:
            self._goodnight.keep_ready(Script(self._shelf, self.narrator, tuple(self._shelf.tray())).language())

    def goodnight_words(self) -> str:
        """Return what tonight's goodnight says."""
        return self._goodnight.words()

    def goodnight_seconds(self) -> float | None:
        """Return the length of tonight's goodnight, None while it is not known."""
        return self._goodnight.seconds()

    def quiet(self) -> float:
        """Return the seconds of silence since the last line was heard; 0 where it was not heard whole."""
        return 0.0 if self._heard_at is None else self._clock.boot() - self._heard_at

    def sounding(self) -> Sounding | None:
        """Return the line that is being heard, and how far it has come; None where none is."""
        return self._telling.sounding()

    def tell(self, stories: Sequence[int], from_line: int | None = None, at: int = 0) -> None:
        """Tell these stories one after the other, each from its place, the first from `from_line` if that is given.

        That line is heard from the word on that holds its character `at`. By day a story goes on at its word.
        """
        if self.reading.state != "idle":
            self.leave()
        script = Script(self._shelf, self._told_by(), tuple(stories), from_line)
        self._volume.apply()
        self._become(Reading("preparing", stories[0] if stories else None, script.line, script.stories))
        self._ticked_at, self._heard_at = self._clock.boot(), None
        self._begins_until = self._clock.boot() + UNHEARD
        self._speaker.open()
        self._telling.begin(script, at if from_line is not None else self._left_at(script))
        self._goodnight.prepare(script.language())

    def pause(self) -> None:
        """Hold the very sample."""
        if self.reading.state in ("telling", "preparing"):
            self._speaker.pause()
            self._begins_until = 0.0
            self._paused_at = self._clock.boot()
            self._become(replace(self.reading, state="paused"))

    def resume(self) -> None:
        """Go on: from the held sample within thirty seconds, else from the beginning of the line."""
        # To ask whether there is an output may be to hear that one is back: then the story goes on already.
        if self.reading.state == "lost" and self._speaker.available() and self.reading.state == "lost":
            self._volume.apply()
            self._speaker.open()
            self._go_on(self._telling.go_on_whole)
        elif self.reading.state == "paused":
            if self._clock.boot() - self._paused_at > HELD:
                at = self._word_now()
                self._go_on(lambda: self._telling.go_on_whole(at))
            elif self._telling.can_go_on():
                self._go_on(self._go_on_held)
            else:
                self._abandon()

    def toggle(self) -> None:
        """Pause, or go on."""
        if self.reading.state in ("paused", "lost"):
            self.resume()
        else:
            self.pause()

    def back(self) -> None:
        """Go back one line, at once; the first line begins again."""
        here = self._telling.here()
        if here and self._may_move():
            self._go_on(lambda: self._telling.jump(here.turn, here.index - 1))

    def next(self) -> None:
        """Go on to the next line, at once; after the last one, to the next story."""
        here = self._telling.here()
        if here and self._may_move():
            # Between two lines the next one is the line that has not begun: only the silence is left out.
            skipped = not self._telling.between_lines()
            if skipped and here.last:
                self._ribbon.told_to_the_end(here.story)
            self._go_on(lambda: self._telling.jump(here.turn, here.index + skipped))

    def louder(self) -> None:
        """Turn the volume up one step, at most to the night's ceiling."""
        self._volume.change(1)

    def softer(self) -> None:
        """Turn the volume down one step; it never falls silent."""
        self._volume.change(-1)

    def land_now(self) -> None:
        """Let the line that sounds be the last one."""
        if self.reading.state in ("paused", "lost"):
            self._abandon()
        elif self.reading.under_way:
            self._telling.land()

    def land_not(self) -> None:
        """Take `land_now` back while its line still sounds: the story goes on."""
        if self.reading.under_way and not self._goodnight_waits:
            self._telling.land_not()

    def leave(self) -> None:
        """Stop at once, keep the place, and let the output go. Nothing but the line's end is told."""
        if (now := self.sounding()) and (at := self._word_now()):
            self._bookmarks.put(now.step.story, now.step.index, now.step.text, at)
        self._goodnight_waits = False
        self._goodnight.stop()
        self._telling.stop()
        self._speaker.drop()
        self._speaker.close()
        self._become(Reading())

    def say_goodnight(self) -> None:
        """Say good night once, after the line that sounds; `goodnight_ended` follows in any case."""
        if self.reading.state == "goodnight":
            return
        if self.reading.state == "telling":
            self._goodnight_waits = True
            self.land_now()
            return
        self._telling.stop()
        self._become(replace(self.reading, state="goodnight"))
        self._volume.apply()
        self._goodnight.say()

    def close(self) -> None:
        """Leave, for good: no tick reaches the reader any more."""
        self._clock.ticked.disconnect(self._on_tick)
        self.leave()

    def _told_by(self) -> Narrator:
        return self.narrator.at_night() if self.at_night() else self.narrator

    def _word_now(self) -> int:
        """Return where in its line the word begins that is being heard; 0 by night, when lines are heard whole."""
        now = self.sounding()
        if now is None or self.at_night():
            return 0
        known = places(now.sound.words, now.said.text, now.step.text)
        number = place_at(known, now.seconds)
        return known[number].begin if number > 0 else 0

    def _left_at(self, script: Script) -> int:
        """Return where in its first line a script goes on; 0 for its beginning."""
        story = script.stories[0] if script.stories else -1
        found = self._bookmarks.of(story)
        if found is None or found[0] != script.line or self.at_night():
            return 0
        lines = self._shelf.lines(story, script.line, 1)
        return self._bookmarks.at(story, script.line, lines[0].text) if lines else 0

    def _may_move(self) -> bool:
        return self.reading.under_way and self._speaker.available()

    def _go_on(self, how: Callable[[], object]) -> None:
        self._ticked_at = self._clock.boot()
        self._become(replace(self.reading, state="telling"))
        how()

    def _go_on_held(self) -> None:
        # Looked first: a line that waits behind the pause may have no time any more, and would begin at once.
        self._telling.look()
        self._speaker.resume()

    def _abandon(self) -> None:
        """Leave the line that is held or was lost: its time is over."""
        self._telling.stop()
        self._on_over(True)

    def _become(self, reading: Reading) -> None:
        if reading != self.reading:
            self.reading = reading
            self._lamp.keep_awake(reading.state in ("preparing", "telling", "goodnight"))
            self.changed.emit(reading)

    def _let_go(self) -> None:
        if self.reading.state == "idle":
            self._speaker.close()

    def _on_line_started(self, step: Step) -> None:
        self._bookmarks.remove(step.story)
        self._begins_until = 0.0
        state = "paused" if self.reading.state == "paused" else "telling"
        self._become(replace(self.reading, state=state, story=step.story, line=step.index))
        self.line_started.emit(step.story, step.index)

    def _on_line_ended(self, step: Step, whole: bool) -> None:
        self._heard_at = self._clock.boot() if whole else None
        self.line_ended.emit(step.story, step.index, whole)

    def _on_over(self, landed: bool) -> None:
        # Told before it is idle, so that the evening is a step on when the screens look for what to show.
        was = self.reading
        self._clock.after(LET_GO, self._let_go)
        self.finished.emit(landed)
        if self.reading is was:
            self._become(Reading())
        if self._goodnight_waits:
            self._goodnight_waits = False
            self.say_goodnight()

    def _on_goodnight_ended(self, whole: bool) -> None:
        if not whole:
            self.noted.emit(GOODNIGHT_LOST)
        self._become(Reading())
        self._clock.after(1.0, self._let_go)
        self.goodnight_ended.emit()

    def _on_lost(self) -> None:
        if self.reading.state == "goodnight":
            self._goodnight.fail()
        elif self.reading.under_way and self.reading.state != "lost":
            self.device_lost.emit()
            self._become(replace(self.reading, state="lost"))
            self._telling.hold_back()
            if not self._begins_until:
                self.noted.emit(LOST)

    def _begin_late(self) -> None:
        """Begin what the parent's key asked for a moment ago; a story that was heard already waits for another key."""
        if self.reading.state == "lost" and self._clock.boot() < self._begins_until:
            self.resume()

    def _on_tick(self) -> None:
        slept = self._clock.boot() - self._ticked_at > ASLEEP
        self._ticked_at = self._clock.boot()
        if self.reading.state in ("paused", "lost"):
            if slept:
                # No output is sure to hold a sample through a sleep.
                self._paused_at -= HELD
            stop_by = self.stop_by()
            over = stop_by is not None and self._clock.boot() >= stop_by
            if self.reading.state == "lost" and self._begins_until and (over or self._ticked_at >= self._begins_until):
                self._begins_until = 0.0
                self.noted.emit(LOST)
            if over:
                self._abandon()
            else:
                # A sound server that is only beginning tells nobody who came before it.
                self._begin_late()
        elif self.reading.under_way:
            if slept:
                self._telling.go_on_whole()
            self._telling.look()

"""Stories rendered into the cache before they are told: tonight's, by day, so that the night waits for no engine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storytime.core.errors import NoVoice
from storytime.core.reading.candidates import Candidates
from storytime.core.reading.script import Script
from storytime.core.signal import Signal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storytime.core.ports import Clock, Sound, Utterance, Voice
    from storytime.core.reading.narrator import Narrator
    from storytime.core.reading.script import Step
    from storytime.core.shelf.shelf import Shelf

AHEAD = 16
"""Lines asked of the voice before their turn, so that no core waits."""
AT_ONCE = 32
"""Lines looked up before the window may paint again."""
ONE_NIGHT = 4 * 3600.0
"""Seconds of telling that are made at most: longer than any night, shorter than a long book."""
ENOUGH = 20.0
"""Seconds of sound that must have been made before a machine is judged by them."""
IN_TIME = 1.5
"""Seconds of sound a second that a machine must make to tell without waiting: it does other things too."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """How far it is."""

    state: str = "idle"
    """idle, making, done (all that can be, is ready), or stopped."""
    stories: tuple[int, ...] = ()
    ready: int = 0
    """Lines that are in the cache, or have nothing to say."""
    lines: int = 0
    """Lines of all stories, from the place of each."""
    left_out: int = 0
    """Lines that no voice could say."""
    why: str = ""
    """Why the last of what could not be said was not."""
    seconds: float = 0.0
    """Of telling, that are ready."""
    made: float = 0.0
    """Seconds of sound that had to be made now."""
    took: float = 0.0
    """Seconds in which they were."""

    @property
    def pace(self) -> float | None:
        """Return seconds of sound made per second; None while too little was made to know."""
        return self.made / self.took if self.made >= ENOUGH and self.took > 0 else None

    @property
    def slow(self) -> bool:
        """Whether this machine makes its sound too slowly to tell what is not prepared."""
        return self.pace is not None and self.pace < IN_TIME


class Preparation:
    """One going through of some stories, from the place of each to the end, or to as much as a night can hold."""

    def __init__(self, shelf: Shelf, narrator: Narrator, voice: Voice, clock: Clock, stories: Sequence[int]) -> None:
        self.changed: Signal[Prepared] = Signal()
        self.ended: Signal[Prepared] = Signal()
        """Done or stopped."""
        lines = sum(max(0, shelf.card(story).lines - shelf.place(story)) for story in stories)
        self.now = Prepared("idle", tuple(stories), lines=lines)
        self._script = Script(shelf, narrator.at_night(), tuple(stories))
        self._voice, self._clock = voice, clock
        self._candidates = Candidates(voice)
        self._goodnights = self._say_goodnight(narrator)
        self._asked: set[Utterance] = set()
        self._said: dict[Utterance, Sound] = {}
        self._began = 0.0
        self._going = False

    def begin(self) -> None:
        """Ask for the first lines; the rest follows from the voice's answers. Raises `NoVoice`."""
        self._voice.rendered.connect(self._on_rendered)
        self._voice.failed.connect(self._on_failed)
        self._began = self._clock.boot()
        self._become(replace(self.now, state="making"))
        for goodnight in self._goodnights:
            if not self._voice.ready(goodnight):
                self._asked.add(goodnight)
                self._voice.render(goodnight)
        self._go_on()

    def stop(self) -> None:
        """Leave it: what is ready stays ready, and the line in work is kept too when it comes."""
        if self.now.state == "making":
            self._voice.forget()
            self._end("stopped")

    def _go_on(self) -> None:
        # A slot may be called while lines are gone through, where a voice answers at once.
        if self._going or self.now.state != "making":
            return
        self._going = True
        try:
            over = self._take_ready()
            if not over:
                self._ask()
        finally:
            self._going = False
        if over:
            self._end("done")

    def _take_ready(self) -> bool:
        """Count what is ready, in order; return whether that was the last."""
        was = self.now
        while (step := self._script.peek()) and self.now.seconds < ONE_NIGHT:
            if self.now.ready - was.ready >= AT_ONCE:
                # What was prepared before is gone through beside the window's own work.
                self._clock.after(0.0, self._go_on)
                break
            best = self._candidates.best(step)
            sound = self._sound(best) if best else None
            if best and sound is None:
                break
            self._count(self._script.take(), best, sound)
        if self.now is not was:
            self._become(replace(self.now, took=self._clock.boot() - self._began))
        return step is None or self.now.seconds >= ONE_NIGHT

    def _sound(self, utterance: Utterance) -> Sound | None:
        return self._said.pop(utterance, None) or self._voice.ready(utterance)

    def _count(self, step: Step, best: Utterance | None, sound: Sound | None) -> None:
        now = self.now
        seconds = (sound.seconds if sound else 0.0) + step.pause
        silent = bool(step.candidates) and best is None
        self.now = replace(
            now, ready=now.ready + (not silent), left_out=now.left_out + silent, seconds=now.seconds + seconds
        )
        if best:
            self._voice.spare(best)
            self._asked.discard(best)

    def _ask(self) -> None:
        for step in self._script.window(AHEAD):
            best = self._candidates.best(step)
            if best and best not in self._asked and not self._voice.ready(best):
                self._asked.add(best)
                self._voice.render(best)

    def _on_rendered(self, utterance: Utterance, sound: Sound) -> None:
        if utterance in self._asked:
            if not utterance.take:
                self.now = replace(self.now, made=self.now.made + sound.seconds)
            if utterance in self._goodnights:
                self._voice.spare(utterance)
            else:
                self._said[utterance] = sound
            self._go_on()

    def _on_failed(self, utterance: Utterance, why: str) -> None:
        if utterance in self._asked:
            self.now = replace(self.now, why=why)
            self._candidates.refuse(utterance)
            self._go_on()

    def _say_goodnight(self, narrator: Narrator) -> tuple[Utterance, ...]:
        try:
            return narrator.goodnight(self._script.language())
        except NoVoice:
            return ()

    def _end(self, state: str) -> None:
        self._voice.rendered.disconnect(self._on_rendered)
        self._voice.failed.disconnect(self._on_failed)
        self._become(replace(self.now, state=state))
        self.ended.emit(self.now)

    def _become(self, now: Prepared) -> None:
        self.now = now
        self.changed.emit(now)

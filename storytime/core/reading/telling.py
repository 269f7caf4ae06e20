"""The telling itself: steps of a script, rendered ahead of need, handed to the speaker in time, and landed whole.

It keeps the one law of the night's words: what has begun to sound is heard to its end, unless a hand stops it; what
could not end in time never begins.
"""

from __future__ import annotations

import itertools
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from storytime.core.errors import NoVoice
from storytime.core.reading.candidates import Candidates
from storytime.core.reading.entering import entered
from storytime.core.reading.landing import MARGIN, Ahead, fits, how_many_fit
from storytime.core.signal import Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from storytime.core.ports import Clock, Sound, Speaker, Utterance, Voice
    from storytime.core.reading.script import Script, Step

RENDERED_AHEAD = 8
"""Lines asked of the voice before they are needed."""
QUEUED_AHEAD = 2
"""Lines in the speaker behind the one that sounds, at least …"""
QUEUED_SECONDS = 10.0
"""… and seconds of sound in it, at least."""
FAILURES_IN_A_ROW = 3
"""After so many lines that could not be rendered, one after the other, the telling ends kindly."""
UNSAID = "A line could not be spoken; the story went on with the next."
UNHEARD = "A recording could not be played; another voice read its line."
STEPPED_IN = "A voice could not say a line; another voice read it."
SILENCED = "The voice fell silent in the middle of a story, so the story ended early."
VOICELESS = "No voice was found on this machine, so no story was told."


@dataclass(slots=True)
class Queued:
    """A step in the speaker, and the wordless ones that go by with it."""

    token: int
    step: Step
    said: Utterance
    sound: Sound
    pause: float
    sounding: bool = False
    wordless: list[Step] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """For so long it is heard."""
        return self.sound.seconds


@dataclass(frozen=True, slots=True)
class Sounding:
    """The line that is being heard, and how far it has come."""

    step: Step
    said: Utterance
    sound: Sound
    seconds: float
    """Into the sound, pauses left out."""


class Telling:
    """Tells one script; a new one may follow."""

    def __init__(self, voice: Voice, speaker: Speaker, clock: Clock) -> None:
        self.line_started: Signal[Step] = Signal()
        self.line_ended: Signal[Step, bool] = Signal()
        """The step, and whether it was heard whole."""
        self.passed: Signal[Step] = Signal()
        """Gone past without a sound: nothing to say in it, or the voice could not."""
        self.over: Signal[bool] = Signal()
        """Nothing sounds any more: landed early (True), or all told."""
        self.stranded: Signal[()] = Signal()
        """There is a line to be told and nothing for it to sound from; `go_on_whole` when there is."""
        self.noted: Signal[str] = Signal()
        self.stop_by: Callable[[], float | None] = lambda: None
        self._voice = voice
        self._speaker = speaker
        self._clock = clock
        self._tokens = itertools.count(1)
        self._script: Script | None = None
        self._queue: deque[Queued] = deque()
        self._candidates = Candidates(voice)
        self._told_of: set[str] = set()
        self._failures = 0
        self._landing = False
        self._between = False
        self._waits = False
        self._entry: tuple[int, int, int] | None = None
        voice.rendered.connect(self._on_rendered)
        voice.failed.connect(self._on_failed)
        speaker.started.connect(self._on_started)
        speaker.ended.connect(self._on_ended)

    def begin(self, script: Script, at: int = 0) -> None:
        """Tell this script from where it stands, its first line from the word that holds character `at` of it."""
        self._voice.forget()
        self._script = script
        self._entry = (0, script.line, at)
        self._candidates.clear()
        self._told_of.clear()
        self._failures = 0
        self._landing = False
        self._waits = False
        self._fill()

    def here(self) -> Step | None:
        """Return the first step not heard whole: sounding, waiting, or still to be rendered; None if all was told."""
        if self._queue:
            return self._queue[0].step
        return self._script.peek() if self._script else None

    def sounding(self) -> Sounding | None:
        """Return what is being heard, held or not; None between two lines."""
        first = self._queue[0] if self._queue else None
        if first is None or not first.sounding:
            return None
        later = sum(one.seconds + one.pause for one in itertools.islice(self._queue, 1, None))
        heard = first.seconds + first.pause - (self._speaker.queued() - later)
        begun = first.sound.begin / first.sound.rate
        return Sounding(first.step, first.said, first.sound, begun + min(first.seconds, max(0.0, heard)))

    def between_lines(self) -> bool:
        """Whether a line has just been heard whole and the next has not begun."""
        return self._between

    def jump(self, turn: int, line: int) -> None:
        """Go on from another line, at once."""
        script = self._script
        if script:
            self._silence()
            self._waits = False
            self._entry = None
            script.seek(turn, line)
            self._failures = 0
            self._fill()

    def go_on_whole(self, at: int = 0) -> None:
        """Begin again at the beginning of the line that was not heard whole, or at the word with its character `at`."""
        here = self.here()
        self._entry = (here.turn, here.index, at) if here else None
        self.hold_back()
        self._waits = False
        self._fill()

    def hold_back(self) -> None:
        """Be silent, and hand nothing over until `go_on_whole` or `jump`, as when there is nothing to sound from."""
        here = self.here()
        if here and self._script:
            opens = here.opens and not (self._queue and self._queue[0].sounding)
            self._waits = True
            self._silence()
            self._script.seek(here.turn, here.index, opens=opens)

    def can_go_on(self) -> bool:
        """Whether the line that is held would still end in time if its sound went on now."""
        if not self._queue or not self._queue[0].sounding:
            return True
        rest = self._begins(1) - self._queue[0].pause
        return fits(rest, 0.0, self.stop_by())

    def land(self) -> None:
        """Let the line that sounds be the last."""
        self._landing = True
        self.look()

    def land_not(self) -> None:
        """Take the landing back, if a line still sounds."""
        self._landing = False
        self.look()

    def look(self) -> None:
        """Reckon anew which of the waiting lines still end in time, for the time of stopping may have moved."""
        if self._script is None:
            return
        kept = self._kept()
        if kept < len(self._queue):
            first = self._queue[kept].step
            if kept:
                self._speaker.drop_after(self._queue[kept - 1].token)
                self._queue[kept - 1].pause = 0.0
            else:
                self._speaker.drop()
            while len(self._queue) > kept:
                self._queue.pop()
            self._script.seek(first.turn, first.index, opens=first.opens)
        self._fill()

    def stop(self) -> None:
        """Be silent at once, and tell no more of this script. Nothing but the line's end is told."""
        self._silence()
        self._script = None
        self._voice.forget()

    def _kept(self) -> int:
        """Return how many of the queued steps may stay; what sounds always may."""
        sounding = 1 if self._queue and self._queue[0].sounding else 0
        if self._landing:
            return sounding
        waiting = list(itertools.islice(self._queue, sounding, None))
        lines = [Ahead(one.seconds, one.pause, one.step.opens) for one in waiting]
        return sounding + how_many_fit(self._begins(sounding), lines, self.stop_by())

    def _begins(self, number: int) -> float:
        """Return the boot time at which the queued step of that number begins, or would begin if nothing was held."""
        later = itertools.islice(self._queue, number, None)
        return self._clock.boot() + self._speaker.queued() - sum(one.seconds + one.pause for one in later)

    def _fill(self) -> None:
        """Hand over what is ready and fits, ask for what is not, and see whether this was the end."""
        script = self._script
        if script is None or self._waits:
            return
        try:
            self._candidates.ask(script.window(RENDERED_AHEAD))
            while not self._landing and self._wants_more() and self._hand_over(script):
                pass
            ended = not self._queue and self._is_over(script)
            landed = ended and script.peek() is not None
        except NoVoice:
            self.noted.emit(VOICELESS)
            ended = landed = True
        if ended and script is self._script:
            self._script = None
            self._between = False
            self.over.emit(landed)

    def _wants_more(self) -> bool:
        return len(self._queue) <= QUEUED_AHEAD or self._speaker.queued() < QUEUED_SECONDS

    def _hand_over(self, script: Script) -> bool:
        """Take one step off the script; False where the next must wait, does not fit, or is not there."""
        step = script.peek()
        if step is None or self._failures >= FAILURES_IN_A_ROW:
            return False
        best = self._candidates.best(step)
        if best is None:
            self._failures += bool(step.candidates)
            if self._failures < FAILURES_IN_A_ROW:
                self._pass_by(script.take())
            return self._failures < FAILURES_IN_A_ROW
        sound = self._voice.ready(best)
        if sound is None or not self._fits(step, sound):
            return False
        if self._entry and self._entry[:2] == (step.turn, step.index):
            sound = entered(sound, best.text, step.text, self._entry[2])
        if not self._speaker.available():
            self._waits = True
            self.stranded.emit()
            return False
        self._failures = 0
        item = Queued(next(self._tokens), script.take(), best, sound, step.pause)
        self._queue.append(item)
        self._speaker.queue(item.token, sound, step.pause)
        return True

    def _pass_by(self, step: Step) -> None:
        if self._queue:
            self._queue[-1].wordless.append(step)
        else:
            self.passed.emit(step)

    def _fits(self, step: Step, sound: Sound) -> bool:
        return fits(self._begins(len(self._queue)), sound.seconds, self.stop_by(), opens=step.opens, margin=MARGIN)

    def _is_over(self, script: Script) -> bool:
        """Whether, with nothing in the speaker, nothing may follow."""
        step = script.peek()
        if step is None or self._landing:
            return True
        if self._failures >= FAILURES_IN_A_ROW:
            self.noted.emit(SILENCED)
            return True
        best = self._candidates.best(step)
        sound = self._voice.ready(best) if best else None
        seconds = sound.seconds if sound else 0.0
        return not fits(self._begins(0), seconds, self.stop_by(), opens=step.opens, margin=MARGIN)

    def _silence(self) -> None:
        """Drop everything; the line that sounded was not heard whole."""
        self._speaker.drop()
        self._between = False
        was = self._queue[0] if self._queue else None
        self._queue.clear()
        if was and was.sounding:
            self.line_ended.emit(was.step, False)

    def _on_rendered(self, _utterance: Utterance, _sound: Sound) -> None:
        self._fill()

    def _on_failed(self, utterance: Utterance, _why: str) -> None:
        script = self._script
        steps = [step for step in script.window(RENDERED_AHEAD) if utterance in step.candidates] if script else []
        if steps:
            self._candidates.refuse(utterance)
            of_a_recording = utterance.take or utterance.names or utterance.head_names
            stood_in = UNHEARD if of_a_recording else STEPPED_IN
            self._note_once(stood_in if all(map(self._candidates.best, steps)) else UNSAID)
            self._fill()

    def _note_once(self, what: str) -> None:
        if what not in self._told_of:
            self._told_of.add(what)
            self.noted.emit(what)

    def _on_started(self, token: int) -> None:
        if self._queue and self._queue[0].token == token:
            self._queue[0].sounding = True
            self._between = False
            self.line_started.emit(self._queue[0].step)

    def _on_ended(self, token: int) -> None:
        if self._queue and self._queue[0].token == token:
            heard = self._queue.popleft()
            self._between = True
            self.line_ended.emit(heard.step, True)
            for step in heard.wordless:
                self.passed.emit(step)
            self._fill()

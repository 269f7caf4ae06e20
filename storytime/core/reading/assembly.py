"""A story put together from its rendered lines in order, as fast as the voice gives them: for a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storytime.core.reading.candidates import Candidates
from storytime.core.signal import Signal

if TYPE_CHECKING:
    from storytime.core.ports import Sound, Utterance, Voice
    from storytime.core.reading.script import Script, Step

AHEAD = 16
"""Lines asked of the voice before they are needed, so that it never waits."""


class Assembly:
    """Gives every step of a script its sound."""

    def __init__(self, script: Script, voice: Voice) -> None:
        self.assembled: Signal[Step, Sound | None] = Signal()
        """The next step, and its sound; None where there is nothing to say, or the voice could not."""
        self.left_out = 0
        """Lines that the voice could not say."""
        self.why = ""
        """Why the last of what could not be said was not."""
        self.ended: Signal[()] = Signal()
        self._script = script
        self._voice = voice
        self._candidates = Candidates(voice)
        self._asked: set[Utterance] = set()
        self._said: dict[Utterance, Sound] = {}
        voice.rendered.connect(self._said_well)
        voice.failed.connect(self._said_badly)

    def begin(self) -> None:
        """Ask for the first lines; the rest follows from the voice's answers. Raises `NoVoice`."""
        self._go_on()

    def stop(self) -> None:
        """Give nothing more, whatever the voice still says."""
        self._voice.rendered.disconnect(self._said_well)
        self._voice.failed.disconnect(self._said_badly)

    def said(self, step: Step) -> Utterance | None:
        """Return what is heard of a step that was just assembled; None where nothing is."""
        return self._candidates.best(step)

    def _said_well(self, utterance: Utterance, sound: Sound) -> None:
        self._said[utterance] = sound
        self._go_on()

    def _said_badly(self, utterance: Utterance, why: str) -> None:
        self.why = why
        self._candidates.refuse(utterance)
        self._go_on()

    def _go_on(self) -> None:
        best = self._candidates.best
        while step := self._script.peek():
            said = best(step)
            if said and said not in self._said:
                break
            self._script.take()
            self.left_out += bool(step.candidates) and said is None
            self.assembled.emit(step, self._said.get(said) if said else None)
            self._forget(said)
        for utterance in map(best, self._script.window(AHEAD)):
            if utterance and utterance not in self._asked:
                self._asked.add(utterance)
                self._voice.render(utterance)
        if step is None:
            self.stop()
            self.ended.emit()

    def _forget(self, utterance: Utterance | None) -> None:
        """Let a sound go, unless a line with the same words comes soon."""
        if utterance and utterance not in map(self._candidates.best, self._script.window(AHEAD)):
            self._said.pop(utterance, None)
            self._asked.discard(utterance)

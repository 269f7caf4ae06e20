"""Which of a line's candidates is heard: the first that can be said; one that fails falls to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storytime.core.ports import Utterance, Voice
    from storytime.core.reading.script import Step


class Candidates:
    """Remembers what could not be said, and asks a voice for the best of what is left."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._unsayable: set[Utterance] = set()

    def best(self, step: Step) -> Utterance | None:
        """Return what is to be heard of a step; None where there is nothing to say, or nothing can be said."""
        return next((one for one in step.candidates if one not in self._unsayable), None)

    def ask(self, steps: Iterable[Step]) -> None:
        """Have the best of each step rendered, where it is not there yet."""
        for step in steps:
            best = self.best(step)
            if best and not self._voice.ready(best):
                self._voice.render(best)

    def refuse(self, utterance: Utterance) -> None:
        """Let the next candidate be the best from now on, wherever this one stood."""
        self._unsayable.add(utterance)

    def clear(self) -> None:
        """Give everything another chance."""
        self._unsayable.clear()

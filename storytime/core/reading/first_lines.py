"""The first lines of what is laid out for tonight, rendered before a key is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storytime.core.errors import StorytimeError
from storytime.core.reading.candidates import Candidates
from storytime.core.reading.script import Script

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storytime.core.ports import Utterance, Voice
    from storytime.core.reading.narrator import Narrator
    from storytime.core.reading.script import Step
    from storytime.core.shelf.shelf import Shelf

LINES = 2
"""Lines of each story: the second is there before the shortest first one has ended."""


class FirstLines:
    """Has them rendered, each by its next candidate where one fails."""

    def __init__(self, shelf: Shelf, voice: Voice) -> None:
        self._shelf = shelf
        self._candidates = Candidates(voice)
        self._steps: list[Step] = []
        voice.failed.connect(self._on_failed)

    def prepare(self, stories: Sequence[int], narrator: Narrator) -> None:
        """Have the first lines of these stories rendered, from the place of each."""
        self._candidates.clear()
        self._steps = []
        for story in stories:
            try:
                self._steps += Script(self._shelf, narrator, (story,)).window(LINES)
            except StorytimeError:
                continue  # What is wrong is told when the story is begun.
        self._candidates.ask(self._steps)

    def _on_failed(self, utterance: Utterance, _why: str) -> None:
        steps = [step for step in self._steps if utterance in step.candidates]
        if steps:
            self._candidates.refuse(utterance)
            self._candidates.ask(steps)

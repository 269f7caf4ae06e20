"""What will be spoken, step by step: the lines of tonight's stories in order, fetched a few at a time.

A story of a million words costs no more here than a short one.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storytime.core.errors import StoryNotFound

if TYPE_CHECKING:
    from storytime.core.ports import Utterance
    from storytime.core.reading.narrator import Narrator
    from storytime.core.shelf.shelf import Shelf
    from storytime.core.shelf.story import StoryCard

FETCH = 16
"""Lines taken from the shelf at once."""
BETWEEN_STORIES = 2.0
"""Seconds of silence."""
LONGEST_PAUSE = 2.0
"""Seconds of silence after a line, at most."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line in its turn."""

    turn: int
    """Which of the laid-out stories, from 0."""
    story: int
    index: int
    """The line in its story, from 0."""
    candidates: tuple[Utterance, ...]
    """Who may be heard, the dearest first; the next is heard where one cannot be. Empty: there is nothing to say."""
    pause: float
    """Seconds of silence after it."""
    opens: bool
    """First line of a story that follows another."""
    last: bool
    """Last line of its story."""
    text: str = ""
    """The line as it is written."""


class Script:
    """A place in the stories of tonight, and what comes after it."""

    def __init__(self, shelf: Shelf, narrator: Narrator, stories: tuple[int, ...], start: int | None = None) -> None:
        self.stories = stories
        self._shelf = shelf
        self._narrator = narrator
        self._cards: dict[int, StoryCard | None] = {}
        self._waiting: deque[Step] = deque()
        self._turn = 0
        self._opens = False
        self._line = self._place(0) if start is None else max(0, start)
        self.line = self._line
        """The line it begins with."""

    def peek(self) -> Step | None:
        """Return the next step, None when all is told."""
        steps = self.window(1)
        return steps[0] if steps else None

    def window(self, count: int) -> list[Step]:
        """Return the next steps, up to `count`. Raises `NoVoice`."""
        while len(self._waiting) < count and self._turn < len(self.stories):
            self._fetch()
        return [self._waiting[number] for number in range(min(count, len(self._waiting)))]

    def take(self) -> Step:
        """Go past the next step and return it."""
        return self._waiting.popleft()

    def seek(self, turn: int, line: int, *, opens: bool = False) -> None:
        """Go to a line of one of the stories; a line past its end is the beginning of the next story."""
        self._waiting.clear()
        self._turn, self._line, self._opens = turn, max(0, line), opens

    def language(self) -> str:
        """Return the language of the first story that is there, English if none is."""
        cards = (self._card(turn) for turn in range(len(self.stories)))
        return next((card.language for card in cards if card), "en")

    def _fetch(self) -> None:
        card = self._card(self._turn)
        lines = self._shelf.lines(card.id, self._line, FETCH) if card else []
        if card is None or not lines:
            self._turn += 1
            self._line, self._opens = self._place(self._turn), True
            return
        heads = self._shelf.heads(card.id, self._line, len(lines))
        spans = {number: line.spans for number, line in enumerate(lines, self._line) if line.spans}
        stressed = {number: line.stressed for number, line in enumerate(lines, self._line) if line.stressed}
        told = self._narrator.candidates(card, self._line, [line.text for line in lines], heads, spans, stressed)
        for line, candidates in zip(lines, told, strict=True):
            last = self._line == card.lines - 1
            self._waiting.append(
                Step(
                    self._turn,
                    card.id,
                    self._line,
                    candidates,
                    self._pause_after_story() if last else self._pause(line.pause, candidates),
                    self._opens,
                    last,
                    line.text,
                )
            )
            self._line, self._opens = self._line + 1, False

    def _pause(self, seconds: float, candidates: tuple[Utterance, ...]) -> float:
        return min(seconds, LONGEST_PAUSE) * self._narrator.pause_factor(candidates)

    def _pause_after_story(self) -> float:
        return BETWEEN_STORIES if self._turn + 1 < len(self.stories) else 0.0

    def _place(self, turn: int) -> int:
        card = self._card(turn)
        return self._shelf.place(card.id) if card else 0

    def _card(self, turn: int) -> StoryCard | None:
        if turn >= len(self.stories):
            return None
        if turn not in self._cards:
            try:
                self._cards[turn] = self._shelf.card(self.stories[turn])
            except StoryNotFound:
                self._cards[turn] = None
        return self._cards[turn]

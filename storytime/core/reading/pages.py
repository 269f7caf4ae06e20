"""A story read aloud by a person: its pages are turned line by line by hand, and nothing sounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storytime.core.errors import StoryNotFound
from storytime.core.reading.landing import fits
from storytime.core.reading.reader import Reading
from storytime.core.reading.ribbon import Ribbon
from storytime.core.reading.script import FETCH
from storytime.core.signal import Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from storytime.core.ports import Clock
    from storytime.core.shelf.shelf import Shelf


class PageTurner:
    """Turns through the laid-out stories, and keeps the place of each at the first line not yet passed."""

    def __init__(self, shelf: Shelf, clock: Clock) -> None:
        self.changed: Signal[Reading] = Signal()
        self.line_started: Signal[int, int] = Signal()
        """Story, line."""
        self.line_ended: Signal[int, int, bool] = Signal()
        """Story, line, and whether it was passed by going on."""
        self.finished: Signal[bool] = Signal()
        """Landed early (True), or the last story laid out was read to its end (False)."""
        self.reading = Reading()
        self.stop_by: Callable[[], float | None] = lambda: None
        """Gives the boot second by which the last line must have ended, None where nothing presses."""
        self._shelf, self._clock = shelf, clock
        self._ribbon = Ribbon(shelf)
        self.noted = self._ribbon.noted
        self._turn = 0
        self._shown = False

    def tell(self, stories: Sequence[int]) -> None:
        """Open these stories one after the other, each at its place."""
        self.leave()
        self.reading = Reading("idle", stories=tuple(stories))
        self._open(0)

    def next(self) -> None:
        """Go on to the next line; after the last one, to the next story."""
        if not self.reading.under_way or self.reading.story is None:
            return
        story, was = self.reading.story, self.reading.line
        line = self._worded(story, range(was + 1, self._lines(story)))
        self._end_line(passed=True)
        if line is not None:
            self._show(story, line)
        else:
            self._ribbon.told_to_the_end(story)
            self._open(self._turn + 1)

    def back(self) -> None:
        """Go back one line; the first one stays."""
        if not self.reading.under_way or self.reading.story is None:
            return
        story, was = self.reading.story, self.reading.line
        line = self._worded(story, range(was - 1, -1, -1))
        if line is not None:
            self._end_line(passed=False)
            self._show(story, line)

    def land_now(self) -> None:
        """Close the book: who reads has come to the end of a line, or there would be no hand to ask for it."""
        if self.reading.under_way:
            self._end_line(passed=False)
            self._end(landed=True)

    def leave(self) -> None:
        """Close the book, and keep the place. Nothing but the line's end is told."""
        self._end_line(passed=False)
        self._become(Reading())

    def _open(self, turn: int) -> None:
        """Open the story of that turn, or the next one that has a word in it."""
        for number, story in enumerate(self.reading.stories[turn:], turn):
            self._turn = number
            if number and not fits(self._clock.boot(), 0.0, self.stop_by(), opens=True):
                self._end(landed=True)
                return
            line = self._place(story)
            if line is not None:
                self._show(story, line)
                return
        self._end(landed=False)

    def _show(self, story: int, line: int) -> None:
        self._ribbon.keep(story, line)
        self._become(Reading("reading", story, line, self.reading.stories))
        self._shown = True
        self.line_started.emit(story, line)

    def _end(self, *, landed: bool) -> None:
        # Told before it is idle, so that the evening is a step on when the screens look for what to show.
        was = self.reading
        self.finished.emit(landed)
        if self.reading is was:
            self._become(Reading())

    def _end_line(self, *, passed: bool) -> None:
        if self._shown and self.reading.story is not None:
            self._shown = False
            self.line_ended.emit(self.reading.story, self.reading.line, passed)

    def _become(self, reading: Reading) -> None:
        if reading != self.reading:
            self.reading = reading
            self.changed.emit(reading)

    def _place(self, story: int) -> int | None:
        """Return the line at which a story is opened, None where it is gone or has no words."""
        count = self._lines(story)
        place = self._shelf.place(story) if count else 0
        found = self._worded(story, range(place, count))
        return found if found is not None else self._worded(story, range(place))

    def _lines(self, story: int) -> int:
        try:
            return self._shelf.card(story).lines
        except StoryNotFound:
            return 0  # Taken off the shelf while it was read.

    def _worded(self, story: int, lines: range) -> int | None:
        """Return the first of these lines that has a word in it: a row of stars is seen, and gone past."""
        for at in range(0, len(lines), FETCH):
            some = lines[at : at + FETCH]
            texts = [line.text for line in self._shelf.lines(story, min(some), len(some))]
            pairs: Iterable[tuple[int, str]] = zip(sorted(some), texts, strict=False)
            for number, text in sorted(pairs, reverse=lines.step < 0):
                if any(letter.isalnum() for letter in text):
                    return number
        return None

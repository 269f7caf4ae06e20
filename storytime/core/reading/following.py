"""The eye beside the voice: which words of the line are being said now, while somebody looks and the family wants it.

Nothing is asked again and again: one call of the clock waits for the next word, and none while the voice is held.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from storytime.core.reading.word_places import Place, place_at, places
from storytime.core.signal import Signal

if TYPE_CHECKING:
    from storytime.core.ports import Clock, Sound, Timer
    from storytime.core.reading.reader import Reader
    from storytime.core.settings import SettingsStore

UNKNOWN = -2
"""No place of any line; -1 is the time before a line's first word."""
AT_ONCE = 0.004
"""Seconds before a word in which it counts as begun: a timer may ring so early."""


class Following:
    """Follows one reader between `begin` and `end`."""

    def __init__(self, reader: Reader, settings: SettingsStore, clock: Clock) -> None:
        self.moved: Signal[()] = Signal()
        """Other words are being said, or a line began that cannot be followed."""
        self._reader, self._settings, self._clock = reader, settings, clock
        self._line: tuple[int, int] | None = None
        self._places: tuple[Place, ...] = ()
        self._number = UNKNOWN
        self._sound: Sound | None = None
        self._timer: Timer | None = None

    def begin(self) -> None:
        """Follow from now on; beginning twice is no error."""
        self.end()
        self._reader.line_started.connect(self._look)
        self._reader.changed.connect(self._look)
        self._settings.changed.connect(self._look)
        self._look()

    def end(self) -> None:
        """Follow no longer, if it did."""
        self._reader.line_started.disconnect(self._look)
        self._reader.changed.disconnect(self._look)
        self._settings.changed.disconnect(self._look)
        self._clear()

    def follows(self, story: int | None, line: int) -> bool:
        """Whether the words of that line are told of while it sounds."""
        return bool(self._places) and self._line == (story, line)

    def said(self, story: int | None, line: int) -> tuple[int, int] | None:
        """Return begin and end, in the written line, of what is being said of it."""
        if not self.follows(story, line) or self._number < 0:
            return None
        place = self._places[self._number]
        return place.begin, place.end

    def _look(self, *_: object) -> None:
        self._cancel()
        if not self._settings.value.follow_words or not self._reader.reading.under_way:
            self._clear()
            return
        now = self._reader.sounding()
        if now is None:
            # Between two lines the last word stays where it is.
            return
        step, seconds = now.step, now.seconds + AT_ONCE
        if (self._line, self._sound) != ((step.story, step.index), now.sound):
            self._line, self._sound, self._number = (step.story, step.index), now.sound, UNKNOWN
            self._places = places(now.sound.words, now.said.text, step.text)
        number = place_at(self._places, seconds)
        if number != self._number:
            self._number = number
            self.moved.emit()
        if self._reader.reading.state == "telling" and number + 1 < len(self._places):
            self._timer = self._clock.after(max(0.0, self._places[number + 1].at - seconds + AT_ONCE), self._look)

    def _clear(self) -> None:
        self._cancel()
        followed, self._line, self._sound, self._places = bool(self._places), None, None, ()
        if followed:
            self.moved.emit()

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

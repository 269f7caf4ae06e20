"""The ribbon in every book: the first line not heard or read whole, kept at each line, so no stop can lose it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storytime.core.errors import StoryNotFound, StorytimeError
from storytime.core.signal import Signal

if TYPE_CHECKING:
    from storytime.core.reading.script import Step
    from storytime.core.reading.telling import Telling
    from storytime.core.shelf.shelf import Shelf


class Ribbon:
    """Moves the place of the stories; a place that cannot be kept never stops who reads."""

    def __init__(self, shelf: Shelf) -> None:
        self.noted: Signal[str] = Signal()
        self._shelf = shelf
        self._noted = ""

    def follow(self, telling: Telling) -> None:
        """Move with a telling."""
        telling.line_started.connect(lambda step: self.keep(step.story, step.index))
        telling.line_ended.connect(self._on_line_ended)
        telling.passed.connect(self._on_passed)

    def told_to_the_end(self, story: int) -> None:
        """Put the ribbon back to the beginning."""
        self.keep(story, 0)

    def _on_line_ended(self, step: Step, whole: bool) -> None:
        if whole:
            self.keep(step.story, 0 if step.last else step.index + 1)

    def _on_passed(self, step: Step) -> None:
        # A line the voice failed at keeps the ribbon, in case no other can be told tonight either.
        if step.last or not step.candidates:
            self.keep(step.story, 0 if step.last else step.index + 1)

    def keep(self, story: int, line: int) -> None:
        """Put the ribbon at a line; past the end is the beginning."""
        try:
            if self._shelf.place(story) != line:
                self._shelf.keep_place(story, line)
        except StoryNotFound:
            return  # Taken off the shelf while it was told.
        except StorytimeError as error:
            if str(error) != self._noted:
                self._noted = str(error)
                self.noted.emit(self._noted)

"""Bring files to the shelf beside the window: read two at a time, put on the shelf in handfuls, and stop when asked.

What reads files is imported when there are some: the first frame does not wait for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from storytime.core.errors import CannotRead, StorytimeError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from storytime.core.ports import Background
    from storytime.core.shelf.shelf import Shelf
    from storytime.core.shelf.story import Manuscript

AT_ONCE = 2
HANDFUL = 25
"""Stories put on the shelf in one transaction."""


@dataclass
class Harvest:
    """What became of the files that were brought."""

    added: list[int] = field(default_factory=list)
    already: list[int] = field(default_factory=list)
    refused: list[Exception] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    cancelled: bool = False


class Adding(QObject):
    """One bringing-in at a time. `moved` says how many of how many files are done; `ended` carries the harvest."""

    moved = Signal(int, int)
    ended = Signal(object)

    def __init__(self, shelf: Shelf, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shelf, self._background = shelf, background
        self._waiting: list[Path] = []
        self._read: list[Manuscript] = []
        self._harvest = Harvest()
        self._at_work = self._done = self._all = 0
        self._run = 0
        self._feeding = False
        """A background that answers at once must not nest a thousand calls."""
        self.busy = False

    def begin(self, paths: Iterable[Path]) -> None:
        """Look for stories in files and folders and add them; while busy, the new ones follow."""
        paths = list(paths)
        if not self.busy:
            self.busy, self._harvest, self._done, self._all = True, Harvest(), 0, 0
            self._run += 1
        from storytime.core.shelf.intake import story_files

        self._at_work += 1
        run = self._run
        self._background.run(
            story_files, paths, done=partial(self._found, run), failed=partial(self._refused, run, found=True)
        )

    def cancel(self) -> None:
        """Read no more files; what was read is kept."""
        if self.busy:
            self._waiting.clear()
            self._harvest.cancelled = True
            self._end()

    def _found(self, run: int, files: list[Path]) -> None:
        if run != self._run:
            return
        self._at_work -= 1
        self._waiting += reversed(files)
        self._all += len(files)
        self.moved.emit(self._done, self._all)
        self._go_on()

    def _go_on(self) -> None:
        if self._feeding:
            return
        from storytime.core.shelf.intake import read_story

        self._feeding = True
        while self._waiting and self._at_work < AT_ONCE:
            self._at_work += 1
            done, failed = partial(self._came, self._run), partial(self._refused, self._run)
            self._background.run(read_story, self._waiting.pop(), done=done, failed=failed)
        self._feeding = False
        if len(self._read) >= HANDFUL:
            self._shelve()
        if self.busy and not self._at_work and not self._waiting:
            self._end()

    def _came(self, run: int, story: Manuscript) -> None:
        if run == self._run:
            self._read.append(story)
            self._step()

    def _refused(self, run: int, error: Exception, *, found: bool = False) -> None:
        if run == self._run:
            self._harvest.refused.append(error)
            self._step(counts=not found)

    def _step(self, *, counts: bool = True) -> None:
        self._at_work -= 1
        self._done += counts
        self.moved.emit(self._done, self._all)
        self._go_on()

    def _shelve(self) -> None:
        stories, self._read = self._read, []
        try:
            for one, story in zip(self._shelf.add_many(stories), stories, strict=True):
                (self._harvest.already if one.already else self._harvest.added).append(one.id)
                self._harvest.remarks += story.remarks
        except StorytimeError as error:
            self._harvest.refused.append(error)
            self._waiting.clear()

    def _end(self) -> None:
        self._run += 1
        self._at_work, self.busy = 0, False
        if self._read:
            self._shelve()
        self.ended.emit(self._harvest)


def refusals(harvest: Harvest) -> list[Exception]:
    """Return the errors to speak of; a file that is merely unreadable comes after trouble with the library."""
    return sorted(harvest.refused, key=lambda error: isinstance(error, CannotRead))

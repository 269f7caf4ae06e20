"""Who makes a book of a story by day, in the background: read line by line, then written whole or not at all."""

from __future__ import annotations

import tempfile
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from storytime.core.errors import CannotWrite, DiskFull, StorytimeError
from storytime.core.reading.assembly import Assembly
from storytime.core.reading.book_facts import made_of, names_of, story_of
from storytime.core.reading.script import Script
from storytime.core.shelf.written_file import written_whole
from storytime.core.signal import Signal

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from storytime.core.ports import Background, Clock, Sound, Utterance, Voice
    from storytime.core.reading.book_in_step import BookInStep
    from storytime.core.reading.narrator import Narrator
    from storytime.core.reading.script import Step
    from storytime.core.shelf.shelf import Shelf
    from storytime.core.shelf.story import StoryCard
    from storytime.core.shelf.takes import Takes
    from storytime.core.shelf.tellers import Tellers

    Read = tuple[Step, Utterance | None, Sound | None]
    Paint = Callable[[StoryCard], bytes | None]


@dataclass(frozen=True, slots=True)
class Making:
    """How far a book is."""

    state: Literal["idle", "making", "done", "stopped", "failed"] = "idle"
    story: int = 0
    title: str = ""
    to: Path = Path()
    done: int = 0
    """Lines that are in it."""
    lines: int = 0
    left_out: int = 0
    """Lines that are there as text alone."""
    narrators: tuple[str, ...] = ()
    why: StorytimeError | None = None
    """Why it failed; None where no voice said a line."""


class _Tried(Exception):
    """The folder can be written."""


class _Work:
    """One book under way."""

    def __init__(self, card: StoryCard, to: Path) -> None:
        self.card, self.to = card, to
        self.folder = tempfile.TemporaryDirectory(prefix="storytime-book-", ignore_cleanup_errors=True)
        self.read: deque[Read] = deque()
        """Lines that are said, and not in the book yet."""
        self.busy = self.over = False
        """A worker has the book; and every line was said."""
        self.voice: Voice | None = None
        self.assembly: Assembly | None = None
        self.book: BookInStep | None = None

    def end(self) -> None:
        """Let go of everything; called when no worker has the book."""
        if self.book is not None:
            self.book.close()
        self.folder.cleanup()


class BookMaker:
    """Makes one book at a time, with voices of its own that let everything else go first."""

    def __init__(
        self, shelf: Shelf, takes: Takes, tellers: Tellers, narrator: Callable[[], Narrator],
        voice: Voice, hands: Callable[[], Voice], background: Background, clock: Clock,
    ) -> None:
        """`hands` makes the voices that work for it beside `voice`, which knows everybody by name."""
        self.changed: Signal[Making] = Signal()
        self.now = Making()
        self._shelf, self._takes, self._tellers = shelf, takes, tellers
        self._narrator, self._voice, self._hands = narrator, voice, hands
        self._background, self._clock = background, clock
        self._work: _Work | None = None

    def begin(self, story: int, to: Path, paint: Paint) -> None:
        """Make a book, instead of what is made now; `paint` gives a cover in a worker, where the story has none.

        Raises `StoryNotFound`, `CannotWrite`, `DiskFull`.
        """
        self.stop()
        card = self._shelf.card(story)
        with suppress(_Tried), written_whole(to) as part:
            part.touch()
            raise _Tried
        work = self._work = _Work(card, to)
        self._become(Making("making", card.id, card.title, to, lines=card.lines))
        if card.has_cover:
            self._clock.after(0.0, lambda: self._read(work, None))
            return

        def begun(cover: bytes | None) -> None:
            self._read(work, cover)

        # A book without a picture is better than no book.
        self._run(work, paint, card, done=begun, failed=lambda _: begun(None))

    def stop(self) -> None:
        """Leave it; nothing of it stays."""
        if self._work is not None:
            self._become(replace(self.now, state="stopped"))
            self._let_go()

    def _read(self, work: _Work, cover: bytes | None) -> None:
        if work is not self._work:
            return
        try:
            # Not before somebody makes a book: this brings all that an e-book is written with.
            from storytime.core.reading.book_in_step import BookInStep

            story = story_of(work.card, self._shelf, cover)
            work.book = BookInStep(story, Path(work.folder.name))
            work.voice = self._hands()
            script = Script(self._shelf, self._narrator().in_step(), (work.card.id,), 0)
            work.assembly = assembly = Assembly(script, work.voice)
            assembly.assembled.connect(lambda step, sound: self._said(work, (step, assembly.said(step), sound)))
            assembly.ended.connect(lambda: self._all_said(work))
            assembly.begin()
        except StorytimeError as error:
            self._fail(error)

    def _said(self, work: _Work, read: Read) -> None:
        work.read.append(read)
        self._go_on(work)

    def _all_said(self, work: _Work) -> None:
        work.over = True
        self._go_on(work)

    def _go_on(self, work: _Work) -> None:
        """Put the next line into the book, or write it where there is none left."""
        if work is not self._work or work.busy or work.book is None:
            return
        if work.read:
            self._run(work, work.book.take, *work.read.popleft(), done=lambda _: self._taken(work), failed=self._failed)
        elif work.over:
            self._write(work, work.book)

    def _taken(self, work: _Work) -> None:
        self._become(replace(self.now, done=self.now.done + 1))
        self._go_on(work)

    def _write(self, work: _Work, book: BookInStep) -> None:
        if not book.voices or work.assembly is None:
            self._fail(None)
            return
        narrators = names_of(book.voices, self._tellers, self._voice)
        left_out = work.assembly.left_out + book.lost
        done = replace(self.now, state="done", narrators=tuple(narrators), left_out=left_out)
        made = made_of(book.story, work.card, self._takes)
        self._run(
            work, write, book, work.to, narrators, made, done=lambda _: self._end(done), failed=self._failed
        )

    def _run(
        self, work: _Work, act: Callable[..., object], *values: object,
        done: Callable[..., object], failed: Callable[[Exception], object],
    ) -> None:
        """Run it in a worker; of a book that was left meanwhile nothing goes on."""
        work.busy = True

        def ended(then: Callable[..., object], result: object) -> None:
            work.busy = False
            if work is self._work:
                then(result)
            else:
                work.end()

        self._background.run(
            act, *values, done=lambda result: ended(done, result), failed=lambda error: ended(failed, error)
        )

    def _failed(self, error: Exception) -> None:
        if isinstance(error, StorytimeError):
            self._fail(error)
        elif isinstance(error, OSError):
            # The sounds lie in the system's own folder until the book is written.
            self._fail(DiskFull(Path(tempfile.gettempdir())))
        else:
            self._fail(CannotWrite(self.now.to, "Try again; if it stays, look into the log."))
            raise error

    def _fail(self, why: StorytimeError | None) -> None:
        self._end(replace(self.now, state="failed", why=why))

    def _end(self, now: Making) -> None:
        self._let_go()
        self._become(now)

    def _let_go(self) -> None:
        work, self._work = self._work, None
        if work is None:
            return
        if work.assembly is not None:
            work.assembly.stop()
        if work.voice is not None:
            # Not inside the voices' own answer.
            self._clock.after(0.0, work.voice.close)
        if not work.busy:
            work.end()

    def _become(self, now: Making) -> None:
        self.now = now
        self.changed.emit(now)


def write(book: BookInStep, to: Path, narrators: list[str], made: datetime) -> None:
    """Write a book whole or not at all. Raises `CannotWrite`, `DiskFull`. Runs in a worker."""
    with written_whole(to) as part:
        book.write(part, narrators, made)

"""Recordings on their way to the shelf or the attic: written beside the main thread, the journal gone last of all."""

from __future__ import annotations

import contextlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from storytime.core.errors import StorytimeError
from storytime.core.signal import Signal
from storytime.core.studio import keeping, recovery, workbench
from storytime.core.studio.journal import left_behind
from storytime.core.studio.label import label_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from storytime.core.ports import Background
    from storytime.core.studio.keeping import Kept
    from storytime.core.studio.label import Label
    from storytime.core.studio.recovery import Left, Settled
    from storytime.core.studio.session import Cut, Waiting
    from storytime.core.studio.shelves import Shelves
    from storytime.core.studio.through import Piece


@dataclass(frozen=True, slots=True)
class Recut:
    """The cuts of a recording as they were before one of them was moved."""

    path: Path
    cuts: tuple[Cut, ...]
    lines: tuple[str, ...]
    """The text on which they lie."""
    number: int
    """Of the cut that was moved, however often it was moved on."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be taken back."""

    kept: tuple[int, ...] = ()
    """Takes that were put on the shelf: taken back, they lie in the attic."""
    away: tuple[int, ...] = ()
    """Takes that were put away: taken back, they are told again."""
    story: int | None = None
    """A tale that became a story: taken back, it stands in the attic."""
    part: Label | None = None
    """Of a part of a tale that was put away: taken back, it waits again."""
    marks: tuple[float, ...] = ()
    """Seconds into that part at which chapters began."""
    recut: Recut | None = None
    """A cut that was moved: taken back, it lies where it lay."""


class Filing:
    """Writes recordings, one answer each: `filed`, `put_away` or `failed`."""

    def __init__(self, background: Background, shelves: Shelves, busy: set[Path]) -> None:
        self.filed: Signal[Kept, Act] = Signal()
        """A recording was kept, but for what is silent in it."""
        self.put_away: Signal[Act] = Signal()
        """A recording lies in the attic."""
        self.failed: Signal[Exception] = Signal()
        """Nothing was kept, and the journals wait as before."""
        self._background, self._shelves, self._busy = background, shelves, busy
        self._closed = False

    def keep(self, one: Waiting, pieces: Sequence[Piece]) -> None:
        """Keep a recording: each piece is the take of its line, or the name."""
        source = self._source(one)
        if source is None:
            return

        def done(written: Any) -> None:
            kept = keeping.shelve(written, source, self._shelves)
            away = tuple(take.id for take in kept.instead)
            self._gone([one])
            self.filed.emit(kept, Act(tuple(take.id for take in kept.takes), away))

        self._write(one, pieces, source, self._shelves.paths.takes, done)

    def put_aside(self, one: Waiting, pieces: Sequence[Piece], why: str, marks: tuple[float, ...] = ()) -> None:
        """Put a recording into the attic, as takes that can be brought back; `why` as `Take.why`."""
        source = self._source(one)
        if source is None:
            return

        def done(written: Any) -> None:
            kept = keeping.shelve_aside(written, source, self._shelves, why)
            self._gone([one])
            part = one.label if one.label.mode == "tale" else None
            away = tuple(take.id for take in kept.takes if take.why != "silent")
            self.put_away.emit(Act(away=away, part=part, marks=marks))

        self._write(one, pieces, source, self._shelves.paths.attic, done)

    def keep_tale(self, parts: Sequence[Waiting], marks: Sequence[float], title: str) -> None:
        """Make a story of a tale, a wordless line for each of its pieces."""
        source = self._source(parts[0], title)
        if source is None:
            return

        def done(written: Any) -> None:
            kept = keeping.shelve_tale(written, marks, source, self._shelves)
            self._gone(parts)
            self.filed.emit(kept, Act(story=kept.story.id if kept.story else None))

        paths, attic = tuple(part.path for part in parts), self._shelves.paths.attic
        self._run(parts, done, workbench.write_tale, paths, self._shelves.paths.takes, attic, source.tags())

    def settle(
        self, left: Left, *, keep: bool, written: Callable[[float], object], done: Callable[[Settled], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Keep what was left behind, or put it into the attic, and tell of it; nothing of it can be taken back.

        `written` is told, in a worker, of the seconds of each piece when it is on the disk.
        """
        try:
            way = recovery.way_of(left, self._shelves, keep=keep)
        except StorytimeError as error:
            failed(error)
            return

        def shelve(files: Any) -> None:
            settled = recovery.shelve(way, files, self._shelves)
            self._gone(left.parts)
            done(settled)

        paths = self._shelves.paths
        self._run(left.parts, shelve, recovery.write, way, paths.takes, paths.attic, written, failed=failed)

    def tidy(self) -> None:
        """Remove journals of which every frame is on the shelf or in the attic, as a kill in between leaves them."""
        for journal in left_behind(self._shelves.paths.journals):
            frames = Counter[str]()
            for take in self._shelves.takes.of_teller(label_of(journal).teller):
                if take.file.startswith(f"{journal.path.stem}-"):
                    frames[take.file.rpartition("-")[0]] += take.frames
            if journal.path not in self._busy and journal.frames in frames.values():
                journal.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Write no row any more: what is under way waits on the disk."""
        self._closed = True

    def _source(self, one: Waiting, title: str = "") -> keeping.Source | None:
        """Return whose it is; None, and `failed`, where the teller or the story went meanwhile: then it waits on."""
        label = one.label
        try:
            teller = self._shelves.tellers.teller(label.teller)
            story = self._shelves.shelf.card(label.story) if label.story is not None else None
        except StorytimeError as error:
            self.failed.emit(error)
            return None
        kind = "name" if label.mode == "name" else "line"
        return keeping.Source(teller, story, title or label.title, kind, label.began)

    def _write(
        self, one: Waiting, pieces: Sequence[Piece], source: keeping.Source, folder: Path, done: Callable[[Any], None]
    ) -> None:
        attic = self._shelves.paths.attic
        tags = source.tags() | one.label.tags()
        self._run([one], done, workbench.write_pieces, one.path, tuple(pieces), folder, attic, tags)

    def _run(
        self, ones: Sequence[Waiting], done: Callable[[Any], None], work: Callable[..., Any], *values: Any,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        self._busy.update(one.path for one in ones)

        def written(files: object) -> None:
            if self._closed:
                return
            try:
                done(files)
            except StorytimeError as error:
                waits(error)

        def waits(error: Exception) -> None:
            self._busy.difference_update(one.path for one in ones)
            if not self._closed:
                (failed or self.failed.emit)(error)

        self._background.run(work, *values, done=written, failed=waits)

    def _gone(self, ones: Sequence[Waiting]) -> None:
        """Remove the journals of what has its rows."""
        for one in ones:
            with contextlib.suppress(OSError):  # One that is still held goes at the next tidying.
                one.path.unlink(missing_ok=True)
        self._busy.difference_update(one.path for one in ones)

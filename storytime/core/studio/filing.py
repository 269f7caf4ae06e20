"""Recordings on their way to the shelf, or to the attic: files first, then rows, and the journal goes last of all."""

from __future__ import annotations

import contextlib
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from storytime.core.errors import StorytimeError
from storytime.core.shelf.takes import Take, now
from storytime.core.shelf.words import WORDLESS
from storytime.core.signal import Signal
from storytime.core.studio import tale, workbench
from storytime.core.studio.hearing import told_instead
from storytime.core.studio.journal import left_behind
from storytime.core.studio.label import label_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from storytime.core.studio.kit import Kit
    from storytime.core.studio.session import Waiting
    from storytime.core.studio.through import Piece
    from storytime.core.studio.workbench import Written


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be taken back."""

    kept: tuple[int, ...] = ()
    """Takes that were put on the shelf: taken back, they lie in the attic."""
    away: tuple[int, ...] = ()
    """Takes that were put away: taken back, they are told again."""
    story: int | None = None
    """A tale that became a story: taken back, it stands in the attic."""


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of a recording."""

    takes: tuple[Take, ...]
    """Those that were kept."""
    silent: tuple[Take, ...]
    """Those in which nobody speaks: they lie in the attic."""
    act: Act
    aside: bool = False
    """It was put away, as was wished."""


class Filing:
    """Writes recordings beside the main thread, one answer each: `filed` or `failed`."""

    def __init__(self, kit: Kit, busy: set[Path]) -> None:
        self.filed: Signal[Filed] = Signal()
        self.failed: Signal[Exception] = Signal()
        """Nothing was kept, and the journals wait as before."""
        self._kit = kit
        self._busy = busy
        self._closed = False

    def keep(self, one: Waiting, pieces: Sequence[Piece]) -> None:
        """Keep a recording: each piece is the take of its line, or the name."""
        self._write(one, pieces, aside=False, why="silent")

    def put_aside(self, one: Waiting, pieces: Sequence[Piece], why: str) -> None:
        """Put a recording into the attic, as takes that can be brought back. `why` as `Take.why`."""
        self._write(one, pieces, aside=True, why=why)

    def keep_tale(self, parts: Sequence[Waiting], marks: Sequence[float], title: str, teller: str) -> None:
        """Make a story of a tale, a wordless line for each of its pieces."""
        self._run(
            parts,
            lambda written: self._tale_rows(parts, written, marks, title, teller),
            workbench.write_tale,
            tuple(part.path for part in parts),
            self._kit.paths.takes,
            self._kit.paths.attic,
            _tags(parts[0], title, teller),
        )

    def tidy(self) -> None:
        """Remove journals of which every frame is on the shelf or in the attic, as a kill in between leaves them."""
        for journal in left_behind(self._kit.paths.journals):
            rows = [take for take in self._kit.takes.of_teller(label_of(journal).teller)]
            frames = Counter[str]()
            for take in rows:
                if take.file.startswith(f"{journal.path.stem}-"):
                    frames[take.file.rpartition("-")[0]] += take.frames
            if journal.path not in self._busy and journal.frames in frames.values():
                journal.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Write no row any more: what is under way waits on the disk."""
        self._closed = True

    def _write(self, one: Waiting, pieces: Sequence[Piece], *, aside: bool, why: str) -> None:
        self._run(
            [one],
            lambda written: self._rows(one, written, aside=aside, why=why),
            workbench.write_pieces,
            one.path,
            tuple(pieces),
            self._kit.paths.takes,
            self._kit.paths.attic,
            _tags(one, one.label.title, self._kit.tellers.teller(one.label.teller).name),
            aside,
        )

    def _run(
        self, ones: Sequence[Waiting], rows: Callable[[Any], Filed], work: Callable[..., Any], *values: Any
    ) -> None:
        paths = [one.path for one in ones]
        self._busy.update(paths)
        self._kit.background.run(
            work,
            *values,
            done=lambda written: self._done(paths, rows, written),
            failed=lambda error: self._fail(paths, error),
        )

    def _done(self, paths: Sequence[Path], rows: Callable[[Any], Filed], written: object) -> None:
        if self._closed:
            return
        try:
            filed = rows(written)
        except StorytimeError as error:
            self._fail(paths, error)
            return
        for path in paths:
            with contextlib.suppress(OSError):  # One that is still held goes at the next tidying.
                path.unlink(missing_ok=True)
        self._busy.difference_update(paths)
        self.filed.emit(filed)

    def _fail(self, paths: Sequence[Path], error: Exception) -> None:
        self._busy.difference_update(paths)
        if not self._closed:
            self.failed.emit(error)

    def _rows(self, one: Waiting, written: Sequence[Written], *, aside: bool, why: str) -> Filed:
        takes, silent, away = [], [], []
        with self._kit.library.writing():
            for each in written:
                row = _take(one, each)
                if each.silent or aside:
                    row = replace(row, attic=now(), why="silent" if each.silent else why)
                else:
                    away += [take.id for take in told_instead(self._kit, row)]
                (silent if each.silent else takes).append(self._kit.takes.keep(row))
        if aside:
            back = tuple(take.id for take in takes)
            return Filed((), tuple(silent), Act(away=back), aside=True)
        return Filed(tuple(takes), tuple(silent), Act(tuple(take.id for take in takes), tuple(away)))

    def _tale_rows(
        self, parts: Sequence[Waiting], written: Sequence[Sequence[Written]], marks: Sequence[float], title: str, who: str
    ) -> Filed:
        places, heard, silent = [], [], []
        offset = 0.0
        for part, pieces in zip(parts, written, strict=True):
            for each in pieces:
                row = replace(_take(part, each), title=title)
                if each.silent:
                    silent.append(replace(row, attic=now(), why="silent"))
                else:
                    places.append(tale.Told(offset + each.piece.begin / each.rate, each.frames / each.rate))
                    heard.append(row)
            offset += part.seconds
        with self._kit.library.writing():
            story = None
            if heard:
                text = tale.manuscript(title, who, places, marks, parts[0].label.began or now())
                story = self._kit.shelf.add(text).id
            told = [self._kit.takes.keep(replace(row, story=story, line=line)) for line, row in enumerate(heard)]
            quiet = [self._kit.takes.keep(row) for row in silent]
        return Filed(tuple(told), tuple(quiet), Act(story=story))


def _take(one: Waiting, each: Written) -> Take:
    label = one.label
    return Take(
        0,
        label.teller,
        label.story,
        each.piece.line,
        label.title,
        each.piece.text or WORDLESS,
        "name" if label.mode == "name" else "line",
        each.file,
        label.began or now(),
        each.frames,
        each.rate,
        each.levels,
    )


def _tags(one: Waiting, title: str, teller: str) -> dict[str, str]:
    return {"title": title or one.label.text, "artist": teller, "date": one.label.began or now()}

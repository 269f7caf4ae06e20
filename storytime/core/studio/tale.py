"""A tale told without a book: its pieces become lines without words, its marks chapters, all of it a story."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storytime.core.shelf.passages import CHAPTER_PAUSE, PARAGRAPH_PAUSE, SENTENCE_PAUSE
from storytime.core.shelf.story import Chapter, Line, Manuscript, Paragraph
from storytime.core.shelf.takes import WORDLESS

if TYPE_CHECKING:
    from collections.abc import Sequence

LINES_A_PARAGRAPH = 6
"""So that the page of a tale can be looked at."""
NEAR = 3.0
"""Seconds by which a mark may miss the pause that it means."""


@dataclass(frozen=True, slots=True)
class Told:
    """One piece of a tale."""

    begin: float
    """Seconds into the tale."""
    seconds: float


def untitled(teller: str) -> str:
    """Return what a tale is called until somebody finds a better name."""
    return f"A tale of {teller}’s"


def manuscript(title: str, teller: str, pieces: Sequence[Told], marks: Sequence[float], told: str) -> Manuscript:
    """Return a tale as a story of wordless lines, one a piece, a chapter beginning at each mark.

    A key is pressed a little before or after the breath it means, so a mark counts from the nearest piece that begins
    within three seconds of it, else from the piece in which it lies. `told` names this telling, so that two tales under
    one title are two stories.
    """
    begins = sorted({0, *(_first_piece(pieces, mark) for mark in marks)} - {len(pieces)})
    chapters = []
    for number, (begin, end) in enumerate(zip(begins, [*begins[1:], len(pieces)], strict=True), 1):
        heading = f"Chapter {number}" if len(begins) > 1 else ""
        chapters.append(Chapter(heading, _paragraphs(end - begin)))
    minutes = sum(piece.seconds for piece in pieces) / 60
    return Manuscript(title, tuple(chapters), teller, minutes=minutes, told=told)


def marks_in(marks: Sequence[float], begin: float, end: float = math.inf) -> tuple[float, ...]:
    """Return the marks between two moments of a tale, in seconds from the first."""
    return tuple(mark - begin for mark in marks if begin <= mark < end)


def marks_with(marks: Sequence[float], begin: float, seconds: float, own: Sequence[float]) -> tuple[float, ...]:
    """Return the marks of a tale into which a part of so many seconds comes back, with its own marks, at `begin`."""
    others = (mark if mark < begin else mark + seconds for mark in marks)
    return tuple(sorted({*others, *(begin + mark for mark in own)}))


def _first_piece(pieces: Sequence[Told], mark: float) -> int:
    nearest = min(range(len(pieces)), key=lambda number: abs(pieces[number].begin - mark))
    if abs(pieces[nearest].begin - mark) <= NEAR:
        return nearest
    return next((number for number, piece in enumerate(pieces) if piece.begin + piece.seconds > mark), len(pieces))


def _paragraphs(count: int) -> tuple[Paragraph, ...]:
    lines = [Line(WORDLESS, " ", SENTENCE_PAUSE) for _ in range(count)]
    groups = [lines[begin : begin + LINES_A_PARAGRAPH] for begin in range(0, count, LINES_A_PARAGRAPH)]
    ends = [Line(WORDLESS, "", PARAGRAPH_PAUSE)] * (len(groups) - 1) + [Line(WORDLESS, "", CHAPTER_PAUSE)]
    return tuple(Paragraph((*group[:-1], end)) for group, end in zip(groups, ends, strict=True))

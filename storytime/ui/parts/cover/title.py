"""The lettering of a cover: the title in the sky, the largest that stands well; the author small at the foot."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontMetricsF

from storytime.ui.parts.ink import wrap, write
from storytime.ui.theme import colour, mix, sans, serif

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from storytime.ui.parts.cover.recipe import Palette

MEASURE, TALLEST = 248.0, 112.0
"""How wide and how high a title may stand, in cover units (300 × 430)."""
LARGEST, SMALLEST, LINES = 40, 21, 3
TOP, LEADING = 30.0, 1.10


@dataclass(frozen=True, slots=True)
class Standing:
    """A title as it stands on its cover."""

    size: int
    lines: tuple[str, ...]

    @property
    def foot(self) -> float:
        """The y beneath the last line."""
        return TOP + len(self.lines) * self.size * LEADING


@lru_cache(maxsize=512)
def stand(title: str) -> Standing:
    """Return the largest of 40 to 21 at which the title stands in at most three balanced lines."""
    words = title.split() or ["…"]
    metrics = QFontMetricsF(face(LARGEST))
    widths = [metrics.horizontalAdvance(word) / LARGEST for word in words]
    space = metrics.horizontalAdvance(" ") / LARGEST
    for size in range(LARGEST, SMALLEST - 1, -1):
        measure = MEASURE / size
        if max(widths) > measure:
            continue
        rows = balance(widths, space, measure)
        lines = _joined(words, rows)
        if len(rows) <= LINES and len(rows) * size <= TALLEST and _stand_within(lines, size):
            return Standing(size, lines)
    return Standing(SMALLEST, tuple(wrap(" ".join(words), face(SMALLEST), MEASURE, most=LINES + 2)))


def _stand_within(lines: Sequence[str], size: int) -> bool:
    """Whether the lines are as narrow as their words promised: a letter of a borrowed face does not shrink as ours."""
    metrics = QFontMetricsF(face(size))
    return all(metrics.horizontalAdvance(line) <= MEASURE + 1 for line in lines)


def balance(widths: Sequence[float], space: float, measure: float) -> list[int]:
    """Return how many words each line takes: as few lines as fit `measure`, and those as even as can be.

    Words keep their order; no word may be wider than `measure`.
    """
    fewest = len(_greedy(widths, space, measure))
    low, high = max(widths), measure
    for _ in range(12):
        middle = (low + high) / 2
        if len(_greedy(widths, space, middle)) == fewest:
            high = middle
        else:
            low = middle
    return _greedy(widths, space, high)


def _greedy(widths: Sequence[float], space: float, measure: float) -> list[int]:
    rows, used = [0], 0.0
    for width in widths:
        if rows[-1] and used + space + width > measure + 1e-9:
            rows.append(0)
        used = used + space + width if rows[-1] else width
        rows[-1] += 1
    return rows


def _joined(words: Sequence[str], rows: Sequence[int]) -> tuple[str, ...]:
    lines, at = [], 0
    for count in rows:
        lines.append(" ".join(words[at : at + count]))
        at += count
    return tuple(lines)


def face(size: float) -> QFont:
    """Return the title's face; one optical size for all, so that widths grow with the size alone."""
    return serif(size, 560, optical=40)


def letter(p: QPainter, title: str, author: str, colours: Palette, width: float, height: float) -> None:
    """Write title and author on a cover of `width` × `height` units."""
    standing = stand(title)
    font, ink = face(standing.size), mix(colours.light, "#FFFFFF", 0.35)
    y = TOP + standing.size * 0.92
    for words in standing.lines:
        write(p, width / 2, y + 1.4, words, font, colour(colours.sky, 0.55), "centre")
        write(p, width / 2, y, words, font, ink, "centre")
        y += standing.size * LEADING
    if author:
        quiet = mix(colours.light, "#FFFFFF", 0.25)
        quiet.setAlphaF(0.88)
        write(p, width / 2, height - 19, author, sans(15), quiet, "centre", width - 40)

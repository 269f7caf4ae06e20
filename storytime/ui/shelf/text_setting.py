"""A story’s text set in lines: paragraphs are set as they come near, so that a long book opens like a short tale."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QTextLayout, QTextOption

from storytime.ui.theme import serif, text_scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFont

    from storytime.core.shelf.story import Chapter

LEADING, GAP = 1.6, 8.0
QUOTES = "“”„«»‘’‚‹›\"'¡¿—–"


@dataclass(slots=True)
class Piece:
    """A heading or a paragraph: its text, and where its lines begin."""

    text: str
    first: int
    """The index of its first line in the story; -1 for a heading."""
    starts: tuple[int, ...] = ()

    @property
    def heading(self) -> bool:
        """Whether it is a heading, which is not read as a line."""
        return self.first < 0


@dataclass(slots=True)
class Set:
    """A piece as it was set."""

    layout: QTextLayout
    top: float
    bottom: float
    cap: str = ""


def pieces_of(chapters: Sequence[Chapter]) -> list[Piece]:
    """Return headings and paragraphs in order, each knowing its lines."""
    pieces: list[Piece] = []
    index = 0
    for chapter in chapters:
        if chapter.title:
            pieces.append(Piece(chapter.title, -1))
        for paragraph in chapter.paragraphs:
            starts, at, text = [], 0, []
            for line in paragraph.lines:
                starts.append(at)
                words = (line.text + line.after).replace("\n", "\u2028")
                text.append(words)
                at += len(words)
            pieces.append(Piece("".join(text).rstrip(), index, tuple(starts)))
            index += len(starts)
    return pieces


class Setting:
    """Sets pieces one after the other in a measure, from `top` downwards, all in pixels."""

    def __init__(self, pieces: Sequence[Piece], left: float, top: float, measure: float) -> None:
        self.pieces, self.left, self._top, self._measure = pieces, left, top, measure
        self.done: list[Set] = []
        last = 0
        self._firsts = [last := piece.first if piece.first >= 0 else last for piece in pieces]
        self._opening = next((at for at, piece in enumerate(pieces) if not piece.heading), -1)
        self.leading = 20 * text_scale() * LEADING

    @property
    def bottom(self) -> float:
        """Where the set text ends."""
        return self.done[-1].bottom if self.done else self._top

    @property
    def whole(self) -> bool:
        """Whether everything is set."""
        return len(self.done) >= len(self.pieces)

    def reach(self, bottom: float) -> None:
        """Set as far as `bottom`."""
        while not self.whole and self.bottom < bottom:
            self._next()

    def _next(self) -> None:
        at = len(self.done)
        piece = self.pieces[at]
        self.done.append(self._heading(piece) if piece.heading else self._paragraph(piece, cap=at == self._opening))

    def _heading(self, piece: Piece) -> Set:
        scale = text_scale()
        top = self.bottom + (30 * scale if self.done else 0)
        layout = _layout(piece.text, serif(26 * scale, 520, optical=34))
        height = self._flow(layout, top, 34 * scale)
        return Set(layout, top, top + height + 10 * scale)

    def _paragraph(self, piece: Piece, *, cap: bool) -> Set:
        top = self.bottom + (GAP if self.done else 0)
        face = serif(20 * text_scale(), 400, optical=16)
        letters = cap_letters(piece.text) if cap else ""
        if letters:
            indent = QFontMetricsF(cap_face()).horizontalAdvance(letters) - 1
            layout = _layout(piece.text[len(letters):], face)
            height = self._flow(layout, top, self.leading, indent)
            if layout.lineCount() >= 2:
                return Set(layout, top, top + height, letters)
        layout = _layout(piece.text, face)
        return Set(layout, top, top + self._flow(layout, top, self.leading))

    def _flow(self, layout: QTextLayout, top: float, leading: float, indent: float = 0.0) -> float:
        """Set the lines, the first two moved right by `indent`; return their height."""
        layout.beginLayout()
        count = 0
        while (line := layout.createLine()).isValid():
            inset = indent if count < 2 else 0.0
            line.setLineWidth(self._measure - inset)
            line.setPosition(QPointF(inset, count * leading))
            count += 1
        layout.endLayout()
        layout.setPosition(QPointF(self.left, top))
        return count * leading

    def rects(self, line: int, said: tuple[int, int] | None = None) -> list[QRectF]:
        """Return where a line of the story stands, one rectangle a row; everything before it is set first.

        With `said`, only where those of its characters stand (begin, end).
        """
        if line < 0 or not self.pieces:
            return []
        at = max(0, bisect.bisect_right(self._firsts, line) - 1)
        while len(self.done) <= at:
            self._next()
        piece, done, own = self.pieces[at], self.done[at], line - self.pieces[at].first
        if piece.heading or not 0 <= own < len(piece.starts):
            return []
        skipped, text = len(done.cap), done.layout.text()
        start = max(0, piece.starts[own] - skipped)
        end = (piece.starts[own + 1] if own + 1 < len(piece.starts) else len(piece.text)) - skipped
        while end > start and text[end - 1].isspace():
            end -= 1
        if said:
            begins = piece.starts[own] - skipped
            start, end = max(start, begins + said[0]), min(end, begins + said[1])
        start, end = _units(text, start), _units(text, end)
        rects = []
        for i in range(done.layout.lineCount()):
            row = done.layout.lineAt(i)
            a, b = max(start, row.textStart()), min(end, row.textStart() + row.textLength())
            if a < b:
                left, right = _x(row.cursorToX(a)), _x(row.cursorToX(b))
                y = done.top + row.position().y() + row.height() / 2 - self.leading / 2
                rects.append(QRectF(self.left + left, y, right - left, self.leading))
        return rects

    def line_at(self, spot: QPointF) -> tuple[int, int]:
        """Return the index of the line at a place, -1 for none, and which of its characters stands there."""
        for piece, done in zip(self.pieces, self.done, strict=False):
            if done.top <= spot.y() < done.bottom + GAP and not piece.heading:
                inside = spot - QPointF(self.left, done.top)
                for i in range(done.layout.lineCount()):
                    row = done.layout.lineAt(i)
                    if inside.y() < row.position().y() + self.leading:
                        units = int(_x(row.xToCursor(inside.x())))
                        at = _letters(done.layout.text(), units) + len(done.cap)
                        own = bisect.bisect_right(piece.starts, at) - 1
                        return piece.first + own, at - piece.starts[own]
        return -1, 0


def cap_face() -> QFont:
    """Return the face of a drop cap."""
    return serif(76 * text_scale(), 520, optical=44)


def cap_letters(text: str) -> str:
    """Return the first letter, with a quotation mark before it; nothing where a text begins otherwise."""
    at = 0
    while at < len(text) and at < 2 and text[at] in QUOTES:
        at += 1
    return text[: at + 1] if at < len(text) and text[at].isalpha() else ""


def _layout(text: str, font: QFont) -> QTextLayout:
    layout, option = QTextLayout(text, font), QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    return layout


def _units(text: str, at: int) -> int:
    """Return where a character stands as Qt counts: in UTF-16 units, in which a small picture is two."""
    return at if text.isascii() else len(text[:at].encode("utf-16-le", "surrogatepass")) // 2


def _letters(text: str, units: int) -> int:
    """Return the character at a place as Qt counts."""
    if text.isascii():
        return units
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "ignore"))


def _x(found: Any) -> float:
    """Return the place alone: some versions of the binding give it with the cursor beside it."""
    return float(found[0] if isinstance(found, tuple) else found)

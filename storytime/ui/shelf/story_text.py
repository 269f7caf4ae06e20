"""A story's text on a sheet: a drop cap, a calm measure, and a wash of clay under the line being read.

Paragraphs are set as they come near, so that a book of a million words opens like a short tale.
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from storytime.ui.parts.icons import paint_icon
from storytime.ui.parts.ink import SMOOTH, rounded, soft_shadow, write
from storytime.ui.theme import Day, Space, colour, serif, text_scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFont

    from storytime.core.shelf.story import Chapter

MEASURE, LEADING, GAP = 640.0, 1.6, 8.0
AHEAD = 2400.0
"""Pixels set beyond what is seen."""
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


class StoryText(QWidget):
    """Shows chapters; `line_chosen` carries the index of a line that was double-clicked."""

    line_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pieces: list[Piece] = []
        self._firsts: list[int] = []
        self._set: list[Set] = []
        self._line = -1
        self._reading = False
        self._seen = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_chapters(self, chapters: Sequence[Chapter], title: str) -> None:
        """Show a story from its beginning."""
        self._pieces = pieces_of(chapters)
        last = 0
        self._firsts = [last := piece.first if piece.first >= 0 else last for piece in self._pieces]
        self._line, self._reading = -1, False
        self.setAccessibleName(f"The text of {title}")
        opening = next((piece.text for piece in self._pieces if not piece.heading), "")
        self.setAccessibleDescription(opening[:400])
        self._again()

    def show_line(self, line: int, *, reading: bool = True) -> QRectF | None:
        """Mark a line (-1: none) as being read, or as where to go on; return where it stands."""
        self._line, self._reading = line, reading
        area = self.line_area(line)
        if area is not None and self._pieces:
            opening = self._pieces[self._piece_at(line)].text
            self.setAccessibleDescription(opening[:400])
        self.update()
        return area

    def line_area(self, line: int) -> QRectF | None:
        """Return where a line of the story stands, set if it was not yet."""
        if line < 0 or not self._pieces:
            return None
        at = self._piece_at(line)
        while len(self._set) <= at and self._set_next():
            pass
        self._fit()
        rects = self._line_rects(at, line)
        whole = QRectF()
        for rect in rects:
            whole = whole.united(rect)
        return whole if rects else None

    def _piece_at(self, line: int) -> int:
        return max(0, bisect.bisect_right(self._firsts, line) - 1)

    def reach(self, bottom: float) -> None:
        """Have the text set as far as `bottom` and a little further."""
        self._seen = max(self._seen, bottom)
        while self._bottom < bottom + AHEAD and self._set_next():
            pass
        self._fit()

    # Setting

    @property
    def _bottom(self) -> float:
        return self._set[-1].bottom if self._set else self._padding * 0.7

    @property
    def _padding(self) -> float:
        return 78.0 if self.width() > 640 else max(34.0, self.width() * 0.07)

    @property
    def _measure(self) -> float:
        return min(MEASURE * max(1.0, text_scale()), self.width() - 1.8 * self._padding)

    def _face(self) -> QFont:
        return serif(20 * text_scale(), 400, optical=16)

    def _again(self) -> None:
        self._set = []
        self.reach(self._seen if self._seen else 800.0)
        self.update()

    def _fit(self) -> None:
        more = len(self._set) < len(self._pieces)
        height = round(self._bottom + (AHEAD if more else self._padding * 0.7))
        if height != self.height():
            self.setFixedHeight(height)

    def _set_next(self) -> bool:
        if len(self._set) >= len(self._pieces):
            return False
        piece = self._pieces[len(self._set)]
        if piece.heading:
            self._set.append(self._set_heading(piece))
        else:
            first = not any(not one.heading for one in self._pieces[: len(self._set)][-2:]) and piece.first == 0
            self._set.append(self._set_paragraph(piece, cap=first))
        return True

    def _set_heading(self, piece: Piece) -> Set:
        scale = text_scale()
        font = serif(26 * scale, 520, optical=34)
        top = self._bottom + (30 * scale if self._set else 0)
        layout = self._layout(piece.text, font)
        height = self._flow(layout, top, 34 * scale, 0.0, 0)
        return Set(layout, top, top + height + 10 * scale)

    def _set_paragraph(self, piece: Piece, *, cap: bool) -> Set:
        leading = 20 * text_scale() * LEADING
        top = self._bottom + (GAP if self._set else 0)
        letters = self._cap_letters(piece.text) if cap else ""
        if letters:
            indent = QFontMetricsF(self._cap_face()).horizontalAdvance(letters) - 1
            layout = self._layout(piece.text[len(letters):], self._face())
            height = self._flow(layout, top, leading, indent, 2)
            if layout.lineCount() >= 2:
                return Set(layout, top, top + height, letters)
        layout = self._layout(piece.text, self._face())
        return Set(layout, top, top + self._flow(layout, top, leading, 0.0, 0))

    def _layout(self, text: str, font: QFont) -> QTextLayout:
        layout, option = QTextLayout(text, font), QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        return layout

    def _flow(self, layout: QTextLayout, top: float, leading: float, indent: float, indented: int) -> float:
        """Set the lines, the first `indented` of them moved right by `indent`; return their height."""
        layout.beginLayout()
        count = 0
        while (line := layout.createLine()).isValid():
            inset = indent if count < indented else 0.0
            line.setLineWidth(self._measure - inset)
            line.setPosition(QPointF(inset, count * leading))
            count += 1
        layout.endLayout()
        layout.setPosition(QPointF(self._padding, top))
        return count * leading

    def _cap_face(self) -> QFont:
        return serif(76 * text_scale(), 520, optical=44)

    def _cap_letters(self, text: str) -> str:
        at = 0
        while at < len(text) and at < 2 and text[at] in QUOTES:
            at += 1
        return text[: at + 1] if at < len(text) and text[at].isalpha() else ""

    # Lines

    def _line_rects(self, at: int, line: int) -> list[QRectF]:
        piece, done = self._pieces[at], self._set[at]
        own = line - piece.first
        if piece.heading or not 0 <= own < len(piece.starts):
            return []
        skipped = len(done.cap)
        start = max(0, piece.starts[own] - skipped)
        end = (piece.starts[own + 1] if own + 1 < len(piece.starts) else len(piece.text)) - skipped
        text = done.layout.text()
        while end > start and text[end - 1].isspace():
            end -= 1
        rects = []
        leading = 20 * text_scale() * LEADING
        for i in range(done.layout.lineCount()):
            row = done.layout.lineAt(i)
            a, b = max(start, row.textStart()), min(end, row.textStart() + row.textLength())
            if a < b:
                left, right = _x(row.cursorToX(a)), _x(row.cursorToX(b))
                y = done.top + row.position().y() + row.height() / 2 - leading / 2
                rects.append(QRectF(self._padding + left, y, right - left, leading))
        return rects

    def line_at(self, spot: QPointF) -> int:
        """Return the index of the line at a place, or -1."""
        for piece, done in zip(self._pieces, self._set, strict=False):
            if done.top <= spot.y() < done.bottom + GAP and not piece.heading:
                inside = spot - QPointF(self._padding, done.top)
                for i in range(done.layout.lineCount()):
                    row = done.layout.lineAt(i)
                    if inside.y() < row.position().y() + 20 * text_scale() * LEADING:
                        at = _x(row.xToCursor(inside.x())) + len(done.cap)
                        return piece.first + bisect.bisect_right(piece.starts, int(at)) - 1
        return -1

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Choose the line to read from."""
        line = self.line_at(event.position())
        if line >= 0:
            self.line_chosen.emit(line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the text anew where the measure changed."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._again()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sheet, the marked line, and the paragraphs that are seen."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        sheet = QRectF(self.rect()).adjusted(8, 4, -8, 40)
        soft_shadow(p, sheet, Space.CARD, 10, 3, 0.14)
        rounded(p, sheet, Space.CARD, Day.SHEET)
        seen = QRectF(event.rect())
        first = bisect.bisect_left(self._set, seen.top(), key=lambda one: one.bottom)
        if self._line >= 0 and self._pieces:
            self._mark(p)
        p.setPen(colour(Day.INK))
        for one in self._set[first:]:
            if one.top > seen.bottom():
                break
            one.layout.draw(p, QPointF(0, 0))
            if one.cap:
                leading = 20 * text_scale() * LEADING
                base = one.top + one.layout.lineAt(1).position().y() + leading * 0.66
                write(p, self._padding - 4, base, one.cap, self._cap_face(), Day.CLAY)
                p.setPen(colour(Day.INK))

    def _mark(self, p: QPainter) -> None:
        at = self._piece_at(self._line)
        if at >= len(self._set):
            return
        rects = self._line_rects(at, self._line)
        if not rects:
            return
        if self._reading:
            for rect in rects:
                rounded(p, rect.adjusted(-7, -0.5, 7, -1.5), 6, colour(Day.CLAY_WASH, 0.75))
        icon = "play" if self._reading else "book"
        paint_icon(p, icon, self._padding - 36, rects[0].center().y(), 17, Day.CLAY, 1.6)


def _x(found: Any) -> float:
    """Return the place alone: some versions of the binding give it with the cursor beside it."""
    return float(found[0] if isinstance(found, tuple) else found)

"""A story's text on a sheet: a drop cap, a calm measure, and a wash of clay under the line being read.

By keyboard the arrows go from line to line, and Enter reads from the one that is framed.

Where the voice is followed, the words being said have a wash of their own, and no more than they is painted anew.
"""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from storytime.ui.parts.icons import paint_icon
from storytime.ui.parts.ink import SMOOTH, rounded, soft_shadow, write
from storytime.ui.shelf.text_setting import Setting, cap_face, pieces_of
from storytime.ui.theme import Day, Space, colour, text_scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storytime.core.shelf.story import Chapter
    from storytime.ui.shelf.text_setting import Piece, Set

MEASURE = 640.0
AHEAD = 2400.0
"""Pixels set beyond what is seen."""


class StoryText(QWidget):
    """Shows chapters; `word_chosen` carries the line that was chosen to read from, and the character of it."""

    word_chosen = Signal(int, int)
    framed = Signal(QRectF)
    """Where the line stands that the keyboard is at."""
    ring_radius = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pieces: list[Piece] = []
        self.setting = Setting((), 0.0, 0.0, MEASURE)
        self.line = -1
        """The line that is marked, -1 for none."""
        self._reading = False
        self._framed = 0
        self._said: tuple[int, int] | None = None
        self._seen = 800.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_chapters(self, chapters: Sequence[Chapter], title: str) -> None:
        """Show a story from its beginning."""
        self._pieces = pieces_of(chapters)
        self.line, self._reading, self._seen, self._framed = -1, False, 800.0, 0
        self.setAccessibleName(f"The text of {title}")
        self.setAccessibleDescription(next((piece.text for piece in self._pieces if not piece.heading), "")[:400])
        self._again()

    def show_line(self, line: int, *, reading: bool = True) -> QRectF | None:
        """Mark a line (-1: none) as being read, or as where to go on; return where it stands."""
        self.line, self._reading, self._said = line, reading, None
        self.update()
        return self.line_area(line)

    def show_said(self, said: tuple[int, int] | None) -> None:
        """Mark what is being said of the marked line: begin and end of it, None for nothing."""
        if said != self._said and self._reading:
            before, self._said = self._said, said
            for span in (before, said):
                for rect in self.setting.rects(self.line, span) if span else ():
                    self.update(rect.toAlignedRect().adjusted(-4, -2, 4, 2))

    def line_area(self, line: int) -> QRectF | None:
        """Return where a line of the story stands."""
        rects = self.setting.rects(line)
        self._fit()
        whole = QRectF()
        for rect in rects:
            whole = whole.united(rect)
        return whole if rects else None

    def line_at(self, spot: QPointF) -> int:
        """Return the index of the line at a place, or -1."""
        return self.setting.line_at(spot)[0]

    def reach(self, bottom: float) -> None:
        """Have the text set as far as `bottom` and a little further."""
        self._seen = max(self._seen, bottom)
        self.setting.reach(bottom + AHEAD)
        self._fit()

    @property
    def _padding(self) -> float:
        return 78.0 if self.width() > 640 else max(34.0, self.width() * 0.07)

    def _again(self) -> None:
        measure = min(MEASURE * max(1.0, text_scale()), self.width() - 1.8 * self._padding)
        self.setting = Setting(self._pieces, self._padding, self._padding * 0.7, measure)
        self.reach(self._seen)
        self.update()

    def _fit(self) -> None:
        height = round(self.setting.bottom + (self._padding * 0.7 if self.setting.whole else AHEAD))
        if height != self.height():
            self.setFixedHeight(height)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Choose the word to read from."""
        line, at = self.setting.line_at(event.position())
        if line >= 0:
            self.word_chosen.emit(line, at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from line to line, and read from there."""
        match event.key():
            case Qt.Key.Key_Left:
                self._frame(self._framed - 1)
            case Qt.Key.Key_Right:
                self._frame(self._framed + 1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._pieces:
                self.word_chosen.emit(self._framed, 0)
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the line that is marked."""
        super().focusInEvent(event)
        self._frame(self.line if self.line >= 0 else self._framed)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the frame away."""
        super().focusOutEvent(event)
        self.update()

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """Tell what scrolls to the focus that it is one line, and not the whole text."""
        if query is Qt.InputMethodQuery.ImCursorRectangle and (area := self.line_area(self._framed)):
            return area.toRect()
        return super().inputMethodQuery(query)

    def _frame(self, line: int) -> None:
        last = max((piece.first + len(piece.starts) - 1 for piece in self._pieces if not piece.heading), default=-1)
        line = min(line, last)
        if line >= 0:
            self._framed = line
            self.setAccessibleDescription(self._words(line))
            self.update()
            if area := self.line_area(line):
                self.framed.emit(area)

    def _words(self, line: int) -> str:
        piece = next(one for one in reversed(self._pieces) if 0 <= one.first <= line)
        own = line - piece.first
        end = piece.starts[own + 1] if own + 1 < len(piece.starts) else None
        return piece.text[piece.starts[own] : end].strip()

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
        self._mark(p)
        seen, done = QRectF(event.rect()), self.setting.done
        first = bisect.bisect_left(done, seen.top(), key=lambda one: one.bottom)
        for one in done[first:]:
            if one.top > seen.bottom():
                break
            self._draw(p, one)

    def _draw(self, p: QPainter, one: Set) -> None:
        p.setPen(colour(Day.INK))
        one.layout.draw(p, QPointF(0, 0))
        if one.cap:
            base = one.top + one.layout.lineAt(1).position().y() + self.setting.leading * 0.66
            write(p, self.setting.left - 4, base, one.cap, cap_face(), Day.CLAY)

    def _mark(self, p: QPainter) -> None:
        for rect in self.setting.rects(self._framed) if self.hasFocus() else ():
            rounded(p, rect.adjusted(-9, -1, 9, -2), 7, None, Day.CLAY, 2.0)
        rects = self.setting.rects(self.line)
        if not rects:
            return
        for rect in rects if self._reading else ():
            rounded(p, rect.adjusted(-7, -0.5, 7, -1.5), 6, colour(Day.CLAY_WASH, 0.75))
        for rect in self.setting.rects(self.line, self._said) if self._said else ():
            rounded(p, rect.adjusted(-3, 2.5, 3, -3.5), 5, colour(Day.CLAY, 0.20))
        icon = "play" if self._reading else "book"
        paint_icon(p, icon, self.setting.left - 36, rects[0].center().y(), 17, Day.CLAY, 1.6)

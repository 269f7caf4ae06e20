"""What an empty shelf shows: an unlit candle between two books that are not there yet, and what to do next."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.candle import WAX_PAPER, paint_body, paint_dish, paint_wick
from storytime.ui.parts.icons import paint_icon
from storytime.ui.parts.ink import SMOOTH, write
from storytime.ui.parts.paper import lay_paper, ledge
from storytime.ui.theme import Day, colour, sans, serif, text_scale


class EmptyShelf(QWidget):
    """Emits `add_wanted`."""

    add_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.add = InkButton("Add stories", "primary", "plus", self)
        self.add.clicked.connect(self.add_wanted)

    @property
    def _floor(self) -> float:
        return min(self.height() * 0.60, self.height() - 210 * text_scale())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button in the middle."""
        super().resizeEvent(event)
        size = self.add.sizeHint()
        self.add.setGeometry(round(self.width() / 2 - size.width() / 2), round(self._floor + 134 * text_scale()),
                             size.width(), size.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ledge, the books to come, the candle and the words."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        lay_paper(p, QRectF(self.rect()))
        w, floor, scale = self.width(), self._floor, text_scale()
        size = min(1.0, floor / 280)
        ledge(p, w / 2 - 360 * size, w / 2 + 360 * size, floor)
        for i, side in enumerate((-1, 1)):
            wide, high = 158 * size, (226 - 12 * i) * size
            left = w / 2 - (128 * size + wide) if side < 0 else w / 2 + 128 * size
            self._missing(p, QRectF(left, floor - high, wide, high))
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(colour("#6B5A3C", 0.18))
        p.drawEllipse(QPointF(w / 2, floor + 1), 78 * size, 6)
        wax = 58 * size
        paint_dish(p, w / 2, floor - 14 * size, wax, edge="#A8741C", face="#D2BC90")
        paint_body(p, w / 2, floor - 17 * size, wax, 158 * size, WAX_PAPER)
        paint_wick(p, w / 2, floor - 175 * size, wax, ink=Day.INK)
        title = serif(34 * scale, 520, optical=48)
        write(p, w / 2, floor + 74 * scale, "The shelf is waiting", title, Day.INK, "centre")
        hint = "Drop a story here: a text, a book as EPUB, or a whole folder."
        write(p, w / 2, floor + 108 * scale, hint, sans(16 * scale), Day.INK2, "centre", w - 32)

    def _missing(self, p: QPainter, book: QRectF) -> None:
        edge = QPen(colour(Day.SHADE), 1.6)
        edge.setDashPattern([4, 5])
        p.setPen(edge)
        p.setBrush(colour(Day.SHEET, 0.55))
        p.drawRoundedRect(book, 4, 4)
        paint_icon(p, "plus", book.center().x(), book.center().y(), 26, Day.INK3, 1.6)

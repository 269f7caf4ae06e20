"""The studio with nothing open: a microphone by the candle, one sentence, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.candle import WAX_PAPER, paint_body, paint_dish, paint_wick
from storytime.ui.parts.ink import SMOOTH, down, fill, line, rounded, stroke
from storytime.ui.parts.labels import Label
from storytime.ui.parts.paper import ledge
from storytime.ui.theme import Day, Space, colour, text_scale

WORDS = "Open a story on the shelf and press Record. Or tell one that is in no book."


class StillLife(QWidget):
    """An unlit candle and a microphone on a ledge."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumHeight(150)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it as large as there is room."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        floor, middle = self.height() - 22.0, self.width() / 2
        size = min(1.0, floor / 235)
        ledge(p, middle - 260 * size, middle + 260 * size, floor)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(colour("#6B5A3C", 0.18))
        for x, far in ((middle - 92 * size, 66), (middle + 86 * size, 54)):
            p.drawEllipse(QRectF(x - far * size, floor - 5, 2 * far * size, 12 * size))
        x, wax = middle - 92 * size, 52 * size
        paint_dish(p, x, floor - 12 * size, wax, edge="#A8741C", face="#D2BC90")
        paint_body(p, x, floor - 15 * size, wax, 128 * size, WAX_PAPER)
        paint_wick(p, x, floor - 143 * size, wax, ink=Day.INK)
        self._microphone(p, middle + 86 * size, floor, size)

    def _microphone(self, p: QPainter, x: float, floor: float, size: float) -> None:
        line(p, x, floor - 100 * size, x, floor - 6 * size, Day.INK2, 5 * size)
        rounded(p, QRectF(x - 42 * size, floor - 9 * size, 84 * size, 9 * size), 4, Day.INK2)
        yoke = QPainterPath()
        yoke.moveTo(x - 35 * size, floor - 158 * size)
        yoke.cubicTo(x - 35 * size, floor - 82 * size, x + 35 * size, floor - 82 * size, x + 35 * size,
                     floor - 158 * size)
        stroke(p, yoke, Day.INK2, 4 * size)
        head = QRectF(x - 24 * size, floor - 210 * size, 48 * size, 98 * size)
        rounded(p, head, 24 * size, down(head.top(), head.bottom(), [(0, "#F4EDDD"), (1, "#CDBFA3")]), Day.INK2,
                2.4 * size)
        for i in range(5):
            y = head.top() + (20 + i * 10) * size
            line(p, head.left() + 8 * size, y, head.right() - 8 * size, y, colour(Day.INK2, 0.55), 1.6 * size)
        band = QRectF(head.left(), head.center().y() + 18 * size, head.width(), 7 * size)
        fill(p, band, Day.CLAY)


class EmptyStudio(QWidget):
    """Its buttons are `choose`, `tale`, `bring` and `who`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choose = InkButton("Choose a story", "primary", "book")
        self.tale = InkButton("Tell a tale", "plain", "mic", height=Space.PRIMARY)
        self.bring = InkButton("Bring a recording", "plain", "folder", height=Space.PRIMARY)
        self.who = InkButton("Who reads here", "quiet", "people")
        self.attic = InkButton("Takes in the attic", "quiet", "attic")
        title = Label("The studio is quiet", 34, 520, face="serif", optical=48)
        words = Label(WORDS, 16, ink=Day.INK2, wraps=True)
        for label in (title, words):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, Space.L)
        column.setSpacing(Space.S)
        column.addStretch(1)
        column.addWidget(StillLife(), 6)
        column.addSpacing(Space.S)
        column.addWidget(title)
        column.addWidget(words)
        column.addSpacing(Space.M)
        column.addLayout(self._row(self.choose, self.tale, self.bring))
        column.addLayout(self._row(self.who, self.attic))
        column.addStretch(1)
        words.setMinimumWidth(round(300 * text_scale()))

    @staticmethod
    def _row(*buttons: InkButton) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        return row

    def showEvent(self, event: object) -> None:
        """Let the keyboard begin at the first button."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.choose.setFocus()

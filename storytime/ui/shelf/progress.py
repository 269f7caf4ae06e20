"""Work under way on the shelf, and a book on its way to the tray."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QPoint, QPropertyAnimation, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.ink import SMOOTH, rounded, write
from storytime.ui.theme import Day, sans, text_scale
from storytime.ui.words import many

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap

SLIDE = 420
"""Milliseconds a book takes to the tray."""


class Progress(QWidget):
    """Work under way: a thin line of clay that grows, how far it is, and a way to stop it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._done = self._all = 0
        self.stop = InkButton("Stop", "quiet", parent=self, px=14.5, height=30)
        self.stop.setAccessibleName("Stop adding stories")
        self.setFixedHeight(round(40 * text_scale()))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 6)
        row.addStretch(1)
        row.addWidget(self.stop)
        self.hide()

    def show_share(self, done: int, whole: int) -> None:
        """Show how many of how many files are done."""
        self._done, self._all = done, whole
        self.setAccessibleName(self.words())
        self.show()
        self.update()

    def words(self) -> str:
        """Return how far it is."""
        return f"Adding {self._done} of {many(self._all, 'story', 'stories')}" if self._all else "Looking for stories …"

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw words and line."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        scale, y = text_scale(), self.height() - 4
        write(p, 0, y - 12 * scale, self.words(), sans(14.5 * scale), Day.INK2)
        rounded(p, QRectF(0, y, self.width(), 3), 1.5, Day.WELL)
        share = self._done / self._all if self._all else 0.02
        rounded(p, QRectF(0, y, max(6.0, self.width() * share), 3), 1.5, Day.CLAY)


def slide(host: QWidget, picture: QPixmap, start: QPoint, end: QPoint) -> None:
    """Let a small picture of a book go over `host` from its middle at `start` to `end`; nothing waits for it."""
    book = QLabel(host)
    book.setPixmap(picture)
    book.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    size = picture.deviceIndependentSize().toSize()
    half = QPoint(size.width() // 2, size.height() // 2)
    book.resize(size)
    book.move(start - half)
    book.show()
    way = QPropertyAnimation(book, b"pos", book)
    way.setDuration(SLIDE)
    way.setEasingCurve(QEasingCurve.Type.OutCubic)
    way.setEndValue(end - half)
    way.finished.connect(book.deleteLater)
    way.start()

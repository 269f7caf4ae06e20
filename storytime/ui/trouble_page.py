"""A page of paper with one sentence, for a library that cannot be opened."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.focus import FocusRing
from storytime.ui.parts.labels import Label
from storytime.ui.parts.paper import lay_paper
from storytime.ui.theme import Day, text_scale

MEASURE = 620


class TroublePage(QWidget):
    """Says what stands in the way; `again` is emitted when the parent has mended it."""

    again = Signal()

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(words)
        said = Label(words, 23, face="serif", ink=Day.INK, wraps=True, parent=self)
        said.setFixedWidth(round(MEASURE * text_scale()))
        button = InkButton("Try again", "primary", parent=self)
        button.clicked.connect(self.again)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(said, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(24)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        FocusRing(self)
        button.setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lay the paper."""
        lay_paper(QPainter(self), QRectF(self.rect()))

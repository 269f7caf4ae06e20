"""A page of the studio beside the desk: a way back, a title, a note, and a sheet that scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.focus import FocusRing
from storytime.ui.parts.labels import Label
from storytime.ui.parts.note import NoteStrip
from storytime.ui.parts.paper import Paper
from storytime.ui.parts.scroll import PageScroll
from storytime.ui.theme import Space

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent


class StudioPage(QWidget):
    """Put things into `column`, and buttons into `head`. Emits `left`."""

    left = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.back = InkButton("Studio", "quiet", "back", self, px=15)
        self.title = Label(title, 34, 520, face="serif", optical=48)
        self.note = NoteStrip(self)
        self.head = QHBoxLayout()
        self.head.setSpacing(12)
        self.head.setContentsMargins(8, 0, 8, 0)
        self.head.addWidget(self.title, 1)
        page = QWidget()
        self.column = QVBoxLayout(page)
        self.column.setContentsMargins(8, Space.S, 8, Space.L)
        self.column.setSpacing(12)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(self.note)
        self._column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addSpacing(Space.S)
        self._column.addLayout(self.head)
        self._column.addSpacing(Space.S)
        self._column.addWidget(PageScroll(page, self), 1)
        self.back.clicked.connect(self.left)
        FocusRing(self)

    def refresh(self) -> None:
        """Show what is there now."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: object) -> None:
        """Be true when shown."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.refresh()
        self.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Come closer together in a small window."""
        super().resizeEvent(event)
        low = self.window().height() < 700
        side = 40 if self.width() > 900 else 20
        self._column.setContentsMargins(side, 8 if low else 18, side, 0)
        self.title.resize_to(28 if low else 34)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the paper."""
        Paper.paintEvent(self, event)  # type: ignore[arg-type]

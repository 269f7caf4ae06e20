"""A page that scrolls as a whole, with the paper showing through and a thin bar."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from storytime.ui.parts.fields import SCROLL_BARS


class PageScroll(QScrollArea):
    """Holds one page as wide as itself. Only its bar is dressed, so that nothing on the page is."""

    def __init__(self, page: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        page.setAutoFillBackground(False)
        self.verticalScrollBar().setStyleSheet(SCROLL_BARS)

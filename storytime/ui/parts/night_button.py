"""A control of the night: a place that can be pressed, focused and named, and that its screen draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget


class NightButton(QAbstractButton):
    """Paints nothing and keeps no key for itself: keys go on to the window, which tells the screen."""

    focused = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Leave the drawing to the screen beneath."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pass the key on, or it would count twice."""
        event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Pass the key on."""
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the screen which control is meant now."""
        super().focusInEvent(event)
        self.focused.emit()

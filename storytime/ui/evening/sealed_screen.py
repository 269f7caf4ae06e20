"""The night itself: black, until morning or until the parents' gate is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from storytime.ui.evening.night_screen import NightScreen

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class SealedScreen(NightScreen):
    """Pure black; only the hold of Esc, or of a finger, does anything."""

    name = "sealed"
    spoken = "Night. Hold Escape for two seconds for the parents’ gate."

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint black, where the system asks for it."""
        QPainter(self).fillRect(event.rect(), Qt.GlobalColor.black)

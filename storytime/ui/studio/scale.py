"""A small picture of what was heard in three seconds: how far the voice stands above the room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from storytime.ui.parts.icons import paint_icon
from storytime.ui.parts.ink import SMOOTH, fill, line, rounded, write
from storytime.ui.theme import Day, sans, serif, text_scale

if TYPE_CHECKING:
    from storytime.core.shelf.takes import Levels

LOWEST = -90.0
"""dBFS at the left end."""
WANTED = (-23.0, -18.0)
"""dBFS RMS that publishers of audiobooks ask of a voice."""
QUIET_ROOM = -60.0
"""dBFS that they allow the room."""


class RoomAndVoice(QWidget):
    """A groove from silence to full scale; a house where the room is, an ear where the voice is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._levels: Levels | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_levels(self, levels: Levels | None) -> None:
        """Show what was heard; nothing yet for None."""
        self._levels = levels
        self.setAccessibleName(described(levels))
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the groove and the words over and under it."""
        return QSize(420, round(120 * text_scale()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        scale = text_scale()
        groove = QRectF(8, 58 * scale, self.width() - 16, 16)
        rounded(p, groove, 8, Day.WELL, Day.LINE, 1)
        for low, high in ((LOWEST + 4, QUIET_ROOM), WANTED):
            left, right = self._x(low), self._x(high)
            fill(p, QRectF(left, groove.top() + 1, right - left, 14), "#B9C29C")
        small = sans(13 * scale)
        y = groove.bottom() + 22 * scale
        write(p, self._x((LOWEST + QUIET_ROOM) / 2), y, "a quiet room", small, Day.INK3, "centre")
        write(p, self._x(sum(WANTED) / 2), y, "a good voice", small, Day.INK3, "centre")
        if self._levels is None:
            return
        for icon, words, value in (("house", "the room", self._levels.noise), ("mic", "your voice", self._levels.rms)):
            if value is not None:
                align = "right" if icon == "house" and (self._levels.rms or 0) > value else "left"
                self._paint_mark(p, icon, words, max(LOWEST, value), groove, align)

    def _x(self, decibels: float) -> float:
        return 8 + (self.width() - 16) * (decibels - LOWEST) / -LOWEST

    def _paint_mark(self, p: QPainter, icon: str, words: str, value: float, groove: QRectF, align: str) -> None:
        scale, x = text_scale(), self._x(value)
        line(p, x, groove.top() - 6, x, groove.bottom() + 4, Day.INK, 2.4)
        paint_icon(p, icon, x, groove.top() - 18 * scale, 20 * scale, Day.INK, 1.6)
        font = serif(14.5 * scale, 500, optical=14)
        said = f"{words} −{abs(value):.0f} dB"
        room = QFontMetricsF(font).horizontalAdvance(said)
        at = max(x + 10, room) if align == "right" else min(x - 10, self.width() - room)
        write(p, at, groove.top() - 36 * scale, said, font, Day.INK, align)


def described(levels: Levels | None) -> str:
    """Return the picture in words."""
    if levels is None:
        return "Nothing was listened to yet"
    room = f"the room at −{abs(levels.noise):.0f} decibels" if levels.noise is not None else "no room to be heard"
    voice = f"the voice at −{abs(levels.rms):.0f}" if levels.rms is not None else "no voice"
    return f"{room.capitalize()}, {voice}"

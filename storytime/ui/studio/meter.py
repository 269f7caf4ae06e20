"""How loud it is now: a column of wax with a bar where it was loudest, and a word, for colours alone say nothing."""

from __future__ import annotations

import itertools
from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, QTimer
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from storytime.ui.parts.ink import SMOOTH, fill, line, rounded, write
from storytime.ui.theme import Day, sans, serif, text_scale

if TYPE_CHECKING:
    from storytime.core.ports import Level

MARKS = ((-3.0, 0.84, "−3"), (-12.0, 0.62, "−12"), (-30.0, 0.30, "−30"))
SCALE = ((-60.0, 0.0), (-30.0, 0.30), (-12.0, 0.62), (-3.0, 0.84), (0.0, 1.0))
HELD = 15
"""Levels for which the loudest is held: about a second and a half."""
AT_MOST = 50
"""Milliseconds between two paintings."""
WIDE, MOST_HIGH = 18, 300
DEAD = -100.0
WORDS = {
    "good": Day.MOSS, "too quiet": Day.INK2, "too loud": Day.CLAY_DEEP, "no sound": Day.PLUM, "": Day.INK2,
}


def height_of(decibels: float) -> float:
    """Return how high a level stands in the column, 0 to 1."""
    if decibels <= SCALE[0][0]:
        return 0.0
    for (low, a), (high, b) in itertools.pairwise(SCALE):
        if decibels <= high:
            return a + (b - a) * (decibels - low) / (high - low)
    return 1.0


def word_for(levels: deque[Level] | list[Level]) -> str:
    """Return good, too quiet, too loud, or no sound, of what was heard last; empty where nothing was."""
    if not levels:
        return ""
    loudest = max(level.peak for level in levels)
    if loudest <= DEAD:
        return "no sound"
    if loudest > -1.0 or any(level.clipped for level in levels):
        return "too loud"
    return "too quiet" if loudest < -30.0 else "good"


class LevelMeter(QWidget):
    """Painted at most twenty times a second, and only where something moved."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._levels: deque[Level] = deque(maxlen=HELD)
        self.word = ""
        self.setAccessibleName("Level of the microphone")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._later = QTimer(self, singleShot=True, interval=AT_MOST)
        self._later.timeout.connect(self._paint_what_moved)

    def hear(self, level: Level) -> None:
        """Show a level."""
        self._levels.append(level)
        if not self._later.isActive():
            self._later.start()

    def rest(self) -> None:
        """Show nothing."""
        self._levels.clear()
        self._later.stop()
        self._say("")
        self.update()

    @property
    def level(self) -> float:
        """DBFS of what was heard last."""
        return self._levels[-1].peak if self._levels else -120.0

    @property
    def peak(self) -> float:
        """DBFS of the loudest in the last while."""
        return max((level.peak for level in self._levels), default=-120.0)

    def sizeHint(self) -> QSize:
        """Return room for the column, its marks and the longest word."""
        return QSize(round(84 * text_scale()), round(200 * text_scale()))

    def minimumSizeHint(self) -> QSize:
        """Never be lower than can be read."""
        return QSize(self.sizeHint().width(), round(110 * text_scale()))

    def _column(self) -> QRectF:
        scale = text_scale()
        high = min(self.height() - 6 - 32 * scale, MOST_HIGH * scale)
        return QRectF(36 * scale - WIDE / 2, (self.height() - 32 * scale - high) / 2 + 3, WIDE, high)

    def _paint_what_moved(self) -> None:
        column = self._column()
        self.update(column.adjusted(-6, -3, 6, 3).toAlignedRect())
        self._say(word_for(self._levels))

    def _say(self, word: str) -> None:
        if word != self.word:
            self.word = word
            self.setAccessibleDescription(word)
            top = round(self._column().bottom())
            self.update(QRect(0, top, self.width(), self.height() - top))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the column, the marks and the word."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        column, scale = self._column(), text_scale()
        rounded(p, column, WIDE / 2, Day.WELL, Day.LINE, 1)
        self._fill_column(p, column)
        for _, share, words in MARKS:
            y = column.bottom() - column.height() * share
            line(p, column.right() + 4, y, column.right() + 9, y, Day.SHADE, 1.2)
            write(p, column.right() + 13, y + 4 * scale, words, serif(12.5 * scale, 400, optical=12), Day.INK3)
        word = sans(13.5 * scale, 700)
        write(p, column.center().x(), column.bottom() + 24 * scale, self.word, word, WORDS[self.word], "centre")

    def _fill_column(self, p: QPainter, column: QRectF) -> None:
        level, peak = height_of(self.level), height_of(self.peak)
        inside = QPainterPath()
        inside.addRoundedRect(column, WIDE / 2, WIDE / 2)
        p.save()
        p.setClipPath(inside)
        for low, high, wax in ((0, 0.62, 0), (0.62, 0.84, 1), (0.84, 1, 2)):
            top = min(high, level)
            if top > low:
                y = column.bottom() - column.height() * top
                fill(p, QRectF(column.left(), y, WIDE, column.height() * (top - low)), Day.LEVELS[wax])
        p.restore()
        if peak > 0:
            y = column.bottom() - column.height() * peak
            line(p, column.left() - 4, y, column.right() + 4, y, Day.INK, 2)

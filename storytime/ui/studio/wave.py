"""The recording as a wave, drawn as it comes: a bar for each peak, and a clay line where the voice is now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from storytime.ui.parts.ink import SMOOTH, dot, line
from storytime.ui.theme import Day, mix, text_scale

if TYPE_CHECKING:
    from collections.abc import Sequence

BAR, STEP = 2.6, 4.6
SHARE = 0.40
"""Of the height, that a bar at full scale reaches up and down."""
KEPT = 0.25
"""Of the room, that stays in sight when the wave begins a new page."""
AT_MOST = 50
"""Milliseconds between two paintings."""
LEAST = 1.0
LOWEST = 60.0
"""dB under full scale at which nothing more is drawn."""


def height_of(peak: float) -> float:
    """Return how high a peak (dBFS) is drawn, 0 to 1: quiet speech is seen too, and a quiet room is a thin line."""
    return float(max(0.0, min(1.0, 1 + peak / LOWEST)) ** 1.5)


def gathered(peaks: Sequence[float], bars: int) -> list[float]:
    """Return the peaks as so many bars at most; each stands half for the loudest of its own, half for all of them."""
    if len(peaks) <= bars:
        return list(peaks)
    groups = (peaks[i * len(peaks) // bars : (i + 1) * len(peaks) // bars] for i in range(bars))
    return [(max(group) + sum(group) / len(group)) / 2 for group in groups]


def paint_bars(p: QPainter, bars: Sequence[float], left: float, middle: float, high: float, ink: object) -> None:
    """Paint bars from `left` on, around the line at `middle`."""
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(ink)
    for i, peak in enumerate(bars):
        far = max(LEAST, height_of(peak) * high * SHARE)
        p.drawRoundedRect(QRectF(left + i * STEP, middle - far, BAR, 2 * far), BAR / 2, BAR / 2)


class Wave(QWidget):
    """Grows while a voice is recorded; then shows the whole. Only the new bars are painted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.peaks: list[float] = []
        """All of the recording, dBFS, a tenth of a second each."""
        self._shown: list[float] = []
        self._drawn = 0
        """Bars that are on the screen already."""
        self._growing = False
        self.setAccessibleName("The recording as a wave")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._later = QTimer(self, singleShot=True, interval=AT_MOST)
        self._later.timeout.connect(self._paint_what_came)

    def begin(self) -> None:
        """Forget what was drawn, and wait for a voice."""
        self.peaks, self._shown, self._drawn = [], [], 0
        self.update()

    def add(self, peaks: Sequence[float]) -> None:
        """Draw on."""
        self.peaks += peaks
        self._shown += peaks
        if not self._later.isActive():
            self._later.start()

    def grow(self, on: bool) -> None:
        """Say whether the wave is still to grow; once it is not, it is shown whole."""
        if on != self._growing:
            self._growing = on
            self._fit()

    def sizeHint(self) -> QSize:
        """Want to be as wide as there is room."""
        return QSize(300, round(70 * text_scale()))

    @property
    def room(self) -> int:
        """How many bars fit."""
        return max(8, int((self.width() - 14) / STEP))

    def _fit(self) -> None:
        if self._growing:
            fits = len(self.peaks) < self.room
            self._shown = list(self.peaks) if fits else self.peaks[-int(self.room * KEPT) :]
        else:
            self._shown = gathered(self.peaks, self.room)
        self._drawn = len(self._shown)
        self.update()

    def _paint_what_came(self) -> None:
        if not self._growing or len(self._shown) >= self.room:
            self._fit()
            return
        left, right = self._x(self._drawn) - 8, self._x(len(self._shown)) + 12
        self._drawn = len(self._shown)
        self.update(QRect(int(left), 0, int(right - left) + 1, self.height()))

    def _x(self, bar: int) -> float:
        return 2 + bar * STEP

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what fits."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars that are asked for."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        middle, high = self.height() / 2, float(self.height())
        line(p, 0, middle, self.width(), middle, Day.LINE, 1)
        first = max(0, int((event.rect().left() - 2) / STEP) - 1)
        last = int(event.rect().right() / STEP) + 2
        paint_bars(p, self._shown[first:last], self._x(first), middle, high, mix(Day.CLAY, Day.INK, 0.1))
        if self._growing:
            x = self._x(len(self._shown)) + 3
            line(p, x, 8, x, high - 4, Day.CLAY, 2)
            dot(p, x, 8, 4, Day.CLAY)

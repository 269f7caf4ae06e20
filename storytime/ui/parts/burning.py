"""A candle that burns: its light, its wax and its flame as pictures that are kept, so that a quiet night costs nothing.

The light in the air only sinks with the flame, so it is made once and moved; the light on the table is made anew
every few steps of the wax; a flame is one of some twenty pictures.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap

from storytime.ui.parts import candle
from storytime.ui.parts.glow import Pool, glow_image
from storytime.ui.parts.ink import SMOOTH, line

FRAME_MS = 250
"""Four frames a second are enough for a flame."""
_DOT_PITCH = 9.6
_BURNED = 2
"""Pixels of wax at a time, some ten seconds of an evening: each needs a whole new picture, for the light sinks too."""
_TABLE_STEP = 4.0
"""Logical pixels: the light on the table, far from the flame, is made anew only after so much wax."""
_LEAN, _BREATH = 0.015, 0.02  # a picture of the flame each; at four frames a second finer cannot be seen
_GRID = 4
"""Logical pixels that are whole pixels on any machine (at 100, 125, 150, 175 … per cent): a kept picture is laid there,
or it would be drawn between pixels, slowly, and without its dither."""


def _on_grid(length: float) -> int:
    return math.floor(length / _GRID) * _GRID


class Burning:
    """One candle on one screen; every length is in logical pixels of that screen."""

    def __init__(self, axis: float = 0.40) -> None:
        self._axis = axis
        self._fitted = (0, 0, 0.0)
        self._air = QImage()
        self._table = QImage()
        self._flames: dict[tuple[int, int], QPixmap] = {}
        self.width = self.x = self.base = self.full = self.top = self._table_top = 0.0

    def fit(self, width: int, height: int, dpr: float) -> None:
        """Stand on a screen of this size; the same size again costs nothing."""
        if self._fitted == (width, height, dpr):
            return
        self._fitted = (width, height, dpr)
        self.width = min(104.0, height * 0.125)
        self.x, self.base, self.full = width * self._axis, height * 0.855, height * 0.64
        self._flames.clear()
        highest, lowest = self.base - self.full, self.base - self.width * candle.LEAST
        above = _on_grid(lowest) + _GRID
        self._air_top = -above
        self._air = glow_image(QRectF(0, -above, width, above + height - highest), dpr, self._air_pools(0.0))
        self.top = self._table_top = -100.0

    def burn(self, left: float) -> bool:
        """Let `left` (0 to 1) of the wax stand; return whether it is another picture than before."""
        dpr = self._fitted[2]
        step = _BURNED * math.ceil(dpr) / dpr  # whole pixels of the machine, and never much less than those of the eye
        top = round((self.base - candle.height_of(self.width, self.full, left)) / step) * step
        if top == self.top:
            return False
        self.top = top
        if abs(top - self._table_top) >= _TABLE_STEP:
            self._table_top = top
            self._light_table(top)
        return True

    def _light_table(self, top: float) -> None:
        w, dpr = self.width, self._fitted[2]
        pools = (*self._air_pools(top), Pool(self.x, self.base + w * 0.3, w * 2.1, w * 0.30, 0.016))
        self._strip = QRectF(_on_grid(self.x - w * 6.4), _on_grid(self.base - w * 0.64), _on_grid(w * 12.8) + _GRID,
                             _on_grid(w * 1.9) + _GRID)
        self._table = glow_image(self._strip, dpr, pools)

    def _air_pools(self, top: float) -> tuple[Pool, ...]:
        w = self.width
        return (Pool(self.x, top - w * 0.6, w * 1.15, w * 1.35, 0.070),
                Pool(self.x, top - w * 0.2, w * 3.6, w * 3.2, 0.0125))

    def paint_still(self, p: QPainter, *, memory: bool = True) -> None:
        """Draw all but the flame; `memory` adds the outline of the wax that has burned."""
        w, x = self.width, self.x
        p.drawImage(QPointF(0, self.top + self._air_top), self._air)
        p.drawImage(self._strip.topLeft(), self._table)
        p.setRenderHints(SMOOTH)
        highest, lowest = self.base - self.full, self.top - w * 1.7
        if memory and lowest - highest > 3 * _DOT_PITCH:
            for side in (-0.5, 0.5):
                line(p, x + side * w, highest, x + side * w, lowest, "#2A1508", 1.2, [2, _DOT_PITCH / 1.2 - 2])
        candle.paint_candle(p, x, self.base, w, self.base - self.top, fire=None)

    def flame_rect(self) -> QRect:
        """Return the only part of the screen that moves."""
        box = self._flame_box()
        return QRectF(box.x(), self.top + box.y(), box.width(), box.height()).toAlignedRect()

    def paint_flame(self, p: QPainter, seconds: float) -> None:
        """Draw the flame as it stands `seconds` into its dance."""
        key = round(candle.lean_at(seconds) / _LEAN), round((candle.breath_at(seconds) - 1) / _BREATH)
        if key not in self._flames:
            self._flames[key] = self._flame_picture(key[0] * _LEAN, 1 + key[1] * _BREATH)
        box = self._flame_box()
        p.drawPixmap(QPointF(box.x(), self.top + box.y()), self._flames[key])

    def _flame_box(self) -> QRect:
        """Return the flame's place from the top of the wax."""
        w = self.width
        box = candle.flame_box(self.x + w * 0.02, -w * 0.06, w * 1.12 * 1.03).toAlignedRect()
        return QRect(_on_grid(box.x()), _on_grid(box.y()), _on_grid(box.width()) + 2 * _GRID,
                     _on_grid(box.height()) + 2 * _GRID)

    def _flame_picture(self, lean: float, breath: float) -> QPixmap:
        dpr, box, w = self._fitted[2], self._flame_box(), self.width
        picture = QPixmap(round(box.width() * dpr), round(box.height() * dpr))
        picture.setDevicePixelRatio(dpr)
        picture.fill(Qt.GlobalColor.transparent)
        p = QPainter(picture)
        p.setRenderHints(SMOOTH)
        p.translate(-box.x(), -box.y())
        candle.paint_flame(p, self.x + w * 0.02, -w * 0.06, w * 1.12 * breath, lean)
        p.end()
        return picture

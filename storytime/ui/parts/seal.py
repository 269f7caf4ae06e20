"""The wax seal of a teller: an initial and a colour that say whose voice it is, never the colour alone."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from storytime.ui.parts.ink import SMOOTH, dot, fill, pool, ring, smooth, write
from storytime.ui.theme import Day, colour, mix, serif, text_scale

if TYPE_CHECKING:
    from storytime.core.shelf.tellers import Teller


def wax_of(teller: Teller) -> str:
    """Return a teller's colour: always the same one, and another for each of the first six."""
    return Day.SEALS[(teller.id - 1) % len(Day.SEALS)]


def paint_seal(p: QPainter, x: float, y: float, radius: float, initial: str, wax: str) -> None:
    """Press a seal around (x, y)."""
    rnd = random.Random(initial)
    edge = []
    for i in range(14):
        turn, far = i / 14 * math.tau, radius * (1 + rnd.uniform(-0.07, 0.08))
        edge.append((x + math.cos(turn) * far, y + math.sin(turn) * far))
    dot(p, x + 0.5, y + max(1.0, radius * 0.09), radius * 1.02, colour("#000000", 0.26))
    shine = [(0, mix(wax, "#FFFFFF", 0.28)), (0.45, colour(wax)), (1, mix(wax, "#000000", 0.38))]
    fill(p, smooth(edge, closed=True), pool(x - radius * 0.4, y - radius * 0.5, radius * 2.1, shine))
    ring(p, x, y, radius * 0.70, colour("#000000", 0.20), 1.2)
    letter = serif(radius * 1.08, 650, optical=14)
    write(p, x, y + radius * 0.40, initial, letter, mix(wax, "#FFF3E0", 0.88), "centre")


class SealMark(QWidget):
    """A seal standing beside a name."""

    def __init__(self, teller: Teller | None = None, radius: float = 14, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._radius = radius
        self._teller = teller
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_teller(teller)

    def show_teller(self, teller: Teller | None) -> None:
        """Show whose seal it is; None leaves the place bare."""
        self._teller = teller
        self.setAccessibleName(f"The seal of {teller.name}" if teller else "")
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the wax and its shadow."""
        side = math.ceil(2.3 * self._radius * text_scale())
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Press it."""
        if self._teller is None:
            return
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        middle = self.width() / 2
        paint_seal(p, middle, middle - 1, self._radius * text_scale(), self._teller.initial, wax_of(self._teller))

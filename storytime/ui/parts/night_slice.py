"""The slice of night in the day room: a sky with some stars and two hill lines at its foot."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from storytime.ui.parts.ink import dot, down, fill
from storytime.ui.parts.landscape import Ridge
from storytime.ui.theme import Dusk, colour

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QPainter

HILLS = ((0.90, "#242A4A"), (0.945, "#1A2039"))


def paint_night(p: QPainter, area: QRectF, seed: int = 3, count: int = 30) -> None:
    """Paint the night into `area`."""
    p.save()
    p.setClipRect(area, Qt.ClipOperation.IntersectClip)
    stops = [(0, Dusk.NIGHT), (0.62, Dusk.NIGHT2), (1, Dusk.LOW)]
    fill(p, area, down(area.top(), area.bottom(), stops))
    rnd = random.Random(seed)
    for _ in range(count):
        t = rnd.random()
        shade = colour(Dusk.MOON, (1 - t) * 0.55 * rnd.random() + 0.06)
        x, y = area.left() + rnd.random() * area.width(), area.top() + t * area.height() * 0.8
        dot(p, x, y, 0.5 + rnd.random() ** 3, shade)
    for i, (level, tone) in enumerate(HILLS):
        height = area.height()
        hill = Ridge.drawn(random.Random(seed + i), area.top() + height * level, height * 0.022, area.width())
        fill(p, hill.path(area.bottom(), area.left()), tone)
    p.restore()

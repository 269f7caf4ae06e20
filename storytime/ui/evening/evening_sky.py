"""The plan's picture: an evening from sunset into the night, folded, and the dawn. It darkens where lights-out is."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor

from storytime.ui.parts.ink import across, dot, down, fill, halo, rounded_path, smooth, soft_shadow, stroke
from storytime.ui.parts.landscape import Ridge, cottage, fir, moon
from storytime.ui.theme import colour, mix

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

RADIUS = 14.0
FOLD = 0.745
"""Where the night is folded: the hours between are not drawn to scale."""
HILLS = ((0.70, 0.06, 0.42), (0.80, 0.05, 0.62), (0.90, 0.035, 0.85))


def paint_sky(p: QPainter, area: QRectF, wind_down: float, lights_out: float, morning: float) -> None:
    """Paint the evening into `area`; the three times are shares of its width, in order."""
    soft_shadow(p, area, RADIUS, 14, 5, 0.26)
    p.save()
    p.setClipPath(rounded_path(area, RADIUS), Qt.ClipOperation.IntersectClip)
    fill(p, area, across(area.left(), area.right(), _hues(wind_down, lights_out, morning)))
    low = [(0, colour("#0B1030", 0.30)), (0.6, colour("#0B1030", 0)), (1, colour("#FFD7A0", 0.10))]
    fill(p, area, down(area.top(), area.bottom(), low))
    _lights(p, area, lights_out)
    _hills(p, area)
    for k in (0, 9):
        x = area.left() + FOLD * area.width() + k
        bends = [(x + (0, -5, 5, -5, 0)[i], area.top() - 2 + (area.height() + 4) * i / 4) for i in range(5)]
        stroke(p, smooth(bends), colour("#EDE3CB", 0.26), 1.2)
    p.restore()


def _hues(wind_down: float, lights_out: float, morning: float) -> list[tuple[float, QColor]]:
    dusk = lights_out - wind_down
    stops = [
        (0.0, "#E9B48A"), (wind_down * 0.6, "#D58F7F"), (wind_down + dusk * 0.1, "#8F6485"),
        (wind_down + dusk * 0.5, "#474575"), (wind_down + dusk * 0.88, "#1C2246"), (lights_out + 0.04, "#0C1128"),
        (max(lights_out + 0.05, 0.74), "#0E1530"), (morning - 0.085, "#1D2850"), (morning - 0.025, "#4A527F"),
        (morning + 0.025, "#94809A"), (morning + 0.07, "#D8A99B"), (1.0, "#F6D2A0"),
    ]
    at, ordered = 0.0, []
    for share, hue in stops:
        at = min(1.0, max(at, share))
        ordered.append((at, QColor(hue)))
    return ordered


def _lights(p: QPainter, area: QRectF, lights_out: float) -> None:
    rnd, high = random.Random(5), area.height()
    middle = min(0.68, (lights_out + FOLD) / 2 + 0.03)
    for _ in range(150):
        u, y, size, bright = rnd.gauss(middle, 0.10), rnd.random() ** 1.3, rnd.random(), rnd.random()
        shade = colour("#FBF0D2", 0.8 * math.exp(-(((u - middle) / 0.13) ** 2)) * (0.3 + 0.7 * bright))
        dot(p, area.left() + u * area.width(), area.top() + y * high * 0.66, 0.5 + 1.1 * size**3, shade)
    mx = area.left() + min(0.69, max(lights_out + 0.06, 0.62)) * area.width()
    moon(p, mx, area.top() + high * 0.27, 19 if high > 200 else 14, 1, "#F4E3B4", "#10152F")
    sun = area.left() + 0.968 * area.width()
    glow = [(0, colour("#FFF2CC", 0.85)), (0.25, colour("#FFE0A8", 0.35)), (1, colour("#FFE0A8", 0))]
    halo(p, sun, area.top() + high * 0.72, 120, glow)
    dot(p, sun, area.top() + high * 0.70, 15, "#FFF3D2")


def _hills(p: QPainter, area: QRectF) -> None:
    high, rnd = area.height(), random.Random(5)
    for i, (level, rise, a) in enumerate(HILLS):
        hill = Ridge.drawn(random.Random(21 + i), area.top() + high * level, high * rise, area.width())
        hues = [(0, colour("#5C3B4E", a * 0.8)), (0.3, colour("#2E2A50", a)), (0.6, colour("#070A1A", a)),
                (0.84, colour("#141A36", a)), (1, colour("#5B4860", a * 0.9))]
        fill(p, hill.path(area.bottom(), area.left()), across(area.left(), area.right(), hues))
        if i != 1:
            continue
        for _ in range(60):
            x = rnd.random() * area.width()
            u = x / area.width()
            tone = mix(mix("#4A3550", "#0A0E22", min(1.0, u * 1.8)), "#4A4058", max(0.0, (u - 0.8) * 4))
            fir(p, rnd, area.left() + x, hill(x) + 3, rnd.uniform(9, 20), tone)
    x = area.left() + area.width() * 0.345
    cottage(p, x, area.top() + high * 0.885, high * 0.15, "#1A1730", "#FFE2A0", "#C8A8B0")

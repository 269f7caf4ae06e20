"""Draws the candle: the icon, the countdown and the progress bar. Its height is the time that is left.

All lengths are logical pixels; `w` is the candle's width, from which every other measure follows. `x` is its axis and
`base` where it stands.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from storytime.ui.parts.ink import across, brush, dot, down, fill, line, pen, pool, smooth, stroke
from storytime.ui.theme import Night, colour, mix

LEAST = 0.25
"""The lowest a burning candle is drawn, in widths: its time may be gone, its wax is not."""


@dataclass(frozen=True, slots=True)
class Wax:
    """The colours of the wax from the lit lip down to the foot, and how dark its sides are (0 to 1)."""

    hot: str
    warm: str
    mid: str
    foot: str
    shade: float
    dark: str = "#120803"
    sheen: str = Night.AMBER

    def dimmed(self, lit: float) -> Wax:
        """Return the wax under less light: 1 is a full flame, 0 none."""
        hot, warm, mid, foot, sheen = (mix("#000000", c, lit).name()
                                       for c in (self.hot, self.warm, self.mid, self.foot, self.sheen))
        return Wax(hot, warm, mid, foot, self.shade, self.dark, sheen)


@dataclass(frozen=True, slots=True)
class Fire:
    """The colours of a flame: its core, its body and its rim."""

    core: str
    body: str
    rim: str
    hollow: str = "#2A1205"


WAX_NIGHT = Wax("#9A5012", "#6A350D", "#3A1C08", "#180B04", 0.60)
WAX_DUSK = Wax("#FFEBC4", "#F0D8A8", "#CDB087", "#93805F", 0.42, "#2A2416", "#FFF6DC")
WAX_PAPER = Wax("#FBEFD6", "#F5E6C6", "#EAD6AE", "#DCC498", 0.24, "#6B5A3A", "#FFFBF0")
FIRE_NIGHT = Fire(Night.FLAME, Night.AMBER, Night.EMBER)
FIRE_DUSK = Fire("#FFE6AE", "#F2B25E", "#E39B45", "#8A4B1C")


def lean_at(seconds: float) -> float:
    """Return how far the flame's tip leans after `seconds`, in heights of the flame."""
    turn = 2 * math.pi * seconds
    return 0.02 + 0.03 * math.sin(turn / 3.7) + 0.015 * math.sin(turn / 1.3)


def breath_at(seconds: float) -> float:
    """Return how the flame's height breathes after `seconds`, as a factor near 1."""
    return 1 + 0.03 * math.sin(2 * math.pi * seconds / 2.9)


def flame_path(x: float, y: float, height: float, breadth: float, lean: float = 0.0) -> QPainterPath:
    """Return a teardrop that stands on y, widest at a third of its height; `lean` moves the tip alone."""
    tip, side = x + lean * height, x + lean * height * 0.7
    path = QPainterPath(QPointF(x, y))
    path.cubicTo(x - breadth * 0.42, y - height * 0.02, x - breadth * 0.60, y - height * 0.22,
                 x - breadth * 0.46, y - height * 0.44)
    path.cubicTo(x - breadth * 0.34, y - height * 0.64, side - breadth * 0.06, y - height * 0.80, tip, y - height)
    path.cubicTo(side + breadth * 0.10, y - height * 0.78, x + breadth * 0.40, y - height * 0.62,
                 x + breadth * 0.48, y - height * 0.42)
    path.cubicTo(x + breadth * 0.58, y - height * 0.20, x + breadth * 0.40, y - height * 0.02, x, y)
    path.closeSubpath()
    return path


def paint_flame(p: QPainter, x: float, y: float, height: float, lean: float = 0.0, fire: Fire = FIRE_NIGHT) -> None:
    """Draw a flame that stands on y: three faint rims, the body, a bright inner flame, a hollow at the wick."""
    if height < 0.5:
        return
    breadth = height * 0.40
    for grow, strength in ((1.30, 0.10), (1.18, 0.16), (1.08, 0.30)):
        rim = flame_path(x, y + height * 0.05 * grow, height * grow, breadth * (grow + 0.10), lean)
        fill(p, rim, colour(fire.rim, strength))
    foot = mix(fire.rim, "#000000", 0.35)
    fill(p, flame_path(x, y, height, breadth, lean), down(y - height, y, [
        (0, fire.rim), (0.28, fire.body), (0.66, fire.core), (0.86, fire.body), (1, foot)]))
    inner = flame_path(x, y - height * 0.04, height * 0.58, breadth * 0.56, lean * 0.8)
    fill(p, inner, down(y - height * 0.60, y, [
        (0, colour(fire.core, 0)), (0.5, fire.core), (1, colour(fire.body, 0.2))]))
    dot(p, x, y - height * 0.05, height * 0.075,
        pool(x, y - height * 0.05, height * 0.13, [(0, colour(fire.hollow, 0.7)), (1, colour(fire.hollow, 0))]), 1.73)


def flame_box(x: float, y: float, height: float) -> QRectF:
    """Return what a flame of `height` may touch however it leans and breathes."""
    return QRectF(x - height * 0.50, y - height * 1.42, height, height * 1.60)


def _trunk(x: float, base: float, w: float, top: float) -> QPainterPath:
    """Return the wax's outline: an uneven lip, straight sides, a foot three hundredths wider."""
    lip = w * 0.13
    edge, crest = top + lip * 0.42, top - lip * 0.24
    path = QPainterPath(QPointF(x - w / 2, edge))
    path.cubicTo(x - w / 2, edge - lip * 0.40, x - w * 0.26, crest - lip * 0.04, x, crest)
    path.cubicTo(x + w * 0.29, crest - lip * 0.02, x + w / 2, edge - lip * 0.44, x + w / 2, edge - lip * 0.04)
    path.lineTo(x + w * 0.515, base)
    path.cubicTo(x + w * 0.3, base + lip * 1.2, x - w * 0.3, base + lip * 1.2, x - w * 0.515, base)
    path.closeSubpath()
    return path


def _runs(p: QPainter, x: float, top: float, w: float, height: float, wax: Wax) -> None:
    """Draw two runs of wax, grown out of the lip."""
    for away, length, wide in ((-0.27, 0.80, 0.075), (0.30, 0.46, 0.060)):
        run, half = min(length * w, height * 0.6), wide * w
        x0, y0 = x + away * w, top + w * 0.124
        drop = QPainterPath(QPointF(x0 - half * 1.8, y0 - 1))
        drop.cubicTo(x0 - half * 0.8, y0 + 2, x0 - half * 0.75, y0 + run * 0.3, x0 - half * 0.70, y0 + run * 0.8)
        drop.cubicTo(x0 - half * 1.1, y0 + run * 1.12, x0 + half * 1.1, y0 + run * 1.12,
                     x0 + half * 0.70, y0 + run * 0.8)
        drop.cubicTo(x0 + half * 0.75, y0 + run * 0.3, x0 + half * 0.8, y0 + 2, x0 + half * 1.8, y0 - 1)
        drop.closeSubpath()
        fill(p, drop, down(y0, y0 + run * 1.05, [
            (0, colour(wax.hot, 0)), (0.3, colour(wax.hot, 0.40)), (1, mix(wax.hot, wax.warm, 0.3))]))


def paint_body(p: QPainter, x: float, base: float, w: float, height: float, wax: Wax = WAX_NIGHT, *,
               runs: bool = True) -> None:
    """Draw the wax: a soft cylinder, glowing where the flame shines through, dark at the foot."""
    top, lip = base - height, w * 0.13
    trunk = _trunk(x, base, w, top)
    fill(p, trunk, down(top, top + max(40.0, w * 3.4), [(0, wax.hot), (0.18, wax.warm), (0.55, wax.mid),
                                                        (1, wax.foot)]))
    p.save()
    p.setClipPath(trunk, Qt.ClipOperation.IntersectClip)
    dark = wax.dark
    fill(p, QRectF(x - w, top - 20, w * 2, height + 60), across(x - w / 2, x + w / 2, [
        (0, colour(dark, wax.shade)), (0.20, colour(dark, wax.shade * 0.34)), (0.44, colour(dark, 0)),
        (0.62, colour(dark, wax.shade * 0.07)), (1, colour(dark, wax.shade))]))
    p.setPen(pen(across(x - w / 2, x + w / 2, [(0, colour(wax.hot, 0.35)), (0.42, mix(wax.hot, wax.sheen, 0.5)),
                                               (1, colour(wax.hot, 0.3))]), max(1.0, w * 0.018)))
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.drawEllipse(QPointF(x, top + lip * 0.42), w * 0.485, lip * 0.62)
    p.restore()
    middle = pool(x, top + lip * 0.4, w * 0.42, [
        (0, mix(wax.hot, wax.sheen, 0.45)), (0.7, wax.hot), (1, colour(wax.hot, 0.2))])
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(brush(middle))
    p.drawEllipse(QPointF(x, top + lip * 0.45), w * 0.40, lip * 0.50)
    if runs and height > w * 0.9:
        _runs(p, x, top, w, height, wax)


def paint_dish(p: QPainter, x: float, base: float, w: float, *, edge: str = "#6B3409", face: str = "#190C04",
               lit: float = 1.0) -> None:
    """Draw the brass saucer with its ring; `lit` is 1 under a full flame and 0 in the dark."""
    rim, plate = mix("#000000", edge, lit), mix("#000000", face, lit)
    rx, ry = w * 1.18, w * 0.20
    handle = QPainterPath()
    handle.addEllipse(QPointF(x + rx * 1.10, base + ry * 0.10), w * 0.20, w * 0.17)
    stroke(p, handle, mix(rim, "#000000", 0.35), w * 0.05)
    bowl = QPainterPath(QPointF(x - rx, base))
    bowl.cubicTo(x - rx * 0.86, base + ry * 2.1, x + rx * 0.86, base + ry * 2.1, x + rx, base)
    bowl.closeSubpath()
    fill(p, bowl, down(base, base + ry * 1.6, [(0, mix(plate, rim, 0.35)), (1, mix(plate, "#000000", 0.5))]))
    top = QPainterPath()
    top.addEllipse(QPointF(x, base), rx, ry)
    fill(p, top, pool(x, base - 2, rx, [(0, mix(plate, rim, 0.55)), (0.55, mix(plate, rim, 0.25)), (1, plate)]))
    stroke(p, top, across(x - rx, x + rx, [
        (0, mix(rim, "#000000", 0.6)), (0.35, rim), (0.62, mix(rim, "#000000", 0.25)), (1, mix(rim, "#000000", 0.65)),
    ]), max(1.2, w * 0.018))


def paint_wick(p: QPainter, x: float, top: float, w: float, ember: QColor | None = None, ink: str = "#0C0502") -> None:
    """Draw the wick; `ember` is the colour of its end where it still glows."""
    bent = smooth([(x, top + w * 0.07), (x - w * 0.01, top - w * 0.04), (x + w * 0.03, top - w * 0.13)])
    stroke(p, bent, ink, max(2.0, w * 0.035))
    if ember is not None:
        dot(p, x + w * 0.03, top - w * 0.14, w * 0.030, ember)


def paint_smoke(p: QPainter, x: float, y: float, height: float, strength: float, drift: float = 0.0) -> None:
    """Draw a thread of smoke that widens and curls as it climbs; `drift` turns the curl, in radians."""
    if height < 2 or strength <= 0:
        return
    path: list[tuple[float, float, float]] = []
    for i in range(41):
        t = i / 40
        curl = math.sin(t * 6.0 + 0.3 - drift) * 0.085 * t**0.8 + math.sin(t * 13 + 1.2 - drift * 2) * 0.028 * t
        half = 0.004 + 0.030 * t**1.3 * (1 + 0.45 * math.sin(t * 9 - drift))
        path.append((x + (curl + t * 0.07) * height, y - height * t, half * height))
    for grow, share in ((1.9, 0.22), (1.0, 0.5)):
        outline = [(cx - half * grow, cy) for cx, cy, half in path]
        outline += [(cx + half * grow, cy) for cx, cy, half in reversed(path)]
        fill(p, smooth(outline, closed=True), down(y - height, y, [
            (0, colour("#6B3F1C", 0)), (0.35, colour("#6B3F1C", share * strength * 0.45)),
            (0.85, colour("#6B3F1C", share * strength)), (1, colour("#6B3F1C", share * strength * 0.6))]))


def paint_pin(p: QPainter, edge: float, y: float, reach: float, paint: QColor | str) -> None:
    """Draw a nail in the wax's right side, as in the old candle clocks."""
    line(p, edge - 8, y, edge + reach, y, paint, 1.4)
    dot(p, edge + reach, y, 3.0, paint)


def height_of(w: float, full: float, left: float) -> float:
    """Return how high the wax stands when `left` (0 to 1) of its time is left."""
    return max(w * LEAST, full * min(1.0, max(0.0, left)))


def paint_candle(p: QPainter, x: float, base: float, w: float, height: float, wax: Wax = WAX_NIGHT,
                 fire: Fire | None = FIRE_NIGHT, *, lean: float = 0.02, dish: bool = True) -> None:
    """Draw the whole candle, `height` of wax high; without `fire` it is not lit."""
    if dish and wax is WAX_NIGHT:
        paint_dish(p, x, base + w * 0.04, w)
    elif dish:
        paint_dish(p, x, base + w * 0.04, w, edge="#B08A4A", face="#6F5630")
    paint_body(p, x, base, w, height, wax)
    top = base - height
    paint_wick(p, x, top, w, ink="#0C0502" if wax is WAX_NIGHT else "#3A2A18")
    if fire is not None:
        paint_flame(p, x + w * 0.02, top - w * 0.06, w * 1.12, lean, fire)

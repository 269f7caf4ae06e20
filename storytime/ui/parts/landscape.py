"""A night landscape's pieces: stars, moon, hills, firs, a cottage with one lit window."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainterPath

from storytime.ui.parts.ink import dot, fill, halo, line, polygon, smooth, stroke
from storytime.ui.theme import colour, mix

if TYPE_CHECKING:
    from random import Random

    from PySide6.QtGui import QPainter

    from storytime.ui.parts.ink import Paint


@dataclass(frozen=True, slots=True)
class Ridge:
    """A hill line over a given width: three sines of random phase, the last small and quick."""

    base: float
    height: float
    width: float
    waves: tuple[tuple[float, float, float], ...]
    """Waves over the width, phase, share of the height."""

    @classmethod
    def drawn(cls, rnd: Random, base: float, height: float, width: float, rough: float = 1.0) -> Ridge:
        """Draw a new ridge by chance; `rough` (about 1) is how much the quick wave shows."""
        shares = ((0.6, 1.2, 1.0), (1.7, 2.8, 0.42), (4.0, 7.0, 0.12 * rough))
        return cls(base, height, width, tuple((rnd.uniform(a, b), rnd.random() * 7, k) for a, b, k in shares))

    def __call__(self, x: float) -> float:
        """Return the crest's y at `x`."""
        turn = x / self.width * math.tau
        return self.base - self.height * sum(k * math.sin(turn * f + at) for f, at, k in self.waves) / 1.5

    def path(self, floor: float, left: float = 0.0, step: float = 4.0) -> QPainterPath:
        """Return the hill under the crest, down to `floor`, its x moved by `left`."""
        path = QPainterPath(QPointF(left - 4, floor + 4))
        for i in range(int((self.width + 10) / step) + 1):
            x = -4 + i * step
            path.lineTo(left + x, self(x))
        path.lineTo(left + self.width + 6, floor + 4)
        path.closeSubpath()
        return path


def stars(p: QPainter, rnd: Random, area: QRectF, count: int, tint: str, strength: float = 1.0) -> None:
    """Scatter stars, fewer and fainter downwards."""
    for _ in range(count):
        x, t, big = rnd.random() * area.width(), rnd.random() ** 1.4, rnd.random()
        shade = colour(tint, strength * (0.85 - 0.7 * t) * (0.45 + 0.55 * big))
        dot(p, area.left() + x, area.top() + t * area.height(), 0.55 + 1.15 * big**3, shade)


def moon(p: QPainter, x: float, y: float, radius: float, phase: int, light: str, sky: str | QColor) -> None:
    """Draw the moon with its halos; phase 0 is a thin crescent, 4 is full. Its dark side is sky, a little lifted."""
    for reach, a in ((4.2, 0.07), (2.6, 0.10), (1.6, 0.12)):
        halo(p, x, y, radius * reach, [(0, colour(light, a * 2.2)), (0.45, colour(light, a)), (1, colour(light, 0))])
    if phase >= 4:
        dot(p, x, y, radius, light)
        sea = mix(light, sky, 0.35)
        sea.setAlphaF(0.5)
        for dx, dy, size in ((-0.3, -0.2, 0.22), (0.25, 0.3, 0.16), (0.2, -0.38, 0.11), (-0.15, 0.42, 0.1)):
            dot(p, x + dx * radius, y + dy * radius, size * radius, sea)
        return
    dark = mix(sky, light, 0.12)
    dark.setAlphaF(0.55)
    dot(p, x, y, radius, dark)
    fill(p, crescent(x, y, radius, (0.42, 0.62, 0.85, 1.12)[phase]), light)


def crescent(x: float, y: float, radius: float, moved: float) -> QPainterPath:
    """Return a disc minus a disc moved by `moved` radii."""
    disc, bite = QPainterPath(), QPainterPath()
    disc.addEllipse(QPointF(x, y), radius, radius)
    bite.addEllipse(QPointF(x + moved * radius, y - moved * 0.32 * radius), radius * 0.96, radius * 0.96)
    return disc.subtracted(bite)


def fir(p: QPainter, rnd: Random, x: float, y: float, height: float, paint: Paint) -> None:
    """Draw a fir of five tiers standing on `y`."""
    right: list[tuple[float, float]] = []
    left: list[tuple[float, float]] = []
    for i in range(1, 6):
        t = i / 5
        half, level = height * 0.20 * t * (0.9 + rnd.random() * 0.2), y - height * (1 - t)
        right += [(x + half, level - height * 0.02), (x + half * 0.58, level - height * 0.035)]
        left += [(x - half, level - height * 0.02), (x - half * 0.58, level - height * 0.035)]
    fill(p, polygon((x, y - height), *right, (x, y), *reversed(left)), paint)
    fill(p, QRectF(x - height * 0.018, y - height * 0.05, height * 0.036, height * 0.09), paint)


def window(p: QPainter, x: float, y: float, width: float, height: float, light: str) -> None:
    """Draw a lit window with its bars and its glow."""
    reach = width * 4.2
    halo(p, x + width / 2, y + height / 2, reach,
         [(0, colour(light, 0.50)), (0.3, colour(light, 0.16)), (1, colour(light, 0))])
    fill(p, QRectF(x, y, width, height), light)
    bar = colour("#3A2410", 0.75)
    line(p, x + width / 2, y, x + width / 2, y + height, bar, width * 0.10)
    line(p, x, y + height * 0.48, x + width, y + height * 0.48, bar, width * 0.10)


def cottage(
    p: QPainter, x: float, y: float, size: float, wall: QColor | str, light: str, haze: str,
    snow: QColor | None = None,
) -> None:
    """Draw a house `size` wide with one lit window and smoke from its chimney; `y` is the ground."""
    smoke(p, x + size * 0.27, y - size * 0.95, size, haze)
    fill(p, QRectF(x - size * 0.42, y - size * 0.48, size * 0.84, size * 0.56), wall)
    fill(p, QRectF(x + size * 0.20, y - size * 0.97, size * 0.14, size * 0.4), wall)
    eaves, top = y - size * 0.44, y - size * 0.98
    roof = polygon((x - size * 0.56, eaves), (x - size * 0.06, top), (x + size * 0.10, top), (x + size * 0.56, eaves))
    fill(p, roof, snow or mix(wall, haze, 0.10))
    if snow:
        fill(p, QRectF(x + size * 0.18, y - size, size * 0.18, size * 0.05), snow)
    window(p, x - size * 0.12, y - size * 0.33, size * 0.19, size * 0.21, light)


def smoke(p: QPainter, x: float, y: float, size: float, haze: str) -> None:
    """Draw a thread of smoke that leans as it climbs."""
    drift = [(x + math.sin(t * 5.2) * size * 0.10 * t + t * size * 0.35, y - t * size * 0.95)
             for t in (i / 8 for i in range(9))]
    for wide, a in ((0.13, 0.10), (0.07, 0.16)):
        stroke(p, smooth(drift), colour(haze, a), size * wide)

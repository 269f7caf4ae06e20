"""Paints the morning: a sky from slate to apricot, the sun on the hills, firs, and a cottage with its lamp lit."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt

from storytime.ui.parts.ink import across, dot, down, fill, halo
from storytime.ui.parts.landscape import Ridge, cottage, fir
from storytime.ui.theme import colour, mix

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

_SKY = ((0.0, "#3C4A6B"), (0.34, "#6F6E90"), (0.60, "#B8929A"), (0.80, "#E2A98C"), (1.0, "#F6D9A8"))
_HILLS = ((0.0, 34.0, "#EDBE9C", "#C48F8A"), (0.07, 30.0, "#C39390", "#8A6F86"), (0.16, 26.0, "#86708A", "#54506F"),
          (0.25, 20.0, "#4A4866", "#2F3450"))
"""Each hill's y below the horizon as a share of the height, its height, its crest's colour and its foot's."""
_SUN, _SUN_HAZE, _CLOUD, _LAND = "#FFF4D8", "#F6D9A8", "#F9DDBD", "#23273F"


def paint_dawn(p: QPainter, width: float, height: float) -> None:
    """Paint the whole picture; the same each morning."""
    rnd, horizon = random.Random(7), height * 0.64
    fill(p, QRectF(0, 0, width, height), down(0, horizon + 30, _SKY))
    sun = width * 0.70
    for reach, strength in ((height * 0.75, 0.50), (height * 0.36, 0.60), (height * 0.17, 0.70)):
        halo(p, sun, horizon - 14, reach, [
            (0, colour("#FFF0CF", strength)), (0.4, colour(_SUN_HAZE, strength * 0.35)), (1, colour(_SUN_HAZE, 0))])
    for _ in range(26):
        dot(p, rnd.random() * width * 0.7, rnd.random() * height * 0.22, rnd.uniform(0.6, 1.3),
            colour("#FFF3DA", rnd.uniform(0.15, 0.55)))
    _clouds(p, rnd, width, horizon)
    dot(p, sun, horizon - 8, height * 0.050, _SUN)
    for i, (below, rise, crest, foot) in enumerate(_HILLS):
        _hill(p, i, (width, height, horizon + below * height), (rise, crest, foot))


def _clouds(p: QPainter, rnd: random.Random, width: float, horizon: float) -> None:
    p.setPen(Qt.PenStyle.NoPen)
    for _ in range(7):
        y, left = horizon * rnd.uniform(0.50, 0.93), rnd.uniform(-0.1, 0.85) * width
        long = rnd.uniform(0.14, 0.34) * width
        p.setBrush(across(left, left + long, [
            (0, colour(_CLOUD, 0)), (0.5, colour(_CLOUD, 0.24)), (1, colour(_CLOUD, 0))]))
        for thick in (9, 6, 3):
            p.drawEllipse(QRectF(left, y - thick / 2, long, thick))


def _hill(p: QPainter, i: int, space: tuple[float, float, float], look: tuple[float, str, str]) -> None:
    (width, height, base), (rise, crest, foot) = space, look
    rnd = random.Random(40 + i)
    ridge = Ridge.drawn(rnd, base, rise * height / 800, width)
    fill(p, ridge.path(height), down(base - 40, base + height * 0.2, [(0, crest), (0.6, foot), (1, foot)]))
    scale = height / 800
    if i in (1, 2):
        for _ in range(44):
            x = rnd.random() * width
            fir(p, rnd, x, ridge(x) + 3, rnd.uniform(10, 19) * (1 + i * 0.55) * scale, mix(foot, "#2B2D45", 0.30))
    if i == 3:
        x = width * 0.86
        cottage(p, x, ridge(x) + 10 * scale, height * 0.095, _LAND, "#FFE3A6", "#F6D9C0")
        for k in range(6):
            at = x + (k - 2.2) * height * 0.05 + height * (0.10 if k > 2 else -0.10)
            fir(p, rnd, at, ridge(at) + 8 * scale, height * rnd.uniform(0.07, 0.15), _LAND)

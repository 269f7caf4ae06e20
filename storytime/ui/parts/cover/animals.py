"""The fox, the owl and the bear of the covers, each drawn in units of its own height."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath

from storytime.ui.parts.cover.scene import Scene, W
from storytime.ui.parts.ink import dot, fill, halo, polygon, smooth, stroke
from storytime.ui.theme import colour, mix

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPainter

TAIL = ((-0.06, -0.03), (-0.30, 0.02), (-0.56, -0.05), (-0.66, -0.22), (-0.58, -0.38), (-0.52, -0.24), (-0.36, -0.17),
        (-0.12, -0.20))
CHEST = ((0.26, -0.645), (0.17, -0.60), (0.13, -0.46), (0.17, -0.32), (0.20, -0.42), (0.205, -0.55))
OWL = ((0, 0), (-0.26, -0.16), (-0.31, -0.50), (-0.27, -0.80), (-0.29, -0.98), (-0.14, -0.90), (0, -0.91),
       (0.14, -0.90), (0.29, -0.98), (0.27, -0.80), (0.31, -0.50), (0.26, -0.16))
BACK = ((-1.06, 0.06), (-1.00, -0.22), (-0.80, -0.52), (-0.42, -0.70), (-0.02, -0.64), (0.22, -0.44), (0.40, -0.10),
        (0.30, 0.10))
HEAD = ((0.10, -0.02), (0.12, -0.30), (0.30, -0.47), (0.52, -0.47), (0.66, -0.36), (0.76, -0.22), (0.94, -0.17),
        (1.02, -0.08), (0.98, 0.02), (0.70, 0.08), (0.30, 0.09))
PAW = ((0.34, 0.04), (0.62, -0.03), (0.96, 0.00), (1.08, 0.06), (1.00, 0.12), (0.50, 0.13))


def fox(scene: Scene) -> None:
    """Draw a sitting fox seen from the side, its tail around it; the one animal with a colour of its own."""
    p, colours = scene.p, scene.colours
    x = W * (0.5 - scene.side * 0.02)
    body, tip = mix("#B4552B", colours.land, 0.12), mix(colours.light, colours.warm, 0.2)
    p.save()
    p.translate(x, scene.near(x) + 10)
    p.scale(scene.side * 118, 118)
    tail = smooth(TAIL, closed=True)
    fill(p, tail, body)
    p.save()
    p.setClipPath(tail, Qt.ClipOperation.IntersectClip)
    dot(p, -0.60, -0.36, 0.15, tip)
    p.restore()
    fill(p, _fox_body(), body)
    fill(p, smooth(CHEST, closed=True), tip)
    dot(p, 0.235, -0.765, 0.016, colour(colours.land, 0.9))
    p.restore()


def _fox_body() -> QPainterPath:
    b = QPainterPath(QPointF(-0.20, 0))
    b.cubicTo(-0.34, -0.22, -0.20, -0.46, -0.02, -0.60)
    b.cubicTo(0.02, -0.66, 0.03, -0.72, 0.02, -0.80)
    for ear in ((0.015, -1.0), (0.12, -0.88), (0.18, -1.0), (0.235, -0.83)):
        b.lineTo(*ear)
    b.cubicTo(0.30, -0.77, 0.36, -0.74, 0.44, -0.70)
    b.cubicTo(0.43, -0.665, 0.36, -0.645, 0.27, -0.635)
    b.cubicTo(0.20, -0.60, 0.20, -0.50, 0.20, -0.42)
    b.cubicTo(0.21, -0.26, 0.20, -0.12, 0.21, -0.03)
    b.cubicTo(0.25, -0.02, 0.27, -0.01, 0.27, 0)
    b.closeSubpath()
    return b


def owl(scene: Scene) -> None:
    """Draw an owl awake on a branch."""
    p, y, side = scene.p, scene.horizon + 38, scene.side
    ends = ((W + 12, W * 0.22), (-12, W * 0.78))[side < 0]
    stroke(p, smooth([(ends[0], y - 22), (W * 0.5, y + 4), (ends[1], y - 8)]), scene.colours.land, 11)
    for i in range(5):
        p.save()
        p.translate(W * 0.5 - side * (34 + i * 17), y + 3 - i * 1.6)
        p.rotate(side * (-62 if i % 2 else 118) + i * 6)
        dot(p, 13, 0, 11, scene.tone(0.10), 0.42)
        p.restore()
    p.save()
    p.translate(W * 0.5 + side * 30, y + 2)
    p.scale(104, 104)
    _owl_itself(p, scene.tone(0.16), scene.colours.light)
    p.restore()


def _owl_itself(p: QPainter, body: QColor, light: str) -> None:
    fill(p, smooth(OWL, closed=True), body)
    fill(p, QRectF(-0.07, -0.05, 0.14, 0.24), body)
    for k in (-1, 1):
        dot(p, k * 0.125, -0.70, 0.105, light)
        dot(p, k * 0.115, -0.69, 0.050, body)
    fill(p, polygon((-0.035, -0.62), (0.035, -0.62), (0, -0.53)), light)
    for row in range(3):
        odd = row % 2
        y = -0.42 + row * 0.10
        for k in range(-2 + odd, 3 - odd):
            x = (k + 0.5 * odd) * 0.085
            feather = QPainterPath(QPointF(x - 0.0425, y))
            feather.quadTo(x, y + 0.07, x + 0.0425, y)
            stroke(p, feather, colour(light, 0.22), 0.016)


def bear(scene: Scene) -> None:
    """Draw a bear asleep with its head on its paws, and one firefly over it."""
    p, colours = scene.p, scene.colours
    x = W * 0.5 - scene.side * 8
    fur = mix(scene.tone(0.40), "#5A3A26", 0.5)
    near = mix(fur, colours.warm, 0.10)
    p.save()
    p.translate(x, scene.near(x) + 24)
    p.scale(scene.side * 112, 112)
    fill(p, smooth(BACK, closed=True), fur)
    for ear, tone in ((0.25, fur), (0.52, near)):
        dot(p, ear, -0.47, 0.105, tone)
        dot(p, ear, -0.46, 0.055, mix(fur, colours.land, 0.5))
    fill(p, smooth(PAW, closed=True), fur)
    fill(p, smooth(HEAD, closed=True), near)
    dot(p, 0.985, -0.125, 0.05, mix(colours.land, fur, 0.15), 0.8)
    lid = QPainterPath(QPointF(0.58, -0.22))
    lid.quadTo(0.635, -0.165, 0.70, -0.19)
    stroke(p, lid, mix(colours.land, fur, 0.1), 0.024)
    p.restore()
    fx, fy = x + scene.side * 66, scene.near(x) - 62
    stops = [(0, colour(colours.light, 0.6)), (0.3, colour(colours.light, 0.2)), (1, colour(colours.light, 0))]
    halo(p, fx, fy, 26, stops)
    dot(p, fx, fy, 2.6, colours.light)

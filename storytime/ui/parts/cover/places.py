"""Houses, woods, towers and things that carry a light: what stands in most covers."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath

from storytime.ui.parts.cover.scene import H, Scene, W
from storytime.ui.parts.ink import dot, fill, halo, line, polygon, pool, rounded, smooth, stroke
from storytime.ui.parts.landscape import cottage, fir, window
from storytime.ui.theme import colour, mix


def lighthouse(scene: Scene) -> None:
    """Draw a banded tower whose beams go both ways."""
    p, x, c = scene.p, scene.x, scene.colours
    base = scene.near(x) + 4
    top = base - 138
    for way in (-330, 330):
        stops = [(0, colour(c.light, 0.55)), (0.35, colour(c.light, 0.18)), (1, colour(c.light, 0))]
        light = pool(x, top - 2, 250, stops)
        fill(p, polygon((x, top - 4), (x + way, top - 52), (x + way, top + 36)), light)
    tower = polygon((x - 19, base), (x - 11, top + 14), (x + 11, top + 14), (x + 19, base))
    fill(p, tower, mix(c.land, c.warm, 0.62))
    p.save()
    p.setClipPath(tower, Qt.ClipOperation.IntersectClip)
    for i in range(2):
        fill(p, QRectF(x - 30, top + 38 + i * 46, 60, 22), mix(c.land, "#A0472F", 0.55))
    fill(p, QRectF(x + 3, top, 30, 200), colour(c.land, 0.32))
    p.restore()
    fill(p, QRectF(x - 15, top + 10, 30, 5), c.land)
    fill(p, QRectF(x - 9, top - 12, 18, 22), c.land)
    cap = QPainterPath(QPointF(x - 12, top - 11))
    cap.quadTo(x, top - 32, x + 12, top - 11)
    fill(p, cap, c.land)
    fill(p, QRectF(x - 6, top - 9, 12, 17), c.light)
    halo(p, x, top, 60, [(0, colour(c.light, 0.8)), (0.25, colour(c.light, 0.3)), (1, colour(c.light, 0))])


def boat(scene: Scene) -> None:
    """Draw a small boat under sail, a lantern at its bow."""
    p, c, s = scene.p, scene.colours, 1.25
    x, y = W * (0.5 - scene.side * 0.13), scene.horizon + 46
    hull = QPainterPath(QPointF(x - 44 * s, y - 4))
    hull.cubicTo(x - 30 * s, y + 18 * s, x + 24 * s, y + 18 * s, x + 46 * s, y - 8)
    hull.quadTo(x, y + 5, x - 44 * s, y - 4)
    fill(p, hull, c.land)
    line(p, x, y + 2, x, y - 98 * s, c.land, 2.6)
    sail = QPainterPath(QPointF(x + 3, y - 94 * s))
    sail.cubicTo(x + 34 * s, y - 66 * s, x + 42 * s, y - 34 * s, x + 40 * s, y - 13)
    sail.quadTo(x + 20, y - 8, x + 3, y - 9)
    fill(p, sail, mix(c.light, c.warm, 0.25))
    jib = QPainterPath(QPointF(x - 3, y - 86 * s))
    jib.cubicTo(x - 10 * s, y - 52 * s, x - 24 * s, y - 26 * s, x - 36 * s, y - 10)
    jib.lineTo(x - 3, y - 10)
    fill(p, jib, mix(c.light, c.horizon, 0.45))
    dot(p, x - 26 * s, y - 12, 3.2, c.light)
    halo(p, x - 26 * s, y - 12, 22, [(0, colour(c.light, 0.6)), (1, colour(c.light, 0))])
    for i in range(5):
        line(p, x - 40 + i * 9, y + 20 + i * 5, x + 42 - i * 5, y + 20 + i * 5, colour(c.land, 0.34 - i * 0.05), 2.4)


def train(scene: Scene) -> None:
    """Draw a night train with lit windows on a viaduct."""
    p, c, y = scene.p, scene.colours, scene.horizon + 10
    bridge = QPainterPath()
    bridge.addRect(QRectF(-10, y, W + 20, H - y + 10))
    for i in range(6):
        x = -28 + i * 66.0
        arch = QPainterPath(QPointF(x, H + 20))
        arch.lineTo(x, y + 52)
        arch.cubicTo(x, y + 10, x + 50, y + 10, x + 50, y + 52)
        arch.lineTo(x + 50, H + 20)
        arch.closeSubpath()
        bridge = bridge.subtracted(arch)
    fill(p, bridge, scene.tone(0.16))
    for i in range(4):
        x = W * 0.10 + i * 60
        rounded(p, QRectF(x, y - 26, 56, 24), 4, c.land)
        for j in range(3):
            lit = i * 3 + j not in (2, 5, 10)
            fill(p, QRectF(x + 7 + j * 15.5, y - 20, 10.5, 9), c.light if lit else scene.tone(0.35))
            if lit:
                halo(p, x + 12 + j * 15.5, y - 15, 26, [(0, colour(c.light, 0.34)), (1, colour(c.light, 0))])
        dot(p, x + 13, y - 2, 4, c.land)
        dot(p, x + 43, y - 2, 4, c.land)


def firs(scene: Scene) -> None:
    """Draw a wood, and deep in it a cottage."""
    for i in range(9):
        x = W * (i + 0.5) / 9 + scene.rnd.uniform(-9, 9)
        height = 86 + 74 * abs(i - 4 + scene.side) / 5 + scene.rnd.uniform(-16, 18)
        fir(scene.p, scene.rnd, x, scene.near(x) + 14, height, scene.tone(0.13 if i % 2 else 0.05))
    c = scene.colours
    cottage(scene.p, W * 0.5 + scene.side * 6, scene.near(W * 0.5) + 18, 44, c.land, c.light, c.warm)


def snow(scene: Scene) -> None:
    """Draw a cottage under snow."""
    for i in range(5):
        x = W * (0.08 + 0.84 * i / 4) + scene.rnd.uniform(-10, 10)
        height = 70 + scene.rnd.uniform(0, 46)
        if abs(x - scene.x) > 46:
            fir(scene.p, scene.rnd, x, scene.near(x) + 8, height, scene.tone(0.30))
    cap = mix("#E8EDF2", scene.colours.horizon, 0.12)
    cottage(scene.p, scene.x, scene.near(scene.x) + 10, 74, scene.tone(0.12), scene.colours.light, "#FFFFFF", cap)


def village(scene: Scene) -> None:
    """Draw a street of gables with one window lit."""
    p, rnd, c = scene.p, scene.rnd, scene.colours
    x, i, lit = -12.0, 0, 2 + rnd.randrange(3)
    while x < W + 10:
        w, h = rnd.uniform(40, 62), rnd.uniform(44, 92)
        y, wall = scene.near(x + w / 2) + 40, scene.tone(0.04 + 0.16 * rnd.random())
        fill(p, QRectF(x, y - h, w, h + 40), wall)
        fill(p, polygon((x - 4, y - h + 1), (x + w / 2, y - h - w * 0.62), (x + w + 4, y - h + 1)), wall)
        if rnd.random() < 0.6:
            fill(p, QRectF(x + w * 0.68, y - h - w * 0.52, 7, 26), wall)
        if i == lit:
            window(p, x + w / 2 - 7, y - h + 12, 14, 18, c.light)
        elif rnd.random() < 0.75:
            fill(p, QRectF(x + w / 2 - 6, y - h + 14, 12, 15), mix(wall, c.horizon, 0.30))
        x += w + 2
        i += 1


def house(scene: Scene) -> None:
    """Draw a cottage by two firs, a path leading to its door."""
    p, c, side = scene.p, scene.colours, scene.side
    for away, height, tone in ((58, 118, 0.10), (88, 84, 0.16)):
        x = scene.x + side * away
        fir(p, scene.rnd, x, scene.near(x) + 8, height, scene.tone(tone))
    door = scene.x - side * 10
    cottage(p, door, scene.near(door) + 12, 84, scene.tone(0.06), c.light, c.warm)
    y = scene.near(scene.x)
    bends = [(door, y + 10), (door - side * 10, y + 44), (door - side * 54, H - 34), (door - side * 50, H + 20)]
    stroke(p, smooth(bends), colour(c.warm, 0.16), 9)


def tree(scene: Scene) -> None:
    """Draw a tree whose apples are lights."""
    p, rnd, c, x = scene.p, scene.rnd, scene.colours, scene.x
    y = scene.near(x) + 10
    stroke(p, smooth([(x + 4, y), (x - 3, y - 36), (x + 2, y - 74)]), c.land, 11)
    for a, b in ((-34, -96), (30, -100), (0, -116)):
        stroke(p, smooth([(x, y - 58), (x + a * 0.55, y + b * 0.80), (x + a, y + b)]), c.land, 5)
    for dx, dy, r in ((-38, -98, 33), (36, -102, 35), (0, -124, 42), (-12, -92, 34), (16, -88, 30)):
        dot(p, x + dx, y + dy, r, scene.tone(0.12), 0.88)
    for _ in range(11):
        turn, far = rnd.random() * math.tau, math.sqrt(rnd.random())
        ax, ay = x + math.cos(turn) * 58 * far, y - 106 + math.sin(turn) * 40 * far
        halo(p, ax, ay, 12, [(0, colour(c.light, 0.42)), (1, colour(c.light, 0))])
        dot(p, ax, ay, 3.1, c.light)


def balloon(scene: Scene) -> None:
    """Draw a balloon lit from its own fire."""
    p, c, r = scene.p, scene.colours, 52
    x, y = W * (0.5 - scene.side * 0.10), scene.horizon - 52
    half = [(0.78, -0.62), (0.92, 0.02), (0.52, 0.70), (9 / r, 1.18)]
    round_it = [(0.0, -1.0), *half, *((-a, b) for a, b in reversed(half))]
    envelope = smooth([(x + a * r, y + b * r) for a, b in round_it], closed=True)
    fill(p, envelope, mix(c.warm, c.land, 0.22))
    p.save()
    p.setClipPath(envelope, Qt.ClipOperation.IntersectClip)
    for stripe, a in ((-0.62, 0.32), (0, 0.26), (0.62, 0.32)):
        dot(p, x + stripe * r, y + r * 0.1, r * 0.17, colour(c.land, a), 8.8)
    stops = [(0, colour(c.light, 0.85)), (0.5, colour(c.light, 0.25)), (1, colour(c.light, 0))]
    glow = pool(x, y + r * 1.3, r * 1.5, stops)
    dot(p, x, y + r * 1.2, r * 1.5, glow)
    p.restore()
    for d in (-1, 1):
        line(p, x + d * 8, y + r * 1.17, x + d * 6, y + r * 1.52, c.land, 1.4)
    rounded(p, QRectF(x - 9, y + r * 1.50, 18, 14), 3, mix(c.land, c.warm, 0.14))
    dot(p, x, y + r * 1.27, 3, c.light)

"""The few strokes, fills and lettering that every drawn part shares."""

from __future__ import annotations

import math
import random
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPixmapCache,
    QRadialGradient,
    QTextLayout,
    QTextOption,
)

from storytime.ui.theme import Day, colour

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Paint = QColor | QBrush | QLinearGradient | QRadialGradient | str
    Stops = Iterable[tuple[float, QColor] | tuple[float, str] | tuple[float, QColor | str]]

Gradient = TypeVar("Gradient", QLinearGradient, QRadialGradient)

SMOOTH = (
    QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing | QPainter.RenderHint.SmoothPixmapTransform
)
STRETCH = 4
"""Logical pixels in the middle of a shadow's picture that are stretched to its sheet's size."""


def brush(paint: Paint) -> QBrush:
    """Return whatever fills, as a brush."""
    return QBrush(QColor(paint)) if isinstance(paint, str) else QBrush(paint)


def pen(paint: Paint, width: float = 1.0, *, flat: bool = False) -> QPen:
    """Return a pen with round ends and joins, or with flat ends."""
    cap = Qt.PenCapStyle.FlatCap if flat else Qt.PenCapStyle.RoundCap
    return QPen(brush(paint), width, Qt.PenStyle.SolidLine, cap, Qt.PenJoinStyle.RoundJoin)


def fill(p: QPainter, shape: QPainterPath | QRectF, paint: Paint) -> None:
    """Fill a path or a rectangle, without an edge."""
    if isinstance(shape, QRectF):
        p.fillRect(shape, brush(paint))
        return
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(brush(paint))
    p.drawPath(shape)


def dot(p: QPainter, x: float, y: float, radius: float, paint: Paint, flat: float = 1.0) -> None:
    """Fill a disc, or an ellipse `flat` times as high as wide."""
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(brush(paint))
    p.drawEllipse(QPointF(x, y), radius, radius * flat)


def ring(p: QPainter, x: float, y: float, radius: float, paint: Paint, width: float = 1.0) -> None:
    """Draw a circle's edge."""
    p.setPen(pen(paint, width))
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.drawEllipse(QPointF(x, y), radius, radius)


def stroke(p: QPainter, path: QPainterPath, paint: Paint, width: float = 1.0) -> None:
    """Draw along a path."""
    p.setPen(pen(paint, width))
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.drawPath(path)


def line(
    p: QPainter, x1: float, y1: float, x2: float, y2: float, paint: Paint, width: float = 1.0,
    dash: Sequence[float] | None = None,
) -> None:
    """Draw a straight line with flat ends."""
    made = pen(paint, width, flat=True)
    if dash:
        made.setDashPattern(list(dash))
    p.setPen(made)
    p.drawLine(QPointF(x1, y1), QPointF(x2, y2))


def rounded(
    p: QPainter, rect: QRectF, radius: float, paint: Paint | None = None, edge: Paint | None = None, width: float = 1.0
) -> None:
    """Draw a rounded rectangle whose edge stays inside `rect`."""
    p.setBrush(brush(paint) if paint is not None else QBrush(Qt.BrushStyle.NoBrush))
    if edge is None:
        p.setPen(Qt.PenStyle.NoPen)
    else:
        p.setPen(pen(edge, width))
        rect = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    radius = min(radius, rect.height() / 2, rect.width() / 2)
    p.drawRoundedRect(rect, radius, radius)


def rounded_path(rect: QRectF, radius: float) -> QPainterPath:
    """Return a rounded rectangle as a path, to clip with."""
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    return path


def soft_shadow(
    p: QPainter, rect: QRectF, radius: float, blur: float, drop: float, strength: float, tint: str = Day.SHADOW
) -> None:
    """Lay a shadow under `rect`, and keep its picture: every sheet of one make shares it, whatever its size.

    Its corners are drawn as they are and what is between them is stretched, for there all is alike.
    """
    device = p.device()
    ratio = device.devicePixelRatioF() if device is not None else 1.0
    air = math.ceil(blur + abs(drop)) + 1
    corner = air + math.ceil(radius + 0.35 * blur + abs(drop)) + 1
    wide, high = math.ceil(rect.width()), math.ceil(rect.height())
    stretched = min(wide, high) + 2 * air > 2 * corner + STRETCH
    if stretched:
        wide = high = 2 * (corner - air) + STRETCH
    key = f"shadow {wide} {high} {radius} {blur} {drop} {strength} {tint} {ratio}"
    made = QPixmap()
    if not QPixmapCache.find(key, made):
        made = QPixmap(math.ceil((wide + 2 * air) * ratio), math.ceil((high + 2 * air) * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHints(SMOOTH)
        _stack_shadow(painter, QRectF(air, air, wide, high), radius, blur, drop, strength, tint)
        painter.end()
        QPixmapCache.insert(key, made)
    if stretched:
        _lay_stretched(p, rect.adjusted(-air, -air, air, air), made, corner, ratio)
    else:
        p.drawPixmap(QPointF(rect.x() - air, rect.y() - air), made)


def _lay_stretched(p: QPainter, rect: QRectF, made: QPixmap, corner: int, ratio: float) -> None:
    """Draw a picture over `rect`, its corners (logical pixels) as they are; on whole pixels, so that no seam shows."""

    def cuts(begin: float, end: float, side: int) -> list[tuple[float, float, float, float]]:
        first, last = round(begin * ratio), round(end * ratio)
        mine = round(corner * ratio)
        there = [0, mine, side - mine, side]
        here = [one / ratio for one in (first, first + mine, last - mine, last)]
        return [(here[n], here[n + 1] - here[n], there[n], there[n + 1] - there[n]) for n in range(3)]

    # What is stretched is alike along the way, and what is not lies pixel on pixel: there is nothing to smooth.
    fine = QPainter.RenderHint.SmoothPixmapTransform
    smooth = p.testRenderHint(fine)
    p.setRenderHint(fine, False)
    for x, w, left, part_w in cuts(rect.left(), rect.right(), made.width()):
        for y, h, top, part_h in cuts(rect.top(), rect.bottom(), made.height()):
            p.drawPixmap(QRectF(x, y, w, h), made, QRectF(left, top, part_w, part_h))
    p.setRenderHint(fine, smooth)


def _stack_shadow(
    p: QPainter, rect: QRectF, radius: float, blur: float, drop: float, strength: float, tint: str
) -> None:
    """Stack rounded rectangles, the outermost faintest, so that no edge shows."""
    p.setPen(Qt.PenStyle.NoPen)
    steps = max(10, int(blur))
    for i in range(steps):
        t = i / (steps - 1)
        grow = blur * (1 - t) - blur * 0.35 * t
        p.setBrush(colour(tint, strength * 2.6 / steps * (0.04 + t**1.6)))
        corner = max(1.0, radius + grow)
        p.drawRoundedRect(rect.adjusted(-grow, -grow + drop, grow, grow + drop), corner, corner)


def picture(size: QSize, ratio: float, paint: Callable[[QPainter, QRectF], object]) -> QPixmap:
    """Return what `paint` draws on `size` logical pixels, to be kept instead of drawn again."""
    made = QPixmap(size * ratio)
    made.setDevicePixelRatio(ratio)
    p = QPainter(made)
    p.setRenderHints(SMOOTH)
    paint(p, QRectF(0, 0, size.width(), size.height()))
    p.end()
    return made


def down(top: float, bottom: float, stops: Stops) -> QLinearGradient:
    """Return a gradient from top to bottom."""
    return _stopped(QLinearGradient(0, top, 0, bottom), stops)


def across(left: float, right: float, stops: Stops) -> QLinearGradient:
    """Return a gradient from left to right."""
    return _stopped(QLinearGradient(left, 0, right, 0), stops)


def pool(x: float, y: float, radius: float, stops: Stops) -> QRadialGradient:
    """Return a gradient outwards from a point."""
    return _stopped(QRadialGradient(x, y, radius), stops)


def halo(p: QPainter, x: float, y: float, radius: float, stops: Stops) -> None:
    """Lay a pool of light."""
    dot(p, x, y, radius, pool(x, y, radius, stops))


def _stopped(gradient: Gradient, stops: Stops) -> Gradient:
    for at, shade in stops:
        gradient.setColorAt(at, QColor(shade))
    return gradient


def smooth(points: Sequence[tuple[float, float]], *, closed: bool = False) -> QPainterPath:
    """Return a Catmull-Rom curve through the points."""
    path, n = QPainterPath(QPointF(*points[0])), len(points)

    def at(i: int) -> tuple[float, float]:
        return points[i % n] if closed else points[max(0, min(n - 1, i))]

    for i in range(n if closed else n - 1):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = (at(i + k) for k in (-1, 0, 1, 2))
        path.cubicTo(bx + (cx - ax) / 6, by + (cy - ay) / 6, cx - (dx - bx) / 6, cy - (dy - by) / 6, cx, cy)
    if closed:
        path.closeSubpath()
    return path


def polygon(*points: tuple[float, float]) -> QPainterPath:
    """Return a closed path of straight lines."""
    path = QPainterPath(QPointF(*points[0]))
    for point in points[1:]:
        path.lineTo(*point)
    path.closeSubpath()
    return path


def write(
    p: QPainter, x: float, y: float, words: str, font: QFont, paint: QColor | str, align: str = "left",
    width: float | None = None,
) -> float:
    """Write one line with its baseline at `y`, shortened to `width`; return how wide it came out."""
    metrics = QFontMetricsF(font)
    if width is not None:
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
    wide = metrics.horizontalAdvance(words)
    p.setFont(font)
    p.setPen(QColor(paint))
    p.drawText(QPointF(x - {"left": 0.0, "centre": wide / 2, "right": wide}[align], y), words)
    return wide


def wrap(words: str, font: QFont, width: float, most: int | None = None) -> list[str]:
    """Return the lines of `words` in a measure of `width`; beyond `most` lines the last one is shortened."""
    layout, option = QTextLayout(words, font), QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    # Qt counts UTF-16 units, in which an emoji is two.
    units = words.encode("utf-16-le", "surrogatepass")
    lines: list[str] = []
    while (made := layout.createLine()).isValid():
        made.setLineWidth(width)
        start, end = 2 * made.textStart(), 2 * (made.textStart() + made.textLength())
        if most is not None and len(lines) == most - 1:
            rest = units[start:].decode("utf-16-le", "replace").strip()
            lines.append(QFontMetricsF(font).elidedText(rest, Qt.TextElideMode.ElideRight, width))
            break
        lines.append(units[start:end].decode("utf-16-le", "replace").rstrip())
    layout.endLayout()
    return lines


@cache
def grain(size: int, seed: int) -> QImage:
    """Return a grey noise tile, to be laid on faintly."""
    data = random.Random(seed).randbytes(size * size)
    return QImage(data, size, size, size, QImage.Format.Format_Grayscale8).copy()


def lay_grain(p: QPainter, rect: QRectF, tile: QImage, opacity: float, mode: QPainter.CompositionMode) -> None:
    """Lay a noise tile over `rect`."""
    p.save()
    p.setOpacity(opacity)
    p.setCompositionMode(mode)
    p.fillRect(rect, QBrush(tile))
    p.restore()

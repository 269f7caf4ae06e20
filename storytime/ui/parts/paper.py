"""The day room's ground: rag paper with a breath of grain, the shelf's ledges, and the little mark."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from storytime.ui.parts.ink import down, fill, grain, lay_grain
from storytime.ui.theme import Day, colour

_tiles: dict[tuple[str, float], QPixmap] = {}
TILE = 256


def _tile(base: str, ratio: float) -> QPixmap:
    """Return one seamless piece of paper: the grain is blended once, not at every paint."""
    key = (base, ratio)
    if key not in _tiles:
        made = QPixmap(TILE, TILE)
        made.fill(colour(base))
        p = QPainter(made)
        overlay = QPainter.CompositionMode.CompositionMode_Overlay
        lay_grain(p, QRectF(0, 0, TILE, TILE), grain(TILE, 3), 0.045, overlay)
        p.end()
        made.setDevicePixelRatio(ratio)
        _tiles[key] = made
    return _tiles[key]


def lay_paper(p: QPainter, rect: QRectF, base: str = Day.PAPER) -> None:
    """Cover `rect` with paper, its grain fixed to the origin so that neighbours meet without a seam."""
    ratio = p.device().devicePixelRatioF()
    tile = _tile(base, ratio)
    step = TILE / ratio
    p.drawTiledPixmap(rect, tile, QPointF(rect.left() % step, rect.top() % step))


def ledge(p: QPainter, left: float, right: float, y: float) -> None:
    """Draw the board that books stand on, its top edge at `y`."""
    fill(p, QRectF(left, y, right - left, 5), down(y, y + 5, [(0, "#D9CFBC"), (1, "#C5B9A2")]))
    shade = [(0, colour("#6B5A3C", 0.20)), (1, colour("#6B5A3C", 0))]
    fill(p, QRectF(left, y + 5, right - left, 9), down(y + 5, y + 14, shade))


def paint_mark(p: QPainter, x: float, y: float, size: float) -> None:
    """Draw the mark, a flame in an open book, around (x, y)."""
    tall, w, foot = size * 0.62, size * 0.34, y + size * 0.06
    flame = QPainterPath(QPointF(x, foot))
    flame.cubicTo(x - w * 0.42, foot - tall * 0.02, x - w * 0.60, foot - tall * 0.22, x - w * 0.46, foot - tall * 0.44)
    flame.cubicTo(x - w * 0.34, foot - tall * 0.64, x - w * 0.06, foot - tall * 0.80, x, foot - tall)
    flame.cubicTo(x + w * 0.10, foot - tall * 0.78, x + w * 0.40, foot - tall * 0.62, x + w * 0.48, foot - tall * 0.42)
    flame.cubicTo(x + w * 0.58, foot - tall * 0.20, x + w * 0.40, foot - tall * 0.02, x, foot)
    fill(p, flame, Day.CLAY)
    for d in (-1, 1):
        page = QPainterPath(QPointF(x, y + size * 0.42))
        page.cubicTo(x + d * size * 0.12, y + size * 0.22, x + d * size * 0.32, y + size * 0.16, x + d * size * 0.50,
                     y + size * 0.20)
        page.lineTo(x + d * size * 0.50, y + size * 0.02)
        page.cubicTo(x + d * size * 0.34, y - size * 0.02, x + d * size * 0.16, y + size * 0.04, x, y + size * 0.22)
        page.closeSubpath()
        fill(p, page, Day.INK)


class Paper(QWidget):
    """A page of paper to put things on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the paper."""
        lay_paper(QPainter(self), QRectF(event.rect()))

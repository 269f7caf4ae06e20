"""A book as it stands on a shelf: cut, not moulded; thick where the story is long; a ribbon where one is under way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt

from storytime.ui.parts.cover.recipe import RATIO, recipe_of
from storytime.ui.parts.digest import digest
from storytime.ui.parts.ink import across, down, fill, polygon, rounded, rounded_path, soft_shadow
from storytime.ui.theme import Day, Space, colour

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QPixmap

MINUTES_A_LEAF = 1.6
CREASE = ((0, "#FFFFFF", 0.16), (0.35, "#FFFFFF", 0.02), (0.62, "#000000", 0.30), (0.78, "#000000", 0.06),
          (1, "#000000", 0.0))


@dataclass(frozen=True, slots=True)
class Cut:
    """How one book was cut: no two on a shelf are quite the same."""

    width: int
    height: int
    leaves: int


def cut(title: str, minutes: float, width: int) -> Cut:
    """Return a book's own size in a place `width` wide: by its title, up to 5.5 % lower and 6 px off in width."""
    h = digest(title.strip().casefold())
    leaves = max(2, min(9, round(minutes / MINUTES_A_LEAF)))
    own = round(width - 8 + 6 * (h[20] / 127.5 - 1))
    return Cut(own, round(width * RATIO * (1 - 0.055 * h[21] / 255)), leaves)


def paint_book(
    p: QPainter, rect: QRectF, cover: QPixmap | None, title: str, leaves: int, *, ribbon: bool = False
) -> None:
    """Paint a standing book whose cover is `rect`; the leaves stand out at its right. Without a cover yet, its sky."""
    x, y, w, h = rect.x(), rect.y(), rect.width(), rect.height()
    soft_shadow(p, QRectF(x + 2, y + 6, w + leaves, h - 6), 3, 10, 4, 0.30)
    for i in range(leaves, 0, -1):
        leaf = QRectF(x + w - 2 + i, y + 2 + i * 0.35, 1.4, h - 3 - i * 0.35)
        fill(p, leaf, "#F4EEDF" if i % 2 else "#D2C7AF")
    p.save()
    p.setClipPath(rounded_path(rect, Space.BOOK), Qt.ClipOperation.IntersectClip)
    if cover is not None:
        p.drawPixmap(rect, cover, QRectF(cover.rect()))
    else:
        c = recipe_of(title).palette
        stops = [(0, c.sky), (0.55, c.horizon), (0.62, c.warm), (0.66, c.land), (1, c.land)]
        fill(p, rect, down(y, y + h, stops))
    fill(p, QRectF(x, y, 10, h), across(x, x + 10, [(at, colour(tint, a)) for at, tint, a in CREASE]))
    p.restore()
    rounded(p, rect, Space.BOOK, None, colour("#FFFFFF", 0.10), 1)
    if ribbon:
        left, top, right = x + w - 17, y - 3, x + w - 6
        tails = polygon((left, top), (right, top), (right, top + 37), (left + 5.5, top + 31), (left, top + 37))
        fill(p, tails, Day.CLAY)

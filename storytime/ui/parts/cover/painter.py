"""Paint a cover: sky, moon, three ridges, the subject, grasses and print grain, then the lettering."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from storytime.ui.parts.cover import animals, places
from storytime.ui.parts.cover.recipe import Recipe, recipe_of
from storytime.ui.parts.cover.scene import H, Scene, W
from storytime.ui.parts.cover.title import letter, stand
from storytime.ui.parts.ink import dot, down, fill, grain, lay_grain, line, pool, stroke
from storytime.ui.parts.landscape import Ridge, fir, moon, stars
from storytime.ui.theme import colour, mix

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QColor

SUBJECTS: dict[str, Callable[[Scene], None]] = {
    "lighthouse": places.lighthouse, "boat": places.boat, "fox": animals.fox, "snow": places.snow,
    "owl": animals.owl, "train": places.train, "bear": animals.bear, "firs": places.firs,
    "village": places.village, "house": places.house, "tree": places.tree, "balloon": places.balloon,
}
AT_SEA = ("boat", "lighthouse")
RIDGES = ((-4.0, 20.0, 0.30), (26.0, 17.0, 0.52), (58.0, 15.0, 0.80))
"""Each ridge's y from the horizon, its height, and its tone from horizon (0) to land (1)."""


def paint_cover(painter: QPainter, rect: QRectF, title: str, author: str = "", *, lettering: bool = True) -> None:
    """Paint the cover of `title` into `rect` (best at 300:430); the same title gives the same picture."""
    recipe = recipe_of(title)
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / W, rect.height() / H)
    _Cover(painter, recipe, title).paint()
    if lettering:
        letter(painter, title, author, recipe.palette, W, H)
    painter.restore()


class _Cover:
    """One picture under way: what one step leaves for the next."""

    def __init__(self, p: QPainter, recipe: Recipe, title: str) -> None:
        self.p, self.recipe, self.colours = p, recipe, recipe.palette
        self.rnd = random.Random(recipe.seed)
        self.horizon = H * recipe.horizon
        self.sea, self.snow = recipe.subject in AT_SEA, recipe.subject == "snow"
        self.title_foot = stand(title).foot

    def paint(self) -> None:
        """Paint everything but the lettering."""
        self._sky()
        road = self._moon()
        near = self._sea(road) if self.recipe.subject == "boat" else self._land(road)
        scene = Scene(self.p, self.rnd, self.colours, self.recipe.side, self.horizon, near)
        SUBJECTS[self.recipe.subject](scene)
        if self.snow:
            self._flakes()
        elif not self.sea and self.recipe.subject != "train":
            self._grasses()
        clear = colour("#000000", 0)
        vignette = pool(W / 2, H * 0.52, H * 0.68, [(0, clear), (0.7, clear), (1, colour("#05040A", 0.34))])
        fill(self.p, QRectF(0, 0, W, H), vignette)
        soft = QPainter.CompositionMode.CompositionMode_SoftLight
        lay_grain(self.p, QRectF(0, 0, W, H), grain(220, 11), 0.16, soft)

    def _sky(self) -> None:
        c, hz = self.colours, self.horizon
        tops: list[tuple[float, QColor | str]] = [
            (0, c.sky), (0.48, mix(c.sky, c.horizon, 0.42)), (0.82, c.horizon), (1, mix(c.horizon, c.warm, 0.85)),
        ]
        fill(self.p, QRectF(0, 0, W, H), down(0, hz + 14, tops))
        stars(self.p, self.rnd, QRectF(0, 0, W, hz * 0.86), self.recipe.stars, c.light)

    def _moon(self) -> float:
        """Hang the moon across from the subject and below the title; return its x."""
        r, rnd = self.recipe, self.rnd
        x, radius = W * (0.5 - r.side * rnd.uniform(0.20, 0.29)), rnd.uniform(19, 26)
        y = max(self.horizon * rnd.uniform(0.64, 0.72), self.title_foot + radius * 1.45)
        own = {"boat": 0.27, "balloon": 0.28, "owl": -0.30}
        if r.subject in own:
            x = W * (0.5 + own[r.subject] * r.side)
        moon(self.p, x, y, radius, r.phase, self.colours.light, mix(self.colours.sky, self.colours.horizon, 0.5))
        cloud = mix(self.colours.horizon, self.colours.warm, 0.6)
        cloud.setAlphaF(0.20)
        self.p.setPen(Qt.PenStyle.NoPen)
        for _ in range(3):
            top, left, long = self.horizon * rnd.uniform(0.66, 0.95), rnd.uniform(-60, W * 0.7), rnd.uniform(110, 220)
            for j in range(2):
                self.p.setBrush(cloud)
                self.p.drawRoundedRect(QRectF(left + j * 26, top + j * 5, long * (1 - 0.3 * j), 5 - j), 3, 3)
        return x

    def _land(self, road: float) -> Callable[[float], float]:
        for i, (away, height, share) in enumerate(RIDGES):
            high = 9.0 if self.sea and i == 2 else height
            ridge = Ridge.drawn(self.rnd, self.horizon + away, high, W, self.recipe.rough)
            if self.sea and i == 1:
                self._water(road)
            elif not (self.sea and i == 0):
                self._ridge(ridge, i, share)
            if i == 1 and not self.sea:
                self._mist()
        return ridge

    def _ridge(self, ridge: Ridge, i: int, share: float) -> None:
        c, rnd = self.colours, self.rnd
        tone = self._snowy(i) if self.snow else mix(mix(c.horizon, c.warm, 0.12), c.land, share)
        foot = mix(tone, c.land, 0.30 if self.snow else 0.35)
        lit = down(ridge(W / 2) - 30, H, [(0, mix(tone, c.warm, 0.10)), (0.5, tone), (1, foot)])
        fill(self.p, ridge.path(H), lit)
        if i == 2 or self.snow or self.sea:
            return
        hem = mix(tone, c.land, 0.35)
        for _ in range(16):
            x = rnd.uniform(0, W)
            fir(self.p, rnd, x, ridge(x) + 2, rnd.uniform(7, 13) * (1 + i * 0.5), hem)

    def _snowy(self, i: int) -> QColor:
        return mix(mix("#EDF1F4", self.colours.horizon, 0.42), self.colours.sky, (0.42, 0.26, 0.06)[i])

    def _mist(self) -> None:
        c, top = self.colours, self.horizon + 6
        thick = mix(c.horizon, c.warm, 0.5)
        thick.setAlphaF(0.20)
        clear = colour(c.warm, 0)
        fill(self.p, QRectF(0, top, W, 64), down(top, top + 64, [(0, clear), (0.6, thick), (1, clear)]))

    def _water(self, road: float) -> None:
        """Lay a flat sea with the moon's road on it, of 26 strokes."""
        c, top, rnd = self.colours, self.horizon + 8, self.rnd
        deep = mix(c.horizon, c.land, 0.35)
        depths = [(0, mix(c.horizon, c.warm, 0.25)), (0.25, deep), (1, colour(c.land))]
        fill(self.p, QRectF(0, top, W, H), down(top, H, depths))
        for j in range(26):
            y, wide = top + 4 + j * 5.2, (6 + j * 1.9) * (0.6 + 0.8 * rnd.random())
            shade = colour(c.light, 0.52 - j * 0.018)
            line(self.p, road - wide / 2 + rnd.uniform(-5, 5), y, road + wide / 2, y, shade, 1.7)

    def _sea(self, road: float) -> Callable[[float], float]:
        c, hz = self.colours, self.horizon
        self._ridge(Ridge.drawn(self.rnd, hz - 4, 20, W, self.recipe.rough), 0, RIDGES[0][2])
        self._water(road)
        head = Ridge.drawn(self.rnd, hz + 4, 16, W, self.recipe.rough)
        cape = QPainterPath(QPointF(-4, hz + 12))
        for x in range(-4, int(W) + 8, 4):
            out = x / W if self.recipe.side < 0 else 1 - x / W
            cape.lineTo(x, hz + 12 - max(0.0, (hz + 12 - head(x)) * max(0.0, 1 - out * 1.9)) * 1.4)
        cape.lineTo(W + 4, hz + 12)
        fill(self.p, cape, mix(c.horizon, c.land, 0.55))
        return lambda _x: hz + 26

    def _flakes(self) -> None:
        rnd = self.rnd
        for _ in range(70):
            x, y, size = rnd.random() * W, rnd.random() * H, rnd.uniform(0.7, 2.2)
            dot(self.p, x, y, size, colour("#FFFFFF", rnd.uniform(0.25, 0.8)))

    def _grasses(self) -> None:
        rnd, shade = self.rnd, mix(self.colours.land, "#000000", 0.25)
        for _ in range(46):
            x, foot = rnd.random() * W, H + 4
            blade = QPainterPath(QPointF(x, foot))
            blade.quadTo(x + rnd.uniform(-3, 3), foot - 16, x + rnd.uniform(-12, 12), foot - rnd.uniform(16, 40))
            stroke(self.p, blade, shade, rnd.uniform(1.0, 2.0))

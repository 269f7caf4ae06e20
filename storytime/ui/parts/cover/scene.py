"""What a subject needs to know of the picture it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storytime.ui.theme import mix

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from PySide6.QtGui import QColor, QPainter

    from storytime.ui.parts.cover.recipe import Palette

W, H = 300.0, 430.0
"""A cover's units."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A landscape that waits for its subject."""

    p: QPainter
    rnd: Random
    colours: Palette
    side: int
    horizon: float
    near: Callable[[float], float]
    """The y of the near ridge at an x."""

    @property
    def x(self) -> float:
        """Where the subject stands: off centre by 17 %."""
        return W * (0.5 + self.side * 0.17)

    def tone(self, share: float) -> QColor:
        """Return the land, `share` of the way to the horizon."""
        return mix(self.colours.land, self.colours.horizon, share)

"""Painted covers: a small night landscape for every title, always the same for the same title."""

from storytime.ui.parts.cover.keeper import CoverKeeper
from storytime.ui.parts.cover.painter import paint_cover

__all__ = ["CoverKeeper", "paint_cover"]

"""Turns a picture of the day into firelight: its brightness laid on a ramp from black to ember, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from storytime.ui.parts.light import WEIGHTS, linear_of
from storytime.ui.theme import Night

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CURVE = 0.90
"""Power of the luminance: a little over the day's, so that the dark parts of a cover stay readable."""
_WARMTH = (0.75, 0.25)
"""How much of the tint holds in the dark, and how much is added towards the light."""


def _encoded(linear: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * np.maximum(linear, 1e-9) ** (1 / 2.4) - 0.055)


def firelight(image: QImage, peak: float, mean: float = 1.0) -> QImage:
    """Return `image` as firelight: no pixel over `peak` of relative luminance, and no more than `mean` of it in all.

    The grain that hides the steps of the dark is the same each time, so the same picture stays the same.
    """
    import numpy as np

    weights = np.array(WEIGHTS)
    tint = np.array(Night.TINT) / (np.array(Night.TINT) @ weights)
    grey = linear_of(image) @ weights
    grey = np.clip(grey / max(1e-4, float(np.percentile(grey, 99.6))), 0, 1) ** _CURVE
    strength = peak * grey * (_WARMTH[0] + _WARMTH[1] * grey)
    strength *= min(1.0, mean / max(1e-9, float(strength.mean())))
    height, width = grey.shape
    noise = np.random.default_rng(5).random((height, width, 1))
    pixels = np.zeros((height, width, 4), np.uint8)
    pixels[..., 3] = 255
    pixels[..., 2::-1] = np.floor(np.clip(_encoded(strength[..., None] * tint) * 255 + noise - 0.2, 0, 255))
    made = QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGB32).copy()
    made.setDevicePixelRatio(image.devicePixelRatio())
    return made

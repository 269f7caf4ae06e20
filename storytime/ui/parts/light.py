"""Measures the light of a rendered frame, as the promises of the night give it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHTS = (0.2126, 0.7152, 0.0722)
"""How much of the relative luminance is red, green and blue (WCAG 2.2)."""


@dataclass(frozen=True, slots=True)
class Light:
    """Relative luminance of a frame in linear sRGB; each is a fraction, 0 black and 1 white."""

    mean: float
    max: float
    blue: float
    """The mean of the blue channel alone."""

    def within(self, ceiling: Light) -> bool:
        """Whether nothing is over the ceiling."""
        return self.mean <= ceiling.mean and self.max <= ceiling.max and self.blue <= ceiling.blue


NIGHT = Light(0.005, 0.25, 0.001)
"""The most that the candle, the chooser, the gate and the goodnight may give."""
READING = Light(0.01, 0.25, 0.001)
"""The most that dim words to read aloud from may give."""
DARK = Light(0.0, 0.0, 0.0)
"""Telling in black, and the seal."""


@cache
def _linear_of_byte() -> NDArray[np.float64]:
    import numpy as np

    value = np.arange(256) / 255.0
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def bytes_of(image: QImage) -> NDArray[np.uint8]:
    """Return the pixels as an array of height × width × 3 (red, green, blue)."""
    import numpy as np

    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : plain.width() * 3].reshape(plain.height(), plain.width(), 3).copy()


def linear_of(image: QImage) -> NDArray[np.float64]:
    """Return the pixels in linear light, 0 to 1, as an array of height × width × 3."""
    return _linear_of_byte()[bytes_of(image)]


def measure(image: QImage) -> Light:
    """Return the light of the frame; an empty image gives none."""
    import numpy as np

    if image.isNull():
        return DARK
    table, pixels = _linear_of_byte(), bytes_of(image)
    luminance = sum(weight * table[pixels[..., i]] for i, weight in enumerate(WEIGHTS))
    assert isinstance(luminance, np.ndarray)
    return Light(float(luminance.mean()), float(luminance.max()), float(table[pixels[..., 2]].mean()))

"""Makes pools of candlelight on black: added as light adds (linear), and dithered so that the dark shows no rings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from storytime.ui.theme import Night

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtCore import QRectF

_EDGE = 3.0  # in reaches: here a pool has faded to nothing
_FINE = 4096  # steps of the table from light to byte
_FULL = 0.16  # the most linear light the table knows; a pool is never near it


@dataclass(frozen=True, slots=True)
class Pool:
    """One pool of light, in logical pixels: `strength` at its middle, fading as 1 ÷ (1 + d²)², d in reaches."""

    x: float
    y: float
    reach_x: float
    reach_y: float
    strength: float


@cache
def _thresholds() -> NDArray[np.uint16]:
    """Return an 8 × 8 ordered pattern, 0 to 255: a level in 8.8 fixed point plus this, cut to whole, is dithered."""
    import numpy as np

    pattern = np.zeros((1, 1))
    for _ in range(3):
        pattern = np.block([[4 * pattern, 4 * pattern + 2], [4 * pattern + 3, 4 * pattern + 1]])
    return (pattern * 4 + 2).astype(np.uint16)


@cache
def _levels() -> tuple[NDArray[np.uint16], ...]:
    """Return, for blue, green and red, the byte in 8.8 fixed point for each step of light under the candle's tint."""
    import numpy as np

    light = np.arange(_FINE) / (_FINE - 1)
    light = light * light * _FULL  # finer where it is dark, and where the eye sees steps
    tables = []
    for tint in reversed(Night.TINT):
        linear = light * tint
        encoded = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
        tables.append(np.minimum(encoded * 255 * 256, 254 * 256).astype(np.uint16))
    return tuple(tables)


def _field(left: float, top: float, columns: int, rows: int, step: float, pools: tuple[Pool, ...]
           ) -> NDArray[np.float32]:
    """Add the pools on a grid of one point each `step` logical pixels."""
    import numpy as np

    field = np.zeros((rows, columns), np.float32)
    xs = (left + (np.arange(columns, dtype=np.float32) + 0.5) * step)
    ys = (top + (np.arange(rows, dtype=np.float32) + 0.5) * step)
    for pool in pools:
        dx, dy = ((xs - pool.x) / pool.reach_x) ** 2, ((ys - pool.y) / pool.reach_y) ** 2
        across, down = np.flatnonzero(dx < _EDGE ** 2), np.flatnonzero(dy < _EDGE ** 2)
        if not (across.size and down.size):
            continue
        box = np.s_[down[0]:down[-1] + 1, across[0]:across[-1] + 1]
        away = dy[box[0], None] + dx[None, box[1]]
        fade = np.maximum(1 - away / _EDGE ** 2, 0)
        fade /= 1 + away
        field[box] += pool.strength * fade * fade
    return field


def glow_image(area: QRectF, dpr: float, pools: tuple[Pool, ...]) -> QImage:
    """Return the light of `pools` over `area` (logical pixels) as an opaque image of that device pixel ratio.

    The light is reckoned on every second pixel, which nobody can see, and dithered on each.
    """
    import numpy as np

    width, height = max(1, round(area.width() * dpr)), max(1, round(area.height() * dpr))
    columns, rows = (width + 1) // 2, (height + 1) // 2
    field = _field(area.left(), area.top(), columns, rows, 2 / dpr, pools)
    steps = (np.sqrt(np.minimum(field, _FULL) / _FULL) * (_FINE - 1)).astype(np.uint16)
    pattern = np.tile(_thresholds(), (rows // 4 + 1, columns // 4 + 1))
    pixels = np.zeros((rows * 2, columns * 2, 4), np.uint8)
    pixels[..., 3] = 255
    for channel, table in enumerate(_levels()):
        level = table[steps]
        for down in (0, 1):
            for across in (0, 1):
                threshold = pattern[down:rows * 2:2, across:columns * 2:2]
                dithered = (level + threshold) >> 8
                pixels[down::2, across::2, channel] = np.where(level, dithered, 0)
    image = QImage(pixels.data, width, height, columns * 8, QImage.Format.Format_RGB32).copy()
    image.setDevicePixelRatio(dpr)
    return image

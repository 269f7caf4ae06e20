"""What a block of sound says of itself: its peak, its power, and how much of it hit the ceiling."""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING

import numpy as np

from storytime.core.ports import Level

if TYPE_CHECKING:
    from numpy.typing import NDArray

NOTHING = -120.0
"""dBFS that stand for silence."""
CEILING = 32_767 / 32_768
"""What a 16-bit converter gives at full scale; those of more bits give a little more."""


def level_of(samples: NDArray[np.float32], safe: float, seconds: float) -> Level:
    """Return the level of mono samples of -1 to 1, at least one; `safe` and `seconds` are of the recording."""
    size = np.abs(samples)
    power = float(np.mean(np.square(samples, dtype=np.float64)))
    clipped = int(np.count_nonzero(size >= CEILING))
    return Level(decibels(float(size.max())), decibels(power**0.5), clipped, safe, seconds)


def decibels(size: float) -> float:
    """Return an amplitude of 0 to 1 in dBFS."""
    return max(NOTHING, 20 * log10(size)) if size > 0 else NOTHING

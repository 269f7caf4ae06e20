"""Bring a sound to the speaker's rate: band-limited, by one matrix of filter phases."""

from __future__ import annotations

from functools import lru_cache
from math import gcd
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

REACH = 16
"""Samples of the sound on either side that each new sample is made of."""
LARGEST = 4096
"""Frames in one row of the matrix; two rates that have less in common are joined by straight lines instead."""
FEWEST = 256


def resampled(samples: NDArray[np.int16], rate: int, wanted: int) -> NDArray[np.int16]:
    """Return one channel of 16-bit samples at `wanted` Hz, as long in seconds as before."""
    if rate == wanted or not len(samples):
        return samples
    frames = round(len(samples) * wanted / rate)
    common = gcd(rate, wanted)
    step, width = rate // common, wanted // common
    if width > LARGEST:
        places = np.arange(frames) * (rate / wanted)
        return _rounded(np.interp(places, np.arange(len(samples)), samples))
    times = max(1, FEWEST // width)
    step, width = step * times, width * times
    rows = -(-frames // width)
    padded = np.zeros((rows - 1) * step + step + 2 * REACH, np.float32)
    known = min(len(samples), len(padded) - REACH)
    padded[REACH : REACH + known] = samples[:known]
    windows = np.lib.stride_tricks.sliding_window_view(padded, step + 2 * REACH)[::step]
    made = (windows @ _phases(step, width)).reshape(-1)[:frames]
    return _rounded(made)


def _rounded(samples: NDArray[np.floating]) -> NDArray[np.int16]:
    rounded: NDArray[np.int16] = np.rint(np.clip(samples, -32768, 32767)).astype(np.int16)
    return rounded


@lru_cache(maxsize=4)
def _phases(step: int, width: int) -> NDArray[np.float32]:
    """Return the matrix that makes `width` new samples of `step` old ones and `REACH` more on either side."""
    at = REACH + np.arange(width) * (step / width)
    away = np.arange(step + 2 * REACH)[:, None] - at[None, :]
    # Downwards the band must end below the new half rate.
    band = min(1.0, width / step)
    window = np.where(np.abs(away) < REACH, np.cos(np.pi * away / (2 * REACH)) ** 2, 0.0)
    matrix = band * np.sinc(band * away) * window
    level: NDArray[np.float32] = (matrix / matrix.sum(axis=0)).astype(np.float32)
    return level

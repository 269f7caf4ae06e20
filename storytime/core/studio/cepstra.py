"""What the sounds of a recording are like, whoever makes them: its cepstra on the mel scale (MFCC), in numpy alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from storytime.core.studio.speech import STEP, find_speech, runs

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float32]
    Numbers = NDArray[np.int64]

WINDOW = 0.025
"""Seconds of sound behind each cepstrum; they follow each other by `STEP`."""
BANDS, COEFFICIENTS = 26, 13
LOWEST, HIGHEST = 80.0, 7000.0
"""Hz between which voices are compared."""
REST = 10
"""Steps that are left of each rest: enough to be recognised, too few to draw a word into it."""
RANGE = 8.0
"""Natural logarithms of power below the loud parts of a band: softer is the room, or a machine's digital silence."""


def cepstra(samples: Floats, rate: int) -> tuple[Floats, Numbers]:
    """Return a row for each step (`speech.STEP`) that is no long rest, and the numbers of those steps.

    A row is the cepstrum and its slope, brought to one mean and one spread over the recording (one channel, -1 to 1).
    There is no row where nobody speaks.
    """
    speech = find_speech(samples, rate)
    kept = _spoken(speech.speaks)
    if not len(kept):
        return np.zeros((0, 2 * COEFFICIENTS), np.float32), kept
    size, spectrum = round(WINDOW * rate), 1 << (round(WINDOW * rate) - 1).bit_length()
    # The window stands in the midst of its step.
    longer = np.pad(np.diff(samples, prepend=samples[:1]), (size // 2, size + spectrum))
    starts = np.rint((kept + 0.5) * STEP * rate).astype(np.int64)
    windows = longer[starts[:, None] + np.arange(size)] * np.hanning(size).astype(np.float32)
    power = np.abs(np.fft.rfft(windows, spectrum)) ** 2
    logs = np.log(power.astype(np.float32) @ _bands(spectrum, rate) + 1e-10)
    logs = np.maximum(logs, np.percentile(logs, 95, axis=0) - RANGE)
    rows = logs @ _cosines()
    rows = (rows - rows.mean(axis=0)) / (rows.std(axis=0) + 1e-6)
    slopes = np.gradient(rows, axis=0) if len(rows) > 1 else np.zeros_like(rows)
    return np.hstack([rows, slopes]).astype(np.float32), kept


def _spoken(speaks: NDArray[np.bool_]) -> Numbers:
    """Return the steps of speech, with a little of each rest between; what is before and after it is left out."""
    kept = speaks.copy()
    for _begin, end in runs(speaks)[:-1]:
        kept[end : end + REST] = True
    return np.flatnonzero(kept)


def _bands(size: int, rate: int) -> Floats:
    """Return the triangles of the mel scale over a spectrum, a column each."""
    edges = np.linspace(_mel(LOWEST), _mel(min(HIGHEST, rate / 2)), BANDS + 2)
    mels = _mel(np.fft.rfftfreq(size, 1 / rate))[:, None]
    low, middle, high = edges[:-2], edges[1:-1], edges[2:]
    triangles = np.minimum((mels - low) / (middle - low), (high - mels) / (high - middle))
    return np.maximum(0.0, triangles).astype(np.float32)


def _mel(hertz: ArrayLike) -> NDArray[np.float64]:
    mels: NDArray[np.float64] = 1127.0 * np.log1p(np.asarray(hertz, np.float64) / 700.0)
    return mels


def _cosines() -> Floats:
    angles = np.pi * (np.arange(BANDS)[:, None] + 0.5) * np.arange(COEFFICIENTS) / BANDS
    return np.cos(angles).astype(np.float32)

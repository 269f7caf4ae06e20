"""When each word of a recorded take is heard: the take laid on a machine's rendering of the same words.

Dynamic time warping of cepstra: a voice differs from another in its timbre and pace, but hardly in which sounds
follow which. That the words are others is not found out so, only that there are far too many or too few of them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from storytime.core.studio.cepstra import cepstra
from storytime.core.studio.speech import STEP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from storytime.core.ports import Word

    Floats = NDArray[np.float32]
    Numbers = NDArray[np.int64]

LONGEST = 90.0
"""Seconds; hardly a line of a story is so long, and work and memory (then 80 MB) grow with the square."""
BAND, BAND_SHARE = 2.5, 0.12
"""Seconds, and share of the take, by which it may be ahead of an even pace or behind."""
LEAST_PACE, MOST_PACE = 0.3, 4.0
"""Seconds of the take's speech for one of the machine's: beyond, it is not the same text."""
STILL, LEAP = 20, 25
"""Steps of the machine's speech on one moment of the take, and of the take on one of it: neither is a reading."""
MOST_ASTRAY = 0.2
"""Share of either that may be such; of a good reading it is nothing."""
SNAP = 18
"""Steps before the end of a rest, what is left of it among them, from which on a word begins after it."""


def word_times(
    take: Floats, take_rate: int, guide: Floats, guide_rate: int, words: Sequence[Word]
) -> tuple[Word, ...]:
    """Return the words of the guide at the seconds at which they are heard in the take.

    Both are one channel (-1 to 1); `words` are the guide's. Times never go back, and lie within the take. Nothing is
    returned where either has no speech, or where the one cannot be a reading of the other.
    """
    longest = max(len(take) / take_rate, len(guide) / guide_rate)
    if not words or longest > LONGEST:
        return ()
    (said, heard), (asked, kept) = (cepstra(guide, guide_rate), cepstra(take, take_rate))
    if not len(said) or not len(asked) or not LEAST_PACE <= len(asked) / len(said) <= MOST_PACE:
        return ()
    path = _warped(said, asked)
    if _senseless(path, len(asked)):
        return ()
    at = np.searchsorted(heard, [round(word.at / STEP) for word in words]).clip(0, len(heard) - 1)
    steps = np.maximum.accumulate(_after_rests(path[at], kept))
    return tuple(replace(word, at=round(float(kept[step]) * STEP, 3)) for word, step in zip(words, steps, strict=True))


def _warped(said: Floats, asked: Floats) -> Numbers:
    """Return for each row of `said` the row of `asked` at which it is first heard, on the cheapest path."""
    rows, columns = len(said), len(asked)
    reach = round(max(BAND / STEP, BAND_SHARE * columns))
    width = min(columns, 2 * reach + 1)
    low = np.rint(np.arange(rows) * ((columns - 1) / max(1, rows - 1))).astype(np.int64) - reach
    low = low.clip(0, columns - width)
    squares = np.einsum("ij,ij->i", asked, asked)
    costs = np.full((rows, width), np.inf, np.float32)
    for row in range(rows):
        begin = low[row]
        near = slice(begin, begin + width)
        alone = np.sqrt(np.maximum(squares[near] - 2 * (asked[near] @ said[row]) + said[row] @ said[row], 0.0))
        spent = np.cumsum(alone)
        if not row:
            costs[0] = spent
            continue
        shift = begin - low[row - 1]
        before = np.full(width + 1, np.inf, np.float32)
        # Above each cell, and left of that: the whole row before, moved along with the band.
        before[: width - shift + 1] = np.concatenate([[np.inf], costs[row - 1]])[shift:][: width - shift + 1]
        entered = np.minimum(before[:-1], before[1:])
        costs[row] = spent + np.minimum.accumulate(entered - (spent - alone))
    return _traced(costs, low)


def _traced(costs: Floats, low: Numbers) -> Numbers:
    """Return the path back from the last cell of the last row."""
    row, column = len(costs) - 1, costs.shape[1] - 1
    path = np.zeros(len(costs), np.int64)
    while True:
        if not row:
            # The first sound of the one is the first of the other.
            return path
        path[row] = low[row] + column
        above = column + low[row] - low[row - 1]
        width = costs.shape[1]
        up = costs[row - 1, above] if above < width else np.inf
        across = costs[row - 1, above - 1] if 0 < above <= width else np.inf
        left = costs[row, column - 1] if column else np.inf
        if left < min(up, across):
            column -= 1
        else:
            row, column = row - 1, (above if up < across else above - 1)


def _senseless(path: Numbers, columns: int) -> bool:
    """Return whether too much of the one is nothing in the other."""
    steps = np.diff(path, append=columns - 1)
    stood = np.convolve(steps == 0, np.full(STILL, 1 / STILL), "same") > 0.9
    return bool(stood.mean() > MOST_ASTRAY or steps[steps > LEAP].sum() > MOST_ASTRAY * columns)


def _after_rests(steps: Numbers, kept: Numbers) -> Numbers:
    """Return the steps with those just before or in a rest moved to the end of it."""
    ends = np.flatnonzero(np.diff(kept, prepend=kept[0]) > 1)
    after = np.searchsorted(ends, steps, "right")
    following = np.append(ends, np.iinfo(np.int64).max)[after]
    return np.where(following - steps <= SNAP, following, steps)

"""Long recordings a few minutes at a time, so that an hour needs no more memory than five minutes."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from storytime.core.ports import Levels
from storytime.core.studio.filters import resampled
from storytime.core.studio.levels import measure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from storytime.core.studio.journal import Journal

WINDOW = 300.0
"""Seconds that are in hand at a time."""
HERTZ = 16_000
"""Rate at which pauses are sought in what is longer: all that tells a voice from a room lies below 8 kHz."""


class Recording(Protocol):
    """What can be read a stretch at a time: a journal, or a file."""

    @property
    def frames(self) -> int:
        """Return how many samples there are."""

    @property
    def rate(self) -> int:
        """Return frames a second (Hz)."""

    def samples(self, begin: int, end: int) -> NDArray[np.float32]:
        """Return frames `begin` to `end` as floats of -1 to 1."""


def windows(journal: Recording, begin: int = 0, end: int | None = None) -> Iterator[NDArray[np.float32]]:
    """Yield frames `begin` to `end`, a window at a time; the last one may be short."""
    step = round(WINDOW * journal.rate)
    last = journal.frames if end is None else min(journal.frames, end)
    for at in range(begin, last, step):
        yield journal.samples(at, min(last, at + step))


def for_pauses(journal: Journal) -> tuple[NDArray[np.float32], int]:
    """Return a whole recording in which pauses can be sought, and its rate: a long one at 16 kHz."""
    if journal.seconds <= WINDOW or journal.rate <= HERTZ:
        return journal.samples(), journal.rate
    return np.concatenate([resampled(samples, journal.rate, HERTZ) for samples in windows(journal)]), HERTZ


def measured(journal: Recording, begin: int = 0, end: int | None = None) -> Levels:
    """Measure frames `begin` to `end`; of what is longer than a window, window by window."""
    found, at = [], 0.0
    for samples in windows(journal, begin, end):
        levels = measure(samples, journal.rate)
        found.append(replace(levels, speech_begin=at + levels.speech_begin, speech_end=at + levels.speech_end))
        at += len(samples) / journal.rate
    return joined(found) if found else measure(np.zeros(0, np.float32), journal.rate)


def joined(found: Sequence[Levels]) -> Levels:
    """Return the levels of a recording from those of its windows, whose seconds count from its beginning."""
    if len(found) == 1:
        return found[0]
    spoken = [one for one in found if one.rms is not None and one.speech_end > one.speech_begin]
    return Levels(
        lufs=_of([one.lufs for one in spoken], _mean),
        true_peak=_of([one.true_peak for one in found], max),
        rms=_of([one.rms for one in spoken], _mean),
        noise=_of([one.noise for one in found], min),
        clipped=sum(one.clipped for one in found),
        speech_begin=spoken[0].speech_begin if spoken else 0.0,
        speech_end=spoken[-1].speech_end if spoken else 0.0,
    )


def _of(levels: Sequence[float | None], what: Callable[[list[float]], float]) -> float | None:
    known = [level for level in levels if level is not None]
    return what(known) if known else None


def _mean(levels: list[float]) -> float:
    """Return the mean of levels as power, in dB."""
    return round(10 * math.log10(sum(10 ** (level / 10) for level in levels) / len(levels)), 2)

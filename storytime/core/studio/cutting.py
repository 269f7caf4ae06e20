"""A recording cut at its pauses: onto the lines it was read from, or into pieces of a tale that has no text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from storytime.core.studio.alignment import Heard, align
from storytime.core.studio.session import Cut
from storytime.core.studio.speech import STEP, find_speech
from storytime.core.studio.wording import END, wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from storytime.core.studio.alignment import Fit
    from storytime.core.studio.wording import Wording

LEAD = 0.18
"""Seconds by which a cut comes before the first sound of its line: more than a take keeps there when it is told. In a
silence too short for it the cut lies in its middle."""
SURE = 3.0
"""By how much (in natural logarithms of likelihood) another reading must be less likely."""
STRAINED = 5.0
"""How far (again in logarithms) the length of a stretch may be from what its words would take."""
SHORTEST_SURE = 0.12
"""Seconds of a pause at which a cut is sure."""

PIECE, PIECE_SPREAD = 14.0, 6.0
"""Seconds of a piece of a tale: long enough for a thought, short enough to be found again; and what is as good."""
SHORTEST_PIECE, LONGEST_PIECE = 8.0, 25.0
"""Seconds, unless the teller rests nowhere between them."""
TOO_SHORT, TOO_LONG = 8.0, 20.0
"""What a piece outside of them costs, measured in spreads."""
WORTH_OF_REST = 2.0
"""How much a rest twice as long draws a cut, measured in spreads."""

Gap = tuple[float, float]
Found = list[tuple[Gap | None, bool]]


def cut(samples: NDArray[np.float32], rate: int, lines: Sequence[str], first_line: int = 0) -> tuple[Cut, ...]:
    """Return where each line begins in a recording (one channel, -1 to 1) that was read straight through.

    The first line begins at 0. `first_line` is the number of the first of `lines` in its story. A cut that is not sure
    lies where a person should listen: two readings are as likely, the pause is short, or words are missing or too many.
    """
    if not lines:
        return ()
    gaps = _gaps(samples, rate)
    text = wording(lines)
    found = _line_gaps(text, align(text, _heard(gaps)), gaps) if len(gaps) > 1 else []
    if not any(gap for gap, _sure in found):
        found = _evenly(text, len(samples) / rate)
    return _cuts(found, len(samples) / rate, first_line)


def pieces(samples: NDArray[np.float32], rate: int) -> tuple[float, ...]:
    """Return where each piece of a tale without a text begins, in seconds, the first at 0.

    Pieces end where the teller rests, the longer the better, and are 8 to 25 seconds long where the rests allow it.
    """
    gaps = _gaps(samples, rate)
    inner = [gap for gap in gaps[1:-1] if gap[1] - gap[0] >= SHORTEST_SURE]
    at = np.array([0.0, *(_place(gap) for gap in inner), len(samples) / rate])
    rest = np.array([0.0, *(WORTH_OF_REST * np.log2(max(0.05, high - low) / 0.5) for low, high in inner), 0.0])
    best, came = np.zeros(len(at)), np.zeros(len(at), np.int64)
    for end in range(1, len(at)):
        length = at[end] - at[:end]
        cost = best[:end] + ((length - PIECE) / PIECE_SPREAD) ** 2
        cost += np.where(length > LONGEST_PIECE, TOO_LONG, np.where(length < SHORTEST_PIECE, TOO_SHORT, 0.0))
        came[end] = cost.argmin()
        best[end] = cost[came[end]] - rest[end]
    begins, place = [], len(at) - 1
    while place:
        place = int(came[place])
        begins.append(float(at[place]))
    return tuple(reversed(begins)) or (0.0,)


def _gaps(samples: NDArray[np.float32], rate: int) -> list[Gap]:
    """Return the silences of a recording in seconds, that before the first word and that after the last among them."""
    spoken = [(begin * STEP, end * STEP) for begin, end in find_speech(samples, rate).runs()]
    if not spoken:
        return []
    edges = [0.0, *(edge for run in spoken for edge in run), len(samples) / rate]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _place(gap: Gap) -> float:
    """Return where in a silence to cut: a last sound dies away slowly, a first one comes at once."""
    low, high = gap
    return max((low + high) / 2, high - LEAD)


def _heard(gaps: list[Gap]) -> Heard:
    length = np.array([end - begin for begin, end in gaps])
    starts = np.array([begin for begin, _end in gaps])
    spoken = starts - np.concatenate([[0.0], np.cumsum(length)[:-1]])
    return Heard(spoken, length)


def _line_gaps(text: Wording, fit: Fit, gaps: list[Gap]) -> Found:
    """Return the silence after each line but the last, None where none was found, and whether it is sure."""
    ends = [place for place, kind in enumerate(text.kind) if kind == END][:-1]
    found: Found = []
    for place in ends:
        pause = int(fit.pause[place])
        gap = gaps[pause] if pause >= 0 else None
        sure = fit.margin[place] >= SURE and fit.strain[place] <= STRAINED
        found.append((gap, gap is not None and bool(sure) and gap[1] - gap[0] >= SHORTEST_SURE))
    return found


def _evenly(text: Wording, seconds: float) -> Found:
    """Return where the lines would end in an even reading: something to move, where no pauses fit the text."""
    ends = [weight for weight, kind in zip(text.weight, text.kind, strict=True) if kind == END]
    whole = max(1.0, ends[-1])
    return [((seconds * end / whole, seconds * end / whole), False) for end in ends[:-1]]


def _cuts(found: Found, seconds: float, first_line: int) -> tuple[Cut, ...]:
    cuts, at = [Cut(first_line, 0.0)], 0.0
    for number, (gap, sure) in enumerate(found, 1):
        low, high = gap or (at, at)
        at = min(seconds, _place((low, high)))
        cuts.append(Cut(first_line + number, at, sure, low, high))
    return tuple(cuts)

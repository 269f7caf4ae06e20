"""A text laid on a recording: which pause of the reader is which place of the text.

Dynamic programming over pairs of a place and a pause. A step from one pair to a later one costs as much as the speech
between the two pauses is longer or shorter than the text between the two places would take; pauses passed over, and
places passed over, cost by their kind. All costs are negative log likelihoods, so that they can be added and compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from storytime.core.studio.wording import END, INNER, STOP

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from storytime.core.studio.wording import Wording

    Costs = NDArray[np.float64]
    Numbers = NDArray[np.int64]

PLACES, PAUSES = 6, 9
"""Most places, and most pauses, that one step goes on by."""
TAIL = 3.0
"""Letters by which the last sound before a pause is drawn out."""
SPREAD, SPREAD_A_SECOND = 0.012, 0.035
"""Variance of a stretch of speech in seconds squared: of its edges, and of each second. Synthetic voices have half."""
FAR = 14.0
"""Most that a wrong length can cost: where words were left out or said twice, the rest must still be found."""
PASSED_PLACE = {INNER: 0.8, STOP: 3.0, END: 7.0}
"""Not to pause at a comma is common, at a full stop rare; at the end of a line a reader always rests."""
TYPICAL = {INNER: 0.28, STOP: 0.5, END: 0.65}
"""Seconds of a pause there, and"""
WIDTH = {INNER: 0.6, STOP: 0.6, END: 0.6}
"""the spread of its logarithm."""
PASSED_PAUSE, PASSED_PAUSE_A_SECOND = 1.6, 6.0
"""A pause where the text has none: a breath, a hesitation, the rest within a word."""
ROOM, ROOM_SHARE = 60.0, 0.12
"""Seconds of speech, and share of the whole, by which a reading may be ahead or behind of an even one."""
FOREVER = 1e9


@dataclass(frozen=True, slots=True)
class Heard:
    """The pauses of a recording, the first before its first word and the last after its last."""

    spoken: NDArray[np.float64]
    """Seconds of speech before each pause, silence not counted."""
    length: NDArray[np.float64]
    """Seconds of each pause."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Each place of the text on the recording."""

    pause: Numbers
    """The pause that each place is, or -1 where the reader made none. All but the last where nothing fits."""
    margin: Costs
    """How much dearer the best reading is in which the place lies elsewhere."""
    strain: Costs
    """How ill the lengths of the stretches before and after the place fit; over 4 something is missing or too much."""


def align(text: Wording, heard: Heard) -> Fit:
    """Return the likeliest reading. The text begins at the first pause and ends at the last."""
    weight = np.array((0.0, *text.weight))
    kind = np.array((END, *text.kind))
    pace = float(heard.spoken[-1] / max(1.0, weight[-1] + TAIL * len(heard.length)))
    _costs, came = _forward(weight, kind, heard, pace)
    pace = _pace(_path(came), weight, heard, pace)
    forward, came = _forward(weight, kind, heard, pace)
    # Backward is forward of the reading turned round.
    turned, _came = _forward(
        weight[-1] - weight[::-1], kind[::-1], Heard(heard.spoken[-1] - heard.spoken[::-1], heard.length[::-1]), pace
    )
    way = _path(came)
    pause, margin = _margins(way, forward + turned[::-1, ::-1] - _at(kind, heard))
    return Fit(pause[1:], margin[1:], _strain(way, weight, heard, pace)[1:])


def _at(kind: Numbers, heard: Heard) -> Costs:
    """Return what it costs that a place (row) is a pause (column)."""
    log = np.log(np.maximum(heard.length, 0.02))
    typical = np.log([TYPICAL[each] for each in kind])[:, None]
    width = np.array([WIDTH[each] for each in kind])[:, None]
    cost: Costs = 0.5 * ((log - typical) / width) ** 2
    # A long rest is as likely the teller's own; a page is turned, a child asks.
    cost = np.minimum(cost, np.where(log > typical, 2.5, 8.0))
    cost[0], cost[-1] = 0.0, 0.0
    return cost


def _forward(weight: Costs, kind: Numbers, heard: Heard, pace: float) -> tuple[Costs, Numbers]:
    """Return for each place and pause what the likeliest way there costs, and where it came from.

    That is a number: the place times all pauses, plus the pause.
    """
    places, pauses = len(weight), len(heard.length)
    at = _at(kind, heard)
    best = np.full((places, pauses), FOREVER)
    came = np.full((places, pauses), -1, np.int64)
    best[0, 0] = 0.0
    extra = PASSED_PAUSE + PASSED_PAUSE_A_SECOND * heard.length
    passed_pauses = np.concatenate([[0.0], np.cumsum(extra)])
    passed_places = np.concatenate([[0.0], np.cumsum([PASSED_PLACE[each] for each in kind])])
    for place in range(1, places):
        first, last = _nearby(weight[place] / max(1.0, weight[-1]), heard)
        for back in range(1, min(PLACES, place) + 1):
            start = place - back
            wanted = pace * (weight[place] - weight[start] + TAIL)
            for on in range(1, min(PAUSES, last - 1) + 1):
                begin = max(0, first - on)
                here, there = slice(begin, last - on), slice(begin + on, last)
                cost = (
                    best[start, here]
                    + _wrong_length(heard.spoken[there] - heard.spoken[here], wanted)
                    + (passed_places[place] - passed_places[start + 1])
                    + (passed_pauses[there] - passed_pauses[begin + 1 : last - on + 1])
                )
                better = cost < best[place, there]
                best[place, there][better] = cost[better]
                came[place, there][better] = start * pauses + np.arange(begin, last - on)[better]
        best[place] += at[place]
    return best, came


def _nearby(share: float, heard: Heard) -> tuple[int, int]:
    """Return the first pause, and the one after the last, at which a share of the text may have been read."""
    whole = heard.spoken[-1]
    room = ROOM + ROOM_SHARE * whole
    first, last = np.searchsorted(heard.spoken, [share * whole - room, share * whole + room])
    return int(first), int(last)


def _wrong_length(spoken: Costs, wanted: float) -> Costs:
    variance = SPREAD + SPREAD_A_SECOND * wanted
    cost: Costs = np.minimum(FAR, 0.5 * (spoken - wanted) ** 2 / variance) + 0.5 * np.log(variance / SPREAD)
    return cost


def _path(came: Numbers) -> list[tuple[int, int]]:
    """Return the pairs of place and pause on the likeliest way, from the beginning."""
    places, pauses = came.shape
    place, pause = places - 1, pauses - 1
    way = [(place, pause)]
    while came[place, pause] >= 0:
        place, pause = divmod(int(came[place, pause]), pauses)
        way.append((place, pause))
    return way[::-1]


def _pace(way: list[tuple[int, int]], weight: Costs, heard: Heard, pace: float) -> float:
    """Return seconds a letter, the middle of what the stretches of this reading give."""
    places, pauses = np.array(way).T
    wanted = np.diff(weight[places]) + TAIL
    paces = np.diff(heard.spoken[pauses]) / wanted
    if len(wanted) < 3:
        return pace
    order = np.argsort(paces)
    share = np.cumsum(wanted[order])
    return float(paces[order][np.searchsorted(share, share[-1] / 2)])


def _margins(way: list[tuple[int, int]], through: Costs) -> tuple[Numbers, Costs]:
    """Return the pause of each place, and by how much it is surer than any other; `through` is by way of each pair."""
    places = len(through)
    pause, margin = np.full(places, -1, np.int64), np.zeros(places)
    for place, where in way:
        pause[place] = where
        others = np.delete(through[place], where)
        margin[place] = others.min(initial=FOREVER) - through[place, where]
    return pause, margin


def _strain(way: list[tuple[int, int]], weight: Costs, heard: Heard, pace: float) -> Costs:
    strain = np.zeros(len(weight))
    for (start, here), (place, there) in pairwise(way):
        wanted = pace * (weight[place] - weight[start] + TAIL)
        wrong = (heard.spoken[there] - heard.spoken[here] - wanted) ** 2 / (SPREAD + SPREAD_A_SECOND * wanted) / 2
        strain[start], strain[place] = max(strain[start], wrong), max(strain[place], wrong)
    return strain

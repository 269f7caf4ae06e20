"""A recording read straight through, and the lines it lies on: cuts that can be moved, and pieces that lose nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storytime.core.shelf.pace import seconds_of, words_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storytime.core.studio.session import Cut

SHORTEST = 0.1
"""Seconds that a line keeps, however its cuts are moved."""
PAUSE = 0.35
"""Seconds between two lines."""
HASTY = 0.6
"""Of the time that a calm reading takes."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a recording, in frames, and the line that is read in it."""

    line: int
    text: str
    begin: int
    end: int


def moved(cuts: Sequence[Cut], number: int, at: float, seconds: float) -> tuple[Cut, ...]:
    """Return the cuts with one of them at `at`, as near as its neighbours allow; a hand that moves it makes it sure.

    The first lies at the beginning for ever. `seconds` is the length of the recording.
    """
    if not 0 < number < len(cuts):
        return tuple(cuts)
    low = cuts[number - 1].at + SHORTEST
    high = (cuts[number + 1].at if number + 1 < len(cuts) else seconds) - SHORTEST
    place = min(max(at, low), high) if low <= high else cuts[number].at
    return (*cuts[:number], replace(cuts[number], at=place, sure=True), *cuts[number + 1 :])


def pieces_of(cuts: Sequence[Cut], lines: Sequence[str], frames: int, rate: int) -> tuple[Piece, ...]:
    """Return the pieces of a recording of so many frames: each frame lies in exactly one.

    A line whose piece would be empty has none. `lines` are those of the whole story.
    """
    begins = [0, *(min(frames, max(0, round(cut.at * rate))) for cut in cuts[1:])]
    ends = [*begins[1:], frames]
    return tuple(
        Piece(cut.line, lines[cut.line], begin, end)
        for cut, begin, end in zip(cuts, begins, ends, strict=True)
        if begin < end
    )


def piece_of(cuts: Sequence[Cut], line: int, seconds: float) -> tuple[float, float]:
    """Return where a line begins and ends, in seconds; the whole recording where it has no cut."""
    for number, cut in enumerate(cuts):
        if cut.line == line:
            return cut.at, cuts[number + 1].at if number + 1 < len(cuts) else seconds
    return 0.0, seconds


def reached(lines: Sequence[str], seconds: float) -> int:
    """Return how many of these lines were read in so many seconds, at least one: a first guess, by a calm pace.

    What is long enough for a hasty reading of them all is taken for all of them.
    """
    steps = [seconds_of(max(1, words_in(line)), PAUSE) for line in lines]
    if seconds >= HASTY * sum(steps):
        return max(1, len(lines))
    read = 0.0
    for number, step in enumerate(steps):
        if number and read + step / 2 > seconds:
            return number
        read += step
    return max(1, len(lines))

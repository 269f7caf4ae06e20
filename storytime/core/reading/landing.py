"""Whether a line may still begin: pure reckoning, so that no stop time ever finds a word half spoken.

All times are boot seconds. `stop_by` is when the last line must have ended; the goodnight begins two seconds later.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MARGIN = 0.2
"""Seconds kept free when a line is let in, so that the speaker's own small errors never throw it out again."""
A_STORY_NEEDS = 60.0
"""Seconds that must remain before the goodnight must begin, for a further story to begin."""
BEFORE_THE_GOODNIGHT = 2.0
"""Seconds between the last line and the goodnight."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """A line waiting in the speaker."""

    seconds: float
    pause: float
    """Silence after it, in seconds."""
    opens: bool = False
    """It is the first line of a further story."""


def fits(begin: float, seconds: float, stop_by: float | None, *, opens: bool = False, margin: float = 0.0) -> bool:
    """Whether a line that begins then, and lasts so long, ends in time."""
    if stop_by is None:
        return True
    if opens and begin + A_STORY_NEEDS + margin > stop_by + BEFORE_THE_GOODNIGHT:
        return False
    return begin + seconds + margin <= stop_by


def how_many_fit(begin: float, waiting: Sequence[Ahead], stop_by: float | None) -> int:
    """Return how many of the waiting lines, the first of which begins at `begin`, still end in time."""
    for count, line in enumerate(waiting):
        if not fits(begin, line.seconds, stop_by, opens=line.opens):
            return count
        begin += line.seconds + line.pause
    return len(waiting)

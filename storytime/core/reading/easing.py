"""The wind-down of the evening in the voice: a story told at night slows down a little towards its end.

It begins at the voice's own pace, and from its first third on eases to `SLOWEST` of that, in steps so small that none
is heard. The factor hangs on the line and the length of the story alone: a line that was prepared stays the right one.
"""

from __future__ import annotations

SLOWEST = 0.92
"""Of the voice's own pace, at the last line."""
BEGINS = 1 / 3
"""Share of the story that is told at the voice's own pace."""

LOOKS = 48
"""Places in a story at which its pace is looked at, for its length."""


def eased(line: float, lines: int) -> float:
    """Return the factor of the pace for a line, from 0, of a story of so many lines; in whole hundredths."""
    if lines < 2:
        return 1.0
    way = min(1.0, max(0.0, (line / (lines - 1) - BEGINS) / (1 - BEGINS)))
    return round(1 - (1 - SLOWEST) * way * way * (3 - 2 * way), 2)


def longer(place: int, lines: int) -> float:
    """Return the factor by which the rest of a story, from a line on, lasts longer for it: to a thousandth or so."""
    if place >= lines:
        return 1.0
    looked_at = [place + (lines - place) * (number + 0.5) / LOOKS - 0.5 for number in range(LOOKS)]
    return sum(1 / eased(line, lines) for line in looked_at) / LOOKS

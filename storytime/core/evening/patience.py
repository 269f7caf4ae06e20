"""How the gate slows down whoever guesses: 1 s, 2 s, 4 s … at most five minutes, forgotten after ten quiet ones.

The delay is a length of boot time, never a moment, so no clock and no restart can make it longer than it was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

LONGEST_WAIT = 300.0
"""Seconds."""
QUIET = 600.0
"""Seconds without a try after which the wrong ones are forgotten."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Wrong tries so far, and what they cost."""

    wrong: int = 0
    wait: float = 0.0
    """Seconds until the next try."""
    quiet: float = 0.0
    """Seconds since the last wrong try."""

    @property
    def whole_wait(self) -> float:
        """The seconds that the last wrong try cost."""
        return min(2.0 ** min(self.wrong - 1, 20), LONGEST_WAIT) if self.wrong else 0.0

    def after_wrong(self) -> Patience:
        """Return the patience asked for by one more wrong try."""
        worse = Patience(self.wrong + 1)
        return replace(worse, wait=worse.whole_wait)

    def after(self, seconds: float) -> Patience:
        """Let boot time pass."""
        if not self.wrong or self.quiet + seconds >= QUIET:
            return Patience()
        return replace(self, wait=max(self.wait - seconds, 0.0), quiet=self.quiet + seconds)

    def to_json(self) -> dict[str, float]:
        """Return what `patience_from_json` reads."""
        return {"wrong": self.wrong, "wait": self.wait, "quiet": self.quiet}


def patience_from_json(value: Any) -> Patience:
    """Return what was kept, no wait longer than five minutes; damaged, no wait at all."""
    try:
        wrong = min(max(int(value["wrong"]), 0), 60)
        wait = min(max(float(value["wait"]), 0.0), LONGEST_WAIT)
        quiet = min(max(float(value["quiet"]), 0.0), QUIET)
    except (KeyError, TypeError, ValueError, OverflowError):
        return Patience()
    return Patience(wrong, wait if wait == wait else 0.0, quiet if quiet == quiet else 0.0)

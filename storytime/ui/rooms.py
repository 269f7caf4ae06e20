"""Which screen the evening asks for: one pure rule, so that a tick, a key and a restart all lead to the same screen."""

from __future__ import annotations

from dataclasses import dataclass

from storytime.core.evening.evening import Phase

DAY_PAGES = ("shelf", "story", "plan", "first_run", "settings")
TELLING = {"black": "telling", "text": "telling_text", "candle": "telling_candle"}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the parent has asked to see, beside what the evening says."""

    by_day: bool = True
    """The parent is in the day room."""
    page: str = "shelf"
    """The day room's page: shelf, story or plan."""
    gate: bool = False
    choosing: bool = False
    greeted: bool = True
    """The morning was answered, or there was no night before it."""


def screen_for(phase: Phase, *, sealed: bool, state: str, view: str, wishes: Wishes) -> str:
    """Return the name of the screen: the seal comes before every wish but the gate's.

    `state` is the reader's (`Reading.state`); `view` is how a story is shown while it is told.
    """
    if wishes.gate:
        return "gate"
    if sealed:
        return "sealed"
    if phase is Phase.MORNING and not wishes.greeted:
        return "morning"
    if wishes.by_day:
        return wishes.page
    if phase is Phase.GOODNIGHT or state == "goodnight":
        return "goodnight"
    if state in ("preparing", "telling", "paused", "lost"):
        return TELLING[view]
    return "choosing" if wishes.choosing else "candle"

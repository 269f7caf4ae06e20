"""Which screen the evening asks for: one pure rule, so that a tick, a key and a restart all lead to the same screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storytime.core.evening.evening import Phase

if TYPE_CHECKING:
    from storytime.core.reading.pages import PageTurner
    from storytime.core.reading.reader import Reader, Reading

DAY_PAGES = ("shelf", "story", "plan", "first_run", "settings", "voices", "studio", "tellers", "takes_attic", "found")
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


def reading_of(reader: Reader, pages: PageTurner) -> Reading:
    """Return what is being read: by a person where a book lies open, else by the voice."""
    return pages.reading if pages.reading.under_way else reader.reading


def screen_for(phase: Phase, *, sealed: bool, state: str, view: str, wishes: Wishes) -> str:
    """Return the name of the screen: the seal comes before every wish but the gate's.

    `state` is that of what is being read (`reading_of`); `view` is how a story is shown while it is told.
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
    if state == "reading":
        return TELLING["text"]
    if state in ("preparing", "telling", "paused", "lost"):
        return TELLING[view]
    return "choosing" if wishes.choosing else "candle"

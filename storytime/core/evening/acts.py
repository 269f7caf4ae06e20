"""What a parent may do to an evening, pure: each act returns the next evening, or the same one where it is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from storytime.core.evening.evening import (
    SILENCE,
    UNDO,
    Evening,
    Goodnight,
    Opening,
    Phase,
    new_night,
)
from storytime.core.evening.plan import NOON, SHORT_NOTICE, night_of

if TYPE_CHECKING:
    from datetime import datetime

    from storytime.core.evening.plan import Plan

OPEN_FOR = 15 * 60.0
"""Seconds that the gate stays open."""


def begin(evening: Evening, now: datetime, plan: Plan) -> Evening:
    """Begin tonight, also before its time: the candle then burns from now. In the morning, the coming night’s."""
    if evening.phase is Phase.MORNING and now.time() < NOON:
        coming = night_of(now) + timedelta(days=1)
        if coming > evening.night:
            evening = new_night(coming, plan)
    if evening.phase > Phase.GOODNIGHT:
        return evening
    times = evening.times
    if times and now < times.wind_down:
        times = replace(times, wind_down=now)
    return replace(evening, phase=max(evening.phase, Phase.WIND_DOWN), begun=True, times=times)


def tick_steps(evening: Evening, count: int) -> Evening:
    """Know that the first `count` steps of the routine are done, while the candle burns."""
    return evening if evening.dark else replace(evening, steps=max(0, count))


def begin_story(evening: Evening) -> Evening:
    """Open the story’s door, unless it is past."""
    if evening.phase not in (Phase.WIND_DOWN, Phase.STORY):
        return evening
    return replace(evening, phase=Phase.STORY, begun=True)


def end_stories(evening: Evening, quiet: float = 0.0) -> Evening:
    """Close the stories: the goodnight comes two seconds after the last line, which ended `quiet` seconds ago."""
    if evening.phase is not Phase.STORY:
        return evening
    return replace(evening, phase=Phase.GOODNIGHT, goodnight_in=max(SILENCE - quiet, 0.0))


def end_goodnight(evening: Evening) -> Evening:
    """Know that the goodnight was heard."""
    if evening.goodnight is not Goodnight.SPEAKING:
        return evening
    return replace(evening, goodnight=Goodnight.SPOKEN)


def lights_out_now(evening: Evening) -> Evening:
    """Ask for the end, from wind-down on: the line being told and the goodnight come first, and a minute of undo."""
    if not Phase.WIND_DOWN <= evening.phase <= Phase.GOODNIGHT or evening.ending is not None:
        return evening
    evening = replace(evening, ending=0.0, begun=True)
    if evening.phase is Phase.WIND_DOWN:
        return replace(evening, phase=Phase.GOODNIGHT, goodnight_in=SILENCE)
    return evening


def undo_lights_out_now(evening: Evening) -> Evening:
    """Take it back within its minute: lights-out is when it was. A goodnight already begun stays said."""
    if evening.ending is None or evening.ending >= UNDO:
        return evening
    return replace(evening, ending=None)


def more_time(evening: Evening, minutes: int) -> Evening:
    """Move tonight’s lights-out on, while it is still to come and stays before the morning."""
    if evening.times is None or evening.phase > Phase.GOODNIGHT:
        return evening
    lights_out = evening.times.lights_out + timedelta(minutes=minutes)
    if lights_out >= evening.times.morning:
        return evening
    return replace(evening, times=replace(evening.times, lights_out=lights_out), ending=None)


def not_tonight(evening: Evening) -> Evening:
    """Let tonight have no lights-out."""
    if evening.phase > Phase.GOODNIGHT:
        return evening
    return replace(evening, times=None, ending=None)


def open_gate(evening: Evening, now: datetime, *, until_morning: bool) -> Evening:
    """Open the gate in the dark, for a quarter of an hour or until morning. The phase stays what it is."""
    if not evening.dark:
        return evening
    rest = max(evening.seal_limit - evening.sealed_for, 0.0)
    if until_morning:
        return replace(evening, opened=Opening(evening.morning, rest))
    until = min(now + timedelta(seconds=OPEN_FOR), evening.morning)
    return replace(evening, opened=Opening(until, min(OPEN_FOR, rest)))


def close_gate(evening: Evening) -> Evening:
    """Close the gate before its time."""
    return replace(evening, opened=None)


def greet(evening: Evening) -> Evening:
    """Leave the morning for the day room."""
    return replace(evening, greeted=True) if evening.phase is Phase.MORNING else evening


def replan(evening: Evening, now: datetime, plan: Plan) -> Evening:
    """Take a changed plan to heart for tonight, unless the change came on short notice or in the dark."""
    fresh = plan.settled(evening.night)
    if evening.phase > Phase.GOODNIGHT or fresh == evening.planned:
        return evening
    judged = plan.changed is not None and night_of(plan.changed) == evening.night
    if not judged and fresh is not None and fresh.lights_out - now < SHORT_NOTICE:
        return evening
    morning = fresh.morning if fresh else plan.morning(evening.night)
    return replace(evening, planned=fresh, times=fresh, morning=morning)


def unlock(evening: Evening) -> Evening:
    """Let the night stay open: something that the lock needs could not be read."""
    return replace(evening, unlocked=True)


def undo_left(evening: Evening) -> float | None:
    """Return the seconds in which “lights out now” can be taken back; None where there is nothing to."""
    return max(UNDO - evening.ending, 0.0) if evening.ending is not None else None


def outline(evening: Evening) -> tuple[object, ...]:
    """Return all of the evening but the lengths that run on by themselves: two alike need no saving between them."""
    return (
        evening.night,
        evening.phase,
        evening.times,
        evening.planned,
        evening.begun,
        evening.greeted,
        evening.unlocked,
        evening.goodnight,
        evening.goodnight_in is None,
        evening.ending is None,
        evening.opened and evening.opened.until,
        evening.steps,
    )

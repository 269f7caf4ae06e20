"""The evening itself, pure: one line of phases that only moves forward, and the doors by which the clock moves it.

An evening is (night, phase) beside a few facts. A tick raises it to the last door passed, a parent’s act (`acts`) may
raise it, nothing lowers it; at noon a new night begins in DAY. Lengths are counted in boot time, moments are household
time, so one tick after eight hours of sleep equals 28,800 ticks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from storytime.core.evening.plan import NightTimes, Plan, night_of

if TYPE_CHECKING:
    from datetime import date, datetime

SILENCE = 2.0
"""Seconds between the last line and the goodnight, and at least as many between the goodnight and lights-out."""
MARGIN = 0.2
"""Seconds by which the goodnight begins early: on a sound path that is open, 0.12 s go by until it is heard."""
GOODNIGHT_GUESS = 6.0
"""Seconds kept free for a goodnight whose length is not known yet."""
UNDO = 60.0
"""Seconds in which “lights out now” can be taken back."""
LONGEST_LINE = 45.0
"""Seconds given to the line being told, and again to the goodnight, before “lights out now” waits no longer."""
OVERTIME = timedelta(hours=2)
"""How much longer than planned a seal can last, whatever the wall clock does."""


class Phase(IntEnum):
    """The doors of an evening, in order."""

    DAY = 0
    WIND_DOWN = 1
    STORY = 2
    GOODNIGHT = 3
    LIGHTS_OUT = 4
    NIGHT = 5
    MORNING = 6


class Goodnight(StrEnum):
    """What became of tonight’s goodnight."""

    WAITING = "waiting"
    SPEAKING = "speaking"
    SPOKEN = "spoken"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Opening:
    """The gate stands open: until a moment of household time or for a length of boot time, whichever ends first."""

    until: datetime
    left: float
    """Seconds of boot time."""


@dataclass(frozen=True, slots=True)
class Evening:
    """One evening, from noon to noon."""

    night: date
    phase: Phase
    times: NightTimes | None
    """What holds tonight; None: no lights-out, and no seal."""
    planned: NightTimes | None
    """What the plan said when `times` was last taken from it."""
    morning: datetime
    begun: bool = False
    """A parent began it."""
    greeted: bool = False
    """A parent has left the morning for the day room."""
    unlocked: bool = False
    """Something the lock needs could not be read, so tonight it stays open."""
    goodnight: Goodnight = Goodnight.WAITING
    goodnight_in: float | None = None
    """Seconds until the goodnight, once the stories have ended."""
    ending: float | None = None
    """Seconds since a parent asked for lights out now."""
    sealed_for: float = 0.0
    """Seconds of boot time since the seal."""
    seal_limit: float = 0.0
    """Seconds of boot time after which it opens by itself: the planned night and two hours."""
    opened: Opening | None = None
    steps: int = 0
    """Steps of the family's routine that were ticked."""

    @property
    def dark(self) -> bool:
        """Whether it is between lights-out and morning."""
        return self.phase in (Phase.LIGHTS_OUT, Phase.NIGHT)

    @property
    def sealed(self) -> bool:
        """Whether it is dark and no parent has opened the gate."""
        return self.dark and self.opened is None and not self.unlocked

    @property
    def lived(self) -> bool:
        """Whether there was an evening here to wake up from."""
        return self.begun or self.seal_limit > 0


@dataclass(frozen=True, slots=True)
class Moment:
    """All that a tick knows."""

    now: datetime
    """Household time."""
    elapsed: float
    """Seconds of boot time since the tick before."""
    plan: Plan
    leapt: bool = False
    """The clock was repaired, so the evening is computed anew from the plan."""
    goodnight_seconds: float = GOODNIGHT_GUESS
    lockable: bool = True


def new_night(night: date, plan: Plan) -> Evening:
    """Return the evening of that name as it is at noon."""
    times = plan.settled(night)
    return Evening(night, Phase.DAY, times, times, times.morning if times else plan.morning(night))


def goodnight_start(times: NightTimes, seconds: float) -> datetime:
    """Return when a goodnight of that length begins if nothing was told."""
    return times.lights_out - timedelta(seconds=SILENCE + MARGIN + seconds)


def tick(evening: Evening, moment: Moment) -> Evening:
    """Raise the evening to the last door passed."""
    if moment.leapt or night_of(moment.now) > evening.night:
        return _carry(evening, _pass_doors(new_night(night_of(moment.now), moment.plan), moment), moment)
    return _pass_doors(_count(evening, moment.elapsed), moment)


def next_door(evening: Evening, now: datetime, goodnight_seconds: float) -> float | None:
    """Return the seconds until the next moment that a tick should not miss by a second; None where there is none."""
    moments = [evening.morning]
    lengths = []
    if evening.times and evening.phase < Phase.LIGHTS_OUT:
        moments += [evening.times.wind_down, evening.times.lights_out]
        if evening.goodnight is Goodnight.WAITING:
            moments.append(goodnight_start(evening.times, goodnight_seconds))
    if evening.goodnight_in is not None:
        lengths.append(evening.goodnight_in)
    if evening.ending is not None:
        lengths.append(UNDO - evening.ending)
    if evening.opened is not None:
        moments.append(evening.opened.until)
        lengths.append(evening.opened.left)
    lengths += [(moment - now).total_seconds() for moment in moments]
    return min((length for length in lengths if length > 0), default=None)


def _count(evening: Evening, elapsed: float) -> Evening:
    """Let boot time pass for every length that is running."""
    if not evening.dark and evening.ending is None and evening.goodnight_in is None:
        return evening
    return replace(
        evening,
        sealed_for=evening.sealed_for + elapsed if evening.dark else evening.sealed_for,
        ending=None if evening.ending is None else evening.ending + elapsed,
        goodnight_in=None if evening.goodnight_in is None else evening.goodnight_in - elapsed,
        opened=evening.opened and replace(evening.opened, left=evening.opened.left - elapsed),
    )


def _carry(old: Evening, new: Evening, moment: Moment) -> Evening:
    """Let what holds across nights go on: above all, a clock gone mad never begins a seal’s two hours again."""
    if moment.leapt:
        new = replace(new, unlocked=new.unlocked or old.unlocked)
    spent = old.sealed_for > old.seal_limit
    if spent and new.dark and moment.elapsed <= new.sealed_for:
        return wake(replace(new, sealed_for=old.sealed_for, seal_limit=old.seal_limit))
    if not (old.dark and new.dark):
        return new
    left = old.opened.left - moment.elapsed if old.opened else 0.0
    if left > 0:
        new = replace(new, opened=Opening(moment.now + timedelta(seconds=left), left))
    opened_after = old.seal_limit - old.sealed_for
    sealed_again_after = moment.elapsed - new.sealed_for
    if opened_after < sealed_again_after:
        return new
    new = replace(new, sealed_for=old.sealed_for + moment.elapsed, seal_limit=old.seal_limit)
    return wake(new) if new.sealed_for > new.seal_limit else new


def _pass_doors(evening: Evening, moment: Moment) -> Evening:
    if evening.phase is Phase.MORNING:
        return evening
    overdue = evening.dark and evening.sealed_for > evening.seal_limit
    if moment.now >= evening.morning or overdue:
        return wake(evening)
    if evening.dark:
        return _sleep_on(evening, moment)
    return _wind_down(evening, moment)


def wake(evening: Evening) -> Evening:
    """Open the morning’s door."""
    return replace(evening, phase=Phase.MORNING, opened=None, ending=None, goodnight_in=None)


def _sleep_on(evening: Evening, moment: Moment) -> Evening:
    opened = evening.opened
    if opened and (opened.left <= 0 or moment.now >= opened.until):
        opened = None
    phase = max(evening.phase, _dark_phase(evening.times, moment.now))
    unlocked = evening.unlocked or not moment.lockable
    if (phase, opened, unlocked) == (evening.phase, evening.opened, evening.unlocked):
        return evening
    return replace(evening, phase=phase, opened=opened, unlocked=unlocked)


def _dark_phase(times: NightTimes | None, now: datetime) -> Phase:
    """Return LIGHTS_OUT for its one second, then NIGHT."""
    just_out = times is not None and now < times.lights_out + timedelta(seconds=1)
    return Phase.LIGHTS_OUT if just_out else Phase.NIGHT


def _wind_down(evening: Evening, moment: Moment) -> Evening:
    times = evening.times
    if times and moment.now >= times.wind_down:
        evening = _raised(evening, Phase.WIND_DOWN)
    if times and moment.now >= times.lights_out:
        return _seal(evening, times, moment)
    evening = _goodnight(evening, moment)
    if _ended(evening):
        evening = replace(evening, ending=None)
        if times:
            return _seal(evening, replace(times, lights_out=moment.now), moment)
    return evening


def _raised(evening: Evening, phase: Phase) -> Evening:
    return evening if evening.phase >= phase else replace(evening, phase=phase)


def _goodnight(evening: Evening, moment: Moment) -> Evening:
    """Say goodnight two seconds after the last story; in any case so that it ends two seconds before lights-out."""
    if evening.goodnight is not Goodnight.WAITING:
        return evening
    times, wait = evening.times, evening.goodnight_in
    start = goodnight_start(times, moment.goodnight_seconds) if times else None
    fits_until = start + timedelta(seconds=MARGIN) if start else None
    if wait is not None:
        # A last line that ended late shortens the silence after it rather than losing the goodnight.
        due = wait <= 1e-6 or (fits_until is not None and moment.now >= fits_until - timedelta(seconds=0.1))
    elif evening.ending is not None and evening.ending >= LONGEST_LINE:
        due = True
    else:
        due = start is not None and moment.now >= start
    if not due:
        return evening
    fits = fits_until is None or moment.now <= fits_until
    became = Goodnight.SPEAKING if fits else Goodnight.LEFT_OUT
    return replace(_raised(evening, Phase.GOODNIGHT), goodnight=became, goodnight_in=None)


def _ended(evening: Evening) -> bool:
    """Whether “lights out now” has come to its end: its minute of undo over, and the goodnight said."""
    if evening.ending is None or evening.ending < UNDO:
        return False
    said = evening.goodnight in (Goodnight.SPOKEN, Goodnight.LEFT_OUT)
    return said or evening.ending >= UNDO + LONGEST_LINE


def _seal(evening: Evening, times: NightTimes, moment: Moment) -> Evening:
    since = moment.now - times.lights_out
    goodnight = Goodnight.LEFT_OUT if evening.goodnight is Goodnight.WAITING else Goodnight.SPOKEN
    return replace(
        evening,
        phase=_dark_phase(times, moment.now),
        times=times,
        goodnight=evening.goodnight if evening.goodnight is Goodnight.LEFT_OUT else goodnight,
        goodnight_in=None,
        ending=None,
        sealed_for=min(moment.elapsed, since.total_seconds()),
        seal_limit=(times.dark + OVERTIME).total_seconds(),
        unlocked=evening.unlocked or not moment.lockable,
    )

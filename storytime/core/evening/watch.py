"""The watch over the evening: reads the clock, ticks, saves, and tells what changed.

`keeper` adds what a parent may do. What is told comes after it was saved, so a kill at any moment loses nothing that
somebody has heard of.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol

from storytime.core.errors import StorytimeError
from storytime.core.evening import acts
from storytime.core.evening.evening import (
    GOODNIGHT_GUESS,
    SILENCE,
    Evening,
    Goodnight,
    Moment,
    Phase,
    goodnight_start,
    new_night,
    next_door,
    tick,
    wake,
)
from storytime.core.evening.household import Household, Step, read_clock, step
from storytime.core.evening.memory import STATE, Notes, memory_of, remember
from storytime.core.evening.plan import NightTimes, Plan, night_of, plan_from_json
from storytime.core.signal import Signal

if TYPE_CHECKING:
    from datetime import datetime

    from storytime.core.ports import Clock, StateStore, Timer

ANNOUNCED = (30, 10, 2)
"""Minutes before lights-out at which an evening that no parent has begun is announced."""
TRULY_CROSSED = 5.0
"""Seconds after a moment in which it may still be announced; a machine that wakes later keeps silent."""
SAVED_EVERY = 300.0
"""Seconds between savings where nothing changed: what a restart of the machine can lose of household time."""
AT_HAND = 1.5
"""Seconds before a door at which a timer is set, so that it opens between two ticks."""
CLOSING = 60.0
"""Seconds before the gate closes at which it says so."""

NEAR = 5.0
"""Seconds before the goodnight in which the sound path is opened."""
GOODNIGHT_LEFT_OUT = "The goodnight was left out: it no longer fitted before lights-out."
NOT_SAVED = "The evening could not be saved. Check that the disk has room and can be written."


class _HasPlan(Protocol):
    @property
    def plan(self) -> dict[str, Any]: ...


class PlanSettings(Protocol):
    """The settings, as far as the evening needs them."""

    @property
    def value(self) -> _HasPlan:
        """What is set now."""

    def change(self, *, plan: dict[str, Any]) -> object:
        """Set the plan, and save it."""


class Watch:
    """Keeps one evening in step with the clock. Call `start` once the signals are connected."""

    def __init__(self, clock: Clock, store: StateStore, settings: PlanSettings, *, real_seal: bool = True) -> None:
        self.changed: Signal[Evening, Evening] = Signal()
        """Was, and is."""
        self.ticked: Signal[()] = Signal()
        self.noted: Signal[str] = Signal()
        self.announced: Signal[int] = Signal()
        """Minutes before lights-out."""
        self.goodnight_due: Signal[()] = Signal()
        self.landing_wanted: Signal[()] = Signal()
        """Finish the line, then no more: a parent asked for lights out now."""
        self.landing_undone: Signal[()] = Signal()
        """It was taken back before the goodnight; the story may go on."""
        self.closing_soon: Signal[()] = Signal()
        """The gate closes in a minute."""
        self.real_seal = real_seal
        self.lockable = True
        """False while something that the lock needs cannot be read: the nights go by, and none is sealed."""
        self.goes_on = False
        """Whether the program was left in this very evening, so that it goes on where it was."""
        self._clock, self._store, self._settings = clock, store, settings
        self._plan_kept: Any = None
        self._plan = Plan()
        self._judged: Plan | None = None
        self._goodnight_seconds = GOODNIGHT_GUESS
        self._timer: Timer | None = None
        self._saved_at = 0.0
        self._saved_ahead = 0.0
        self._saving_failed = False
        self._started = False
        self._untold: list[str] = []
        self._household = Household.begin(read_clock(clock))
        self._evening = new_night(night_of(self._household.now), self.plan)
        self._notes = Notes(self._evening.night)

    def start(self) -> None:
        """Remember the evening, bring it up to now and go on with the clock. Unreadable memory seals nothing."""
        try:
            kept = self._store.load(STATE)
            if kept is not None:
                self._evening, self._household, self._notes = remember(kept)
        except StorytimeError as error:
            self._untold.append(str(error))
            self._evening = acts.unlock(self._evening)
        self._evening = acts.end_goodnight(self._evening)
        self._started = True
        left = self._evening
        self.tick()
        self.goes_on = left.phase > Phase.DAY and left.night == self._evening.night
        for text in self._untold:
            self.note(text)
        self._clock.ticked.connect(self._tick_and_tell)

    def close(self) -> None:
        """Save, and leave the clock."""
        self._clock.ticked.disconnect(self._tick_and_tell)
        if self._timer:
            self._timer.cancel()
        self._save()

    @property
    def evening(self) -> Evening:
        """The evening as it is."""
        return self._evening

    @property
    def plan(self) -> Plan:
        """The family’s plan, as it is set now."""
        kept = self._settings.value.plan
        if kept != self._plan_kept:
            self._plan_kept, self._plan = kept, plan_from_json(kept)
        return self._plan

    @property
    def goodnight_seconds(self) -> float:
        """How long tonight’s goodnight takes; set to 0 while it is not known."""
        return self._goodnight_seconds

    @goodnight_seconds.setter
    def goodnight_seconds(self, seconds: float | None) -> None:
        self._goodnight_seconds = seconds or GOODNIGHT_GUESS
        self._arm()

    @property
    def sealed(self) -> bool:
        """Whether the house is locked now; never on an evening that is only tried."""
        return self.real_seal and self._evening.sealed

    @property
    def opened_until(self) -> datetime | None:
        """The household moment at which the open gate closes; None while it is not open in the dark."""
        return self._evening.opened.until if self._evening.opened else None

    @property
    def closing(self) -> bool:
        """Whether the gate stands open and closes within a minute."""
        opened = self._evening.opened
        return opened is not None and opened.left <= CLOSING

    def now(self) -> datetime:
        """Return household time."""
        return self._household.at(self._clock.boot())

    def tonight(self) -> NightTimes | None:
        """Return the moments that hold tonight; None without lights-out."""
        return self._evening.times

    def seconds_left(self) -> float | None:
        """Return seconds to lights-out, 0 from then on; None without lights-out."""
        times = self._evening.times
        return max((times.lights_out - self.now()).total_seconds(), 0.0) if times else None

    def left(self) -> float:
        """Return the candle’s height: 1 at wind-down and on a night without lights-out, 0 at lights-out."""
        times, seconds = self._evening.times, self.seconds_left()
        if times is None or seconds is None:
            return 1.0
        whole = (times.lights_out - times.wind_down).total_seconds()
        return min(seconds / whole, 1.0) if whole > 0 else 0.0

    def goodnight_is_near(self) -> bool:
        """Whether the goodnight of an evening on which nothing was told begins within seconds."""
        times = self._evening.times
        if times is None or self._evening.goodnight is not Goodnight.WAITING:
            return False
        return self.now() >= goodnight_start(times, self._goodnight_seconds) - timedelta(seconds=NEAR)

    def story_stop(self) -> float | None:
        """Return the boot second by which the last line must have ended.

        None without lights-out, in the morning, and while the gate stands open in the dark: nothing presses then.
        """
        times = self._evening.times
        if times is None or self._evening.opened or self._evening.phase is Phase.MORNING:
            return None
        last = goodnight_start(times, self._goodnight_seconds) - timedelta(seconds=SILENCE)
        return self._household.seen.boot + (last - self._household.now).total_seconds()

    def notes(self) -> tuple[str, ...]:
        """Return what the morning is to be told."""
        return self._notes.texts

    def note(self, text: str) -> None:
        """Keep a sentence for the morning."""
        if not self._started:
            self._untold.append(text)
            return
        notes = self._notes.with_text(self._evening.night, text)
        if notes is not self._notes:
            self._notes = notes
            self._save()
            self.noted.emit(text)

    def tick(self) -> None:
        """Bring the evening up to now; before `start` there is none."""
        if not self._started:
            return
        before = self._household.now
        stepped, evening = self._step()
        self._household = stepped.household
        moment = Moment(
            stepped.household.now,
            stepped.elapsed,
            self.plan,
            stepped.leapt,
            self._goodnight_seconds,
            self.lockable,
        )
        if moment.plan is not self._judged:
            self._judged = moment.plan
            evening = acts.replan(evening, moment.now, moment.plan)
        self._become(tick(evening, moment))
        self._announce(before, moment)

    def _step(self) -> tuple[Step, Evening]:
        """Return the household’s next moment. In the morning, also one slept through, the wall is believed again."""
        last, reading, evening = self._household, read_clock(self._clock), self._evening
        stepped = step(last, reading, follow=evening.phase is Phase.MORNING)
        ahead = not stepped.leapt and stepped.household.now > reading.wall
        if ahead and stepped.household.now >= evening.morning:
            return step(last, reading, follow=True), wake(evening)
        return stepped, evening

    def _tick_and_tell(self) -> None:
        self.tick()
        self.ticked.emit()

    def _become(self, evening: Evening) -> None:
        """Take the next value: save it, arm the next door, tell."""
        was, self._evening = self._evening, evening
        if evening.night != self._notes.night and Phase.WIND_DOWN <= evening.phase <= Phase.NIGHT:
            self._notes = Notes(evening.night)
        differs = was is not evening and acts.outline(was) != acts.outline(evening)
        stale = self._clock.boot() - self._saved_at >= SAVED_EVERY
        if differs or stale or abs(self._household.ahead - self._saved_ahead) > 1:
            self._save()
        self._arm()
        if differs:
            self.changed.emit(was, evening)
        self._tell(was, evening)

    def _tell(self, was: Evening, evening: Evening) -> None:
        waited = was.goodnight is Goodnight.WAITING
        if waited and evening.goodnight is Goodnight.SPEAKING:
            self.goodnight_due.emit()
        if waited and evening.goodnight is Goodnight.LEFT_OUT and evening.begun:
            self.note(GOODNIGHT_LEFT_OUT)
        if evening.phase is Phase.STORY and (was.ending is None) != (evening.ending is None):
            (self.landing_wanted if was.ending is None else self.landing_undone).emit()
        if was.opened and evening.opened and evening.opened.left <= CLOSING < was.opened.left:
            self.closing_soon.emit()

    def _announce(self, before: datetime, moment: Moment) -> None:
        evening = self._evening
        if evening.times is None or evening.begun or evening.phase > Phase.WIND_DOWN or moment.leapt:
            return
        for minutes in ANNOUNCED:
            at = evening.times.lights_out - timedelta(minutes=minutes)
            if before < at <= moment.now < at + timedelta(seconds=TRULY_CROSSED):
                self.announced.emit(minutes)

    def _arm(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
        seconds = next_door(self._evening, self.now(), self._goodnight_seconds)
        if seconds is not None and seconds <= AT_HAND:
            self._timer = self._clock.after(max(seconds, 0.001), self.tick)

    def _save(self) -> None:
        """Save; where that fails the evening goes on from memory, and says so once."""
        if not self._started:
            return
        self._saved_at, self._saved_ahead = self._clock.boot(), self._household.ahead
        try:
            self._store.save(STATE, memory_of(self._evening, self._household, self._notes))
        except StorytimeError:
            if not self._saving_failed:
                self._saving_failed = True
                self._notes = self._notes.with_text(self._evening.night, NOT_SAVED)
                self.noted.emit(NOT_SAVED)
        else:
            self._saving_failed = False

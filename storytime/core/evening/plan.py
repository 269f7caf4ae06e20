"""The family’s plan: when a night winds down, goes dark and ends, by weekday, with special nights beside.

Times are civil and naive, and are read from noon to noon: 00:30 belongs to the evening before. So daylight saving needs
no code here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from storytime.core.errors import PlanOutOfOrder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NOON = time(12)
LIGHTS_OUT = time(20)
MORNING = time(7)
WIND_DOWN = timedelta(minutes=45)
SHORT_NOTICE = timedelta(minutes=10)
"""A plan changed later than this before its lights-out holds from the next evening."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def night_of(moment: datetime) -> date:
    """Return the name of the night that a moment belongs to: the date of the noon before it."""
    return moment.date() if moment.time() >= NOON else moment.date() - timedelta(days=1)


def read_time(text: str) -> time:
    """Return the time of day that `HH:MM` says. Raises ValueError."""
    return time.fromisoformat(text.strip().zfill(5)).replace(tzinfo=None)


def write_time(moment: time) -> str:
    """Return `HH:MM`, with seconds only where there are some."""
    return moment.isoformat("seconds" if moment.second else "minutes")


def _since_noon(moment: time) -> timedelta:
    at = timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)
    return at - timedelta(hours=12) if moment >= NOON else at + timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class NightTimes:
    """One night’s doors as naive local moments."""

    wind_down: datetime
    lights_out: datetime
    morning: datetime

    @property
    def night(self) -> date:
        """The night’s name."""
        return night_of(self.lights_out)

    @property
    def dark(self) -> timedelta:
        """How long the planned night lasts, from lights-out to morning."""
        return self.morning - self.lights_out


@dataclass(frozen=True, slots=True)
class Times:
    """An evening’s times of day. Raises `PlanOutOfOrder` unless they follow each other from noon to noon."""

    wind_down: time
    lights_out: time
    morning: time

    def __post_init__(self) -> None:
        if not _since_noon(self.wind_down) < _since_noon(self.lights_out) < _since_noon(self.morning):
            raise PlanOutOfOrder(write_time(self.wind_down), write_time(self.lights_out), write_time(self.morning))

    @classmethod
    def of(cls, lights_out: time, wind_down: time | None = None, morning: time | None = None) -> Times:
        """Return times with wind-down 45 minutes before (but not before noon) and morning at 07:00 unless said."""
        if wind_down is None:
            since = max(_since_noon(lights_out) - WIND_DOWN, timedelta())
            wind_down = (datetime.combine(date.min, NOON) + since).time()
        return cls(wind_down, lights_out, MORNING if morning is None else morning)

    def on(self, night: date) -> NightTimes:
        """Return these times on the night of that name."""
        noon = datetime.combine(night, NOON)
        wind_down, lights_out, morning = (
            noon + _since_noon(door) for door in (self.wind_down, self.lights_out, self.morning)
        )
        return NightTimes(wind_down, lights_out, morning)

    def to_json(self) -> dict[str, str]:
        """Return what `times_from_json` reads."""
        return {
            "wind_down": write_time(self.wind_down),
            "lights_out": write_time(self.lights_out),
            "morning": write_time(self.morning),
        }


def times_from_json(value: Any) -> Times | None:
    """Return times, or None for a night without lights-out. Raises what malformed values raise."""
    if value is None:
        return None
    return Times(read_time(value["wind_down"]), read_time(value["lights_out"]), read_time(value["morning"]))


@dataclass(frozen=True, slots=True)
class Plan:
    """When the nights of the week go dark. A plan that no parent was asked for arms no evening."""

    days: tuple[Times | None, ...] = (Times.of(LIGHTS_OUT),) * 7
    """Monday first; None is a night without lights-out."""
    special: Mapping[date, Times | None] = field(default_factory=dict)
    """Nights that differ from their weekday, by name."""
    asked: bool = False
    changed: datetime | None = None
    """When it was changed last (household time); None: long ago."""
    held: Times | None = None
    """What held on the night during which it was changed."""

    def times(self, night: date) -> Times | None:
        """Return what is planned for a night, asked or not; None without lights-out."""
        return self.special[night] if night in self.special else self.days[night.weekday()]

    def night(self, night: date) -> NightTimes | None:
        """Return the night’s moments; None without lights-out, or while no parent was asked."""
        times = self.times(night) if self.asked else None
        return times.on(night) if times else None

    def settled(self, night: date) -> NightTimes | None:
        """Return what holds on a night: not what was planned for it on short notice."""
        planned = self.night(night)
        late = (
            planned is not None
            and self.changed is not None
            and night_of(self.changed) == night
            and planned.lights_out - self.changed < SHORT_NOTICE
        )
        if late:
            return self.held.on(night) if self.held else None
        return planned

    def morning(self, night: date) -> datetime:
        """Return when the night ends, also where it has no lights-out."""
        times = self.times(night) or self.days[night.weekday()] or Times.of(LIGHTS_OUT)
        return times.on(night).morning

    def with_days(self, days: Iterable[int], times: Times | None) -> Plan:
        """Return an asked plan with these times on some weekdays (Monday is 0)."""
        chosen = set(days)
        return replace(self, days=tuple(times if i in chosen else t for i, t in enumerate(self.days)), asked=True)

    def with_special(self, night: date, times: Times | None) -> Plan:
        """Return an asked plan with one special night, which takes the place of nights already past."""
        kept = {n: t for n, t in self.special.items() if n >= night - timedelta(days=1)}
        return replace(self, special={**kept, night: times}, asked=True)

    def without_special(self, night: date) -> Plan:
        """Return the plan with that night as its weekday says."""
        return replace(self, special={n: t for n, t in self.special.items() if n != night})

    def replaced_by(self, new: Plan, at: datetime) -> Plan:
        """Return `new`, knowing that it was changed `at` (household time) and what held that night."""
        held = self.settled(night_of(at))
        times = Times(held.wind_down.time(), held.lights_out.time(), held.morning.time()) if held else None
        return replace(new, changed=at, held=times)

    def to_json(self) -> dict[str, Any]:
        """Return what `plan_from_json` reads."""
        return {
            "asked": self.asked,
            "days": {name: t.to_json() if t else None for name, t in zip(WEEKDAYS, self.days, strict=True)},
            "special": {night.isoformat(): t.to_json() if t else None for night, t in sorted(self.special.items())},
            "changed": self.changed.isoformat() if self.changed else None,
            "held": self.held.to_json() if self.held else None,
        }


def plan_from_json(value: Any) -> Plan:
    """Return the plan that was saved. A damaged one becomes the unasked plan, which seals nothing."""
    try:
        return Plan(
            days=tuple(times_from_json(value["days"][name]) for name in WEEKDAYS),
            special={date.fromisoformat(n): times_from_json(t) for n, t in (value.get("special") or {}).items()},
            asked=value["asked"] is True,
            changed=datetime.fromisoformat(value["changed"]).replace(tzinfo=None) if value.get("changed") else None,
            held=times_from_json(value.get("held")),
        )
    except (KeyError, TypeError, ValueError, AttributeError, PlanOutOfOrder):
        return Plan()

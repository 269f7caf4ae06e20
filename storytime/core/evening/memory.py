"""How an evening is kept across a restart: as JSON, and distrusted when it is read again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from storytime.core.errors import CannotReadState
from storytime.core.evening.evening import Evening, Goodnight, Opening, Phase
from storytime.core.evening.household import Household, household_from_json
from storytime.core.evening.plan import NightTimes

STATE = "evening"
"""The name under which a `StateStore` keeps it; dropped by a restore."""
MOST_NOTES = 12
MOST_STEPS = 99
LONGEST = 28 * 3600.0
"""Seconds: a noon to noon, what “lights out now” may add to it, and the two hours beyond."""


def evening_to_json(evening: Evening) -> dict[str, Any]:
    """Return what `evening_from_json` reads."""
    opened = evening.opened
    return {
        "night": evening.night.isoformat(),
        "phase": evening.phase.name,
        "times": _times_to_json(evening.times),
        "planned": _times_to_json(evening.planned),
        "morning": evening.morning.isoformat(),
        "begun": evening.begun,
        "greeted": evening.greeted,
        "unlocked": evening.unlocked,
        "goodnight": evening.goodnight.value,
        "goodnight_in": evening.goodnight_in,
        "ending": evening.ending,
        "sealed_for": evening.sealed_for,
        "seal_limit": evening.seal_limit,
        "opened": {"until": opened.until.isoformat(), "left": opened.left} if opened else None,
        "steps": evening.steps,
    }


def evening_from_json(value: Any) -> Evening:
    """Return the evening that was kept. Raises KeyError, TypeError or ValueError where it is damaged."""
    opened = value["opened"]
    return Evening(
        night=date.fromisoformat(value["night"]),
        phase=Phase[value["phase"]],
        times=_times_from_json(value["times"]),
        planned=_times_from_json(value["planned"]),
        morning=_moment(value["morning"]),
        begun=bool(value["begun"]),
        greeted=bool(value["greeted"]),
        unlocked=bool(value["unlocked"]),
        goodnight=Goodnight(value["goodnight"]),
        goodnight_in=_seconds(value["goodnight_in"]),
        ending=_seconds(value["ending"]),
        sealed_for=_length(value["sealed_for"]),
        seal_limit=_length(value["seal_limit"]),
        opened=Opening(_moment(opened["until"]), _length(opened["left"])) if opened else None,
        steps=_steps(value.get("steps")),
    )


@dataclass(frozen=True, slots=True)
class Notes:
    """What the morning is to be told, from one night; the next evening begins with none."""

    night: date
    texts: tuple[str, ...] = ()

    def with_text(self, night: date, text: str) -> Notes:
        """Return notes with one more, unless it is there or there are too many to read."""
        if text in self.texts or len(self.texts) >= MOST_NOTES:
            return self
        return Notes(night, (*self.texts, text))


def remember(value: dict[str, Any]) -> tuple[Evening, Household, Notes]:
    """Return evening, household time and the morning’s notes. Raises `CannotReadState`."""
    try:
        notes = Notes(date.fromisoformat(value["notes"]["night"]), tuple(map(str, value["notes"]["texts"])))
        return evening_from_json(value["evening"]), household_from_json(value["household"]), notes
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as damage:
        raise CannotReadState(STATE) from damage


def memory_of(evening: Evening, household: Household, notes: Notes) -> dict[str, Any]:
    """Return what `remember` reads."""
    return {
        "evening": evening_to_json(evening),
        "household": household.to_json(),
        "notes": {"night": notes.night.isoformat(), "texts": list(notes.texts)},
    }


def _times_to_json(times: NightTimes | None) -> list[str] | None:
    if times is None:
        return None
    return [moment.isoformat() for moment in (times.wind_down, times.lights_out, times.morning)]


def _times_from_json(value: Any) -> NightTimes | None:
    if value is None:
        return None
    wind_down, lights_out, morning = map(_moment, value)
    return NightTimes(wind_down, lights_out, morning)


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is not None:
        raise ValueError(value)
    return moment


def _length(value: Any) -> float:
    """Return a length in seconds that fits within the longest night there is and its two hours."""
    length = float(value)
    if not 0 <= length <= LONGEST:
        raise ValueError(value)
    return length


def _steps(value: Any) -> int:
    """Return the ticks, none where they are damaged: nothing of the lock hangs on them."""
    return value if isinstance(value, int) and 0 <= value <= MOST_STEPS else 0


def _seconds(value: Any) -> float | None:
    return None if value is None else float(value)

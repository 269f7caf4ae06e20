"""Household time: the one notion of time that the evening believes, the wall clock checked against boot time.

A forward step of the wall is followed, and so is a step that the zone’s offset explains. A backward step of under a day
is not followed until morning, so that a child cannot win an hour. A leap of a day or more is a repaired clock.

Of daylight saving the household knows what the machine knows. A wall that stands some hours behind on the one night on
which the hour changes brings the change those hours late, and the morning can be an hour off; the seal's own bound in
boot time holds all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from storytime.core.ports import Clock

LEAP = timedelta(hours=24)
ABSENCE = timedelta(days=60)
"""After a restart of the machine a wall this much later may be believed; later still, its battery is dead."""
SLEW = 0.0005
"""How fast the network’s time may slow a wall clock, in seconds a second (adjtime’s limit), and still be followed."""
NOISE = 0.002
"""Seconds that may pass between reading the two clocks."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the machine’s clocks say at one moment."""

    wall: datetime
    offset: timedelta
    boot: float
    boot_id: str


def read_clock(clock: Clock) -> Reading:
    """Read the clocks, the wall first: a stall between the two then never puts the household ahead."""
    return Reading(clock.wall(), clock.utc_offset(), clock.boot(), clock.boot_id())


@dataclass(frozen=True, slots=True)
class Household:
    """The time in the house, and the reading it was made from."""

    now: datetime
    seen: Reading

    @classmethod
    def begin(cls, reading: Reading) -> Household:
        """Believe the wall, for want of anything better."""
        return cls(reading.wall, reading)

    @property
    def ahead(self) -> float:
        """Seconds of a step back of the wall that was not followed."""
        return (self.now - self.seen.wall).total_seconds()

    def at(self, boot: float) -> datetime:
        """Return the household time at a boot second near by, between readings."""
        return self.now + timedelta(seconds=boot - self.seen.boot)

    def to_json(self) -> dict[str, Any]:
        """Return what `household_from_json` reads."""
        return {
            "now": self.now.isoformat(),
            "wall": self.seen.wall.isoformat(),
            "offset": self.seen.offset.total_seconds(),
            "boot": self.seen.boot,
            "boot_id": self.seen.boot_id,
        }


def household_from_json(value: Any) -> Household:
    """Return the household time that was saved. Raises KeyError, TypeError or ValueError where it is damaged."""
    reading = Reading(
        datetime.fromisoformat(value["wall"]),
        timedelta(seconds=float(value["offset"])),
        float(value["boot"]),
        str(value["boot_id"]),
    )
    return Household(datetime.fromisoformat(value["now"]), reading)


@dataclass(frozen=True, slots=True)
class Step:
    """The household’s next moment."""

    household: Household
    elapsed: float
    """Seconds of boot time since the reading before; across a restart of the machine what is known of it."""
    leapt: bool
    """The clock was repaired: what was known of the evening means nothing now."""


def step(last: Household, reading: Reading, *, follow: bool) -> Step:
    """Go on to a new reading. With `follow` (in the morning) the wall is believed even where it went back."""
    elapsed = _elapsed(last.seen, reading)
    passed = timedelta(seconds=elapsed)
    jump = reading.wall - last.seen.wall - passed
    explained = _explained(jump, reading.offset - last.seen.offset)
    if abs(jump - explained) >= LEAP:
        return Step(Household.begin(reading), elapsed, leapt=True)
    expected = last.now + passed + explained
    behind = (expected - reading.wall).total_seconds()
    slewed = last.ahead < 1 and behind <= NOISE + SLEW * elapsed
    now = reading.wall if follow or behind <= 0 or slewed else expected
    return Step(Household(now, reading), elapsed, leapt=False)


def _elapsed(last: Reading, now: Reading) -> float:
    """Return the seconds known to have passed."""
    if now.boot_id == last.boot_id and now.boot >= last.boot:
        return now.boot - last.boot
    away = (now.wall - now.offset) - (last.wall - last.offset)
    if timedelta() <= away <= ABSENCE:
        return away.total_seconds()
    return max(now.boot, 0.0)


def _explained(jump: timedelta, zone: timedelta) -> timedelta:
    """Return the part of a jump that a change of the zone’s offset accounts for."""
    if zone > timedelta():
        return max(min(zone, jump), timedelta())
    return min(max(zone, jump), timedelta())

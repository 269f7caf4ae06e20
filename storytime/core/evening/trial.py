"""An evening tried in three minutes: a keeper over times of its own, that seals nothing and remembers nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from storytime.core.evening.keeper import Keeper
from storytime.core.evening.plan import Plan, Times

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from storytime.core.ports import Clock, Timer

BEDTIME = datetime(2001, 1, 1, 20)
"""When a tried evening goes dark, whatever the hour it is tried at."""


class TrialClock:
    """The machine’s clock with a wall of its own, that shows the tried evening and goes at the true pace."""

    def __init__(self, clock: Clock, wall: datetime) -> None:
        self.ticked = clock.ticked
        self._clock, self._wall, self._began = clock, wall, clock.boot()

    def wall(self) -> datetime:
        """Return the tried evening’s time."""
        return self._wall + timedelta(seconds=self._clock.boot() - self._began)

    def utc_offset(self) -> timedelta:
        """Return no offset: no zone changes within three minutes."""
        return timedelta()

    def boot(self) -> float:
        """Return the machine’s seconds since its start."""
        return self._clock.boot()

    def boot_id(self) -> str:
        """Return the machine’s name of this boot."""
        return self._clock.boot_id()

    def after(self, seconds: float, call: Callable[[], object]) -> Timer:
        """Call back once."""
        return self._clock.after(seconds, call)


class _Forgetful:
    """A store that keeps nothing."""

    def load(self, name: str) -> dict[str, Any] | None:
        """Find nothing."""
        return None

    def save(self, name: str, value: dict[str, Any]) -> None:
        """Let it go."""

    def drop(self, names: Sequence[str]) -> None:
        """Find nothing to forget."""


@dataclass(slots=True)
class _TrialSettings:
    """Settings that hold the tried plan alone, and are their own value."""

    plan: dict[str, Any]

    @property
    def value(self) -> _TrialSettings:
        return self

    def change(self, *, plan: dict[str, Any]) -> None:
        self.plan = plan


def try_evening(clock: Clock, seconds: float = 180.0) -> Keeper:
    """Return a keeper, not yet started, of an evening that lasts so many seconds from now, a sixth of them dark.

    `evening.sealed` comes true in it, `sealed` never does. Its first tick finds the candle lit.
    """
    dark = timedelta(seconds=round(seconds / 6))
    began = BEDTIME - timedelta(seconds=round(seconds)) + dark
    plan = Plan(asked=True).with_days(range(7), Times(began.time(), time(20), (BEDTIME + dark).time()))
    return Keeper(TrialClock(clock, began), _Forgetful(), _TrialSettings(plan.to_json()), real_seal=False)

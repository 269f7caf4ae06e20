"""A clock that goes only when told to: timed calls in order, sleeps of the machine, wrong wall clocks and far zones."""

from __future__ import annotations

import heapq
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from storytime.core.signal import Signal

if TYPE_CHECKING:
    from collections.abc import Callable

EVENING = datetime(2026, 11, 3, 17, 0)


class PretendTimer:
    """A call in the clock's heap; cancelled ones are passed over."""

    __slots__ = ("call", "due", "order")

    def __init__(self, due: float, order: int, call: Callable[[], object]) -> None:
        self.due = due
        self.order = order
        self.call: Callable[[], object] | None = call

    def __lt__(self, other: PretendTimer) -> bool:
        return (self.due, self.order) < (other.due, other.order)

    def cancel(self) -> None:
        """Never call."""
        self.call = None


class PretendClock:
    """Keeps `ports.Clock`: time passes in `advance`, and every call that falls due in it is made on the way.

    `start` is naive local time in `zone` (an IANA name; None for the zone of this machine).
    """

    def __init__(self, start: datetime = EVENING, zone: str | None = "UTC", boot: float = 1000.0) -> None:
        self.ticked: Signal[()] = Signal()
        self._zone = self._home = _zone(zone)
        self._began = _instant(start, self._home)
        self._boot_at_start = boot
        self._wrong = timedelta()
        self._awake = 0.0
        self._slept = 0.0
        self._boots = 1
        self._heap: list[PretendTimer] = []
        self._order = 0
        self.after(1.0, self._tick)

    def wall(self) -> datetime:
        """Return naive local civil time, with whatever error the wall clock was given."""
        return (self._utc() + self._wrong).astimezone(self._zone).replace(tzinfo=None)

    def utc_offset(self) -> timedelta:
        """Return what the zone adds to UTC at the wall clock's time."""
        return (self._utc() + self._wrong).astimezone(self._zone).utcoffset() or timedelta()

    def boot(self) -> float:
        """Return seconds since the machine was started, suspend included."""
        return self._boot_at_start + self._awake + self._slept

    def awake(self) -> float:
        """Return the seconds of this boot through which the machine was awake."""
        return self._awake

    def boot_id(self) -> str:
        """Return a name of this boot, another after `reboot`."""
        return f"pretend-{self._boots}"

    def after(self, seconds: float, call: Callable[[], object]) -> PretendTimer:
        """Call back once, `seconds` of waking time from now, while `advance` passes that moment."""
        self._order += 1
        timer = PretendTimer(self._awake + max(0.0, seconds), self._order, call)
        heapq.heappush(self._heap, timer)
        return timer

    def advance(self, seconds: float = 0.0) -> None:
        """Let time pass, awake; with 0, only what is due now happens."""
        end = self._awake + seconds
        while self._heap and self._heap[0].due <= end:
            timer = heapq.heappop(self._heap)
            self._awake = max(self._awake, timer.due)
            if timer.call is not None:
                timer.call()
        self._awake = max(self._awake, end)

    def until(self, boot: float) -> None:
        """Let time pass, awake, until `boot()` has reached that many seconds (at once if it has)."""
        while boot - self.boot() > 1e-9:
            self.advance(min(1.0, boot - self.boot()))

    def next_due(self) -> float | None:
        """Return in how many seconds the next call falls due, None if nothing waits."""
        while self._heap and self._heap[0].call is None:
            heapq.heappop(self._heap)
        return self._heap[0].due - self._awake if self._heap else None

    def suspend(self, seconds: float) -> None:
        """Let the machine sleep: both clocks go on, timed calls stand still; it ticks at once on waking."""
        self._slept += seconds
        self.ticked.emit()

    def reboot(self, seconds: float = 0.0) -> None:
        """Start the machine anew after `seconds` off: boot time begins again under another name, no call survives."""
        self._began += timedelta(seconds=self.boot() - self._boot_at_start + seconds)
        self._awake = self._slept = self._boot_at_start = 0.0
        self._boots += 1
        self.forget()

    def forget(self) -> None:
        """Make none of the calls that wait and tell nobody of ticks, as when the process that asked is killed."""
        self.ticked = Signal()
        self._heap.clear()
        self.after(1.0 - self._awake % 1.0, self._tick)

    def set_wall(self, wall: datetime) -> None:
        """Set the wall clock to naive local time, as a hand or a dead battery does; boot time is not touched."""
        self._wrong = _instant(wall, self._zone) - self._utc()

    def step_wall(self, by: timedelta) -> None:
        """Set the wall clock on or back by a length."""
        self._wrong += by

    def move_to(self, zone: str) -> None:
        """Travel to another zone: the same instant, another hour on the wall."""
        self._zone = _zone(zone)

    def moment(self, wall: datetime) -> float:
        """Return the boot time at which this wall would have shown `wall`, had nobody set it or travelled."""
        return self._boot_at_start + (_instant(wall, self._home) - self._began).total_seconds()

    def _utc(self) -> datetime:
        return self._began + timedelta(seconds=self._awake + self._slept)

    def _tick(self) -> None:
        self.after(1.0, self._tick)
        self.ticked.emit()


def _zone(name: str | None) -> ZoneInfo | timezone | None:
    if name == "UTC":
        return UTC
    return ZoneInfo(name) if name else None


def _instant(wall: datetime, zone: ZoneInfo | timezone | None) -> datetime:
    return (wall.astimezone() if zone is None else wall.replace(tzinfo=zone)).astimezone(UTC)

"""A house with a clock of its own: what every promise about the evening is tried in."""

import math
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from storytime.core.errors import CannotReadState, CannotSave
from storytime.core.evening.evening import next_door
from storytime.core.evening.gate import Gate
from storytime.core.evening.keeper import Keeper
from storytime.core.evening.pin import Argon2
from storytime.core.evening.plan import Plan
from storytime.devices.rehearsal.clock import PretendClock

FRIDAY = datetime(2026, 11, 20, 18, 0)
CHEAP = Argon2(time_cost=1, memory_cost=64)


class Memory:
    """A store in memory, that can be damaged and can be full."""

    def __init__(self):
        self.kept = {}
        self.unreadable = False
        self.full = False

    def load(self, name):
        if self.unreadable:
            raise CannotReadState(name)
        return self.kept.get(name)

    def save(self, name, value):
        if self.full:
            raise CannotSave(name)
        self.kept[name] = value

    def drop(self, names):
        for name in names:
            self.kept.pop(name, None)


@dataclass
class Chosen:
    """Settings, as far as the evening needs them; their own value."""

    plan: dict = field(default_factory=dict)

    @property
    def value(self):
        return self

    def change(self, *, plan):
        self.plan = plan


class HouseForOne:
    """A keeper, what it needs, and all that it told, as `(household time of day, what)`."""

    def __init__(self, start=FRIDAY, plan=None, zone="UTC"):
        self.clock = PretendClock(start, zone=zone)
        self.store = Memory()
        self.settings = Chosen((Plan(asked=True) if plan is None else plan).to_json())
        self.told = []
        self.start()

    def start(self):
        """Start the program, again where it ran before."""
        self.keeper = keeper = Keeper(self.clock, self.store, self.settings)
        keeper.changed.connect(lambda was, now: was.phase == now.phase or self.tell(now.phase.name))
        keeper.announced.connect(lambda minutes: self.tell(f"{minutes} minutes"))
        keeper.goodnight_due.connect(lambda: self.tell("goodnight"))
        keeper.landing_wanted.connect(lambda: self.tell("land"))
        keeper.landing_undone.connect(lambda: self.tell("fly on"))
        keeper.closing_soon.connect(lambda: self.tell("closing soon"))
        keeper.noted.connect(self.tell)
        self.gate = Gate(self.clock, self.store, keeper, hashing=CHEAP)
        keeper.start()

    def kill(self):
        """End the program with no farewell: nothing more is saved, no call comes back."""
        self.keeper._store = Memory()
        self.clock.ticked.disconnect(self.keeper._tick_and_tell)
        self.clock.ticked.disconnect(self.gate.tick)
        if self.keeper._timer:
            self.keeper._timer.cancel()

    def restart(self):
        self.kill()
        self.start()

    def tell(self, what):
        self.told.append((self.keeper.now().strftime("%H:%M:%S.%f")[:10], what))

    def whats(self):
        return [what for _, what in self.told]

    @property
    def phase(self):
        return self.keeper.evening.phase.name

    def until(self, hour, minute=0, second=0.0):
        """Let time go by until the household’s time of day has come."""
        now = self.keeper.now()
        moment = now.replace(hour=hour, minute=minute, second=0, microsecond=0) + timedelta(seconds=second)
        if moment < now:
            moment += timedelta(days=1)
        end = self.clock.boot() + (moment - now).total_seconds()
        self.clock.advance(min(1, (moment - now).total_seconds()))
        while (rest := end - self.clock.boot()) > 1e-9:
            quiet = min(rest, self._quiet()) - 60
            if quiet > 0:
                self.clock.suspend(quiet)
            else:
                self.clock.advance(min(rest, 60))

    def _quiet(self):
        """Return seconds in which no tick does anything: those the tests sleep through, to be quick."""
        now, evening = self.keeper.now(), self.keeper.evening
        if evening.opened or (
            evening.times and evening.phase.name in ("WIND_DOWN", "STORY", "GOODNIGHT", "LIGHTS_OUT")
        ):
            return 0
        noon = now.replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=now.hour >= 12)
        door = next_door(evening, now, self.keeper.goodnight_seconds)
        return min((noon - now).total_seconds(), door or math.inf)

    def sleep_until(self, hour, minute=0, second=0):
        """Let the machine sleep until the household’s time of day has come."""
        now = self.keeper.now()
        moment = now.replace(hour=hour, minute=minute, second=second, microsecond=0)
        if moment < now:
            moment += timedelta(days=1)
        self.clock.suspend((moment - now).total_seconds())


@pytest.fixture
def house():
    """A Friday, 18:00, under the plan that a parent agreed to: dark at 20:00, morning at 07:00."""
    return HouseForOne()


@pytest.fixture
def sealed(house):
    """A house an hour after lights-out: Friday, 21:00."""
    house.until(21)
    assert house.keeper.sealed
    return house

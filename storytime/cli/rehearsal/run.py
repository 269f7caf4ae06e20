"""Runs a rehearsal: lets pretended time pass, makes happen what is to happen, and looks at the screens on the way."""

from __future__ import annotations

import heapq
import itertools
import time
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEventLoop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from storytime.cli.rehearsal.diary import Diary
    from storytime.cli.rehearsal.gallery import Gallery
    from storytime.cli.rehearsal.scenario import Happening
    from storytime.cli.rehearsal.stage import Stage
    from storytime.core.house import House
    from storytime.devices.rehearsal import PretendClock
    from storytime.ui.window import Window

STEP = 1.0
"""Pretended seconds that pass at most before Qt is heard."""
GATE_HOLD = 2.1
"""Seconds for which Esc is held to come to the gate."""
WINK = 0.001
"""Seconds between two keys typed one after the other."""


class Rehearsal:
    """One evening or more, from the clock's now to a boot second."""

    def __init__(self, stage: Stage, clock: PretendClock, diary: Diary, gallery: Gallery, speed: float) -> None:
        self._stage, self._clock, self._diary, self._gallery = stage, clock, diary, gallery
        self._speed = speed
        self._order = itertools.count()
        self._coming: list[tuple[float, int, Callable[[], object]]] = []
        self._pin: str | None = None
        self._tried = False

    def at(self, boot: float, act: Callable[[], object]) -> None:
        """Have `act` called when the clock has come to that boot second."""
        heapq.heappush(self._coming, (boot, next(self._order), act))

    def follow(self, happenings: Iterable[Happening]) -> None:
        """Make these happen, each at its time."""
        for one in happenings:
            self.at(self._clock.moment(one.at), partial(self._happen, one))

    def run(self, end: float) -> None:
        """Start the program, let time pass until that boot second, and close it."""
        self._start(again=False)
        self._look()
        began, real = self._clock.boot(), time.monotonic()
        while self._clock.boot() < end - 1e-9:
            self._pass_time(min(end, self._next()))
            while self._coming and self._coming[0][0] <= self._clock.boot() + 1e-9:
                heapq.heappop(self._coming)[2]()
            self._look()
            self._keep_pace(began, real)
        self._stage.close()
        self._gallery.turn("")
        self._gallery.close()
        self._diary.write("closed")

    def _next(self) -> float:
        """Return the boot second up to which time may pass in one go."""
        moments = [self._clock.boot() + STEP]
        if self._coming:
            moments.append(self._coming[0][0])
        look = self._gallery.next_look()
        if look is not None:
            moments.append(look)
        return max(self._clock.boot(), min(moments))

    def _pass_time(self, until: float) -> None:
        self._clock.advance(max(0.0, until - self._clock.boot()))
        QCoreApplication.processEvents()

    def _look(self) -> None:
        if self._stage.window:
            self._stage.settle()
            self._diary.tell_screen()
            self._gallery.turn(self._stage.window.screen_name)
            self._gallery.look(self._stage.window)

    def _keep_pace(self, began: float, real: float) -> None:
        if self._speed > 0:
            early = (self._clock.boot() - began) / self._speed - (time.monotonic() - real)
            if early > 0:
                QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, round(early * 1000))
                time.sleep(max(0.0, (self._clock.boot() - began) / self._speed - (time.monotonic() - real)))

    def _start(self, *, again: bool) -> None:
        if self._stage.house:
            return
        if again:
            self._diary.write("restarted")
        self._stage.start(self._meet, self._diary.begun)
        if not again:
            self._stage.sit_down()

    def _meet(self, house: House, window: Window) -> None:
        self._diary.follow(house, window)
        house.gate.passed.connect(self._on_try)

    def _kill(self) -> None:
        if self._stage.house:
            self._stage.kill()
            self._diary.killed()
            self._gallery.turn("")

    def _on_try(self, _ok: bool) -> None:
        self._tried = True

    def _happen(self, one: Happening) -> None:
        acts: dict[str, Callable[[Happening], object]] = {
            "key": self._press,
            "pin": self._set_pin,
            "gate": self._try_gate,
            "kill": lambda _: self._kill(),
            "start": lambda _: self._start(again=True),
            "clock": self._set_clock,
            "zone": self._travel,
            "suspend": lambda one: self._clock.suspend(one.length.total_seconds()),
            "device": self._plug,
            "lights-out": lambda _: self._lights_out(),
        }
        acts[one.what](one)
        if self._stage.window:
            self._stage.settle()

    def _lights_out(self) -> None:
        if self._stage.house:
            self._stage.house.keeper.lights_out_now()

    def _plug(self, one: Happening) -> None:
        if one.text == "back":
            self._diary.device_back()
            self._stage.plug(there=True)
        else:
            self._stage.plug(there=False)
            self._diary.device_lost()

    def _press(self, one: Happening) -> None:
        self._hold(one.text, one.length.total_seconds())

    def _hold(self, name: str, seconds: float) -> None:
        self._stage.key(name, pressed=True)
        if seconds:
            self.at(self._clock.boot() + seconds, lambda: self._stage.key(name, pressed=False))
        else:
            self._stage.key(name, pressed=False)

    def _set_pin(self, one: Happening) -> None:
        if self._stage.house:
            self._stage.house.gate.set_pin(one.text, self._pin)
            self._pin = one.text

    def _try_gate(self, one: Happening) -> None:
        """Come to the gate by holding Esc, and type; what the pad does not take is tried all the same."""
        if self._stage.window and self._stage.window.screen_name == "gate":
            self._type(one.text)
        else:
            self._hold("Esc", GATE_HOLD)
            self.at(self._clock.boot() + GATE_HOLD + WINK, lambda: self._type(one.text))

    def _type(self, digits: str) -> None:
        house = self._stage.house
        if house is None:
            return
        self._tried = False
        if house.keeper.sealed:
            for key in (*digits, "Enter"):
                self._stage.key(key, pressed=True)
                self._stage.key(key, pressed=False)
        if not self._tried:
            house.gate.try_pin(digits)
        self._stage.settle()

    def _set_clock(self, one: Happening) -> None:
        if one.to is not None:
            self._clock.set_wall(one.to)
        else:
            self._clock.step_wall(one.length)
        self._tell_clock({})

    def _travel(self, one: Happening) -> None:
        self._clock.move_to(one.text)
        self._tell_clock({"zone": one.text})

    def _tell_clock(self, facts: dict[str, Any]) -> None:
        self._diary.write("clock_set", to=self._clock.wall().isoformat(timespec="milliseconds"), **facts)


class PretendParent:
    """Starts the first story of each evening ten minutes after wind-down, by keys as far as they reach."""

    AFTER_WIND_DOWN = timedelta(minutes=10)
    CHOOSES = 3.0
    """Seconds before the words for which the covers are looked at."""

    def __init__(self, rehearsal: Rehearsal, stage: Stage, stories: tuple[int, ...]) -> None:
        self._rehearsal, self._stage, self._stories = rehearsal, stage, stories

    def come(self, boot: float) -> None:
        """Be there at that boot second of one evening."""
        if len(self._stories) != 1:
            self._rehearsal.at(boot - self.CHOOSES, lambda: self._press("Enter"))
        self._rehearsal.at(boot, self._begin)

    def _begin(self) -> None:
        if len(self._stories) == 1:
            self._press("Space")
        house = self._stage.house
        if house and not house.reader.reading.under_way:
            self._stage.tell(self._stories)

    def _press(self, name: str) -> None:
        window = self._stage.window
        if window and window.screen_name == "candle":
            self._stage.key(name, pressed=True)
            self._stage.key(name, pressed=False)

"""What a rehearsal writes down: one JSON object a line, with the pretended time, the boot seconds and the phase."""

from __future__ import annotations

import json
import math
from typing import IO, TYPE_CHECKING, Any

from storytime.core.evening.evening import Phase

if TYPE_CHECKING:
    from collections.abc import Callable

    from storytime.core.evening.evening import Evening
    from storytime.core.house import House
    from storytime.core.ports import Clock
    from storytime.core.reading.reader import Reading
    from storytime.ui.window import Window


class Diary:
    """Follows one program after another; `also` hears every line too."""

    def __init__(self, clock: Clock, file: IO[str] | None, also: Callable[[dict[str, Any]], object]) -> None:
        self._clock = clock
        self._file = file
        self._also = also
        self._phase = Phase.DAY
        self._told: Phase | None = None
        self._state = "idle"
        self._sealed = False
        self._opened = False
        self._lost = False
        self._sounding: tuple[int, int] | None = None
        self._saying = False
        self._shown: tuple[str, dict[str, Any]] = ("", {})
        self._screen = ""

    def write(self, event: str, **facts: Any) -> None:
        """Write one line."""
        if self._shown[0] and self._shown[1]["elapsed"] < self._now()["elapsed"]:
            self.tell_screen()
        self._put({**self._now(), "event": event, "phase": self._phase.name, **facts})

    def tell_screen(self) -> None:
        """Write which screen came last; one that came and went in the same instant was never seen."""
        (screen, when), self._shown = self._shown, ("", {})
        if screen and screen != self._screen:
            self._screen = screen
            self._put({**when, "event": "screen", "phase": self._phase.name, "screen": screen})

    def _now(self) -> dict[str, Any]:
        return {
            "t": self._clock.wall().isoformat(timespec="milliseconds"),
            "elapsed": math.floor(self._clock.boot() * 1000) / 1000,
        }

    def _put(self, line: dict[str, Any]) -> None:
        if self._file:
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._also(line)

    def follow(self, house: House, window: Window) -> None:
        """Write down what this program does from now on; call it before the house begins."""
        self._house = house
        self._state, self._sealed = "idle", False
        reader, keeper = house.reader, house.keeper
        keeper.changed.connect(self._on_evening)
        keeper.ticked.connect(self._look_at_the_seal)
        keeper.noted.connect(lambda text: self.write("note", text=text))
        house.gate.passed.connect(lambda ok: self.write("gate", ok=ok))
        reader.changed.connect(self._on_reading)
        for who in (reader, house.pages):
            who.line_started.connect(self._on_line_started)
            who.line_ended.connect(self._on_line_ended)
        reader.goodnight_started.connect(self._on_goodnight_started)
        reader.goodnight_ended.connect(self._on_goodnight_ended)
        reader.device_lost.connect(self.device_lost)
        window.shown.connect(self._on_screen)

    def begun(self) -> None:
        """Write down how a program found the evening when it was started."""
        self._phase = self._house.keeper.evening.phase
        # A gate that stands open was opened by the program before.
        self._opened = self._house.keeper.evening.opened is not None
        self._tell_phase()
        self._look_at_the_seal()

    def device_lost(self) -> None:
        """Write down that there is no output any more, once, whether or not anything sounded."""
        if not self._lost:
            self._lost = True
            self.write("device_lost")

    def device_back(self) -> None:
        """Write down that there is one again."""
        if self._lost:
            self._lost = False
            self.write("device_back")

    def killed(self) -> None:
        """Write down what was cut off by the program's sudden end."""
        if self._sounding:
            self._on_line_ended(*self._sounding, False)
        self._saying = False
        self._screen = ""

    def _on_evening(self, _was: Evening, now: Evening) -> None:
        self._phase = now.phase
        self._tell_phase()
        self._look_at_the_seal()

    def _tell_phase(self) -> None:
        if self._phase is not self._told:
            self._told = self._phase
            self.write("phase")

    def _look_at_the_seal(self) -> None:
        keeper = self._house.keeper
        opened, sealed = keeper.evening.opened is not None, keeper.sealed
        if opened and not self._opened:
            self.write("opened")
        if sealed and not self._sealed:
            self.write("sealed")
        self._opened, self._sealed = opened, sealed

    def _on_reading(self, reading: Reading) -> None:
        held = ("paused", "lost")
        if reading.state in held and self._state not in held:
            self.write("paused")
        elif self._state in held and reading.state in ("telling", "preparing"):
            self.write("resumed")
        self._state = reading.state

    def _on_screen(self, screen: str) -> None:
        if self._shown[0] and self._shown[1]["elapsed"] < self._now()["elapsed"]:
            self.tell_screen()
        self._shown = screen, self._now()

    def _on_line_started(self, story: int, line: int) -> None:
        self._sounding = story, line
        self.write("line_started", story=story, line=line)

    def _on_line_ended(self, story: int, line: int, whole: bool) -> None:
        self._sounding = None
        self.write("line_ended", story=story, line=line, whole=whole)

    def _on_goodnight_started(self) -> None:
        self._saying = True
        self.write("goodnight_started")

    def _on_goodnight_ended(self) -> None:
        if self._saying:
            self._saying = False
            self.write("goodnight_ended")

"""Looks at the screens of a rehearsal: a picture of each, and a ledger of the light that it gave."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storytime.core.errors import CannotWrite
from storytime.ui.parts.light import measure

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage

    from storytime.core.ports import Clock
    from storytime.ui.window import Window

LOOKS = (0.0, 1.0, 2.0, 3.0, 5.0, 8.0, 12.0, 20.0, 30.0, 45.0)
"""Seconds after a screen has come at which it is looked at, and then every …"""
OFTEN, SELDOM, SELDOM_AFTER = 60.0, 600.0, 1200.0
"""… minute, and from the twentieth minute on every ten."""
SETTLED = {"morning": 120.0}
"""Seconds after which a picture is final: a dawn takes its time."""
SETTLED_SOON = 5.0
LEDGER_REFUSED = "Its folder cannot be written. Choose another."
CANDLE_EVERY = 600.0
"""Seconds between two pictures of the candle."""


@dataclass(slots=True)
class Shown:
    """The worst that was seen of a screen, and for how long it was shown."""

    screen: str
    mean: float = 0.0
    max: float = 0.0
    blue: float = 0.0
    seconds: float = 0.0


class Gallery:
    """Looks when asked to; `frames` is where pictures go, `light` the ledger's file, None for neither."""

    def __init__(self, clock: Clock, frames: Path | None, light: Path | None) -> None:
        self._clock = clock
        self._frames = frames
        self._light = light
        self._ledger: dict[str, Shown] = {}
        self._screen = ""
        self._since = self._until = clock.boot()
        self._looked = 0
        self._number = 0
        self._picture: Path | None = None
        self._pictured_at = 0.0
        self._last: QImage | None = None
        if light and not os.access(light.parent, os.W_OK):
            # Before the evening, and not after it.
            raise CannotWrite(light, LEDGER_REFUSED)
        if frames:
            self._make(frames)

    def turn(self, screen: str) -> None:
        """Know that another screen is in front ("" for none)."""
        if screen == self._screen:
            return
        self._count()
        self._screen, self._since, self._looked, self._last = screen, self._clock.boot(), 0, None
        self._picture = None
        if screen and self._frames and screen not in self._ledger:
            self._hang_up()
        if screen:
            self._ledger.setdefault(screen, Shown(screen))

    def next_look(self) -> float | None:
        """Return the boot second of the next look, None where nothing is to be seen or nobody asked."""
        if not self._screen or (self._frames is None and self._light is None):
            return None
        return self._since + _look(self._looked)

    def look(self, window: Window) -> None:
        """Look at the window now if it is time."""
        due = self.next_look()
        if due is None or due > self._clock.boot() + 1e-6:
            return
        while _look(self._looked) <= self._clock.boot() - self._since + 1e-6:
            self._looked += 1
        image = window.grab().toImage()
        if self._screen == "candle" and self._frames and self._clock.boot() - self._pictured_at >= CANDLE_EVERY - 1:
            self._hang_up()
        if self._picture and not image.save(str(self._picture)):
            raise CannotWrite(self._picture, "A picture could not be written there. Choose another folder.")
        if self._clock.boot() - self._pictured_at >= SETTLED.get(self._screen, SETTLED_SOON):
            self._picture = None
        if image != self._last:
            self._measure(image)
            self._last = image

    def close(self) -> None:
        """Write the ledger."""
        self._count()
        if self._light:
            rows = [
                {
                    "screen": one.screen,
                    "mean": round(one.mean, 6),
                    "max": round(one.max, 6),
                    "blue": round(one.blue, 6),
                    "seconds": round(one.seconds, 3),
                }
                for one in self._ledger.values()
            ]
            try:
                self._light.write_text(json.dumps(rows, indent=2) + "\n", "utf-8")
            except OSError:
                raise CannotWrite(self._light, LEDGER_REFUSED) from None

    def _measure(self, image: QImage) -> None:
        light, worst = measure(image), self._ledger[self._screen]
        worst.mean = max(worst.mean, light.mean)
        worst.max = max(worst.max, light.max)
        worst.blue = max(worst.blue, light.blue)

    def _hang_up(self) -> None:
        assert self._frames
        self._number += 1
        self._picture = self._frames / f"{self._number:02}-{self._screen}.png"
        self._pictured_at = self._clock.boot()

    def _count(self) -> None:
        now = self._clock.boot()
        if self._screen:
            self._ledger[self._screen].seconds += now - self._until
        self._until = now

    def _make(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            raise CannotWrite(folder, "That folder cannot be made. Choose another.") from None


def _look(number: int) -> float:
    """Return when the look of that number is, in seconds after the screen has come."""
    if number < len(LOOKS):
        return LOOKS[number]
    minutes = (number - len(LOOKS) + 1) * OFTEN
    if minutes <= SELDOM_AFTER:
        return minutes
    return SELDOM_AFTER + (minutes - SELDOM_AFTER) / OFTEN * SELDOM

"""The candle of the evening: the time left that a child can see, and the family's own steps beside it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from storytime.core.evening.evening import Phase
from storytime.core.signal import Signal
from storytime.ui.evening.burning_screen import BurningScreen
from storytime.ui.evening.night_screen import CONFIRM
from storytime.ui.evening.routine import Lettering, Step, paint_steps, steps_for
from storytime.ui.parts.ink import write
from storytime.ui.theme import sans

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from storytime.core.evening.keeper import Keeper
    from storytime.core.ports import Clock
    from storytime.core.settings import SettingsStore
    from storytime.core.shelf.shelf import Shelf

_ANNOUNCED_FOR = 120.0
"""Seconds for which an announcement stands beside the candle."""
_STORIES_AT = 0.36
"""Where the stories' pin stands when nothing is laid out yet."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the candle."""

    minutes: int | None
    steps: tuple[Step, ...]
    burned: tuple[bool, ...]
    """Which pins the flame has passed."""
    done: int
    announced: bool
    begin: str
    """What Space does."""
    dark: bool
    """It is after lights-out, and the gate stands open."""
    closing: bool


def time_left(minutes: int | None) -> str:
    """Say how long it is until lights-out."""
    if minutes is None:
        return "No lights-out tonight"
    if minutes < 1:
        return "Less than a minute until lights-out"
    return f"{minutes} {'minute' if minutes == 1 else 'minutes'} until lights-out"


class CandleScreen(BurningScreen):
    """Space tells the story, Enter chooses one, Right and Left tick the steps and take the tick back."""

    name = "candle"
    spoken = "The evening’s candle"

    def __init__(self, keeper: Keeper, shelf: Shelf, settings: SettingsStore, clock: Clock,
                 parent: QWidget | None = None) -> None:
        super().__init__(keeper, settings, clock, parent)
        self.story_asked: Signal[tuple[int, ...]] = Signal()
        self.choosing_asked: Signal[()] = Signal()
        self._shelf = shelf
        self._night: object = None
        self._announced_at: float | None = None
        self._tray: tuple[int, float] | None = None
        # These stay for the screen's whole life: an announcement made while another screen is shown still counts.
        keeper.announced.connect(self._announce)
        shelf.changed.connect(self._forget_tray)

    def act(self, key: Qt.Key) -> None:
        """Tell, choose, or tick; nothing gets brighter."""
        if key == Qt.Key.Key_Space:
            tray = tuple(self._shelf.tray())
            if len(tray) == 1:
                self.story_asked.emit(tray)
            else:
                self.choosing_asked.emit()
        elif key in CONFIRM:
            self.choosing_asked.emit()
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            step = 1 if key == Qt.Key.Key_Right else -1
            self._keeper.tick_steps(min(len(self.shown().steps), max(0, self._keeper.evening.steps + step)))
            self.look()

    def wake(self) -> None:
        """Follow the evening; say the time to whoever cannot see it."""
        super().wake()
        self._forget_tray()
        self._tell_of_it()

    def _renew(self) -> bool:
        changed = super()._renew()
        if changed:
            self._tell_of_it()
        return changed

    def _tell_of_it(self) -> None:
        said = spoken_of(self.shown())
        if said != self.accessibleDescription():
            self.setAccessibleDescription(said)

    def shown(self) -> Beside:
        """Return what is to be seen beside the candle now."""
        night = self._keeper.evening.night
        if night != self._night:
            self._night, self._announced_at = night, None
        times = self._keeper.tonight()
        length = 2700.0 if times is None else max(60.0, (times.lights_out - times.wind_down).total_seconds())
        laid_out, seconds = self._laid_out()
        goodnight = self._keeper.goodnight_seconds or 0.0
        steps = steps_for((seconds + goodnight) / length if laid_out else _STORIES_AT, goodnight / length)
        since = None if self._announced_at is None else self._clock.boot() - self._announced_at
        left = self._keeper.left()
        return Beside(self._minutes(), steps, tuple(step.at > left for step in steps), self._keeper.evening.steps,
                      since is not None and since < _ANNOUNCED_FOR, self._begin(laid_out), self._keeper.evening.dark,
                      self._keeper.closing)

    def _begin(self, laid_out: int) -> str:
        if self.wishes.kind_of_night == "paper":
            return "close the book" if self._keeper.evening.phase is Phase.STORY else "open the book"
        return "begin the story" if laid_out == 1 else "choose a story"

    def _minutes(self) -> int | None:
        seconds = self._keeper.seconds_left()
        return None if seconds is None else max(0, math.ceil(seconds / 60))

    def _laid_out(self) -> tuple[int, float]:
        """Return how many stories are laid out, and how long they are together in seconds."""
        if self._tray is None:
            cards = [self._shelf.card(story) for story in self._shelf.tray()]
            self._tray = len(cards), sum(card.minutes for card in cards) * 60
        return self._tray

    def _forget_tray(self) -> None:
        self._tray = None

    def _announce(self, _minutes: int) -> None:
        self._announced_at = self._clock.boot()
        self.look()

    def draw(self, p: QPainter) -> None:
        """Draw the steps, the time left, and what an adult may look for."""
        view, words, h, w = self.shown(), self.words(), self.height(), self.width()
        large = self.px(0.036, 26)
        letters = Lettering(large, max(18, large * 0.72), min(74.0, h * 0.092), max(h * 0.095, large * 1.5))
        paint_steps(p, self._candle, view.steps, view.done, self._keeper.left(), words, letters)
        font, y = sans(self.px(0.020, 14)), h - max(24, h * 0.0425)
        shade = words.first if view.announced or view.closing else words.third
        write(p, 40, y, _said(view), font, shade)
        write(p, w - 40, y, _hint(view), font, words.third, "right")


def spoken_of(view: Beside) -> str:
    """Return what stands beside the candle, and what its keys do, for a screen reader."""
    keys = _hint(view).replace("hold Esc  ", "Hold Escape: ").replace("Space  ", "Space: ").replace("→  ", "Right: ")
    return f"{_said(view)}. {'. '.join(keys.split(' ' * 8))}."


def _said(view: Beside) -> str:
    if view.closing:
        return "The dark comes back in a minute"
    return "The gate is open" if view.dark else time_left(view.minutes)


def _hint(view: Beside) -> str:
    if view.dark:
        return "hold Esc  stay longer" if view.closing else "hold Esc  parents"
    if view.announced:
        return "hold Esc  not tonight"
    return f"Space  {view.begin}        →  done        hold Esc  parents"

"""The candle of the evening: the time left that a child can see, and the family's own steps beside it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap

from storytime.core.signal import Signal
from storytime.ui.evening.night_screen import CONFIRM, NightScreen
from storytime.ui.evening.routine import Lettering, Step, paint_steps, steps_for
from storytime.ui.parts.burning import FRAME_MS, Burning
from storytime.ui.parts.ink import SMOOTH, write
from storytime.ui.theme import sans

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from storytime.core.evening.keeper import Keeper
    from storytime.core.ports import Clock
    from storytime.core.settings import SettingsStore
    from storytime.core.shelf.shelf import Shelf

_ANNOUNCED_FOR = 120.0
"""Seconds for which an announcement stands beside the candle."""


@dataclass(frozen=True, slots=True)
class CandleView:
    """All that the still part of the picture shows."""

    left: float
    minutes: int | None
    steps: tuple[Step, ...] = ()
    done: int = 0
    announced: bool = False
    laid_out: int = 0


def time_left(minutes: int | None) -> str:
    """Say how long it is until lights-out."""
    if minutes is None:
        return "No lights-out tonight"
    if minutes < 1:
        return "Less than a minute until lights-out"
    return f"{minutes} {'minute' if minutes == 1 else 'minutes'} until lights-out"


class CandleScreen(NightScreen):
    """Burns down with the evening. Space tells the story, Enter chooses one, Right and Left tick the steps."""

    name = "candle"
    spoken = "The evening’s candle"

    def __init__(self, keeper: Keeper, shelf: Shelf, settings: SettingsStore, clock: Clock,
                 parent: QWidget | None = None) -> None:
        super().__init__(clock, settings, parent)
        self.story_asked: Signal[tuple[int, ...]] = Signal()
        self.choosing_asked: Signal[()] = Signal()
        self._keeper, self._shelf = keeper, shelf
        self._candle = Burning()
        self._still = QPixmap()
        self._shown: tuple[object, ...] = ()
        self._done = 0
        self._announced_at: float | None = None
        self._night: object = None
        self._flicker = QTimer(self, interval=FRAME_MS)
        self._flicker.timeout.connect(self._move_flame)
        # The house outlives its screens' days: an announcement made while another screen is shown still counts.
        keeper.announced.connect(self._announce)

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
            self._done = min(len(self.view().steps), max(0, self._done + step))
            self._look()

    def wake(self) -> None:
        """Follow the evening, and let the flame move unless the family asked for less of that."""
        self._keeper.ticked.connect(self._look)
        if not self.wishes.less_motion:
            self._flicker.start()
        self._look()

    def rest(self) -> None:
        """Stand still."""
        self._keeper.ticked.disconnect(self._look)
        self._flicker.stop()

    def view(self) -> CandleView:
        """Return what is to be seen now."""
        seconds = self._keeper.seconds_left()
        night = self._keeper.evening.night
        if night != self._night:
            self._night, self._done, self._announced_at = night, 0, None
        length, stories, tray = self._shares()
        since = None if self._announced_at is None else self._clock.boot() - self._announced_at
        return CandleView(
            left=self._keeper.left(),
            minutes=None if seconds is None else max(0, math.ceil(seconds / 60)),
            steps=steps_for(stories / length if tray else 0.36, self._keeper.goodnight_seconds / length),
            done=self._done,
            announced=since is not None and since < _ANNOUNCED_FOR,
            laid_out=tray,
        )

    def _shares(self) -> tuple[float, float, int]:
        """Return the evening's length, the length of what is laid out (both in seconds), and how much that is."""
        times = self._keeper.tonight()
        length = 2700.0 if times is None else max(60.0, (times.lights_out - times.wind_down).total_seconds())
        cards = [self._shelf.card(story) for story in self._shelf.tray()]
        return length, sum(card.minutes for card in cards) * 60 + self._keeper.goodnight_seconds, len(cards)

    def _announce(self, _minutes: int) -> None:
        self._announced_at = self._clock.boot()
        self._look()

    def _look(self) -> None:
        if self.isVisible() and self._renew():
            self.update()

    def _move_flame(self) -> None:
        self.update(self._candle.flame_rect())

    def _renew(self) -> bool:
        """Make the still picture anew if anything in it changed, and return whether it did."""
        view, dpr = self.view(), self.devicePixelRatioF()
        self._candle.fit(self.width(), self.height(), dpr)
        burned = self._candle.burn(view.left)
        words = self.words()
        shown = (self.size(), dpr, view.minutes, view.steps, view.done, view.announced, view.laid_out, words)
        if not burned and shown == self._shown:
            return False
        self._shown = shown
        if self._still.size() != self.size() * dpr:
            self._still = QPixmap(self.size() * dpr)
            self._still.setDevicePixelRatio(dpr)
        p = QPainter(self._still)
        self._candle.paint_still(p)
        self._paint_words(p, view)
        p.end()
        return True

    def _paint_words(self, p: QPainter, view: CandleView) -> None:
        p.setRenderHints(SMOOTH)
        words, h, w = self.words(), self.height(), self.width()
        large = self.px(0.036, 26)
        letters = Lettering(large, max(18, large * 0.72), min(74.0, h * 0.092), max(h * 0.095, large * 1.5))
        paint_steps(p, self._candle, view.steps, view.done, view.left, words, letters)
        font = sans(self.px(0.020, 14))
        margin, y = 40, h - max(24, h * 0.0425)
        write(p, margin, y, time_left(view.minutes), font, words.first if view.announced else words.third)
        write(p, w - margin, y, self._hint(view), font, words.third, "right")

    def _hint(self, view: CandleView) -> str:
        begin = "Space  begin the story" if view.laid_out == 1 else "Space  choose a story"
        if view.announced:
            return "hold Esc  not tonight"
        return f"{begin}        →  done        hold Esc  parents"

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is kept; when only the flame moved, only its rectangle is touched."""
        self._renew()
        p = QPainter(self)
        dirty = QRectF(event.rect())
        p.setClipRect(dirty)
        p.drawPixmap(0, 0, self._still)
        p.setRenderHints(SMOOTH)
        self._candle.paint_flame(p, 0.0 if self.wishes.less_motion else self._clock.boot())

"""A night screen with a candle that burns: the picture is kept, and only the flame's rectangle is painted again."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap

from storytime.ui.evening.night_screen import NightScreen
from storytime.ui.parts.burning import FRAME_MS, Burning
from storytime.ui.parts.ink import SMOOTH

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from storytime.core.evening.keeper import Keeper
    from storytime.core.ports import Clock
    from storytime.core.settings import SettingsStore


class BurningScreen(NightScreen):
    """Burns down with the evening; the flame moves unless the family asked for less of that."""

    axis: ClassVar[float] = 0.40
    """Where the candle stands, as a share of the width."""
    memory: ClassVar[bool] = True
    """Whether the outline of what has burned is drawn."""

    def __init__(self, keeper: Keeper, settings: SettingsStore, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(clock, settings, parent)
        self._keeper = keeper
        self._candle = Burning(self.axis)
        self._still = QPixmap()
        self._shown: object = None
        self._flicker = QTimer(self, interval=FRAME_MS)
        self._flicker.timeout.connect(self._move_flame)

    @abstractmethod
    def shown(self) -> object:
        """Return the value that decides what stands beside the candle."""

    @abstractmethod
    def draw(self, p: QPainter) -> None:
        """Draw what stands beside the candle."""

    def wake(self) -> None:
        """Follow the evening."""
        self._keeper.ticked.connect(self.look)
        if not self.wishes.less_motion:
            self._flicker.start()

    def rest(self) -> None:
        """Stand still."""
        self._keeper.ticked.disconnect(self.look)
        self._flicker.stop()

    def look(self) -> None:
        """See whether the picture is still true."""
        if self.isVisible() and self._renew():
            self.update()

    def _move_flame(self) -> None:
        self.update(self._candle.flame_rect())

    def _renew(self) -> bool:
        """Make the still picture anew if anything in it changed, and return whether it did."""
        dpr = self.devicePixelRatioF()
        self._candle.fit(self.width(), self.height(), dpr)
        burned = self._candle.burn(self._keeper.left())
        shown = (self.shown(), self.size(), dpr, self.words())
        if not burned and shown == self._shown:
            return False
        self._shown = shown
        if self._still.size() != self.size() * dpr:
            self._still = QPixmap(self.size() * dpr)
            self._still.setDevicePixelRatio(dpr)
        p = QPainter(self._still)
        p.setRenderHints(SMOOTH)
        self._candle.paint_still(p, memory=self.memory)
        self.draw(p)
        p.end()
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is kept; Qt clips it to what has to be drawn."""
        if event.rect() != self._candle.flame_rect():
            self._renew()
        p = QPainter(self)
        p.drawPixmap(0, 0, self._still)
        self._candle.paint_flame(p, 0.0 if self.wishes.less_motion else self._clock.boot())

"""A night screen whose picture is kept, and painted anew only when what it shows has changed."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap

from storytime.ui.evening.night_screen import NightScreen
from storytime.ui.parts.ink import SMOOTH

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from storytime.core.ports import Clock
    from storytime.core.settings import SettingsStore

_FRAME_MS = 66


class PaintedScreen(NightScreen):
    """Shows the picture of a value; a change may come slowly, and never by a frame that is not needed."""

    passage: ClassVar[float] = 0.0
    """Seconds from one picture to the next."""

    def __init__(self, clock: Clock, settings: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(clock, settings, parent)
        self._picture = QPixmap()
        self._before = QPixmap()
        self._since = 0.0
        self._shown: object = None
        self._steps = QTimer(self, interval=_FRAME_MS)
        self._steps.timeout.connect(self._step)

    @abstractmethod
    def shown(self) -> object:
        """Return the value that decides the picture; equal values are the same picture."""

    @abstractmethod
    def draw(self, p: QPainter) -> None:
        """Draw the picture on black."""

    def touch_up(self, p: QPainter) -> None:
        """Draw over the picture what changes more often than it; nothing, unless the screen says so."""

    def look(self) -> None:
        """See whether the picture is still true; call it whenever something may have changed."""
        if self.isVisible() and (self._shown is None or self._key() != self._shown):
            self.update()

    def rest(self) -> None:
        """Forget the passage under way."""
        self._steps.stop()
        self._before = QPixmap()
        self._shown = None

    def _key(self) -> object:
        return self.shown(), self.size(), self.devicePixelRatioF(), self.wishes.brighter_words

    def _renew(self) -> None:
        key = self._key()
        if key == self._shown:
            return
        old, first = self._picture, self._shown is None
        self._shown = key
        self._picture = QPixmap(self.size() * self.devicePixelRatioF())
        self._picture.setDevicePixelRatio(self.devicePixelRatioF())
        self._picture.fill("#000000")
        p = QPainter(self._picture)
        p.setRenderHints(SMOOTH)
        self.draw(p)
        p.end()
        if self.passage and not first and old.size() == self._picture.size() and not self.wishes.less_motion:
            self._before, self._since = old, self._clock.boot()
            self._steps.start()

    def _step(self) -> None:
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Show what is kept, and over it what is still going."""
        self._renew()
        p = QPainter(self)
        p.drawPixmap(0, 0, self._picture)
        self.touch_up(p)
        if self._before.isNull():
            return
        going = 1 - (self._clock.boot() - self._since) / self.passage
        if going <= 0:
            self._steps.stop()
            self._before = QPixmap()
            return
        p.setOpacity(going)
        p.drawPixmap(0, 0, self._before)

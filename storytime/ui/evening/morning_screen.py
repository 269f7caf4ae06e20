"""The morning: the colour of dawn comes up out of the black, and what the night had to wait with is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent

from storytime.core.signal import Signal
from storytime.ui.evening.night_screen import CONFIRM
from storytime.ui.evening.painted_screen import PaintedScreen
from storytime.ui.parts.dawn import paint_dawn
from storytime.ui.parts.icons import paint_icon
from storytime.ui.parts.ink import rounded, wrap, write
from storytime.ui.parts.night_button import NightButton
from storytime.ui.theme import Day, colour, sans, serif, text_scale

if TYPE_CHECKING:
    from datetime import date, datetime

    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QWidget

    from storytime.core.evening.keeper import Keeper
    from storytime.core.ports import Clock
    from storytime.core.settings import SettingsStore

DAWN = 90.0
"""Seconds from black to full dawn."""
MOST_NOTES = 4
_FRAME_MS = 250
_LIGHT, _SOFT = "#FFF6E4", "#FFEBD2"
_HOURS = ("twelve", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
BEGIN = "Begin the day"


@dataclass(frozen=True, slots=True)
class Greeting:
    """What the morning says."""

    time: str
    notes: tuple[str, ...]


def time_words(now: datetime) -> str:
    """Say the time as one says it: the full hour in words."""
    if now.minute == 0:
        return f"It is {_HOURS[now.hour % 12]} o’clock. The day may begin."
    return f"It is {now.hour}:{now.minute:02}. The day may begin."


class MorningScreen(PaintedScreen):
    """Greets the child, tells the parent what happened, and waits for the day to be begun."""

    name = "morning"
    spoken = "Good morning."

    def __init__(self, keeper: Keeper, settings: SettingsStore, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(clock, settings, parent)
        self.day_asked: Signal[()] = Signal()
        self._keeper = keeper
        self._night: date | None = None
        self._began = 0.0
        self._frames = QTimer(self, interval=_FRAME_MS)
        self._frames.timeout.connect(self.update)
        self._button = NightButton(BEGIN, self)
        self._button.setCursor(Qt.CursorShape.PointingHandCursor)
        self._button.focused.connect(self.update)
        self._button.clicked.connect(lambda _=False: self._begin_the_day())
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def wake(self) -> None:
        """Let the dawn come; one that came already stays."""
        if self._night != self._keeper.evening.night:
            self._night, self._began = self._keeper.evening.night, self._clock.boot()
        self._keeper.ticked.connect(self.look)
        self._frames.start()
        self._button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setAccessibleDescription(" ".join((self.shown().time, *self._keeper.notes())))

    def rest(self) -> None:
        """Stand still."""
        super().rest()
        self._keeper.ticked.disconnect(self.look)
        self._frames.stop()

    def act(self, key: Qt.Key) -> None:
        """Begin the day."""
        if key == Qt.Key.Key_Space or key in CONFIRM:
            self._begin_the_day()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Hear no zones by day: only the button is pressed."""
        self._touch.release()
        event.accept()

    def _begin_the_day(self) -> None:
        self._keeper.good_morning()
        self.day_asked.emit()

    def shown(self) -> Greeting:
        """Return what the morning says."""
        return Greeting(time_words(self._keeper.now()), self._keeper.notes())

    def dawn(self) -> float:
        """Return how far the dawn is, 0 black to 1."""
        share = min(1.0, max(0.0, (self._clock.boot() - self._began) / DAWN))
        return share * share * (3 - 2 * share)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the picture through what is left of the dark."""
        super().paintEvent(event)
        light = self.dawn()
        if light >= 1:
            self._frames.stop()
            return
        p = QPainter(self)
        # Red comes before green, and green before blue, as it does outside.
        p.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        p.fillRect(self.rect(), QColor.fromRgbF(light**0.7, light, light**1.5))

    def draw(self, p: QPainter) -> None:
        """Paint the dawn, the greeting, the one button, and the notes for the parent."""
        w, h, view = self.width(), self.height(), self.shown()
        paint_dawn(p, w, h)
        m, x = h / 800 * max(1.0, text_scale()), max(48.0, w * 0.065)
        y = h * 0.185
        write(p, x, y, self.spoken, serif(58 * m, 420), _LIGHT, width=w - 2 * x)
        write(p, x + 2, y + 46 * m, view.time, serif(max(18.0, 22 * m), 400), _SOFT, width=w - 2 * x)
        self._draw_button(p, x, y + 92 * m, m)
        if view.notes:
            self._draw_notes(p, x, view.notes, m)

    def _draw_button(self, p: QPainter, x: float, y: float, m: float) -> None:
        font = sans(max(15.0, 17 * m))
        tall = max(46.0, 52 * m)
        place = QRectF(x, y, QFontMetricsF(font).horizontalAdvance(BEGIN) + tall * 1.5, tall)
        self._button.setGeometry(place.toAlignedRect())
        rounded(p, place.adjusted(-5, -5, 5, 5), tall, None, colour(_LIGHT, 0.75), 2.5)
        rounded(p, place, tall, _LIGHT)
        paint_icon(p, "sun", x + tall * 0.58, y + tall / 2, tall * 0.44, Day.CLAY_DEEP)
        write(p, x + tall, y + tall / 2 + QFontMetricsF(font).capHeight() / 2, BEGIN, font, "#33283A")

    def _draw_notes(self, p: QPainter, x: float, notes: tuple[str, ...], m: float) -> None:
        size, wide = max(14.0, 15.5 * m), min(self.width() * 0.62, 600 * max(1.0, m))
        font, head = serif(size * 1.12, 400), sans(max(13.0, 14 * m), 700)
        pad, lead = size * 1.6, size * 1.62
        more = len(notes) - MOST_NOTES
        told = [*notes[:MOST_NOTES], *([f"And {more} more, in the log."] if more > 0 else [])]
        blocks = [wrap(note, font, wide - 2 * pad, 3) for note in told]
        tall = pad * 1.5 + size * 0.8 + sum(len(block) * lead + lead * 0.35 for block in blocks)
        place = QRectF(x, self.height() - tall - max(28.0, 48 * m), wide, tall)
        rounded(p, place, 16, colour("#FBF4E6", 0.94))
        y = place.top() + pad + size * 0.2
        write(p, x + pad, y, "For you", head, Day.CLAY)
        y += lead * 1.15
        for block in blocks:
            for row in block:
                write(p, x + pad, y, row, font, Day.INK)
                y += lead
            y += lead * 0.35

"""The first-run card: one question, and an evening to be tried. Everything else can wait for another day."""

from __future__ import annotations

import random
from datetime import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractSlider, QWidget

from storytime.core.evening.plan import Plan, Times
from storytime.ui.parts.buttons import InkButton, RoundButton
from storytime.ui.parts.focus import FocusRing
from storytime.ui.parts.ink import (
    SMOOTH,
    across,
    dot,
    down,
    fill,
    picture,
    ring,
    rounded,
    rounded_path,
    soft_shadow,
    write,
)
from storytime.ui.parts.landscape import Ridge, cottage, fir, moon, stars
from storytime.ui.parts.paper import lay_paper, paint_mark
from storytime.ui.theme import Day, Space, colour, mix, sans, serif, text_scale
from storytime.ui.words import PRIVATE, clock

if TYPE_CHECKING:
    from storytime.core.evening.keeper import Keeper
    from storytime.core.settings import SettingsStore

EARLIEST, LATEST, STEP = 17 * 60, 23 * 60 + 30, 15
"""Minutes of the day, and the step of a press; Shift is five."""
BAND = ((0.0, "#E9B48A"), (0.22, "#B9748A"), (0.45, "#4A4778"), (0.62, "#0E142E"), (0.84, "#1B2448"), (1.0, "#F2CB9A"))
HILLS = ((0.78, 30, "#7D5677", "#B47C80"), (0.85, 26, "#463B62", "#6E5275"), (0.925, 18, "#1C1E3C", "#2E2B50"))
HIGH = 484
"""Pixels of the card at the usual size of words."""


class Clock(QAbstractSlider):
    """The one time, large; arrows move it."""

    ring_radius = 12.0

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._scale = text_scale()
        self.setRange(EARLIEST, LATEST)
        self.setSingleStep(STEP)
        self.setPageStep(60)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.valueChanged.connect(lambda _minute: self._said())
        self.setValue(20 * 60)

    @property
    def moment(self) -> time:
        """The time of day."""
        return time(*divmod(self.value(), 60))

    def fit(self, scale: float) -> None:
        """Be so large, 1 being the usual size."""
        self._scale = scale

    def _said(self) -> None:
        self.setAccessibleName(f"Lights-out at {clock(self.moment)}")
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by a quarter of an hour, with Shift by five minutes."""
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.setSingleStep(5 if fine else STEP)
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Return room for the figures."""
        return QSize(round(240 * self._scale), round(92 * self._scale))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Write the time."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        font = serif(84 * self._scale, 420, optical=72)
        base = self.height() / 2 + font.pixelSize() * 0.35
        write(p, self.width() / 2, base, clock(self.moment), font, Day.INK, "centre")


class FirstRunCard(QWidget):
    """Keeps the plan and goes: emits `answered`, or `trial_wanted` for *Try an evening* (the question stays)."""

    name = "first_run"
    answered = Signal()
    trial_wanted = Signal()

    def __init__(self, keeper: Keeper, settings: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeper, self._settings = keeper, settings
        self._ground = QPixmap()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("When is lights-out?")
        self.clock = Clock(self)
        self.earlier = RoundButton("Earlier", "minus", self, size=54, bare=False)
        self.later = RoundButton("Later", "plus", self, size=54, bare=False)
        self.agree = InkButton("That is our evening", "primary", parent=self, height=48)
        self.trial = InkButton("Try an evening", "quiet", parent=self, px=15)
        self.earlier.clicked.connect(lambda: self.clock.setValue(self.clock.value() - STEP))
        self.later.clicked.connect(lambda: self.clock.setValue(self.clock.value() + STEP))
        for button in (self.earlier, self.later):
            button.setAutoRepeat(True)
        self.clock.valueChanged.connect(lambda _minute: self.update())
        self.agree.clicked.connect(self._agree)
        self.trial.clicked.connect(self.trial_wanted)
        FocusRing(self)

    @property
    def times(self) -> Times:
        """What follows from the answer."""
        return Times.of(self.clock.moment)

    def _agree(self) -> None:
        self._keeper.change_plan(Plan().with_days(range(7), self.times))
        self._settings.change(first_run_done=True)
        self.answered.emit()

    @property
    def scale(self) -> float:
        """The size of the card and its words: the system's, as far as the window has room for it."""
        return min(text_scale(), max(0.8, (self.height() - 24) / HIGH))

    def sheet(self) -> QRectF:
        """Return where the card lies."""
        scale = self.scale
        wide, high = min(560 * scale, self.width() - 32), min(HIGH * scale, self.height() - 24)
        return QRectF((self.width() - wide) / 2, max(12.0, (self.height() - high) / 2 - 14), wide, high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place card and controls."""
        super().resizeEvent(event)
        self._ground = QPixmap()
        r, scale = self.sheet(), self.scale
        self.clock.fit(scale)
        middle, line = r.center().x(), r.top() + r.height() * 0.487
        self._put(self.clock, middle, line)
        self._put(self.earlier, middle - 186 * scale, line)
        self._put(self.later, middle + 186 * scale, line)
        last = r.bottom() - max(36 * scale, self.trial.sizeHint().height() / 2 + 4)
        self._put(self.trial, middle, last)
        apart = (self.trial.sizeHint().height() + self.agree.sizeHint().height()) / 2
        self._put(self.agree, middle, min(r.bottom() - 86 * scale, last - apart))

    def _put(self, widget: QWidget, x: float, y: float) -> None:
        size = widget.sizeHint()
        if widget is self.agree:
            size = QSize(max(size.width(), round(260 * text_scale())), size.height())
        left, top = round(x - size.width() / 2), round(y - size.height() / 2)
        widget.setGeometry(QRect(left, top, size.width(), size.height()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter at the time for the answer; the buttons have had theirs."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._agree()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: object) -> None:
        """Begin at the question."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.clock.setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dusk, the card, the question and the evening that follows."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        p.drawPixmap(0, 0, self._dusk())
        r, scale = self.sheet(), self.scale
        soft_shadow(p, r, Space.SHEET_RADIUS, 40, 16, 0.45, "#0A0A20")
        p.save()
        p.setClipPath(rounded_path(r, Space.SHEET_RADIUS))
        lay_paper(p, r, Day.SHEET)
        p.restore()
        middle, room = r.center().x(), r.width() - 32
        paint_mark(p, middle, r.top() + r.height() * 0.115, 40 * scale)
        question = serif(36 * scale, 520, optical=48)
        write(p, middle, r.top() + r.height() * 0.27, "When is lights-out?", question, Day.INK, "centre", room)
        hint = "Everything else follows from it. You can change it any day."
        write(p, middle, r.top() + r.height() * 0.345, hint, sans(15.5 * scale), Day.INK2, "centre", room)
        self._band(p, r, scale)
        if r.bottom() + 50 * scale < self.height():
            write(p, middle, r.bottom() + 36 * scale, PRIVATE, sans(14.5 * scale), colour("#FBE9D2", 0.92), "centre")

    def _band(self, p: QPainter, r: QRectF, scale: float) -> None:
        left, right, y = r.left() + 74 * scale, r.right() - 74 * scale, r.top() + r.height() * 0.625
        rounded(p, QRectF(left, y, right - left, 12), 6, across(left, right, BAND))
        times = self.times
        doors = ((0.10, "wind-down", times.wind_down), (0.50, "lights-out", times.lights_out),
                 (0.95, "morning", times.morning))
        for share, words, moment in doors:
            x, size = left + (right - left) * share, 8 if share == 0.5 else 5
            dot(p, x, y + 6, size, "#FFF7E8")
            ring(p, x, y + 6, size, Day.CLAY, 2)
            font = serif(14.5 * scale, 400, optical=14)
            write(p, x, y + 12 + 24 * scale, f"{words} {clock(moment)}", font, Day.INK2, "centre")

    def _dusk(self) -> QPixmap:
        if self._ground.isNull():
            self._ground = picture(self.size(), self.devicePixelRatioF(), paint_dusk)
        return self._ground


def paint_dusk(p: QPainter, area: QRectF) -> None:
    """Paint a wide evening landscape."""
    w, h, rnd = area.width(), area.height(), random.Random(9)
    hues = ((0, "#141A38"), (0.42, "#3D3A68"), (0.66, "#8D6483"), (0.80, "#D2907C"), (0.9, "#EDB98A"))
    fill(p, area, down(0, h, hues))
    stars(p, rnd, QRectF(0, 0, w, h * 0.58), 130, "#F8E8C4")
    moon(p, w * 0.86, h * 0.17, 34, 1, "#F8E4B0", "#2A2C55")
    for i, (level, rise, low, high) in enumerate(HILLS):
        hill = Ridge.drawn(random.Random(70 + i), h * level, rise, w)
        fill(p, hill.path(h), down(h * level - 30, h * level + 110, [(0, high), (1, low)]))
        for _ in range(40 if i else 0):
            x = rnd.random() * w
            fir(p, rnd, x, hill(x) + 4, rnd.uniform(12, 24) * (1 + 0.7 * (i - 1)), mix(low, "#12142C", 0.45))
        if i == 2:
            cottage(p, w * 0.14, hill(w * 0.14) + 10, 74, "#14162E", "#FFE2A0", "#D8A8A0")

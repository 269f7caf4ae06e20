"""The drawn evening: three handles move its times, by mouse, and by keys in steps of five minutes or of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from storytime.ui.evening.evening_sky import paint_sky
from storytime.ui.parts.ink import SMOOTH, dot, line, ring, rounded, soft_shadow, write
from storytime.ui.theme import Day, colour, sans, serif, text_scale
from storytime.ui.words import clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storytime.core.evening.plan import Times
    from storytime.core.shelf.story import StoryCard
    from storytime.ui.parts.cover import CoverKeeper

STEP, FINE = 5, 1
EVENING, MORNING = (0.0, 0.70), (0.79, 1.0)
"""Shares of the width that show the evening and the morning; the night between is folded."""
ROOM = 22
"""Pixels beside the picture for shadow and handles."""
DAY = 24 * 60


def since_noon(moment: time) -> int:
    """Return whole minutes since noon, 0 to 1439."""
    return (moment.hour * 60 + moment.minute - 720) % DAY


def at_minute(minute: int) -> time:
    """Return the time of day that many minutes after noon."""
    hour, left = divmod((minute + 720) % DAY, 60)
    return time(hour, left)


@dataclass(frozen=True, slots=True)
class Span:
    """Which minutes since noon the picture shows."""

    evening: tuple[int, int]
    morning: tuple[int, int]

    @classmethod
    def around(cls, times: Times) -> Span:
        """Return half hours around the times, with room to move them."""
        first = (since_noon(times.wind_down) - 30) // 30 * 30
        last = -(-(since_noon(times.lights_out) + 40) // 30) * 30
        end = since_noon(times.morning)
        return cls((max(0, first), last), (end // 60 * 60 - 120, end // 60 * 60 + 120))

    def share(self, minute: int) -> float:
        """Return where a minute is, as a share of the width."""
        (a, b), (u, v) = (self.evening, EVENING) if minute <= self.evening[1] else (self.morning, MORNING)
        return min(v, max(u, u + (minute - a) / (b - a) * (v - u)))

    def minute(self, share: float, *, morning: bool) -> int:
        """Return the minute at a share of the width, in the evening or in the morning."""
        (a, b), (u, v) = (self.morning, MORNING) if morning else (self.evening, EVENING)
        return round(a + (min(v, max(u, share)) - u) / (v - u) * (b - a))


class Handle(QAbstractSlider):
    """A disc with two grips of clay. Its value is in minutes since noon."""

    let_go = Signal()
    ring_radius = 17.0

    def __init__(self, words: str, parent: Timeline) -> None:
        super().__init__(parent)
        self.words = words
        self._timeline = parent
        self.setRange(0, DAY - 1)
        self.setSingleStep(STEP)
        self.setPageStep(15)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.resize(40, 40)
        self.valueChanged.connect(lambda minute: self.setAccessibleName(f"{words} at {clock(at_minute(minute))}"))
        self.setAccessibleDescription("Arrows move it five minutes, with Shift one")

    def focus_rect(self) -> QRect:
        """Return the disc."""
        return self.rect().adjusted(5, 5, -5, -5)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by five minutes, with Shift by one."""
        ways = {Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1}
        way = ways.get(Qt.Key(event.key()), 0)
        if not way:
            super().keyPressEvent(event)
            return
        step = FINE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
        to = self.value() + way * step
        if step == STEP and self.value() % STEP:
            to = (self.value() // STEP + (way > 0)) * STEP
        self.setValue(to)
        self.let_go.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer, in steps of five minutes, with Shift of one."""
        if self.isSliderDown():
            step = FINE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
            self._timeline.drag(self, self.mapToParent(event.position().toPoint()).x(), step)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        if self.isSliderDown():
            self.setSliderDown(False)
            self.let_go.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the disc and its grips."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        x, y = self.width() / 2, self.height() / 2
        soft_shadow(p, QRectF(x - 14, y - 14, 28, 28), 14, 4, 2, 0.4, "#000000")
        dot(p, x, y, 15, "#FFF7E8")
        if self.hasFocus() or self.isSliderDown():
            ring(p, x, y, 14, Day.CLAY, 3)
        for k in (-3, 3):
            line(p, x + k, y - 5, x + k, y + 5, Day.CLAY, 1.8)


class Timeline(QWidget):
    """Emits `moved` with the wished (wind-down, lights-out, morning) once a handle is let go."""

    moved = Signal(object, object, object)

    def __init__(self, covers: CoverKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._covers = covers
        self._cards: list[StoryCard] = []
        self._times: Times | None = None
        self._span = Span((360, 540), (1080, 1320))
        self._ground = QPixmap()
        self._drawn: object = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.handles = [Handle(words, self) for words in ("Wind-down", "Lights-out", "Morning")]
        for handle in self.handles:
            handle.valueChanged.connect(lambda _minute: self._place())
            handle.let_go.connect(self._let_go)
        covers.ready.connect(lambda _story: self.update())

    def show_times(self, times: Times | None) -> None:
        """Show an evening; None hides the handles, for a night without lights-out."""
        self._times = times
        for handle in self.handles:
            handle.setVisible(times is not None)
        if times is not None:
            self._span = Span.around(times)
            minutes = (times.wind_down, times.lights_out, times.morning)
            for handle, moment in zip(self.handles, minutes, strict=True):
                handle.blockSignals(True)
                handle.setValue(since_noon(moment))
                handle.blockSignals(False)
                handle.setAccessibleName(f"{handle.words} at {clock(moment)}")
        self._place()

    def show_stories(self, cards: Sequence[StoryCard]) -> None:
        """Show what is laid out for tonight."""
        self._cards = list(cards)
        self.update()

    def drag(self, handle: Handle, x: int, step: int) -> None:
        """Move a handle to a place, never past its neighbours."""
        area, at = self.picture(), self.handles.index(handle)
        minute = self._span.minute((x - area.left()) / area.width(), morning=at == 2)
        minute = round(minute / step) * step
        low = self.handles[at - 1].value() + STEP if at else 0
        high = self.handles[at + 1].value() - STEP if at < 2 else DAY - 1
        handle.setValue(max(low, min(high, minute)))

    def _let_go(self) -> None:
        self.moved.emit(*(at_minute(handle.value()) for handle in self.handles))

    # Drawing

    @property
    def _tight(self) -> bool:
        return self.height() < 300

    def picture(self) -> QRectF:
        """Return where the picture is."""
        above = (26 if self._tight else 50) * text_scale()
        return QRectF(ROOM, above, self.width() - 2 * ROOM, self.height() - above - 22)

    def minimumSizeHint(self) -> QSize:
        """Return the least at which times can still be moved."""
        return QSize(520, round(196 + 26 * text_scale()))

    def sizeHint(self) -> QSize:
        """Ask for no more: what is over in the window comes here."""
        return self.minimumSizeHint()

    def _x(self, minute: int) -> float:
        area = self.picture()
        return area.left() + self._span.share(minute) * area.width()

    def _place(self) -> None:
        base = round(self.picture().bottom())
        for handle in self.handles:
            handle.move(round(self._x(handle.value())) - 20, base - 20)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the handles anew."""
        super().resizeEvent(event)
        self._place()

    def _sky(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        shares = tuple(round(self._span.share(handle.value()), 3) for handle in self.handles)
        drawn = (self.size(), ratio, shares)
        if drawn != self._drawn:
            self._drawn = drawn
            self._ground = QPixmap(self.size() * ratio)
            self._ground.setDevicePixelRatio(ratio)
            self._ground.fill(Qt.GlobalColor.transparent)
            p = QPainter(self._ground)
            p.setRenderHints(SMOOTH)
            paint_sky(p, self.picture(), *shares)
            p.end()
        return self._ground

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sky, the times and tonight's covers."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        p.drawPixmap(0, 0, self._sky())
        area = self.picture()
        if self._times is None:
            font = serif(23 * text_scale(), 500, optical=30)
            write(p, area.center().x(), area.center().y(), "No lights-out on this evening", font, "#FFF3DC", "centre")
            return
        story_minute = self._stories(p, area)
        boxes = self._boxes(area)
        for handle, box in zip(self.handles, boxes, strict=True):
            x = self._x(handle.value())
            line(p, x, area.top() - 6, x, area.bottom(), colour("#FFF3DC", 0.85), 2)
            self._label(p, box, area, handle.words, clock(at_minute(handle.value())))
        if story_minute is not None:
            words = ("Stories", clock(at_minute(story_minute)))
            box = self._label_box(self._x(story_minute), area, *words)
            if not any(box.intersects(other) for other in boxes):
                self._label(p, box, area, *words)

    def _boxes(self, area: QRectF) -> list[QRectF]:
        """Return where the three times are written: over their handles, but never over each other."""
        boxes = [self._label_box(self._x(h.value()), area, h.words, clock(at_minute(h.value()))) for h in self.handles]
        for left, right in ((0, 1), (1, 2)):
            over = boxes[left].right() - boxes[right].left()
            if over > 0:
                boxes[left].translate(-over / 2, 0)
                boxes[right].translate(over / 2, 0)
        return boxes

    def _label_box(self, x: float, area: QRectF, words: str, moment: str) -> QRectF:
        scale = text_scale()
        wide = QFontMetricsF(sans(14 * scale)).horizontalAdvance(words)
        if self._tight:
            wide += 8 + QFontMetricsF(serif(17 * scale, 600, optical=20)).horizontalAdvance(moment)
        left = min(max(x - wide / 2, 0.0), self.width() - wide)
        return QRectF(left - 6, area.top() - 48 * scale, wide + 12, 44 * scale)

    def _label(self, p: QPainter, box: QRectF, area: QRectF, words: str, moment: str) -> None:
        scale = text_scale()
        small = sans((13.5 if self._tight else 14) * scale)
        if self._tight:
            left = box.left() + 6
            wide = write(p, left, area.top() - 12, words, small, Day.INK2)
            write(p, left + wide + 8, area.top() - 12, moment, serif(17 * scale, 600, optical=20), Day.INK)
        else:
            middle = box.center().x()
            write(p, middle, area.top() - 32 * scale, words, small, Day.INK2, "centre")
            write(p, middle, area.top() - 12 * scale, moment, serif(19 * scale, 600, optical=20), Day.INK, "centre")

    def _stories(self, p: QPainter, area: QRectF) -> int | None:
        """Draw tonight's covers before lights-out; return when stories must begin, in minutes since noon."""
        if not self._cards:
            return None
        lights_out = self.handles[1].value()
        begin = lights_out - round(sum(card.minutes for card in self._cards) + 1)
        if begin < self._span.evening[0]:
            return None
        x = self._x(begin)
        line(p, x, area.top(), x, area.bottom(), colour("#FFF3DC", 0.45), 1.2, (2, 4))
        high = 46 if self._tight else 64
        wide, room = round(high * 0.70), self._x(lights_out) - x - 16
        step = min(wide + 10.0, (room - wide) / max(1, len(self._cards) - 1)) if len(self._cards) > 1 else 0.0
        if room < wide or step < 8:
            return begin
        for k, card in enumerate(self._cards):
            picture = self._covers.cover(card, wide, high, self.devicePixelRatioF(), lettering=False)
            box = QRectF(x + 8 + k * step, area.top() + area.height() * 0.15, wide, high)
            if picture is not None:
                p.drawPixmap(box, picture, QRectF(picture.rect()))
            rounded(p, box, 2, None, colour("#FFFFFF", 0.35), 1)
        return begin

    def handle_centre(self, at: int) -> QPointF:
        """Return the middle of a handle."""
        return QPointF(self.handles[at].geometry().center())

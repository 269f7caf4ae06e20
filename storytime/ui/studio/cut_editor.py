"""A recording that was read straight through, laid on its lines: a cut where each begins, to be moved by hand.

Above, the whole recording with all its cuts; below, the few seconds around the chosen one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from storytime.ui.parts.icons import paint_icon
from storytime.ui.parts.ink import SMOOTH, fill, line, rounded, write
from storytime.ui.studio.said import duration
from storytime.ui.studio.wave import STEP, gathered, paint_bars
from storytime.ui.theme import Day, colour, mix, sans, text_scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storytime.core.studio.session import Cut

NUDGE, STRIDE = 0.05, 0.5
"""Seconds that an arrow moves a cut, and with Shift."""
GRIP = 9.0
"""Pixels beside a cut within which the mouse takes it."""
OVERVIEW = 22
A_SECOND = 10.0
"""Bars for a second where nothing is known of the recording's peaks."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a recording, in seconds, over a width in pixels."""

    begin: float
    end: float
    width: float

    def x(self, seconds: float) -> float:
        """Return where a moment stands."""
        return (seconds - self.begin) / max(0.001, self.end - self.begin) * self.width

    def seconds(self, x: float) -> float:
        """Return which moment stands there."""
        return self.begin + x / max(1.0, self.width) * (self.end - self.begin)


class CutEditor(QWidget):
    """Emits `chosen` with the line that begins at a cut, and `moved` with its number and its new place in seconds."""

    chosen = Signal(int)
    moved = Signal(int, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cuts: tuple[Cut, ...] = ()
        self._peaks: Sequence[float] = ()
        self._seconds = 0.0
        self.cut = 0
        """The number of the chosen cut."""
        self._held: float | None = None
        """Where a hand holds the chosen cut now, in seconds."""
        self.setAccessibleName("Where the lines begin")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)
        self.setMinimumHeight(round(84 * text_scale()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_cuts(self, cuts: tuple[Cut, ...], peaks: Sequence[float], seconds: float, line: int) -> None:
        """Show a recording of so many seconds, with the cut of a line chosen; a new one's first doubtful cut is next.

        Whether a recording is new is known by its lines.
        """
        fresh = [cut.line for cut in cuts] != [cut.line for cut in self._cuts]
        self._cuts, self._peaks, self._seconds = cuts, peaks, max(seconds, 0.001)
        self.cut = next((i for i, cut in enumerate(cuts) if cut.line == line), len(cuts) - 1)
        if fresh:
            self._held = None
            doubtful = next((i for i, cut in enumerate(cuts) if not cut.sure), 0)
            QTimer.singleShot(0, self, lambda: self.choose(doubtful))
        self._say()
        self.update()

    def choose(self, number: int) -> None:
        """Ask for another cut."""
        if self._cuts:
            self._held = None
            self.chosen.emit(self._cuts[max(0, min(len(self._cuts) - 1, number))].line)

    def step(self, by: int) -> None:
        """Choose the next cut, or the one before."""
        self.choose(self.cut + by)

    def nudge(self, seconds: float) -> None:
        """Move the chosen cut a little."""
        if self._cuts:
            at = self._between(self._cuts[self.cut].at + seconds)
            self.moved.emit(self.cut, at)

    @property
    def at(self) -> float:
        """Where the chosen cut is, in seconds."""
        if self._held is not None:
            return self._held
        return self._cuts[self.cut].at if self._cuts else 0.0

    @property
    def line(self) -> int:
        """The line that begins at the chosen cut."""
        return self._cuts[self.cut].line if self._cuts else 0

    def _say(self) -> None:
        if self._cuts:
            cut = self._cuts[self.cut]
            doubt = "" if cut.sure else ", listen here"
            self.setAccessibleDescription(f"Line {cut.line + 1} begins at {duration(self.at)}{doubt}")

    # Where things are

    @property
    def _strip(self) -> QRectF:
        top = OVERVIEW + 24 * text_scale()
        return QRectF(0, top, self.width(), self.height() - top)

    @property
    def _bars_a_second(self) -> float:
        return len(self._peaks) / self._seconds if self._peaks else A_SECOND

    @property
    def span(self) -> Span:
        """What the lower strip shows: as much around the chosen cut as there is room for."""
        length = min(self._seconds, self.width() / STEP / self._bars_a_second)
        middle = self._cuts[self.cut].at if self._cuts else 0.0
        begin = min(max(0.0, middle - length / 2), max(0.0, self._seconds - length))
        return Span(begin, begin + length, self.width())

    def _between(self, seconds: float) -> float:
        """Keep a cut between its neighbours."""
        low = self._cuts[self.cut - 1].at if self.cut else 0.0
        high = self._cuts[self.cut + 1].at if self.cut + 1 < len(self._cuts) else self._seconds
        return min(max(seconds, low), high)

    def _nearest(self, x: float) -> int:
        """Return the number of the cut under the mouse in the lower strip, -1 for none."""
        span = self.span
        near = [(abs(span.x(cut.at) - x), i) for i, cut in enumerate(self._cuts)]
        far, number = min(near, default=(GRIP + 1, -1))
        return number if far <= GRIP else -1

    # Hands

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a cut, or choose one of the whole recording."""
        x = event.position().x()
        if event.position().y() < self._strip.top():
            wanted = x / max(1, self.width()) * self._seconds
            self.choose(max((i for i, cut in enumerate(self._cuts) if cut.at <= wanted), default=0))
            return
        number = self._nearest(x)
        if number == self.cut and number > 0:
            self._held = self._cuts[number].at
        elif number >= 0:
            self.choose(number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry it."""
        if self._held is None:
            over = event.position().y() >= self._strip.top() and self._nearest(event.position().x()) > 0
            self.setCursor(Qt.CursorShape.SizeHorCursor if over else Qt.CursorShape.PointingHandCursor)
            return
        self._held = self._between(self.span.seconds(event.position().x()))
        self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Put it down."""
        if self._held is not None:
            at, self._held = self._held, None
            self.moved.emit(self.cut, at)
            self.update()

    # The drawing

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw both strips."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        self._paint_whole(p)
        strip = self._strip
        line(p, 0, strip.center().y(), self.width(), strip.center().y(), Day.LINE, 1)
        span, rate = self.span, self._bars_a_second
        near = gathered(self._peaks[int(span.begin * rate) : int(span.end * rate) + 1], int(self.width() / STEP))
        paint_bars(p, near, 1, strip.center().y(), strip.height(), mix(Day.CLAY, Day.INK, 0.1))
        for number, cut in enumerate(self._cuts):
            at = self._held if number == self.cut and self._held is not None else cut.at
            if span.begin - 0.2 <= at <= span.end + 0.2:
                self._paint_cut(p, number, cut, span.x(at))

    def _paint_whole(self, p: QPainter) -> None:
        whole = QRectF(0, 0, self.width(), OVERVIEW)
        rounded(p, whole, 5, Day.WELL)
        begin, end = (at / self._seconds * self.width() for at in (self.span.begin, self.span.end))
        fill(p, QRectF(begin, 1, end - begin, OVERVIEW - 2), colour(Day.CLAY_WASH, 0.9))
        for number, cut in enumerate(self._cuts):
            x = cut.at / self._seconds * (self.width() - 2) + 1
            ink = Day.CLAY if number == self.cut else Day.PLUM if not cut.sure else Day.SHADE
            line(p, x, 3, x, OVERVIEW - 3, ink, 2.5 if number == self.cut else 1.4)
            if not cut.sure:
                fill(p, QRectF(x - 2.5, 2, 5, 5), ink)

    def _paint_cut(self, p: QPainter, number: int, cut: Cut, x: float) -> None:
        strip, scale = self._strip, text_scale()
        here = number == self.cut
        ink = Day.CLAY if here else Day.PLUM if not cut.sure else Day.INK3
        base = strip.top() - 6 * scale
        line(p, x, strip.top() - 2, x, strip.bottom() - 2, ink, 2.4 if here else 1.4, None if cut.sure else (3, 2))
        if here:
            rounded(p, QRectF(x - 5, strip.bottom() - 16, 10, 14), 3, Day.CLAY)
        font = sans(13 * scale, 700 if here else 400)
        said = f"{cut.line + 1}" if cut.sure else f"{cut.line + 1} listen"
        left = min(max(x, 2.0), self.width() - (24 if cut.sure else 74) * scale)
        if not cut.sure:
            paint_icon(p, "ear", left + 8 * scale, base - 4 * scale, 16 * scale, Day.PLUM, 1.6)
            left += 19 * scale
        write(p, left, base, said, font, ink if here or not cut.sure else Day.INK2)

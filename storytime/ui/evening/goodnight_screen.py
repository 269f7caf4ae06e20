"""Good night: the flame falls as the words are spoken, goes out with the last of them, and a thread of smoke rises."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent

from storytime.core.evening.evening import Goodnight
from storytime.ui.evening.night_screen import NightScreen
from storytime.ui.parts import candle
from storytime.ui.parts.glow import Pool, glow_image
from storytime.ui.parts.ink import SMOOTH, wrap, write
from storytime.ui.theme import mix, sans, serif

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from storytime.core.evening.keeper import Keeper
    from storytime.core.ports import Clock
    from storytime.core.reading.reader import Reader
    from storytime.core.settings import SettingsStore

FULL, LAST = 1.12, 0.24
"""The flame's height at the beginning and at the end of the words, in widths of the candle."""
GOES_OUT, EMBER, SMOKE = 1.2, 6.0, 9.0
"""Seconds for the flame to go out, the wick to darken, the smoke to thin away."""
_LAST_FIRE = candle.Fire("#B05C0E", "#8A430E", "#57290B")
_CLOSING = 2.0
"""Seconds before lights-out in which whatever is still seen fades: at lights-out all is black."""
_FRAME_MS = 125


@dataclass(frozen=True, slots=True)
class Going:
    """How far the candle has gone out; the shares are 1 at first and 0 in the dark."""

    flame: float
    """Widths of the candle."""
    lean: float = 0.02
    ember: float = 0.0
    smoke: float = 0.0
    """How far the smoke has risen, 0 to 1."""
    haze: float = 0.0
    """How much of the smoke is still to be seen."""
    words: float = 1.0
    wax: float = 1.0
    """How lit the wax is."""

    @property
    def dark(self) -> bool:
        """Whether nothing is to be seen any more."""
        return self.flame <= 0 and self.words <= 0 and self.haze <= 0 and self.wax <= 0


GONE = Going(0.0, words=0.0, wax=0.0)


def _eased(share: float) -> float:
    share = min(1.0, max(0.0, share))
    return share * share * (3 - 2 * share)


def going_at(spoken: float | None, over: float | None, length: float) -> Going:
    """Return the candle `spoken` seconds into words of `length` seconds, or `over` seconds after their end."""
    if over is not None:
        flame = LAST * (1 - _eased(over / GOES_OUT))
        since = max(0.0, over - GOES_OUT * 0.6)
        ember, risen = 1 - _eased(since / EMBER), min(1.0, over / SMOKE)
        return Going(
            flame, lean=0.10 * math.sin(over * 9), ember=ember if since else 0.0, smoke=1 - (1 - risen) ** 2.2,
            haze=0.9 * (1 - risen) ** 0.8, words=ember, wax=0.62 * (1 - _eased(since / SMOKE)),
        )
    share = 0.0 if spoken is None else min(1.0, spoken / max(1.0, length))
    # Twice it flickers, as a flame does that has come to its last wax.
    flicker = sum(math.exp(-(((share - at) * length / 0.35) ** 2)) for at in (0.45, 0.80)) if spoken else 0.0
    lean = 0.02 + 0.10 * flicker * math.sin((spoken or 0.0) * 14)
    return Going((FULL + (LAST - FULL) * _eased(share)) * (1 - 0.12 * min(1.0, flicker)), lean, wax=1 - 0.38 * share)


class GoodnightScreen(NightScreen):
    """Shows the goodnight's words and the candle that goes out with them."""

    name = "goodnight"
    spoken = "Good night"

    def __init__(self, keeper: Keeper, reader: Reader, settings: SettingsStore, clock: Clock,
                 parent: QWidget | None = None) -> None:
        super().__init__(clock, settings, parent)
        self._keeper, self._reader = keeper, reader
        self._night: date | None = None
        self._began: float | None = None
        self._ended: float | None = None
        self._height = 0.0
        self._black = False
        self._frames = QTimer(self, interval=_FRAME_MS)
        self._frames.timeout.connect(self._frame)
        # For life: the words may begin before this screen is shown, and end while the gate is.
        reader.goodnight_started.connect(self._begin)
        reader.goodnight_ended.connect(self._end)

    def wake(self) -> None:
        """Let the flame move."""
        evening = self._keeper.evening
        if evening.night != self._night and evening.goodnight in (Goodnight.WAITING, Goodnight.SPEAKING):
            self._night, self._ended = evening.night, None
            if evening.goodnight is Goodnight.WAITING:
                self._began = None
        self._height = min(0.36, self._keeper.left() * 0.64)
        self._black = False
        self._frames.start()

    def rest(self) -> None:
        """Stand still."""
        self._frames.stop()

    def going(self) -> Going:
        """Return how far the candle has gone out now."""
        now = self._clock.boot()
        said = self._keeper.evening.goodnight in (Goodnight.SPOKEN, Goodnight.LEFT_OUT)
        if said and self._ended is None:
            return GONE
        spoken = None if self._began is None else now - self._began
        over = None if self._ended is None else now - self._ended
        return going_at(spoken, over, self._keeper.goodnight_seconds or 6.0)

    def _begin(self) -> None:
        self._began, self._ended, self._night = self._clock.boot(), None, self._keeper.evening.night

    def _end(self) -> None:
        self._ended = self._clock.boot()

    def _frame(self) -> None:
        """Paint while something is to be seen, black once, and then nothing."""
        dark = self.going().dark and not self._may_undo()
        if not (dark and self._black):
            self.update()
        self._black = dark

    def _may_undo(self) -> bool:
        return bool(self._keeper.undo_left())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the candle as it goes."""
        p = QPainter(self)
        going = self.going()
        if self.wishes.less_motion:
            going = Going(going.flame, ember=going.ember, words=going.words, wax=going.wax)
        if going.dark:
            p.fillRect(self.rect(), Qt.GlobalColor.black)
        else:
            self._paint_candle(p, going)
            self._paint_words(p, going.words)
        if self._may_undo():
            p.setRenderHints(SMOOTH)
            write(p, self.width() / 2, self.height() - max(24, self.height() * 0.0425), "hold Esc  take it back",
                  sans(self.px(0.020, 14)), self.words().third, "centre")
        left = self._keeper.seconds_left()
        if left is not None and left < _CLOSING:
            p.setOpacity(1 - max(0.0, left / _CLOSING))
            p.fillRect(self.rect(), Qt.GlobalColor.black)

    def _paint_candle(self, p: QPainter, going: Going) -> None:
        h, w = self.height(), min(104.0, self.height() * 0.125)
        x, base = self.width() * 0.5, h * 0.80
        height = max(w * 0.34, h * self._height)
        top, lit = base - height, going.flame / FULL
        light = 0.15 * going.ember * (1 - lit) + lit**0.8
        p.drawImage(0, 0, glow_image(QRectF(self.rect()), self.devicePixelRatioF(), (
            Pool(x, top - w * (0.2 + 0.4 * lit), w * (0.7 + 0.45 * lit), w * (0.6 + 0.75 * lit), 0.070 * light),
            Pool(x, top, w * (2.6 + lit), w * (2.0 + 1.2 * lit), 0.0115 * light),
            Pool(x, base + w * 0.3, w * 2.0, w * 0.28, 0.014 * light))))
        p.setRenderHints(SMOOTH)
        candle.paint_dish(p, x, base + w * 0.04, w, lit=going.wax)
        candle.paint_body(p, x, base, w * 1.06, height, candle.WAX_NIGHT.dimmed(going.wax), runs=height > w)
        wick = mix("#000000", "#A8440C", going.ember) if going.ember > 0 else None
        candle.paint_wick(p, x, top, w, wick)
        rises = min(h * 0.43, top - w * 0.30 - h * 0.27)
        candle.paint_smoke(p, x + w * 0.03, top - w * 0.16, rises * going.smoke, going.haze, going.smoke * 2)
        candle.paint_flame(p, x + w * 0.03, top - w * 0.08, w * going.flame, going.lean,
                           candle.FIRE_NIGHT if lit > 0.5 else _LAST_FIRE)

    def _paint_words(self, p: QPainter, share: float) -> None:
        first, _, second = self._reader.goodnight_words().strip().partition(". ")
        first, shades = first + "." if second else first, self.words()
        y, width = self.height() * 0.165, self.width() * 0.86
        large, small = self.px(0.056, 32), self.px(0.034, 22)
        for text, size, shade in ((first, large, shades.first), (second, small, shades.second)):
            font = serif(size, 380)
            for row in wrap(text, font, width, 2):
                write(p, self.width() / 2, y, row, font, mix("#000000", shade, share), "centre")
                y += size * 1.25

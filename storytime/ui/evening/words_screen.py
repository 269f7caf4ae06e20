"""A story in dim amber words: the line now, two before and two after, whoever reads it.

Where a voice is followed word by word, the line is a little dimmer and what is being said keeps its light: no pixel is
brighter than without it, and one small rectangle is painted for a word.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF

from storytime.core.errors import StoryNotFound
from storytime.ui.evening.painted_screen import PaintedScreen
from storytime.ui.parts.candle import FIRE_NIGHT, Fire, paint_flame
from storytime.ui.parts.ink import down, line, wrap, write
from storytime.ui.theme import Night, sans, serif

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from storytime.core.evening.keeper import Keeper
    from storytime.core.ports import Clock
    from storytime.core.reading.following import Following
    from storytime.core.reading.reader import Reading
    from storytime.core.settings import SettingsStore
    from storytime.core.shelf.shelf import Shelf
    from storytime.core.signal import Signal

_AROUND = 2
"""How many lines are shown before and after the one that is read."""
_LEADING = 1.62
_DIM = Fire("#A85A0E", "#84420C", "#57290B")


class Followed(Protocol):
    """Whoever reads, the voice or a person: what is read, and where they are."""

    reading: Reading
    changed: Signal[Reading]
    line_started: Signal[int, int]


@dataclass(frozen=True, slots=True)
class Page:
    """The line that is read among its neighbours."""

    before: tuple[str, ...] = ()
    now: str = ""
    after: tuple[str, ...] = ()
    title: str = ""
    minutes: int = 0
    left: float = 0.0
    """Of the evening, in steps that can be seen."""
    followed: bool = False
    """The line now is followed word by word."""


@dataclass(frozen=True, slots=True)
class Block:
    """Where the line now stands: its rows from `x`, the first on the baseline `y`."""

    rows: tuple[str, ...]
    font: QFont
    x: float
    y: float

    def rects(self, text: str, begin: int, end: int) -> list[tuple[int, QRectF]]:
        """Return where characters `begin` to `end` of the text stand, each row's number with a rectangle."""
        metrics, lead, at, found = QFontMetricsF(self.font), self.font.pixelSize() * _LEADING, 0, []
        for number, row in enumerate(self.rows):
            at = max(at, text.find(row, at))
            first, last = max(begin, at) - at, min(end, at + len(row)) - at
            if row and first < last:
                left, right = (metrics.horizontalAdvance(row[:one]) for one in (first, last))
                top = self.y + number * lead - metrics.ascent()
                found.append((number, QRectF(self.x + left, top, right - left, metrics.ascent() + metrics.descent())))
            at += len(row)
        return found



class WordsScreen(PaintedScreen):
    """Follows one who reads, line by line."""

    passage = 0.8
    following: Following | None = None
    """Tells which words are being said, where a voice reads."""

    def __init__(self, followed: Followed, shelf: Shelf, keeper: Keeper, settings: SettingsStore, clock: Clock,
                 parent: QWidget | None = None) -> None:
        super().__init__(clock, settings, parent)
        self._followed, self._shelf, self._keeper = followed, shelf, keeper
        self._page, self._block = Page(), Block((), QFont(), 0, 0)
        self._lit: list[tuple[int, QRectF]] = []

    def wake(self) -> None:
        """Follow the reading."""
        if self.following:
            self.following.begin()
            self.following.moved.connect(self._on_moved)
        self._followed.line_started.connect(self._turn)
        self._followed.changed.connect(self._turn)
        self._keeper.ticked.connect(self.look)

    def rest(self) -> None:
        """Listen no longer."""
        super().rest()
        if self.following:
            self.following.end()
            self.following.moved.disconnect(self._on_moved)
        self._followed.line_started.disconnect(self._turn)
        self._followed.changed.disconnect(self._turn)
        self._keeper.ticked.disconnect(self.look)

    def _turn(self, *_: object) -> None:
        self.look()

    def shown(self) -> Page:
        """Return the lines around the one that is read."""
        reading = self._followed.reading
        if reading.story is None:
            return Page()
        try:
            card, at = self._shelf.card(reading.story), reading.line
        except StoryNotFound:
            return Page()
        start = max(0, at - _AROUND)
        texts = [found.text for found in self._shelf.lines(card.id, start, at - start + 1 + _AROUND)]
        here = min(at - start, len(texts) - 1)
        minutes = math.ceil(card.minutes * (1 - at / card.lines)) if card.lines else 0
        now = texts[here] if texts else ""
        followed = self.following is not None and self.following.follows(card.id, at)
        return Page(tuple(texts[:here]), now, tuple(texts[here + 1:]), card.title, minutes,
                    round(self._keeper.left() * 96) / 96, followed)

    def draw(self, p: QPainter) -> None:
        """Draw the line now a little above the middle, and of the others those that fit whole."""
        page, w, h = self.shown(), self.width(), self.height()
        self._page = page
        if not page.now:
            return
        foot = self.px(0.020, 14)
        top, bottom = h * 0.075, h - max(24, h * 0.0425) - foot * 2.2
        size = self.px(0.0405, 22)
        while True:
            font, measure = serif(size, 380, optical=18), min(w * 0.60, size * 25)
            rows = wrap(page.now, font, measure)
            if len(rows) * size * _LEADING <= bottom - top or size <= 14:
                break
            size *= 0.92
        x, lead, gap = (w - measure) / 2, size * _LEADING, size * 0.62
        tall = len(rows) * lead
        y = min(max(top, top + (bottom - top) * 0.46 - tall / 2), bottom - tall)
        line(p, x - 30, y + size * 0.14, x - 30, y + tall - lead + size * 1.26, "#6A3810", 2)
        self._block = Block(tuple(rows), font, x, y + size)
        self._rows(p, rows, font, x, y + size, Night.UNSAID if page.followed else Night.LINES[2])
        above = y
        for shade, text in zip(Night.LINES[1::-1], reversed(page.before), strict=False):
            block = wrap(text, font, measure)
            above -= len(block) * lead + gap
            if above < top - gap:
                break
            self._rows(p, block, font, x, above + size, shade)
        below = y + tall + gap
        for shade, text in zip(Night.LINES[3:], page.after, strict=False):
            block = wrap(text, font, measure)
            if below + len(block) * lead > bottom + gap:
                break
            self._rows(p, block, font, x, below + size, shade)
            below += len(block) * lead + gap
        self._foot(p, page, x, measure, foot)
        self._thread(p, page.left)

    def _rows(self, p: QPainter, rows: list[str], font: QFont, x: float, y: float, shade: str) -> None:
        for i, row in enumerate(rows):
            write(p, x, y + i * font.pixelSize() * _LEADING, row, font, shade)

    def touch_up(self, p: QPainter) -> None:
        """Light what is being said: the row once more, and of it no more than that."""
        self._lit = self._said()
        block = self._block
        for number, rect in self._lit:
            p.save()
            p.setClipRect(rect, Qt.ClipOperation.IntersectClip)
            # Letters over the same letters would be bolder than the others.
            p.fillRect(rect, Qt.GlobalColor.black)
            y = block.y + number * block.font.pixelSize() * _LEADING
            write(p, block.x, y, block.rows[number], block.font, Night.LINES[2])
            p.restore()

    def _said(self) -> list[tuple[int, QRectF]]:
        reading, said = self._followed.reading, None
        if self.following and self._page.followed:
            said = self.following.said(reading.story, reading.line)
        return self._block.rects(self._page.now, *said) if said else []

    def _on_moved(self) -> None:
        self.look()
        for _, rect in (*self._lit, *self._said()):
            self.update(rect.toAlignedRect().adjusted(-1, -1, 1, 1))

    def _foot(self, p: QPainter, page: Page, x: float, measure: float, size: float) -> None:
        font, y, shade = sans(size), self.height() - max(24, self.height() * 0.0425), self.words().third
        if page.minutes:
            said = f"{page.minutes} {'minute' if page.minutes == 1 else 'minutes'}"
            measure -= write(p, x + measure, y, said, font, shade, "right") + 24
        write(p, x, y, page.title, font, shade, width=measure)

    def _thread(self, p: QPainter, left: float) -> None:
        """Draw the candle as a thread at the right edge: what is left tonight."""
        x, top, base = self.width() - 46, self.height() * 0.14, self.height() * 0.86
        at = base - (base - top) * left
        line(p, x, top, x, at, Night.UMBER, 3)
        wax = down(at, base, [(0, "#7C3E0F"), (0.3, "#3A1C08"), (1, "#1F0F05")])
        line(p, x, at, x, base, wax, 3)
        paint_flame(p, x, at - 2, 20, 0.02, _DIM if not self.wishes.brighter_words else FIRE_NIGHT)

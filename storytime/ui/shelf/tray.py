"""Laid out for tonight: a slice of night with the candle of the hour, banded by the stories it will hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from storytime.ui.parts.buttons import InkButton, Pressable, RoundButton
from storytime.ui.parts.candle import FIRE_DUSK, WAX_DUSK, paint_body, paint_dish, paint_flame, paint_wick
from storytime.ui.parts.cover.recipe import RATIO
from storytime.ui.parts.ink import SMOOTH, fill, halo, line, picture, rounded, stroke, wrap, write
from storytime.ui.parts.night_slice import paint_night
from storytime.ui.shelf.prepare_button import PrepareButton
from storytime.ui.shelf.shelf_model import STORIES
from storytime.ui.shelf.tray_child import TonightsChild
from storytime.ui.shelf.tray_rows import stand_apart, within
from storytime.ui.theme import Dusk, colour, sans, serif, text_scale
from storytime.ui.words import clock, many, minutes, whole_minutes

if TYPE_CHECKING:
    from datetime import datetime

    from storytime.core.evening.keeper import Keeper
    from storytime.core.reading.children import Children
    from storytime.core.reading.preparing import Prepared
    from storytime.core.shelf.shelf import Shelf
    from storytime.core.shelf.story import StoryCard
    from storytime.ui.parts.cover import CoverKeeper

MOST = 3
WIDE, NARROW = 316, 268


@dataclass(frozen=True, slots=True)
class Hour:
    """The time that the tray's candle stands for, in whole minutes."""

    room: float | None
    """From now or wind-down to lights-out; None where there is no lights-out tonight."""
    begun: bool
    """It counts from now; else from wind-down."""
    start: datetime | None

    @classmethod
    def of(cls, keeper: Keeper) -> Hour:
        """Return the hour of tonight."""
        night, now = keeper.tonight(), keeper.now().replace(second=0, microsecond=0)
        if night is None or now >= night.lights_out:
            return cls(None, False, None)
        start = max(now, night.wind_down)
        return cls((night.lights_out - start).total_seconds() / 60, start == now, start)

    def words(self, *, short: bool = False) -> str:
        """Return what stands under the tray's title."""
        if self.room is None:
            return "No lights-out tonight"
        until = "until lights-out" if self.begun else "of wind-down" if short else "from wind-down to lights-out"
        return f"{many(round(self.room), 'minute')} {until}"


class TrayStory(Pressable):
    """One story laid out. Enter opens it, Delete takes it away, Alt with Up or Down moves it."""

    taken = Signal()
    moved = Signal(int)
    on_night = True
    ring_radius = 6.0

    def __init__(self, tray: Tray) -> None:
        super().__init__("", tray)
        self.card: StoryCard | None = None
        self.picture: QPixmap | None = None
        self.indent = 54
        """Room for the cover, from the left."""
        self.cross = RoundButton("Take from the tray", "close", self, size=24, on_night=True)
        self.cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cross.clicked.connect(self.taken)
        self.setToolTip("Enter opens it, Delete takes it away, Alt and an arrow moves it")

    def show_card(self, card: StoryCard) -> None:
        """Show a story."""
        self.card = card
        self.setAccessibleName(f"{card.title}, {minutes(card.minutes)}, laid out for tonight")
        self.cross.setAccessibleName(f"Take {card.title} from the tray")
        self.update()

    def cover_size(self) -> QSize:
        """Return the small cover's size: as high as its band of wax allows."""
        high = max(34, min(78, self.height() - 10, round(self.indent * RATIO)))
        return QSize(round(high / RATIO), high)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take away, or move."""
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.taken.emit()
        elif alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the cross at the right."""
        self.cross.resize(self.cross.sizeHint())
        self.cross.move(self.width() - self.cross.width(), (self.height() - self.cross.height()) // 2)
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the cover, the title in two lines, the minutes."""
        if self.card is None:
            return
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        scale, middle, size = text_scale(), self.height() / 2, self.cover_size()
        if self.underMouse():
            rounded(p, QRectF(self.rect()), 6, colour(Dusk.MOON, 0.06))
        box = QRectF((self.indent - size.width()) / 2, middle - size.height() / 2, size.width(), size.height())
        if self.picture is not None:
            p.drawPixmap(box, self.picture, QRectF(self.picture.rect()))
        rounded(p, box, 2, None, colour("#FFFFFF", 0.16), 1)
        font, small = serif(15.5 * scale, 500, optical=16), serif(13.5 * scale, 400, optical=14)
        left = self.indent + 12
        room = self.width() - left - (self.cross.width() if self.underMouse() or self.hasFocus() else 4)
        self.cross.setVisible(self.underMouse() or self.hasFocus())
        # Where the rows are low, first the title's second line goes, then the minutes.
        rows = max(1, min(3, int((self.height() + 2) / (19 * scale))))
        lines = wrap(self.card.title, font, room, most=max(1, rows - 1))
        y = middle - (len(lines) * 10 - 5 if rows > 1 else -5) * scale
        for words in lines:
            write(p, left, y, words, font, Dusk.MOON)
            y += 20 * scale
        if rows > 1:
            write(p, left, y, minutes(self.card.minutes), small, Dusk.MOON2)


class Tray(QWidget):
    """Shows up to three stories as bands of the candle, and what is left over. Emits wishes; changes nothing itself."""

    begun = Signal()
    opened = Signal(int)
    taken = Signal(int)
    arranged = Signal(list)
    dropped = Signal(int)
    prepare_pressed = Signal()
    """Prepare what is laid out, or stop it."""

    def __init__(
        self, shelf: Shelf, keeper: Keeper, covers: CoverKeeper, children: Children, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._shelf, self._keeper, self._covers = shelf, keeper, covers
        self.cards: list[StoryCard] = []
        self.hour = Hour.of(keeper)
        self.setAcceptDrops(True)
        self.setAccessibleName("Laid out for tonight")
        self._ground = QPixmap()
        self._first_prepare = False
        self.rows = [TrayStory(self) for _ in range(MOST)]
        for i, row in enumerate(self.rows):
            row.clicked.connect(lambda _on=False, i=i: self.opened.emit(self.cards[i].id))
            row.taken.connect(lambda i=i: self.taken.emit(self.cards[i].id))
            row.moved.connect(lambda way, i=i: self._move(i, way))
        self.begin = InkButton("Begin tonight", "primary", parent=self)
        self.begin.on_night = True
        self.begin.clicked.connect(self._press)
        self.prepare = PrepareButton(self)
        self.prepare.clicked.connect(self.prepare_pressed)
        self.prepare.hide()
        self.child = TonightsChild(children, self)
        covers.ready.connect(self._pictures)

    def refresh(self) -> None:
        """Read the tray again."""
        self.cards = [self._shelf.card(story) for story in self._shelf.tray()][:MOST]
        self.hour = Hour.of(self._keeper)
        self._place()

    def tick(self) -> None:
        """Follow the time; nothing is painted until a minute has gone."""
        hour = Hour.of(self._keeper)
        if hour != self.hour:
            self.hour = hour
            self._place()

    def show_prepared(self, now: Prepared, *, ready: bool, slow: bool) -> None:
        """Show how far tonight is prepared; a slow machine offers what is prepared, and nothing else."""
        self.prepare.setVisible(bool(self.cards))
        self.prepare.show_prepared(now, ready=ready, slow=slow)
        self._first_prepare = slow and not ready and bool(self.cards)
        said = "Prepare first" if self._first_prepare else "Begin tonight"
        if said != self.begin.text():
            self.begin.say(said)
            self.update()
        self.begin.setEnabled(not (self._first_prepare and self.prepare.at_work))

    def _press(self) -> None:
        (self.prepare_pressed if self._first_prepare else self.begun).emit()

    def _move(self, at: int, way: int) -> None:
        order = [card.id for card in self.cards]
        to = at + way
        if 0 <= to < len(order):
            order[at], order[to] = order[to], order[at]
            self.rows[to].setFocus()
            self.arranged.emit(order)

    @property
    def total(self) -> float:
        """Minutes of all that is laid out."""
        return sum(card.minutes for card in self.cards)

    @property
    def spare(self) -> float | None:
        """Minutes to spare, negative where it is too much; None without lights-out."""
        return None if self.hour.room is None else self.hour.room - self.total

    def _bands(self) -> list[tuple[float, float]]:
        """Return top and bottom of each story's wax, as shares of the candle."""
        whole = max(self.hour.room or 0.0, self.total, 1.0) if self.hour.room else max(self.total * 1.15, 1.0)
        least = 0.135
        bands, at = [], 0.0
        for card in self.cards:
            share = max(least, card.minutes / whole)
            bands.append((at, at + share))
            at += share
        over = max(1.0, at)
        return [(a / over, b / over) for a, b in bands]

    def _geometry(self) -> tuple[float, float, float, float, float]:
        """Return padding, the candle's axis, width, top and base."""
        scale, tight = text_scale(), self.height() < 620
        pad = 28 if self.width() > 300 else 22
        foot = (150 if not tight else 130) * scale
        wax = 34 if self.width() > 300 else 27
        top = (150 if not tight else 112) * scale
        return pad, pad + (19 if self.width() > 300 else 15), wax, top, self.height() - foot - (42 if not tight else 32)

    def _place(self) -> None:
        pad, x, wax, top, base = self._geometry()
        scale, tight = text_scale(), self.height() < 620
        full, left = base - top, round(x + wax / 2 + 16)
        high = round((46 if not tight else 42) * scale)
        under = self.prepare.sizeHint().height()
        low = self.height() - under - round(10 * scale if not tight else 5 * scale)
        self.prepare.setGeometry(round(pad), low, round(self.width() - 2 * pad), under)
        self.begin.setGeometry(round(pad), low - high - round(8 * scale if not tight else 4 * scale),
                               round(self.width() - 2 * pad), high)
        bands = self._bands()
        for i, row in enumerate(self.rows):
            row.setVisible(i < len(self.cards))
            if i < len(self.cards):
                row.indent = 54 if self.width() > 300 else 42
                row.show_card(self.cards[i])
        places = within(stand_apart([(full * a, full * b) for a, b in bands], 60 * scale), self.foot() - top)
        for row, (a, b) in zip(self.rows, places, strict=False):
            row.setGeometry(left, round(top + a), round(self.width() - 10 - left), round(b - a))
        self.child.refresh()
        words = self.child.sizeHint()
        width = min(words.width(), round(self.width() - 10 - left))
        self.child.setGeometry(left - 6, round((74 if not tight else 62) * scale), width, words.height())
        self._pictures()
        self.update()

    def _pictures(self, _story: int = 0) -> None:
        for row, card in zip(self.rows, self.cards, strict=False):
            size = row.cover_size()
            ratio = self.devicePixelRatioF()
            row.picture = self._covers.cover(card, size.width(), size.height(), ratio, lettering=False)
            row.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Paint a new night and place everything on it."""
        super().resizeEvent(event)
        self._ground = QPixmap()
        self._place()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a book."""
        if event.mimeData().hasFormat(STORIES):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Lay out the book that was let go here."""
        story = bytes(event.mimeData().data(STORIES).data()).decode().partition(",")[0]
        event.acceptProposedAction()
        self.dropped.emit(int(story))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw night, candle, bands and words."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        p.drawPixmap(0, 0, self._night())
        pad, x, wax, top, base = self._geometry()
        self._candle(p, x, wax, top, base)
        scale, tight, wide = text_scale(), self.height() < 620, self.width() > 300
        room = self.width() - pad - 8
        title, large = "Laid out for tonight", serif((23 if wide else 21) * scale, 500, optical=30)
        title = title if QFontMetricsF(large).horizontalAdvance(title) <= room else "Tonight"
        write(p, pad, (46 if not tight else 38) * scale, title, large, Dusk.MOON, "left", room)
        font = serif((14.5 if wide else 13.5) * scale, 400, optical=14)
        fits = QFontMetricsF(font).horizontalAdvance(self.hour.words()) <= room
        said = self.hour.words(short=not fits)
        write(p, pad, (70 if not tight else 60) * scale, said, font, Dusk.MOON2, "left", room)
        left = x + wax / 2 + 20
        used = top + (base - top) * self._bands()[-1][1] if self.cards else top
        lowest = max((row.geometry().bottom() for row in self.rows if row.isVisible()), default=0)
        self._spare(p, left, max(used, lowest), base)
        self._foot(p, pad)

    def _night(self) -> QPixmap:
        if self._ground.isNull():
            self._ground = picture(self.size(), self.devicePixelRatioF(), paint_night)
        return self._ground

    def _candle(self, p: QPainter, x: float, wax: float, top: float, base: float) -> None:
        full = base - top
        glow = [(0, colour("#F2B45C", 0.34)), (0.4, colour(Dusk.EMBER, 0.11)), (1, colour(Dusk.EMBER, 0))]
        halo(p, x, top - 22, 120, glow)
        paint_dish(p, x, base + 2, wax, edge="#C9974E", face="#4A3B33")
        paint_body(p, x, base, wax, full, WAX_DUSK, runs=False)
        paint_wick(p, x, top, wax, ink="#3A2410")
        paint_flame(p, x + 1, top - 3, wax * 1.18, 0.02, FIRE_DUSK)
        for a, b in self._bands():
            y0, y1 = top + full * a, top + full * b
            line(p, x - wax / 2, y1, x + wax / 2, y1, colour("#6E5440", 0.75), 1.3)
            edge, middle = x + wax / 2, (y0 + y1) / 2
            brace = QPainterPath(QPointF(edge + 5, y0 + 5))
            brace.cubicTo(edge + 12, y0 + 5, edge + 5, middle, edge + 14, middle)
            brace.cubicTo(edge + 5, middle, edge + 12, y1 - 5, edge + 5, y1 - 5)
            stroke(p, brace, colour(Dusk.MOON2, 0.55), 1.1)

    def spare_words(self) -> tuple[str, str]:
        """Return two lines about what is over, or about what to do while nothing is laid out."""
        if not self.cards:
            return "Nothing is laid out yet.", "Press Space on a book, or its moon."
        if self.spare is None:
            return "", ""
        over = round(self.spare)
        if over >= 1:
            return "Goodnight, and", f"{many(over, 'minute')} to spare"
        if over > -1:
            return "Goodnight,", "and nothing to spare"
        return f"{many(-over, 'minute')} too long:", "it ends at a sentence"

    def _spare(self, p: QPainter, left: float, top: float, base: float) -> None:
        scale = text_scale()
        font, room = sans(13 * scale), self.width() - left - 10
        first, second = self.spare_words()
        lines = [words for part in (first, second) if part for words in wrap(part, font, room)]
        if base - top < 17 * scale * len(lines):
            return
        y = (top + base) / 2 - (len(lines) - 1) * 8.5 * scale + 4 if self.cards else top + (base - top) * 0.34
        for words in lines:
            write(p, left, y, words, font, Dusk.MOON2)
            y += 17 * scale

    def total_words(self) -> str:
        """Return how long all is that is laid out, in words."""
        return whole_minutes(self.total) if self.cards else "No story yet"

    def foot(self) -> float:
        """Return where the foot begins, with how long all is and what begins the evening."""
        return self.begin.y() - (60 if self.height() >= 620 else 48) * text_scale()

    def _foot(self, p: QPainter, pad: float) -> None:
        scale, tight, wide = text_scale(), self.height() < 620, self.width() > 300
        top = self.foot()
        fill(p, QRectF(0, top, self.width(), self.height() - top), colour("#0D1323", 0.55))
        y = self.begin.y() - (20 if not tight else 15) * scale
        words = self.total_words()
        font = serif((25 if wide else 22) * scale, 500, optical=30)
        taken = write(p, pad, y, words, font, Dusk.MOON)
        if self.hour.start is not None and self.cards:
            ends = f"ends {clock(self.hour.start + timedelta(minutes=self.total))}"
            small = serif(15.5 * scale, 400, optical=14)
            if QFontMetricsF(small).horizontalAdvance(ends) <= self.width() - 2 * pad - taken - 8:
                write(p, self.width() - pad, y - 1, ends, small, Dusk.MOON2, "right")

"""Which story tonight: up to three covers by firelight, and only those that end before lights-out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from storytime.core.reading.easing import longer
from storytime.core.signal import Signal
from storytime.ui.evening.night_screen import CONFIRM
from storytime.ui.evening.painted_screen import PaintedScreen
from storytime.ui.parts.cover import paint_cover
from storytime.ui.parts.firelight import firelight
from storytime.ui.parts.ink import SMOOTH, line, write
from storytime.ui.parts.night_button import NightButton
from storytime.ui.theme import Night, sans, serif
from storytime.ui.words import many

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from storytime.core.evening.keeper import Keeper
    from storytime.core.ports import Clock
    from storytime.core.settings import SettingsStore
    from storytime.core.shelf.shelf import Shelf
    from storytime.core.shelf.story import StoryCard

MOST = 3
THEN = "The candle will say good night."
_SHELF = 60
"""How far along the shelf a story that fits is looked for when nothing is laid out."""
_ASIDE = 0.86
_LIT, _DIM = 0.115, 0.030  # the brightest of the chosen cover and of the others, relative luminance
_LIT_SHARE, _DIM_SHARE = 0.0024, 0.00035  # the most that one of them may add to the mean of the frame


@dataclass(frozen=True, slots=True)
class Choosing:
    """What can be chosen, and which one is."""

    offers: tuple[StoryCard, ...]
    at: int = 0
    laid_out: bool = False
    too_late: bool = False


def minutes_to_go(card: StoryCard, *, ease: bool) -> float:
    """Return how many minutes of the story are still to be told, at the default pace, or at the night's own."""
    rest = card.minutes * (1 - card.place / card.lines) if card.lines else card.minutes
    return rest * longer(card.place, card.lines) if ease else rest


class ChoosingScreen(PaintedScreen):
    """Left and Right choose; Space or Enter tells the chosen one, and then what else is laid out."""

    name = "choosing"
    spoken = "Which one tonight?"
    passage = 0.6

    def __init__(self, keeper: Keeper, shelf: Shelf, settings: SettingsStore, clock: Clock,
                 parent: QWidget | None = None) -> None:
        super().__init__(clock, settings, parent)
        self.story_asked: Signal[tuple[int, ...]] = Signal()
        self.left: Signal[()] = Signal()
        """Back to the candle: Esc, let go before it counts for the gate."""
        self._keeper, self._shelf = keeper, shelf
        self._at = 0
        self._covers: dict[tuple[object, ...], QImage] = {}
        self._choices = tuple(NightButton("", self) for _ in range(MOST))
        for i, button in enumerate(self._choices):
            button.focused.connect(lambda i=i: self._choose(i))
            button.clicked.connect(lambda _=False, i=i: self._pressed(i))

    def shown(self) -> Choosing:
        """Return what can be chosen now."""
        tray = [self._shelf.card(story) for story in self._shelf.tray()]
        cards = tray or self._shelf.cards(limit=_SHELF)
        fitting = tuple(card for card in cards if self._fits(card))[:MOST]
        return Choosing(fitting, min(self._at, max(0, len(fitting) - 1)), bool(tray), bool(cards and not fitting))

    def _fits(self, card: StoryCard) -> bool:
        stop = self._keeper.story_stop()
        return stop is None or self._minutes(card) * 60 <= stop - self._clock.boot()

    def _minutes(self, card: StoryCard) -> float:
        return minutes_to_go(card, ease=self._settings.value.ease)

    def key(self, key: Qt.Key, pressed: bool) -> None:
        """Choose, tell, or go back; a short Esc goes back to the candle."""
        leaving = key == Qt.Key.Key_Escape and not pressed and self._escape.down
        super().key(key, pressed)
        if leaving:
            self.left.emit()

    def act(self, key: Qt.Key) -> None:
        """Choose with Left and Right, tell with Space or Enter."""
        view = self.shown()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and view.offers:
            step = 1 if key == Qt.Key.Key_Right else -1
            self._choose(min(len(view.offers) - 1, max(0, view.at + step)))
        elif key == Qt.Key.Key_Space or key in CONFIRM:
            self._tell(view)

    def _tell(self, view: Choosing) -> None:
        if not view.offers:
            self.left.emit()
            return
        chosen = view.offers[view.at].id
        rest = tuple(story for story in self._shelf.tray() if story != chosen) if view.laid_out else ()
        self.story_asked.emit((chosen, *rest))

    def look(self) -> None:
        """See whether the picture, and what is said of it, are still true."""
        super().look()
        self._tell_of_it()

    def _tell_of_it(self) -> None:
        view = self.shown()
        if view.offers:
            card, keys = view.offers[view.at], self._hint(view)
            for shown, said in (("← →  ", "Left and Right: "), ("Space  ", "Space: "), (" " * 8, ". ")):
                keys = keys.replace(shown, said)
            words = f"{card.title}, {self._length(card)}. {keys}."
        else:
            words = f"{_nothing(view)} {THEN}"
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    def _length(self, card: StoryCard) -> str:
        return many(max(1, math.ceil(self._minutes(card))), "minute")

    def _choose(self, at: int) -> None:
        self._at = at
        self.look()

    def _pressed(self, at: int) -> None:
        if at == self.shown().at:
            self._tell(self.shown())
        else:
            self._choose(at)

    def wake(self) -> None:
        """Follow the evening: what fitted a minute ago may not fit now."""
        self._at = 0
        self._keeper.ticked.connect(self.look)
        self._shelf.changed.connect(self.look)
        self._tell_of_it()

    def rest(self) -> None:
        """Listen no longer, and let the pictures go."""
        super().rest()
        self._keeper.ticked.disconnect(self.look)
        self._shelf.changed.disconnect(self.look)
        self._covers.clear()

    def draw(self, p: QPainter) -> None:
        """Draw the question and the covers."""
        view, words, w, h = self.shown(), self.words(), self.width(), self.height()
        self._place_choices(view)
        if not view.offers:
            write(p, w / 2, h * 0.46, _nothing(view), serif(self.px(0.040, 26), 400), words.first, "centre")
            write(p, w / 2, h * 0.54, THEN, serif(self.px(0.028, 20), 400), words.second,
                  "centre")
            return
        write(p, w / 2, h * 0.135, self.spoken, serif(self.px(0.040, 26), 400), words.first, "centre")
        for i, card in enumerate(view.offers):
            self._draw_choice(p, card, self._place(i, view), i == view.at)
        write(p, w / 2, h - max(24, h * 0.0425), self._hint(view), sans(self.px(0.020, 14)), words.third, "centre")

    def _hint(self, view: Choosing) -> str:
        hint = "← →  choose        Space  begin" if len(view.offers) > 1 else "Space  begin"
        return f"{hint}, and the others follow" if view.laid_out and len(self._shelf.tray()) > 1 else hint

    def _draw_choice(self, p: QPainter, card: StoryCard, place: QRectF, chosen: bool) -> None:
        p.drawImage(place.topLeft(), self._cover(card, place, chosen))
        words, h = self.words(), self.height()
        if chosen:
            y = place.bottom() + 13
            line(p, place.left() - 14, y, place.right() + 14, y, Night.EMBER, 2)
        said = self._length(card) + (" more" if card.place else "")
        write(p, place.center().x(), place.bottom() + max(h * 0.066, 13 + self.px(0.023, 15) * 1.4), said,
              sans(self.px(0.023, 15)), words.first if chosen else words.third, "centre")

    def _place(self, i: int, view: Choosing) -> QRectF:
        """Return where cover `i` stands; the others are smaller, on the same ground."""
        w, h, count = self.width(), self.height(), len(view.offers)
        wide = min(h * 0.325, w * 0.90 / (count + (count - 1) * 0.30))
        tall, gap = wide * 430 / 300, wide * 0.30
        left = w / 2 - (count * wide + (count - 1) * gap) / 2 + i * (wide + gap)
        size = 1.0 if i == view.at else _ASIDE
        top = h * 0.26 + tall * (1 - size)
        dpr = self.devicePixelRatioF()
        corner = QPointF(round((left + wide * (1 - size) / 2) * dpr) / dpr, round(top * dpr) / dpr)
        return QRectF(corner.x(), corner.y(), wide * size, tall * size)

    def _place_choices(self, view: Choosing) -> None:
        for i, button in enumerate(self._choices):
            offered = i < len(view.offers)
            button.setVisible(offered)
            if offered:
                card = view.offers[i]
                button.setGeometry(self._place(i, view).toAlignedRect())
                button.setAccessibleName(f"{card.title}, {self._length(card)}")

    def _cover(self, card: StoryCard, place: QRectF, chosen: bool) -> QImage:
        dpr = self.devicePixelRatioF()
        size = round(place.width() * dpr), round(place.height() * dpr)
        key = card.id, card.title, card.author, size, chosen
        if key not in self._covers:
            picture = QImage(*size, QImage.Format.Format_RGB32)
            picture.setDevicePixelRatio(dpr)
            picture.fill(0)
            p = QPainter(picture)
            p.setRenderHints(SMOOTH)
            area = QRectF(0, 0, size[0] / dpr, size[1] / dpr)
            own = QImage.fromData(self._shelf.cover_bytes(card.id) or b"") if card.has_cover else QImage()
            if own.isNull():
                paint_cover(p, area, card.title, card.author)
            else:
                p.drawImage(area, own, _middle(own, area))
            p.end()
            share = place.width() * place.height() / (self.width() * self.height())
            peak, most = (_LIT, _LIT_SHARE) if chosen else (_DIM, _DIM_SHARE)
            self._covers[key] = firelight(picture, peak, most / share)
        return self._covers[key]


def _nothing(view: Choosing) -> str:
    return "It is too late for a story." if view.too_late else "No story is on the shelf yet."


def _middle(picture: QImage, area: QRectF) -> QRectF:
    """Return the largest part of `picture` that has the form of `area`."""
    wide, tall = picture.width(), picture.height()
    form = area.width() / area.height()
    cut = (tall * form, tall) if wide / tall > form else (wide, wide / form)
    return QRectF((wide - cut[0]) / 2, (tall - cut[1]) / 2, *cut)

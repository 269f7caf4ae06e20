"""The side of a story's page: the book on its ledge, what is known of it, and what is seldom done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from storytime.ui.parts.book import cut, paint_book
from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.cover.recipe import RATIO
from storytime.ui.parts.ink import SMOOTH
from storytime.ui.parts.labels import Label
from storytime.ui.parts.paper import ledge
from storytime.ui.parts.seal import paint_seal, wax_of
from storytime.ui.theme import Day, Space, text_scale
from storytime.ui.words import language, minutes

if TYPE_CHECKING:
    from storytime.core.settings import Settings
    from storytime.core.shelf.story import StoryCard
    from storytime.core.shelf.tellers import Teller
    from storytime.ui.parts.cover import CoverKeeper


NARROWEST = 96
"""Pixels of a cover that makes way for words."""


def tonight_minutes(card: StoryCard, settings: Settings) -> float:
    """Return the story's length in minutes at the pace of the voice that was chosen for it, or for who hears it."""
    stem, theirs = card.language.split("-")[0], settings.children.get(settings.child, {})
    chosen = (settings.story_voice.get(str(card.id)), theirs.get(stem), settings.voice.get(card.language),
              settings.voice.get(stem))
    voice = next(filter(None, chosen), "")
    return card.minutes / max(0.25, settings.voice_rate.get(voice, 1.0))


class Standing(QWidget):
    """The book on a short ledge."""

    def __init__(self, covers: CoverKeeper, parent: QWidget) -> None:
        super().__init__(parent)
        self._covers = covers
        self._card: StoryCard | None = None
        self._wide = 246
        self._seal: Teller | None = None
        covers.ready.connect(self._came)
        self.setFixedSize(self.sizeHint())

    def show_card(self, card: StoryCard, wide: int, seal: Teller | None = None) -> None:
        """Show a book, its cover `wide`, with the seal of whoever reads it."""
        self._card, self._wide, self._seal = card, wide, seal
        self.setAccessibleName(f"The cover of {card.title}{f', read by {seal.name}' if seal else ''}")
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the book, its ledge and their shadows."""
        return QSize(self._wide + 40, round(self._wide * RATIO) + 24)

    def _came(self, story: int) -> None:
        if self._card and story == self._card.id:
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ledge and book."""
        if self._card is None:
            return
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        high = round(self._wide * RATIO)
        ledge(p, 0, self.width(), 6 + high)
        cover = self._covers.cover(self._card, self._wide, high, self.devicePixelRatioF())
        leaves = cut(self._card.title, self._card.minutes, self._wide).leaves
        paint_book(p, QRectF(14, 6, self._wide, high), cover, self._card.title, leaves, ribbon=self._card.place > 0)
        if self._seal:
            radius = 22 * self._wide / 246
            paint_seal(p, 14 + self._wide - radius, 6 + high - radius * 1.1, radius, self._seal.initial,
                       wax_of(self._seal))


class Facts(QWidget):
    """What a parent may want to know before bedtime: a few words each."""

    WHAT = ("Length", "Language", "Mood", "Ages", "Ribbon")

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(14, Space.S, 0, 0)
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        self._rows = [(Label(what, 14, ink=Day.INK3), Label("", 15, face="serif", wraps=True, optical=14))
                      for what in self.WHAT]
        for row, (what, words) in enumerate(self._rows):
            what.setContentsMargins(0, 3, 0, 0)
            grid.addWidget(what, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, row, 1)

    def show_card(self, card: StoryCard, settings: Settings) -> None:
        """Show what is known of a story; what is not has no row."""
        facts = (
            f"{minutes(tonight_minutes(card, settings))} at tonight’s pace", language(card.language),
            card.mood, card.ages.replace("-", "–"), f"line {card.place + 1} of {card.lines}" if card.place else "",
        )
        for (what, shown), words in zip(self._rows, facts, strict=True):
            shown.setText(words)
            for one in (what, shown):
                one.setVisible(bool(words))


class BookSide(QWidget):
    """Its buttons are `back`, `edit`, `attic` and `along`."""

    def __init__(self, covers: CoverKeeper, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: tuple[StoryCard, int, Teller | None] | None = None
        self.back = InkButton("Shelf", "quiet", "back", self, px=15)
        self.cover = Standing(covers, self)
        self.facts = Facts()
        self.edit = InkButton("Edit title and text", "quiet", parent=self, px=14.5, height=34)
        self.attic = InkButton("To the attic", "quiet", parent=self, px=14.5, height=34)
        self.along = InkButton("Take it with you …", "quiet", parent=self, px=14.5, height=34)
        self.along.setToolTip("Makes an e-book of it that reads itself aloud")
        self.along.hide()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(10)
        column.addWidget(self.cover, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.facts)
        links = QHBoxLayout()
        links.setContentsMargins(8, Space.M, 0, 0)
        links.setSpacing(Space.M)
        links.addWidget(self.edit)
        links.addWidget(self.attic)
        links.addStretch(1)
        column.addLayout(links)
        along = QHBoxLayout()
        along.setContentsMargins(8, 0, 0, 0)
        along.addWidget(self.along)
        along.addStretch(1)
        column.addLayout(along)
        column.addStretch(1)
        # A tall cover must not keep the window from being made low.
        self.setMinimumHeight(1)

    def show_card(self, card: StoryCard, settings: Settings, *, small: bool, seal: Teller | None = None) -> None:
        """Show a story, narrow in a small window; its cover is as large as the words leave room for."""
        self.setFixedWidth(round((236 if small else 318) * max(1.0, text_scale())))
        self.facts.show_card(card, settings)
        self._shown = card, 168 if small else 246, seal
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave room for the words."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._shown is None:
            return
        card, most, seal = self._shown
        self.cover.show_card(card, NARROWEST, seal)
        column = self._column
        needed = column.heightForWidth(self.width()) if column.hasHeightForWidth() else column.sizeHint().height()
        spare = (self.height() - needed) / RATIO
        self.cover.show_card(card, int(min(most, NARROWEST + max(0.0, spare - 1))), seal)

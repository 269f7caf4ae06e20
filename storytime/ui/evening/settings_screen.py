"""Settings: who reads, what the night shows, and the goodnight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storytime.core.reading.narrator import Narrator
from storytime.core.reading.voice_advice import languages_of, readers
from storytime.ui.evening.attic_card import AtticCard
from storytime.ui.evening.recorded_card import RecordedCard
from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.card import Card, PictureChoice
from storytime.ui.parts.fields import Field, Tick
from storytime.ui.parts.focus import FocusRing
from storytime.ui.parts.labels import Label
from storytime.ui.parts.paper import Paper
from storytime.ui.parts.scroll import PageScroll
from storytime.ui.theme import Day, Space
from storytime.ui.words import language

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from storytime.core.ports import Voice
    from storytime.core.settings import SettingsStore
    from storytime.core.shelf.shelf import Shelf
    from storytime.core.shelf.tellers import Tellers

VIEWS = (("black", "Black", "moon"), ("text", "Dim text", "words"), ("candle", "Candle", "flame"))
TICKS = (
    ("brighter_words", "Brighter words by night, still within the limits of light"),
    ("follow_words", "The words being said stand out a little, wherever the text is seen"),
    ("ease", "By night the voice grows a little slower towards the end of a story"),
    ("chime", "One soft chime before lights-out, while no story is told"),
    ("less_motion", "Less motion"),
)
MOST_LANGUAGES = 6


class SettingsScreen(QWidget):
    """Every change is kept at once. Emits `left`, and `voices_wanted` for the page of voices."""

    name = "settings"
    left = Signal()
    voices_wanted = Signal()

    def __init__(
        self, settings: SettingsStore, voice: Voice, shelf: Shelf, tellers: Tellers, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._settings, self._shelf = settings, shelf
        self._narrator = Narrator(voice, settings)
        self.setAccessibleName("Settings")
        self.done = InkButton("Done", "primary")
        self.done.clicked.connect(self.left)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(48, 28, 48, Space.L)
        column.setSpacing(Space.M)
        head = QHBoxLayout()
        head.addWidget(Label("Settings", 34, 520, face="serif", optical=48), 1)
        head.addWidget(self.done)
        column.addLayout(head)
        column.addWidget(self._voice_card())
        self.recorded = RecordedCard(settings, tellers)
        column.addWidget(self.recorded)
        pair = QHBoxLayout()
        pair.setSpacing(20)
        pair.addWidget(self._night_card(), 3)
        pair.addWidget(self._goodnight_card(), 2)
        column.addLayout(pair)
        self.attic = AtticCard(shelf)
        column.addWidget(self.attic)
        column.addStretch(1)
        scroll = PageScroll(page, self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        FocusRing(self)

    def _voice_card(self) -> Card:
        card = Card("Voices")
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        self.readers = Label("", 15, ink=Day.INK2, wraps=True)
        self.voices = InkButton("Hear and choose voices", "plain", "sound")
        self.voices.clicked.connect(self.voices_wanted)
        row.addWidget(self.readers, 1)
        row.addWidget(self.voices)
        card.column.addLayout(row)
        return card

    def _night_card(self) -> Card:
        card = Card("While a story is told")
        self.views = {key: PictureChoice(words, icon) for key, words, icon in VIEWS}
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        for key, choice in self.views.items():
            choice.setMinimumHeight(96)
            choice.clicked.connect(lambda _on=False, key=key: self._settings.change(telling_view=key))
            row.addWidget(choice)
        card.column.addLayout(row)
        self.ticks = {}
        for field, words in TICKS:
            tick = Tick(words)
            tick.clicked.connect(lambda on=False, field=field: self._settings.change(**{field: on}))
            self.ticks[field] = tick
            card.column.addWidget(tick)
        return card

    def _goodnight_card(self) -> Card:
        card = Card("The goodnight")
        card.column.addWidget(Label("These words end the evening. Left empty, the language’s own are said.", 14,
                                    ink=Day.INK2, wraps=True))
        self.goodnight = Field("The goodnight’s words", "Good night. See you in the morning.\nGood night …")
        self.goodnight.editingFinished.connect(
            lambda: self._settings.change(goodnight=self.goodnight.text().strip()))
        card.column.addWidget(self.goodnight)
        card.column.addStretch(1)
        return card

    def refresh(self) -> None:
        """Show what is set."""
        value = self._settings.value
        for key, choice in self.views.items():
            choice.setChecked(key == value.telling_view)
        for field, tick in self.ticks.items():
            tick.setChecked(getattr(value, field))
        if not self.goodnight.hasFocus():
            self.goodnight.setText(value.goodnight)
        found = readers(languages_of(self._shelf)[:MOST_LANGUAGES], self._narrator)
        told = [f"{language(tag)}: {one.name}" for tag, one in found.items()]
        self.readers.setText("   ·   ".join(told) or "No voice was found on this machine.")
        self.recorded.refresh()
        self.attic.refresh()

    def showEvent(self, event: object) -> None:
        """Be true when shown."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the paper."""
        Paper.paintEvent(self, event)  # type: ignore[arg-type]

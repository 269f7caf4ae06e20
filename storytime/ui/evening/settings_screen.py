"""Settings: the voice of each language and its pace, what the night shows, and the goodnight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from storytime.core.reading.narrator import Narrator
from storytime.ui.evening.attic_card import AtticCard
from storytime.ui.evening.recorded_card import RecordedCard
from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.card import Card, PictureChoice
from storytime.ui.parts.fields import Choice, Field, Slide, Tick
from storytime.ui.parts.focus import FocusRing
from storytime.ui.parts.labels import Label
from storytime.ui.parts.paper import Paper
from storytime.ui.parts.scroll import PageScroll
from storytime.ui.theme import Day, Space
from storytime.ui.words import language

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from storytime.core.ports import Voice, VoiceInfo
    from storytime.core.settings import SettingsStore
    from storytime.core.shelf.shelf import Shelf
    from storytime.core.shelf.tellers import Tellers

VIEWS = (("black", "Black", "moon"), ("text", "Dim text", "words"), ("candle", "Candle", "flame"))
TICKS = (
    ("brighter_words", "Brighter words by night, still within the limits of light"),
    ("ease", "By night the voice grows a little slower towards the end of a story"),
    ("chime", "One soft chime before lights-out, while no story is told"),
    ("less_motion", "Less motion"),
)
MOST_LANGUAGES = 6
WHOLE_SHELF = 400
"""Cards looked at for their languages."""


class VoiceRow:
    """One language's voice and its pace; the controls stand in the card's grid."""

    def __init__(self, tag: str, voices: list[VoiceInfo], settings: SettingsStore, narrator: Narrator) -> None:
        self._tag, self._settings, self._narrator = tag, settings, narrator
        name = language(tag)
        self.label = Label(name, 15)
        self.voice = Choice(f"Voice for {name}")
        self.voice.addItem(f"Chosen by Storytime: {self._own().name}", "")
        for voice in voices:
            self.voice.addItem(voice.name, voice.id)
        self.pace = Slide(f"Pace of the voice for {name}, in percent")
        self.pace.setRange(60, 140)
        self.pace.setSingleStep(5)
        self.pace.setPageStep(10)
        self.shown = Label("", 14.5, face="serif", ink=Day.INK2, optical=14)
        self.refresh()
        self.voice.activated.connect(self._choose)
        self.pace.valueChanged.connect(self._hurry)

    def refresh(self) -> None:
        """Show what is set."""
        chosen = self._settings.value.voice.get(self._tag, "")
        at = max(0, self.voice.findData(chosen))
        self.voice.setCurrentIndex(at)
        self.pace.blockSignals(True)
        self.pace.setValue(round(100 * self._settings.value.voice_rate.get(self._speaking(), 1.0)))
        self.pace.blockSignals(False)
        self.shown.setText(f"{self.pace.value()} %")

    def _choose(self, _at: int) -> None:
        chosen = {k: v for k, v in self._settings.value.voice.items() if k != self._tag}
        if self.voice.currentData():
            chosen[self._tag] = self.voice.currentData()
        self._settings.change(voice=chosen)
        self.refresh()

    def _hurry(self, percent: int) -> None:
        self._settings.change(voice_rate={**self._settings.value.voice_rate, self._speaking(): percent / 100})
        self.shown.setText(f"{percent} %")

    def _speaking(self) -> str:
        """Return the id of the voice whose pace this is: the chosen one, else the one that would be taken."""
        return self.voice.currentData() or self._own().id

    def _own(self) -> VoiceInfo:
        return self._narrator.nearest(self._tag)


class SettingsScreen(QWidget):
    """Every change is kept at once. Emits `left`."""

    name = "settings"
    left = Signal()

    def __init__(
        self, settings: SettingsStore, voice: Voice, shelf: Shelf, tellers: Tellers, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._settings, self._voice, self._shelf = settings, voice, shelf
        self.setAccessibleName("Settings")
        self.rows: list[VoiceRow] = []
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
        card = Card("Voices, and their pace")
        self._voices = QGridLayout()
        self._voices.setHorizontalSpacing(Space.M)
        self._voices.setColumnStretch(1, 3)
        self._voices.setColumnStretch(2, 2)
        self._none = Label("No voice was found on this machine. See what there is with: storytime doctor", 15,
                           ink=Day.INK2, wraps=True)
        card.column.addLayout(self._voices)
        card.column.addWidget(self._none)
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
        self.goodnight = Field("The goodnight’s words", "Good night. See you in the morning.")
        self.goodnight.editingFinished.connect(
            lambda: self._settings.change(goodnight=self.goodnight.text().strip()))
        card.column.addWidget(self.goodnight)
        card.column.addStretch(1)
        return card

    def refresh(self) -> None:
        """Show what is set, with a row for each language that stands on the shelf."""
        value = self._settings.value
        for key, choice in self.views.items():
            choice.setChecked(key == value.telling_view)
        for field, tick in self.ticks.items():
            tick.setChecked(getattr(value, field))
        if not self.goodnight.hasFocus():
            self.goodnight.setText(value.goodnight)
        voices = self._voice.voices()
        self._none.setVisible(not voices)
        if voices and not self.rows:
            self._add_rows(voices)
        for row in self.rows:
            row.refresh()
        self.recorded.refresh()
        self.attic.refresh()

    def _add_rows(self, voices: tuple[VoiceInfo, ...]) -> None:
        spoken = dict.fromkeys(card.language.split("-")[0] for card in self._shelf.cards(limit=WHOLE_SHELF))
        narrator = Narrator(self._voice, self._settings)
        for tag in list(spoken)[:MOST_LANGUAGES]:
            fitting = [one for one in voices if any(said.split("-")[0] == tag for said in one.languages)]
            row = VoiceRow(tag, fitting, self._settings, narrator)
            at = self._voices.rowCount()
            for place, widget in enumerate((row.label, row.voice, row.pace, row.shown)):
                self._voices.addWidget(widget, at, place)
            self.rows.append(row)

    def showEvent(self, event: object) -> None:
        """Be true when shown."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the paper."""
        Paper.paintEvent(self, event)  # type: ignore[arg-type]

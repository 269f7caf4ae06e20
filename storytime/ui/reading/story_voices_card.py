"""Stories with a voice of their own, whatever reads their language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storytime.ui.parts.buttons import InkButton, RoundButton
from storytime.ui.parts.card import Card
from storytime.ui.parts.fields import Choice
from storytime.ui.parts.focus import focus_kept
from storytime.ui.parts.labels import Label, breakable
from storytime.ui.theme import Day, Space

if TYPE_CHECKING:
    from storytime.core.ports import VoiceInfo
    from storytime.core.reading.voice_desk import VoiceDesk
    from storytime.core.shelf.story import StoryCard


class StoryVoicesCard(Card):
    """Emits `play_wanted` with a voice and a story's language."""

    play_wanted = Signal(str, str)

    def __init__(self, desk: VoiceDesk, parent: QWidget | None = None) -> None:
        super().__init__("Stories with a voice of their own", parent)
        self._desk = desk
        self._stories: dict[int, StoryCard] = {}
        self._shown: list[tuple[int, str, str]] | None = None
        self.story, self.voice = Choice("Which story"), Choice("Who reads that story")
        self.hear = RoundButton("Hear that voice", "play", size=36, bare=False)
        self.give = InkButton("Let it read", "plain", height=42)
        self.give.setAccessibleName("Let that voice read that story")
        self.story.activated.connect(lambda _at: self._offer())
        self.hear.clicked.connect(self._play)
        self.give.clicked.connect(self._give)
        self._rows = QWidget()
        self._list = QVBoxLayout(self._rows)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(2)
        self.buttons: list[RoundButton] = []
        self.column.addWidget(self._rows)
        self.column.addWidget(self.story)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self.voice, 1)
        row.addWidget(self.hear)
        row.addWidget(self.give)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def refresh(self, stories: list[StoryCard], names: dict[str, str]) -> None:
        """Show what is chosen; `names` are the voices by id."""
        if list(self._stories) != [card.id for card in stories]:
            self._stories = {card.id: card for card in stories}
            self.story.clear()
            for card in stories:
                self.story.addItem(card.title, card.id)
        self._offer()
        there = self._desk.chosen_for_stories()
        if there == self._shown:
            return
        self._shown, self.buttons = there, []
        with focus_kept(self, lambda: self.story):
            self._fill(there, names)

    def _fill(self, there: list[tuple[int, str, str]], names: dict[str, str]) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for story, title, voice in there:
            self._list.addWidget(self._row(story, title, names.get(voice, "a voice that is not here")))
        self._rows.setVisible(bool(there))

    def _row(self, story: int, title: str, name: str) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(Label(breakable(title), 16, face="serif", wraps=True), 3)
        line.addWidget(Label(breakable(name), 15, ink=Day.INK2, wraps=True), 2)
        back = RoundButton(f"Let “{title}” be read as its language is", "close", size=34)
        back.clicked.connect(lambda: self._desk.choose_for_story(story, ""))
        self.buttons.append(back)
        line.addWidget(back)
        return row

    def _offer(self) -> None:
        """Offer the voices of the chosen story's language."""
        card = self._stories.get(self.story.currentData())
        voices: list[VoiceInfo] = self._desk.of(card.language.lower().partition("-")[0]) if card else []
        was = self.voice.currentData()
        if [self.voice.itemData(at) for at in range(self.voice.count())] != [one.id for one in voices]:
            self.voice.clear()
            for one in voices:
                self.voice.addItem(one.name, one.id)
            self.voice.setCurrentIndex(max(0, self.voice.findData(was)))
        for control in (self.voice, self.hear, self.give):
            control.setEnabled(bool(voices))

    def _play(self) -> None:
        card = self._stories.get(self.story.currentData())
        if card and self.voice.currentData():
            self.play_wanted.emit(self.voice.currentData(), card.language.lower().partition("-")[0])

    def _give(self) -> None:
        if self.story.currentData() is not None and self.voice.currentData():
            self._desk.choose_for_story(self.story.currentData(), self.voice.currentData())

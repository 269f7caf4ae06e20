"""How words are said: the family's list and each story's own, every word with a button that says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storytime.core.reading.saying_list import EVERY, LONGEST
from storytime.ui.parts.buttons import InkButton, RoundButton
from storytime.ui.parts.card import Card
from storytime.ui.parts.fields import Choice, Field
from storytime.ui.parts.focus import focus_kept
from storytime.ui.parts.labels import Label, breakable
from storytime.ui.theme import Day, Space

if TYPE_CHECKING:
    from storytime.core.reading.saying_list import SayingList

HOW = "Write a name as it sounds, or in the phonetic alphabet between two strokes."


class SayingsCard(Card):
    """Emits `play_wanted` (text with the word in it, saying, story) and `removed` (word, saying, story)."""

    play_wanted = Signal(str, str, str)
    removed = Signal(str, str, str)

    def __init__(self, sayings: SayingList, parent: QWidget | None = None) -> None:
        super().__init__("How names and words are said", parent)
        self._sayings = sayings
        self._changing = ""
        self._stories: list[tuple[str, str]] | None = None
        self.story = EVERY
        self.column.addWidget(Label(HOW, 14, ink=Day.INK2, wraps=True))
        self.where = Choice("Where these words are said so")
        self.where.activated.connect(self._turn)
        self.column.addWidget(self.where)
        self._rows = QWidget()
        self._list = QVBoxLayout(self._rows)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(2)
        self.column.addWidget(self._rows)
        self.column.addLayout(self._entry())
        self.column.addStretch(1)
        self._shown: list[tuple[str, str]] | None = None
        self.rows: dict[str, tuple[RoundButton, RoundButton, RoundButton]] = {}
        """By word: hear, change, remove."""

    def _entry(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        self.word = Field("The word as it is written", "Siobhan")
        self.saying = Field("How it is said", "shiv-awn, or /ʃɪˈvɔːn/\nshiv-awn")
        self.hear = RoundButton("Hear this word", "play", size=36, bare=False)
        self.add = InkButton("Add", "plain", height=42)
        for field in (self.word, self.saying):
            field.setMaxLength(LONGEST)
            field.returnPressed.connect(self._keep)
            field.textChanged.connect(self._typed)
            row.addWidget(field, 1)
        self.hear.clicked.connect(lambda: self._play(self.word.text(), self.saying.text()))
        self.add.clicked.connect(self._keep)
        row.addWidget(self.hear)
        row.addWidget(self.add)
        self._typed()
        return row

    def show_stories(self, stories: list[tuple[str, str]]) -> None:
        """Offer these stories (id, title), after all of them together."""
        if stories == self._stories:
            return
        self._stories = stories
        self.where.blockSignals(True)
        self.where.clear()
        self.where.addItem("In every story", EVERY)
        for story, title in stories:
            self.where.addItem(f"In “{title}”", story)
        self.where.setCurrentIndex(max(0, self.where.findData(self.story)))
        self.where.blockSignals(False)

    def refresh(self) -> None:
        """Show the list that is open."""
        there = self._sayings.of(self.story)
        if there == self._shown:
            return
        self._shown, self.rows = there, {}
        with focus_kept(self, lambda: self.word):
            self._fill(there)

    def _fill(self, there: list[tuple[str, str]]) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for word, saying in there:
            self._list.addWidget(self._row(word, saying))
        self._rows.setVisible(bool(there))

    def _row(self, word: str, saying: str) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.M)
        play, change = RoundButton(f"Hear {word}", "play", size=34), RoundButton(f"Change {word}", "pencil", size=34)
        remove = RoundButton(f"Remove {word}", "close", size=34)
        play.clicked.connect(lambda: self._play(word, saying))
        change.clicked.connect(lambda: self._change(word, saying))
        remove.clicked.connect(lambda: self._remove(word))
        line.addWidget(play)
        line.addWidget(Label(breakable(word), 16, face="serif", wraps=True), 1)
        line.addWidget(Label(breakable(saying), 15, ink=Day.INK2, wraps=True), 1)
        line.addWidget(change)
        line.addWidget(remove)
        self.rows[word] = (play, change, remove)
        return row

    def _turn(self, _at: int) -> None:
        self.story = self.where.currentData() or EVERY
        self._changing = ""
        self.add.say("Add")
        self.refresh()

    def _typed(self) -> None:
        both = bool(self.word.text().strip() and self.saying.text().strip())
        self.add.setEnabled(both)
        self.hear.setEnabled(both)

    def _play(self, word: str, saying: str) -> None:
        self.play_wanted.emit(word, saying, self.story)

    def _change(self, word: str, saying: str) -> None:
        self._changing = word
        self.word.setText(word)
        self.saying.setText(saying)
        self.add.say("Keep")
        self.saying.setFocus()

    def _keep(self) -> None:
        if self._sayings.keep(self.word.text(), self.saying.text(), self.story, self._changing):
            self._changing = ""
            self.word.clear()
            self.saying.clear()
            self.add.say("Add")
            self.word.setFocus()
            self.refresh()

    def _remove(self, word: str) -> None:
        saying = self._sayings.remove(word, self.story)
        self.refresh()
        self.removed.emit(word, saying, self.story)

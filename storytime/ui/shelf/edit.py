"""Change a story's title, teller and text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.fields import Field, LongText
from storytime.ui.parts.labels import Label
from storytime.ui.theme import Day, Space

if TYPE_CHECKING:
    from storytime.core.shelf.shelf import Shelf
    from storytime.core.shelf.story import StoryCard


class Words(NamedTuple):
    """What stands in the fields."""

    title: str
    author: str
    text: str


class EditPanel(QWidget):
    """Emits `saved` or `left`; nothing is changed before *Keep the changes*, nor typed in vain before *Leave*."""

    saved = Signal()
    left = Signal()

    def __init__(self, shelf: Shelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._card: StoryCard | None = None
        self._was = Words("", "", "")
        self._drafts: dict[int, Words] = {}
        self.title = Field("Title", parent=self)
        self.author = Field("Told by", parent=self)
        self.text = LongText("Text of the story", self)
        self.keep = InkButton("Keep the changes", "primary", "check", self)
        self.leave = InkButton("Leave it as it was", "plain", parent=self, height=Space.PRIMARY)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 40, 8, Space.L)
        column.setSpacing(Space.S)
        names = QHBoxLayout()
        names.setSpacing(Space.M)
        for words, field, share in (("Title", self.title, 3), ("Told by", self.author, 2)):
            part = QVBoxLayout()
            part.setSpacing(6)
            label = Label(words, 14.5, 700)
            label.setBuddy(field)
            part.addWidget(label)
            part.addWidget(field)
            names.addLayout(part, share)
        column.addLayout(names)
        column.addSpacing(Space.S)
        column.addWidget(Label("An empty line begins a paragraph; a line that begins with # is a heading.", 14,
                               ink=Day.INK3, wraps=True))
        column.addWidget(self.text, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.keep)
        row.addWidget(self.leave)
        row.addStretch(1)
        column.addSpacing(Space.S)
        column.addLayout(row)
        self.keep.clicked.connect(self._keep)
        self.leave.clicked.connect(self._leave)
        self.title.textChanged.connect(lambda words: self.keep.setEnabled(bool(words.strip())))
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, self._keep)

    def begin(self, card: StoryCard) -> None:
        """Show a story for changing, with what was typed before and not kept yet."""
        self._put_by()
        self._card = card
        self._show(Words(card.title, card.author, self._shelf.text(card.id)))
        # As the fields give it back: they know fewer kinds of space than a book.
        self._was = self._words
        if card.id in self._drafts:
            self._show(self._drafts.pop(card.id))
        self.title.setFocus()

    def holds(self, story: int) -> bool:
        """Whether something was typed for a story and neither kept nor left."""
        self._put_by()
        return story in self._drafts

    @property
    def _words(self) -> Words:
        return Words(self.title.text(), self.author.text(), self.text.toPlainText())

    def _show(self, words: Words) -> None:
        self.title.setText(words.title)
        self.author.setText(words.author)
        self.text.setPlainText(words.text)

    def _put_by(self) -> None:
        if self._card is not None and self._words != self._was:
            self._drafts[self._card.id] = self._words
        self._card = None

    def _leave(self) -> None:
        self._card = None
        self.left.emit()

    def _keep(self) -> None:
        if self._card is None or not self.title.text().strip():
            return
        title, author, text = self._words
        self._shelf.edit(
            self._card.id, title=title, author=author, text=text if text.strip() != self._was.text.strip() else None
        )
        self._card = None
        self.saved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Escape, where nothing was changed."""
        if event.matches(QKeySequence.StandardKey.Cancel) and self._words == self._was:
            self._leave()
        else:
            super().keyPressEvent(event)

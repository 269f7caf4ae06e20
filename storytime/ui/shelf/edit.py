"""Change a story's title, teller and text."""

from __future__ import annotations

from typing import TYPE_CHECKING

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


class EditPanel(QWidget):
    """Emits `saved` or `left`; nothing is changed before *Keep the changes*."""

    saved = Signal()
    left = Signal()

    def __init__(self, shelf: Shelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._card: StoryCard | None = None
        self._text_was = ""
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
        self.leave.clicked.connect(self.left)
        self.title.textChanged.connect(lambda words: self.keep.setEnabled(bool(words.strip())))
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, self._keep)

    def begin(self, card: StoryCard) -> None:
        """Show a story for changing."""
        self._card = card
        self._text_was = self._shelf.text(card.id)
        self.title.setText(card.title)
        self.author.setText(card.author)
        self.text.setPlainText(self._text_was)
        self.title.setFocus()

    def _keep(self) -> None:
        if self._card is None or not self.title.text().strip():
            return
        text = self.text.toPlainText()
        self._shelf.edit(
            self._card.id, title=self.title.text(), author=self.author.text(),
            text=text if text.strip() != self._text_was.strip() else None,
        )
        self.saved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Escape, where nothing was changed."""
        same = self._card is not None and (self.title.text(), self.text.toPlainText()) == (
            self._card.title, self._text_was)
        if event.matches(QKeySequence.StandardKey.Cancel) and same:
            self.left.emit()
        else:
            super().keyPressEvent(event)

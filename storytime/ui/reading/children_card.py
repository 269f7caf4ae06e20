"""The children of the family, and who reads to each of them where it is not whoever reads the language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storytime.core.reading.children import EVERYBODY, LONGEST
from storytime.ui.parts.buttons import InkButton, RoundButton
from storytime.ui.parts.card import Card
from storytime.ui.parts.fields import Choice, Field
from storytime.ui.parts.focus import focus_kept
from storytime.ui.parts.labels import Label, breakable
from storytime.ui.theme import Day, Space

if TYPE_CHECKING:
    from storytime.core.ports import VoiceInfo
    from storytime.core.reading.children import Children

HOW = "A child can have a reader of their own. Tonight’s stories are read as to the child that you choose here."


class ChildrenCard(Card):
    """Emits `removed` with a child's name."""

    removed = Signal(str)

    def __init__(self, children: Children, parent: QWidget | None = None) -> None:
        super().__init__("Children", parent)
        self._children = children
        self._shown: object = None
        self.column.addWidget(Label(HOW, 14, ink=Day.INK2, wraps=True))
        self.tonight = Choice("Whom tonight’s stories are for")
        self.tonight.activated.connect(lambda _at: children.turn_to(self.tonight.currentData()))
        self.column.addWidget(self.tonight)
        self._rows = QWidget()
        self._list = QVBoxLayout(self._rows)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(6)
        self.column.addWidget(self._rows)
        self.rows: dict[str, tuple[Choice, RoundButton]] = {}
        """By name: who reads, remove."""
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        self.name = Field("A child’s name", "Mia")
        self.name.setMaxLength(LONGEST)
        self.add = InkButton("Add", "plain", height=42)
        self.add.setAccessibleName("Add that child")
        self.name.returnPressed.connect(self._add)
        self.name.textChanged.connect(self._typed)
        self.add.clicked.connect(self._add)
        row.addWidget(self.name, 1)
        row.addWidget(self.add)
        self.column.addLayout(row)
        self.column.addStretch(1)
        self._typed()

    def refresh(self, tag: str, tongue: str, voices: list[VoiceInfo]) -> None:
        """Show the children, and who reads them a language (its tag and its name) of these voices."""
        names = self._children.names()
        now = (tag, [one.id for one in voices], [(name, self._children.voice(name, tag)) for name in names])
        if now != self._shown:
            self._shown = now
            with focus_kept(self, lambda: self.name):
                self._show(tag, tongue, voices, names)
        self.tonight.setVisible(bool(names))
        self.tonight.setCurrentIndex(max(0, self.tonight.findData(self._children.tonight)))

    def _show(self, tag: str, tongue: str, voices: list[VoiceInfo], names: list[str]) -> None:
        self.tonight.clear()
        self.tonight.addItem("Tonight is for everybody", EVERYBODY)
        for name in names:
            self.tonight.addItem(f"Tonight is for {name}", name)
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = {}
        for name in names:
            self._list.addWidget(self._row(name, tag, tongue, voices))
        self._rows.setVisible(bool(names))

    def _row(self, name: str, tag: str, tongue: str, voices: list[VoiceInfo]) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.S)
        who = Choice(f"Who reads {tongue} to {name}")
        who.addItem(f"Whoever reads {tongue}", "")
        for one in voices:
            who.addItem(one.name, one.id)
        chosen = self._children.voice(name, tag)
        if chosen and who.findData(chosen) < 0:
            who.addItem("A voice that is not here", chosen)
        who.setCurrentIndex(max(0, who.findData(chosen)))
        # Its words may be shortened, the page not be wider than its window.
        who.setMinimumWidth(120)
        who.activated.connect(lambda _at: self._children.choose(name, tag, who.currentData()))
        remove = RoundButton(f"Remove {name}", "close", size=34)
        remove.setFixedSize(remove.sizeHint())
        remove.clicked.connect(lambda: self.removed.emit(name))
        line.addWidget(Label(breakable(name), 16, face="serif", wraps=True), 2)
        line.addWidget(who, 3)
        line.addWidget(remove)
        self.rows[name] = (who, remove)
        return row

    def _typed(self) -> None:
        self.add.setEnabled(any(letter.isalnum() for letter in self.name.text()))

    def _add(self) -> None:
        if self._children.add(self.name.text()) is not None:
            self.name.clear()
            self.name.setFocus()

"""What was put in the attic, each with a way back to the shelf. An empty attic is not shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.card import Card
from storytime.ui.parts.labels import Label

if TYPE_CHECKING:
    from storytime.core.shelf.shelf import Shelf

MOST = 40
"""Rows; the newest come first, and the others follow as these are put back."""


class AtticCard(Card):
    """Lists the attic, the newest first."""

    def __init__(self, shelf: Shelf, parent: QWidget | None = None) -> None:
        super().__init__("The attic", parent)
        self._shelf = shelf
        self._rows = QWidget()
        self._list = QVBoxLayout(self._rows)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._shown: list[tuple[int, str]] = []
        self.buttons: list[InkButton] = []
        self.column.addWidget(self._rows)
        self.hide()

    def refresh(self) -> None:
        """Show what stands there now."""
        there = self._shelf.attic()[:MOST]
        self.setVisible(bool(there))
        if there == self._shown:
            return
        self._shown, self.buttons = there, []
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for story, title in there:
            self._list.addWidget(self._row(story, title))

    def _row(self, story: int, title: str) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(Label(title, 16, face="serif", wraps=True), 1)
        back = InkButton("Put it back", "plain")
        back.setAccessibleName(f"Put “{title}” back on the shelf")
        back.clicked.connect(lambda: self._put_back(story))
        self.buttons.append(back)
        line.addWidget(back)
        return row

    def _put_back(self, story: int) -> None:
        self._shelf.from_attic(story)
        self.refresh()

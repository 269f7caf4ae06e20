"""Recordings that were under way when the program ended: whose, how long; heard, then kept or put in the attic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from storytime.core.errors import StorytimeError
from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.labels import Label
from storytime.ui.studio.page import StudioPage
from storytime.ui.studio.said import at_length
from storytime.ui.studio.take_row import TakeRow, day_of
from storytime.ui.theme import Day
from storytime.ui.words import trouble

if TYPE_CHECKING:
    from storytime.ui.studio.wishes import Finds, Found

WHY = "Storytime stopped before these were kept. Nothing is lost; say what becomes of each."
NOTHING = "Nothing is left to decide. The studio is as you left it."


class FoundScreen(StudioPage):
    """Lists what was found."""

    name = "found"

    def __init__(self, finds: Finds, parent: QWidget | None = None) -> None:
        super().__init__("Found again", parent)
        self._finds = finds
        self.rows: list[TakeRow] = []
        self.words = Label(WHY, 17, face="serif", ink=Day.INK2, italic=True, wraps=True)
        self.column.addWidget(self.words)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.column.addLayout(self._list)
        self.column.addStretch(1)

    def refresh(self) -> None:
        """Show what waits."""
        there = self._finds.found()
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = []
        for found in there:
            hear = InkButton("Hear", "plain", "play")
            keep = InkButton("Keep", "plain", "check")
            attic = InkButton("To the attic", "quiet")
            hear.clicked.connect(lambda _on=False, found=found: self._finds.hear(found))
            keep.clicked.connect(lambda _on=False, found=found: self._settle(found, keep=True))
            attic.clicked.connect(lambda _on=False, found=found: self._settle(found, keep=False))
            row = TakeRow(found.teller, said_of(found), told_of(found), [hear, keep, attic])
            self.rows.append(row)
            self._list.addWidget(row)
        self.words.setText(WHY if there else NOTHING)

    def _settle(self, found: Found, *, keep: bool) -> None:
        try:
            (self._finds.keep if keep else self._finds.put_away)(found)
        except StorytimeError as error:
            self.note.tell(trouble(error))
        else:
            where = "is kept" if keep else "is in the attic"
            self.note.say(f"{said_of(found)} {where}.")
        self.refresh()


def said_of(found: Found) -> str:
    """Return whose it is, and of what."""
    whose = found.teller.name if found.teller else "Somebody"
    return f"{whose}: “{found.what}”" if found.what else f"{whose}, without a title"


def told_of(found: Found) -> str:
    """Return how long it is, which line it was, and when."""
    line = f"line {found.line + 1}" if found.line is not None else ""
    return " · ".join(part for part in (at_length(found.seconds), line, day_of(found.began)) if part)



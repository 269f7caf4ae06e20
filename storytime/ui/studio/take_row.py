"""One recording in a list: whose it is, what was read, when and how long, and what can be done with it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storytime.ui.parts.ink import SMOOTH, rounded
from storytime.ui.parts.labels import Label
from storytime.ui.parts.seal import SealMark
from storytime.ui.theme import Day, Space

if TYPE_CHECKING:
    from storytime.core.shelf.tellers import Teller
    from storytime.ui.parts.buttons import InkButton

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")


def day_of(moment: str) -> str:
    """Return “4 November, 19:05” in the machine's own time of an ISO time in UTC; empty where it is none."""
    try:
        then = datetime.fromisoformat(moment)
    except ValueError:
        return ""
    local = (then if then.tzinfo else then.replace(tzinfo=UTC)).astimezone()
    return f"{local.day} {MONTHS[local.month - 1]}, {local.hour}:{local.minute:02d}"


class TakeRow(QWidget):
    """A sheet with a seal, a text and buttons."""

    def __init__(
        self, teller: Teller | None, text: str, more: str, buttons: list[InkButton], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(f"{text}. {more}")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(text, 16, face="serif", wraps=True, optical=16))
        self.more = Label(more, 14.5, face="serif", ink=Day.INK2, wraps=True, optical=14)
        words.addWidget(self.more)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(14)
        row.addWidget(SealMark(teller, 17), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        for button in buttons:
            button.setAccessibleName(f"{button.text()}: {text[:60]}")
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sheet."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        rounded(p, QRectF(self.rect()), Space.CARD, Day.SHEET, Day.LINE, 1)

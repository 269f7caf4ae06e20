"""A plain question before something that is not easily undone: what will happen, and two answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.focus import FocusRing
from storytime.ui.parts.labels import Label
from storytime.ui.theme import Day, Space, text_scale

if TYPE_CHECKING:
    from collections.abc import Callable


class Question(QDialog):
    """A small sheet; `accepted` where the answer is yes. The keyboard stands on the answer that changes nothing."""

    def __init__(self, question: str, what: str, yes: str, no: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(question)
        self.setAccessibleDescription(what)
        self.setModal(True)
        palette = self.palette()
        palette.setColor(self.backgroundRole(), Day.SHEET)
        self.setPalette(palette)
        self.yes = InkButton(yes, "primary", parent=self)
        self.no = InkButton(no, "plain", parent=self, height=Space.PRIMARY)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 28, 32, 28)
        column.setSpacing(Space.M)
        column.addWidget(Label(question, 23, 520, face="serif", optical=30, wraps=True))
        column.addWidget(Label(what, 15.5, ink=Day.INK2, wraps=True))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addStretch(1)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        column.addLayout(row)
        self.setFixedWidth(round(480 * max(1.0, text_scale())))
        self.yes.clicked.connect(self.accept)
        self.no.clicked.connect(self.reject)
        FocusRing(self)
        self.no.setFocus()


def ask(parent: QWidget, question: str, what: str, yes: str, no: str, act: Callable[[], object]) -> Question:
    """Ask beside the window, and call `act` where the answer is yes."""
    sheet = Question(question, what, yes, no, parent)
    sheet.accepted.connect(act)
    sheet.finished.connect(sheet.deleteLater)
    sheet.open()
    return sheet

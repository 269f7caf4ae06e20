"""Who reads: a name, who they are to the child, and who may hear their voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.fields import Field
from storytime.ui.parts.labels import Label
from storytime.ui.theme import Day, Space

if TYPE_CHECKING:
    from storytime.core.shelf.tellers import Teller

FIELDS = (
    ("name", "Name", "Grandpa Tomas"),
    ("relation", "Who they are to the child", "grandfather"),
    ("consent", "Who may hear this voice", "our family, at home"),
)
CONSENT = "A voice stays in this house. It is told here, sent by nobody but you, and deleted everywhere when asked."


class TellerForm(QWidget):
    """Emits `written` with name, relation and consent, or `left`."""

    written = Signal(str, str, str)
    left = Signal()

    def __init__(self, done: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.fields: dict[str, Field] = {}
        for key, words, hint in FIELDS:
            field = Field(words, hint)
            label = Label(words, 14.5, 700)
            label.setBuddy(field)
            column.addWidget(label)
            column.addWidget(field)
            column.addSpacing(6)
            field.returnPressed.connect(self._write)
            self.fields[key] = field
        column.addWidget(Label(CONSENT, 14, ink=Day.INK2, wraps=True))
        column.addSpacing(Space.S)
        self.done = InkButton(done, "primary")
        self.leave = InkButton("Leave it", "plain", height=Space.PRIMARY)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.done)
        row.addWidget(self.leave)
        row.addStretch(1)
        column.addLayout(row)
        self.done.clicked.connect(self._write)
        self.leave.clicked.connect(self.left)
        self.fields["name"].textChanged.connect(lambda words: self.done.setEnabled(bool(words.strip())))
        self.done.setEnabled(False)

    def show_teller(self, teller: Teller | None) -> None:
        """Show what is known of somebody, or empty fields."""
        for key, field in self.fields.items():
            field.setText(getattr(teller, key) if teller else "")
        self.fields["name"].setFocus()

    def _write(self) -> None:
        name, relation, consent = (" ".join(self.fields[key].text().split()) for key, _, _ in FIELDS)
        if name:
            self.written.emit(name, relation, consent)
        else:
            self.fields["name"].setFocus()

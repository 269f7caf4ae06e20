"""Which name is to be recorded: a child's, or a pet word."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.fields import Field
from storytime.ui.parts.focus import FocusRing
from storytime.ui.parts.labels import Label
from storytime.ui.theme import Day, Space, text_scale

WHY = "Say it once, the way it is said at home. Wherever the machine would have to say it, your voice does."


class NameSheet(QDialog):
    """Emits `named`."""

    named = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("A name")
        self.setModal(True)
        palette = self.palette()
        palette.setColor(self.backgroundRole(), Day.SHEET)
        self.setPalette(palette)
        self.field = Field("Name or pet word", "Mira", parent=self)
        self.go = InkButton("Record it", "primary", "mic", self)
        self.leave = InkButton("Leave it", "plain", parent=self, height=Space.PRIMARY)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 28, 32, 28)
        column.setSpacing(Space.M)
        column.addWidget(Label("Which name?", 23, 520, face="serif", optical=30))
        column.addWidget(Label(WHY, 15.5, ink=Day.INK2, wraps=True))
        column.addWidget(self.field)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.go)
        column.addLayout(row)
        self.setFixedWidth(round(440 * max(1.0, text_scale())))
        self.go.clicked.connect(self._name)
        self.leave.clicked.connect(self.reject)
        FocusRing(self)
        self.field.setFocus()

    def _name(self) -> None:
        name = " ".join(self.field.text().split())
        if name:
            self.named.emit(name)
            self.accept()
        else:
            self.field.setFocus()

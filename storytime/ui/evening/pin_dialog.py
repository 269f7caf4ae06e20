"""Set, change or remove the PIN, by day; changing asks for the old one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from storytime.core.errors import StorytimeError
from storytime.ui.parts.ask_pin import pin_field
from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.focus import FocusRing
from storytime.ui.parts.labels import Label
from storytime.ui.theme import Day, Space, text_scale

if TYPE_CHECKING:
    from storytime.core.evening.gate import Gate
    from storytime.ui.parts.fields import Field

WHY = "It opens the gate at night, and keeps the plan as it is. Four digits are enough."
FORGOTTEN = "A forgotten PIN can be waited for: ten minutes at the gate open it."


class PinDialog(QDialog):
    """A sheet with two or three fields; `accepted` once the PIN was set or removed."""

    def __init__(self, gate: Gate, parent: QWidget) -> None:
        super().__init__(parent)
        self._gate = gate
        self.setWindowTitle("PIN")
        self.setModal(True)
        palette = self.palette()
        palette.setColor(self.backgroundRole(), Day.SHEET)
        self.setPalette(palette)
        has = gate.has_pin
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 28, 32, 28)
        column.setSpacing(Space.S)
        column.addWidget(Label("Change the PIN" if has else "Set a PIN", 23, 520, face="serif", optical=30))
        column.addWidget(Label(WHY, 15, ink=Day.INK2, wraps=True))
        column.addSpacing(Space.S)
        self.old = self._field(column, "The PIN as it is") if has else None
        self.new = self._field(column, "New PIN")
        self.again = self._field(column, "New PIN again")
        self.said = Label("", 14.5, 700, ink=Day.PLUM, wraps=True)
        column.addWidget(self.said)
        column.addWidget(Label(FORGOTTEN, 14, ink=Day.INK3, wraps=True))
        column.addSpacing(Space.S)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.remove = InkButton("Remove the PIN", "quiet", parent=self)
        self.remove.setVisible(has)
        self.leave = InkButton("Leave it", "plain", parent=self, height=Space.PRIMARY)
        self.keep = InkButton("Keep this PIN", "primary", parent=self)
        row.addWidget(self.remove)
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.keep)
        column.addLayout(row)
        self.setFixedWidth(round(460 * text_scale()))
        self.keep.clicked.connect(self._keep)
        self.again.returnPressed.connect(self._keep)
        self.remove.clicked.connect(self._remove)
        self.leave.clicked.connect(self.reject)
        FocusRing(self)
        (self.old or self.new).setFocus()

    def _field(self, column: QVBoxLayout, name: str) -> Field:
        label, field = Label(name, 14.5, 700), pin_field(name, self)
        label.setBuddy(field)
        column.addWidget(label)
        column.addWidget(field)
        return field

    def _keep(self) -> None:
        if self.new.text() != self.again.text():
            self.said.setText("The two are not the same. Type the new PIN twice.")
            self.again.clear()
            return
        try:
            self._gate.set_pin(self.new.text(), self.old.text() if self.old else None)
        except StorytimeError as error:
            self.said.setText(str(error))
        else:
            self.accept()

    def _remove(self) -> None:
        try:
            self._gate.remove_pin(self.old.text() if self.old else "")
        except StorytimeError as error:
            self.said.setText(str(error))
        else:
            self.accept()

"""Ask a parent for the PIN before the plan, the PIN itself or the shelf is changed; asked once, it holds a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QRegularExpression, Qt
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.fields import Field
from storytime.ui.parts.focus import FocusRing
from storytime.ui.parts.labels import Label
from storytime.ui.theme import Day, Space, text_scale

if TYPE_CHECKING:
    from collections.abc import Callable

    from storytime.core.evening.gate import Gate

HOLDS = 5 * 60 * 1000
"""Milliseconds for which a right PIN is not asked for again."""


def pin_field(name: str, parent: QWidget) -> Field:
    """Return a field for four to twelve digits that shows dots."""
    field = Field(name, "", "key", parent)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setValidator(QRegularExpressionValidator(QRegularExpression(r"\d{0,12}"), field))
    field.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)
    field.setMaxLength(12)
    return field


class PinSheet(QDialog):
    """A small sheet with one field; `accepted` once the PIN was right."""

    def __init__(self, gate: Gate, why: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._gate = gate
        self.setWindowTitle("PIN")
        self.setModal(True)
        palette = self.palette()
        palette.setColor(self.backgroundRole(), Day.SHEET)
        self.setPalette(palette)
        self.field = pin_field("PIN", self)
        self.said = Label("", 14.5, 700, ink=Day.PLUM, wraps=True, parent=self)
        self.go = InkButton("Go on", "primary", parent=self)
        self.leave = InkButton("Leave it", "plain", parent=self, height=Space.PRIMARY)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 28, 32, 28)
        column.setSpacing(Space.M)
        column.addWidget(Label("A parent’s PIN", 23, 520, face="serif", optical=30))
        column.addWidget(Label(why, 15.5, ink=Day.INK2, wraps=True))
        column.addWidget(self.field)
        column.addWidget(self.said)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.go)
        column.addLayout(row)
        self.setFixedWidth(round(400 * text_scale()))
        self.go.clicked.connect(self._try)
        self.field.returnPressed.connect(self._try)
        self.leave.clicked.connect(self.reject)
        FocusRing(self)
        self.field.setFocus()

    def _try(self) -> None:
        wait = self._gate.wait()
        if wait > 0:
            self.said.setText(f"Wait {round(wait + 0.5)} seconds, then try again.")
        elif self._gate.check_pin(self.field.text()):
            self.accept()
        else:
            self.field.clear()
            self.said.setText("That is not the PIN.")


class Asking:
    """Remembers for a while that a parent is here."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._since = QElapsedTimer()

    @property
    def needed(self) -> bool:
        """Whether the PIN must be asked for now."""
        return self._gate.has_pin and not (self._since.isValid() and self._since.elapsed() < HOLDS)

    def forget(self) -> None:
        """Ask again next time."""
        self._since.invalidate()

    def then(
        self, parent: QWidget, why: str, act: Callable[[], object], left: Callable[[], object] | None = None
    ) -> None:
        """Call `act` now or after the right PIN; `left` where the parent leaves it."""
        if not self.needed:
            act()
            return
        sheet = PinSheet(self._gate, why, parent)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def right() -> None:
            self._since.start()
            act()

        sheet.accepted.connect(right)
        if left is not None:
            sheet.rejected.connect(left)
        sheet.open()

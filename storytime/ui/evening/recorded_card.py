"""Whose recorded voice is told tonight, and what is done to its sound; shown once somebody has read here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from storytime.ui.parts.card import Card
from storytime.ui.parts.fields import Choice, Tick
from storytime.ui.parts.labels import Label
from storytime.ui.theme import Day, Space

if TYPE_CHECKING:
    from storytime.core.settings import SettingsStore
    from storytime.core.shelf.tellers import Tellers

TICKS = (
    ("other_tellers", "Where they have not read a line, another teller is heard before the machine"),
    ("recorded_names", "Where the machine reads, a recorded name is heard in the teller’s voice"),
    ("take_care", "Bring all recordings to one loudness while they are told"),
    ("less_noise", "Take the noise of the room down while they are told"),
)
KEPT = "The recordings themselves stay as they are."


class RecordedCard(Card):
    """Tonight's teller, and four ticks."""

    def __init__(self, settings: SettingsStore, tellers: Tellers, parent: QWidget | None = None) -> None:
        super().__init__("Recorded voices", parent)
        self._settings, self._tellers = settings, tellers
        self.teller = Choice("Tonight’s teller")
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(Label("Tonight’s teller", 15))
        row.addWidget(self.teller, 1)
        self.column.addLayout(row)
        self.ticks: dict[str, Tick] = {}
        for field, words in TICKS:
            tick = Tick(words)
            tick.clicked.connect(lambda on=False, field=field: self._settings.change(**{field: on}))
            self.ticks[field] = tick
            self.column.addWidget(tick)
        self.column.addWidget(Label(KEPT, 14, ink=Day.INK2, wraps=True))
        self.teller.activated.connect(lambda _at: self._settings.change(teller=self.teller.currentData()))
        self.hide()

    def refresh(self) -> None:
        """Show what is set."""
        value, people = self._settings.value, self._tellers.all()
        self.setVisible(bool(people))
        self.teller.clear()
        self.teller.addItem("Whoever recorded the line last", 0)
        for teller in people:
            self.teller.addItem(teller.name, teller.id)
        self.teller.setCurrentIndex(max(0, self.teller.findData(value.teller)))
        for field, tick in self.ticks.items():
            tick.setChecked(getattr(value, field))

"""The three cards beneath the drawn evening: the kind of night, this evening's exceptions, and the parents' gate."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout

from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.card import Card, PictureChoice
from storytime.ui.parts.fields import Tick
from storytime.ui.parts.labels import Label
from storytime.ui.theme import Day, Space

KINDS = (("paper", "Paper", "paperbook"), ("voice", "Voice", "voice"), ("reader", "Reader", "words"))
KIND_SAYS = {
    "paper": "A book of paper: the candle, the countdown and the goodnight only.",
    "voice": "A black screen, and a voice that reads.",
    "reader": "Dim amber words for whoever reads aloud.",
}
WITH_PIN = "A PIN opens the gate at night and is asked for here."
WITHOUT_PIN = "Without a PIN, a long press and a small sum open the gate."


class KindCard(Card):
    """Paper, voice or reader; `chosen` carries the key."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__("Kind of night")
        self.kinds = {key: PictureChoice(words, icon) for key, words, icon in KINDS}
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        for key, choice in self.kinds.items():
            choice.clicked.connect(lambda _on=False, key=key: self.chosen.emit(key))
            row.addWidget(choice)
        self.says = Label("", 14, ink=Day.INK2, wraps=True)
        self.column.addLayout(row, 1)
        self.column.addWidget(self.says)

    def show_kind(self, kind: str) -> None:
        """Show which is chosen, and what it means."""
        for key, choice in self.kinds.items():
            choice.setChecked(key == kind)
        self.says.setText(KIND_SAYS[kind])

    def tighten(self, low: bool) -> None:
        """Leave the words out in a low window."""
        super().tighten(low)
        self.says.setVisible(not low)


class EveningCard(Card):
    """What may differ on one evening."""

    def __init__(self) -> None:
        super().__init__("This evening")
        self.off = Tick("No lights-out")
        self.once = Tick("Only this once")
        self.every = InkButton("The same for every evening", "quiet", px=14.5, height=34)
        self.column.addWidget(self.off)
        self.column.addWidget(self.once)
        self.column.addWidget(self.every, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    def show_evening(self, name: str, *, off: bool, once: bool, tonight: bool) -> None:
        """Show one evening's exceptions; only tonight can be different once."""
        self.title.setText(name)
        self.off.setChecked(off)
        self.once.setVisible(tonight)
        self.once.setChecked(once)


class GateCard(Card):
    """The PIN, and an evening to try."""

    def __init__(self) -> None:
        super().__init__("The parents’ gate")
        self.says = Label("", 14, ink=Day.INK2, wraps=True)
        self.pin = InkButton("Set a PIN", "plain", "key", height=38, px=15)
        self.trial = InkButton("Try an evening", "plain", "flame", height=38, px=15)
        self.column.addWidget(self.says)
        self._row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(Space.S)
        row.addWidget(self.pin, 0, Qt.AlignmentFlag.AlignLeft)
        row.addWidget(self.trial, 0, Qt.AlignmentFlag.AlignLeft)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def stack(self, narrow: bool) -> None:
        """Put one button below the other where there is no room beside it."""
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def show_pin(self, has: bool) -> None:
        """Say whether there is a PIN."""
        self.pin.say("Change the PIN" if has else "Set a PIN")
        self.says.setText(WITH_PIN if has else WITHOUT_PIN)

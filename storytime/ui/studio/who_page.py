"""Who reads? The first thing the studio asks: a seal for everybody who has read before, and fields for somebody new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from storytime.ui.parts.buttons import Pressable
from storytime.ui.parts.card import Card
from storytime.ui.parts.flow import FlowLayout
from storytime.ui.parts.ink import SMOOTH, rounded, write
from storytime.ui.parts.labels import Label
from storytime.ui.parts.seal import paint_seal, wax_of
from storytime.ui.studio.teller_form import TellerForm
from storytime.ui.theme import Day, Space, colour, sans, text_scale

if TYPE_CHECKING:
    from storytime.core.shelf.tellers import Teller, Tellers


class TellerCard(Pressable):
    """A seal over a name."""

    ring_radius = float(Space.CARD)

    def __init__(self, teller: Teller, parent: QWidget) -> None:
        super().__init__(teller.name, parent)
        self.teller = teller
        self.setAccessibleName(f"{teller.name} reads{', ' + teller.relation if teller.relation else ''}")

    def sizeHint(self) -> QSize:
        """Return a small card."""
        scale = text_scale()
        return QSize(round(132 * scale), round(124 * scale))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw seal, name and relation."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        rect, scale = QRectF(self.rect()), text_scale()
        rounded(p, rect, Space.CARD, colour(Day.PAPER, 0.8) if self.underMouse() else None, Day.SHADE, 1)
        paint_seal(p, rect.center().x(), 42 * scale, 25 * scale, self.teller.initial, wax_of(self.teller))
        room = rect.width() - 12
        write(p, rect.center().x(), 92 * scale, self.teller.name, sans(15.5 * scale, 700), Day.INK, "centre", room)
        write(p, rect.center().x(), 111 * scale, self.teller.relation, sans(13.5 * scale), Day.INK2, "centre", room)


class WhoPage(QWidget):
    """Emits `chosen` with a teller's id."""

    chosen = Signal(int)

    def __init__(self, tellers: Tellers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tellers = tellers
        self.cards: list[TellerCard] = []
        self._card = Card("")
        self._card.title.hide()
        self._card.setAccessibleName("Who reads?")
        self._card.column.setContentsMargins(32, 26, 32, 26)
        self._card.column.addWidget(Label("Who reads?", 34, 520, face="serif", optical=48))
        self._seals = QWidget()
        self._flow = FlowLayout(self._seals, across=14, down=14)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self._seals.setSizePolicy(policy)
        self._card.column.addWidget(self._seals)
        self._or = Label("Or somebody new:", 15.5, ink=Day.INK2)
        self._card.column.addWidget(self._or)
        self.form = TellerForm("Begin")
        self.form.leave.hide()
        self._card.column.addWidget(self.form)
        self._card.setMaximumWidth(round(640 * max(1.0, text_scale())))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, Space.S, 8, Space.L)
        row.addStretch(1)
        row.addWidget(self._card, 8, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        self.form.written.connect(self._welcome)

    def refresh(self) -> None:
        """Show everybody who has read before."""
        everybody = self._tellers.all()
        if [card.teller for card in self.cards] == everybody:
            return
        for card in self.cards:
            self._flow.removeWidget(card)
            card.deleteLater()
        self.cards = [TellerCard(teller, self._seals) for teller in everybody]
        for card in self.cards:
            card.clicked.connect(lambda _on=False, teller=card.teller.id: self.chosen.emit(teller))
            self._flow.addWidget(card)
            card.show()
        self._seals.setVisible(bool(everybody))
        self._or.setVisible(bool(everybody))

    def _welcome(self, name: str, relation: str, consent: str) -> None:
        teller = self._tellers.welcome(name, relation, consent)
        self.form.show_teller(None)
        self.chosen.emit(teller.id)

    def showEvent(self, event: object) -> None:
        """Be true when shown."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.refresh()
        (self.cards[0] if self.cards else self.form.fields["name"]).setFocus()

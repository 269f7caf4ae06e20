"""Before the first line: three seconds of listening, then a picture and a sentence, and which microphone it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.card import Card
from storytime.ui.parts.fields import Choice
from storytime.ui.parts.labels import Label
from storytime.ui.studio.meter import LevelMeter
from storytime.ui.studio.said import advised
from storytime.ui.studio.said_line import Sign
from storytime.ui.studio.scale import RoomAndVoice
from storytime.ui.theme import Day, Space, text_scale

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from storytime.core.ports import Microphone
    from storytime.core.settings import SettingsStore
    from storytime.core.studio.session import Session
    from storytime.core.studio.studio import Studio

ASKED = "Press Space, wait for one breath, then say: “The lamp is lit, and all is well.”"


class Sentence(Label):
    """Words that are as high as they need to be at the width they were given."""

    def setText(self, words: str) -> None:
        """Say other words."""
        super().setText(words)
        self.setMinimumHeight(max(0, self.heightForWidth(self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take another row where the words do not fit."""
        super().resizeEvent(event)
        self.setMinimumHeight(max(0, self.heightForWidth(self.width())))


class ProofPage(QWidget):
    """Emits `begun` when the teller goes on to the first line."""

    begun = Signal()

    def __init__(
        self, studio: Studio, microphone: Microphone, settings: SettingsStore, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._studio, self._microphone, self._settings = studio, microphone, settings
        self.said = Sentence("", 23, 520, face="serif", optical=30, wraps=True)
        self.more = Sentence("", 16, ink=Day.INK2, wraps=True)
        self.sign = Sign()
        self.picture = RoomAndVoice()
        self.meter = LevelMeter()
        self.device = Choice("Microphone")
        self.listen = InkButton("Listen for three seconds", "primary", "ear")
        self.go_on = InkButton("Begin", "plain")
        self._lay()
        self.listen.clicked.connect(studio.listen_to_room)
        self.go_on.clicked.connect(self.begun)
        self.device.activated.connect(self._choose_device)
        microphone.inputs_changed.connect(self._list_devices)

    def _lay(self) -> None:
        card = Card("Before the first line")
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.said, 1)
        words = QVBoxLayout()
        words.setSpacing(Space.S)
        words.addLayout(head)
        words.addWidget(self.more)
        words.addSpacing(Space.S)
        words.addWidget(self.picture)
        row = QHBoxLayout()
        row.addLayout(words, 1)
        row.addWidget(self.meter)
        card.column.setContentsMargins(28, 20, 16, 20)
        card.column.addLayout(row, 1)
        device = QHBoxLayout()
        device.setSpacing(Space.S)
        device.addWidget(Label("Microphone", 14.5, 700))
        device.addWidget(self.device, 1)
        card.column.addLayout(device)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.listen)
        buttons.addWidget(self.go_on)
        buttons.addStretch(1)
        card.column.addSpacing(Space.S)
        card.column.addLayout(buttons)
        card.setMaximumWidth(round(820 * max(1.0, text_scale())))
        self._card = card
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(card, 8)
        across.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, Space.S, 0, Space.S)
        whole.addStretch(2)
        whole.addLayout(across)
        whole.addStretch(3)

    def show_session(self, session: Session) -> None:
        """Draw what was heard of the room."""
        listening, proof = session.state == "listening", session.proof
        if listening:
            what, more = "Listening …", "One breath of silence, then the sentence."
        elif proof is None:
            what, more = "Let the studio hear the room, and you.", ASKED
        else:
            what, more = advised(proof)
        self.said.setText(what)
        self.more.setText(more)
        self.sign.setVisible(proof is not None and not listening)
        self.sign.show_sign(good=proof is not None and proof.kind == "good")
        self.picture.show_levels(proof.levels if proof and not listening else None)
        self._show_buttons(session)
        self._make_room()
        if not listening and self.meter.word:
            self.meter.rest()
        if proof is not None and not listening and self.isVisible():
            (self.go_on if proof.kind == "good" else self.listen).setFocus()

    def _show_buttons(self, session: Session) -> None:
        proof, listening = session.proof, session.state == "listening"
        good = proof is not None and proof.kind == "good"
        for button, primary in ((self.listen, not good), (self.go_on, good)):
            button.kind = "primary" if primary else "plain"
            button.updateGeometry()
            button.update()
        self.listen.say("Listening …" if listening else "Listen again" if proof else "Listen for three seconds")
        self.go_on.say("Begin" if good else "Begin all the same" if proof else "Begin without")
        self.go_on.setEnabled(not listening and (proof is None or proof.usable))

    def _list_devices(self) -> None:
        """Show the microphones that are there, and which is chosen."""
        inputs, chosen = self._microphone.inputs(), self._settings.value.microphone
        self.device.clear()
        own = next((one.name for one in inputs if one.default), "")
        self.device.addItem(f"The system’s own: {own}" if own else "The system’s own", "")
        for one in inputs:
            self.device.addItem(one.name, one.id)
        if chosen and self.device.findData(chosen) < 0:
            self.device.addItem("The one chosen before, which is not here", chosen)
        self.device.setCurrentIndex(max(0, self.device.findData(chosen)))

    def _choose_device(self, _at: int) -> None:
        self._studio.choose_microphone(self.device.currentData())

    def act(self, wish: str) -> None:
        """Do what a key asks for."""
        session = self._studio.session
        if wish == "space" and session.state != "listening":
            self._studio.listen_to_room()
        elif wish == "enter" and self.go_on.isEnabled():
            self.begun.emit()

    def _make_room(self) -> None:
        """Let the card be as high as its sentences need where they take another row; the page scrolls then."""
        layout = self._card.layout()
        if layout is not None:
            self._card.setMinimumHeight(max(0, layout.totalHeightForWidth(self._card.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the sentences room."""
        super().resizeEvent(event)
        self._make_room()

    def showEvent(self, event: object) -> None:
        """Know the microphones when shown."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._list_devices()

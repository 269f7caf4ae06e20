"""A tale told without a book: how long it is, where its chapters begin, and at the end what it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.fields import Field
from storytime.ui.parts.labels import Label
from storytime.ui.studio import said
from storytime.ui.studio.keycaps import KeyRow
from storytime.ui.studio.meter import LevelMeter
from storytime.ui.studio.said_line import SaidLine
from storytime.ui.studio.wave_card import WaveCard
from storytime.ui.theme import Day, Space, text_scale

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from storytime.core.studio.session import Session
    from storytime.core.studio.studio import Studio

HINTS = {
    "resting": "Press Space and tell. There is no hurry; the pauses belong to it.",
    "recording": "Space pauses, and you can go on whenever you like.",
    "recorded": "Go on telling, or give it a title and keep it.",
}


class BigTime(Label):
    """How long the tale is; it holds the keyboard's focus while nothing else needs it."""

    ring_radius = None


class TalePage(QWidget):
    """Draws a session without a text."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.time = BigTime("0:00", 84, 420, face="serif", optical=72)
        self.time.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.hint = Label("", 17, face="serif", ink=Day.INK2, italic=True, wraps=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.chapters = Label("", 15, face="serif", ink=Day.INK2, wraps=True, optical=14)
        self.chapters.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.meter = LevelMeter()
        self.said = SaidLine()
        self.card = WaveCard()
        self.keys = KeyRow()
        self.title = Field("Title of the tale", "What is it called?")
        self.keep_button = InkButton("Keep the tale", "primary", "check")
        self.undo = InkButton("Undo", "quiet", "undo", px=14.5, height=34)
        self.safe = Label("", 14.5, face="serif", ink=Day.INK3, optical=14)
        self._lay()
        self.keys.wished.connect(self._cap_pressed)
        self.undo.clicked.connect(lambda: self._cap_pressed("undo"))
        self.title.returnPressed.connect(self._keep)
        self.keep_button.clicked.connect(self._keep)

    def _lay(self) -> None:
        self.time.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.time.setAccessibleName("The tale")
        words = QVBoxLayout()
        words.setSpacing(Space.S)
        words.addStretch(2)
        words.addWidget(self.time)
        words.addWidget(self.hint)
        words.addWidget(self.chapters)
        self._naming = QWidget()
        naming = QHBoxLayout(self._naming)
        naming.setContentsMargins(Space.S, Space.S, Space.S, Space.S)
        naming.setSpacing(Space.S)
        naming.addStretch(1)
        self.title.setFixedWidth(round(360 * max(1.0, text_scale())))
        naming.addWidget(self.title)
        naming.addWidget(self.keep_button)
        naming.addStretch(1)
        words.addWidget(self._naming)
        words.addStretch(3)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addSpacing(self.meter.sizeHint().width())
        middle.addLayout(words, 1)
        middle.addWidget(self.meter)
        foot = QHBoxLayout()
        foot.addWidget(self.undo)
        foot.addStretch(1)
        foot.addWidget(self.safe)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(middle, 1)
        column.addSpacing(Space.S)
        for widget in (self.said, self.card, self.keys):
            column.addWidget(widget)
            column.addSpacing(Space.S)
        column.addLayout(foot)

    def show_session(self, session: Session) -> None:
        """Draw the session."""
        self.time.setText(said.duration(session.seconds))
        self.hint.setText(HINTS.get(session.state, ""))
        self.chapters.setText(chapters(session.marks))
        self.chapters.setVisible(bool(session.marks))
        self._naming.setVisible(session.state in ("recorded", "playing") and session.seconds > 0)
        good, what, remedy = said.sentence(session)
        self.said.say(what, remedy, good=good, levels=session.verdict.levels if session.verdict else None)
        self.card.show_session(session)
        self.keys.show_offers(said.tale_offers(session))
        self.undo.setVisible(session.can_undo and session.state in ("resting", "recorded"))
        safe = f"Safe on disk up to {said.duration(session.safe)}. " if session.safe else ""
        self.safe.setText(safe + (said.room(session.room) if session.room else ""))
        if session.state not in ("recording", "listening") and self.meter.word:
            self.meter.rest()

    def act(self, wish: str) -> None:
        """Do what a key asks for."""
        if wish == "space":
            self._studio.toggle()
        elif wish == "play":
            self._studio.play()
        elif wish == "mark_chapter":
            self._studio.mark_chapter()
        elif wish == "backspace":
            self._studio.redo()
        elif wish == "undo":
            self._studio.undo()
        elif wish == "enter" and not self._naming.isHidden():
            self.title.setFocus()

    def _cap_pressed(self, wish: str) -> None:
        self.act(wish)
        self.time.setFocus()

    def _keep(self) -> None:
        title = " ".join(self.title.text().split())
        if not title:
            self.title.setFocus()
            return
        self.title.clear()
        self._studio.keep_tale(title)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Come closer together in a small window."""
        super().resizeEvent(event)
        low = self.window().height() < 700
        self.time.resize_to(58 if low else 84)
        self.card.tighten(low=low)
        self.keys.tighten(self.width() < 1020)


def chapters(marks: tuple[float, ...]) -> str:
    """Return where the chapters begin."""
    return "  ·  ".join(f"Chapter {i} at {said.duration(at)}" for i, at in enumerate(marks, 2)) if marks else ""

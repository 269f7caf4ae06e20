"""Where a text is read aloud: the words, the bar of voices, the level, the wave, the keys, and what is safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSpacerItem, QVBoxLayout, QWidget

from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.labels import Label
from storytime.ui.parts.patchwork import Patchwork
from storytime.ui.studio import said
from storytime.ui.studio.cut_editor import NUDGE, STRIDE
from storytime.ui.studio.keycaps import KeyRow
from storytime.ui.studio.meter import LevelMeter
from storytime.ui.studio.said_line import SaidLine
from storytime.ui.studio.teleprompter import Teleprompter
from storytime.ui.studio.wave_card import WaveCard
from storytime.ui.theme import Day, Space

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from storytime.core.studio.session import Session
    from storytime.core.studio.studio import Studio


class Desk(QWidget):
    """Draws a session with a text, and turns keys into wishes. Emits `attic_wanted`."""

    attic_wanted = Signal()

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._place: tuple[object, ...] = ()
        self.patchwork = Patchwork(10)
        self.place = Label("", 14, ink=Day.INK2)
        self.left = Label("", 14, ink=Day.INK2)
        self.prompter = Teleprompter()
        self.meter = LevelMeter()
        self.said = SaidLine()
        self.card = WaveCard()
        self.keys = KeyRow()
        self.earlier = InkButton("Earlier takes", "quiet", px=14.5, height=34)
        self.undo = InkButton("Undo", "quiet", "undo", px=14.5, height=34)
        self.safe = Label("", 14.5, face="serif", ink=Day.INK3, optical=14)
        self._between = [QSpacerItem(0, Space.S) for _ in range(4)]
        self._lay()
        self._wire()

    def _lay(self) -> None:
        caption = QHBoxLayout()
        caption.addWidget(self.place)
        caption.addStretch(1)
        caption.addWidget(self.left)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.prompter, 1)
        middle.addWidget(self.meter)
        foot = QHBoxLayout()
        foot.setSpacing(Space.M)
        foot.addWidget(self.earlier)
        foot.addWidget(self.undo)
        foot.addStretch(1)
        foot.addWidget(self.safe)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._air = QSpacerItem(0, Space.S)
        column.addItem(self._air)
        column.addWidget(self.patchwork)
        column.addSpacing(Space.XS)
        column.addLayout(caption)
        column.addItem(self._between[0])
        column.addLayout(middle, 1)
        for space, widget in zip(self._between[1:], (self.said, self.card, self.keys), strict=True):
            column.addItem(space)
            column.addWidget(widget)
        column.addSpacing(2)
        column.addLayout(foot)

    def _wire(self) -> None:
        self.keys.wished.connect(self._cap_pressed)
        self.patchwork.line_pressed.connect(self._line_pressed)
        self.card.cuts.chosen.connect(self._studio.go_to)
        self.card.cuts.moved.connect(self._studio.move_cut)
        self.earlier.clicked.connect(self.attic_wanted)
        self.undo.clicked.connect(self._studio.undo)

    # What is shown

    def show_session(self, session: Session) -> None:
        """Draw the session."""
        self._show_place(session)
        self.card.show_session(session)
        self._show_line(session)
        good, what, remedy = said.sentence(session)
        shown = session.verdict.levels if session.verdict and session.state == "recorded" else None
        self.said.say(what, remedy, good=good, levels=shown)
        self.keys.show_offers(said.offers(session))
        self._show_foot(session)
        if session.state not in ("recording", "listening", "leading") and self.meter.word:
            self.meter.rest()

    def _show_place(self, session: Session) -> None:
        """Show where we are; nothing of it changes while a voice is recorded, ten times a second."""
        place = (session.mode, session.line, session.lines, session.readers)
        if place == self._place:
            return
        self._place = place
        self.patchwork.setVisible(session.mode != "name")
        self.patchwork.show_readers(session.readers, len(session.lines), session.line)
        self.place.setText(said.place(session))
        self.left.setText(said.left_to_read(session))

    def _show_line(self, session: Session) -> None:
        if session.mode == "name":
            self.prompter.show_line((session.name,), 0)
        else:
            flowing = session.mode == "through" and not session.cuts
            self.prompter.show_line(session.lines, session.line, flowing=flowing)

    def _show_foot(self, session: Session) -> None:
        self.earlier.setVisible(bool(session.earlier))
        if session.earlier:
            self.earlier.say(said.earlier(session.earlier))
        self.undo.setVisible(session.can_undo and session.state in ("resting", "cutting"))
        keeping = "Keeping it … " if session.keeping else ""
        safe = f"{keeping}Safe on disk up to {said.duration(session.safe)}. " if session.safe else ""
        self.safe.setText(safe + (said.room(session.room) if session.room else ""))
        self.safe.colour(Day.PLUM if session.scarce else Day.INK3)

    # What a teller does here

    def act(self, wish: str) -> None:
        """Do what a key asks for in the state that is."""
        session = self._studio.session
        if session.state == "cutting" and wish in CUTTING:
            CUTTING[wish](self)
        elif wish in WISHES:
            WISHES[wish](self._studio)

    def _cap_pressed(self, wish: str) -> None:
        self.act(wish)
        self.prompter.setFocus()

    def _line_pressed(self, line: int) -> None:
        self._studio.go_to(line)
        self.prompter.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Come closer together in a small window."""
        super().resizeEvent(event)
        low = self.window().height() < 700
        self._air.changeSize(0, 0 if low else Space.S)
        for space in self._between:
            space.changeSize(0, 2 if low else Space.S)
        self.card.tighten(low=low)
        self.keys.tighten(self.width() < 1020)


CUTTING = {
    "up": lambda desk: desk.card.cuts.step(-1),
    "down": lambda desk: desk.card.cuts.step(1),
    "left": lambda desk: desk.card.cuts.nudge(-NUDGE),
    "right": lambda desk: desk.card.cuts.nudge(NUDGE),
    "far_left": lambda desk: desk.card.cuts.nudge(-STRIDE),
    "far_right": lambda desk: desk.card.cuts.nudge(STRIDE),
    "read_until": lambda desk: desk._studio.read_until(desk.card.cuts.line),
}
"""What the arrows do while a recording lies on its lines."""
WISHES = {
    "space": lambda studio: studio.toggle(),
    "play": lambda studio: studio.play(),
    "up": lambda studio: studio.previous_line(),
    "left": lambda studio: studio.previous_line(),
    "down": lambda studio: studio.next_line(),
    "right": lambda studio: studio.next_line(),
    "remove": lambda studio: studio.remove(),
    "enter": lambda studio: studio.keep(),
    "backspace": lambda studio: studio.redo(),
    "punch_in": lambda studio: studio.punch_in(),
    "undo": lambda studio: studio.undo(),
}

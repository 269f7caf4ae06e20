"""A note at the top of a day screen: what happened in bold, one remedy beneath, one button. One at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from storytime.ui.parts.buttons import InkButton, RoundButton
from storytime.ui.parts.icons import paint_icon
from storytime.ui.parts.ink import SMOOTH, fill, rounded_path
from storytime.ui.parts.labels import Label
from storytime.ui.theme import Day, Space

if TYPE_CHECKING:
    from storytime.ui.words import Trouble

Tone = Literal["trouble", "good"]
TONES: dict[Tone, tuple[str, str, str]] = {
    "trouble": (Day.PLUM_WASH, Day.PLUM, "warn"),
    "good": (Day.MOSS_WASH, Day.MOSS, "check"),
}


class NoteStrip(QWidget):
    """Hidden until there is something to say. `pressed` is its button; `shown` says when it comes and goes."""

    pressed = Signal()
    shown = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone: Tone = "trouble"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._what = Label("", 15.5, 700, wraps=True, parent=self)
        self._remedy = Label("", 14.5, ink=Day.INK2, wraps=True, parent=self)
        self.button = InkButton("", "plain", parent=self, height=40)
        self.button.clicked.connect(self.pressed)
        self.cross = RoundButton("Close this note", "close", self)
        self.cross.clicked.connect(self.hide)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._what)
        words.addWidget(self._remedy)
        row = QHBoxLayout(self)
        row.setContentsMargins(62, 11, 12, 11)
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.cross, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def tell(self, trouble: Trouble) -> None:
        """Say what went wrong."""
        self._say("trouble", trouble.what, trouble.remedy, trouble.button)

    def say(self, what: str, more: str = "", button: str = "") -> None:
        """Say something good."""
        self._say("good", what, more, button)

    def _say(self, tone: Tone, what: str, more: str, button: str) -> None:
        self._tone = tone
        self._what.setText(what)
        self._remedy.setText(more)
        self._remedy.setVisible(bool(more))
        self.button.say(button)
        self.button.setVisible(bool(button))
        self.setAccessibleName(f"{what} {more}".strip())
        self.setVisible(True)
        self.update()

    def setVisible(self, visible: bool) -> None:
        """Tell whoever holds the note that it comes or goes."""
        super().setVisible(visible)
        self.shown.emit(visible)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the strip, its edge and its sign."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        wash, edge, icon = TONES[self._tone]
        rect = QRectF(self.rect())
        p.setClipPath(rounded_path(rect, Space.CARD))
        fill(p, rect, wash)
        fill(p, QRectF(0, 0, 5, rect.height()), edge)
        paint_icon(p, icon, 36, rect.center().y(), 24, edge, 1.6)

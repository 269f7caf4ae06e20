"""One voice on the page of voices: heard by one press, chosen by another, and tuned when it is opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from storytime.ui.parts.buttons import InkButton, RoundButton
from storytime.ui.parts.fields import Slide, Tick
from storytime.ui.parts.ink import SMOOTH, rounded
from storytime.ui.parts.labels import Label, breakable
from storytime.ui.theme import Day, Space, colour

if TYPE_CHECKING:
    from storytime.core.reading.voice_desk import Manner


@dataclass(frozen=True, slots=True)
class Shown:
    """What a row says of a voice."""

    id: str
    name: str
    where: str
    """Its language and where it is from, in a few words."""
    tongue: str
    """The language that it may be chosen for, by name."""
    reads: bool
    removable: bool
    pitched: bool
    manner: Manner


class Dial(QWidget):
    """A name, a slider, and what it says in percent."""

    moved = Signal(int)

    def __init__(self, name: str, of: str, least: int, most: int) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.S)
        grid.setVerticalSpacing(0)
        self.slide = Slide(f"{name} of {of}, in percent")
        self.slide.setRange(least, most)
        self.slide.setSingleStep(5)
        self.slide.setPageStep(10)
        self._said = Label("", 14.5, face="serif", ink=Day.INK2, optical=14)
        grid.addWidget(Label(name, 14, ink=Day.INK2), 0, 0)
        grid.addWidget(self._said, 0, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.slide, 1, 0, 1, 2)
        self.slide.valueChanged.connect(self._move)

    def show_value(self, percent: int) -> None:
        """Show what is set, without telling anybody."""
        self.slide.blockSignals(True)
        self.slide.setValue(percent)
        self.slide.blockSignals(False)
        self._said.setText(f"{self.slide.value()} %")

    def _move(self, percent: int) -> None:
        self._said.setText(f"{percent} %")
        self.moved.emit(percent)


class VoiceRow(QWidget):
    """Tells what is wished: `play_wanted`, `chosen`, `tuned` (what, value), `remove_wanted`, and `opened`."""

    play_wanted = Signal(str)
    chosen = Signal(str)
    tuned = Signal(str, str, object)
    remove_wanted = Signal(str)
    opened = Signal(str)

    def __init__(self, shown: Shown, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = shown
        self.setAccessibleName(f"{shown.name}, {shown.where}")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 7, 10, 7)
        self._column.setSpacing(Space.S)
        self._column.addLayout(self._line())
        self.tuning: QWidget | None = None

    def _line(self) -> QHBoxLayout:
        shown, row = self.shown, QHBoxLayout()
        row.setSpacing(14)
        self.play = RoundButton(f"Hear {shown.name}", "play", size=36, bare=False)
        self.play.clicked.connect(lambda: self.play_wanted.emit(shown.id))
        row.addWidget(self.play)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(breakable(shown.name), 16, 700, wraps=True))
        words.addWidget(Label(breakable(shown.where), 14, ink=Day.INK2, wraps=True))
        row.addLayout(words, 1)
        if shown.removable:
            self.remove = InkButton("Remove", "quiet", px=14.5, height=34)
            self.remove.setAccessibleName(f"Remove {shown.name}")
            self.remove.clicked.connect(lambda: self.remove_wanted.emit(shown.id))
            row.addWidget(self.remove)
        self.tune = InkButton("Tune", "quiet", px=14.5, height=34)
        self.tune.setAccessibleName(f"Tune {shown.name}")
        self.tune.clicked.connect(lambda: self.opened.emit(shown.id))
        row.addWidget(self.tune)
        if shown.reads:
            self.choose = None
            row.addWidget(Label(f"Reads {shown.tongue}", 15, 700, ink=Day.CLAY_DEEP))
        else:
            self.choose = InkButton("Let it read", "plain", height=38)
            self.choose.setAccessibleName(f"Let {shown.name} read {shown.tongue}")
            self.choose.clicked.connect(lambda: self.chosen.emit(shown.id))
            row.addWidget(self.choose)
        return row

    def open(self, on: bool) -> None:
        """Show how the voice is tuned, or put that away."""
        if self.tuning is None and on:
            self.tuning = self._dials()
            self._column.addWidget(self.tuning)
        if self.tuning is not None:
            self.tuning.setVisible(on)
        self.tune.say("Close" if on else "Tune")
        self.tune.setAccessibleName(f"{'Close' if on else 'Tune'} {self.shown.name}")

    def _dials(self) -> QWidget:
        shown, box = self.shown, QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(50, 0, 0, 4)
        row.setSpacing(Space.L)
        manner = shown.manner
        self.dials = {"rate": Dial("Pace", shown.name, 60, 140), "pause": Dial("Pauses", shown.name, 50, 200)}
        self.dials["rate"].show_value(round(100 * manner.rate))
        self.dials["pause"].show_value(round(100 * manner.pause))
        if shown.pitched:
            self.dials["pitch"] = Dial("Pitch", shown.name, 0, 100)
            self.dials["pitch"].show_value(round(100 * manner.pitch))
        for what, dial in self.dials.items():
            dial.moved.connect(lambda percent, what=what: self.tuned.emit(shown.id, what, percent / 100))
            row.addWidget(dial, 1)
        self.warm = Tick("Warmer")
        self.warm.setAccessibleName(f"Warmer: the edge of {shown.name} is taken off")
        self.warm.setToolTip("The sharp edge of the voice is taken off.")
        self.warm.setChecked(manner.warm)
        self.warm.clicked.connect(lambda on=False: self.tuned.emit(shown.id, "warmth", bool(on)))
        row.addWidget(self.warm)
        return box

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lay a wash under the voice that reads."""
        if self.shown.reads:
            p = QPainter(self)
            p.setRenderHints(SMOOTH)
            rounded(p, QRectF(self.rect()), Space.FIELD, colour(Day.CLAY_WASH, 0.55))

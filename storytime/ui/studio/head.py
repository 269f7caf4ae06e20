"""The head of the studio: what is read, how, and who reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from storytime.ui.parts.buttons import Chip, InkButton, Pressable
from storytime.ui.parts.icons import paint_icon
from storytime.ui.parts.ink import SMOOTH, write
from storytime.ui.parts.menu import paper_menu
from storytime.ui.parts.seal import paint_seal, wax_of
from storytime.ui.studio.said import MODES
from storytime.ui.theme import Day, Space, sans, serif, text_scale

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from storytime.core.shelf.tellers import Teller

TITLE_ROOM = 240
"""Pixels that a title needs before the ways of reading go to a row of their own."""


class WayBack(Pressable):
    """The title, with a way back before it; a long one is shortened, its name is whole."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_title(self, title: str) -> None:
        """Say what is read."""
        self.setText(title)
        self.setAccessibleName(f"{title}, back to the shelf")
        self.setToolTip(title)
        self.update()

    def sizeHint(self) -> QSize:
        """Take what there is."""
        return QSize(round(TITLE_ROOM * text_scale()), round(Space.CHIP * text_scale()))

    def minimumSizeHint(self) -> QSize:
        """Need room for a short word at least."""
        return QSize(80, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the way back and the title."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        scale, middle = text_scale(), self.height() / 2
        paint_icon(p, "back", 7 * scale, middle, 18 * scale, Day.CLAY, 1.6)
        font = serif(21 * scale, 520, optical=24)
        write(p, 24 * scale, middle + 7 * scale, self.text(), font, Day.INK, "left", self.width() - 26 * scale)


class TellerButton(Pressable):
    """The seal of whoever reads, and their name; a press opens the list of tellers."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Who reads?", parent)
        self._teller: Teller | None = None
        self.menu = paper_menu("Who reads", self)
        self.clicked.connect(lambda: self.menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4))))

    def show_teller(self, teller: Teller | None, *, tale: bool = False) -> None:
        """Show who reads."""
        self._teller = teller
        self.say(f"{teller.name} {'tells' if tale else 'reads'}" if teller else "Who reads?")

    def sizeHint(self) -> QSize:
        """Return room for seal and name."""
        scale = text_scale()
        wide = min(220 * scale, QFontMetricsF(sans(15 * scale)).horizontalAdvance(self.text()))
        return QSize(round(wide + 48 * scale), round(Space.CHIP * scale))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw seal and name."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        scale, middle = text_scale(), self.height() / 2
        if self._teller:
            paint_seal(p, 18 * scale, middle - 1, 14 * scale, self._teller.initial, wax_of(self._teller))
        else:
            paint_icon(p, "people", 18 * scale, middle, 22 * scale, Day.CLAY, 1.6)
        ink = Day.CLAY_DEEP if self.underMouse() else Day.INK
        font = sans(15 * scale)
        write(p, 40 * scale, middle + 5 * scale, self.text(), font, ink, "left", self.width() - 42 * scale)


class StudioHead(QWidget):
    """Emits `mode_chosen`. Its buttons are `back`, `teller` and `more`."""

    mode_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mode = ""
        self.back = WayBack(self)
        self.modes = QWidget(self)
        row = QHBoxLayout(self.modes)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        self.chips = {mode: Chip(words, self.modes) for mode, words in MODES}
        for mode, chip in self.chips.items():
            # Each is reached by Tab, for the arrows are the studio's own.
            chip.setAutoExclusive(False)
            chip.clicked.connect(lambda _on=False, mode=mode: self._choose(mode))
            row.addWidget(chip)
        row.addStretch(1)
        self.teller = TellerButton(self)
        self.more = InkButton("More", "quiet", "down", self, px=15, height=Space.CHIP)
        self.menu: QMenu = paper_menu("More", self)
        self.more.clicked.connect(lambda: self.menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 4))))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.M)
        self._grid.setVerticalSpacing(Space.XS)
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(self.back, 0, 0)
        self._grid.addWidget(self.modes, 0, 1)
        self._grid.addWidget(self.teller, 0, 2)
        self._grid.addWidget(self.more, 0, 3)
        for before, after in ((self.back, self.chips["line"]), (self.chips["echo"], self.teller)):
            QWidget.setTabOrder(before, after)

    def _choose(self, mode: str) -> None:
        """Ask for another way; the chips stay as they are until it is so."""
        self._mark()
        self.mode_chosen.emit(mode)

    def _mark(self) -> None:
        for own, chip in self.chips.items():
            chip.setChecked(own == self._mode)

    def show_reading(self, title: str, mode: str, teller: Teller | None, *, still: bool) -> None:
        """Show what is read and by whom; `still` where another way may be chosen."""
        if title != self.back.text():
            self.back.show_title(title)
        self.teller.show_teller(teller, tale=mode == "tale")
        self.modes.setVisible(mode in self.chips)
        self._mode = mode
        self._mark()
        for own, chip in self.chips.items():
            chip.setEnabled(still or own == mode)
        for button in (self.teller, self.more):
            button.setEnabled(still)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the ways of reading a row of their own where the title would have no room."""
        super().resizeEvent(event)
        taken = sum(one.sizeHint().width() + Space.M for one in (self.modes, self.teller, self.more))
        alone = self.width() - taken < TITLE_ROOM * text_scale()
        self._grid.removeWidget(self.modes)
        if alone:
            self._grid.addWidget(self.modes, 1, 0, 1, 4, Qt.AlignmentFlag.AlignLeft)
        else:
            self._grid.addWidget(self.modes, 0, 1)

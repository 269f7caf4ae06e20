"""For whom tonight is, in the tray: a quiet word, there only where a family has named its children."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent

from storytime.core.reading.children import EVERYBODY
from storytime.ui.parts.buttons import Pressable
from storytime.ui.parts.ink import SMOOTH, write
from storytime.ui.parts.menu import paper_menu, write_menu
from storytime.ui.theme import Dusk, sans, text_scale

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from storytime.core.reading.children import Children


class TonightsChild(Pressable):
    """Opens a menu of the children."""

    on_night = True
    ring_radius = 6.0

    def __init__(self, children: Children, parent: QWidget) -> None:
        super().__init__("", parent)
        self._children = children
        self.menu = paper_menu("Whom tonight’s stories are for", self)
        self.clicked.connect(self._open)
        self.refresh()

    def refresh(self) -> None:
        """Say for whom tonight is."""
        now = self._children.tonight
        words = f"for {now}" if now else "for everybody"
        if words != self.text():
            self.say(words)
            self.setAccessibleName(f"Tonight is {words}")
        self.setVisible(bool(self._children.names()))

    def write(self) -> None:
        """Fill the menu."""
        entries = [("For everybody", partial(self._children.turn_to, EVERYBODY))]
        entries += [(f"For {name}", partial(self._children.turn_to, name)) for name in self._children.names()]
        write_menu(self.menu, entries)

    def _open(self) -> None:
        self.write()
        self.menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def sizeHint(self) -> QSize:
        """Return a line of words."""
        scale = text_scale()
        words = QFontMetricsF(sans(13.5 * scale)).horizontalAdvance(self.text())
        return QSize(round(words) + 12, round(30 * max(1.0, scale)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        font = sans(13.5 * text_scale())
        font.setUnderline(self.underMouse())
        ink = Dusk.MOON if self.underMouse() else Dusk.MOON2
        write(p, 6, self.height() / 2 + 5 * text_scale(), self.text(), font, ink, "left", self.width() - 8)

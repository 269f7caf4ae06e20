"""One line over the wave: what is to be said of the sound now, with a sign beside it, and what was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from storytime.core.studio.advice import beside
from storytime.ui.parts.icons import paint_icon
from storytime.ui.parts.ink import SMOOTH
from storytime.ui.parts.labels import Label
from storytime.ui.theme import Day, text_scale

if TYPE_CHECKING:
    from storytime.core.shelf.takes import Levels


class Sign(QWidget):
    """A small icon beside words that say the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._ink = "check", Day.MOSS
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_sign(self, *, good: bool) -> None:
        """Show whether all is well."""
        self._icon, self._ink = ("check", Day.MOSS) if good else ("warn", Day.PLUM)
        self.update()

    def sizeHint(self) -> QSize:
        """Be as high as a line."""
        side = round(20 * text_scale())
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        paint_icon(p, self._icon, self.width() / 2, self.height() / 2, self.height() - 1, self._ink, 1.8)


class SaidLine(QWidget):
    """Takes no room while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sign = Sign()
        self.words = Label("", 15, face="serif", optical=14, wraps=True)
        self.numbers = Label("", 13, ink=Day.INK3)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        row.addWidget(self.numbers, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def say(self, what: str, remedy: str = "", *, good: bool, levels: Levels | None = None) -> None:
        """Say something of the sound; nothing where `what` is empty."""
        self.setVisible(bool(what))
        self.sign.show_sign(good=good)
        self.words.setText(f"{what} {remedy}".strip())
        self.words.colour(Day.INK if good else Day.PLUM)
        self.setAccessibleName(self.words.text())
        self.numbers.setText(measured(levels) if levels else "")


def measured(levels: Levels) -> str:
    """Return what was measured: what is spoken, its peak, and the room; beside it what is wanted where it is not so."""
    return " · ".join(
        f"{one.what.lower()} {one.value}{'' if one.ok else f' (wanted: {one.wanted})'}" for one in beside(levels)
    )

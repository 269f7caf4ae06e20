"""What is missing among the voices, each with what to do about it. Where nothing is, the card is not shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storytime.ui.parts.card import Card
from storytime.ui.parts.icons import paint_icon
from storytime.ui.parts.ink import SMOOTH
from storytime.ui.parts.labels import Label
from storytime.ui.theme import Day, Space

if TYPE_CHECKING:
    from storytime.core.reading.voice_advice import Finding


class Sign(QWidget):
    """A sign beside the words: something broke, or a hint."""

    def __init__(self, broken: bool) -> None:
        super().__init__()
        self._broken = broken
        self.setFixedSize(26, 26)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        middle = QRectF(self.rect()).center()
        ink = Day.PLUM if self._broken else Day.INK3
        paint_icon(p, "warn" if self._broken else "sound", middle.x(), middle.y(), 22, ink)


class AdviceCard(Card):
    """Lists what was found."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("What would make the reading better", parent)
        self._shown: list[Finding] = []
        self._rows = QWidget()
        self._list = QVBoxLayout(self._rows)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(Space.S)
        self.column.addWidget(self._rows)
        self.hide()

    def refresh(self, found: list[Finding]) -> None:
        """Show what was found now."""
        self.setVisible(bool(found))
        if found == self._shown:
            return
        self._shown = found
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for one in found:
            self._list.addWidget(_row(one))


def _row(one: Finding) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(12)
    line.addWidget(Sign(one.broken), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Label(one.what, 15, 700, wraps=True))
    words.addWidget(Label(one.remedy, 14.5, ink=Day.INK2, wraps=True))
    line.addLayout(words, 1)
    return row

"""Cards lying on paper, and choices drawn as cards."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from storytime.ui.parts.buttons import Pressable
from storytime.ui.parts.icons import paint_icon
from storytime.ui.parts.ink import SMOOTH, rounded, write
from storytime.ui.parts.labels import Label
from storytime.ui.theme import Day, Space, colour, sans, serif, text_scale


class Card(QWidget):
    """A sheet with a hairline and a bold title; put things into `column`."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(22, 16, 22, 16)
        self.column.setSpacing(Space.S)
        self.title = Label(title, 15, 700)
        self.column.addWidget(self.title)

    def tighten(self, low: bool) -> None:
        """Put things nearer to each other in a low window."""
        self.column.setContentsMargins(22, 10 if low else 16, 22, 10 if low else 16)
        self.column.setSpacing(6 if low else Space.S)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sheet."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        rounded(p, QRectF(self.rect()), Space.CARD, Day.SHEET, Day.LINE, 1)


class PictureChoice(Pressable):
    """One of a few equal cards: an icon over a word; the chosen has a wash and an edge of clay."""

    def __init__(self, words: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._icon = icon
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Return a small card."""
        scale = text_scale()
        wide = QFontMetricsF(sans(14.5 * scale, 700)).horizontalAdvance(self.text())
        return QSize(round(wide + 24), round(76 * scale))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw icon and word."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        rect, on, scale = QRectF(self.rect()), self.isChecked(), text_scale()
        if on:
            rounded(p, rect, Space.FIELD, colour(Day.CLAY_WASH, 0.8), Day.CLAY, 2)
        else:
            rounded(p, rect, Space.FIELD, colour(Day.PAPER, 0.7) if self.underMouse() else None, Day.SHADE, 1)
        size = min(36 * scale, rect.height() * 0.40)
        paint_icon(p, self._icon, rect.center().x(), rect.height() * 0.38, size, Day.CLAY_DEEP if on else Day.INK2, 1.4)
        font = sans(14.5 * scale, 700 if on else 400)
        write(p, rect.center().x(), rect.bottom() - 14 * scale, self.text(), font, Day.INK, "centre", rect.width() - 6)


class DayCard(Pressable):
    """One evening of the week: its name and when it goes dark."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.moment = ""
        self.special = False
        self._stacked = False
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_moment(self, moment: str, name: str, *, special: bool = False) -> None:
        """Show when it goes dark, or a word where it does not; `name` is what a screen reader says."""
        self.moment, self.special = moment, special
        self.setAccessibleName(name)
        self.update()

    def stack(self, narrow: bool) -> None:
        """Put the time below the name where there is no room beside it."""
        if narrow != self._stacked:
            self._stacked = narrow
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Return room for name and time."""
        scale, low = text_scale(), self.window().height() < 700
        if self._stacked:
            return QSize(round(72 * scale), round((64 if not low else 54) * scale))
        return QSize(round(104 * scale), round((46 if not low else 38) * scale))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw name and time."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        rect, on, scale = QRectF(self.rect()), self.isChecked(), text_scale()
        ground = Day.SHEET if on else colour(Day.SHEET, 0.6) if self.underMouse() else None
        rounded(p, rect, Space.FIELD, ground, Day.CLAY if on else Day.SHADE, 2 if on else 1)
        base = rect.center().y() + 6 * scale
        name, time = sans(15.5 * scale, 700 if on else 400), serif(15.5 * scale, 400, optical=14)
        ink = Day.CLAY if self.special else Day.INK if on else Day.INK2
        if self._stacked:
            middle, apart = rect.center().x(), 11 * scale
            write(p, middle, base - apart, self.text(), name, Day.INK, "centre", rect.width() - 8)
            write(p, middle, base + apart, self.moment, time, ink, "centre", rect.width() - 8)
            return
        wide = write(p, 14, base, self.text(), name, Day.INK)
        write(p, rect.right() - 12, base, self.moment, time, ink, "right", rect.width() - wide - 32)

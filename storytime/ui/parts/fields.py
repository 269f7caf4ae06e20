"""What is typed or chosen from: a line, a long text, a choice in a list, a slider; and the scroll bars' dress."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QSlider, QWidget

from storytime.ui.parts.icons import paint_icon
from storytime.ui.parts.ink import SMOOTH, rounded, write
from storytime.ui.theme import Day, Space, colour, sans, serif, text_scale

EDGES = 4
"""Pixels of a line that Qt keeps free of words."""

SCROLL_BARS = f"""
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {Day.LINE}; border-radius: 3px; min-height: 40px; margin: 2px 3px; }}
QScrollBar::handle:vertical:hover {{ background: {Day.SHADE}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QScrollBar:horizontal {{ height: 0; }}
"""


def _bare(event: QKeyEvent) -> bool:
    """Whether a key is pressed alone or with Shift: what is typed, and no command."""
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    return held == Qt.KeyboardModifier.NoModifier and event.key() not in (Qt.Key.Key_Escape, Qt.Key.Key_Tab)


class Field(QLineEdit):
    """One line to type in, with an icon at its left where it helps."""

    ring_radius = float(Space.FIELD)

    def __init__(self, name: str, hint: str = "", icon: str = "", parent: QWidget | None = None) -> None:
        """`hint` may say it in several ways, one a line, the longest first: the first that fits is shown."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self._hints = hint.split("\n")
        self.setFrame(False)
        self._icon = icon
        scale = text_scale()
        self.setFont(sans(15 * scale))
        self.setTextMargins(round((40 if icon else 14) * scale), 0, 12, 0)
        self.setFixedHeight(round(Space.CONTROL * scale))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, colour(Day.SHEET, 0))
        palette.setColor(QPalette.ColorRole.Text, colour(Day.INK))
        palette.setColor(QPalette.ColorRole.PlaceholderText, colour(Day.INK3))
        palette.setColor(QPalette.ColorRole.Highlight, colour(Day.CLAY_WASH))
        palette.setColor(QPalette.ColorRole.HighlightedText, colour(Day.INK))
        self.setPalette(palette)
        self.setPlaceholderText(self._hints[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say the hint as shortly as the room asks for."""
        super().resizeEvent(event)
        margins, metrics = self.textMargins(), QFontMetricsF(self.font())
        room = self.width() - margins.left() - margins.right() - EDGES
        fitting = (hint for hint in self._hints if metrics.horizontalAdvance(hint) <= room)
        self.setPlaceholderText(next(fitting, self._hints[-1]))

    def event(self, event: QEvent) -> bool:
        """Keep every key of one's own, Enter too, whatever a screen does with them elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _bare(event):
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sheet under the words."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        rounded(p, QRectF(self.rect()), Space.FIELD, Day.SHEET, Day.SHADE, 1.2)
        if self._icon:
            scale = text_scale()
            paint_icon(p, self._icon, 22 * scale, self.height() / 2, 19 * scale, Day.INK3, 1.6)
        p.end()
        super().paintEvent(event)


class LongText(QPlainTextEdit):
    """A whole story to type in."""

    ring_radius = float(Space.FIELD)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFont(serif(17 * text_scale(), 400, optical=16))
        self.setTabChangesFocus(True)
        self.setStyleSheet(
            f"QPlainTextEdit {{ background: {Day.SHEET}; color: {Day.INK}; border: 1px solid {Day.SHADE};"
            f" border-radius: {Space.FIELD}px; padding: 14px 18px; selection-background-color: {Day.CLAY_WASH};"
            f" selection-color: {Day.INK}; }}" + SCROLL_BARS
        )


class Choice(QComboBox):
    """One of a list. The keys that choose are its own, whatever a screen does with them elsewhere."""

    ring_radius = float(Space.FIELD)
    OWN_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFont(sans(15 * text_scale()))
        self.setFixedHeight(round(Space.CONTROL * text_scale()))
        self.setStyleSheet(
            f"QComboBox QAbstractItemView {{ background: {Day.SHEET}; color: {Day.INK}; outline: 0;"
            f" border: 1px solid {Day.SHADE}; selection-background-color: {Day.CLAY_WASH};"
            f" selection-color: {Day.INK}; padding: 4px; }}" + SCROLL_BARS
        )

    def event(self, event: QEvent) -> bool:
        """Keep the keys that choose."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() in self.OWN_KEYS:
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sheet, the chosen words and the sign that there are more."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        if not self.isEnabled():
            p.setOpacity(0.5)
        rect, font = QRectF(self.rect()), self.font()
        rounded(p, rect, Space.FIELD, Day.SHEET, Day.SHADE, 1.2)
        write(p, 14, rect.center().y() + font.pixelSize() * 0.35, self.currentText(), font, Day.INK, "left",
              rect.width() - 50)
        paint_icon(p, "down", rect.right() - 20, rect.center().y(), 17, Day.INK2, 1.6)


class Slide(QSlider):
    """A length to choose."""

    ring_radius = 8.0

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setAccessibleName(name)
        self.setMinimumHeight(34)
        self.setStyleSheet(
            f"QSlider::groove:horizontal {{ height: 6px; background: {Day.WELL}; border: 1px solid {Day.LINE};"
            f" border-radius: 4px; }}"
            f"QSlider::sub-page:horizontal {{ background: {Day.SHADE}; border-radius: 4px; }}"
            f"QSlider::handle:horizontal {{ width: 16px; height: 16px; margin: -7px 0; border-radius: 10px;"
            f" background: #FFF7E8; border: 2px solid {Day.CLAY}; }}"
        )


class Tick(QAbstractButton):
    """A thing that is so or not: a box with a check, and words."""

    ring_radius = 6.0

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(words)
        self.setAccessibleName(words)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size of box and words."""
        scale = text_scale()
        wide = QFontMetricsF(sans(15 * scale)).horizontalAdvance(self.text())
        return QSize(round(wide + 36 * scale), round(Space.CHIP * scale))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box, the check and the words."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        scale, middle = text_scale(), self.height() / 2
        font = sans(15 * scale)
        box = QRectF(1, middle - 10 * scale, 20 * scale, 20 * scale)
        chosen = self.isChecked()
        rounded(p, box, 5, Day.CLAY_WASH if chosen else Day.SHEET, Day.CLAY if chosen else Day.SHADE, 1.4)
        if chosen:
            paint_icon(p, "check", box.center().x(), middle, 18 * scale, Day.CLAY_DEEP, 2.2)
        write(p, 32 * scale, middle + font.pixelSize() * 0.35, self.text(), font, Day.INK)

"""What is pressed: buttons in clay, ink, words alone or moonlight; chips; and round ones that hold an icon only."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from storytime.ui.parts.icons import paint_icon
from storytime.ui.parts.ink import SMOOTH, down, rounded, soft_shadow, write
from storytime.ui.theme import Day, Dusk, Space, colour, mix, sans, text_scale

Kind = Literal["primary", "plain", "quiet", "moon"]
INK: dict[Kind, str] = {"primary": "#FFF7EC", "plain": Day.INK, "quiet": Day.CLAY, "moon": Dusk.MOON}


class Pressable(QAbstractButton):
    """A button that is drawn by hand; Enter presses it as Space does."""

    ring_radius: float = Space.FIELD
    on_night = False

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(words)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def say(self, words: str) -> None:
        """Change the words, and the name that a screen reader says."""
        self.setText(words)
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Enter too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be pressed."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Rest again."""
        super().leaveEvent(event)
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Never cut the words."""
        return self.sizeHint()


class InkButton(Pressable):
    """A word to press, with an icon at its left where it helps."""

    def __init__(
        self, words: str, kind: Kind = "plain", icon: str = "", parent: QWidget | None = None, *,
        px: float | None = None, height: float | None = None,
    ) -> None:
        super().__init__(words, parent)
        self.kind, self.icon_name = kind, icon
        self._px = px or (16.5 if kind == "primary" else 15.5)
        self._height = height or (Space.PRIMARY if kind == "primary" else Space.CONTROL)
        self.on_night = kind == "moon"

    def face(self) -> QFont:
        """Return the words' face at the system's text size."""
        return sans(self._px * text_scale(), 700 if self.kind == "primary" else 400)

    def sizeHint(self) -> QSize:
        """Return the size its words need."""
        wide = QFontMetricsF(self.face()).horizontalAdvance(self.text())
        air = 12 if self.kind == "quiet" else 34
        scale = text_scale()
        return QSize(round(wide + air + (24 * scale if self.icon_name else 0)), round(self._height * scale))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the face, then icon and words in its middle."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        rect = QRectF(self.rect())
        if not self.isEnabled():
            p.setOpacity(0.45)
        self._ground(p, rect)
        ink = mix(INK[self.kind], "#FFFFFF", 0.12) if self.isDown() else colour(INK[self.kind])
        font, scale = self.face(), text_scale()
        room = 24 * scale if self.icon_name else 0
        wide = min(QFontMetricsF(font).horizontalAdvance(self.text()), rect.width() - room - 8)
        x = rect.center().x() - (wide + room) / 2 + 0.5
        if self.icon_name:
            paint_icon(p, self.icon_name, x + 8 * scale, rect.center().y(), 19 * scale, ink, 1.6)
        baseline = rect.center().y() + font.pixelSize() * 0.35
        write(p, x + room, baseline, self.text(), font, ink, "left", wide + 2)
        if self.kind == "quiet" and self.underMouse():
            p.setPen(colour(Day.CLAY, 0.6))
            p.drawLine(QPointF(x + room, baseline + 3.5), QPointF(x + room + wide, baseline + 3.5))

    def _ground(self, p: QPainter, rect: QRectF) -> None:
        warm = self.underMouse() and self.isEnabled()
        if self.kind == "primary":
            soft_shadow(p, rect.adjusted(3, 2, -3, -4), 8, 4, 2, 0.20, Day.CLAY_DEEP)
            clay = mix(Day.CLAY, Day.CLAY_DEEP, 0.6 if self.isDown() else 0.25 if warm else 0.0)
            face = rect.adjusted(0, 0, 0, -1)
            rounded(p, face, Space.FIELD, down(0, rect.height(), [(0, mix(clay, "#FFFFFF", 0.05)), (1, clay)]))
        elif self.kind == "plain":
            sheet = colour(Day.WELL if self.isDown() else Day.SHEET, 1.0 if warm else 0.8)
            rounded(p, rect, Space.FIELD, sheet, Day.INK2 if warm else Day.SHADE, 1.2)
        elif self.kind == "moon":
            rounded(p, rect, Space.FIELD, colour(Dusk.MOON, 0.12 if warm else 0.04), colour(Dusk.MOON2, 0.55), 1.2)


class Chip(Pressable):
    """One of a few ways to look at a shelf; the chosen one is ink with paper letters."""

    ring_radius = 17.0

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setCheckable(True)
        self.setAutoExclusive(True)

    def face(self) -> QFont:
        """Return the words' face."""
        return sans(14.5 * text_scale())

    def sizeHint(self) -> QSize:
        """Return the size its words need."""
        wide = QFontMetricsF(self.face()).horizontalAdvance(self.text())
        return QSize(round(wide + 26), round(Space.CHIP * text_scale()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pill."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        rect, font = QRectF(self.rect()), self.face()
        if self.isChecked():
            rounded(p, rect, 99, Day.INK)
        else:
            rounded(p, rect, 99, colour(Day.SHEET, 0.9) if self.underMouse() else None, Day.SHADE, 1.0)
        ink = Day.SHEET if self.isChecked() else Day.INK2
        write(p, rect.center().x(), rect.center().y() + font.pixelSize() * 0.35, self.text(), font, ink, "centre")


class RoundButton(Pressable):
    """An icon alone: minus, plus, close, settings. Its words are for the screen reader and the tool tip."""

    def __init__(
        self, words: str, icon: str, parent: QWidget | None = None, *, size: float = 34, bare: bool = True,
        on_night: bool = False,
    ) -> None:
        super().__init__(words, parent)
        self.icon_name, self._size, self._bare = icon, size, bare
        self.on_night = on_night
        self.ring_radius = size / 2
        self.setToolTip(words)

    def sizeHint(self) -> QSize:
        """Return a square that grows with the text."""
        side = round(self._size * text_scale())
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the disc, where there is one, and the icon."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        rect = QRectF(self.rect())
        ink = Dusk.MOON2 if self.on_night else Day.INK2 if self._bare else Day.INK
        if not self._bare:
            rounded(p, rect, rect.width(), Day.WELL if self.isDown() else Day.PAPER, Day.SHADE, 1.2)
        elif self.underMouse():
            rounded(p, rect, rect.width(), colour(ink, 0.12))
        side = rect.width() * (0.46 if not self._bare else 0.62)
        paint_icon(p, self.icon_name, rect.center().x(), rect.center().y(), side, ink, 1.6)

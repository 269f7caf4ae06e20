"""The keys of the studio, drawn as they are on a keyboard, each with what it does now; the mouse can press them too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from storytime.ui.parts.buttons import Pressable
from storytime.ui.parts.flow import FlowLayout
from storytime.ui.parts.ink import SMOOTH, line, rounded, write
from storytime.ui.theme import Day, sans, text_scale

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storytime.ui.studio.said import Offer

SPOKEN = {"↑ ↓": "Up and down", "← →": "Left and right"}


class Keycap(Pressable):
    """One key and its words."""

    ring_radius = 8.0

    def __init__(self, offer: Offer, parent: QWidget) -> None:
        super().__init__(offer.words, parent)
        self.offer = offer
        self.show_offer(offer)

    def show_offer(self, offer: Offer) -> None:
        """Show what the key does now."""
        self.offer = offer
        self.setEnabled(offer.on)
        if self.text() != offer.words:
            self.setText(offer.words)
            self.updateGeometry()
        self.setAccessibleName(f"{offer.words} ({SPOKEN.get(offer.key, offer.key)})")
        self.update()

    @property
    def _cap(self) -> float:
        scale = text_scale()
        return max(30 * scale, QFontMetricsF(sans(13.5 * scale, 700)).horizontalAdvance(self.offer.key) + 18 * scale)

    def sizeHint(self) -> QSize:
        """Return room for the cap and the words."""
        scale = text_scale()
        wide = QFontMetricsF(sans(14.5 * scale)).horizontalAdvance(self.text())
        return QSize(round(self._cap + wide + 11 * scale), round(34 * scale))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the cap, a little lower while it is pressed."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        if not self.isEnabled():
            p.setOpacity(0.38)
        scale, cap = text_scale(), self._cap
        down = 1.5 if self.isDown() else 0.0
        top = (self.height() - 28 * scale) / 2 - 0.5
        box = QRectF(0.5, top + down, cap, 28 * scale - down)
        rounded(p, box, 6, Day.SHEET, Day.INK2 if self.underMouse() and self.isEnabled() else Day.SHADE, 1.2)
        line(p, 5, box.bottom(), cap - 4, box.bottom(), Day.SHADE, 2)
        base = top + 19 * scale + down
        write(p, cap / 2, base, self.offer.key, sans(13.5 * scale, 700), Day.INK, "centre")
        write(p, cap + 9 * scale, base, self.text(), sans(14.5 * scale), Day.INK2)


class KeyRow(QWidget):
    """Shows what the keys do now; emits `wished` with an offer's wish."""

    wished = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Keys")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._flow = FlowLayout(self, across=22, down=4)
        self.caps: list[Keycap] = []

    def show_offers(self, offers: Iterable[Offer]) -> None:
        """Show these keys in this order; caps stay where they are, and with them the focus."""
        offers = list(offers)
        while len(self.caps) < len(offers):
            cap = Keycap(offers[len(self.caps)], self)
            cap.clicked.connect(lambda _on=False, cap=cap: self.wished.emit(cap.offer.wish))
            self._flow.addWidget(cap)
            self.caps.append(cap)
        for cap, offer in zip(self.caps, offers, strict=False):
            if cap.offer != offer:
                cap.show_offer(offer)
        for number, cap in enumerate(self.caps):
            cap.setVisible(number < len(offers))

    def cap(self, wish: str) -> Keycap:
        """Return the key that asks for a wish."""
        return next(cap for cap in self.caps if cap.offer.wish == wish)

    def tighten(self, narrow: bool) -> None:
        """Come closer together in a narrow window."""
        self._flow.space(14 if narrow else 26)

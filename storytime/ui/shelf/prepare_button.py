"""“Prepare tonight” at the foot of the tray: a word to press, and a thin line of clay while it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent

from storytime.ui.parts.buttons import Pressable
from storytime.ui.parts.ink import SMOOTH, rounded, write
from storytime.ui.theme import Day, Dusk, colour, sans, text_scale

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from storytime.core.reading.preparing import Prepared

SLOW = "This machine makes its voice slowly, so only what is prepared can be told."
BRIEFLY = "This machine makes its voice slowly"


class PrepareButton(Pressable):
    """Prepares, or stops preparing; where all is ready there is nothing to press."""

    on_night = True
    ring_radius = 6.0

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Prepare tonight", parent)
        self.share = 0.0
        """Of the lines, that are ready while it works."""
        self.at_work = False

    def show_prepared(self, now: Prepared, *, ready: bool, slow: bool) -> None:
        """Show how far it is; `ready` where all that is laid out is."""
        self.at_work = now.state == "making"
        self.share = now.ready / now.lines if self.at_work and now.lines else 0.0
        if self.at_work:
            words = f"Preparing {now.ready} of {now.lines}. Stop"
        else:
            words = "Ready for tonight" if ready else BRIEFLY if slow else "Prepare tonight"
        if words != self.text():
            self.say(words)
        self.setToolTip(SLOW if slow else "" if ready else "Makes the voice’s lines now, so that the night has no work")
        self.setAccessibleDescription(self.toolTip())
        self.setEnabled(self.at_work or not ready)

    def sizeHint(self) -> QSize:
        """Return a line of words, and the clay under it."""
        return QSize(160, round(26 * text_scale()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words, and while it works the line."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        scale = text_scale()
        ink = Dusk.MOON if self.underMouse() and self.isEnabled() else Dusk.MOON2
        font = sans(13.5 * scale)
        font.setUnderline(self.isEnabled() and self.underMouse())
        write(p, self.width() / 2, 15 * scale, self.text(), font, ink, "centre", self.width())
        if self.at_work:
            y = self.height() - 4.0
            rounded(p, QRectF(0, y, self.width(), 3), 1.5, colour(Dusk.MOON, 0.12))
            rounded(p, QRectF(0, y, max(6.0, self.width() * self.share), 3), 1.5, Day.CLAY)

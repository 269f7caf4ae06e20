"""A slow passage from one screen to the next: the old picture lies over the new one and thins to nothing."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

FRAMES_A_SECOND = 15
"""More would cost a core's tenth on a full screen, and nothing here is in a hurry."""


class Veil(QWidget):
    """Covers its parent with a picture of what was there, and lets it fade."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self._picture = QPixmap()
        self._length = 0
        self._passed = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(1000 // FRAMES_A_SECOND)
        self._timer.timeout.connect(self._step)

    def drop(self, picture: QPixmap, milliseconds: int) -> None:
        """Show `picture` over everything, thinning for `milliseconds`; it never takes a key or a click."""
        self._picture = picture
        self._length = milliseconds
        self._passed.start()
        self.resize(picture.deviceIndependentSize().toSize())
        self.raise_()
        self.show()
        self._timer.start()

    def lift(self) -> None:
        """Be gone at once."""
        self._timer.stop()
        self._picture = QPixmap()
        self.hide()

    def _step(self) -> None:
        if self._passed.elapsed() >= self._length:
            self.lift()
        else:
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what is left of the old picture."""
        left = 1 - self._passed.elapsed() / max(1, self._length)
        painter = QPainter(self)
        painter.setOpacity(max(0.0, left))
        painter.drawPixmap(0, 0, self._picture)

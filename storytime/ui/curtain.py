"""Black windows for the other screens of the machine, so that a sealed house is dark on every one of them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPainter, QPaintEvent, QScreen
from PySide6.QtWidgets import QWidget


class Curtain(QWidget):
    """One black window over one screen. It takes no keys and grabs nothing."""

    def __init__(self, screen: QScreen) -> None:
        flags = Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowDoesNotAcceptFocus
        super().__init__(None, flags)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.setAccessibleName("Night")
        self.setScreen(screen)
        self.setGeometry(screen.geometry())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint black."""
        QPainter(self).fillRect(event.rect(), Qt.GlobalColor.black)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay: only the seal's end takes a curtain away."""
        event.ignore()


class Curtains(QObject):
    """Draws a curtain over every screen that the main window does not fill, and over screens plugged in later."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._drawn: list[Curtain] = []
        self._closed = False
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self._again)
            app.screenRemoved.connect(self._again)

    def draw(self, closed: bool) -> None:
        """Cover the other screens, or uncover them."""
        if closed != self._closed:
            self._closed = closed
            self._again()

    def _again(self) -> None:
        for curtain in self._drawn:
            curtain.hide()
            curtain.deleteLater()
        self._drawn = []
        if not self._closed:
            return
        for screen in QGuiApplication.screens():
            if screen is not self._window.screen():
                curtain = Curtain(screen)
                self._drawn.append(curtain)
                curtain.showFullScreen()


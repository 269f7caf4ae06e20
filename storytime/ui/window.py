"""The one window: a ground of paper or of night, at once; then whatever the stage manager puts into it.

It imports nothing of the house, so that its first frame costs hardly more than a bare window's. `Qt` itself, with its
hundred enumerations, takes a tenth of that frame's time to import, so it too comes when it is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from storytime.core.signal import Signal
from storytime.ui.true_keys import TrueKeys

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import Qt

    from storytime.ui.veil import Veil

PAPER, BLACK = "#EFEBE1", "#000000"
SIZE, LEAST = (1280, 800), (800, 560)
FRAME = 48
"""What a desktop's frame may add to the height: it is known only after the window was shown."""


class Stage(Protocol):
    """Who decides what the window shows."""

    def key(self, key: Qt.Key, pressed: bool) -> None:
        """Hear a key that no widget of the day has taken."""

    def sealed(self) -> bool:
        """Whether the window has to stay."""


class Window(QWidget):
    """Shows one widget at a time, as a window by day and full at night."""

    def __init__(self, *, dark: bool = False) -> None:
        super().__init__()
        self.painted: Signal[()] = Signal()
        """The ground was painted; told until there is something else to see."""
        self.shown: Signal[str] = Signal()
        """The name of the screen that is now in front."""
        self.closed: Signal[()] = Signal()
        self.screen_name = ""
        self._dark = dark
        self._stage: Stage | None = None
        self._stack = QStackedLayout(self)
        self._veil: Veil | None = None
        self._keys = TrueKeys(self._key_moved)
        self.setWindowTitle("Storytime")
        self.setMinimumSize(*LEAST)
        self.resize(*SIZE)

    def open(self) -> None:
        """Appear: full and black where the house was left sealed, else as a window that the screen has room for."""
        desk = self.screen().availableSize()
        wide, high = desk.width() - 16, desk.height() - FRAME
        self.setMinimumSize(min(LEAST[0], wide), min(LEAST[1], high))
        self.resize(min(SIZE[0], wide), min(SIZE[1], high))
        if self._dark:
            from PySide6.QtCore import Qt

            self.setCursor(Qt.CursorShape.BlankCursor)
            self.showFullScreen()
        else:
            self.show()

    def come_forward(self) -> None:
        """Be raised by a second start."""
        if self.isMinimized():
            self.showNormal()
        self.raise_()
        self.activateWindow()

    def obey(self, stage: Stage) -> None:
        """Let a stage manager decide from now on."""
        self._stage = stage

    def put(
        self, widget: QWidget, name: str, *, full: bool, fade: int = 0, turn: Callable[[], object] | None = None
    ) -> None:
        """Bring a widget to the front as the screen `name`, where `turn` shows its page.

        What was there before fades over `fade` milliseconds.
        """
        if full:
            self._close_what_is_open()
        before = self.grab() if fade and self.isVisible() else QPixmap()
        if self._stack.indexOf(widget) < 0:
            self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)
        self._fill_the_screen(full)
        if turn is not None:
            turn()
        self._lift_veil()
        if not before.isNull() and before.deviceIndependentSize().toSize() == self.size():
            self._drop_veil(before, fade)
        self.screen_name = name
        self.shown.emit(name)

    def show_trouble(self, words: str, again: Callable[[], object]) -> None:
        """Say, by day, why the house cannot be furnished, with one button to try again."""
        from storytime.ui.trouble_page import TroublePage

        page = TroublePage(words, self)
        page.again.connect(page.deleteLater)
        page.again.connect(again)
        self._dark = False
        self.unsetCursor()
        self.put(page, "trouble", full=False)

    def _close_what_is_open(self) -> None:
        """Close sheets, menus and questions: over the dark they would shine, and keep its keys for themselves."""
        for one in self.findChildren(QWidget):
            if one.isWindow() and one.isVisible():
                one.close()

    def _drop_veil(self, picture: QPixmap, milliseconds: int) -> None:
        from storytime.ui.veil import Veil

        self._veil = self._veil or Veil(self)
        self._veil.drop(picture, milliseconds)

    def _lift_veil(self) -> None:
        if self._veil is not None:
            self._veil.lift()

    def _fill_the_screen(self, full: bool) -> None:
        if full and not self.isFullScreen():
            self.showFullScreen()
            self.raise_()
            self.activateWindow()
        elif not full and self.isFullScreen():
            self.showNormal()
        if not full:
            # Not before: a house left sealed begins without a cursor, and never shows one until the day.
            self.unsetCursor()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pass on the key."""
        if not event.isAutoRepeat():
            self._keys.pressed(event.key(), event.timestamp())
        event.accept()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Pass on the release."""
        if not event.isAutoRepeat():
            self._keys.released(event.key(), event.timestamp())
        event.accept()

    def _key_moved(self, key: int, pressed: bool) -> None:
        from PySide6.QtCore import Qt

        if self._stage is not None:
            self._stage.key(Qt.Key(key), pressed)

    def changeEvent(self, event: QEvent) -> None:
        """Come back to the full screen if a sealed window was made small."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange and self._sealed() and not self.isFullScreen():
            # Not from within the change, or what is still to come of it has the last word.
            QTimer.singleShot(0, self._stay_full)

    def _stay_full(self) -> None:
        if self._sealed() and not self.isFullScreen():
            self.showFullScreen()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close by day; a sealed house stays."""
        if self._sealed():
            event.ignore()
            return
        event.accept()
        self.closed.emit()

    def _sealed(self) -> bool:
        return self._stage is not None and self._stage.sealed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let go of a picture that would be stretched."""
        super().resizeEvent(event)
        self._lift_veil()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, and say that something is to be seen."""
        QPainter(self).fillRect(event.rect(), QColor(BLACK if self._dark else PAPER))
        if self._stage is None:
            self.painted.emit()

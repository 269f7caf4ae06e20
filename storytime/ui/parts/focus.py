"""The focus ring: clay by day, moonlight on the slice of night, five pixels outside whatever the keyboard holds.

And the focus itself, where what held it is made anew.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from storytime.ui.parts.ink import SMOOTH, rounded
from storytime.ui.theme import Day, Dusk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OUTSIDE, WIDTH = 5.0, 2.5
ROOM = 8
"""Pixels around a thing that its ring needs."""


@contextmanager
def focus_kept(within: QWidget, otherwise: Callable[[], QWidget]) -> Iterator[None]:
    """Give the keyboard back to the control of the same name when rows were made anew, else to another.

    Without this Qt would move it to any control of the window, and scroll there.
    """
    held = QApplication.focusWidget()
    if held is None or not within.isAncestorOf(held):
        yield
        return
    name = held.accessibleName()
    held.clearFocus()
    yield
    alike = (one for one in within.findChildren(QWidget) if one.accessibleName() == name and not _is_going(one, within))
    # A row is shown by its layout, when the event in hand is done.
    QTimer.singleShot(0, within, (next(alike, None) or otherwise()).setFocus)


def _is_going(widget: QWidget, within: QWidget) -> bool:
    """Return whether a row of these was hidden, to be deleted."""
    at: QWidget | None = widget
    while at is not None and at is not within:
        if at.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide) and at.isHidden():
            return True
        at = at.parentWidget()
    return False


class FocusRing(QWidget):
    """Lies over one screen and goes with its focus. A widget may say `focus_rect()`, `ring_radius`, `on_night`.

    A widget whose `ring_radius` is None draws its own sign of focus (a list of books rings the book).
    """

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._host = host
        self._held: QWidget | None = None
        self._watched: list[QWidget] = []
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def _moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched = []
        if not isValid(self._host):
            return
        mine = now is not None and now is not self._host and self._host.isAncestorOf(now)
        self._held = now if mine and getattr(now, "ring_radius", 8.0) is not None else None
        at: QWidget | None = self._held
        while at is not None and at is not self._host:
            at.installEventFilter(self)
            self._watched.append(at)
            at = at.parentWidget()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the thing when it or what holds it moves."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.Show):
            if watched is self._held and event.type() == QEvent.Type.Hide:
                self.hide()
            else:
                self._place()
        return False

    def _place(self) -> None:
        held = self._held
        if held is None or not isValid(held) or not held.isVisible():
            self.hide()
            return
        own = getattr(held, "focus_rect", None)
        inner = own() if own else held.rect()
        at = held.mapTo(self._host, inner.topLeft())
        area = QRect(at, inner.size()).adjusted(-ROOM, -ROOM, ROOM, ROOM)
        self.setGeometry(area)
        self._clip(area)
        self.raise_()
        self.show()
        self.update()

    def _clip(self, area: QRect) -> None:
        """Keep within whatever scrolls the thing."""
        seen = area
        for widget in self._watched[1:]:
            if widget.objectName() == "qt_scrollarea_viewport":
                seen = seen.intersected(QRect(widget.mapTo(self._host, QPoint()), widget.size()))
        if seen == area:
            self.clearMask()
        else:
            self.setMask(QRegion(seen.translated(-area.topLeft())))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring."""
        if self._held is None:
            return
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        gap = ROOM - OUTSIDE
        rect = QRectF(self.rect()).adjusted(gap, gap, -gap, -gap)
        tint = Dusk.MOON if getattr(self._held, "on_night", False) else Day.CLAY
        rounded(p, rect, getattr(self._held, "ring_radius", 8.0) + 3, None, tint, WIDTH)

"""The top bar of the day room: the mark, the rooms that exist, tonight in a few words, and the settings."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from storytime.ui.parts.buttons import Pressable, RoundButton
from storytime.ui.parts.focus import FocusRing
from storytime.ui.parts.icons import paint_icon
from storytime.ui.parts.ink import SMOOTH, fill, line, rounded, write
from storytime.ui.parts.paper import lay_paper, paint_mark
from storytime.ui.theme import Day, Space, colour, sans, serif, text_scale

ROOMS = (("shelf", "Shelf"), ("studio", "Studio"), ("plan", "Tonight"))
OF_ROOM = {"story": "shelf", "tellers": "studio", "takes_attic": "studio", "found": "studio"}
"""The room to which a page belongs that is no room of its own."""


class RoomTab(Pressable):
    """The way into one room; a clay bar at its foot where one is."""

    def __init__(self, room: str, words: str, parent: QWidget) -> None:
        super().__init__(words, parent)
        self.room = room
        self.setCheckable(True)
        self.setAutoExclusive(True)

    def sizeHint(self) -> QSize:
        """Leave room for the bold words, so that nothing shifts when the room changes."""
        scale = text_scale()
        wide = QFontMetricsF(sans(16 * scale, 700)).horizontalAdvance(self.text())
        return QSize(round(wide + 12), round(Space.CHIP * scale))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        here = self.isChecked()
        font = sans(16 * text_scale(), 700 if here else 400)
        ink = Day.INK if here or self.underMouse() else Day.INK2
        write(p, 6, self.height() / 2 + font.pixelSize() * 0.36, self.text(), font, ink)


class TopBar(QWidget):
    """Emits `room_chosen` with a name of `ROOMS`, and `settings_wanted`."""

    room_chosen = Signal(str)
    settings_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status = ""
        scale = text_scale()
        self.setFixedHeight(round(Space.TOP_BAR * scale))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(round(226 * scale), 0, 27, 0)
        row.setSpacing(round(22 * scale))
        self._row = row
        self._tabs: dict[str, RoomTab] = {}
        for room, words in ROOMS:
            tab = RoomTab(room, words, self)
            tab.clicked.connect(lambda _on=False, room=room: self.room_chosen.emit(room))
            self._tabs[room] = tab
            row.addWidget(tab, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self.settings = RoundButton("Settings", "gear", self)
        self.settings.clicked.connect(self.settings_wanted)
        row.addWidget(self.settings, 0, Qt.AlignmentFlag.AlignVCenter)
        FocusRing(self)
        self.show_room("shelf")

    def show_room(self, name: str) -> None:
        """Mark the room that is open."""
        at = OF_ROOM.get(name, name)
        for room, tab in self._tabs.items():
            tab.setAutoExclusive(False)
            tab.setChecked(room == at)
            tab.setAutoExclusive(True)
        self.update()

    def show_status(self, words: str) -> None:
        """Say how tonight stands; the bar is painted again only when the words change."""
        if words != self._status:
            self._status = words
            self.setAccessibleDescription(words)
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the rooms nearer to the name in a narrow window."""
        super().resizeEvent(event)
        scale = text_scale()
        left = round((226 if self.width() > 1100 else 200) * scale)
        self._row.setContentsMargins(left, 0, 27, 0)

    def event(self, event: QEvent) -> bool:
        """Follow a tab's hover."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar, the mark, the name, the clay bar of the open room, and tonight."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        scale, w, h = text_scale(), self.width(), self.height()
        lay_paper(p, QRectF(self.rect()))
        fill(p, QRectF(0, 0, w, h), colour(Day.SHEET, 0.75))
        line(p, 0, h - 0.5, w, h - 0.5, Day.LINE)
        paint_mark(p, 46 * scale, h / 2, 25 * scale)
        write(p, 70 * scale, h / 2 + 8 * scale, "Storytime", serif(22 * scale, 600, optical=30), Day.INK)
        for tab in self._tabs.values():
            if tab.isChecked():
                rounded(p, QRectF(tab.x() + 4, h - 4, tab.width() - 8, 4), 2, Day.CLAY)
        right = self.settings.x() - 12
        line(p, right, h / 2 - 10, right, h / 2 + 10, Day.LINE)
        left = max(tab.geometry().right() for tab in self._tabs.values()) + 38 * scale
        font, room = serif(15 * scale, 400, optical=14), right - 18 - left
        # Where there is no room for how long it is, the hour alone is said whole.
        fits = QFontMetricsF(font).horizontalAdvance(self._status) <= room
        said = self._status if fits else self._status.partition(",")[0]
        wide = write(p, right - 18, h / 2 + 5 * scale, said, font, Day.INK2, "right", room)
        if self._status:
            paint_icon(p, "moon", right - 18 - wide - 16 * scale, h / 2, 17 * scale, Day.CLAY, 1.6)

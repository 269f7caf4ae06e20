"""The day room: the bar with its rooms, and one page of paper beneath it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from storytime.ui import words
from storytime.ui.parts.cover import CoverKeeper
from storytime.ui.parts.top_bar import TopBar
from storytime.ui.shelf.shelf_screen import ShelfScreen

if TYPE_CHECKING:
    from storytime.core.house import House


class DayRoom(QWidget):
    """Holds the pages of the day, and says which is open."""

    night_asked = Signal()
    trial_asked = Signal()
    page_changed = Signal(str)

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._covers = CoverKeeper(house.paths, house.shelf, house.devices.background)
        self.bar = TopBar(self)
        self._stack = QStackedLayout()
        self._pages: dict[str, QWidget] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addLayout(self._stack, 1)
        self.bar.room_chosen.connect(self.open_page)
        house.keeper.ticked.connect(self._say_tonight)
        self._say_tonight()
        self.page = ""
        self.open_page("shelf")

    def open_page(self, page: str) -> None:
        """Open shelf, plan, settings or first_run; each is made when it is first opened."""
        if page not in self._pages:
            self._pages[page] = self._make(page)
            self._stack.addWidget(self._pages[page])
        self._stack.setCurrentWidget(self._pages[page])
        self.bar.show_room(page)
        if page != self.page:
            self.page = page
            self.page_changed.emit(page)

    def open_story(self, story: int) -> None:
        """Open a story's page."""
        self.open_page("story")
        self._pages["story"].show_story(story)  # type: ignore[attr-defined]

    def _make(self, page: str) -> QWidget:
        house = self._house
        shelf, keeper, settings = house.shelf, house.keeper, house.settings
        made = {
            "shelf": lambda: ShelfScreen(shelf, keeper, settings, self._covers, house.devices.background, self),
        }[page]()
        if isinstance(made, ShelfScreen):
            made.story_opened.connect(self.open_story)
            made.tonight_begun.connect(self.night_asked)
        return made

    def _say_tonight(self) -> None:
        keeper = self._house.keeper
        self.bar.show_status(words.status(keeper.tonight(), keeper.now()))

"""A Reader night: dim amber words for whoever reads aloud, turned by hand; nothing sounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from storytime.ui.evening.words_screen import WordsScreen

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from storytime.core.evening.keeper import Keeper
    from storytime.core.ports import Clock
    from storytime.core.reading.pages import PageTurner
    from storytime.core.settings import SettingsStore
    from storytime.core.shelf.shelf import Shelf


class PagesScreen(WordsScreen):
    """Right and Space go on to the next line, Left goes back one."""

    name = "telling_text"
    spoken = "A story to read aloud"

    def __init__(self, pages: PageTurner, shelf: Shelf, keeper: Keeper, settings: SettingsStore, clock: Clock,
                 parent: QWidget | None = None) -> None:
        super().__init__(pages, shelf, keeper, settings, clock, parent)
        self._pages = pages

    def act(self, key: Qt.Key) -> None:
        """Turn the page."""
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Space):
            self._pages.next()
        elif key == Qt.Key.Key_Left:
            self._pages.back()

"""A story is being told: on black, in dim words, or beside the candle.

All three hear the same keys. On black nothing is ever painted but the black itself, once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent

from storytime.core.reading.following import Following
from storytime.ui.evening.burning_screen import BurningScreen
from storytime.ui.evening.night_screen import NightScreen
from storytime.ui.evening.words_screen import WordsScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from storytime.core.evening.keeper import Keeper
    from storytime.core.ports import Clock
    from storytime.core.reading.reader import Reader
    from storytime.core.settings import SettingsStore
    from storytime.core.shelf.shelf import Shelf


def steer(reader: Reader, key: Qt.Key) -> None:
    """Pause or go on, one line back, on to the next, louder or softer."""
    acts: dict[Qt.Key, Callable[[], object]] = {
        Qt.Key.Key_Space: reader.toggle, Qt.Key.Key_Left: reader.back, Qt.Key.Key_Right: reader.next,
        Qt.Key.Key_Up: reader.louder, Qt.Key.Key_Down: reader.softer,
    }
    act = acts.get(key)
    if act is not None:
        act()


class TellingScreen(NightScreen):
    """Black: a voice, and nothing to see."""

    name = "telling"
    spoken = "A story is being told"

    def __init__(self, reader: Reader, settings: SettingsStore, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(clock, settings, parent)
        self._reader = reader

    def act(self, key: Qt.Key) -> None:
        """Steer the reading; nothing is painted."""
        steer(self._reader, key)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint black, where the system asks for it."""
        QPainter(self).fillRect(event.rect(), Qt.GlobalColor.black)


class TellingCandleScreen(BurningScreen):
    """The candle alone, in the middle."""

    name = "telling_candle"
    spoken = "A story is being told"
    axis = 0.5
    memory = False

    def __init__(self, reader: Reader, keeper: Keeper, settings: SettingsStore, clock: Clock,
                 parent: QWidget | None = None) -> None:
        super().__init__(keeper, settings, clock, parent)
        self._reader = reader

    def act(self, key: Qt.Key) -> None:
        """Steer the reading."""
        steer(self._reader, key)

    def shown(self) -> object:
        """Nothing stands beside the candle."""
        return None

    def draw(self, p: QPainter) -> None:
        """Draw nothing more."""


class TellingTextScreen(WordsScreen):
    """The voice's line in dim amber words."""

    name = "telling_text"
    spoken = "A story is being told"

    def __init__(self, reader: Reader, shelf: Shelf, keeper: Keeper, settings: SettingsStore, clock: Clock,
                 parent: QWidget | None = None) -> None:
        super().__init__(reader, shelf, keeper, settings, clock, parent)
        self._steered = reader
        self.following = Following(reader, settings, clock)

    def act(self, key: Qt.Key) -> None:
        """Steer the reading."""
        steer(self._steered, key)

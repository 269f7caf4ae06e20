"""The night room: one dark screen at a time, chosen by the evening, made when it is first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStackedLayout, QWidget

from storytime.core.evening.evening import Phase
from storytime.core.signal import Signal
from storytime.ui.evening.candle_screen import CandleScreen
from storytime.ui.evening.choosing_screen import ChoosingScreen
from storytime.ui.evening.gate_screen import GateScreen
from storytime.ui.evening.goodnight_screen import GoodnightScreen
from storytime.ui.evening.morning_screen import MorningScreen
from storytime.ui.evening.pages_screen import PagesScreen
from storytime.ui.evening.sealed_screen import SealedScreen
from storytime.ui.evening.telling_screen import TellingCandleScreen, TellingScreen, TellingTextScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent

    from storytime.core.evening.gate import Gate
    from storytime.core.evening.keeper import Keeper
    from storytime.core.house import Devices
    from storytime.core.reading.pages import PageTurner
    from storytime.core.reading.reader import Reader
    from storytime.core.settings import SettingsStore
    from storytime.core.shelf.shelf import Shelf
    from storytime.ui.evening.night_screen import NightScreen


class Night(Protocol):
    """What the dark screens need of a house, lived in or tried."""

    keeper: Keeper
    gate: Gate
    reader: Reader
    pages: PageTurner
    shelf: Shelf
    settings: SettingsStore
    devices: Devices


class NightRoom(QWidget):
    """Holds the dark screens and turns what they ask for into the window's wishes."""

    def __init__(self, house: Night, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.gate_asked: Signal[()] = Signal()
        self.gate_left: Signal[()] = Signal()
        self.day_asked: Signal[()] = Signal()
        self.choosing_asked: Signal[bool] = Signal()
        self._house = house
        self._screens: dict[str, NightScreen] = {}
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.BlankCursor)

    def minimumSizeHint(self) -> QSize:
        """Fit any window: the dark has no size of its own."""
        return QSize(0, 0)

    def screen(self, name: str) -> NightScreen:  # type: ignore[override]
        """Return the screen of that name; dim words follow whoever reads, the voice or a person."""
        if name == TellingTextScreen.name and self._house.pages.reading.under_way:
            name = "pages"
        if name not in self._screens:
            made = self._makers()[name]()
            made.gate_asked.connect(self.gate_asked.emit)
            self._screens[name] = made
            self._stack.addWidget(made)
        return self._screens[name]

    def show_screen(self, name: str) -> None:
        """Bring a screen to the front and give it the keys."""
        screen = self.screen(name)
        self._stack.setCurrentWidget(screen)
        screen.setFocus(Qt.FocusReason.OtherFocusReason)

    def key(self, key: Qt.Key, pressed: bool) -> None:
        """Give a key to the screen that is shown."""
        current = self._stack.currentWidget()
        if current is not None:
            current.key(key, pressed)  # type: ignore[attr-defined]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint black where no screen is yet."""
        QPainter(self).fillRect(event.rect(), Qt.GlobalColor.black)

    def _makers(self) -> dict[str, Callable[[], NightScreen]]:
        house = self._house
        keeper, reader, shelf = house.keeper, house.reader, house.shelf
        common = (house.settings, house.devices.clock)
        return {
            "candle": lambda: self._hear_candle(CandleScreen(keeper, shelf, *common)),
            "choosing": lambda: self._hear_choosing(ChoosingScreen(keeper, shelf, *common)),
            "telling": lambda: TellingScreen(reader, *common),
            "telling_text": lambda: TellingTextScreen(reader, shelf, keeper, *common),
            "pages": lambda: PagesScreen(house.pages, shelf, keeper, *common),
            "telling_candle": lambda: TellingCandleScreen(reader, keeper, *common),
            "goodnight": lambda: GoodnightScreen(keeper, reader, *common),
            "sealed": lambda: SealedScreen(house.devices.clock, house.settings),
            "gate": lambda: self._hear_gate(GateScreen(house.gate, keeper, *common)),
            "morning": lambda: self._hear_morning(MorningScreen(keeper, *common)),
        }

    def _hear_candle(self, screen: CandleScreen) -> CandleScreen:
        screen.story_asked.connect(self._tell)
        screen.choosing_asked.connect(self._choose)
        return screen

    def _hear_choosing(self, screen: ChoosingScreen) -> ChoosingScreen:
        screen.story_asked.connect(self._tell)
        screen.left.connect(lambda: self.choosing_asked.emit(False))
        return screen

    def _hear_gate(self, screen: GateScreen) -> GateScreen:
        screen.left.connect(self.gate_left.emit)
        screen.day_asked.connect(self.day_asked.emit)
        return screen

    def _hear_morning(self, screen: MorningScreen) -> MorningScreen:
        screen.day_asked.connect(self.day_asked.emit)
        return screen

    def _choose(self) -> None:
        if self._house.settings.value.kind_of_night == "paper":
            self._tell(())
        else:
            self.choosing_asked.emit(True)

    def _tell(self, stories: tuple[int, ...]) -> None:
        house, keeper = self._house, self._house.keeper
        kind = house.settings.value.kind_of_night
        if kind == "reader":
            if keeper.begin_story():
                # The goodnight is the voice's on this night too, in the language of the story.
                house.reader.prepare(stories[:1])
                house.pages.tell(stories)
        elif kind == "voice":
            if keeper.begin_story():
                house.reader.tell(stories)
        elif keeper.evening.phase is Phase.STORY:
            # The paper book is closed: the goodnight may come.
            keeper.stories_ended()
        else:
            keeper.begin_story()

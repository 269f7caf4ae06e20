"""An evening tried in three minutes, in the window: the same dark screens, with no seal and a way out by Esc."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from storytime.core.evening.evening import Phase
from storytime.ui.night_room import NightRoom
from storytime.ui.rooms import Wishes, reading_of, screen_for

if TYPE_CHECKING:
    from storytime.core.evening.evening import Evening
    from storytime.core.evening.gate import Gate
    from storytime.core.evening.keeper import Keeper
    from storytime.core.house import Devices, House
    from storytime.core.reading.pages import PageTurner
    from storytime.core.reading.reader import Reader
    from storytime.core.settings import SettingsStore
    from storytime.core.shelf.shelf import Shelf


@dataclass(slots=True)
class Stage:
    """What the dark screens need of a house: the family's own, but for the evening."""

    keeper: Keeper
    gate: Gate
    reader: Reader
    pages: PageTurner
    shelf: Shelf
    settings: SettingsStore
    devices: Devices


class TrialRoom(QWidget):
    """Plays the evening; `ended` follows its morning, or the parent's Esc."""

    ended = Signal()

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._trial = house.begin_trial()
        self._choosing = False
        self._over = False
        stage = Stage(self._trial, house.gate, house.reader, house.pages, house.shelf, house.settings,
                      house.devices)
        self._night = NightRoom(stage, self)
        stack = QStackedLayout(self)
        stack.addWidget(self._night)
        self._night.gate_asked.connect(self.leave)
        self._night.day_asked.connect(self.leave)
        self._night.choosing_asked.connect(self._choose)
        self._trial.changed.connect(self._evening_changed)
        for who in (house.reader, house.pages):
            who.changed.connect(self._reading_changed)
        self._refresh()

    @property
    def screen_name(self) -> str:
        """The dark screen that is shown."""
        return self._name

    def key(self, key: Qt.Key, pressed: bool) -> None:
        """Give a key to the dark screen; Esc needs no hold where nothing is sealed."""
        if key == Qt.Key.Key_Escape:
            self.leave()
        else:
            self._night.key(key, pressed)

    def leave(self) -> None:
        """End the trial."""
        if self._over:
            return
        self._over = True
        for who in (self._house.reader, self._house.pages):
            who.changed.disconnect(self._reading_changed)
        self._house.end_trial(self._trial)
        self.ended.emit()

    def _choose(self, choosing: bool) -> None:
        self._choosing = choosing
        if choosing:
            self._house.reader.prepare(self._house.shelf.tray(), open_path=True)
        self._refresh()

    def _evening_changed(self, _was: Evening, now: Evening) -> None:
        if now.phase is Phase.DAY or now.greeted:
            self.leave()
        else:
            self._refresh()

    def _reading_changed(self, _reading: object) -> None:
        self._refresh()

    def _refresh(self) -> None:
        evening = self._trial.evening
        self._name = screen_for(
            evening.phase,
            sealed=evening.sealed,
            state=reading_of(self._house.reader, self._house.pages).state,
            view=self._house.settings.value.telling_view,
            wishes=Wishes(by_day=False, choosing=self._choosing, greeted=evening.phase is not Phase.MORNING),
        )
        self._night.show_screen(self._name)

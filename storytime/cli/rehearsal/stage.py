"""The whole program on pretended devices: started, given keys, killed, and started again."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from storytime.app import show_rooms
from storytime.cli.rehearsal.keys import key_named
from storytime.core.evening.evening import Phase
from storytime.core.house import Devices, House
from storytime.devices.rehearsal import (
    PretendBackground,
    PretendLamp,
    PretendMicrophone,
    PretendSpeaker,
    PretendVoice,
)
from storytime.ui.rooms import DAY_PAGES
from storytime.ui.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from storytime.core.paths import Paths
    from storytime.core.ports import Utterance, VoiceInfo
    from storytime.devices.rehearsal import PretendClock

SIZE = 1280, 800


class Stage:
    """Holds what is running; `house` and `window` are None between a kill and the next start."""

    def __init__(
        self,
        paths: Paths,
        clock: PretendClock,
        seconds: Callable[[Utterance], float],
        voices: Sequence[VoiceInfo],
    ) -> None:
        self.house: House | None = None
        self.window: Window | None = None
        self._paths = paths
        self._clock = clock
        self._seconds = seconds
        self._voices = voices
        self._there = True

    def start(self, follow: Callable[[House, Window], object], begun: Callable[[], object]) -> None:
        """Start the program; `follow` meets it before it begins, `begun` is called before anything is shown."""
        speaker = PretendSpeaker(self._clock)
        if not self._there:
            speaker.lose()
        voice = PretendVoice(self._clock, self._seconds, voices=self._voices)
        microphone = PretendMicrophone(self._clock)
        devices = Devices(self._clock, voice, speaker, microphone, PretendLamp(), PretendBackground())
        self.house = House(self._paths, devices)
        self.window = Window()
        follow(self.house, self.window)
        self.house.begin()
        begun()
        self.window.open()
        self._manager = show_rooms(self.window, self.house, animate=False)
        self.settle()

    def sit_down(self) -> None:
        """Go to the night room where the rehearsal begins within a wind-down, as a parent at the bedside would."""
        if self.house and self.house.keeper.evening.phase is Phase.WIND_DOWN:
            self._manager.go_to_night()
            self.settle()

    def kill(self) -> None:
        """End the program as a power cut does: nothing is saved, nothing is told."""
        if self.house is None or self.window is None:
            return
        self._clock.forget()
        self.window.hide()
        self.house.library.close()
        self._leave()

    def close(self) -> None:
        """End the program as its owner does."""
        if self.house and self.window:
            self.window.hide()
            self.house.close()
            self._clock.forget()
            self._leave()

    def plug(self, *, there: bool) -> None:
        """Take the loudspeaker away, or give it back."""
        self._there = there
        if self.house:
            speaker = self.house.devices.speaker
            assert isinstance(speaker, PretendSpeaker)
            if there:
                speaker.give_back()
            else:
                speaker.lose()

    def key(self, name: str, *, pressed: bool) -> None:
        """Press a key, or let it go, where the focus is."""
        if self.window is None:
            return
        key = key_named(name)
        text = chr(key.value) if key.value < 128 else ""
        kind = QEvent.Type.KeyPress if pressed else QEvent.Type.KeyRelease
        target = self.window.focusWidget() or self.window
        QApplication.sendEvent(target, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))
        self.settle()

    def tell(self, stories: tuple[int, ...]) -> bool:
        """Do what the chooser does when a story is chosen. Returns whether the evening still had room for it."""
        house, window = self.house, self.window
        if not house or not window or house.keeper.evening.phase > Phase.WIND_DOWN or not house.keeper.begin_story():
            return False
        house.reader.tell(stories)
        if window.screen_name in DAY_PAGES:
            self._manager.go_to_night()
        self.settle()
        return True

    def settle(self) -> None:
        """Let Qt do what it has put off, and keep the window's size, for no real screen gives it one."""
        QCoreApplication.processEvents()
        if self.window and (self.window.width(), self.window.height()) != SIZE:
            self.window.resize(*SIZE)
            QCoreApplication.processEvents()

    def _leave(self) -> None:
        window, self.window, self.house = self.window, None, None
        if window:
            window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()

"""Furnishes the house with real devices and shows the window: the one place that knows every room."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from storytime.core.errors import StorytimeError
from storytime.core.paths import Paths, shipped
from storytime.devices.single import SingleInstance
from storytime.devices.speaker import prepare_environment
from storytime.log import hear_qt
from storytime.ui import theme
from storytime.ui.window import Window

if TYPE_CHECKING:
    from storytime.core.house import Devices, House


def run_window(*, tonight: bool = False) -> int:
    """Open the window, or raise the one that is open, and return the exit code when it is closed."""
    prepare_environment()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Storytime")
    app.setDesktopFileName("storytime")
    app.setWindowIcon(QIcon(str(shipped("assets") / "icon.svg")))
    app.setQuitOnLastWindowClosed(False)
    hear_qt()
    paths = Paths.of_user()
    single = SingleInstance(paths.home)
    if not single.first:
        single.raise_first()
        return 0
    theme.load_fonts()
    window = Window(dark=sealed_when_left(paths))
    single.raised.connect(window.come_forward)
    rooms = Rooms(window, paths, tonight)
    window.painted.connect(rooms.move_in_soon)
    window.open()
    code = app.exec()
    rooms.close()
    return code


def sealed_when_left(paths: Paths) -> bool:
    """Return whether the first frame should be black: the real answer follows when the library is open."""
    from storytime.core.database import peek
    from storytime.core.evening.memory import STATE, was_dark

    return was_dark(peek(paths, STATE))


def real_devices(paths: Paths) -> Devices:
    """Return this machine."""
    from storytime.core.house import Devices
    from storytime.devices.background import RealBackground
    from storytime.devices.clock import RealClock
    from storytime.devices.lamp import RealLamp
    from storytime.devices.speaker import QtSpeaker
    from storytime.devices.voice import VoiceChild

    return Devices(RealClock(), VoiceChild(paths.cache / "lines"), QtSpeaker(), RealLamp(), RealBackground())


class Rooms:
    """Moves a house into a window after the window's first frame, and out again at the end."""

    def __init__(self, window: Window, paths: Paths, tonight: bool) -> None:
        self._window, self._paths, self._tonight = window, paths, tonight
        self._asked = False
        self._house: House | None = None

    def move_in_soon(self) -> None:
        """Move in when the frame that was just painted is on the screen."""
        if not self._asked:
            self._asked = True
            QTimer.singleShot(0, self.move_in)

    def move_in(self) -> None:
        """Open the library and show the rooms; what stands in the way is said, by day, with a way to try again."""
        from storytime.core.house import House

        try:
            self._house = House(self._paths, real_devices(self._paths))
            self._house.begin()
        except StorytimeError as error:
            self._window.show_trouble(str(error), self.move_in)
            return
        show_rooms(self._window, self._house)
        if self._tonight:
            self._window.go_to_night()

    def close(self) -> None:
        """Put everything away."""
        if self._house is not None:
            self._house.close()


def show_rooms(window: Window, house: House, *, animate: bool = True) -> None:
    """Make both rooms over a house, real or rehearsed, and give them to the window."""
    from storytime.ui.day_room import DayRoom
    from storytime.ui.night_room import NightRoom

    window.furnish(house, DayRoom(house), NightRoom(house), animate=animate)

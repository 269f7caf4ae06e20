"""Furnishes the house with real devices and shows the window: the one place that knows every room."""

from __future__ import annotations

import gc
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import storytime.plain_imports  # noqa: F401

# isort: split
from PySide6.QtCore import QLibraryInfo, QTimer
from PySide6.QtWidgets import QApplication

from storytime.screen import try_platform
from storytime.ui.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable

    from storytime.core.house import House
    from storytime.core.paths import Paths
    from storytime.devices.media_keys import MediaKeys
    from storytime.ui.stage import StageManager

LISTENS = 400
"""Milliseconds after the start: what it needs of QtNetwork comes after the shelf."""


def run_window(*, tonight: bool = False) -> int:
    """Open the window, or raise the one that is open, and return the exit code when it is closed.

    Whatever the first frame does not need is imported after it.
    """
    from storytime.core.glance import sealed_when_left
    from storytime.core.paths import Paths
    from storytime.devices.single import SingleInstance

    try_platform(Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)))
    # Until the rooms are there nothing is thrown away that would be worth looking for.
    gc.disable()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Storytime")
    app.setDesktopFileName("storytime")
    app.setQuitOnLastWindowClosed(False)
    paths = Paths.of_user()
    single = SingleInstance(paths.home)
    if not single.first:
        single.raise_first()
        return 0
    # Python hears a signal only between two of its own steps, and a quiet Qt takes none.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    window = Window(dark=sealed_when_left(paths.database))
    single.raised.connect(window.come_forward)
    rooms = Rooms(window, paths, tonight)
    window.painted.connect(rooms.move_in_soon)
    window.closed.connect(lambda: app.exit(0))
    app.commitDataRequest.connect(rooms.log_out)
    QTimer.singleShot(LISTENS, single.listen)
    window.open()
    code = app.exec()
    rooms.close()
    return code


class Rooms:
    """Moves a house into a window after the window's first frame, and out again at the end."""

    def __init__(self, window: Window, paths: Paths, tonight: bool) -> None:
        self._window, self._paths, self._tonight = window, paths, tonight
        self._asked = False
        self._house: House | None = None
        self._media_keys: MediaKeys | None = None

    def move_in_soon(self) -> None:
        """Move in when the frame that was just painted is on the screen."""
        if not self._asked:
            self._asked = True
            QTimer.singleShot(0, self.move_in)

    def move_in(self) -> None:
        """Open the library and show the rooms; what stands in the way is said, by day, with a way to try again."""
        from storytime.core.errors import StorytimeError
        from storytime.core.house import House
        from storytime.devices.machine import real_devices
        from storytime.log import hear_qt, keep_log

        keep_log(self._paths.log)
        hear_qt()
        try:
            self._house = House(self._paths, real_devices(self._paths))
            self._house.begin()
        except StorytimeError as error:
            self._window.show_trouble(str(error), self.move_in)
            return
        stage = show_rooms(self._window, self._house, media_keys=self._desktop)
        if self._tonight:
            stage.go_to_night()
        gc.freeze()
        gc.enable()

    def _desktop(self) -> MediaKeys | None:
        if sys.platform != "linux":
            return None
        from storytime.devices.media_keys import session_media_keys

        self._media_keys = session_media_keys()
        return self._media_keys

    def log_out(self) -> None:
        """Let the system end its session: the seal comes back with the next start, and holds nobody's computer."""
        self._window.hide()
        QApplication.exit(0)

    def close(self) -> None:
        """Put everything away."""
        if self._house is not None:
            self._house.close()
        if self._media_keys is not None:
            self._media_keys.close()


def show_rooms(
    window: Window,
    house: House,
    *,
    animate: bool = True,
    media_keys: Callable[[], MediaKeys | None] = lambda: None,
) -> StageManager:
    """Show a house, real or rehearsed, in a window; `media_keys` is asked for a desktop's when night first comes."""
    from PySide6.QtGui import QIcon

    from storytime.core.paths import shipped
    from storytime.ui import theme
    from storytime.ui.day_room import DayRoom
    from storytime.ui.stage import StageManager

    theme.load_fonts()
    window.setWindowIcon(QIcon(str(shipped("assets") / "icon.png")))
    return StageManager(window, house, DayRoom(house), animate=animate, media_keys=media_keys)

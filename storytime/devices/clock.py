"""The Clock port over the machine's own clocks and Qt's timers."""

from __future__ import annotations

import os
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from storytime.core.signal import Signal

if TYPE_CHECKING:
    from collections.abc import Callable

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
LONGEST = 2**31 - 1
"""Milliseconds that a timer of Qt can wait."""
AFTER_THE_SECOND = 2
"""Milliseconds by which a tick comes later than the second, so that it never shows the second before."""


class RealTimer:
    """A call by a timer of Qt."""

    __slots__ = ("_timer",)

    def __init__(self, timer: QTimer) -> None:
        self._timer: QTimer | None = timer

    def cancel(self) -> None:
        """Never call."""
        timer, self._timer = self._timer, None
        if timer is not None:
            timer.stop()
            timer.deleteLater()


class RealClock:
    """The clocks of this machine. Made after the application, for its ticks come from the event loop."""

    def __init__(self) -> None:
        self.ticked: Signal[()] = Signal()
        self._timers = QObject()
        self._boot_id = _boot_id()
        self._tick_timer = QTimer(self._timers, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._tick_timer.timeout.connect(self._tick)
        self._await_second()

    def wall(self) -> datetime:
        """Return naive local civil time."""
        return datetime.now()

    def utc_offset(self) -> timedelta:
        """Return what the zone adds to UTC now."""
        return datetime.now().astimezone().utcoffset() or timedelta()

    def boot(self) -> float:
        """Return seconds since the machine was started, suspend included."""
        return boot_seconds()

    def boot_id(self) -> str:
        """Return a name of this boot."""
        return self._boot_id

    def after(self, seconds: float, call: Callable[[], object]) -> RealTimer:
        """Call back once, `seconds` of waking time from now, to the millisecond."""
        timer = QTimer(self._timers, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        handle = RealTimer(timer)

        def ring() -> None:
            handle.cancel()
            call()

        timer.timeout.connect(ring)
        timer.start(min(LONGEST, max(0, round(seconds * 1000))))
        return handle

    def close(self) -> None:
        """Tick no more."""
        self._tick_timer.stop()

    def _await_second(self) -> None:
        self._tick_timer.start(1000 - datetime.now().microsecond // 1000 + AFTER_THE_SECOND)

    def _tick(self) -> None:
        # The zone may have been changed while we run; without this the old one would hold until a restart.
        if hasattr(time, "tzset"):
            time.tzset()
        self._await_second()
        self.ticked.emit()


def boot_seconds(platform: str = sys.platform) -> float:
    """Return seconds since the start of the machine, those asleep too."""
    if platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32  # type: ignore[attr-defined, unused-ignore]
        kernel.GetTickCount64.restype = ctypes.c_ulonglong
        return float(kernel.GetTickCount64()) / 1000
    # On macOS this clock goes on through sleep; on Linux only CLOCK_BOOTTIME does.
    return time.clock_gettime(time.CLOCK_MONOTONIC_RAW if platform == "darwin" else time.CLOCK_BOOTTIME)


def _boot_id(platform: str = sys.platform) -> str:
    """Return the system's own name of this boot; where it has none, a name that no other run will share."""
    try:
        if platform == "win32":
            return _windows_boot_id()
        if platform == "darwin":
            return _mac_boot_id()
        return BOOT_ID.read_text("ascii").strip()
    except (OSError, AttributeError, ImportError):
        return f"run-{os.urandom(16).hex()}"


def _windows_boot_id() -> str:
    import winreg

    place = r"SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters"
    with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place) as key:  # type: ignore[attr-defined, unused-ignore]
        number = winreg.QueryValueEx(key, "BootId")[0]  # type: ignore[attr-defined, unused-ignore]
        return f"windows-{number}"


def _mac_boot_id() -> str:
    import ctypes

    text = ctypes.create_string_buffer(64)
    size = ctypes.c_size_t(len(text))
    if ctypes.CDLL(None).sysctlbyname(b"kern.bootsessionuuid", text, ctypes.byref(size), None, 0) != 0:
        raise OSError("no name of this boot")
    return text.value.decode("ascii")

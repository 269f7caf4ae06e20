"""Keys as fingers move them: a key that repeats itself goes down once and comes up once.

X11 tells a repeating key as let go and pressed again in the same millisecond. Qt calls that a repeat only where both
have arrived when it looks (some of a hundred have not), and every hold of two seconds would be broken by one of them.
So a key counts as let go when nothing presses it again at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from collections.abc import Callable

AT_ONCE = 60
"""Milliseconds in which the second half of a repetition arrives, on a busy machine too."""


class TrueKeys:
    """Hears what Qt says of keys, and tells `moved` of each key when it went down (True) and came up (False)."""

    def __init__(self, moved: Callable[[int, bool], object], *, patient: bool | None = None) -> None:
        """`patient`: wait for the second half of a repetition; unless said, on X11 alone."""
        self._moved = moved
        self._patient = QGuiApplication.platformName() == "xcb" if patient is None else patient
        self._up: tuple[int, int] | None = None
        self._timer = QTimer(singleShot=True, interval=AT_ONCE)
        self._timer.timeout.connect(self._waited)
        self._since = QElapsedTimer()

    def pressed(self, key: int, timestamp: int) -> None:
        """Hear that a key went down, at a millisecond of the system's; 0 where it does not say."""
        if timestamp and self._up == (key, timestamp):
            self._up = None
            self._timer.stop()
            return
        self._let_go()
        self._moved(key, True)

    def released(self, key: int, timestamp: int) -> None:
        """Hear that it came up."""
        self._let_go()
        self._up = (key, timestamp)
        if self._patient:
            self._wait()
        else:
            self._let_go()

    def _wait(self) -> None:
        self._since.start()
        self._timer.start()

    def _waited(self) -> None:
        # A window that was busy hears its timers first, and only then the keys that came meanwhile.
        if self._since.elapsed() > 2 * AT_ONCE:
            self._wait()
        else:
            self._let_go()

    def _let_go(self) -> None:
        self._timer.stop()
        if self._up is not None:
            (key, _), self._up = self._up, None
            self._moved(key, False)

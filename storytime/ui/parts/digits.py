"""Tells which digit a key means, whatever the layout: a PIN is typed in the dark, and the row is where it always is."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_X11 = {code: (code - 9) % 10 for code in range(10, 20)}
_WINDOWS = {code: (code - 1) % 10 for code in range(2, 12)}
_MACOS = {18: 1, 19: 2, 20: 3, 21: 4, 23: 5, 22: 6, 26: 7, 28: 8, 25: 9, 29: 0}
_SHIFTED = dict(zip(")!@#$%^&*(", range(10), strict=True))
"""The row of an American keyboard with Shift held, for where the system tells no place of the key."""


def _row() -> dict[int, int]:
    """Return the digit row of this system: the key's place (scan code) to its digit."""
    if sys.platform == "win32":
        return _WINDOWS
    # Wayland's scan codes are X11's: both add 8 to the kernel's.
    return _X11 if QGuiApplication.platformName() in ("xcb", "wayland", "wayland-egl") else {}


def digit_of(event: QKeyEvent) -> int | None:
    """Return 0 to 9 for a key of the keypad, or of the digit row with Shift or without; None for any other."""
    key = event.key()
    if Qt.Key.Key_0.value <= key <= Qt.Key.Key_9.value:
        return key - Qt.Key.Key_0.value
    if len(event.text()) == 1 and event.text().isdecimal():
        return int(event.text())
    if sys.platform == "darwin":
        place = _MACOS.get(event.nativeVirtualKey())
    else:
        place = _row().get(event.nativeScanCode())
    return _SHIFTED.get(event.text()) if place is None else place


def digit_key(digit: int) -> Qt.Key:
    """Return the key of a digit."""
    return Qt.Key(Qt.Key.Key_0.value + digit)


def digit_of_key(key: Qt.Key) -> int | None:
    """Return the digit of a key that comes without its event: the digits, and an American row with Shift."""
    if Qt.Key.Key_0.value <= key.value <= Qt.Key.Key_9.value:
        return key.value - Qt.Key.Key_0.value
    return _SHIFTED.get(chr(key.value)) if key.value < 128 else None

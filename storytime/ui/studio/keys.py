"""The keys of the studio, wherever the keyboard's focus is in it, except where something is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

KEYS = {
    "Space": "space", "Return": "enter", "Enter": "enter", "Backspace": "backspace", "P": "play", "I": "punch_in",
    "M": "mark_chapter", "L": "read_until", "Delete": "remove", "Ctrl+Z": "undo", "U": "undo",
    "Up": "up", "Down": "down", "Left": "left", "Right": "right", "Shift+Left": "far_left", "Shift+Right": "far_right",
}
REPEATED = ("up", "down", "left", "right", "far_left", "far_right")
"""Wishes that a key held down asks for again and again; a held Space must not start and stop."""


class StudioKeys:
    """Turns keys into wishes. A text field keeps its keys, and Enter presses the button that Tab has chosen."""

    def __init__(self, host: QWidget, act: Callable[[str], object]) -> None:
        self._host, self._act = host, act
        self._shortcuts: list[QShortcut] = []
        for key, wish in KEYS.items():
            shortcut = QShortcut(QKeySequence(key), host)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(wish in REPEATED)
            shortcut.activated.connect(lambda wish=wish: self._pressed(wish))
            self._shortcuts.append(shortcut)

    def listen(self, on: bool) -> None:
        """Hear the keys, or leave them to whatever holds the focus."""
        for shortcut in self._shortcuts:
            shortcut.setEnabled(on)

    def _pressed(self, wish: str) -> None:
        held = self._host.window().focusWidget()
        if wish == "enter" and isinstance(held, QAbstractButton):
            held.click()
        else:
            self._act(wish)

"""The names by which a scenario calls the keys."""

from __future__ import annotations

from PySide6.QtCore import Qt

NAMES = {
    "esc": "Escape",
    "enter": "Return",
    "play": "MediaPlay",
    "play/pause": "MediaTogglePlayPause",
    "playpause": "MediaTogglePlayPause",
    "previous": "MediaPrevious",
    "next": "MediaNext",
    "pgup": "PageUp",
    "pgdown": "PageDown",
    "del": "Delete",
    "ins": "Insert",
}


def key_named(name: str) -> Qt.Key:
    """Return the key: Space, Esc, Left, 7, A, MediaPlay … Raises ValueError."""
    wanted = NAMES.get(name.lower(), name).lower()
    for key in Qt.Key:
        # Qt's word for a key that it does not know is the name of none.
        if key.name.lower() == f"key_{wanted}" and key is not Qt.Key.Key_unknown:
            return key
    raise ValueError(f"no key is called “{name}”; names are such as Space, Enter, Esc, Left, Right, Up, Down, 0 to 9")

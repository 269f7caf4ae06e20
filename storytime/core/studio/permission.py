"""Where each system lets a person allow the microphone."""

from __future__ import annotations

import sys

SETTINGS = {
    "darwin": "System Settings, Privacy & Security, Microphone",
    "win32": "Settings, Privacy & security, Microphone, “Let desktop apps access your microphone”",
}
ELSEWHERE = "the sound settings of this system, under Input"


def setting_of(system: str = sys.platform) -> str:
    """Return the name of the very setting, as it is written there."""
    return SETTINGS.get(system, ELSEWHERE)

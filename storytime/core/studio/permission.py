"""Where each system keeps the setting that lets Storytime hear."""

from __future__ import annotations

import sys

SETTINGS = {
    "darwin": "System Settings, Privacy & Security, Microphone",
    "win32": "Settings, Privacy & security, Microphone, “Let desktop apps access your microphone”",
}
ELSEWHERE = "the system’s sound settings, under Input"


def setting_of(platform: str = sys.platform) -> str:
    """Return the words for `MicrophoneRefused.setting`."""
    return SETTINGS.get(platform, ELSEWHERE)

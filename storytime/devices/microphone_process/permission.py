"""Whether the system lets us hear: macOS asks its user, Windows has a switch, Linux leaves it to the sound server."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMicrophonePermission, Qt

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

STORE = r"Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore\microphone"
ZEROS = 1.5
"""Seconds of nothing but zeros, from the beginning on, after which macOS is taken to have refused."""


def refused() -> bool:
    """Whether we may not hear, as far as the system tells."""
    if sys.platform == "win32":
        return "Deny" in _windows_consent()
    return _status() == Qt.PermissionStatus.Denied


def must_ask() -> bool:
    """Whether the system's user has not been asked yet."""
    return _status() == Qt.PermissionStatus.Undetermined


def ask(context: QObject, answered: Callable[[], object]) -> None:
    """Have the system ask its user, and call `answered` when it did."""
    application = QCoreApplication.instance()
    if application is not None:
        application.requestPermission(QMicrophonePermission(), context, lambda _permission: answered())


def zeros_mean_refused(seconds: float, platform: str = sys.platform) -> bool:
    """Whether so many seconds of zeros say that we may not hear: macOS gives them instead of an error."""
    return platform == "darwin" and seconds >= ZEROS


def _status() -> Qt.PermissionStatus:
    application = QCoreApplication.instance()
    if application is None:
        return Qt.PermissionStatus.Granted
    return application.checkPermission(QMicrophonePermission())


def _windows_consent() -> set[str]:
    """Return what the user's switches say, for all programs and for those that are no apps of the shop."""
    said: set[str] = set()
    if sys.platform == "win32":
        import winreg

        for place in (STORE, rf"{STORE}\NonPackaged"):
            for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
                try:
                    with winreg.OpenKey(root, place) as key:
                        said.add(str(winreg.QueryValueEx(key, "Value")[0]))
                except OSError:
                    continue
    return said

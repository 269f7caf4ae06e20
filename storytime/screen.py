"""Is there a screen to open a window on? Qt ends the whole program where it finds none, so it is asked first."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

A_MOMENT = 2.0
"""Seconds that a screen's server may take to answer."""


def screen_is_there() -> bool:
    """Whether a window could open here."""
    if not sys.platform.startswith(("linux", "freebsd")) or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return _wayland(os.environ.get("WAYLAND_DISPLAY", "")) or _x11(os.environ.get("DISPLAY", ""))


def try_platform(plugins: Path) -> None:
    """Load what Qt opens windows with on X11 from its folder of plugins, before Qt does and aborts where it cannot.

    Raises ImportError, as any other part of Qt does, where the system lacks a library of it.
    """
    named = os.environ.get("QT_QPA_PLATFORM") or _wayland(os.environ.get("WAYLAND_DISPLAY", ""))
    plugin = plugins / "platforms" / "libqxcb.so"
    if named or not sys.platform.startswith("linux") or not plugin.is_file():
        return
    import ctypes

    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        raise ImportError(str(error)) from error


def _wayland(name: str) -> bool:
    return bool(name) and _answers(socket.AF_UNIX, str(Path(os.environ.get("XDG_RUNTIME_DIR", "/run"), name)))


def _x11(display: str) -> bool:
    host, colon, number = display.rpartition(":")
    number = number.partition(".")[0]
    if not colon or not number.isdecimal():
        return False
    if host and not host.startswith(("unix", "/")):
        return _answers(socket.AF_INET, (host, 6000 + int(number)))
    place = f"/tmp/.X11-unix/X{number}"
    return _answers(socket.AF_UNIX, f"\0{place}") or _answers(socket.AF_UNIX, place)


def _answers(family: int, address: str | tuple[str, int]) -> bool:
    with socket.socket(family, socket.SOCK_STREAM) as asked:
        asked.settimeout(A_MOMENT)
        try:
            asked.connect(address)
        except OSError:
            return False
    return True

"""Find eSpeak NG for pyttsx3: the system's own library where there is one, else the one in espeakng-loader's wheel.

pyttsx3's binding tries fixed names only, so a machine without the system's package would stay silent.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Any

SYSTEM = {
    "linux": ("libespeak-ng.so.1",),
    "darwin": ("/opt/homebrew/lib/libespeak-ng.1.dylib", "/usr/local/lib/libespeak-ng.1.dylib"),
    "win32": (
        r"C:\Program Files\eSpeak NG\libespeak-ng.dll",
        r"C:\Program Files (x86)\eSpeak NG\libespeak-ng.dll",
    ),
}


def find(platform: str = sys.platform) -> tuple[ctypes.CDLL, str | None]:
    """Return the library, and the folder of its data where it does not know it itself. Raises `OSError`."""
    for name in SYSTEM.get(platform, ()):
        try:
            return ctypes.CDLL(name), None
        except OSError:
            continue
    try:
        import espeakng_loader
    except ImportError as missing:
        raise OSError("there is no eSpeak NG on this machine") from missing
    return ctypes.CDLL(espeakng_loader.get_library_path()), espeakng_loader.get_data_path()


def load() -> tuple[Any, str | None]:
    """Import pyttsx3's binding over the library found, and return it with the folder of the data."""
    library, data = find()
    loader = ctypes.cdll
    try:
        # An attribute of the instance hides the method for as long as the binding looks for its library.
        vars(loader)["LoadLibrary"] = lambda _name: library
        import pyttsx3.drivers._espeak as binding
    finally:
        vars(loader).pop("LoadLibrary", None)
    return binding, data

"""Find eSpeak NG for pyttsx3: the system's own library where there is one, else the one in espeakng-loader's wheel.

pyttsx3's binding tries fixed names only, so a machine without the system's package would stay silent.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from typing import Any

from storytime.devices.voice_process.engine import EngineTrouble, NoSuchVoice

DONT_EXIT = 0x8000
"""Without this, eSpeak ends the whole process where its data is missing."""
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


class Espeak:
    """eSpeak NG, begun. It lets itself be begun once a process, and has one voice at a time: see `begun`."""

    def __init__(self) -> None:
        self.api, data = load()
        folder = data.encode() if data else None
        self.rate = self.api.Initialize(self.api.AUDIO_OUTPUT_SYNCHRONOUS, 200, folder, DONT_EXIT)
        """Frames a second (Hz)."""
        if self.rate <= 0:
            raise EngineTrouble("eSpeak NG could not be begun: is its data there?")
        self._voice = b""

    def choose(self, voice: bytes) -> None:
        """Speak in this voice from now on. Raises `NoSuchVoice`."""
        if voice == self._voice:
            return
        self._voice = b""
        if self.api.dll.espeak_SetVoiceByName(voice) != self.api.EE_OK:
            raise NoSuchVoice(voice.decode("utf-8", "replace"))
        self._voice = voice


@cache
def begun() -> Espeak:
    """Return this process's eSpeak. Raises `EngineTrouble`, `OSError`."""
    return Espeak()

"""A pyttsx3 driver over eSpeak NG that renders before it returns.

pyttsx3's own has faults that no care around it heals: the first line comes back empty, two lines queued give one, one
line in a thousand is lost when voices change, and its cost grows with the square of the length.
"""

from __future__ import annotations

import ctypes
from typing import Any

from pyttsx3.voice import Voice

from storytime.devices.voice_process import espeak_library
from storytime.devices.voice_process.engine import EngineTrouble, Speech

VOLUME_SCALE = 100


class EspeakDriver:
    """eSpeak NG where pyttsx3 wants a driver: its properties, and `render` in place of its queue and loop."""

    def __init__(self) -> None:
        self._espeak = espeak_library.begun()
        self._api, self._rate = self._espeak.api, self._espeak.rate
        self._chunks: list[bytes] = []
        self._events: list[tuple[int, int, float]] = []
        self._api.SetSynthCallback(self._heard)

    @property
    def espeak(self) -> espeak_library.Espeak:
        """The eSpeak behind it."""
        return self._espeak

    def render(self, text: str, flags: int = 0) -> tuple[Speech, list[tuple[int, int, float]]]:
        """Return the speech, and eSpeak's word events: first character, length, seconds. Raises `EngineTrouble`."""
        self._chunks, self._events = [], []
        raw = text.encode("utf-8")
        api = self._api
        code = api.cSynth(raw, len(raw) + 1, 0, api.POS_CHARACTER, 0, api.CHARS_UTF8 | flags, None, None)
        if code != api.EE_OK:
            raise EngineTrouble(f"eSpeak NG answered {code}")
        return Speech(b"".join(self._chunks), self._rate), self._events

    def _heard(self, wave: Any, count: int, events: Any) -> int:
        index = 0
        while (event := events[index]).type != self._api.EVENT_LIST_TERMINATED:
            if event.type == self._api.EVENT_WORD:
                self._events.append((event.text_position - 1, event.length, event.audio_position / 1000))
            index += 1
        if wave and count > 0:
            self._chunks.append(ctypes.string_at(wave, 2 * count))
        return 0

    def getProperty(self, name: str) -> Any:
        """Return `voices`, with each voice's own identifier; nothing else is asked for."""
        if name != "voices":
            raise KeyError(name)
        return [
            Voice(
                found.identifier.decode("utf-8"),
                found.name.decode("utf-8"),
                [found.languages[1:].decode("utf-8", "replace")],
            )
            for found in self._api.ListVoices(None)
        ]

    def setProperty(self, name: str, value: Any) -> None:
        """Set `voice` (an identifier), `rate` (words a minute), `pitch` and `volume` (0 to 1). Raises `NoSuchVoice`."""
        if name == "voice":
            self._espeak.choose(value.encode("utf-8"))
        elif name == "rate":
            self._api.SetParameter(self._api.RATE, round(value), 0)
        elif name == "pitch":
            self._api.SetParameter(self._api.PITCH, round(value * 100), 0)
        elif name == "volume":
            self._api.SetParameter(self._api.VOLUME, round(value * VOLUME_SCALE), 0)
        else:
            raise KeyError(name)

    def destroy(self) -> None:
        """Let eSpeak be: it cannot be begun twice in a process."""

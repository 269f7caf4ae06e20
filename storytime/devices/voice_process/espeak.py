"""eSpeak NG as an engine: small, on every machine, in every language, with word times."""

from __future__ import annotations

import re
import sys
import types

from pyttsx3.engine import Engine as Pyttsx3Engine

from storytime.core.ports import Utterance, VoiceInfo, Word
from storytime.devices.voice_process.engine import NoSuchVoice, Speech, voice_name, with_primary
from storytime.devices.voice_process.espeak_driver import EspeakDriver

CALM = 126
"""eSpeak's words a minute at `rate` 1: with a story's pauses, 130 to 147 a minute are heard in the shipped stories."""
SLOWEST, FASTEST = 80, 450
GAIN = 0.68
"""Brings eSpeak to some -24 LUFS in English, Spanish and German, for what is too short to be measured."""
GOOD = ("gmw/en-US", "gmw/en", "roa/es", "gmw/de", "roa/fr", "roa/it", "roa/pt", "gmw/nl", "gmq/sv", "zlw/pl")
"""The voices first offered for their languages."""
DRIVER = "storytime_espeak"


class EspeakEngine:
    """eSpeak NG behind pyttsx3, by a driver of our own."""

    def __init__(self) -> None:
        module = types.ModuleType(f"pyttsx3.drivers.{DRIVER}")
        self._driver = EspeakDriver()
        vars(module)["buildDriver"] = lambda _proxy: self._driver
        sys.modules[module.__name__] = module
        self._engine = Pyttsx3Engine(DRIVER)
        self._voices = {voice.id: voice for voice in self._engine.getProperty("voices")}

    def voices(self) -> tuple[VoiceInfo, ...]:
        """Return eSpeak's voices, one good one for each great language first."""
        rank = {name: place for place, name in enumerate(GOOD)}
        ordered = sorted(self._voices, key=lambda name: (rank.get(name, len(GOOD)), name))
        return tuple(
            VoiceInfo(f"espeak:{name}", voice.name, with_primary(*voice.languages), "espeak")
            for name, voice in ((name, self._voices[name]) for name in ordered)
        )

    def render(self, utterance: Utterance) -> Speech:
        """Render the line at once. Raises `NoSuchVoice`, `EngineTrouble`."""
        name = voice_name(utterance.voice)
        if name.partition("+")[0] not in self._voices:
            raise NoSuchVoice(name)
        set_property = self._driver.setProperty
        set_property("voice", name)
        set_property("rate", min(FASTEST, max(SLOWEST, CALM * utterance.rate)))
        set_property("pitch", min(1.0, max(0.0, utterance.pitch)))
        set_property("volume", GAIN * min(1.0, max(0.0, utterance.volume)))
        speech, events = self._driver.render(utterance.text)
        return Speech(speech.samples, speech.rate, words_heard(utterance.text, events))


def words_heard(text: str, events: list[tuple[int, int, float]]) -> tuple[Word, ...]:
    """Return a time for each word of the text that eSpeak told of.

    eSpeak tells of a number in several events, and of "there was" in one; a word is kept once, at its first event.
    """
    times: dict[int, float] = {}
    for start, _length, at in events:
        times.setdefault(start, at)
    words = []
    for found in re.finditer(r"\w+(?:['’]\w+)*", text):
        heard = [at for start, at in times.items() if found.start() <= start < found.end()]
        if heard:
            words.append(Word(found.start(), len(found.group()), min(heard)))
    return tuple(words)

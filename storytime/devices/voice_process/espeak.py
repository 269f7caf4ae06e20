"""eSpeak NG as an engine: small, on every machine, in every language, with word times."""

from __future__ import annotations

import re
import sys
import types

from pyttsx3.engine import Engine as Pyttsx3Engine

from storytime.core.ports import Utterance, VoiceInfo, Word
from storytime.devices.voice_process.engine import NoSuchVoice, Speech, voice_name, with_primary
from storytime.devices.voice_process.espeak_driver import EspeakDriver
from storytime.devices.voice_process.espeak_sounds import PHONEMES, EspeakSounds

CALM = 126
"""eSpeak's words a minute at `rate` 1: with a story's pauses, 130 to 147 a minute are heard in the shipped stories."""
SLOWEST, FASTEST = 80, 450
GAIN = 0.68
"""Brings eSpeak to some -24 LUFS in English, Spanish and German, for what is too short to be measured."""
GOOD = ("gmw/en-US", "gmw/en", "roa/es", "gmw/de", "roa/fr", "roa/it", "roa/pt", "gmw/nl", "gmq/sv", "zlw/pl")
"""The voices first offered for their languages."""
DRIVER = "storytime_espeak"
Moved = tuple[int, int, int, int]
"""Begin and end of sounds in the text for eSpeak, then of their words as written."""


class EspeakEngine:
    """eSpeak NG behind pyttsx3, by a driver of our own."""

    def __init__(self) -> None:
        module = types.ModuleType(f"pyttsx3.drivers.{DRIVER}")
        self._driver = EspeakDriver()
        vars(module)["buildDriver"] = lambda _proxy: self._driver
        sys.modules[module.__name__] = module
        self._engine = Pyttsx3Engine(DRIVER)
        self._sounds = EspeakSounds(self._driver.espeak)
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
        text, moved = self._with_sounds(utterance)
        speech, events = self._driver.render(text, PHONEMES if moved else 0)
        return Speech(speech.samples, speech.rate, words_heard(utterance.text, _moved_back(events, moved)))

    def _with_sounds(self, utterance: Utterance) -> tuple[str, list[Moved]]:
        """Return the text with given sounds in eSpeak's letters, and where they stand."""
        if not utterance.sounds:
            return utterance.text, []
        text, moved, at = "", [], 0
        for given in utterance.sounds:
            named = self._sounds.named(given.ipa, voice_name(utterance.voice))
            text += utterance.text[at : given.start]
            at = given.start + given.length
            if named:
                moved.append((len(text), len(text) + len(named) + 4, given.start, at))
                text += f"[[{named}]]"
            else:
                text += utterance.text[given.start : at]
        return text + utterance.text[at:], moved


def _moved_back(events: list[tuple[int, int, float]], moved: list[Moved]) -> list[tuple[int, int, float]]:
    """Return the events with places in the words as they are written."""
    back = []
    for start, length, at in events:
        inside = next((one for one in moved if one[0] <= start < one[1]), None)
        before = [one for one in moved if one[1] <= start]
        place = inside[2] if inside else start + (before[-1][3] - before[-1][1] if before else 0)
        back.append((place, length, at))
    return back


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

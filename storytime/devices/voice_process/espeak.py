"""eSpeak NG as an engine: small, on every machine, in every language, with word times."""

from __future__ import annotations

import re
import sys
import types
from typing import TYPE_CHECKING

from pyttsx3.engine import Engine as Pyttsx3Engine

from storytime.core.ports import Utterance, VoiceInfo, Word
from storytime.devices.voice_process.engine import NoSuchVoice, Speech, voice_name, with_primary
from storytime.devices.voice_process.espeak_driver import EspeakDriver
from storytime.devices.voice_process.espeak_sounds import PHONEMES, EspeakSounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CALM = 126
"""eSpeak's words a minute at `rate` 1: with a story's pauses, 130 to 147 a minute are heard in the shipped stories."""
SLOWEST, FASTEST = 80, 450
GAIN = 0.68
"""Brings eSpeak to some -24 LUFS in English, Spanish and German, for what is too short to be measured."""
GOOD = ("gmw/en-US", "gmw/en", "roa/es", "gmw/de", "roa/fr", "roa/it", "roa/pt", "gmw/nl", "gmq/sv", "zlw/pl")
"""The voices first offered for their languages."""
DRIVER = "storytime_espeak"
SSML = 0x10
"""eSpeak's flag: the text is marked up (Speech Synthesis Markup Language 1.1, W3C)."""
STRESS = '<prosody rate="80%" pitch="+20%" volume="+3dB">', "</prosody>"
"""Longer, higher and a little louder. eSpeak's own `<emphasis>` also bends the melody of all that follows."""
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
Put = tuple[int, int, str]
"""Begin and end of a place in a text, and what is put there for eSpeak."""
Moved = tuple[int, int, int, int]
"""Begin and end of what was put into the text for eSpeak, then of what it stands for as written."""


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
        text, moved = put_in(utterance.text, [*self._sounds_in(utterance), *_stress_in(utterance)])
        flags = (PHONEMES if utterance.sounds and moved else 0) | (SSML if utterance.stressed else 0)
        speech, events = self._driver.render(text, flags)
        return Speech(speech.samples, speech.rate, words_heard(utterance.text, _moved_back(events, moved)))

    def _sounds_in(self, utterance: Utterance) -> Iterator[Put]:
        """Yield given sounds in eSpeak's letters, for the words that they stand for."""
        for given in utterance.sounds:
            if named := self._sounds.named(given.ipa, voice_name(utterance.voice)):
                yield given.start, given.start + given.length, f"[[{named}]]"


def _stress_in(utterance: Utterance) -> Iterator[Put]:
    """Yield the marks around what is said with emphasis, and what marked up text wants written otherwise."""
    for one in utterance.stressed:
        yield one.start, one.start, STRESS[0]
        yield one.end, one.end, STRESS[1]
    if utterance.stressed:
        yield from ((at, at + 1, ENTITIES[letter]) for at, letter in enumerate(utterance.text) if letter in ENTITIES)


def put_in(text: str, puts: Iterable[Put]) -> tuple[str, list[Moved]]:
    """Return the text with each piece put into its place, and where they stand.

    What would stand inside of another piece comes after it, if it takes no place of its own.
    """
    told, moved, at = "", [], 0
    for begin, end, piece in sorted(puts, key=lambda put: put[:2]):
        if begin < at and begin != end:
            continue
        told += text[at:begin]
        at = max(at, begin)
        moved.append((len(told), len(told) + len(piece), at, max(at, end)))
        told += piece
        at = max(at, end)
    return told + text[at:], moved


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

"""Which of this machine's voices reads a language or a story: the one that was chosen, else the nearest and warmest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storytime.core.errors import NoVoice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storytime.core.ports import Voice, VoiceInfo
    from storytime.core.settings import SettingsStore

SYSTEM = 2
WARMTH = {"hibari": 0, "piper": 1, "espeak": 3}
"""Which engine is the first choice where a family made none: a network, then the system's own voices (SYSTEM), and
last the one that is everywhere."""


class VoiceChoice:
    """Finds the voice for a text.

    `only`, an id or a name, goes before all that was chosen. `child` is whom it is for, by name; None: tonight's.
    """

    def __init__(self, voice: Voice, settings: SettingsStore, only: str = "", child: str | None = None) -> None:
        self._voice = voice
        self._settings = settings
        self._only = only
        self._child = child
        self._known: tuple[VoiceInfo, ...] = ()
        self._found: dict[tuple[str, str], VoiceInfo] = {}

    def voice_for(self, language: str, story: str = "") -> VoiceInfo:
        """Return the voice for a language (BCP 47), or for one story in it.

        The chosen one, of the story, else of the child, else of the language; where it is not there, the nearest.
        Raises `NoVoice`.
        """
        voices = self._voice.voices()
        wanted = self._only or self._chosen(language, story, voices)
        if voices != self._known:
            self._known, self._found = voices, {}
        found = self._found.get((language, wanted)) or self._search(voices, language.lower(), wanted)
        self._found[language, wanted] = found
        return found

    def nearest(self, language: str) -> VoiceInfo:
        """Return the voice that speaks a language where nobody chose one. Raises `NoVoice`."""
        return self._search(self._voice.voices(), language.lower(), "")

    def _understudies(self, voice: str, language: str) -> list[str]:
        """Return the nearest voice of each other engine, the first choice first."""
        nearest: dict[str, str] = {}
        for one in sorted(self._known, key=lambda one: _distance(one, language.lower())):
            nearest.setdefault(one.engine, one.id)
        nearest.pop(voice.partition(":")[0], None)
        return list(nearest.values())

    def _search(self, voices: tuple[VoiceInfo, ...], language: str, wanted: str) -> VoiceInfo:
        asked = wanted.casefold()
        for voice in voices:
            if asked and asked in (voice.id.casefold(), voice.name.casefold()):
                return voice
        if self._only or not voices:
            raise NoVoice(self._only)
        return min(voices, key=lambda voice: _distance(voice, language))

    def _chosen(self, language: str, story: str, voices: tuple[VoiceInfo, ...]) -> str:
        now, tag = self._settings.value, language.lower()
        theirs = now.children.get(now.child if self._child is None else self._child, {})
        here = {one.id for one in voices}
        for own in (now.story_voice.get(story, ""), theirs.get(tag, ""), theirs.get(tag.partition("-")[0], "")):
            if own in here:
                return own
        return now.voice.get(tag) or now.voice.get(tag.partition("-")[0], "")


def by_nearness(voices: Sequence[VoiceInfo], language: str) -> list[VoiceInfo]:
    """Return the voices as they would be taken for a language where nobody chose, the first choice first.

    Those of one name have more of their ids in it: a family may bring one voice in two qualities.
    """
    return sorted(told_apart(voices), key=lambda voice: _distance(voice, language.lower()))


def told_apart(voices: Sequence[VoiceInfo]) -> list[VoiceInfo]:
    """Return the voices with a name of its own for each."""
    alike: dict[str, list[str]] = {}
    for one in voices:
        alike.setdefault(one.name, []).append(_plain_id(one))
    return [
        replace(one, name=f"{one.name} ({_apart(_plain_id(one), alike[one.name])})") if alike[one.name][1:] else one
        for one in voices
    ]


def _plain_id(voice: VoiceInfo) -> str:
    return voice.id.partition(":")[2].partition("#")[0]


def _apart(own: str, ids: Sequence[str]) -> str:
    """Return the last part of an id, such as “medium”, or all of it where others end so too."""
    last = own.rpartition("-")[2]
    return last if sum(one.rpartition("-")[2] == last for one in ids) == 1 else own


def _distance(voice: VoiceInfo, language: str) -> tuple[int, int, int, str]:
    """Order voices for a language: those of its tongue, then English for what nobody here speaks, then the rest.

    Of one tongue the warmer engine comes before the nearer region: a child follows a warm voice from across the sea
    more easily than a flat one from next door.
    """
    tongues = [tag.lower() for tag in voice.languages]
    stem = language.partition("-")[0]
    if language in tongues:
        near = tongues.index(language)
    else:
        near = next((9 + place for place, tongue in enumerate(tongues) if tongue.partition("-")[0] == stem), -1)
    if near >= 0:
        return 0, WARMTH.get(voice.engine, SYSTEM), near, voice.id
    english = any(tongue.startswith("en") for tongue in tongues)
    return (1 if english else 2), WARMTH.get(voice.engine, SYSTEM), 0, voice.id

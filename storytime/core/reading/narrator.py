"""Who reads a line, and how: a line of a story becomes an utterance of the voice this family chose for its language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storytime.core.errors import NoVoice
from storytime.core.ports import Utterance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storytime.core.ports import Voice, VoiceInfo
    from storytime.core.settings import SettingsStore
    from storytime.core.shelf.story import StoryCard

SYSTEM = 2
WARMTH = {"hibari": 0, "piper": 1, "espeak": 3}
"""Which engine is the first choice where a family made none: a network, then the system's own voices (SYSTEM), and
last the one that is everywhere."""


class Narrator:
    """Chooses the voice and its manner; `voice` and `rate` override the settings, as the command line does."""

    def __init__(self, voice: Voice, settings: SettingsStore, *, only: str = "", rate: float | None = None) -> None:
        self._voice = voice
        self._settings = settings
        self._only = only
        self._rate = rate
        self._known: tuple[VoiceInfo, ...] = ()
        self._found: dict[tuple[str, str], VoiceInfo] = {}

    def voice_for(self, language: str) -> VoiceInfo:
        """Return the voice for a language (BCP 47): the chosen one, else the nearest there is. Raises `NoVoice`."""
        voices = self._voice.voices()
        wanted = self._only or self._chosen(language)
        if voices != self._known:
            self._known, self._found = voices, {}
        found = self._found.get((language, wanted)) or self._search(voices, language.lower(), wanted)
        self._found[language, wanted] = found
        return found

    def nearest(self, language: str) -> VoiceInfo:
        """Return the voice that speaks a language where nobody chose one. Raises `NoVoice`."""
        return self._search(self._voice.voices(), language.lower(), "")

    def candidates(self, card: StoryCard, start: int, texts: Sequence[str]) -> list[tuple[Utterance, ...]]:
        """Return for each line from `start` on who may be heard, the dearest first. Raises `NoVoice`."""
        spoken = [self.utterance(text, card.language) for text in texts]
        return [(one,) if one else () for one in spoken]

    def utterance(self, text: str, language: str) -> Utterance | None:
        """Return what is to be rendered; None for text with nothing to say in it, such as a row of stars."""
        if not any(letter.isalnum() for letter in text):
            return None
        now = self._settings.value
        voice = self.voice_for(language).id
        return Utterance(
            " ".join(text.split()),
            voice,
            self._rate if self._rate is not None else now.voice_rate.get(voice, 1.0),
            now.voice_pitch.get(voice, 0.5),
            now.voice_volume.get(voice, 1.0),
        )

    def _search(self, voices: tuple[VoiceInfo, ...], language: str, wanted: str) -> VoiceInfo:
        for voice in voices:
            if wanted and wanted in (voice.id, voice.name):
                return voice
        if self._only or not voices:
            raise NoVoice(self._only)
        return min(voices, key=lambda voice: _distance(voice, language))

    def _chosen(self, language: str) -> str:
        chosen = self._settings.value.voice
        return chosen.get(language.lower()) or chosen.get(language.lower().partition("-")[0], "")


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

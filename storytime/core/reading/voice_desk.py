"""Where a family tries its voices and chooses among them: by language, by story, and each in its own manner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from storytime.core.errors import NoVoice
from storytime.core.reading.children import EVERYBODY
from storytime.core.reading.goodnight import words_of
from storytime.core.reading.narrator import Narrator
from storytime.core.reading.voice_advice import DROP_HERE, findings, languages_of
from storytime.core.reading.voice_choice import by_nearness, told_apart

if TYPE_CHECKING:
    from collections.abc import Callable

    from storytime.core.ports import Utterance, Voice, VoiceInfo
    from storytime.core.reading.voice_advice import Finding
    from storytime.core.settings import SettingsStore
    from storytime.core.shelf.shelf import Shelf

SAMPLE = (40, 130)
"""Characters of a line that is short enough to be tried and long enough to be judged."""
LOOKED_AT = 12
"""Lines of a story among which one is taken."""
PITCHED = ("espeak", "hibari", "piper", "sapi5", "nsss")
"""Engines whose voices can be lower or higher: one by itself, the others by a shift of what they say."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How one voice reads."""

    rate: float = 1.0
    pitch: float = 0.5
    pause: float = 1.0
    warm: bool = False


class VoiceDesk:
    """The voices of this machine, as a family has chosen and tuned them."""

    def __init__(self, settings: SettingsStore, voice: Voice, shelf: Shelf) -> None:
        self._settings, self._voice, self._shelf = settings, voice, shelf
        # Whoever tonight's stories are for: this is where each choice is made by itself.
        self._narrator = Narrator(voice, settings, child=EVERYBODY)

    def languages(self) -> list[str]:
        """Return the languages on the shelf, then the others that somebody here speaks."""
        spoken = sorted({tag.partition("-")[0] for one in self._voice.voices() for tag in one.languages[:1]})
        return list(dict.fromkeys((*languages_of(self._shelf), *spoken)))

    def shelved(self) -> list[str]:
        """Return the languages on the shelf alone."""
        return languages_of(self._shelf)

    def of(self, language: str) -> list[VoiceInfo]:
        """Return the voices that speak a language, the one that would read it by itself first."""
        spoken = [one for one in self._voice.voices() if any(tag.split("-")[0] == language for tag in one.languages)]
        return by_nearness(spoken, language)

    def names(self) -> dict[str, str]:
        """Return the names of all voices by id, each its own."""
        return {one.id: one.name for one in told_apart(self._voice.voices())}

    def reader_of(self, language: str, story: str = "") -> VoiceInfo | None:
        """Return who reads a language, or a story in it; None where nobody can."""
        try:
            return self._narrator.voice_for(language, story)
        except NoVoice:
            return None

    def choose(self, language: str, voice: str) -> None:
        """Let this voice read a language."""
        self._settings.change(voice={**self._settings.value.voice, language: voice})

    def chosen_for_stories(self) -> list[tuple[int, str, str]]:
        """Return the stories with a voice of their own: id, title and voice id, by title."""
        own = self._settings.value.story_voice
        return sorted(
            ((card.id, card.title, own[str(card.id)]) for card in self._shelf.cards() if str(card.id) in own),
            key=lambda one: one[1].casefold(),
        )

    def choose_for_story(self, story: int, voice: str) -> None:
        """Let this voice read one story; with "" whoever reads its language."""
        others = {one: id for one, id in self._settings.value.story_voice.items() if one != str(story)}
        self._settings.change(story_voice={**others, str(story): voice} if voice else others)

    def manner(self, voice: str) -> Manner:
        """Return how a voice reads."""
        now = self._settings.value
        return Manner(
            now.voice_rate.get(voice, 1.0), now.voice_pitch.get(voice, 0.5), now.voice_pause.get(voice, 1.0),
            now.voice_warmth.get(voice, False),
        )

    def tune(self, voice: str, what: str, value: float | bool) -> None:
        """Change a voice's `rate` (0.6 to 1.4), `pitch` (0 to 1), `pause` (0.5 to 2) or `warmth` (whether)."""
        field = f"voice_{what}"
        kept: dict[str, Any] = getattr(self._settings.value, field)
        self._settings.change(**{field: {**kept, voice: value}})

    def sample(self, voice: str, language: str) -> Utterance | None:
        """Return a line from a story in that language, as the voice would read it; None where it is gone."""
        return self._said(self._line(language), voice, language)

    def said_so(self, word: str, saying: str, voice: str, language: str) -> Utterance | None:
        """Return a word as a voice would say it with this saying, whether that is kept or not."""
        return self._said(word, voice, language, {word: saying})

    def _said(
        self, text: str, voice: str, language: str, sayings: dict[str, str] | None = None
    ) -> Utterance | None:
        try:
            return Narrator(self._voice, self._settings, only=voice).utterance(text, language, sayings=sayings)
        except NoVoice:
            return None

    def findings(self, name_of: Callable[[str], str]) -> list[Finding]:
        """Return what is missing among the voices, and what to do."""
        voices = self._voice.voices()
        return findings(
            voices, self._voice.troubles(), languages_of(self._shelf), self._settings.value, name_of, drop=DROP_HERE
        )

    def _line(self, language: str) -> str:
        for card in self._shelf.cards():
            if card.language.lower().partition("-")[0] == language:
                lines = (" ".join(line.text.split()) for line in self._shelf.lines(card.id, 1, LOOKED_AT))
                fitting = next((line for line in lines if SAMPLE[0] <= len(line) <= SAMPLE[1]), "")
                if fitting:
                    return fitting
        return words_of(language)

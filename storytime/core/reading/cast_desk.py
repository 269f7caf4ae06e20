"""Where a family gives the speakers of a story their voices, and hears each of them say a line of theirs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storytime.core.errors import NoVoice
from storytime.core.reading.narrator import Narrator
from storytime.core.reading.voice_choice import by_nearness
from storytime.core.shelf.casting import Speakers
from storytime.core.shelf.story import Role

if TYPE_CHECKING:
    from storytime.core.ports import Utterance, Voice, VoiceInfo
    from storytime.core.settings import SettingsStore
    from storytime.core.shelf.casting import Casting, Marks
    from storytime.core.shelf.story import StoryCard

MOST_LINES = 30_000
"""Of a longer book the speakers are not looked for: the window would wait for it."""


class CastDesk:
    """The speakers of one story at a time."""

    def __init__(self, settings: SettingsStore, voice: Voice, casting: Casting) -> None:
        self._voice, self._casting = voice, casting
        self._narrator = Narrator(voice, settings, None, casting)

    def speakers(self, card: StoryCard) -> Speakers:
        """Return who speaks, and whom the story's own words name."""
        if card.lines > MOST_LINES:
            return Speakers(cast=self._casting.cast(card.id))
        return self._casting.speakers(card.id, card.language)

    def voices(self, card: StoryCard) -> list[VoiceInfo]:
        """Return the voices that speak the story's language, the one that would read it by itself first."""
        return by_nearness([one for one in self._voice.voices() if _speaks(one, card)], card.language)

    def given(self, card: StoryCard, voice: str) -> tuple[str, bool]:
        """Return the id of the voice that a cast gives by its id or its name; "" where it is not heard in this story.

        And whether this machine has it at all: it may speak other languages.
        """
        called = [one for one in self._voice.voices() if voice and voice in (one.id, one.name)]
        return next((one.id for one in called if _speaks(one, card)), ""), bool(called)

    def narrator_of(self, card: StoryCard) -> str:
        """Return the name of who reads the story; nothing where nobody can."""
        try:
            return self._narrator.voice_for(card.language, str(card.id)).name
        except NoVoice:
            return ""

    def give_voice(self, card: StoryCard, speaker: str, voice: str) -> None:
        """Let a speaker have a voice; "" is the narrator's."""
        role = self._casting.cast(card.id).get(speaker, Role())
        self._casting.give(card.id, speaker, replace(role, voice=voice))

    def give_pitch(self, card: StoryCard, speaker: str, pitch: float) -> None:
        """Let a speaker sound lower or higher, 0 to 1."""
        role = self._casting.cast(card.id).get(speaker, Role())
        self._casting.give(card.id, speaker, replace(role, pitch=pitch))

    def sample(self, card: StoryCard, speaker: str) -> Utterance | None:
        """Return a speaker's own words as they would be heard; None where they have none, or nobody can say them."""
        found = self._casting.sample(card.id, card.language, speaker)
        role = self._casting.cast(card.id).get(speaker, Role())
        try:
            return self._narrator.as_speaker(found[1], card, role) if found else None
        except NoVoice:
            return None

    def accept(self, card: StoryCard) -> Marks:
        """Mark what the story's own words say; return what was before."""
        return self._casting.accept(card.id, card.language)

    def clear(self, card: StoryCard) -> Marks:
        """Take that back; return what was before."""
        return self._casting.clear(card.id, card.language)

    def put_back(self, card: StoryCard, marks: Marks) -> None:
        """Let it be as it was before."""
        self._casting.mark(card.id, marks)


def _speaks(voice: VoiceInfo, card: StoryCard) -> bool:
    stem = card.language.lower().partition("-")[0]
    return any(tag.partition("-")[0] == stem for tag in voice.languages)

"""Who reads a line, and how: the teller of tonight, another one's recording, or the voice chosen for its language."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from storytime.core.errors import NoVoice
from storytime.core.ports import Utterance
from storytime.core.reading.easing import eased
from storytime.core.reading.goodnight import words_of
from storytime.core.reading.names import names_in, names_tonight
from storytime.core.reading.parts import at_rate, in_one, pieces_of
from storytime.core.reading.spoken import NOTHING, Spoken, spoken
from storytime.core.reading.voice_choice import VoiceChoice
from storytime.core.shelf.stress import within

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from storytime.core.ports import Named, Stress, Voice
    from storytime.core.reading.parts import Piece
    from storytime.core.settings import SettingsStore
    from storytime.core.shelf.casting import Casting
    from storytime.core.shelf.story import Role, Span, StoryCard
    from storytime.core.shelf.takes import Take, Takes

MOST_TAKES = 4
"""Recordings of one line that are tried before the machine's voice."""
NO_HEADS: Mapping[int, str] = MappingProxyType({})
NO_SPANS: Mapping[int, tuple[Span, ...]] = MappingProxyType({})
NO_STRESS: Mapping[int, tuple[Stress, ...]] = MappingProxyType({})
PLAIN_PITCH = 0.5
"""The pitch that leaves a voice's own."""
ENDS = ".!?…:;”’\""
"""A heading that ends so wants no dot of ours."""
NOBODY = -1
"""As a teller: no recording is told, and the machine reads everything."""

LEAST_PAUSE, MOST_PAUSE = 0.5, 2.0
"""Factors of the silence after a line."""


class Narrator(VoiceChoice):
    """Chooses who is heard, and the manner of the machine's voice.

    `only` (a voice), `rate`, `teller` and `child` override the settings, as the command line does. Without `takes` the
    machine reads everything; without `casts` nobody but the narrator speaks in a story, and in other languages who
    reads those.
    """

    def __init__(
        self,
        voice: Voice,
        settings: SettingsStore,
        takes: Takes | None = None,
        casts: Casting | None = None,
        *,
        only: str = "",
        rate: float | None = None,
        teller: int | None = None,
        child: str | None = None,
    ) -> None:
        super().__init__(voice, settings, only, child)
        self._takes = None if teller == NOBODY else takes
        self._casts = casts
        self._teller = teller
        self._rate = rate
        self._exact = False
        self._winds_down = False

    def at_night(self) -> Narrator:
        """Return who reads alike, but eases the machine's voice towards the end of a story, if the family wants it."""
        calm = copy(self)
        calm._winds_down = self._settings.value.ease
        return calm

    def in_step(self) -> Narrator:
        """Return who reads alike, and asks when the words of takes are heard whether or not the family follows them."""
        exact = copy(self)
        exact._exact = True
        return exact

    def candidates(
        self,
        card: StoryCard,
        start: int,
        texts: Sequence[str],
        heads: Mapping[int, str] = NO_HEADS,
        spans: Mapping[int, tuple[Span, ...]] = NO_SPANS,
        stressed: Mapping[int, tuple[Stress, ...]] = NO_STRESS,
    ) -> list[tuple[Utterance, ...]]:
        """Return for each line from `start` on who may be heard, the dearest first.

        `heads` are titles of chapters by their first line; the machine says them, and the story's own, a person does as
        they like. `spans` tell who speaks where, and `stressed` what is said with emphasis, by the line. Raises
        `NoVoice`, but not for a story of which something is recorded: that much of it can be told.
        """
        takes = self._takes.of_lines(card.id, start, texts) if self._takes else {}
        names = self._names()
        cast = self._audible(self._casts.cast(card.id)) if spans and self._casts else {}
        told = []
        for line, text in enumerate(texts, start):
            head, heard = self._head(card, heads.get(line, ""), names, opens=line == 0)
            loud = stressed.get(line, ())
            said = self._spoken(text, card, head, names, loud)
            if said and (pieces := pieces_of(text, spans.get(line, ()), cast)):
                said = (*self._by_several(text, pieces, cast, card, head, names, loud), *said)
            if self._winds_down and (factor := eased(line, card.lines)) != 1.0:
                said = tuple(at_rate(one, factor) for one in said)
            if heard:
                said = self._with_head_names(said, heard)
            told.append((*self._recorded(takes.get(line, []), card), *said))
        return told

    def _head(
        self, card: StoryCard, chapter: str, names: Mapping[str, Take], *, opens: bool
    ) -> tuple[str, tuple[Named, ...]]:
        if not self._settings.value.announce:
            return "", ()
        said = [card.title] if opens else []
        if chapter and chapter.casefold() != card.title.casefold():
            said.append(chapter)
        whole = " ".join(one if one.rstrip()[-1:] in ENDS else f"{one.rstrip()}." for one in said)
        heard = names_in(whole, names, self._takes.path) if self._takes else ()
        title = self._speakable(whole, card.language, str(card.id), names=heard)
        return title.text, title.names

    def _with_head_names(self, said: Sequence[Utterance], heard: tuple[Named, ...]) -> tuple[Utterance, ...]:
        """Return each way of a line with the names in its heading, and then as it is, should a recording fail."""
        care = self._settings.value.less_noise
        return tuple(both for one in said for both in (replace(one, head_names=heard, less_noise=care), one))

    def has_recorded(self, story: int) -> bool:
        """Return whether a recorded voice may be heard in a story."""
        return bool(self._takes and self._takes.tellers_of(story))

    def says_names(self) -> bool:
        """Return whether a recorded name may be heard where the machine reads."""
        return bool(self._names())

    def _names(self) -> dict[str, Take]:
        now = self._settings.value
        if not self._takes or not now.recorded_names:
            return {}
        return names_tonight(self._takes.names(), self._teller or now.teller, others=now.other_tellers)

    def _spoken(
        self, text: str, card: StoryCard, head: str, names: Mapping[str, Take], stressed: Sequence[Stress]
    ) -> tuple[Utterance, ...]:
        """Return the line in the chosen voice, and in the nearest voice of another engine, should the first fail.

        Each of them with the recorded names first, and then without, should a recording fail.
        """
        story = str(card.id)
        plain = self._speakable(text, card.language, story, stressed=stressed)
        if not plain.text:
            return ()
        try:
            first = self.voice_for(card.language, story).id
        except NoVoice:
            if self._only or not self.has_recorded(card.id):
                raise
            return ()
        named = names_in(text, names, self._takes.path) if self._takes else ()
        both = (self._speakable(text, card.language, story, names=named, stressed=stressed), plain)
        ways = both if named else (plain,)
        other = None if self._only else self._understudy(first, card.language)
        voices = (first, other.id) if other else (first,)
        return tuple(replace(self._in_voice(way, voice), head=head) for voice in voices for way in ways)

    def _by_several(
        self,
        text: str,
        pieces: Sequence[Piece],
        cast: Mapping[str, Role],
        card: StoryCard,
        head: str,
        names: Mapping[str, Take],
        stressed: Sequence[Stress],
    ) -> list[Utterance]:
        """Return the line with each piece in its voice: with the recorded names first, then without."""
        story = str(card.id)
        narrator = replace(self._in_voice(NOTHING, self.voice_for(card.language, story).id), head=head)
        ways = []
        for heard in (names, {}) if names else ({},):
            told = []
            for piece in pieces:
                words, tongue = text[piece.begin : piece.end], piece.language or card.language
                named = names_in(words, heard, self._takes.path) if self._takes else ()
                loud = within(stressed, piece.begin, piece.end)
                if (said := self._speakable(words, tongue, story, names=named, stressed=loud)).text:
                    told.append((piece, self._in_role(said, cast.get(piece.speaker), tongue, story)))
            if whole := in_one(text, told, narrator):
                ways.append(whole)
        return list(dict.fromkeys(ways))

    def as_speaker(self, text: str, card: StoryCard, role: Role) -> Utterance | None:
        """Return words of a story as somebody with this role says them; None where there is nothing to say."""
        said = self._speakable(text, card.language, str(card.id))
        return self._in_role(said, role, card.language, str(card.id)) if said.text else None

    def _audible(self, cast: Mapping[str, Role]) -> dict[str, Role]:
        """Return who does not sound like the narrator: a voice that is not here makes no difference."""
        here = {name for one in self._voice.voices() for name in (one.id, one.name)}
        return {
            speaker: role
            for speaker, role in cast.items()
            if role.pitch != PLAIN_PITCH or role.pace != 1.0 or (role.voice in here and not self._only)
        }

    def _in_role(self, said: Spoken, role: Role | None, language: str, story: str) -> Utterance:
        """Return words as a speaker says them; without a role, as the narrator does."""
        voice = self.voice_for(language, story)
        if role is None:
            return self._in_voice(said, voice.id)
        wanted = next((one for one in self._known if role.voice and role.voice in (one.id, one.name)), None)
        stem = language.partition("-")[0].lower()
        if wanted and not self._only and any(tag.partition("-")[0].lower() == stem for tag in wanted.languages):
            voice = wanted
        one = self._in_voice(said, voice.id)
        pitch = min(1.0, max(0.0, one.pitch + role.pitch - PLAIN_PITCH))
        return replace(one, pitch=round(pitch, 4), rate=round(one.rate * role.pace, 4))

    def _recorded(self, takes: list[Take], card: StoryCard) -> list[Utterance]:
        """Return the takes of one line as they are to be heard: those of tonight's teller, then the others'."""
        if not takes or not self._takes:
            return []
        now = self._settings.value
        teller = self._teller or now.teller or takes[0].teller
        own = [take for take in takes if take.teller == teller]
        others = [take for take in takes if take.teller != teller] if now.other_tellers else []
        return [
            Utterance(
                " ".join(take.text.split()),
                f"teller:{take.teller}",
                take=self._takes.path(take),
                levels=take.levels,
                care=now.take_care,
                less_noise=now.less_noise,
                guide=_guide(self, take.text, card) if now.follow_words or self._exact else None,
            )
            for take in (*own, *others)[:MOST_TAKES]
        ]

    def utterance(
        self, text: str, language: str, story: str = "", *, sayings: Mapping[str, str] | None = None
    ) -> Utterance | None:
        """Return what is to be rendered; None for text with nothing to say in it, such as a row of stars.

        `sayings` stand in for the family's and the story's, for a word that is being tried.
        """
        said = self._speakable(text, language, story, sayings)
        return self._in_voice(said, self.voice_for(language, story).id) if said.text else None

    def goodnight(self, language: str) -> tuple[Utterance, ...]:
        """Return the goodnight of a language, or the family's own: with recorded names, then without.

        Raises `NoVoice`.
        """
        words = words_of(language, self._settings.value.goodnight)
        named = names_in(words, self._names(), self._takes.path) if self._takes else ()
        ways = [self._speakable(words, language, "", names=heard) for heard in dict.fromkeys((named, ()))]
        return tuple(self._in_voice(way, self.voice_for(language).id) for way in ways if way.text)

    def _speakable(
        self,
        text: str,
        language: str,
        story: str,
        sayings: Mapping[str, str] | None = None,
        names: Sequence[Named] = (),
        stressed: Sequence[Stress] = (),
    ) -> Spoken:
        """Return the words for a voice; empty where there is nothing to say."""
        if not any(letter.isalnum() for letter in text):
            return NOTHING
        kept = self._settings.value.sayings
        known = {**kept.get("", {}), **kept.get(story, {})} if sayings is None else sayings
        said = spoken(text, language, known, names, stressed).on_one_line()
        return said if any(letter.isalnum() for letter in said.text) else NOTHING

    def pause_factor(self, candidates: Sequence[Utterance]) -> float:
        """Return the factor of the silence after a line, by who is likely heard: of the machine's voices alone."""
        first = next(iter(candidates), None)
        if first is None or first.take:
            return 1.0
        return min(MOST_PAUSE, max(LEAST_PAUSE, self._settings.value.voice_pause.get(first.voice, 1.0)))

    def _in_voice(self, said: Spoken, voice: str) -> Utterance:
        now = self._settings.value
        return Utterance(
            said.text,
            voice,
            self._rate if self._rate is not None else now.voice_rate.get(voice, 1.0),
            now.voice_pitch.get(voice, 0.5),
            now.voice_volume.get(voice, 1.0),
            warm=now.voice_warmth.get(voice, False),
            sounds=said.sounds,
            stressed=said.stressed,
            names=said.names,
            less_noise=bool(said.names) and now.less_noise,
        )


def _guide(narrator: Narrator, text: str, card: StoryCard) -> Utterance | None:
    """Return a take's words as the machine says them; None where it cannot."""
    try:
        return narrator.utterance(text, card.language, str(card.id))
    except NoVoice:
        return None

"""The goodnight: rendered before it is needed, so that its length is known, and spoken once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storytime.core.errors import NoVoice
from storytime.core.signal import Signal

if TYPE_CHECKING:
    from storytime.core.ports import Sound, Speaker, Utterance, Voice
    from storytime.core.reading.narrator import Narrator
    from storytime.core.settings import SettingsStore

WORDS = {
    "en": "Good night. See you in the morning.",
    "es": "Buenas noches. Hasta mañana.",
    "de": "Gute Nacht. Bis morgen früh.",
    "fr": "Bonne nuit. À demain matin.",
    "it": "Buona notte. A domani mattina.",
    "pt": "Boa noite. Até amanhã de manhã.",
    "nl": "Welterusten. Tot morgenochtend.",
    "sv": "God natt. Vi ses i morgon bitti.",
    "da": "Godnat. Vi ses i morgen tidlig.",
    "nb": "God natt. Vi ses i morgen tidlig.",
    "fi": "Hyvää yötä. Nähdään aamulla.",
    "pl": "Dobranoc. Do zobaczenia rano.",
    "cs": "Dobrou noc. Uvidíme se ráno.",
}
TOKEN = 0
"""The goodnight's token in the speaker; lines count from 1."""
TRUSTED = 10
"""Times that its length is told before its sound is looked for again: to look costs words and files."""


def words_of(language: str, own: str = "") -> str:
    """Return the family's own goodnight, else the language's, else the English one."""
    return own.strip() or WORDS.get(language.lower().partition("-")[0], WORDS["en"])


class Goodnight:
    """Says good night in one language."""

    def __init__(self, voice: Voice, speaker: Speaker, narrator: Narrator, settings: SettingsStore) -> None:
        self.started: Signal[()] = Signal()
        self.ended: Signal[bool] = Signal()
        """Spoken whole, or not at all."""
        self._voice = voice
        self._speaker = speaker
        self.narrator = narrator
        self._settings = settings
        self._language = "en"
        self._asked: Utterance | None = None
        self._refused: set[Utterance] = set()
        """Ways in which it could not be said."""
        self._length: float | None = None
        self._trusted = 0
        self._under_way = False
        self._queued = False
        settings.changed.connect(lambda _settings: self._doubt())
        voice.rendered.connect(self._on_rendered)
        voice.failed.connect(self._on_failed)
        speaker.started.connect(self._on_started)
        speaker.ended.connect(self._on_ended)

    def prepare(self, language: str) -> None:
        """Have it rendered in this language."""
        self._language = language
        self._trusted = 0
        utterance = self._utterance()
        self._asked = utterance
        if utterance and not self._voice.ready(utterance):
            self._voice.render(utterance)

    def keep_ready(self, language: str) -> None:
        """Have it rendered in this language if its words were not asked for yet; one that failed is asked for once."""
        self._language = language
        if not self._voice.begun():
            self._voice.warm()
        elif self._utterance() != self._asked:
            self.prepare(language)

    def words(self) -> str:
        """Return what will be said."""
        return words_of(self._language, self._settings.value.goodnight)

    def seconds(self) -> float | None:
        """Return its length, None while it is not known; it is asked for each second, and waits for no voice."""
        self._trusted -= 1
        if self._trusted <= 0 and self._voice.begun():
            sound = self._sound()
            self._length = sound.seconds if sound else None
            self._trusted = TRUSTED if sound else 0
        return self._length

    def say(self) -> None:
        """Speak it as soon as it is there; `ended` follows in any case."""
        self._under_way, self._queued = True, False
        utterance = self._utterance()
        if utterance is None or not self._speaker.available():
            self._end(whole=False)
        elif not self._queue():
            self._voice.render(utterance)

    def stop(self) -> None:
        """Say no more of it; nothing is told."""
        self._under_way = False

    def fail(self) -> None:
        """Give it up, if it is being said, because the output went away."""
        if self._under_way:
            self._end(whole=False)

    def _doubt(self) -> None:
        self._trusted = 0

    def _utterance(self) -> Utterance | None:
        try:
            ways = self.narrator.goodnight(self._language)
        except NoVoice:
            return None
        return next((one for one in ways if one not in self._refused), ways[-1] if ways else None)

    def _sound(self) -> Sound | None:
        utterance = self._utterance()
        return self._voice.ready(utterance) if utterance else None

    def _queue(self) -> bool:
        sound = self._sound()
        if sound and not self._queued:
            self._queued = True
            self._speaker.queue(TOKEN, sound)
        return sound is not None

    def _on_rendered(self, utterance: Utterance, _sound: Sound) -> None:
        if self._under_way and not self._queued and utterance == self._utterance():
            self._queue()

    def _on_failed(self, utterance: Utterance, _why: str) -> None:
        if utterance != self._utterance():
            return
        self._refused.add(utterance)
        self._doubt()
        another = self._utterance()
        if another != utterance:
            # A recorded name failed, which costs no goodnight.
            self.prepare(self._language)
            if self._under_way:
                self._queue()
        elif self._under_way and not self._queued:
            self._end(whole=False)

    def _on_started(self, token: int) -> None:
        if self._under_way and token == TOKEN:
            self.started.emit()

    def _on_ended(self, token: int) -> None:
        if self._under_way and token == TOKEN:
            self._end(whole=True)

    def _end(self, *, whole: bool) -> None:
        self._under_way = False
        self.ended.emit(whole)

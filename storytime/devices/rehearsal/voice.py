"""A voice that makes lengths instead of sound: estimated by the pace model, or taken from a real voice's rendering."""

from __future__ import annotations

import re
import wave
from collections import deque
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from storytime.core.ports import Sound, VoiceInfo, Word
from storytime.core.shelf.pace import seconds_of, words_in
from storytime.core.signal import Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from storytime.core.ports import Utterance
    from storytime.devices.rehearsal.clock import PretendClock

SAMPLE_RATE = 22_050
VOICES = (
    VoiceInfo("pretend:english", "Pretended English", ("en-gb", "en"), "pretend"),
    VoiceInfo("pretend:spanish", "Pretended Spanish", ("es",), "pretend"),
    VoiceInfo("pretend:german", "Pretended German", ("de",), "pretend"),
)


def estimated_seconds(utterance: Utterance) -> float:
    """Return about how long a calm voice takes for the line, in seconds."""
    return seconds_of(max(1, words_in(f"{utterance.head} {utterance.text}")), 0.0, max(0.1, utterance.rate))


class PretendVoice:
    """Keeps `ports.Voice` on a `PretendClock`: each line takes `delay` seconds, one after the other.

    `seconds` gives the length of a line; a ValueError from it fails the line. With a `folder`, silent WAV files of
    that length are really written. With `words`, each word is said to begin where its letters lie in the
    line, in takes only where they have a guide.
    """

    def __init__(
        self,
        clock: PretendClock,
        seconds: Callable[[Utterance], float] = estimated_seconds,
        *,
        delay: float = 0.01,
        voices: Sequence[VoiceInfo] = VOICES,
        folder: Path | None = None,
        words: bool = False,
    ) -> None:
        self.rendered: Signal[Utterance, Sound] = Signal()
        self.failed: Signal[Utterance, str] = Signal()
        self.asked: list[Utterance] = []
        self.spared: set[Utterance] = set()
        self._clock = clock
        self._seconds = seconds
        self._delay = delay
        self._voices = tuple(voices)
        self._folder = folder
        self._words = words
        self._kept: dict[Utterance, Sound] = {}
        self._wishes: deque[Utterance] = deque()
        self._busy: Utterance | None = None

    def warm(self) -> None:
        """Be there at once, as ever."""

    def begun(self) -> bool:
        """Be so from the beginning."""
        return True

    def look_again(self) -> None:
        """Find the same voices again."""

    def voices(self) -> tuple[VoiceInfo, ...]:
        """Return the pretended voices."""
        return self._voices

    def troubles(self) -> dict[str, str]:
        """Return none."""
        return {}

    def ready(self, utterance: Utterance) -> Sound | None:
        """Return the sound if it was rendered."""
        return self._kept.get(utterance)

    def spare(self, utterance: Utterance) -> None:
        """Remember that it is to be kept; nothing is thrown out here."""
        self.spared.add(utterance)

    def render(self, utterance: Utterance) -> None:
        """Ask for the sound; `rendered` or `failed` follows `delay` seconds after those asked before."""
        if utterance == self._busy or utterance in self._wishes:
            return
        self.asked.append(utterance)
        self._wishes.append(utterance)
        self._begin_next()

    def forget(self) -> None:
        """Drop every wish not yet begun."""
        self._wishes.clear()

    def rest(self) -> None:
        """Hold nothing anyway."""

    def close(self) -> None:
        """Drop every wish."""
        self.forget()

    def _begin_next(self) -> None:
        if self._busy is None and self._wishes:
            self._busy = self._wishes.popleft()
            self._clock.after(self._delay, self._done)

    def _done(self) -> None:
        utterance, self._busy = self._busy, None
        assert utterance is not None
        try:
            sound = self._kept.get(utterance) or self._sound(utterance)
        except ValueError as error:
            self._begin_next()
            self.failed.emit(utterance, str(error))
            return
        self._kept[utterance] = sound
        self._begin_next()
        self.rendered.emit(utterance, sound)

    def _sound(self, utterance: Utterance) -> Sound:
        seconds = self._seconds(utterance)
        frames = round(seconds * SAMPLE_RATE)
        told = self._words and (utterance.take is None or utterance.guide is not None)
        words = _evenly(utterance.text, seconds) if told else ()
        if self._folder is None:
            return Sound(Path("pretended.wav"), frames, SAMPLE_RATE, words)
        path = self._folder / f"{sha256(repr(utterance).encode()).hexdigest()[:16]}.wav"
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(SAMPLE_RATE)
            file.writeframes(bytes(2 * frames))
        return Sound(path, frames, SAMPLE_RATE, words)


def _evenly(text: str, seconds: float) -> tuple[Word, ...]:
    share = seconds / max(1, len(text))
    return tuple(Word(found.start(), len(found.group()), found.start() * share) for found in re.finditer(r"\w+", text))

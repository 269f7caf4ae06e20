"""Piper's voices as an engine: networks that a family brought as files, fed with eSpeak NG's sounds.

A network is loaded when its first line comes, and the two that spoke last stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime

from storytime.core.reading.goodnight import words_of
from storytime.core.reading.piper_voice import BEGIN, END, PAD, voices_in
from storytime.devices.voice_process.engine import CannotSay, EngineTrouble, NoSuchVoice, Speech, voice_name
from storytime.devices.voice_process.ipa import plain
from storytime.devices.voice_process.network import opened
from storytime.devices.voice_process.phonemes import Phonemes

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from storytime.core.ports import Utterance, VoiceInfo
    from storytime.core.reading.piper_voice import PiperVoice

CALM = 7.6
"""Sounds a second at `rate` 1. Voices differ in their own pace by a half, so each is measured when it is loaded; so
many a second, with a story's pauses, are some 140 words a minute."""
SHORTEST, LONGEST = 0.4, 3.0
"""Factors of the natural length that a network is asked for."""
COMFORT, MOST_SOUNDS = 120, 240
"""Sounds after which a line is cut at a clause, or anywhere: a network takes some 25 MB for every second that it makes
at once."""
AT_ONCE = 2
"""Networks in memory."""
SEED = 7
PIECE = re.compile(r"[^.!?]*[.!?]*\s*")
CLAUSE = re.compile(r"(?<=[,;:]) ")
SILENT = frozenset(" .,;:!?'\"()-ˈˌː")


@dataclass(slots=True)
class Loaded:
    """A network in memory."""

    session: Any
    crowd: bool
    """It asks who of several speaks."""
    slower: float = 1.0
    """What brings its own pace to the calm one: a factor of length."""


class PiperEngine:
    """The voices in a folder."""

    def __init__(self, folder: Path) -> None:
        self._voices = {voice.id: voice for voice in voices_in(folder)}
        self._phonemes: Phonemes | None = None
        self._loaded: OrderedDict[str, Loaded] = OrderedDict()

    def voices(self) -> tuple[VoiceInfo, ...]:
        """Return the voices, of those with a crowd in them the first speakers."""
        return tuple(info for voice in self._voices.values() for info in voice.infos())

    def render(self, utterance: Utterance) -> Speech:
        """Render the line. Raises `NoSuchVoice`, `CannotSay`, `EngineTrouble`."""
        family, _, who = voice_name(utterance.voice).partition("#")
        voice = self._voices.get(family)
        speakers = dict(voice.speakers) if voice else {}
        if voice is None or (who and who not in speakers):
            raise NoSuchVoice(utterance.voice)
        loaded = self._load(voice)
        speaker = speakers.get(who, 0)
        slower = loaded.slower / max(0.1, utterance.rate)
        pieces = _cut(self._sounds(utterance, voice))
        parts = [self._synthesize(loaded, voice, piece, slower, speaker) for piece in pieces if _ids(piece, voice)]
        if not parts:
            raise CannotSay("this voice knows none of these letters")
        samples = np.concatenate(parts) * min(1.0, max(0.0, utterance.volume))
        return Speech(np.rint(np.clip(samples, -1.0, 1.0) * 32767).astype("<i2").tobytes(), voice.rate)

    def _load(self, voice: PiperVoice) -> Loaded:
        loaded = self._loaded.get(voice.id)
        if loaded is None:
            session = _session(voice.model)
            loaded = Loaded(session, any(one.name == "sid" for one in session.get_inputs()))
            self._measure(loaded, voice)
            self._loaded[voice.id] = loaded
            while len(self._loaded) > AT_ONCE:
                self._loaded.popitem(last=False)
        self._loaded.move_to_end(voice.id)
        return loaded

    def _measure(self, loaded: Loaded, voice: PiperVoice) -> None:
        """Have it say good night, and learn from its own pace what makes it calm."""
        sounds = self._spoken(words_of(voice.languages[0]), voice)
        seconds = len(self._synthesize(loaded, voice, sounds, 1.0, 0)) / voice.rate
        count = sum(one not in SILENT and one in voice.ids for one in sounds)
        if seconds > 0 and count:
            loaded.slower = min(LONGEST, max(SHORTEST, count / seconds / CALM))

    def _sounds(self, utterance: Utterance, voice: PiperVoice) -> str:
        """Return the sounds of a line, with those that a family gave where it gave some."""
        said, at = [], 0
        for given in utterance.sounds:
            said += [self._spoken(utterance.text[at : given.start], voice), plain(given.ipa)]
            at = given.start + given.length
        said.append(self._spoken(utterance.text[at:], voice))
        return re.sub(r" ([,.;:!?])", r"\1", " ".join(one for one in said if one))

    def _spoken(self, text: str, voice: PiperVoice) -> str:
        if voice.kind == "text":
            return unicodedata.normalize("NFD", text.lower())
        if self._phonemes is None:
            self._phonemes = Phonemes()
        sounds = self._phonemes.of(text, voice.espeak)
        return "".join(voice.replaced.get(one, one) for one in sounds)

    def _synthesize(
        self, loaded: Loaded, voice: PiperVoice, sounds: str, slower: float, speaker: int
    ) -> NDArray[np.float32]:
        ids = _ids(sounds, voice)
        length = voice.length * min(LONGEST, max(SHORTEST, slower))
        given: dict[str, NDArray[Any]] = {
            "input": np.asarray([ids], np.int64),
            "input_lengths": np.asarray([len(ids)], np.int64),
            "scales": np.asarray([voice.noise, length, voice.noise_length], np.float32),
        }
        if loaded.crowd:
            given["sid"] = np.asarray([speaker], np.int64)
        try:
            samples = np.asarray(loaded.session.run(None, given)[0], np.float32).reshape(-1)
        except Exception as trouble:  # onnxruntime raises what it likes
            raise EngineTrouble(f"its network gave up ({type(trouble).__name__})") from trouble
        if not np.isfinite(samples).all():
            raise EngineTrouble("its network gave no numbers")
        return samples


def _session(model: Path) -> Any:
    # The breath in a voice is noise; begun from the same number, so that its pace is measured the same each time.
    onnxruntime.set_seed(SEED)
    try:
        return opened(str(model))
    except Exception as trouble:
        raise EngineTrouble(f"its network cannot be loaded ({type(trouble).__name__})") from trouble


def _ids(sounds: str, voice: PiperVoice) -> list[int]:
    """Return the numbers of the sounds as Piper's networks learned them: ^ _ s _ s _ $; nothing where none is known."""
    pad = voice.ids[PAD]
    known = [number for one in sounds if one not in (BEGIN, PAD, END) for number in (*voice.ids.get(one, ()), *pad)
             if one in voice.ids]
    if not any(one in voice.ids and one not in SILENT for one in sounds):
        return []
    return [*voice.ids[BEGIN], *pad, *known, *voice.ids[END]]


def _cut(sounds: str) -> list[str]:
    """Return sentences, and of a long one its clauses, or pieces of it if it has none."""
    pieces = []
    for sentence in PIECE.findall(sounds):
        while len(sentence) > COMFORT:
            clauses = [found.end() for found in CLAUSE.finditer(sentence, 0, COMFORT)]
            if not clauses and len(sentence) <= MOST_SOUNDS:
                break
            end = clauses[-1] if clauses else sentence.rfind(" ", 1, MOST_SOUNDS) + 1 or MOST_SOUNDS
            pieces.append(sentence[:end])
            sentence = sentence[end:]
        pieces.append(sentence)
    return [piece.strip() for piece in pieces if piece.strip()]

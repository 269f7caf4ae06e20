"""Piper's voices as an engine: networks that a family brought as files, fed with eSpeak NG's sounds.

A network is loaded when its first line comes, and the two that spoke last stay. How long it holds each sound is asked
of it, so that the times of words are its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime

from storytime.core.ports import Word
from storytime.core.reading.goodnight import words_of
from storytime.core.reading.piper_voice import BEGIN, END, PAD, voices_in
from storytime.devices.voice_process.engine import CannotSay, EngineTrouble, NoSuchVoice, Speech, voice_name
from storytime.devices.voice_process.graph import with_output
from storytime.devices.voice_process.ipa import plain
from storytime.devices.voice_process.network import opened
from storytime.devices.voice_process.phonemes import Phonemes
from storytime.devices.voice_process.word_sounds import MARK, marked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from storytime.core.ports import Utterance, VoiceInfo
    from storytime.core.reading.piper_voice import PiperVoice

CALM = 7.6
"""Sounds a second at `rate` 1. Voices differ in their own pace by a half, so each is measured when it is loaded; so
many a second, with a story's pauses, are some 140 words a minute."""
SHORTEST, LONGEST = 0.4, 3.0
"""Factors of the natural length that a network is asked for."""
COMFORT, MOST_SOUNDS = 140, 280
"""Sounds, with the marks of words, after which a line is cut at a clause, or anywhere: a network takes some 25 MB for
every second that it makes at once."""
AT_ONCE = 2
"""Networks in memory."""
SEED = 7
DURATIONS = "/Ceil_output_0"
"""Inside the graph: how long each sound lasts, in frames of its own."""
PIECE = re.compile(r"[^.!?]*[.!?]*\s*")
CLAUSE = re.compile(r"(?<=[,;:]) ")
SILENT = frozenset(" .,;:!?'\"()-ˈˌː")


@dataclass(slots=True)
class Loaded:
    """A network in memory."""

    session: Any
    crowd: bool
    """It asks who of several speaks."""
    times: bool
    """It tells how long each sound lasts, after all else."""
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
        sounds, places = self._sounds(utterance, voice)
        parts, words, begin, marks = [], [], 0.0, 0
        for piece in _cut(sounds):
            own, marks = places[marks : marks + piece.count(MARK)], marks + piece.count(MARK)
            if _ids(piece, voice)[0]:
                samples, times = self._synthesize(loaded, voice, piece, slower, speaker)
                words += [Word(*place, begin + at) for place, at in zip(own, times, strict=False)]
                parts.append(samples)
                begin += len(samples) / voice.rate
        if not parts:
            raise CannotSay("this voice knows none of these letters")
        whole = np.concatenate(parts) * min(1.0, max(0.0, utterance.volume))
        return Speech(np.rint(np.clip(whole, -1.0, 1.0) * 32767).astype("<i2").tobytes(), voice.rate, tuple(words))

    def _load(self, voice: PiperVoice) -> Loaded:
        loaded = self._loaded.get(voice.id)
        if loaded is None:
            session = _session(voice.model)
            crowd = any(one.name == "sid" for one in session.get_inputs())
            loaded = Loaded(session, crowd, any(one.name == DURATIONS for one in session.get_outputs()))
            self._measure(loaded, voice)
            self._loaded[voice.id] = loaded
            while len(self._loaded) > AT_ONCE:
                self._loaded.popitem(last=False)
        self._loaded.move_to_end(voice.id)
        return loaded

    def _measure(self, loaded: Loaded, voice: PiperVoice) -> None:
        """Have it say good night, and learn from its own pace what makes it calm."""
        sounds = self._spoken(words_of(voice.languages[0]), voice)
        seconds = len(self._synthesize(loaded, voice, sounds, 1.0, 0)[0]) / voice.rate
        count = sum(one not in SILENT and one in voice.ids for one in sounds)
        if seconds > 0 and count:
            loaded.slower = min(LONGEST, max(SHORTEST, count / seconds / CALM))

    def _sounds(self, utterance: Utterance, voice: PiperVoice) -> tuple[str, list[tuple[int, int]]]:
        """Return the sounds of a line, with those that a family gave where it gave some, and the words marked in it.

        A word with a sound that the network never learned is said as it is written.
        """
        said: list[str] = []
        words: list[tuple[int, int]] = []
        at = 0
        known = [given for given in utterance.sounds if _knows(voice, plain(given.ipa))]
        for given in (*known, None):
            until = given.start if given else len(utterance.text)
            for begin, clause, sounds in self._clauses(utterance.text[at:until], voice):
                with_marks, found = marked(clause, sounds, lambda word: self._spoken(word, voice))
                said.append(with_marks)
                words += [(at + begin + start, length) for start, length in found]
            if given:
                said.append(MARK + plain(given.ipa))
                words.append((given.start, given.length))
                at = given.start + given.length
        return re.sub(r" ([,.;:!?])", r"\1", " ".join(one for one in said if one)), words

    def _spoken(self, text: str, voice: PiperVoice) -> str:
        return " ".join(sounds for _, _, sounds in self._clauses(text, voice))

    def _clauses(self, text: str, voice: PiperVoice) -> Iterator[tuple[int, str, str]]:
        """Yield of each clause where it begins, itself, and its sounds."""
        if voice.kind == "text":
            if text:
                yield 0, text, unicodedata.normalize("NFD", text.lower())
            return
        if self._phonemes is None:
            self._phonemes = Phonemes()
        try:
            for begin, clause, sounds in self._phonemes.clauses(text, voice.espeak):
                yield begin, clause, "".join(voice.replaced.get(one, one) for one in sounds)
        except NoSuchVoice as trouble:
            # The voice is here; what it learned its sounds from is not.
            raise EngineTrouble(f"eSpeak NG knows no “{voice.espeak}”") from trouble

    def _synthesize(
        self, loaded: Loaded, voice: PiperVoice, sounds: str, slower: float, speaker: int
    ) -> tuple[NDArray[np.float32], list[float]]:
        """Return the samples, and the seconds at which the marked sounds begin where the network tells."""
        ids, marks = _ids(sounds, voice)
        length = voice.length * min(LONGEST, max(SHORTEST, slower))
        given: dict[str, NDArray[Any]] = {
            "input": np.asarray([ids], np.int64),
            "input_lengths": np.asarray([len(ids)], np.int64),
            "scales": np.asarray([voice.noise, length, voice.noise_length], np.float32),
        }
        if loaded.crowd:
            given["sid"] = np.asarray([speaker], np.int64)
        try:
            made = loaded.session.run(None, given)
            samples = np.asarray(made[0], np.float32).reshape(-1)
        except Exception as trouble:  # onnxruntime raises what it likes
            raise EngineTrouble(f"its network gave up ({type(trouble).__name__})") from trouble
        if not np.isfinite(samples).all():
            raise EngineTrouble("its network gave no numbers")
        lengths = np.asarray(made[-1], float).reshape(-1) if loaded.times else np.zeros(0)
        if len(lengths) != len(ids) or not 0 < lengths.sum() < np.inf:
            return samples, []
        begins = (np.cumsum(lengths) - lengths) * (len(samples) / voice.rate / lengths.sum())
        return samples, [float(begins[mark]) for mark in marks]


def _session(model: Path) -> Any:
    # The breath in a voice is noise; begun from the same number, so that its pace is measured the same each time.
    onnxruntime.set_seed(SEED)
    try:
        return opened(with_output(model.read_bytes(), DURATIONS))
    except Exception:  # onnxruntime raises what it likes; a network that tells no lengths may speak well
        pass
    try:
        return opened(str(model))
    except Exception as trouble:
        raise EngineTrouble(f"its network cannot be loaded ({type(trouble).__name__})") from trouble


def _knows(voice: PiperVoice, sounds: str) -> bool:
    """Return whether a voice has every one of these sounds, and there is one; marks of stress and length are none."""
    heard = [one for one in sounds if one not in SILENT and not unicodedata.combining(one)]
    return bool(heard) and all(one in voice.ids for one in heard)


def _ids(sounds: str, voice: PiperVoice) -> tuple[list[int], list[int]]:
    """Return the numbers of the sounds as Piper's networks learned them, and which of them begin a marked word.

    ^ _ s _ s _ $; nothing where none is known.
    """
    pad = voice.ids[PAD]
    ids, marks = [*voice.ids[BEGIN], *pad], []
    for one in sounds:
        if one == MARK:
            marks.append(len(ids))
        elif one in voice.ids and one not in (BEGIN, PAD, END):
            ids += [*voice.ids[one], *pad]
    if not any(one in voice.ids and one not in SILENT for one in sounds):
        return [], []
    return [*ids, *voice.ids[END]], marks


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

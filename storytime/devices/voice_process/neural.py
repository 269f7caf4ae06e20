"""hibari as an engine: one warm English voice, made by a small network that its wheel brings along.

It offers no other voice than that one, because the others would have to be fetched; and it can fetch nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
from hibari import Hibari, dsp, voices
from hibari.g2p.normalize import normalize
from hibari.tts import MAX_PHONEMES, SAMPLE_RATE

from storytime.core.ports import Utterance, VoiceInfo, Word
from storytime.devices.voice_process.engine import CannotSay, EngineTrouble, NoSuchVoice, Speech
from storytime.devices.voice_process.graph import with_output
from storytime.devices.voice_process.ipa import STRESS, for_hibari
from storytime.devices.voice_process.network import opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

VOICE = VoiceInfo("hibari:heart", "Heart", ("en-us", "en"), "hibari")
CALM = 0.7
"""hibari's speed at `rate` 1: with a story's pauses, 130 to 147 words a minute are heard in the shipped stories."""
SLOWEST, FASTEST = 0.5, 2.0
"""Speeds that the network was made for."""
GAIN = 1.3
"""Brings it near the level that every line is brought to; what is too short to be measured keeps this one."""
DURATIONS = "/Clip_output_0"
"""Inside the graph: how long each phoneme lasts, in frames of its own."""
LATE = 0.08
"""Seconds by which these lengths, added up, run behind the sound."""
SEED = 7
"""The breath in the voice is noise; always the same, so that a line always sounds the same."""
NEAR = 40
"""Letters within which a word must be found again, or it is another one further on."""
WORD = re.compile(r"\w+(?:[.'’]\w+)*")
CLAUSE = re.compile(r"(?<=[,;:—]) ")


class NeuralEngine:
    """The voice that hibari's wheel brings."""

    def __init__(self) -> None:
        voices.download = _never
        path = voices.voice_path("heart", download_missing=False)
        # One thread: the other core is the window's, and one is thirty times as fast as speech.
        self._hibari = Hibari("heart", model=path, threads=1)
        self._session, self._times = self._hibari.sess, False
        self._tell_durations(path)
        # What the first line would wait for.
        self._synthesize(self._phonemes("Good evening.")[0][0], 1.0)

    def voices(self) -> tuple[VoiceInfo, ...]:
        """Return the one voice."""
        return (VOICE,)

    def render(self, utterance: Utterance) -> Speech:
        """Render the line. Raises `NoSuchVoice`, `CannotSay`, `EngineTrouble`."""
        if utterance.voice != VOICE.id:
            raise NoSuchVoice(utterance.voice)
        speed = min(FASTEST, max(SLOWEST, CALM * utterance.rate))
        parts, words, begin = [], [], 0.0
        for phonemes, spans in self._phonemes(_with_sounds(utterance)):
            samples, edges = self._synthesize(phonemes, speed)
            words += [(text, begin + _at(edges, first)) for text, first in spans if first < len(edges)]
            parts.append(samples)
            begin += len(samples) / SAMPLE_RATE
        if not parts:
            raise CannotSay("hibari knows none of these letters")
        samples = np.concatenate(parts) * (GAIN * min(1.0, max(0.0, utterance.volume)))
        if not np.isfinite(samples).all():
            raise EngineTrouble("hibari gave no numbers")
        whole = np.rint(np.clip(samples, -1.0, 1.0) * 32767).astype("<i2").tobytes()
        return Speech(whole, SAMPLE_RATE, tuple(_placed(utterance.text, words)) if self._times else ())

    def _tell_durations(self, path: str) -> None:
        """Have the network tell its phonemes' lengths too; a version that has none by that name gives no word times."""
        with open(path, "rb") as file:
            graph = with_output(file.read(), DURATIONS)
        try:
            self._session = opened(graph)
        except Exception:  # onnxruntime raises what it likes
            return
        self._hibari.sess = self._session
        self._times = True

    def _phonemes(self, text: str) -> list[tuple[str, list[tuple[str, int]]]]:
        """Return pieces that the network takes whole, and in each the words by their first phoneme."""
        pieces: list[tuple[str, list[tuple[str, int]]]] = []
        for sentence in self._hibari.split_sentences(text):
            tokens = self._hibari.g2p.phonemize_tokens(self._hibari.g2p.tokenize(normalize(sentence)))
            phonemes, spans = "", []
            for token in tokens:
                known = "".join(one for one in token.phonemes or "" if one in self._hibari.vocab)
                spans.append((token.text, len(phonemes)))
                phonemes += known + (" " if token.whitespace else "")
            pieces += _cut(phonemes, spans)
        return [piece for piece in pieces if piece[0].strip()]

    def _synthesize(self, phonemes: str, speed: float) -> tuple[NDArray[np.float32], NDArray[Any]]:
        """Return the samples, and where each phoneme begins in seconds."""
        ids = np.asarray([[0, *(self._hibari.vocab[one] for one in phonemes), 0]], np.int64)
        made = self._session.run(None, {"ids": ids, "speed": np.asarray([speed], np.float32)})
        spectra = [one[0] for one in made[:6]]
        samples = dsp.synth(*spectra, np.random.default_rng(SEED))
        if not self._times:
            return samples, np.zeros(0)
        lengths = np.asarray(made[6], float).reshape(-1)
        seconds = lengths * (len(samples) / SAMPLE_RATE / max(1e-9, lengths.sum()))
        # The first of all ids is silence.
        return samples, np.cumsum(seconds)[:-1]


def _with_sounds(utterance: Utterance) -> str:
    """Return the text with sounds that a family gave written as hibari takes them: [word](/sounds/).

    A word of whose sounds it has no likeness stays as it is written.
    """
    text, at = "", 0
    for given in utterance.sounds:
        sounds = for_hibari(given.ipa)
        if not sounds.strip(STRESS):
            continue
        # A dot in the word would end its sentence.
        word = re.sub(r"[^\w'’ ]", "", utterance.text[given.start : given.start + given.length])
        text += utterance.text[at : given.start] + f"[{word}](/{sounds}/)"
        at = given.start + given.length
    return text + utterance.text[at:]


def _never(*_: object) -> str:
    raise NoSuchVoice("hibari’s other voices would have to be fetched")


def _at(edges: NDArray[Any], phoneme: int) -> float:
    return max(0.0, float(edges[phoneme]) - LATE)


def _cut(phonemes: str, spans: list[tuple[str, int]]) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """Yield a sentence in pieces that are short enough, cut at clauses, or anywhere if it has none."""
    while len(phonemes) > MAX_PHONEMES:
        clauses = [found.end() for found in CLAUSE.finditer(phonemes, 0, MAX_PHONEMES)]
        end = clauses[-1] if clauses else phonemes.rfind(" ", 1, MAX_PHONEMES) + 1 or MAX_PHONEMES
        yield phonemes[:end], [one for one in spans if one[1] < end]
        phonemes, spans = phonemes[end:], [(text, first - end) for text, first in spans if first >= end]
    yield phonemes, spans


def _placed(text: str, heard: list[tuple[str, float]]) -> Iterator[Word]:
    """Yield where in the text each word stands; what the engine spelled out otherwise is passed over."""
    # It makes typed apostrophes of printed ones; either is one letter.
    cursor, text = 0, text.replace("’", "'")
    for token, at in heard:
        spoken = WORD.search(token.replace("’", "'"))
        start = text.find(spoken.group(), cursor) if spoken else -1
        if spoken and 0 <= start < cursor + NEAR:
            yield Word(start, len(spoken.group()), at)
            cursor = start + len(spoken.group())

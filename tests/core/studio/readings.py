"""Whole readings with known line times: every clause spoken by a machine, the pauses drawn by lot."""

import json
import re
import subprocess
import sys
from dataclasses import dataclass

import numpy as np

CLAUSE = re.compile(r"(?<=[,;:—])\s+|(?<=[.!?…])[”’\"]?\s+|(?<=[,.!?…]”)\s+")
QUIET = 0.004
"""Below it an engine is silent: some click softly before a quotation mark."""
ESPEAK = """
import json, sys
import numpy as np
from storytime.core.ports import Utterance
from storytime.devices.voice_process.espeak import EspeakEngine
engine = EspeakEngine()
for text, voice, rate in json.load(sys.stdin):
    speech = engine.render(Utterance(text, voice, rate))
    sys.stdout.buffer.write(np.array([speech.rate, len(speech.samples) // 2], "<i4").tobytes() + bytes(speech.samples))
"""
HIBARI = """
import json, sys
import numpy as np
from hibari import Hibari
voice = Hibari()
for text, name, rate in json.load(sys.stdin):
    samples = np.clip(np.asarray(voice(text, speed=rate, seed=1)) * 32767, -32768, 32767).astype("<i2")
    sys.stdout.buffer.write(np.array([24_000, len(samples)], "<i4").tobytes() + samples.tobytes())
"""


@dataclass(frozen=True, slots=True)
class Reading:
    samples: np.ndarray
    rate: int
    gaps: list[tuple[float, float]]
    """The silence before each line but the first, in seconds."""


def clauses(line):
    return [part for part in CLAUSE.split(line) if any(letter.isalnum() for letter in part)] or [line]


def spoken_all(wanted):
    """Speak many texts, each (text, voice, rate), without silence at their ends."""
    script = HIBARI if wanted[0][1].startswith("hibari") else ESPEAK
    asked = json.dumps(wanted).encode()
    raw = subprocess.run([sys.executable, "-c", script], input=asked, capture_output=True, check=True).stdout
    at, sounds, rate = 0, [], 0
    while at < len(raw):
        rate, count = np.frombuffer(raw, "<i4", 2, at)
        samples = np.frombuffer(raw, "<i2", count, at + 8).astype(np.float32) / 32768
        at += 8 + 2 * int(count)
        loud = np.flatnonzero(np.abs(samples) > QUIET)
        sounds.append(samples[loud[0] : loud[-1] + 1] if len(loud) else samples[:0])
    return sounds, int(rate)


def breaths(line, random, unpaused, hesitant):
    """The parts of a line between which its reader rests: at most commas, and now and then where there is none."""
    parts = []
    for clause in clauses(line):
        if parts and random.random() < unpaused:
            parts[-1] += f" {clause}"
        else:
            parts.append(clause)
    for part in parts:
        words = part.split()
        if len(words) > 3 and random.random() < hesitant:
            at = int(random.integers(1, len(words) - 1))
            yield " ".join(words[:at])
            yield " ".join(words[at:])
        else:
            yield part


def read_through(
    lines, voice, speed=1.0, seed=0, *, between=(0.25, 1.2), within=(0.1, 0.5), wobble=0.08, unpaused=0.0, hesitant=0.0
):
    """Read lines one after the other, `speed` changing by `wobble` from line to line."""
    random = np.random.default_rng(seed)
    wanted, starts = [], []
    for line in lines:
        pace = speed * random.uniform(1 - wobble, 1 + wobble)
        for number, clause in enumerate(breaths(line, random, unpaused, hesitant)):
            starts.append(number == 0)
            wanted.append((clause, voice, pace))
    sounds, rate = spoken_all(wanted)
    parts, gaps, at = [], [], 0.0
    for number, (sound, starts_line) in enumerate(zip(sounds, starts, strict=True)):
        pause = random.uniform(0.3, 1.5) if number == 0 else random.uniform(*(between if starts_line else within))
        silent = np.zeros(round(pause * rate), np.float32)
        if starts_line and number:
            gaps.append((at, at + len(silent) / rate))
        parts += [silent, sound]
        at += (len(silent) + len(sound)) / rate
    parts.append(np.zeros(rate // 2, np.float32))
    return Reading(np.concatenate(parts), rate, gaps)


def in_noise(reading, decibels, seed=0):
    """The same reading in a room `decibels` below the voice."""
    random = np.random.default_rng(seed)
    loud = reading.samples[np.abs(reading.samples) > QUIET]
    noise = random.normal(0, 1, len(reading.samples))
    noise = np.convolve(noise, [0.2, 0.6, 0.2], "same")
    noise *= np.sqrt(np.mean(np.square(loud)) / np.mean(np.square(noise))) * 10 ** (-decibels / 20)
    return Reading((reading.samples + noise).astype(np.float32), reading.rate, reading.gaps)

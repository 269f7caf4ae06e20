"""Journals and voices made for tests: nothing is read from elsewhere."""

import json
import subprocess
import sys
from functools import cache

import numpy as np

from storytime.core.ports import Word
from storytime.core.studio.journal import FORMATS, head, read_journal

RATE = 48_000
SAY = """
import json, sys
from storytime.core.ports import Utterance
from storytime.devices.voice_process.espeak import EspeakEngine
speech = EspeakEngine().render(Utterance(sys.argv[1], sys.argv[2], rate=float(sys.argv[3]), pitch=float(sys.argv[4])))
words = [(word.start, word.length, word.at) for word in speech.words]
sys.stdout.buffer.write(json.dumps([speech.rate, words]).encode() + b"\\n" + bytes(speech.samples))
"""


def journal_of(path, samples, kind="s16", rate=RATE):
    """Write a journal of raw samples in its own sample format."""
    path.write_bytes(head({"format": kind, "rate": rate}) + np.asarray(samples).astype(FORMATS[kind]).tobytes())
    return read_journal(path)


def level(samples):
    """RMS in dBFS."""
    return 20 * np.log10(np.sqrt(np.mean(np.square(samples, dtype=np.float64))) + 1e-9)


def at_level(samples, wanted):
    """The same sound at an RMS of `wanted` dBFS."""
    return (samples * 10 ** ((wanted - level(samples)) / 20)).astype(np.float32)


def silence(seconds, rate=RATE):
    return np.zeros(round(seconds * rate), np.float32)


def room(seconds, dbfs, seed=1, rate=RATE):
    """The even noise of a room."""
    return at_level(np.random.default_rng(seed).normal(0, 1, round(seconds * rate)), dbfs)


def tone(seconds, hertz, dbfs, rate=RATE):
    return at_level(np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate), dbfs)


def in_room(voice, before=0.8, after=0.8, dbfs=-70.0, seed=1):
    """A voice that begins after `before` seconds in a room of that noise."""
    whole = np.concatenate([silence(before), voice, silence(after)])
    return whole + room(len(whole) / RATE, dbfs, seed)[: len(whole)]


@cache
def spoken(text="Once upon a time there was a lamp that nobody had lit.", dbfs=-22.0):
    """A voice that reads a text at 48 kHz, without silence at its ends."""
    from storytime.core.studio.filters import resampled

    # eSpeak lets itself be begun once a process, so it speaks in one of its own.
    script = (
        "import sys; from storytime.core.ports import Utterance;"
        "from storytime.devices.voice_process.espeak import EspeakEngine;"
        "speech = EspeakEngine().render(Utterance(sys.argv[1], 'espeak:gmw/en-US'));"
        "sys.stdout.buffer.write(speech.rate.to_bytes(4, 'little') + bytes(speech.samples))"
    )
    told = subprocess.run([sys.executable, "-c", script, text], check=True, capture_output=True).stdout
    samples = np.frombuffer(told, "<i2", offset=4).astype(np.float32) / 32768
    loud = np.flatnonzero(np.abs(samples) > 0.003)
    heard = resampled(samples[loud[0] : loud[-1] + 1], int.from_bytes(told[:4], "little"), RATE)
    return at_level(heard, dbfs)


@cache
def said(text, voice="espeak:gmw/en-US", rate=1.0, pitch=0.5):
    """A text as eSpeak says it: samples, rate, and its words with their times."""
    # eSpeak lets itself be begun once a process, so it speaks in one of its own.
    order = [sys.executable, "-c", SAY, text, voice, str(rate), str(pitch)]
    told, samples = subprocess.run(order, check=True, capture_output=True).stdout.split(b"\n", 1)
    hertz, words = json.loads(told)
    return np.frombuffer(samples, "<i2").astype(np.float32) / 32768, hertz, tuple(Word(*word) for word in words)


def whispered(voice, seed=0):
    """The voice without its voice: its spectrum over time, carried by breath."""
    size, step = 512, 128
    window, random = np.hanning(size), np.random.default_rng(seed)
    breath = np.zeros(len(voice) + size)
    tilt = np.clip(np.fft.rfftfreq(size, 1 / RATE) / 600, 0.05, 1)
    for at in range(0, len(voice) - size, step):
        shape = np.convolve(np.abs(np.fft.rfft(voice[at : at + size] * window)), np.ones(9) / 9, "same") * tilt
        turned = np.fft.irfft(shape * np.exp(2j * np.pi * random.random(len(shape))))
        breath[at : at + size] += window * turned
    return at_level(breath[: len(voice)], level(voice))

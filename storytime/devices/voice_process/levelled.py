"""Bring every line of every engine to one loudness, under one ceiling: what follows a mother's voice is no louder.

It works beside the engine, which makes the next line meanwhile.
"""

from __future__ import annotations

from dataclasses import replace
from math import log10
from typing import TYPE_CHECKING

import numpy as np

from storytime.core.studio import filters
from storytime.core.studio.levelling import CEILING, LOUDNESS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from storytime.devices.voice_process.engine import Speech

SHORTEST = 0.8
"""Seconds of sound from which loudness is known; a shorter line keeps the level that its engine gave it."""
LESSONS = 5
"""Lines of a voice from which is learnt how its plain level is heard: eSpeak's then differ by at most 0.6 LU."""
MOST = 12.0
"""dB, up or down. A line that wants more is something else than speech."""
BETWEEN = 1.0
"""dB under the ceiling at which single samples are held: the true peak lies between them."""
NOTHING = -70.0
"""LUFS at which FFmpeg's measure begins."""
WARM = "treble=g=-5:f=4500:w=0.7"
"""A gentle shelf: what hisses goes down, what is said stays clear."""


class Ear:
    """Hears how loud the voices are.

    FFmpeg measures a voice's first lines (BS.1770), which takes as long as eSpeak takes to say them. Between that and
    the plain level of the same blocks lies, for one voice, always nearly the same: once learnt, it is added.
    """

    def __init__(self) -> None:
        self._learnt: dict[str, list[float]] = {}

    def loudness(self, samples: NDArray[np.float32], rate: int, voice: str) -> float | None:
        """Return the loudness (LUFS) of a line of a voice; None where too little sounds."""
        level = plain_level(samples, rate)
        if level is None:
            return None
        learnt = self._learnt.setdefault(voice, [])
        if len(learnt) >= LESSONS:
            return level + sum(learnt) / len(learnt)
        measured = _measured(samples, rate)
        if measured is not None:
            learnt.append(measured - level)
        return measured


def levelled(speech: Speech, ear: Ear, voice: str = "", volume: float = 1.0, *, warm: bool = False) -> Speech:
    """Return the speech at `LOUDNESS` (LUFS) under `CEILING` (dBTP), or as far below as `volume` (0 to 1) says."""
    samples = np.frombuffer(speech.samples, "<i2").astype(np.float32) / np.float32(32768)
    if not len(samples) or volume <= 0:
        return speech
    if warm:
        samples = filters.through(samples, speech.rate, WARM)[: len(samples)]
    loud = ear.loudness(samples, speech.rate, f"{voice} warm" if warm else voice)
    if loud is not None:
        gain = max(-MOST, min(MOST, LOUDNESS + 20 * log10(volume) - loud))
        samples = samples * np.float32(10 ** (gain / 20))
    samples = _under(samples, speech.rate)
    whole = np.rint(np.clip(samples, -1.0, 32767 / 32768) * 32768).astype("<i2")
    return replace(speech, samples=whole.tobytes())


def plain_level(samples: NDArray[np.float32], rate: int) -> float | None:
    """Return the level (dBFS) of what sounds, in the blocks and with the gates of BS.1770, but unweighted."""
    step = round(rate / 10)
    if len(samples) < SHORTEST * rate:
        return None
    steps = samples[: len(samples) // step * step].reshape(-1, step)
    power = np.einsum("ij,ij->i", steps, steps) / step
    blocks = (power[:-3] + power[1:-2] + power[2:-1] + power[3:]) / 4
    heard = blocks[blocks > 10 ** (NOTHING / 10)]
    if not len(heard):
        return None
    return float(10 * np.log10(heard[heard > heard.mean() / 10].mean()))


def _measured(samples: NDArray[np.float32], rate: int) -> float | None:
    said: dict[str, str] = {}
    # The measure speaks after every tenth of a second that is full.
    whole = np.concatenate([samples, np.zeros(-len(samples) % round(rate / 10), np.float32)])
    for frame in filters.frames(whole, rate, "ebur128=metadata=1"):
        said = frame.metadata or said
    lufs = float(said.get("lavfi.r128.I", NOTHING))
    return lufs if lufs > NOTHING else None


def _under(samples: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """Return the samples with their few highest peaks held by FFmpeg's limiter."""
    top = 10 ** ((CEILING - BETWEEN) / 20)
    if float(np.abs(samples).max()) <= top:
        return samples
    limiter = f"alimiter=limit={top:.4f}:attack=3:release=40:level=0:latency=1"
    held = filters.through(samples, rate, limiter)[: len(samples)]
    return held * np.float32(min(1.0, top / max(1e-6, float(np.abs(held).max()))))

"""Where a recording speaks and where it rests, in steps of a hundredth of a second."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from storytime.core.studio import filters

if TYPE_CHECKING:
    from numpy.typing import NDArray

STEP = 0.01
"""Seconds."""
HERTZ = 16_000
"""Rate at which voices are sought: all that tells a voice from a room lies below 8 kHz."""
RUMBLE = "highpass=f=90"
NOTHING = -120.0
"""dBFS of digital silence."""
LEVEL_FOR_VAD = -22.0
"""dBFS to which the loud tenth of a recording is brought, so that a whisper is judged like a voice."""
STRICT = 1
"""How sure the voice detector must be, 0 to 3. Surer ones lose soft beginnings and ends."""
ABOVE_ROOM = 6.0
"""dB by which speech stands out of its room."""
BELOW_VOICE = 45.0
"""dB under the loud tenth; softer is breath, or what a gate has left."""
EDGE_ABOVE_ROOM = 4.0
"""dB by which the soft beginning or end of a word stands out, for at most"""
EDGE = 0.25
"""seconds: an `h` or an `f`, for which the voice detector waits."""
BRIDGED = 0.15
"""Seconds of rest within a word, as before a `t`."""
SHORTEST = 0.08
"""Seconds; a shorter sound is the click of a key."""
LEAST_SPEECH = 0.12
"""Seconds of it in all, and"""
LEAST_RANGE = 9.0
"""dB between its loud tenth and the room: what has less is a room alone."""


@dataclass(frozen=True, slots=True)
class Speech:
    """A recording, step by step."""

    energy: NDArray[np.float32]
    """dBFS of each step, rumble left out."""
    speaks: NDArray[np.bool_]
    """Whether somebody speaks in it."""
    floor: float
    """dBFS of the room, rumble left out."""

    def runs(self) -> list[tuple[int, int]]:
        """Return the first step and the one after the last of each stretch of speech."""
        return runs(self.speaks)


def runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return begin and end (after the last) of each run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return [(int(begin), int(end)) for begin, end in zip(edges[::2], edges[1::2], strict=True)]


def find_speech(samples: NDArray[np.float32], rate: int) -> Speech:
    """Seek speech in one channel (-1 to 1): WebRTC's voice detector, checked against the room's own noise."""
    low = filters.through(samples, rate, f"aresample={HERTZ}", RUMBLE) if len(samples) else samples
    size = round(STEP * HERTZ)
    steps = low[: len(low) // size * size].reshape(-1, size)
    energy = (10 * np.log10(np.einsum("ij,ij->i", steps, steps) / size + 1e-12)).astype(np.float32)
    if not len(energy) or energy.max() <= NOTHING + 1:
        return Speech(energy, np.zeros(len(energy), bool), NOTHING)
    loud = float(np.percentile(energy, 95))
    floor = _floor(energy)
    stands_out = energy > max(floor + ABOVE_ROOM, loud - BELOW_VOICE)
    speaks = _tidied(_voiced(low, LEVEL_FOR_VAD - loud)[: len(energy)] & stands_out)
    speaks = _with_edges(speaks, energy > max(floor + EDGE_ABOVE_ROOM, loud - BELOW_VOICE))
    if speaks.sum() * STEP < LEAST_SPEECH or np.percentile(energy[speaks], 90) - floor < LEAST_RANGE:
        speaks[:] = False
    return Speech(energy, speaks, floor)


def _floor(energy: NDArray[np.float32]) -> float:
    """Return the level of the quiet tenth, over 50 ms."""
    smooth = np.convolve(energy, np.full(5, 0.2, np.float32), "valid") if len(energy) > 5 else energy
    return float(np.percentile(smooth, 10))


def _voiced(low: NDArray[np.float32], gain: float) -> NDArray[np.bool_]:
    import webrtcvad

    factor = 32767 * 10 ** (gain / 20)
    whole = np.clip(low * np.float32(factor), -32768, 32767).astype(np.int16)
    detector, size = webrtcvad.Vad(STRICT), round(2 * STEP * HERTZ)
    raw, width = whole.tobytes(), 2 * size
    said = [detector.is_speech(raw[at : at + width], HERTZ) for at in range(0, len(raw) - width + 1, width)]
    return np.repeat(np.array([*said, False]), 2)


def _with_edges(speaks: NDArray[np.bool_], sounds: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the steps with each stretch of speech drawn out over what sounds without a break beside it."""
    whole, most = speaks.copy(), round(EDGE / STEP)
    for begin, end in runs(speaks):
        before, after = sounds[max(0, begin - most) : begin][::-1], sounds[end : end + most]
        whole[begin - _leading(before) : end + _leading(after)] = True
    return whole


def _leading(flags: NDArray[np.bool_]) -> int:
    """Return how many flags are set before the first that is not."""
    unset = np.flatnonzero(~flags)
    return int(unset[0]) if len(unset) else len(flags)


def _tidied(speaks: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the steps with short rests bridged and short sounds left out."""
    tidy = speaks.copy()
    for begin, end in runs(~tidy):
        if begin and end < len(tidy) and (end - begin) * STEP <= BRIDGED:
            tidy[begin:end] = True
    for begin, end in runs(tidy):
        if (end - begin) * STEP < SHORTEST:
            tidy[begin:end] = False
    return tidy

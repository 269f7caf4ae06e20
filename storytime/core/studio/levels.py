"""What is measured in a recording, and stored with it: loudness, peak, room, and where the words begin and end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from storytime.core.shelf.takes import Levels
from storytime.core.studio import filters
from storytime.core.studio.speech import NOTHING, STEP, Speech, find_speech

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHORTEST = 0.4
"""Seconds that BS.1770 needs for its first block."""
LEAST = -70.0
"""LUFS at which FFmpeg's measure begins: nothing was heard."""
FULL = 32_766.5 / 32_768
"""From here on a sample is at full scale, whatever its depth."""
WINDOW = 0.05
"""Seconds over which the room is heard."""
GUARD = 0.1
"""Seconds beside the words that are not the room: breath, echo."""
LEAST_REST = 5
"""Windows of rest from which a room is known; with fewer the softest of all speak for it."""


def measure(samples: NDArray[np.float32], rate: int) -> Levels:
    """Measure one channel of samples (-1 to 1).

    Loudness and peak are None where all is zero; RMS is of what is spoken, noise of what lies between the words, in
    dBFS and unweighted, as audiobook publishers measure them.
    """
    if not len(samples):
        return Levels()
    lufs, peak = loudness(samples, rate)
    speech = find_speech(samples, rate)
    spoken = speech.runs()
    begin, end = (spoken[0][0] * STEP, spoken[-1][1] * STEP) if spoken else (0.0, 0.0)
    return Levels(
        lufs=_rounded(lufs),
        true_peak=_rounded(peak),
        rms=_rounded(_rms(samples, rate, speech)) if spoken else None,
        noise=_rounded(room_noise(samples, rate, speech)),
        clipped=int(np.count_nonzero(np.abs(samples) >= FULL)),
        speech_begin=round(begin, 3),
        speech_end=round(min(end, len(samples) / rate), 3),
    )


def _rounded(level: float | None) -> float | None:
    return None if level is None else round(level, 2)


def _rms(samples: NDArray[np.float32], rate: int, speech: Speech) -> float:
    size = round(STEP * rate)
    power = _power(samples, size)
    count = min(len(power), len(speech.speaks))
    return _decibels(float(power[:count][speech.speaks[:count]].mean()))


def room_noise(samples: NDArray[np.float32], rate: int, speech: Speech) -> float:
    """Return the level of the room in dBFS: the middle of what rests, else the softest of what there is."""
    power = _power(samples, round(WINDOW * rate))
    if not len(power):
        return _decibels(float(np.square(samples, dtype=np.float64).mean()))
    rests = resting(speech, GUARD)
    steps = round(WINDOW / STEP)
    whole = np.logical_and.reduce(rests[: len(rests) // steps * steps].reshape(-1, steps), axis=1)
    count = min(len(power), len(whole))
    quiet = power[:count][whole[:count]]
    return _decibels(float(np.median(quiet) if len(quiet) >= LEAST_REST else np.percentile(power, 5)))


def resting(speech: Speech, guard: float) -> NDArray[np.bool_]:
    """Return the steps in which nobody speaks, nor within `guard` seconds."""
    reach = round(guard / STEP)
    rests = np.ones(len(speech.speaks), bool)
    for begin, end in speech.runs():
        rests[max(0, begin - reach) : end + reach] = False
    return rests


def _power(samples: NDArray[np.float32], size: int) -> NDArray[np.float64]:
    """Return the mean square of each whole window of `size` samples."""
    windows = samples[: len(samples) // size * size].reshape(-1, size)
    power: NDArray[np.float64] = np.einsum("ij,ij->i", windows, windows).astype(np.float64) / size
    return power


def _decibels(power: float) -> float:
    return max(NOTHING, float(10 * np.log10(power + 1e-15)))


def loudness(samples: NDArray[np.float32], rate: int) -> tuple[float | None, float | None]:
    """Return integrated loudness (LUFS, BS.1770) and true peak (dBTP); None where nothing sounds.

    FFmpeg's `ebur128` measures. It tells of peaks in thousandths of full scale, so a quiet sound is brought up to half
    of it first and the gain taken off again. What is shorter than a block of the standard is measured as if it went on.
    """
    top = float(np.abs(samples).max(initial=0.0))
    if not top:
        return None, None
    raised = samples * np.float32(0.5 / top)
    shortest = round(SHORTEST * 1.5 * rate)
    if len(raised) < shortest:
        raised = np.tile(raised, -(-shortest // len(raised)))
    # The filter speaks after every tenth of a second that is full.
    raised = np.concatenate([raised, np.zeros(-len(raised) % round(rate / 10), np.float32)])
    said: dict[str, str] = {}
    for frame in filters.frames(raised, rate, "ebur128=metadata=1:peak=true"):
        said = frame.metadata or said
    gain = 20 * np.log10(0.5 / top)
    lufs, peak = float(said["lavfi.r128.I"]), float(said["lavfi.r128.true_peak"])
    return (float(lufs - gain) if lufs > LEAST else None), float(20 * np.log10(peak) - gain)

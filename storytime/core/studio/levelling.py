"""A take made fit to be told: trimmed to its words, brought to one loudness, in the form every sound of ours has.

The take itself is never touched; this is made again at any time.
"""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING

import numpy as np

from storytime.core.shelf.written_file import written_whole
from storytime.core.studio.filters import resampled, through
from storytime.core.studio.flac import read_flac
from storytime.core.studio.levels import loudness

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from storytime.core.shelf.takes import Levels

RATE = 48_000
"""Hz, as everything that is told."""
LOUDNESS = -23.0
"""LUFS: EBU R 128, and what the machine's own voices are near."""
CEILING = -3.0
"""dBTP: what audiobook publishers (ACX) ask for."""
MOST_GAIN = 40.0
"""dB. A whisper needs some thirty; beyond, a room is made into a roar."""
AIR_BEFORE, AIR_AFTER = 0.15, 0.25
"""Seconds left around the words, so that no breath or last consonant is cut."""
FADE_IN, FADE_OUT = 0.005, 0.015
"""Seconds in which the edges rise from nothing and fall to it, so that no join clicks."""
RUMBLE = "highpass=f=70"
"""Below any voice: the steps of the house, the lorry, the hand on the table."""
DENOISER_LATE = RATE // 40
"""Frames by which `afftdn` gives its sound late, measured."""
LIMITER = "aresample=192000,alimiter=limit={limit}:attack=5:release=60:level=0:latency=1,aresample={rate}"
"""At four times the rate, so that it sees the peaks between the samples."""


def render_take(
    take: Path, levels: Levels, to: Path, *, care: bool = True, less_noise: bool = False
) -> tuple[int, int]:
    """Write a take as 16-bit mono WAV of 48 kHz, and return its frames and rate (Hz).

    With `care` it is trimmed, levelled to `LOUDNESS` under `CEILING` and softened at its edges; without, it is told as
    it was recorded. `less_noise` takes its room down. Raises `CannotRead`, `CannotWrite`, `DiskFull`.
    """
    samples, rate = _words(take, levels) if care else read_flac(take)
    samples = resampled(samples, rate, RATE)
    if less_noise and len(samples):
        samples = _quieter(samples, levels.noise)
    if care:
        samples = _softened(_levelled(samples, None if less_noise else levels))
    _write(to, samples)
    return len(samples), RATE


def _words(take: Path, levels: Levels) -> tuple[NDArray[np.float32], int]:
    """Read the take from the air before its first word to the air after its last; all of it where none is known."""
    if levels.speech_end <= levels.speech_begin:
        return read_flac(take)
    samples, rate = read_flac(take)
    begin = max(0, round((levels.speech_begin - AIR_BEFORE) * rate))
    return samples[begin : round((levels.speech_end + AIR_AFTER) * rate)], rate


def _quieter(samples: NDArray[np.float32], noise: float | None) -> NDArray[np.float32]:
    """Return the samples with their room (`noise` in dBFS) taken down by FFmpeg's spectral denoiser.

    It is gentle: 10 dB sound like a quieter room, more like water.
    """
    floor = min(-20.0, max(-80.0, -60.0 if noise is None else noise))
    longer = np.concatenate([samples, np.zeros(DENOISER_LATE, np.float32)])
    return through(longer, RATE, RUMBLE, f"afftdn=nr=10:nf={floor:.1f}")[DENOISER_LATE:]


def _levelled(samples: NDArray[np.float32], levels: Levels | None) -> NDArray[np.float32]:
    """Return the samples at `LOUDNESS`; where a peak would pass `CEILING`, held there by a limiter."""
    lufs, peak = (levels.lufs, levels.true_peak) if levels else loudness(samples, RATE)
    if lufs is None or peak is None:
        return samples
    gain = min(MOST_GAIN, LOUDNESS - lufs)
    if peak + gain <= CEILING:
        return samples * np.float32(_factor(gain))
    return _limited(samples, gain)


def _limited(samples: NDArray[np.float32], gain: float) -> NDArray[np.float32]:
    """Return the samples louder by `gain` dB and under the ceiling, as near to the loudness as a limiter allows."""
    limiter = LIMITER.format(limit=round(_factor(CEILING - 0.3), 4), rate=RATE).split(",")
    made = samples
    for _turn in range(2):
        made = through(samples * np.float32(_factor(gain)), RATE, *limiter)[: len(samples)]
        lufs, peak = loudness(made, RATE)
        if lufs is None or peak is None:
            return made
        made = made * np.float32(_factor(min(0.0, CEILING - peak)))
        missing = LOUDNESS - lufs + max(0.0, peak - CEILING)
        if missing < 0.5:
            break
        gain += missing
    return made


def _factor(decibels: float) -> float:
    return float(10 ** (decibels / 20))


def _softened(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the samples with edges that rise from nothing and fall to it."""
    soft = samples.copy()
    rise, fall = (min(len(soft) // 2, round(seconds * RATE)) for seconds in (FADE_IN, FADE_OUT))
    if rise:
        soft[:rise] *= np.sin(np.linspace(0, np.pi / 2, rise, dtype=np.float32)) ** 2
        soft[-fall:] *= np.cos(np.linspace(0, np.pi / 2, fall, dtype=np.float32)) ** 2
    return soft


def _write(to: Path, samples: NDArray[np.float32]) -> None:
    whole = np.clip(np.rint(samples * 32768), -32768, 32767).astype("<i2")
    with written_whole(to) as part, part.open("wb") as raw, wave.open(raw, "wb") as file:
        file.setparams((1, 2, RATE, len(whole), "NONE", ""))
        file.writeframes(whole.tobytes())

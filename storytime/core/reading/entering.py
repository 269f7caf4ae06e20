"""Begin a sound at a word in its midst, where it is quiet, so that nothing of the word is lost and nothing clicks."""

from __future__ import annotations

import array
import sys
import wave
from dataclasses import replace
from typing import TYPE_CHECKING

from storytime.core.reading.word_places import places

if TYPE_CHECKING:
    from storytime.core.ports import Sound

BEFORE, AFTER = 0.16, 0.01
"""Seconds around a word's time in which the quietest place is looked for: the times run late rather than early."""
BLOCK = 0.005
"""Seconds that are looked at together."""


def entered(sound: Sound, said: str, written: str, at: int) -> Sound:
    """Return the sound from the word on that holds character `at` of the written line.

    Whole where that is its first word, or where it has no word times.
    """
    before = [one for one in places(sound.words, said, written) if one.begin <= at]
    return replace(sound, begin=quiet_frame(sound, before[-1].at)) if len(before) > 1 else sound


def quiet_frame(sound: Sound, at: float) -> int:
    """Return the frame, a little before `at` seconds, at which the sound is quietest, and where it crosses zero."""
    first = max(0, min(sound.frames - 1, round((at - BEFORE) * sound.rate)))
    last = max(first + 1, min(sound.frames, round((at + AFTER) * sound.rate)))
    try:
        with wave.open(str(sound.path), "rb") as file:
            file.setpos(first)
            samples = array.array("h", file.readframes(last - first))
    except (OSError, wave.Error, EOFError, ValueError):
        return first
    if sys.byteorder == "big":
        samples.byteswap()
    step = max(1, round(BLOCK * sound.rate))
    blocks = range(0, len(samples) - step + 1, step)
    if not blocks:
        return first
    # Of places that are equally quiet, the one nearest to the word.
    begin = min(blocks, key=lambda one: (sum(map(abs, samples[one : one + step])), -one))
    return first + min(range(begin, begin + step), key=lambda one: abs(samples[one]))

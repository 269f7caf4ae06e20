"""Make an engine's samples fit to be joined: silence cut from both ends, then onto the disk whole or not at all."""

from __future__ import annotations

import array
import errno
import json
import os
import struct
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from storytime.devices.voice_process.engine import Speech
from storytime.devices.voice_process.messages import words_to_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

SILENCE = 50
"""Below this a sample is silence: -56 dBFS, under the softest consonant."""
KEPT_BEFORE = 0.004
KEPT_AFTER = 0.010
"""Seconds of quiet that stay, so that no consonant's edge is cut. Together they are far below the 30 ms that a join may
add to its pause."""
BLOCK = 64
HEADER = 44
"""Bytes before the samples."""
WORDS = b"word"


def trimmed(speech: Speech) -> Speech:
    """Return the speech without the silence before and after it, its word times moved along."""
    samples = _samples(speech)
    starts = range(0, len(samples), BLOCK)
    first = _loud(samples, starts, min)
    last = _loud(samples, reversed(starts), max)
    if first is None or last is None:
        return replace(speech, samples=b"", words=())
    begin = max(0, first - round(KEPT_BEFORE * speech.rate))
    end = min(len(samples), last + 1 + round(KEPT_AFTER * speech.rate))
    words = tuple(replace(word, at=max(0.0, word.at - begin / speech.rate)) for word in speech.words)
    return Speech(memoryview(speech.samples)[2 * begin : 2 * end], speech.rate, words)


def joined(first: Speech, pause: float, then: Speech) -> Speech:
    """Return two speeches of one rate as one, with `pause` seconds between them, and the word times of the second."""
    first, then = trimmed(first), trimmed(then)
    before = bytes(first.samples) + bytes(2 * round(pause * first.rate))
    late = len(before) / 2 / first.rate
    words = tuple(replace(word, at=word.at + late) for word in then.words)
    return Speech(before + bytes(then.samples), then.rate, words)


def _samples(speech: Speech) -> memoryview[int]:
    if sys.byteorder == "big":
        swapped = array.array("h", speech.samples)
        swapped.byteswap()
        return memoryview(swapped)
    return memoryview(speech.samples).cast("h")


def _loud(samples: memoryview[int], starts: Iterable[int], which: Callable[[Iterable[int]], int]) -> int | None:
    """Return the index of the first (`which` is min) or last (max) loud sample of the first block that has one."""
    for start in starts:
        block = samples[start : start + BLOCK].tolist()
        if max(block) > SILENCE or min(block) < -SILENCE:
            return start + which(i for i, sample in enumerate(block) if abs(sample) > SILENCE)
    return None


def write(speech: Speech, path: Path) -> int:
    """Write the sound, its word times behind it, and return its frames. Raises `OSError`; then nothing is left.

    The times are a chunk of their own in the one file, which readers of WAV pass over.
    """
    size = len(speech.samples)
    words = words_chunk(speech)
    header = struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        *(b"RIFF", 36 + size + len(words), b"WAVE", b"fmt ", 16, 1, 1, speech.rate, 2 * speech.rate, 2, 16),
        *(b"data", size),
    )
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with open(part, "wb", buffering=0) as file:
            for piece in (header, speech.samples, words):
                if file.write(piece) != len(piece):
                    raise OSError(errno.ENOSPC, "No space left on device")
        os.replace(part, path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    return size // 2


def words_chunk(speech: Speech) -> bytes:
    """Return the word times as a chunk, of an even length as RIFF wants it."""
    if not speech.words:
        return b""
    rows = json.dumps(words_to_rows(speech.words), separators=(",", ":")).encode("ascii")
    rows += b" " * (len(rows) % 2)
    return WORDS + struct.pack("<I", len(rows)) + rows

"""A voice a little lower or higher, as long as before: for the engines that know no pitch of their own.

The samples are played slower or faster, which moves the pitch, and FFmpeg's `atempo` (WSOLA: it repeats or leaves out
whole waves of the voice) gives them their length back.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from storytime.core.studio import filters

if TYPE_CHECKING:
    from storytime.devices.voice_process.engine import Speech

OWN_PITCH = frozenset({"espeak"})
"""Engines that have a pitch themselves."""
MOST = 4.0
"""Semitones at pitch 0 and 1. Further away, the throat sounds like another creature's, and no longer like one that
soothes."""
PLAIN = 0.5


def semitones(pitch: float) -> float:
    """Return by how much a pitch (0 to 1) moves a voice."""
    return (min(1.0, max(0.0, pitch)) - PLAIN) / PLAIN * MOST


def shifted(speech: Speech, pitch: float) -> Speech:
    """Return the speech at a pitch (0 to 1; 0.5 is its own), its length and its word times as they were."""
    factor = 2 ** (semitones(pitch) / 12)
    if factor == 1.0 or not len(speech.samples):
        return speech
    samples = np.frombuffer(speech.samples, "<i2").astype(np.float32) / np.float32(32768)
    # The frames are called faster than they are, brought back to the rate, and stretched by as much.
    called = round(speech.rate * factor)
    rest = np.zeros(round(0.2 * speech.rate), np.float32)
    ways = (f"asetrate={called}", f"aresample={speech.rate}", f"atempo={speech.rate / called:.6f}")
    # The stretch holds a part of a wave back until more follows.
    moved = filters.through(np.concatenate([samples, rest]), speech.rate, *ways)[: len(samples)]
    moved = np.concatenate([moved, np.zeros(len(samples) - len(moved), np.float32)])
    whole = np.rint(np.clip(moved, -1.0, 32767 / 32768) * 32768).astype("<i2")
    return replace(speech, samples=whole.tobytes())

"""What is measured in a recording, and stored with it: loudness, peak, room, and where the words begin and end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from storytime.core.studio import filters

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHORTEST = 0.4
"""Seconds that BS.1770 needs for its first block."""
LEAST = -70.0
"""LUFS at which FFmpeg's measure begins: nothing was heard."""


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

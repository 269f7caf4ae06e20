"""One channel out of several: a voice often stands in one of two alone, and a mix would halve or cancel it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MUCH = 4.0
"""Power by which another channel must be the louder before it is taken: 6 dB."""
FADING = 0.98
"""What a block still weighs after the next."""


class Louder:
    """Takes the loudest channel, and stays with it while none is much louder."""

    def __init__(self, channels: int) -> None:
        self._power = np.zeros(channels)
        self._taken = 0

    def take(self, samples: NDArray[np.generic]) -> NDArray[np.generic]:
        """Return one channel of samples that stand frame by frame."""
        if len(self._power) == 1:
            return samples
        frames = samples.reshape(-1, len(self._power))
        power = np.mean(np.square(frames, dtype=np.float64), axis=0) if len(frames) else 0.0
        self._power = FADING * self._power + power
        loudest = int(np.argmax(self._power))
        if self._power[loudest] > MUCH * self._power[self._taken]:
            self._taken = loudest
        return frames[:, self._taken]

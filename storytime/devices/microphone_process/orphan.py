"""How long a recording goes on whose window died: as long as somebody speaks, never for ever.

A grandfather in the middle of a tale does not look at the window. So the recording goes on until nobody has spoken for
`SILENCE` seconds, for `LONGEST` seconds at most, or until a window that was started anew asks for it.
"""

from __future__ import annotations

from collections import deque

SILENCE = 60.0
LONGEST = 2 * 3600.0
VOICE = 10.0
"""dB by which a voice stands out of the quietest moment of the last `SILENCE` seconds."""
ROOM = -60.0
"""dBFS below which there is no voice, however silent the room."""


class Orphan:
    """Hears when it is over. Seconds are those of the recording: no clock can be set wrong."""

    def __init__(self, begun: float) -> None:
        """`begun` is how long the recording was when its window died."""
        self._begun = self._voice = begun
        self._heard: deque[tuple[float, float]] = deque()

    def over(self, rms: float, seconds: float) -> bool:
        """Return whether it is over, by the level (dBFS) of the latest block and the length of the recording."""
        self._heard.append((seconds, rms))
        while self._heard[0][0] < seconds - SILENCE:
            self._heard.popleft()
        if rms > max(ROOM, VOICE + min(level for _at, level in self._heard)):
            self._voice = seconds
        return seconds - self._voice >= SILENCE or seconds - self._begun >= LONGEST

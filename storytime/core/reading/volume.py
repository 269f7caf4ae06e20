"""How loud the night is: remembered, changed in steps, and never over the night's ceiling."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from storytime.core.errors import StorytimeError

if TYPE_CHECKING:
    from storytime.core.ports import Speaker
    from storytime.core.settings import SettingsStore

STEP = 0.05
SOFTEST = 0.05
CEILING = 0.7
"""No key makes the night louder than this (0 to 1, as the speaker counts)."""


class NightVolume:
    """Turns the speaker up and down."""

    def __init__(self, speaker: Speaker, settings: SettingsStore) -> None:
        self._speaker = speaker
        self._settings = settings

    def apply(self) -> None:
        """Give the speaker the remembered volume."""
        self._speaker.volume = min(CEILING, self._settings.value.night_volume)

    def change(self, steps: int) -> None:
        """Turn it up (or, below 0, down) by steps, and remember that; it never falls silent."""
        wanted = min(CEILING, self._settings.value.night_volume) + steps * STEP
        self._speaker.volume = volume = round(min(CEILING, max(SOFTEST, wanted)), 2)
        with contextlib.suppress(StorytimeError):  # A volume that cannot be remembered is heard all the same.
            self._settings.change(night_volume=volume)

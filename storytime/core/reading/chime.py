"""The soft chime before lights-out of an evening that nobody has begun: rung where it is wished and nothing sounds."""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING

from storytime.core.ports import Sound
from storytime.core.reading.volume import CEILING

if TYPE_CHECKING:
    from pathlib import Path

    from storytime.core.ports import Clock, Speaker
    from storytime.core.reading.reader import Reader, Reading
    from storytime.core.settings import SettingsStore

TOKEN = -1
"""The chime's token in the speaker; the goodnight's is 0, and lines count from 1."""
LET_GO = 1.0
"""Seconds after the chime in which the output is still held."""


class Chime:
    """Rings through the one speaker, and is silent at once when a story begins."""

    def __init__(self, file: Path, speaker: Speaker, clock: Clock, settings: SettingsStore, reader: Reader) -> None:
        self._file, self._speaker, self._clock = file, speaker, clock
        self._settings, self._reader = settings, reader
        self._ringing = False
        self._ends_at = 0.0
        reader.changed.connect(self._give_way)
        speaker.ended.connect(self._on_ended)

    def ring(self, _minutes: int) -> None:
        """Ring once, at the night's volume; a bell that cannot be read or heard is left out."""
        if not self._settings.value.chime or self._reader.reading.state != "idle":
            return
        sound = self._sound()
        if sound and self._speaker.available():
            self._ringing, self._ends_at = True, self._clock.boot() + sound.seconds
            self._speaker.volume = min(CEILING, self._settings.value.night_volume)
            self._speaker.open()
            self._speaker.queue(TOKEN, sound)

    def _sound(self) -> Sound | None:
        try:
            with wave.open(str(self._file)) as file:
                return Sound(self._file, file.getnframes(), file.getframerate())
        except (OSError, EOFError, wave.Error):
            return None

    def _give_way(self, reading: Reading) -> None:
        if self._ringing and reading.state != "idle":
            self._ringing = False
            if self._clock.boot() < self._ends_at:
                self._speaker.drop()

    def _on_ended(self, token: int) -> None:
        if token == TOKEN:
            self._clock.after(LET_GO, self._let_go)

    def _let_go(self) -> None:
        if self._ringing and self._reader.reading.state == "idle":
            self._ringing = False
            self._speaker.close()

"""The voices that a family brought as files: listed, put away and brought back, each whole or not at all."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from storytime.core.errors import CannotAddVoice, DiskFull, VoiceNotFound
from storytime.core.reading.piper_voice import ENGINE, voices_in
from storytime.core.reading.voice_staging import ASIDE, NO_ROOM, stage

if TYPE_CHECKING:
    from pathlib import Path

    from storytime.core.paths import Paths
    from storytime.core.reading.piper_voice import PiperVoice
    from storytime.core.reading.voice_staging import Staged

PUT_AWAY = ".put-away"


class VoiceFiles:
    """The folder of voices in a library."""

    def __init__(self, paths: Paths) -> None:
        self._folder = paths.voices
        self._spoken = (paths.cache / ENGINE, paths.cache / "names")

    def all(self) -> list[PiperVoice]:
        """Return the voices that are there."""
        return voices_in(self._folder)

    def find(self, wanted: str) -> PiperVoice:
        """Return the voice of this id, with or without its engine and speaker, or name. Raises `VoiceNotFound`."""
        plain = wanted.removeprefix(f"{ENGINE}:").partition("#")[0]
        there = self.all()
        for voice in there:
            if plain == voice.id:
                return voice
        named = [voice for voice in there if voice.name.casefold() == wanted.casefold()]
        if len(named) == 1:
            return named[0]
        raise VoiceNotFound(wanted, tuple(voice.id for voice in named))

    def stage(self, source: Path) -> Staged:
        """Copy and check what a parent named. Raises `CannotAddVoice`, `DiskFull`; touches no state, for a worker."""
        return stage(source, self._folder)

    def keep(self, staged: Staged) -> None:
        """Let the staged voices be there. Raises `CannotAddVoice`; then none of them is."""
        kept: list[Path] = []
        try:
            for voice in staged.voices:
                place = self._folder / voice.id
                if place.exists():
                    raise CannotAddVoice(staged.source, "is there already. Remove it first, to have it anew")
                os.rename(staged.folder / voice.id, place)
                kept.append(place)
        except BaseException as error:
            for place in kept:
                shutil.rmtree(place, ignore_errors=True)
            if isinstance(error, OSError):
                raise _cannot(staged.source, error) from error
            raise
        finally:
            self.drop(staged)

    def drop(self, staged: Staged) -> None:
        """Leave nothing of what was staged and not kept."""
        shutil.rmtree(staged.folder, ignore_errors=True)

    def put_away(self, voice: str) -> None:
        """Take a voice out of the list; `bring_back` undoes it until `sweep`. Raises `VoiceNotFound`."""
        place = self._folder / PUT_AWAY / voice
        shutil.rmtree(place, ignore_errors=True)
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.rename(self._folder / voice, place)
        except FileNotFoundError as error:
            raise VoiceNotFound(voice) from error
        # Another voice may come under its name, and is not to be heard with this one's lines.
        for folder in self._spoken:
            shutil.rmtree(folder, ignore_errors=True)

    def bring_back(self, voice: str) -> None:
        """Undo `put_away`. Raises `VoiceNotFound`."""
        try:
            os.rename(self._folder / PUT_AWAY / voice, self._folder / voice)
        except OSError as error:
            raise VoiceNotFound(voice) from error

    def sweep(self) -> None:
        """Delete what was put away, and what a start that was broken off left."""
        shutil.rmtree(self._folder / PUT_AWAY, ignore_errors=True)
        for left in self._folder.glob(f"{ASIDE}*"):
            shutil.rmtree(left, ignore_errors=True)


def _cannot(source: Path, error: OSError) -> Exception:
    return DiskFull(source) if error.errno in NO_ROOM else CannotAddVoice(source, "cannot be put into the library")

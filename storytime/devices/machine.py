"""The machine, whole: every port kept by the real thing, for the window and for the terminal alike."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from storytime.devices.background import RealBackground
from storytime.devices.guides import Guides
from storytime.devices.spliced_voice import SplicedVoice
from storytime.devices.take_voice import TakeVoice
from storytime.devices.voice import COMMAND, VoiceChild
from storytime.devices.voice_cache import VoiceCache
from storytime.devices.voice_process.messages import GENTLY
from storytime.devices.voice_team import VoiceTeam
from storytime.devices.voices import ANY, NAMES, TAKE, Voices

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from storytime.core.house import Devices
    from storytime.core.paths import Paths
    from storytime.core.ports import Background, Voice
    from storytime.devices.microphone import QtMicrophone

MOST_HANDS = 4
"""Children for one engine at most: each holds a network, some 250 MB."""


def real_voice(paths: Paths, background: Background | None = None) -> Voices:
    """Return the voices of this machine, recorded ones too, with the lines that were spoken before.

    One child for each engine: while a story is told, the other cores and the memory are the rest of the machine's.
    """
    return _voices(paths, background or RealBackground(), 1)


def many_voices(
    paths: Paths, background: Background | None = None, *, gently: bool = False, only: str = ""
) -> Voices:
    """Return the same voices with a child for each core, to make much sound soon.

    `gently`: all else goes first. `only` is the engine of the one voice that is wanted: no other need begin.
    """
    hands = min(MOST_HANDS, os.cpu_count() or 1)
    return _voices(paths, background or RealBackground(), hands, gently=gently, only=only)


def _voices(
    paths: Paths, background: Background, hands: int, *, gently: bool = False, only: str = ""
) -> Voices:
    def engine(cache: str, *words: str, files: Path | None = None) -> Voice:
        command = (*COMMAND, *([GENTLY] if gently else []), *words)
        shared = VoiceCache(paths.cache / cache)
        children = [VoiceChild(shared, command=command, files=files) for _ in range(hands)]
        return VoiceTeam(children) if hands > 1 else children[0]

    engines: dict[str, Voice] = {
        "hibari": engine("neural", "neural"),
        # A child of its own: a file from anywhere may take down no other voice.
        "piper": engine("piper", "piper", str(paths.voices), files=paths.voices),
        ANY: engine("lines"),
    }
    if only:
        # A system's own engines have no entry of their own.
        wanted = only if only in engines else ANY
        engines = {wanted: engines[wanted]}
    return with_recordings(engines, paths.cache, background)


def with_recordings(engines: Mapping[str, Voice], cache: Path, background: Background) -> Voices:
    """Return these engines, and beside them the recorded voices, whole lines and names within lines."""
    takes = TakeVoice(cache / "takes", background, Guides(Voices(engines, rests=False)))
    children: dict[str, Voice] = {**engines, TAKE: takes}
    return Voices({**children, NAMES: SplicedVoice(cache / "names", Voices(children, rests=False), background)})


def real_microphone() -> QtMicrophone:
    """Return the microphones of this machine. The application must be there."""
    from storytime.devices.microphone import QtMicrophone

    return QtMicrophone()


def real_devices(paths: Paths) -> Devices:
    """Return this machine. The application must be there."""
    from storytime.core.house import Devices
    from storytime.devices.clock import RealClock
    from storytime.devices.lamp import RealLamp
    from storytime.devices.speaker import QtSpeaker

    background = RealBackground()
    voice = real_voice(paths, background)
    machine = (RealClock(), voice, QtSpeaker(), real_microphone(), RealLamp(), background)
    return Devices(*machine, hands=lambda: many_voices(paths, background, gently=True))

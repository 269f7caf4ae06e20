"""The machine, whole: every port kept by the real thing, for the window and for the terminal alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storytime.devices.background import RealBackground
from storytime.devices.spliced_voice import SplicedVoice
from storytime.devices.take_voice import TakeVoice
from storytime.devices.voice import NEURAL, PIPER, VoiceChild
from storytime.devices.voices import ANY, NAMES, TAKE, Voices

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from storytime.core.house import Devices
    from storytime.core.paths import Paths
    from storytime.core.ports import Background, Voice
    from storytime.devices.microphone import QtMicrophone


def real_voice(paths: Paths, background: Background | None = None) -> Voices:
    """Return the voices of this machine, recorded ones too, with the lines that were spoken before."""
    engines = {
        "hibari": VoiceChild(paths.cache / "neural", command=NEURAL),
        "piper": VoiceChild(paths.cache / "piper", command=(*PIPER, str(paths.voices)), files=paths.voices),
        ANY: VoiceChild(paths.cache / "lines"),
    }
    return with_recordings(engines, paths.cache, background or RealBackground())


def with_recordings(engines: Mapping[str, Voice], cache: Path, background: Background) -> Voices:
    """Return these engines, and beside them the recorded voices, whole lines and names within lines."""
    children: dict[str, Voice] = {**engines, TAKE: TakeVoice(cache / "takes", background)}
    return Voices({**children, NAMES: SplicedVoice(cache / "names", Voices(children), background)})


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
    return Devices(RealClock(), voice, QtSpeaker(), real_microphone(), RealLamp(), background)

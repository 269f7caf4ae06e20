"""The machine, whole: every port kept by the real thing, for the window and for the terminal alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storytime.devices.voice import VoiceChild
from storytime.devices.voices import ANY, Voices

if TYPE_CHECKING:
    from storytime.core.house import Devices
    from storytime.core.paths import Paths


def real_voice(paths: Paths) -> Voices:
    """Return the voices of this machine, with the lines that were spoken before."""
    return Voices({ANY: VoiceChild(paths.cache / "lines")})


def real_devices(paths: Paths) -> Devices:
    """Return this machine. The application must be there."""
    from storytime.core.house import Devices
    from storytime.devices.background import RealBackground
    from storytime.devices.clock import RealClock
    from storytime.devices.lamp import RealLamp
    from storytime.devices.speaker import QtSpeaker

    return Devices(RealClock(), real_voice(paths), QtSpeaker(), RealLamp(), RealBackground())

"""Every device pretended: for tests, pictures, and a whole evening rehearsed in seconds. Nothing here needs Qt."""

from storytime.devices.rehearsal.clock import PretendClock
from storytime.devices.rehearsal.microphone import PretendMicrophone
from storytime.devices.rehearsal.room import PretendBackground, PretendLamp
from storytime.devices.rehearsal.speaker import PretendSpeaker
from storytime.devices.rehearsal.voice import PretendVoice, estimated_seconds

__all__ = [
    "PretendBackground",
    "PretendClock",
    "PretendLamp",
    "PretendMicrophone",
    "PretendSpeaker",
    "PretendVoice",
    "estimated_seconds",
]

"""What an engine promises the voice process, whatever stands behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from storytime.core.ports import Utterance, VoiceInfo, Word


class EngineTrouble(Exception):
    """The engine could not render this line; a fresh engine may."""


class NoSuchVoice(EngineTrouble):
    """The voice asked for is not on this machine; asking again is no use."""


class CannotSay(EngineTrouble):
    """The engine has no sound for such a text, and a fresh one would not either."""


@dataclass(frozen=True, slots=True)
class Speech:
    """What an engine made of a line."""

    samples: bytes | memoryview
    """16-bit little-endian PCM, one channel."""
    rate: int
    """Frames a second (Hz)."""
    words: tuple[Word, ...] = field(default=())
    """In the order spoken; empty where the engine gives no times."""


class Engine(Protocol):
    """A kind of voice: it lists its voices and renders one line at a time, on the child's main thread."""

    def voices(self) -> tuple[VoiceInfo, ...]:
        """Return the voices that can speak here, the better ones first; every id begins with the engine's name."""

    def render(self, utterance: Utterance) -> Speech:
        """Render the line. Raises `NoSuchVoice`, or `EngineTrouble`."""


def voice_name(voice: str) -> str:
    """Return a voice id without the engine's name before the first colon."""
    return voice.partition(":")[2]


def with_primary(*tags: str) -> tuple[str, ...]:
    """Return language tags in lower case with hyphens, each followed by its primary subtag, without doubles."""
    wanted = [tag.lower().replace("_", "-") for tag in tags if tag]
    return tuple(dict.fromkeys(part for tag in wanted for part in (tag, tag.partition("-")[0])))

"""What to do about a sound, in one sentence, and how it stands beside the numbers of audiobook publishers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storytime.core.shelf.takes import Levels
    from storytime.core.studio.session import Verdict

SENTENCES = {
    "good": "This sounds good. Begin whenever you like.",
    "quiet": "Your voice is very soft. Come a little nearer to the microphone, or turn it up.",
    "loud": "Your voice is almost too loud. Sit back a little, or turn the microphone down.",
    "clipped": "The microphone is overwhelmed. Sit back a little, or turn it down, and try again.",
    "noisy": "The room is heard beside your voice. Close the window, switch off what whirs, or come nearer.",
    "hum": "There is a hum. Pull the charger out, or move the microphone away from lamps and cables.",
    "silent": "No voice was heard. Say a few words; if you did, choose another microphone.",
    "dead": "Nothing at all comes from this microphone. Switch it on, allow Storytime to hear it, or choose another.",
}
RMS_LOW, RMS_HIGH = -23.0, -18.0
PEAK = -3.0
NOISE = -60.0
"""dB, as ACX asks for: https://help.acx.com/s/article/what-are-the-acx-audio-submission-requirements"""


@dataclass(frozen=True, slots=True)
class Number:
    """One measured number beside the wanted one."""

    what: str
    value: str
    wanted: str
    ok: bool


def advice(verdict: Verdict) -> str:
    """Return what was heard and one remedy."""
    return SENTENCES[verdict.kind]


def beside(levels: Levels) -> tuple[Number, ...]:
    """Return the numbers of a take beside those that audiobook publishers ask for; what is not known is left out."""
    said = []
    if levels.rms is not None:
        fits = RMS_LOW <= levels.rms <= RMS_HIGH
        said.append(Number("Voice", _decibels(levels.rms), f"{_number(RMS_LOW)} to {_decibels(RMS_HIGH)}", fits))
    if levels.true_peak is not None:
        said.append(Number("Peak", _decibels(levels.true_peak), f"at most {_decibels(PEAK)}", levels.true_peak <= PEAK))
    if levels.noise is not None:
        said.append(Number("Room", _decibels(levels.noise), f"at most {_decibels(NOISE)}", levels.noise <= NOISE))
    return tuple(said)


def _decibels(level: float) -> str:
    return f"{_number(level)} dB"


def _number(level: float) -> str:
    return f"{level:.0f}".replace("-", "−")

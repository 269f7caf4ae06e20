"""Makes `assets/chime.wav`, the one soft bell before lights-out: run it again after changing it.

A struck bowl of bronze, heard from the next room: a low note with a slow beat, few overtones that die before it, no
hammer, and an end in silence.
"""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np

RATE = 22_050
"""Hz: the engine's own, and enough for a bell without edges."""
SECONDS = 2.5
PARTIALS = ((1.0, 1.00, 1.1), (1.004, 0.55, 1.1), (2.01, 0.32, 0.70), (2.98, 0.10, 0.40), (4.16, 0.03, 0.22))
"""Factor of the note, strength, and the seconds in which it falls to a third."""
NOTE = 329.6
"""Hz: the E above middle C."""
ATTACK, END = 0.045, 0.5
"""Seconds in which it comes up, and in which the last of it goes."""
LOUDNESS = -30.0
"""dBFS: the RMS of its loudest 0.4 seconds."""
FILE = Path(__file__).parent.parent / "assets" / "chime.wav"


def chime() -> np.ndarray:
    """Return the bell as 16-bit samples, mono."""
    t = np.arange(round(RATE * SECONDS)) / RATE
    bell = sum(
        strength * np.exp(-t / decay) * np.sin(2 * np.pi * NOTE * factor * t) for factor, strength, decay in PARTIALS
    )
    bell *= 0.5 - 0.5 * np.cos(np.pi * np.clip(t / ATTACK, 0, 1))
    bell *= 0.5 - 0.5 * np.cos(np.pi * np.clip((SECONDS - t) / END, 0, 1))
    window = round(RATE * 0.4)
    loudest = np.sqrt(np.convolve(bell**2, np.ones(window) / window, "valid").max())
    return np.asarray(np.rint(bell * 10 ** (LOUDNESS / 20) / loudest * 32768), "<i2")


def main() -> None:
    """Write the file."""
    with wave.open(str(FILE), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(chime().tobytes())


if __name__ == "__main__":
    main()

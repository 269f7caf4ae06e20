"""How much sound PulseAudio holds for us: asked for in the environment, the one way that Qt leaves open.

Light to import, because it is wanted before the application is made.
"""

from __future__ import annotations

import os

NAME = "PULSE_LATENCY_MSEC"
ASKED = 200
"""Milliseconds. With the 21 that Qt asks for, a loaded machine has gaps; with 100 too, where it is loaded threefold."""
ELSEWHERE = 30
"""Milliseconds, about, that other systems hold."""


def prepare_environment(asked: int = ASKED) -> None:
    """Ask for a buffer of so many milliseconds, and for silence on the terminal about libraries that Qt can do without.

    Call before the application is made, and before QtMultimedia is imported.
    """
    os.environ.setdefault(NAME, str(asked))
    os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.symbolsresolver=false;qt.multimedia.ffmpeg=false")


def server_seconds() -> float:
    """Return seconds of sound that the system holds beyond our own, as well as can be known."""
    asked = os.environ.get(NAME, "")
    return (int(asked) if asked.isdecimal() else ELSEWHERE) / 1000

"""How long a telling takes, before a voice has been heard."""

from __future__ import annotations

import re

WORDS_A_MINUTE = 140
"""A calm voice reading to a child: 120 to 160."""
WORD = re.compile(r"\w+(?:[’'-]\w+)*")


def words_in(text: str) -> int:
    """Return how many words are spoken."""
    return len(WORD.findall(text))


def seconds_of(words: int, pauses: float, rate: float = 1.0) -> float:
    """Return seconds for so many words and seconds of pauses, at a factor of the calm pace."""
    return words * 60 / (WORDS_A_MINUTE * rate) + pauses

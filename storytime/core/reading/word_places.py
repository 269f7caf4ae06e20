"""Which words of a written line are being said, and when: a sound's word times, in places of the line as it stands.

What is said is not what is written (“7:30” is “half past seven”, a speaker's name may be left out, a teller changes a
word), so the two are laid beside each other word by word; what differs between words that agree belongs together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from storytime.core.ports import Word

WORD = re.compile(r"\w+(?:['’]\w+)*")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Place:
    """Characters `begin` to `end` of the written line, said from `at` on (seconds into the sound)."""

    at: float
    begin: int
    end: int


def places(words: Sequence[Word], said: str, written: str) -> tuple[Place, ...]:
    """Return what of a written line is said when, in the order of saying; nothing where there are no times.

    `words` stand in `said`. A word without a time of its own is said with the one before it.
    """
    spots = list(_spots(said, written)) if words else []
    ordered = sorted(words, key=lambda word: (word.at, word.start))
    found: list[Place] = []
    for word, following in zip_longest(ordered, ordered[1:]):
        until = following.start if following and following.start > word.start else word.start + word.length
        until = len(said) if following is None else until
        own = [place for (begin, end), place in spots if begin < until and end > word.start]
        if not own:
            continue
        begin, end = min(first for first, _ in own), max(last for _, last in own)
        if not found or (found[-1].begin, found[-1].end) != (begin, end):
            found.append(Place(word.at, begin, end))
    return tuple(found)


def place_at(known: Sequence[Place], seconds: float) -> int:
    """Return the number of the place that is being said so many seconds into the sound; -1 before the first."""
    return next((number for number in range(len(known) - 1, -1, -1) if known[number].at <= seconds), -1)


def _spots(said: str, written: str) -> Iterator[tuple[Span, Span]]:
    """Yield each said word that has a place in the written line, with that place."""
    from difflib import SequenceMatcher

    spoken, shown = ([found.span() for found in WORD.finditer(text)] for text in (said, written))
    plain = [[text[slice(*one)].casefold() for one in spans] for text, spans in ((said, spoken), (written, shown))]
    matcher = SequenceMatcher(None, plain[0], plain[1], autojunk=False)
    for _tag, first, last, begin, end in matcher.get_opcodes():
        if begin == end:
            continue
        alike = last - first == end - begin
        whole = shown[begin][0], shown[end - 1][1]
        for number in range(first, last):
            yield spoken[number], shown[begin + number - first] if alike else whole

"""Which sounds are which word's, where a voice is fed with sounds: a mark before the first sound of each word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MARK = "\ue000"
"""No voice has a sound of this name."""
WORD = re.compile(r"\w+(?:['’]\w+)*")
UNHEARD = frozenset("ˈˌː")
NEAR = 2
"""Sounds: so near to the beginning of a group, a word begins with it."""


def marked(text: str, sounds: str, alone: Callable[[str], str]) -> tuple[str, list[tuple[int, int]]]:
    """Return the sounds of a text with marks in them, and start and length of the words that have one, in order.

    Sounds stand in groups, a word each, but for a few words that run together; then `alone` tells what each word sounds
    like by itself, and it is found by that.
    """
    words = [(found.start(), len(found.group())) for found in WORD.finditer(text)]
    groups = [found.start() for found in re.finditer(r"\S+", sounds) if any(map(_heard, found.group()))]
    begins: Sequence[int | None] = groups
    if len(words) != len(groups):
        begins = _found([alone(text[start : start + length]) for start, length in words], sounds, groups)
    kept, said, at = [], "", 0
    for word, begin in zip(words, begins, strict=True):
        if begin is not None:
            said, at = said + sounds[at:begin] + MARK, begin
            kept.append(word)
    return said + sounds[at:], kept


def _found(words: Sequence[str], sounds: str, groups: Sequence[int]) -> list[int | None]:
    """Return where each word begins in the sounds, by the first of its own that is there; None where none is."""
    own = [(number, one) for number, word in enumerate(words) for one in word if _heard(one)]
    there = [(at, one) for at, one in enumerate(sounds) if _heard(one)]
    matcher = SequenceMatcher(None, [one for _, one in own], [one for _, one in there], autojunk=False)
    first: dict[int, int] = {}
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            first.setdefault(own[block.a + step][0], there[block.b + step][0])
    begins: list[int | None] = []
    last = -1
    for number in range(len(words)):
        at = first.get(number)
        if at is not None:
            at = next((group for group in groups if at - NEAR <= group <= at and group > last), at)
            last = at
        begins.append(at)
    return begins


def _heard(one: str) -> bool:
    return one.isalpha() and one not in UNHEARD

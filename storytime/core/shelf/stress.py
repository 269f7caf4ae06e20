"""What a book stresses: which of its emphasis is a voice's to hear, and where that stands in a line.

Books set much apart that nobody says any louder: titles, foreign words, thoughts, a first letter. What is kept is a few
whole words that stand among others.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from storytime.core.ports import Stress

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from storytime.core.shelf.story import Line

BEGINS, ENDS = "\ue104", "\ue105"
"""Before and after what is stressed, in a text that is being read in (as in `spans`)."""
MOST_WORDS = 3
APOSTROPHES = ("'", "’")
OPENED = re.compile(r"(?:^|[.!?…\"'“”„‘’«»‹›(¿¡])[ \u00a0]*$|^[ \u00a0]*[—–-][ \u00a0]*$")
"""Here a sentence or a quotation may begin: so ends what stands before."""
CLOSED = re.compile(r"\W*$|[.!?…]|[,;]?[\"'“”’«»‹›)]")
"""Here one may end: so begins what stands after."""


def marked(words: str) -> str:
    """Return words as stressed, but for the white space at their ends."""
    core = words.strip()
    return words.replace(core, f"{BEGINS}{core}{ENDS}", 1) if core else words


def without(text: str) -> str:
    """Return a text without its marks of stress."""
    return text.replace(BEGINS, "").replace(ENDS, "")


def on_words(text: str, places: Iterable[tuple[int, int]]) -> tuple[Stress, ...]:
    """Return what of the places (begin and end, in their order) are whole words of the text.

    Two with nothing but white space between them are one; one that parts a word is none, such as a large first letter.
    """
    joined: list[tuple[int, int]] = []
    for begin, end in ((begin, min(end, len(text))) for begin, end in places):
        if joined and not text[joined[-1][1] : begin].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    found = (_on_words(text, *place) for place in joined)
    return tuple(Stress(begin, end - begin) for begin, end in found if begin < end)


def _on_words(text: str, begin: int, end: int) -> tuple[int, int]:
    while begin < end and not text[begin].isalnum():
        begin += 1
    while begin < end and not _of_a_word(text[end - 1]):
        end -= 1
    # “*You*’re it”: the rest of the word is said with it.
    while begin < end and text[end : end + 1] in APOSTROPHES and _of_a_word(text[end + 1 : end + 2]):
        end += 2
        while _of_a_word(text[end : end + 1]):
            end += 1
    before = text[max(0, begin - 2) : begin]
    parts = _of_a_word(before[-1:]) or (before[-1:] in APOSTROPHES and _of_a_word(before[:-1]))
    return (0, 0) if parts or _of_a_word(text[end : end + 1]) else (begin, end)


def _of_a_word(letter: str) -> bool:
    return letter.isalnum() or (bool(letter) and unicodedata.category(letter).startswith("M"))


def shared_out(lines: Sequence[Line], stressed: Sequence[Stress], language: str) -> tuple[Line, ...]:
    """Return a paragraph's lines, each with what is heard of the paragraph's emphasis.

    That is a few words inside of a line which are no sentence, no name, and not set apart for their language.
    """
    told, at, first = [], 0, 0
    for line in lines:
        own, end = [], at + len(line.text)
        while first < len(stressed) and stressed[first].start < end:
            one = Stress(stressed[first].start - at, stressed[first].length)
            if one.start >= 0 and one.end <= len(line.text) and _is_heard(line, one, language):
                own.append(one)
            first += 1
        told.append(replace(line, stressed=tuple(own)) if own else line)
        at = end + len(line.after)
    return tuple(told)


def _is_heard(line: Line, one: Stress, language: str) -> bool:
    words = line.text[one.start : one.end].split()
    opens = OPENED.search(line.text[: one.start]) is not None
    if len(words) > MOST_WORDS or (opens and CLOSED.match(line.text, one.end)):
        return False
    if any(span.language and one.start <= span.start and span.end <= one.end for span in line.spans):
        return False
    if len(words) == 1 and language[:2].lower() == "de":
        # Every German noun has a capital.
        return True
    return not any(_is_name(word) for word in words[opens:])


def _is_name(word: str) -> bool:
    """Return whether a word in the midst of a sentence is one of a name or a title; a SHOUT is none."""
    return word[0].isupper() and not (len(word) > 1 and word.isupper()) and not re.match(r"I(?!\w)", word)


def gathered(lines: Iterable[Line]) -> tuple[Stress, ...]:
    """Return what is stressed in a whole paragraph, from its lines."""
    stressed, at = [], 0
    for line in lines:
        stressed += [Stress(one.start + at, one.length) for one in line.stressed]
        at += len(line.text) + len(line.after)
    return tuple(stressed)


def within(stressed: Iterable[Stress], begin: int, end: int) -> tuple[Stress, ...]:
    """Return what is stressed in the piece of a text from `begin` to before `end`, by its places in that piece."""
    cut = ((max(begin, one.start), min(end, one.end)) for one in stressed)
    return tuple(Stress(start - begin, until - start) for start, until in cut if start < until)

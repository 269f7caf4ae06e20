"""Who speaks in a text: marks that travel inside of it while it is read in, and the spans that they become.

A mark is a pair of letters from the private use area around the words, so that whatever a reader does with a text,
such as joining its white space, moves its marks along. On the shelf, and on every screen, there is none. What a book
stresses is marked in the same way (`stress`), whoever speaks.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from storytime.core.shelf import stress
from storytime.core.shelf.story import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from storytime.core.ports import Stress
    from storytime.core.shelf.story import Line

OPENS, TONGUE, BEGINS, ENDS = "\ue100", "\ue101", "\ue102", "\ue103"
"""Before a speaker, before a language, before the words, and after them."""
MARK = re.compile(
    f"{OPENS}([^{OPENS}-{ENDS}]*){TONGUE}([^{OPENS}-{ENDS}]*){BEGINS}|({ENDS})|([{stress.BEGINS}{stress.ENDS}])"
)
LONGEST_NAME = 60
"""Characters of a speaker's name."""
NO_NAME = re.compile(r"[\[\]{}<>*_=\\\x00-\x1f\ue000-\uf8ff]")
Run = tuple[int, int, str, str]
"""Begin and end in a text, the speaker, the language."""


def name_of(said: str) -> str:
    """Return a speaker's name as it is kept, or nothing if it is none."""
    name = " ".join(said.split()).strip(" :,;")
    fits = len(name) <= LONGEST_NAME and not NO_NAME.search(name)
    return name if fits and any(letter.isalnum() for letter in name) else ""


def marked(text: str, speaker: str = "", language: str = "") -> str:
    """Return the text as somebody's speech, or as words of a language."""
    return f"{OPENS}{speaker}{TONGUE}{language}{BEGINS}{text}{ENDS}" if speaker or language else text


def pieced(words: str, speaker: str = "", language: str = "") -> str:
    """Return a piece of a text marked so, but for the white space at its ends."""
    core = words.strip()
    before = words[: len(words) - len(words.lstrip())]
    return before + marked(core, speaker, language) + words[len(before) + len(core) :] if core else words


def unmarked(text: str, language: str = "") -> tuple[str, tuple[Span, ...], tuple[Stress, ...]]:
    """Return the text without its marks, who speaks, and what is stressed.

    Words in the story's own `language` are marked as none. A mark inside of another has what it leaves open from the
    outer one; one that never ends, ends with the text.
    """
    if OPENS not in text and stress.without(text) == text:
        return text, (), ()
    own = language.partition("-")[0].lower()
    said: list[str] = []
    runs: list[Run] = []
    places: list[tuple[int, int]] = []
    who, begun, here, at = [("", "")], 0, 0, 0
    deep = first = 0
    for found in (*MARK.finditer(text), None):
        piece = text[at : found.start()] if found else text[at:]
        if piece[:1] == " " and (not said or said[-1][-1].isspace()):
            piece = piece[1:]
        if piece:
            said.append(piece)
            here += len(piece)
        at = found.end() if found else at
        if found and found[4]:
            first = first if deep else here
            deep = max(0, deep + (1 if found[4] == stress.BEGINS else -1))
            if not deep:
                places.append((first, here))
            continue
        if here > begun:
            runs.append((begun, here, *who[-1]))
            begun = here
        if found:
            who = who[: max(1, len(who) - 1)] if found[3] else [*who, _inside(who[-1], found[1], found[2], own)]
    bare = "".join(said).rstrip()
    return bare, spans_of(bare, runs), stress.on_words(bare, [*places, (first, here)] if deep else places)


def _inside(outer: tuple[str, str], speaker: str, tongue: str, own: str) -> tuple[str, str]:
    foreign = tongue if tongue.partition("-")[0].lower() != own else ""
    return name_of(speaker) or outer[0], foreign if tongue else outer[1]


def spans_of(text: str, runs: Iterable[Run]) -> tuple[Span, ...]:
    """Return the spans of runs that follow each other in a text: with words in them, and no white space around.

    Where nothing but white space lies between two of one kind, they are one.
    """
    spans: list[Span] = []
    for begin, end, speaker, language in runs:
        words = text[begin:end].strip()
        if not (speaker or language) or not any(letter.isalnum() for letter in words):
            continue
        start = begin + len(text[begin:end]) - len(text[begin:end].lstrip())
        span = Span(start, len(words), speaker, language)
        last = spans[-1] if spans else None
        if last and (last.speaker, last.language) == (speaker, language) and not text[last.end : start].strip():
            spans[-1] = replace(last, length=span.end - last.start)
        else:
            spans.append(span)
    return tuple(spans)


def shared_out(lines: Sequence[Line], spans: Sequence[Span]) -> tuple[Line, ...]:
    """Return a paragraph's lines, each with its part of the paragraph's spans."""
    told, at, first = [], 0, 0
    for line in lines:
        end = at + len(line.text)
        while first < len(spans) and spans[first].end <= at:
            first += 1
        runs, which = [], first
        while which < len(spans) and spans[which].start < end:
            one = spans[which]
            runs.append((max(0, one.start - at), min(end, one.end) - at, one.speaker, one.language))
            which += 1
        told.append(replace(line, spans=spans_of(line.text, runs)) if runs else line)
        at = end + len(line.after)
    return tuple(told)


def gathered(lines: Iterable[Line]) -> tuple[Span, ...]:
    """Return the spans of a whole paragraph, from those of its lines."""
    runs, text = [], ""
    for line in lines:
        runs += [(len(text) + one.start, len(text) + one.end, one.speaker, one.language) for one in line.spans]
        text += line.text + line.after
    return spans_of(text, runs)


def overlaid(text: str, under: Sequence[Span], over: Sequence[Span]) -> tuple[Span, ...]:
    """Return both: where two meet, what the upper one leaves open is the lower one's."""
    edges = sorted({0, len(text), *(edge for one in (*under, *over) for edge in (one.start, one.end))})
    runs = []
    for begin, end in pairwise(edges):
        who = [next((one for one in spans if one.start <= begin < one.end), Span(0, 0)) for spans in (over, under)]
        runs.append((begin, end, who[0].speaker or who[1].speaker, who[0].language or who[1].language))
    return spans_of(text, runs)

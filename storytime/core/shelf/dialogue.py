"""Speeches found in a story's text, and whose they are where its own words say so.

Found are quotes in the ways of English, Spanish and German, and speeches after a Spanish dash. A paragraph is one
person's unless it names two; whose turn it might be is never guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storytime.core.shelf.said_tags import who_after, who_before
from storytime.core.shelf.spans import name_of, shared_out, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storytime.core.shelf.story import Chapter, Span

QUOTE = re.compile(
    "„[^„“”]*[“”]?|“[^“”]*”?|«[^«»]*»?|»[^«»]*«|‹[^‹›]*›"
    r'|(?<!\w)"[^"]*(?:"|$)'
    r"|(?<![\w’])‘(?:[^‘’]|’(?=\w))*’(?!\w)"
)
OPENERS = "„“«»‹\"‘"
DASH = re.compile(r"[—–]\s?(?=[\w¿¡«“])")
"""What a Spanish speech begins with."""
ASIDE = re.compile(r"\s[—–](?=\w)|[—–](?=[\s.,:;]|$)")
"""Where the narrator comes in, and where they leave again."""
BEFORE_SPEECH = re.compile(r"(?:^|[.!?…,:;—–-][”»“\"’]?)\s*$")
"""What stands before a quote that is somebody's speech, rather than a word held with tongs."""


@dataclass(frozen=True, slots=True)
class Speech:
    """A speech in a paragraph: its place with its quotes, and who says it; nobody where the text does not say."""

    begin: int
    end: int
    speaker: str = ""
    open: bool = False
    """Its quote is not closed: it goes on in the next paragraph."""


def quotes(text: str) -> list[tuple[int, int]]:
    """Return begin and end of each stretch in quotes, its quotes included; one that is never closed ends the text."""
    if not any(mark in text for mark in OPENERS):
        return []
    return [found.span() for found in QUOTE.finditer(text) if any(letter.isalnum() for letter in found.group())]


def speeches(text: str, language: str, carried: str = "") -> list[Speech]:
    """Return the speeches of a paragraph; `carried` is whose speech the paragraph before left open."""
    found = _after_dashes(text, language) if DASH.match(text) else _in_quotes(text, language)
    if carried and found and found[0].begin == 0 and not found[0].speaker:
        found[0] = replace(found[0], speaker=carried)
    named = {one.speaker for one in found if one.speaker}
    if len(named) == 1:
        (only,) = named
        return [replace(one, speaker=only) if _is_speech(text, one) else one for one in found]
    return found


def _is_speech(text: str, speech: Speech) -> bool:
    return bool(speech.speaker or BEFORE_SPEECH.search(text[max(0, speech.begin - 8) : speech.begin]))


def _in_quotes(text: str, language: str) -> list[Speech]:
    places = quotes(text)
    found = []
    for number, (begin, end) in enumerate(places):
        after = places[number + 1][0] if number + 1 < len(places) else len(text)
        before = places[number - 1][1] if number else 0
        who = who_after(text, end, after, language) or who_before(text, before, begin, language)
        closed = text[end - 1 : end] in "”“»«›\"’" and end - begin > 1
        found.append(Speech(begin, end, who, not closed))
    return found


def _after_dashes(text: str, language: str) -> list[Speech]:
    found: list[Speech] = []
    first = DASH.match(text)
    begin, told = (first.end() if first else 0), False
    marks = [*(one.span() for one in ASIDE.finditer(text, begin)), (len(text), len(text))]
    for number, (end, following) in enumerate(marks):
        if not told and text[begin:end].strip():
            after = marks[number + 1][0] if number + 1 < len(marks) else end
            found.append(Speech(begin, end, who_after(text, following, after, language)))
        told, begin = not told, following
    return found


def proposed(chapters: Iterable[Chapter], language: str) -> dict[int, tuple[Span, ...]]:
    """Return who speaks where, as the story's own words say it, by the line's number over the whole story."""
    found: dict[int, tuple[Span, ...]] = {}
    number, carried = 0, ""
    for chapter in chapters:
        for paragraph in chapter.paragraphs:
            text = paragraph.text.rstrip()
            told = speeches(text, language, carried)
            carried = told[-1].speaker if told and told[-1].open else ""
            spans = spans_of(text, [(one.begin, one.end, name_of(one.speaker), "") for one in told])
            if spans:
                lines = shared_out([replace(line, spans=()) for line in paragraph.lines], spans)
                found |= {place: line.spans for place, line in enumerate(lines, number) if line.spans}
            number += len(paragraph.lines)
    return _as_one(found)


def _as_one(found: dict[int, tuple[Span, ...]]) -> dict[int, tuple[Span, ...]]:
    """Give the old owl what is the owl's, where there is one owl only."""
    said = Counter(span.speaker for spans in found.values() for span in spans)
    ends = {name: [one for one in said if one.casefold().endswith(f" {name.casefold()}")] for name in said}
    same = {several[0]: name for name, several in ends.items() if len(several) == 1}
    if not same:
        return found
    return {
        line: tuple(replace(span, speaker=same.get(span.speaker, span.speaker)) for span in spans)
        for line, spans in found.items()
    }

"""From the text of a paragraph to lines that can be spoken in one breath, losing nothing.

Joined lines, with the white space after each, are the paragraph again (tests/core/shelf/test_passages.py proves it).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from storytime.core.shelf import stress
from storytime.core.shelf.sentences import cuts
from storytime.core.shelf.spans import shared_out, unmarked
from storytime.core.shelf.story import Chapter, Line, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from storytime.core.ports import Stress
    from storytime.core.shelf.story import Span

LONGEST = 300
"""Characters of a line."""
SHORTEST_PIECE = 60
"""A clause shorter than this is not worth a breath of its own."""
CLAUSE_PAUSE = 0.15
VERSE_PAUSE = 0.35
SENTENCE_PAUSE = 0.35
PARAGRAPH_PAUSE = 0.7
SECTION_PAUSE = 1.2
CHAPTER_PAUSE = 1.4
"""Seconds of silence after a line; never over 2."""
SECTION_BREAK = re.compile(r"\s*(?:(?:[*#~•·⁂❦☙◆◇-]|—|–|_|=)\s*){1,40}$")
CLAUSE_END = re.compile(r"[,;:][\"'”’»)\]]*\s+|[—–]\s*|\s[—–-](?=\s)")


def speakable(text: str) -> bool:
    """Return whether a voice has anything to say."""
    return any(character.isalnum() for character in text)


def tidy(text: str) -> str:
    """Return a paragraph with runs of white space made one space, keeping verse’s breaks (newlines)."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))


def to_paragraph(
    text: str,
    language: str = "en",
    pause: float = PARAGRAPH_PAUSE,
    spans: Sequence[Span] = (),
    stressed: Sequence[Stress] = (),
) -> Paragraph:
    """Return one tidy paragraph as lines, `pause` seconds of silence after the last; a newline inside is a verse’s."""
    lines: Sequence[Line] = _lines(text, language, pause)
    lines = shared_out(lines, spans) if spans else lines
    return Paragraph(stress.shared_out(lines, stressed, language) if stressed else tuple(lines))


def _lines(text: str, language: str, pause: float) -> list[Line]:
    lines: list[Line] = []
    verses = text.split("\n")
    for number, verse in enumerate(verses):
        last = number == len(verses) - 1
        pieces = _pieces(verse, language) if len(verses) == 1 or len(verse) > LONGEST else [(verse, "", SENTENCE_PAUSE)]
        lines += [Line(piece, after, silence) for piece, after, silence in pieces]
        end = lines[-1]
        lines[-1] = Line(end.text, "" if last else "\n", pause if last else VERSE_PAUSE)
    return lines


def to_chapter(title: str, texts: Iterable[str], language: str = "en") -> Chapter | None:
    """Return a chapter of these paragraphs’ texts, or None if there is nothing to say; a section’s break is a pause.

    A text may carry marks of who speaks (`spans.marked`) and of what is stressed (`stress.marked`).
    """
    paragraphs: list[Paragraph] = []
    for text in texts:
        written = tidy(text)
        whole, spans, stressed = unmarked(written, language)
        if whole != written and (neat := tidy(whole)) != whole:
            whole, spans, stressed = neat, (), ()
        if not whole:
            continue
        if SECTION_BREAK.fullmatch(whole):
            if paragraphs:
                paragraphs[-1] = with_pause(paragraphs[-1], SECTION_PAUSE)
            continue
        paragraphs.append(to_paragraph(whole, language, spans=spans, stressed=stressed))
    if not any(speakable(paragraph.text) for paragraph in paragraphs):
        return None
    paragraphs[-1] = with_pause(paragraphs[-1], CHAPTER_PAUSE)
    return Chapter(title, tuple(paragraphs))


def to_chapters(parts: Sequence[tuple[str, Sequence[str]]], language: str = "en") -> tuple[Chapter, ...]:
    """Return the chapters that have something to say; a heading with nothing under it is put before the next one."""
    chapters: list[Chapter] = []
    waiting = ""
    for title, texts in parts:
        joined = f"{waiting}: {title}" if waiting and title else waiting or title
        chapter = to_chapter(joined, texts, language)
        waiting = joined if chapter is None else ""
        if chapter is not None:
            chapters.append(chapter)
    return tuple(chapters)


def with_pause(paragraph: Paragraph, pause: float) -> Paragraph:
    """Return the paragraph with this silence after it, in seconds."""
    *before, last = paragraph.lines
    return Paragraph((*before, replace(last, pause=pause)))


def _pieces(text: str, language: str) -> list[tuple[str, str, float]]:
    """Return (text, white space after, pause) for one unbroken stretch of prose."""
    pieces: list[tuple[str, str, float]] = []
    begin = 0
    for end, following in [*cuts(text, language), (len(text), len(text))]:
        pieces += _at_clauses(text[begin:end], text[end:following])
        begin = following
    return _nothing_silent(pieces)


def _at_clauses(sentence: str, after: str) -> list[tuple[str, str, float]]:
    """Cut a sentence that no breath holds, at its clauses if it has any."""
    pieces = []
    begin = 0
    while len(sentence) - begin > LONGEST:
        # Enough to see that there is more: a book without a full stop would else be copied at every cut.
        ahead = sentence[begin : begin + 3 * LONGEST]
        end, following = _clause(ahead)
        pieces.append((ahead[:end], ahead[end:following], CLAUSE_PAUSE))
        begin += following
    pieces.append((sentence[begin:], after, SENTENCE_PAUSE))
    return pieces


def _clause(sentence: str) -> tuple[int, int]:
    """Return where to end a piece of at most `LONGEST` characters, and where the next begins."""
    most = LONGEST if len(sentence) > 2 * LONGEST else max(LONGEST - SHORTEST_PIECE, len(sentence) * 2 // 3)
    ends = [
        (len(sentence[: match.end()].rstrip()), match.end())
        for match in CLAUSE_END.finditer(sentence, 0, LONGEST + 1)
        if match.end() < len(sentence)
    ]
    fitting = [one for one in ends if SHORTEST_PIECE <= one[0] <= min(most, LONGEST)] or [
        one for one in ends if SHORTEST_PIECE <= one[0] <= LONGEST
    ]
    if fitting:
        return fitting[-1]
    space = sentence.rfind(" ", 1, LONGEST + 1)
    if space > 0:
        return space, space + 1
    end = LONGEST
    while end > 1 and _belongs_before(sentence[end]):
        end -= 1
    return (end, end) if end > 1 else (LONGEST, LONGEST)


def _belongs_before(character: str) -> bool:
    return unicodedata.combining(character) > 0 or character in "\u200d\ufe0f"


def _nothing_silent(pieces: list[tuple[str, str, float]]) -> list[tuple[str, str, float]]:
    """Give pieces with nothing to say, such as three dots, to the piece before them, or else to the one after."""
    merged: list[tuple[str, str, float]] = []
    for text, after, pause in pieces:
        if merged:
            before, gap, _ = merged[-1]
            mute = not speakable(text) or not speakable(before)
            if mute and len(before) + len(gap) + len(text) <= LONGEST:
                merged[-1] = (before + gap + text, after, pause)
                continue
        merged.append((text, after, pause))
    return merged

"""A chapter as pages of an EPUB: its words (XHTML), and when each of them is heard (SMIL, EPUB 3.3 Media Overlays).

Times are whole milliseconds into the chapter's sound, and every clip ends where the next begins: a reading system that
goes from clip to clip passes over no silence, and over no sound.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from storytime.core.shelf.passages import SECTION_PAUSE
from storytime.core.shelf.stress import within

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from storytime.core.shelf.story import Chapter, Line, Paragraph

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may hold (XML 1.0, 2.2)."""
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
XHTML = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
SHORTEST = 20
"""Milliseconds of a clip: a word that has less is heard with the one before it."""


@dataclass(frozen=True, slots=True)
class SaidWord:
    """Characters `begin` to `end` of a line, heard from `at` on."""

    at: int
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class SaidLine:
    """When a line is heard, its rest after it too."""

    begin: int
    end: int
    words: tuple[SaidWord, ...] = ()
    """Empty where nobody knows when they are said."""
    headed: bool = False
    """The heading is said before it."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A piece of the text by its id, and when it is heard."""

    id: str
    begin: int
    end: int


def xml(text: str) -> str:
    """Return a text as it stands in XML."""
    return escape(NOT_XML.sub("", text))


def page(chapter: Chapter, first: int, said: Mapping[int, SaidLine], language: str) -> str:
    """Return the chapter as XHTML; its lines are numbered from `first`."""
    body = [f'<h1 id="head">{xml(chapter.title)}</h1>'] if chapter.title.strip() else []
    line = first
    for number, paragraph in enumerate(chapter.paragraphs, 1):
        body.append(_paragraph(paragraph, line, said))
        line += len(paragraph.lines)
        if paragraph.lines[-1].pause == SECTION_PAUSE and number < len(chapter.paragraphs):
            body.append("<hr/>")
    inside = "\n".join(body)
    return document(chapter.title or "…", f'<section epub:type="chapter">\n{inside}\n</section>', language, "../")


def document(title: str, body: str, language: str, up: str = "") -> str:
    """Return a whole XHTML document; `up` is the way to the folder of the style."""
    tongue = xml(language)
    return (
        f'{HEAD}<!DOCTYPE html>\n<html {XHTML} xml:lang="{tongue}" lang="{tongue}">\n<head>\n'
        f'<title>{xml(title)}</title>\n<link rel="stylesheet" type="text/css" href="{up}style.css"/>\n</head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def overlay(text: str, sound: str, clips: Sequence[Clip]) -> str:
    """Return the SMIL of a chapter, `text` and `sound` being the ways from it to the page and to its sound."""
    pars = "\n".join(
        f'<par id="p{number}"><text src="{text}#{clip.id}"/>'
        f'<audio src="{sound}" clipBegin="{seconds(clip.begin)}" clipEnd="{seconds(clip.end)}"/></par>'
        for number, clip in enumerate(clips)
    )
    return (
        f'{HEAD}<smil xmlns="http://www.w3.org/ns/SMIL" xmlns:epub="http://www.idpf.org/2007/ops" version="3.0">\n'
        f'<body>\n<seq id="chapter" epub:textref="{text}" epub:type="chapter">\n{pars}\n</seq>\n</body>\n</smil>\n'
    )


def seconds(milliseconds: int) -> str:
    """Return a SMIL clock value."""
    return f"{milliseconds // 1000}.{milliseconds % 1000:03}s"


def clips_of(chapter: Chapter, first: int, said: Mapping[int, SaidLine]) -> list[Clip]:
    """Return what of a chapter is heard when, in order: words where their times are known, else lines."""
    clips: list[Clip] = []
    for number, line in enumerate(chapter.lines(), first):
        if heard := said.get(number):
            clips += _line_clips(number, line, heard, headed=bool(chapter.title.strip()))
    return clips


def _line_clips(number: int, line: Line, heard: SaidLine, *, headed: bool) -> Iterator[Clip]:
    words = _words(line, heard)
    if not words:
        yield Clip(f"l{number}", heard.begin, heard.end)
        return
    begins = [word.at for word in words]
    if heard.headed and headed:
        yield Clip("head", heard.begin, begins[0])
    else:
        begins[0] = heard.begin
    for word, (begin, end) in enumerate(pairwise([*begins, heard.end])):
        yield Clip(f"l{number}w{word}", begin, end)


def _words(line: Line, heard: SaidLine | None) -> list[SaidWord]:
    """Return the words of a line in order, each as far as the next, with the marks that stand at it.

    What would go back, in the text or in time, belongs to the word before.
    """
    if heard is None:
        return []
    kept: list[SaidWord] = []
    for word in heard.words:
        if kept:
            begin, floor, after = word.begin, kept[-1].at + SHORTEST, kept[-1].end
            while begin > after and not line.text[begin - 1].isspace():
                begin -= 1
            at = word.at
        else:
            begin, floor, after = 0, 0, 0
            at = max(word.at, heard.begin + SHORTEST * heard.headed)
        if at >= floor and word.begin >= after and at + SHORTEST <= heard.end:
            kept.append(SaidWord(at, begin, word.end))
    if not kept:
        return []
    begins = [0, *(word.begin for word in kept[1:]), len(line.text)]
    return [SaidWord(word.at, begin, end) for word, (begin, end) in zip(kept, pairwise(begins), strict=True)]


def _paragraph(paragraph: Paragraph, first: int, said: Mapping[int, SaidLine]) -> str:
    inside = "".join(
        f'<span id="l{number}">{_line(line, number, said.get(number))}</span>'
        + ("<br/>" if "\n" in line.after else line.after)
        for number, line in enumerate(paragraph.lines, first)
    )
    return f"<p>{inside}</p>"


def _line(line: Line, number: int, heard: SaidLine | None) -> str:
    """Return a line with its words in spans of their own, inside the runs of its languages, stress inside of both."""
    words = {word.begin: at for at, word in enumerate(_words(line, heard))}
    runs = _runs(line)
    cuts = sorted({*words, *(begin for begin, _, _ in runs), len(line.text)})
    pieces: list[str] = []
    for begin, end, tongue in runs:
        own = [(at, until) for at, until in pairwise(cuts) if begin <= at < end]
        inside = "".join(_word(line, at, until, number, words.get(at)) for at, until in own)
        pieces.append(f'<span xml:lang="{xml(tongue)}" lang="{xml(tongue)}">{inside}</span>' if tongue else inside)
    return "".join(pieces)


def _word(line: Line, begin: int, end: int, number: int, word: int | None) -> str:
    if word is None:
        return _stressed(line, begin, end)
    bare = begin + len(line.text[begin:end].rstrip())
    return f'<span id="l{number}w{word}">{_stressed(line, begin, bare)}</span>{xml(line.text[bare:end])}'


def _stressed(line: Line, begin: int, end: int) -> str:
    """Return a piece of a line with what is stressed in it as emphasis."""
    told, at = "", begin
    for one in within(line.stressed, begin, end):
        first, last = one.start + begin, one.end + begin
        told += f"{xml(line.text[at:first])}<em>{xml(line.text[first:last])}</em>"
        at = last
    return told + xml(line.text[at:end])


def _runs(line: Line) -> list[tuple[int, int, str]]:
    """Return begin, end and language of each run of a line; an empty one is the story's."""
    runs: list[tuple[int, int, str]] = []
    at = 0
    for span in line.spans:
        if not span.language:
            continue
        runs += [(at, span.start, "")] if span.start > at else []
        runs.append((span.start, span.end, span.language))
        at = span.end
    return runs + ([(at, len(line.text), "")] if at < len(line.text) or not runs else [])

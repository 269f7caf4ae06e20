"""A story’s text as a parent edits it: blank lines between paragraphs, one line a paragraph, verse on lines of its own.

What is written out reads in again as the same lines, spoken by the same (`markup`) with the same words stressed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from storytime.core.shelf import stress
from storytime.core.shelf.markup import read_line, written
from storytime.core.shelf.passages import SECTION_PAUSE, to_chapters
from storytime.core.shelf.spans import gathered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from storytime.core.shelf.story import Chapter, Line

SECTION = "* * *"


def to_text(chapters: tuple[Chapter, ...]) -> str:
    """Return the editable text of the chapters."""
    blocks = []
    for chapter in chapters:
        if chapter.title:
            blocks.append(f"# {chapter.title}")
        for number, paragraph in enumerate(chapter.paragraphs):
            blocks.append(written(paragraph.text, gathered(paragraph.lines), stress.gathered(paragraph.lines)))
            last = number == len(chapter.paragraphs) - 1
            if not last and paragraph.lines[-1].pause == SECTION_PAUSE:
                blocks.append(SECTION)
    return "\n\n".join(blocks) + "\n"


def from_text(text: str, language: str) -> tuple[Chapter, ...]:
    """Return the chapters of an edited text."""
    parts: list[tuple[str, list[str]]] = [("", [])]
    for block in re.split(r"\n[ \t]*\n\s*", text.replace("\r\n", "\n").strip()):
        if heading := re.fullmatch(r"#+[ \t]+([^\n]+)", block.strip()):
            parts.append((heading[1].strip(), []))
        else:
            parts[-1][1].append(read_line(block))
    return to_chapters(parts, language)


def follow(place: int, was: Iterable[Line], chapters: tuple[Chapter, ...]) -> int:
    """Return where the ribbon belongs after a change, as `nearest` finds it."""
    now = [line.text for chapter in chapters for line in chapter.lines()]
    return nearest(place, [line.text for line in was], now)


def nearest(place: int, texts: Sequence[str], now: Sequence[str]) -> int:
    """Return the line with the same words that is nearest to where they stood, else the one as near as can be."""
    if not 0 < place < len(texts):
        return 0
    same = [number for number, text in enumerate(now) if text == texts[place]]
    # Lines put in or taken out before the ribbon move it; those after do not.
    shift = len(now) - len(texts)
    return min(same, key=lambda one: min(abs(one - place), abs(one - place - shift)), default=min(place, len(now) - 1))

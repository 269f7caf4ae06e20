"""Markdown with front matter read in: headings are chapters, emphasis is the voice's, hard breaks are verse."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from storytime.core.errors import CannotRead
from storytime.core.shelf import stress
from storytime.core.shelf.cast import marked_so, read_cast
from storytime.core.shelf.language import guess, tag
from storytime.core.shelf.markup import is_label, read_marks
from storytime.core.shelf.passages import speakable, to_chapters
from storytime.core.shelf.read_text import NO_WORDS, decode, title_of_name
from storytime.core.shelf.spans import unmarked
from storytime.core.shelf.story import Manuscript

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FRONT = re.compile(r"---[ \t]*\n(.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
MOST_FRONT = 20_000
"""Characters of front matter that are looked at."""
HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
FENCE = re.compile(r" {0,3}(```+|~~~+)")
LONGEST_HEADING = 500
"""Characters, marks included."""
ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]+")
FOOTNOTE = re.compile(r" {0,3}\[\^[^\]\n]{1,100}\]:")
ADDRESS = re.compile(r" {0,3}\[[^\]\n]{1,200}\]:[ \t]*<?[^\s<>]*[/#][^\s<>]*>?(?:[ \t]+[\"'(][^\n]{0,500})?[ \t]*$")
"""Where a link leads that the text calls by a name."""
LONGEST_ADDRESS = 2_000
"""Characters."""
TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
INLINE = (
    (re.compile(r"!\[[^\]\n]{0,500}\](?:\([^()\n]{0,1000}\)|\[[^\]\n]{0,200}\])"), ""),
    (re.compile(r"\[\^[^\]\n]{1,100}\]"), ""),
    (re.compile(r"\[([^\[\]]{0,1000})\](?:\([^()\n]{0,1000}\)|\[[^\]\n]{0,200}\])"), r"\1"),
    (re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,500})>"), r"\1"),
    (re.compile(r"(`+)([^`]+)\1"), r"\2"),
)
EMPHASIS = (
    re.compile(r"(?<!\w)(_{1,3})(?=\S)([^_]+?)(?<=\S)\1(?!\w)"),
    re.compile(r"(\*{1,3})(?=\S)([^*]+?)(?<=\S)\1"),
)
STRUCK = re.compile(r"~~(?=\S)([^~]+?)(?<=\S)~~")
STRESSED = re.compile(r"<(/?)(?:b|em|i|strong)>", re.IGNORECASE)
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
KEPT_BASE = 0xE000
"""Escaped marks are moved into the private use area while emphasis is stripped, then back."""


@dataclass(slots=True)
class Part:
    """A heading’s words and the paragraphs under it; the level is 1 to 6, 0 before any heading."""

    level: int
    title: str
    texts: list[str] = field(default_factory=list)


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return what stands between the dashes, every value as it was written, and the text after."""
    facts, body = _front(text)
    return {key: _said(value) for key, value in facts.items()}, body


def _front(text: str) -> tuple[dict[str, object], str]:
    """Return the same with its values as they are nested: strings, lists and mappings of them."""
    match = FRONT.match(text.lstrip("\n"))
    if match is None or len(match[1]) > MOST_FRONT:
        return {}, text
    facts = _yaml(match[1])
    if facts is None:
        return {}, text
    return facts, text.lstrip("\n")[match.end() :]


def _yaml(text: str) -> dict[str, object] | None:
    import yaml

    try:
        # The base loader makes nothing but strings: 2024-05-01, 1:30 and `no` stay what was written.
        found = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)) or {}
    except (yaml.YAMLError, RecursionError, ValueError):
        # Such as a title with a colon in it, which a parent may well write.
        found = dict(re.findall(r"^([A-Za-z_][\w -]*):[ \t]+(.*?)[ \t]*$", text, re.MULTILINE))
        return {key.strip().lower(): re.sub(r"^([\"'])(.*)\1$", r"\2", value) for key, value in found.items()}
    if not isinstance(found, dict):
        return None
    return {str(key).strip().lower(): value for key, value in found.items() if isinstance(key, str)}


def _said(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(one.strip() for one in value if isinstance(one, str))
    return " ".join(value.split()) if isinstance(value, str) else ""


def read_markdown(path: Path, data: bytes) -> Manuscript:
    """Return the story in a Markdown file. Raises `CannotRead`."""
    text = decode(data, path)
    if not text.strip():
        raise CannotRead(path, "is empty")
    front, body = _front(text)
    facts = {key: _said(value) for key, value in front.items()}
    cast, remarks = read_cast(front.get("cast"))
    parts = parse(_without_comments(body))
    title = facts.get("title", "")
    first = parts[1] if len(parts) > 1 and not parts[0].texts else Part(0, "")
    if first.title and (not title or first.title.casefold() == title.casefold()) and _is_title(parts):
        title = title or first.title
        parts = [Part(0, "", first.texts), *parts[2:]]
    language = tag(facts.get("language", facts.get("lang", ""))) or guess(body)
    chapters = to_chapters([(part.title, part.texts) for part in parts], language)
    if not chapters or not any(speakable(line.text) for chapter in chapters for line in chapter.lines()):
        raise CannotRead(path, NO_WORDS)
    if cast:
        chapters, cast = marked_so(chapters, cast, language)
    return Manuscript(
        title or title_of_name(path),
        chapters,
        author=facts.get("author", facts.get("by", "")),
        language=language,
        note=facts.get("note", facts.get("teller's note", "")),
        ages=facts.get("ages", ""),
        mood=facts.get("mood", ""),
        minutes=_minutes(facts.get("minutes", "")),
        source=path.name,
        cast=cast,
        remarks=remarks,
    )


def _without_comments(text: str) -> str:
    first, *others = text.split("<!--")
    return first + "".join(other.partition("-->")[2] if "-->" in other else "<!--" + other for other in others)


def _is_title(parts: list[Part]) -> bool:
    """Return whether the first heading names the whole: no other stands as high, or nothing stands under it."""
    first = parts[1]
    return not first.texts or first.level < min((part.level for part in parts[2:]), default=7)


def _minutes(text: str) -> float:
    match = re.match(r"\d{1,4}(?:\.\d{1,3})?", text)
    return float(match[0]) if match else 0.0


def parse(text: str) -> list[Part]:
    """Return the parts of a Markdown text, the first without a heading; verse’s breaks are newlines."""
    parts = [Part(0, "")]
    block: list[str] = []
    fence = ""
    unheard = listed = False

    def close() -> None:
        nonlocal unheard, listed
        unheard = listed = False
        if block:
            parts[-1].texts.append(plain("\n".join(block)) if fence else _paragraph(block))
            block.clear()

    for raw in [*text.split("\n"), ""]:
        line = re.sub(r"^ {0,3}(?:> ?)+", "", raw).rstrip("\t")
        marks = FENCE.match(line)
        if fence:
            if marks and marks[1].startswith(fence):
                close()
                fence = ""
            elif line.strip():
                block.append(line.strip())
            continue
        if marks:
            close()
            fence = marks[1]
        elif len(line) < LONGEST_HEADING and (heading := HEADING.fullmatch(line)):
            close()
            parts.append(Part(len(heading[1]), plain(heading[2] or "")))
        elif block and (under := UNDERLINE.fullmatch(line)):
            title = unmarked(_paragraph(block).replace("\n", " "))[0]
            block.clear()
            parts.append(Part(1 if "=" in under[1] else 2, title))
        elif RULE.fullmatch(line):
            close()
            parts[-1].texts.append("***")
        elif not line.strip():
            close()
        elif FOOTNOTE.match(line):
            close()
            unheard = True
        elif unheard or (not block and len(line) < LONGEST_ADDRESS and ADDRESS.match(line)):
            continue
        else:
            item = ITEM.match(line)
            if item and (not block or listed or not item[0].strip()[0].isdigit()):
                close()
                listed = True
                line = line[item.end() :]
            if block and is_label(line):
                # Somebody else speaks.
                close()
            block.append(line)
    close()
    return parts


def _paragraph(block: list[str]) -> str:
    """Join soft breaks, keep hard ones, and mark what is stressed (`stress.marked`)."""
    pieces = []
    for line in block:
        hard = line.endswith(("  ", "\\"))
        pieces += [line.removesuffix("\\").strip(), "\n" if hard else " "]
    return plain("".join(pieces).strip(), read_marks, stressed=True)


def plain(text: str, read: Callable[[str], str] = str, *, stressed: bool = False) -> str:
    """Return the words without their marks; `read` sees them first, when what is escaped is no mark any more.

    Where they are to be `stressed`, emphasis is marked as a text carries it that is read in (`stress`).
    """
    text = read(ESCAPED.sub(lambda match: chr(KEPT_BASE + ord(match[1])), text))
    for pattern, kept in INLINE:
        text = pattern.sub(kept, text)
    words = _without_emphasis(text)
    if stressed and len(words) < len(text):
        told = _without_emphasis(STRESSED.sub(_mark, text), stress.BEGINS, stress.ENDS)
        # Where a mark would change the words, it is the words that are kept.
        return told if stress.without(told) == words else words
    return words


def _mark(tag: re.Match[str]) -> str:
    return stress.ENDS if tag[1] else stress.BEGINS


def _without_emphasis(text: str, begin: str = "", end: str = "") -> str:
    """Return the words without the marks of emphasis, or with these in their place."""
    for pattern in EMPHASIS:
        text = pattern.sub(rf"{begin}\2{end}", text)
    text = html.unescape(TAG.sub("", STRUCK.sub(r"\1", text)))
    if "*" in text:
        # Emphasis inside emphasis: what is left of its marks.
        text = re.sub(r"(?<!\w)\*{1,3}(?=\w)|(?<=[\w.,!?…”’])\*{1,3}(?!\w)", "", text)
    return re.sub("[\ue000-\ue07f]", lambda match: chr(ord(match[0]) - KEPT_BASE), text).strip()

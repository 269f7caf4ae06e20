"""Plain text read in: its bytes, its title, its chapters."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import TYPE_CHECKING

from storytime.core.errors import CannotRead
from storytime.core.shelf.language import guess
from storytime.core.shelf.passages import SECTION_BREAK, speakable, to_chapters
from storytime.core.shelf.story import Manuscript
from storytime.core.shelf.unwrapping import unwrap

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 20_000_000
"""Of text; the longest novels have some 10 MB."""
TOO_LONG = "holds over 20 MB of text, more than any book"
NO_WORDS = "holds no words to read"
BYTE_ORDER = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
INVISIBLE = dict.fromkeys([*range(9), 11, *range(14, 32), 127, 0xAD, 0xFEFF, 0x200B])
"""Controls, soft hyphens and empty spaces: a voice may stumble over them."""
NEW_LINES = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
HEADING = re.compile(
    r"#{1,6}[ \t]+(?P<marked>\S.*?)[ \t#]*$|"
    r"(?P<named>(?:chapter|part|prologue|epilogue|kapitel|teil|capítulo|capitulo|parte|chapitre|capitolo)\b.{0,70})$|"
    r"(?P<roman>[IVXLC]{1,7}\.?)$",
    re.IGNORECASE,
)
BY = re.compile(
    r"(?:by|von|por|de|par|di|told by|erzählt von|contado por)[ \t:]+(?P<who>[^\W\d_].{1,60})$", re.IGNORECASE
)
GUTENBERG_START = re.compile(r"^\*\*\* ?START OF (?:THE|THIS) PROJECT GUTENBERG.*$", re.MULTILINE)
GUTENBERG_END = re.compile(r"^\*\*\* ?END OF (?:THE|THIS) PROJECT GUTENBERG.*$", re.MULTILINE)


def decode(data: bytes, path: Path) -> str:
    """Return the text of bytes: UTF-8, UTF-16 with its mark, or Windows-1252. Raises `CannotRead`."""
    if len(data) > MOST_BYTES:
        raise CannotRead(path, TOO_LONG)
    text = None
    for mark, name in (*BYTE_ORDER, (b"", "utf-8"), (b"", "cp1252")):
        if data.startswith(mark):
            try:
                text = data.decode(name)
            except UnicodeDecodeError:
                continue
            break
    if text is None or "\0" in text:
        raise CannotRead(path, "is not text")
    text = NEW_LINES.sub("\n", text)
    return text.translate(INVISIBLE)


def read_text(path: Path, data: bytes) -> Manuscript:
    """Return the story in a plain text file. Raises `CannotRead`."""
    text = decode(data, path)
    if not speakable(text):
        raise CannotRead(path, "is empty" if not text.strip() else NO_WORDS)
    paragraphs = unwrap(_without_gutenberg(text))
    title, author, paragraphs = _title_page(paragraphs)
    language = guess(text)
    chapters = to_chapters(_parts(paragraphs), language)
    if not chapters:
        raise CannotRead(path, NO_WORDS)
    return Manuscript(title or title_of_name(path), chapters, author=author, language=language, source=path.name)


def title_of_name(path: Path) -> str:
    """Return a title for a file that says none: its name, with its joints made spaces."""
    name = unicodedata.normalize("NFC", path.stem)
    title = " ".join(re.sub(r"[_]+|(?<=\w)-(?=\w)", " ", name).split())
    title = title if any(one.isupper() for one in title) else title[:1].upper() + title[1:]
    return title or path.name


def _without_gutenberg(text: str) -> str:
    begin, end = GUTENBERG_START.search(text), GUTENBERG_END.search(text)
    inside = text[begin.end() if begin else 0 : end.start() if end else len(text)]
    return inside if speakable(inside) else text


def _title_page(paragraphs: list[str]) -> tuple[str, str, list[str]]:
    """Return title, author and the rest, where the text begins with a short line of its own that is no sentence."""
    if len(paragraphs) < 2:
        return "", "", paragraphs
    first, *more = paragraphs[0].split("\n")
    marked = re.fullmatch(r"#[ \t]+(\S.*?)[ \t#]*", first)
    title = marked[1] if marked else first
    plain = len(title) <= 80 and speakable(title) and not re.search(r"[.,:;…”»]$", title) and not HEADING.match(title)
    if not plain or len(more) > 1 or title[0] in '“"„«»—–':
        return "", "", paragraphs
    by = BY.match(more[0]) if more else None
    if more and by is None:
        return "", "", paragraphs
    rest = paragraphs[1:]
    if by is None and len(rest) > 1 and (by := BY.match(rest[0])) and not rest[0].endswith("."):
        rest = rest[1:]
    return title, by["who"].strip() if by else "", rest


def _parts(paragraphs: list[str]) -> list[tuple[str, list[str]]]:
    parts: list[tuple[str, list[str]]] = [("", [])]
    for paragraph in paragraphs:
        heading = HEADING.match(paragraph) if len(paragraph) <= 90 and "\n" not in paragraph else None
        if heading and not SECTION_BREAK.fullmatch(paragraph) and _is_heading(heading):
            parts.append((heading["marked"] or heading[0].strip(), []))
        else:
            parts[-1][1].append(paragraph)
    return parts


def _is_heading(match: re.Match[str]) -> bool:
    """Return whether it is a heading, and not a sentence that begins with the word “part”."""
    if match["marked"] is not None:
        return True
    if match["roman"] is not None:
        return match["roman"].isupper() and match["roman"] != "I."
    named = match["named"]
    return named[0].isupper() and not re.search(r"[,;…?!”]$|\w{3,}\.$", named)

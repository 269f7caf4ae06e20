"""Who speaks, as a parent writes it in a text: `**Fox:** “…”` and `[…]{Fox}`, `[…]{lang=es}` for a language, `*…*`.

`**Fox:**` before a paragraph, or before a line of it, makes all quotes in it the fox's, and where it begins with none
the whole of it. It is shown as “Fox:”. `[…]{Fox, lang=es}` is for a piece in the midst of a paragraph; in Markdown
`<span lang="es">` and other elements with a language say the same as `{lang=es}`. `*very*` is stressed.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from storytime.core.shelf import stress
from storytime.core.shelf.dialogue import OPENERS, quotes
from storytime.core.shelf.language import known_language
from storytime.core.shelf.spans import LONGEST_NAME, marked, name_of, pieced, unmarked

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from storytime.core.ports import Stress
    from storytime.core.shelf.story import Span

LABEL = re.compile(rf"[ \t]{{0,3}}(\*\*|__)(?=\S)([^*_:\n\[\]{{}}<>]{{1,{LONGEST_NAME}}})(?::\1|\1:)[ \t]+(?=\S)")
"""`**Fox:** ` or `**Fox**: `."""
PIECE = re.compile(r"\[([^\[\]]{1,5000})\]\{([^{}\n]{1,200})\}")
ELEMENT = re.compile(
    r"<(?P<name>[A-Za-z]\w{0,15})\b[^<>]{0,300}?\s(?:xml:)?lang=[\"']?(?P<lang>[\w-]{2,35})[\"']?[^<>]{0,300}>"
    r"(?P<words>(?:[^<]|<(?!/?(?P=name)\b)){0,5000})</(?P=name)>"
)
"""It ends where another of its name begins: a thousand that are never closed are read as fast as one."""
DEEPEST = 4
"""Marks inside of marks."""
LANGUAGE = re.compile(r"\blang(?:uage)?\s*=\s*[\"']?([\w-]+)[\"']?")
SPEAKER = re.compile(r"\bspeaker\s*=\s*(?:[\"']([^\"']+)[\"']|([^\s,]+))")
STRESSED = re.compile(r"(?<![^\W_])(?<!\*)(\*{1,2})(?=[^\s*])([^*\n]{1,1000})(?<=\S)\1(?!\*)(?![^\W_])")
ESCAPED = re.compile(r"\\([\[\]\\*<#])")
WANTS_ESCAPE = re.compile(r"[\[\]\\*<]")
KEPT_BASE = 0xE000
"""Escaped letters stand in the private use area while marks are looked for."""


def is_label(line: str) -> bool:
    """Return whether a line begins with who speaks it."""
    return LABEL.match(line) is not None


def read_marks(text: str) -> str:
    """Return a paragraph with its written marks as `spans.marked` has them; what is escaped is no mark."""
    if "**" in text or "__" in text:
        text = _labelled(text)
    for _ in range(DEEPEST):
        again = PIECE.sub(lambda found: pieced(found[1], *_attributes(found[2])), text)
        if again == text:
            break
        text = again
    if "lang=" in text:
        text = ELEMENT.sub(lambda found: pieced(found["words"], "", known_language(found["lang"])), text)
    return text


def _labelled(text: str) -> str:
    found = LABEL.match(text)
    speaker = name_of(found[2]) if found else ""
    if not found or not speaker:
        return text
    rest = text[found.end() :]
    places = quotes(rest) if rest.startswith(tuple(OPENERS)) else []
    if not places:
        return f"{speaker}: {marked(rest, speaker)}"
    told, at = "", 0
    for begin, end in places:
        told += rest[at:begin] + marked(rest[begin:end], speaker)
        at = end
    return f"{speaker}: {told}{rest[at:]}"


def _attributes(said: str) -> tuple[str, str]:
    """Return the speaker and the language of `{…}`; what else stands there says nothing to us."""
    language, named = LANGUAGE.search(said), SPEAKER.search(said)
    if named:
        speaker = named[1] or named[2]
    else:
        rest = LANGUAGE.sub(" ", said)
        speaker = " ".join(one for one in rest.split() if not one.startswith((".", "#")) and "=" not in one)
    return name_of(speaker), known_language(language[1]) if language else ""


def read_line(text: str) -> str:
    """Return a paragraph as a parent edits it with its marks as `spans.marked` has them, its escapes undone."""
    if "[" not in text and "*" not in text and "<" not in text and "\\" not in text and "__" not in text:
        return text
    kept = ESCAPED.sub(lambda found: chr(KEPT_BASE + ord(found[1])), text)
    marked_up = STRESSED.sub(lambda found: stress.marked(found[2]), read_marks(kept))
    return re.sub("[\ue000-\ue07f]", lambda found: chr(ord(found[0]) - KEPT_BASE), marked_up)


def written(text: str, spans: Sequence[Span], stressed: Sequence[Stress] = ()) -> str:
    """Return a paragraph as a parent edits it, so that `read_line` gives it back with its spans and its stress."""
    wanted = (text, tuple(spans), tuple(stressed))
    speaker = spans[0].speaker if spans else ""
    named = len(f"{speaker}: ") if speaker and text.startswith(f"{speaker}: ") else 0
    plain, safe = (_starred(text, named, len(text), stressed, tell) for tell in (str, _escaped))
    # What begins like a heading is escaped: it is none.
    ways = [safe] if text.startswith("#") else [plain, safe]
    if named:
        ways = [f"**{speaker}:** {plain}", f"**{speaker}:** {safe}"]
    for way in ways:
        if unmarked(read_line(way)) == wanted:
            return way
    told, at = "", 0
    for span in spans:
        who = ", ".join(filter(None, (span.speaker, span.language and f"lang={span.language}")))
        told += _starred(text, at, span.start, stressed, _escaped)
        told += f"[{_starred(text, span.start, span.end, stressed, _escaped)}]{{{who}}}"
        at = span.end
    return told + _starred(text, at, len(text), stressed, _escaped)


def _starred(text: str, begin: int, end: int, stressed: Sequence[Stress], tell: Callable[[str], str]) -> str:
    """Return a piece of the text, told so, with stars around what is stressed, or around what of it is in the piece."""
    edges = [one.start for one in stressed if begin <= one.start < end]
    edges += [one.end for one in stressed if begin < one.end <= end]
    return "*".join(tell(text[first:last]) for first, last in pairwise([begin, *sorted(edges), end]))


def _escaped(text: str) -> str:
    return re.sub("^#", r"\#", WANTS_ESCAPE.sub(lambda found: f"\\{found[0]}", text))

"""Plain text’s paragraphs: lines wrapped at a width are joined again, verse keeps its breaks.

A break is *forced* when the next line’s first word would not have fitted on the line before. Wrapped prose is nearly
all forced breaks at one width; verse and one-line paragraphs are not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

NARROWEST, WIDEST = 45, 130
"""Characters between which a text may be hard-wrapped."""
SLACK = 3
"""Characters by which old editors wrapped early."""
MOSTLY = 0.6
ALWAYS = 0.9
"""Lines that nearly all end a sentence were not cut by a margin."""
VERSE_LINE = 70
A_THIRD = 1 / 3
"""Of the broken lines must be as wide as prose, for the narrow ones to be songs in it."""
SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»“)\]]*$")
HYPHEN_AT_END = re.compile(r"([^\W\d_]+)-$")


@dataclass(frozen=True, slots=True)
class Wrap:
    """How a whole text is wrapped."""

    width: int
    """Characters; 0 where it is not wrapped."""
    words: frozenset[str]
    """Every word of the text, to know whether a hyphen at a line’s end is the word’s own."""

    def forced(self, line: str, following: str) -> bool:
        """Return whether `following` had to begin a new line."""
        first = following.split(maxsplit=1)[0]
        return len(line.rstrip()) + 1 + len(first) > self.width - SLACK


def unwrap(text: str) -> list[str]:
    """Return the paragraphs of a plain text; a newline inside one is a verse’s break."""
    blocks = [block.split("\n") for block in re.split(r"\n(?:[ \t\u3000]*\n)+", text.strip("\n")) if block.strip()]
    wrap = how_wrapped(blocks, text)
    return [paragraph for block in blocks for paragraph in paragraphs(block, wrap)]


def how_wrapped(blocks: list[list[str]], text: str) -> Wrap:
    """Return how these blocks of lines are wrapped."""
    lengths = sorted(len(line.rstrip()) for block in blocks for line in block)
    width = lengths[min(len(lengths) - 1, int(len(lengths) * 0.98))] if lengths else 0
    if not NARROWEST <= width <= WIDEST:
        return Wrap(0, frozenset())
    wrap = Wrap(width, frozenset())
    broken = [block for block in blocks if len(block) > 1]
    prose = [block for block in broken if not _is_narrow(block, wrap)]
    if sum(map(_size, prose)) >= A_THIRD * sum(map(_size, broken)):
        # Songs among prose say nothing of how the prose is wrapped.
        broken = prose
    breaks = [(one, two) for block in broken for one, two in pairwise(block)]
    forced = sum(wrap.forced(one, two) for one, two in breaks)
    ended = sum(bool(SENTENCE_END.search(one.rstrip())) for one, _ in breaks)
    if not breaks or forced < MOSTLY * len(breaks) or (len(breaks) > 2 and ended > ALWAYS * len(breaks)):
        return Wrap(0, frozenset())
    return Wrap(width, frozenset(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower())))


def paragraphs(block: list[str], wrap: Wrap) -> list[str]:
    """Return the paragraphs of the lines between two blank lines."""
    if len(block) == 1:
        return [block[0].strip()]
    if wrap.width and not _is_verse_among_prose(block, wrap):
        return [_join(lines, wrap) for lines in _split_wrapped(block, wrap)]
    longest = max(len(line.strip()) for line in block)
    ended = sum(bool(SENTENCE_END.search(line.rstrip())) for line in block)
    if longest <= VERSE_LINE and (len(block) > 2 or ended < len(block)) and not _is_talk(block):
        return ["\n".join(line.strip() for line in block)]
    return [line.strip() for line in block]


def _is_talk(block: list[str]) -> bool:
    """Return whether each line is a speech or a sentence of its own, as in a dialogue without blank lines."""
    opened = sum(line.strip().startswith(tuple('"“„«»—–')) for line in block)
    whole = sum(bool(re.search(r"[.!?…][\"'”’»“)\]]*$", line.rstrip())) for line in block)
    return opened * 2 >= len(block) and whole == len(block)


def _is_verse_among_prose(block: list[str], wrap: Wrap) -> bool:
    unforced = sum(not wrap.forced(one, two) for one, two in pairwise(block))
    return _is_narrow(block, wrap) and unforced > 0.5 * (len(block) - 1)


def _is_narrow(block: list[str], wrap: Wrap) -> bool:
    return max(len(line.strip()) for line in block) < wrap.width * 0.75


def _size(block: list[str]) -> int:
    return sum(map(len, block))


def _split_wrapped(block: list[str], wrap: Wrap) -> list[list[str]]:
    """Split where a line is indented deeper, or where a sentence ended far before the margin."""
    parts = [[block[0]]]
    for before, line in pairwise(block):
        deeper = _indent(line) >= 2 and _indent(before) < _indent(line) and SENTENCE_END.search(before.rstrip())
        early = SENTENCE_END.search(before.rstrip()) and len(before.rstrip()) < wrap.width * 0.8
        if deeper or (early and not wrap.forced(before, line)):
            parts.append([line])
        else:
            parts[-1].append(line)
    return parts


def _indent(line: str) -> int:
    return len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())


def _join(lines: list[str], wrap: Wrap) -> str:
    joined = [lines[0].strip()]
    for line in (line.strip() for line in lines[1:]):
        before = joined[-1]
        hyphen = HYPHEN_AT_END.search(before)
        if hyphen and line[:1].islower():
            first = re.match(r"[^\W\d_]+", line)
            whole = (hyphen[1] + (first[0] if first else "")).lower()
            joined[-1] = before[:-1] if whole in wrap.words else before
        else:
            joined.append(" ")
        joined.append(line)
    return "".join(joined)

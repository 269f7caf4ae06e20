"""Recorded names in a line that the machine reads: where each of them stands, and whose recording is heard.

A name that an apostrophe or a hyphen ties to other letters ("Mia's", "Mia-Lou") is left to the machine: the letters
alone are nothing that a voice can say.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from storytime.core.ports import Named
from storytime.core.reading.sayings import said_so
from storytime.core.reading.spoken import SILENT
from storytime.core.shelf.words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from storytime.core.shelf.takes import Take

TIES = "['’\\-\u2010\u2011]"
TIED_BEFORE = re.compile(rf"\w{TIES}$")
TIED_AFTER = re.compile(rf"{TIES}\w")


def names_tonight(takes: Iterable[Take], teller: int, *, others: bool) -> dict[str, Take]:
    """Return which take is heard for each name: that of `teller` (0: of whoever), else another one's if allowed.

    `takes` are the newest first.
    """
    heard: dict[str, Take] = {}
    for take in sorted(takes, key=lambda one: bool(teller) and one.teller != teller):
        if others or teller in (0, take.teller):
            heard.setdefault(words_of(take.text), take)
    return {take.text.strip(): take for take in heard.values()}


def names_in(text: str, names: Mapping[str, Take], path: Callable[[Take], Path]) -> tuple[Named, ...]:
    """Return the names in a line as it is written, in its order; `path` gives the file of a take."""
    if not names:
        return ()
    unread = [found.span() for found in SILENT.finditer(text)]
    found = []
    for begin, end, name in said_so(text, {name: name for name in names}, ""):
        tied = TIED_BEFORE.search(text, max(0, begin - 2), begin) or TIED_AFTER.match(text, end)
        if not tied and all(end <= first or last <= begin for first, last in unread):
            found.append(Named(begin, end - begin, path(names[name]), names[name].levels))
    return tuple(found)

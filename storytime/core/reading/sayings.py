"""Words that a family says in its own way, found in a line: in any script, however their accents are coded."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

GIVEN = re.compile(r"/\s*([^/\s][^/]*?)\s*/")
"""A saying by the phonetic alphabet."""
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")
"""Scripts that leave no space between words, so that a name may stand inside of a run of letters."""
OWNED = re.compile(r"['’]s(?!\w)")
HISSING, HARD = "szʃʒ", "ptkfθ"
"""English sounds after which the s of an owner is said otherwise."""


def said_so(text: str, sayings: Mapping[str, str], tongue: str) -> Iterator[tuple[int, int, str]]:
    """Yield begin and end of each word in the text that has a saying, and the saying; the longest words first."""
    known = {_folded(word.strip()): said.strip() for word, said in sayings.items() if word.strip() and said.strip()}
    if not known:
        return
    written = sorted({form for word in sayings for form in _forms(word.strip()) if form}, key=len, reverse=True)
    for found in re.finditer("|".join(map(re.escape, written)), text, re.I):
        said = known.get(_folded(found.group()))
        if said and _stands_alone(text, found.start(), found.end()):
            owned = OWNED.match(text, found.end()) if tongue == "en" and GIVEN.fullmatch(said) else None
            if owned:
                yield found.start(), owned.end(), f"/{_owner(said.strip('/ '))}/"
            else:
                yield found.start(), found.end(), said


def _forms(word: str) -> Iterator[str]:
    """Yield a word as a book may have it: its accents in one or apart, its apostrophe straight or bent."""
    for one in (word, word.replace("'", "’"), word.replace("’", "'")):
        yield unicodedata.normalize("NFC", one)
        yield unicodedata.normalize("NFD", one)


def _folded(word: str) -> str:
    return unicodedata.normalize("NFC", word.casefold()).replace("’", "'")


def _stands_alone(text: str, begin: int, end: int) -> bool:
    before, after = text[begin - 1 : begin], text[end : end + 1]
    if after and unicodedata.category(after).startswith("M"):
        return False
    if UNSPACED.search(text, begin, end):
        return True
    return not (_of_a_word(before) or _of_a_word(after))


def _of_a_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_" or unicodedata.category(letter or " ").startswith("M")


def _owner(ipa: str) -> str:
    last = ipa.rstrip("ːˈˌ.")[-1:]
    return ipa + ("ɪz" if last in HISSING else "s" if last in HARD else "z")

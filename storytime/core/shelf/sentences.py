"""Where one sentence ends and the next begins, in story text: quotes, said-tags, initials, three dots and all.

Written by hand because the libraries tried were either slow or cut inside of quotes and before said-tags.
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


END = re.compile(
    r"(?<![.!?…])(?<!\.\s)(?P<stop>\.(?:\s?\.){2,60}[!?]{0,9}|[.!?…]{1,60}(?:\s[?!])?|[。！？]{1,9})"
    r"(?P<closers>[\"'”’»“‘«›‹)\]」』]{0,9}(?:\s[»›](?=[\s,;.]))?)(?P<gap>\s{1,9}|(?<=[。！？」』]))(?=\S)"
)
"""Begun only where a run of dots begins, and bounded, so that a megabyte of dots is read as fast as any other."""
OPENERS = "\"'“‘„‚«»‹›¿¡([「『*_—–-"
TITLES = _words("mr mrs ms mx dr st prof sr sra srta dña ud uds hr fr capt lt col gen rev mt mme mlle")
"""Never end a sentence, when written with a capital."""
SHORT = _words("vs bzw ca ggf sog e.g i.e z.b d.h u.a cf viz")
"""Never end a sentence."""
MAY_END = _words("etc usw jr a.m p.m bros inc ltd co")
"""End one only before a capital."""
BEFORE_NUMBER = _words("no nr nos vol p pp fig chap kap cap art núm num")
STARTERS = _words("The A An He She It They We You But And Then In On At When That This There So His Her")
SAID = re.compile(
    rf"(?:(?:\w[\w’'-]*|(?i:{'|'.join(sorted(TITLES))})\.)\s+){{1,5}}?"
    r"(?:said|says|asked|asks|whispered|whispers|cried|called|shouted|answered|replied|murmured|laughed|sighed|"
    r"yawned|giggled|wondered|thought|began|added|squeaked|growled|sang|breathed|exclaimed|muttered|mumbled|"
    r"dijo|preguntó|susurró|respondió|contestó|gritó|exclamó|murmuró|"
    r"sagte|fragte|flüsterte|rief|antwortete|murmelte|meinte|seufzte)\b"
)
TOKEN = re.compile(r"[\w.’'-]*$")


def cuts(text: str, language: str = "en") -> list[tuple[int, int]]:
    """Return (end, next start) of each boundary between two sentences of one paragraph, in order."""
    found = []
    begin = 0
    for match in END.finditer(text):
        if _ends_here(text, begin, match, language[:2].lower()):
            found.append((match.start("gap"), match.end("gap")))
            begin = match.end("gap")
    return found


def _ends_here(text: str, begin: int, match: re.Match[str], language: str) -> bool:
    rest = text[match.end("gap") : match.end("gap") + 80]
    bare = rest.lstrip(OPENERS)
    if not bare:
        return True
    if bare[0].islower():
        return False
    before = text[max(begin, match.start("stop") - 24) : match.start("stop")]
    if match["closers"] and not rest.startswith(tuple('"“„«‘¿¡')) and _is_said_tag(match, rest):
        return False
    if match["stop"] == "." and not match["closers"]:
        return not _is_abbreviation(before, bare, language)
    dots = len(match["stop"]) > 1 or match["stop"] == "…"
    return not (dots and re.match(r"I\b(?!')", bare) and not match["closers"])


def _is_said_tag(match: re.Match[str], rest: str) -> bool:
    return match["stop"] != "." and SAID.match(rest) is not None


def _is_abbreviation(before: str, following: str, language: str) -> bool:
    token = TOKEN.search(before)
    word = token[0].lstrip(".'’-") if token else ""
    lower = word.lower()
    if lower in SHORT or (lower in TITLES and word[0].isupper()):
        return True
    if lower in BEFORE_NUMBER:
        return following[0].isdigit()
    if lower in MAY_END:
        return not following[0].isupper()
    if word.isdigit():
        alone = before.strip() == word
        return alone or (language == "de" and len(word) <= 2)
    if len(word) == 1 and word.isalpha():
        return (word != "I" and following[0].isupper()) if word.isupper() else language == "de"
    if re.fullmatch(r"(?:[^\W\d]\.)+[^\W\d]", word):
        first = re.match(r"\w+", following)
        return first is not None and first[0] not in STARTERS
    return False

"""In which language a text is written, by its commonest small words, where a file does not say."""

from __future__ import annotations

import re
from collections import Counter

ENOUGH = 20_000
"""Characters that are looked at."""
SMALL_WORDS = {
    "en": "the and to of was he she it in that you his her with said for they",
    "de": "der die das und nicht ein eine ist war ich sie er den dem zu sich mit auf es",
    "es": "el la los las de que y en un una no se su con por para era dijo lo muy",
    "fr": "le les des et une est il elle dans que qui ne pas pour sur avec dit du au",
    "it": "il di che un una non per era con si disse gli della nel sono più le ma",
    "nl": "het een van en niet dat zijn was ik ze hij met op voor aan er naar",
    "pt": "o os um uma não que e do da em para com era disse seu ele ela mas",
    "sv": "och det att en som var han hon inte jag på med för sig den sa ett",
}
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
NO_LANGUAGE = frozenset(("und", "mul", "zxx"))
"""What is no language, or not one."""
MARGIN = 1.25
"""How much surer than English another language must be."""


def guess(text: str) -> str:
    """Return the likeliest language of a text, BCP 47; English where nothing tells."""
    words = Counter(re.findall(r"[^\W\d_]+", text[:ENOUGH].lower()))
    scores = {language: sum(words[word] for word in small.split()) for language, small in SMALL_WORDS.items()}
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] > scores["en"] * MARGIN and scores[best] >= 3 else "en"


def known_language(said: str) -> str:
    """Return what a file says of a language as a tag, or nothing where that says nothing."""
    found = tag(said)
    return "" if found in NO_LANGUAGE else found


def tag(said: str) -> str:
    """Return what a file says of its language as a BCP 47 tag such as `en` or `pt-BR`, or nothing if it is none."""
    match = LANGUAGE_TAG.fullmatch(said.strip())
    if match is None:
        return ""
    first, *rest = match[0].replace("_", "-").split("-")
    return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])

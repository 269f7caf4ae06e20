"""The words around a speech that say whose it is: “said the fox”, “Mia asked,”, “dijo la luna”, „sagte der Fuchs“.

Who is only a “he” is nobody here: a wrong voice disturbs more than a missing one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

LOOKED_AT = 160
"""Characters beside a speech in which its tag begins."""
CAPITAL = "A-ZÀ-ÖØ-Þ"
NAME_WORD = rf"[{CAPITAL}][\w’'-]*"
NO_NAMES = (
    "I He She It They We You There This That These Those Then And But So What Who When Where Why How If As At In On Or "
    "Not No Yes Now Once After Before Nobody Somebody Everybody Everyone Someone Both All Each One Here For From With "
    "Er Sie Es Ich Wir Ihr Du Und Aber Da Dann Als Wenn Was Wer Wo Niemand Jemand Alle Doch So Nun "
    "Él Ella Ello Yo Tú Nosotros Ellos Ellas Y Pero Entonces Cuando Qué Quién Nadie Todos Luego Así"
)


@dataclass(frozen=True, slots=True)
class Tongue:
    """How a language tags its speeches, as parts of patterns."""

    verbs: str
    articles: str
    ends: str
    """Words that are no part of who speaks."""
    joins: str
    """And."""
    nouns_are_capital: bool = False


ENGLISH = Tongue(
    "said|says|asked|asks|whispered|whispers|cried|cries|called|calls|shouted|answered|answers|replied|replies|murmured"
    "|laughed|sighed|yawned|giggled|wondered|began|added|adds|squeaked|growled|sang|breathed|exclaimed|muttered"
    "|mumbled"
    "|agreed|repeated|explained|suggested|continued|insisted|announced|declared|remarked|observed|chirped|hooted"
    "|purred|croaked|barked|roared|grumbled|hummed|snapped|hissed|begged|promised|admitted|called out|went on|put in"
    r"|told \w+",
    "the|a|an|his|her|their|my|our|its|your|old|little",
    r"to|and|as|with|from|in|at|on|by|of|for|who|whose|which|that|when|while|but|again|then|too|now|once|out|up|down"
    r"|back|after|before|because|if|into|over|very|more|most|almost|half|aloud|next|at|last|who|\w+ly|without|through"
    r"|under|until|was|is|had|not|so|all|looking|\w+ing|still|himself|herself|itself|one|rather|beside|behind|always"
    r"|never|just|only|even|this|there",
    "and",
)
SPANISH = Tongue(
    "dijo|dice|preguntó|pregunta|susurró|respondió|contestó|gritó|exclamó|murmuró|añadió|repitió|suspiró|rio|cantó|pensó"
    "|explicó|llamó|replicó|bostezó|pidió|insistió",
    "el|la|los|las|un|una|su|mi|sus|nuestra|nuestro",
    r"con|en|a|al|que|y|muy|de|del|por|para|desde|mientras|cuando|como|sin|entre|sobre|otra|entonces|ya|más|casi|\w+mente"
    r"|\w+ando|\w+iendo|hacia|bajito|bajo|también|despacio|quien",
    "y|e",
)
GERMAN = Tongue(
    "sagte|sagt|fragte|fragt|flüsterte|flüstert|rief|ruft|antwortete|murmelte|meinte|seufzte|erwiderte|brummte|gähnte"
    "|wisperte|lachte|sang|sprach|schrie|wiederholte|erklärte|begann|kicherte|piepste|knurrte",
    "der|die|das|ein|eine|sein|seine|ihr|ihre|mein|meine|unser|unsere|dein|deine",
    "und|zu|mit|von|aus|in|im|an|am|auf|der|die|das|leise|laut|da|dann|wieder|noch|ganz|sehr|als|während|nach|vor|nicht",
    "und",
    nouns_are_capital=True,
)
TONGUES = {"en": ENGLISH, "es": SPANISH, "de": GERMAN}


def who_after(text: str, begin: int, end: int, language: str) -> str:
    """Return who speaks by the words from `begin` to `end` that follow a speech; nothing where they do not say."""
    patterns = _patterns(language)
    if patterns is None:
        return ""
    for pattern in patterns[:2]:
        if found := pattern.match(text, begin, min(end, begin + LOOKED_AT)):
            return "" if _several(text, found, language) else _called(found["who"], language)
    return ""


def who_before(text: str, begin: int, end: int, language: str) -> str:
    """Return who speaks by the words from `begin` to `end` that lead to a speech: “Then the owl said, …”."""
    patterns = _patterns(language)
    if patterns is None or not re.search(r"[,:]\s*$", text[max(begin, end - 4) : end]):
        return ""
    *_, last = (None, *patterns[2].finditer(text, max(begin, end - LOOKED_AT), end))
    if last is None or re.search(r"[.!?…]\s", text[last.end() : end]) or _joined_before(text, last, language):
        return ""
    return _called(last["who"], language)


def _several(text: str, found: re.Match[str], language: str) -> bool:
    """Return whether somebody else speaks with them."""
    tongue = _tongue(language)
    after = re.compile(rf"\s+(?:{tongue.joins})\s+(?:(?:{tongue.articles})\s|[{CAPITAL}])")
    return bool(after.match(text, found.end("who")))


def _joined_before(text: str, found: re.Match[str], language: str) -> bool:
    """Return whether they are the second of several: “the fox and the owl said”, but not “…, and the owl said”."""
    begin = found.start("who")
    return bool(re.search(rf"\w\s(?:{_tongue(language).joins})\s$", text[max(0, begin - 40) : begin]))


def _called(who: str, language: str) -> str:
    """Return a name without its article, and with a capital."""
    tongue = _tongue(language)
    bare = " ".join(re.sub(rf"(?i)^(?:(?:{tongue.articles})\s+)", "", who).split()).strip("’'- ")
    if tongue.nouns_are_capital:
        # “Der kleine Stern” without its article would be “kleine Stern”, which nobody is called.
        bare = re.sub(rf"^(?:[^{CAPITAL}\s]\S*\s)+", "", bare)
    bare = re.sub(r"[’']s voice$", "", bare)
    return bare[:1].upper() + bare[1:]


def _tongue(language: str) -> Tongue:
    return TONGUES[language.partition("-")[0].lower()]


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]] | None:
    """Return what follows a speech, its verb first and its verb last, and what leads to one."""
    tongue = TONGUES.get(language.partition("-")[0].lower())
    if tongue is None:
        return None
    verb = rf"(?:{tongue.verbs})\b"
    never = rf"(?!(?:{'|'.join(NO_NAMES.split())})\b)"
    name = rf"{never}(?:(?:Mrs?|Ms|Dr|Sra?|Hr|Fr)\.\s)?{NAME_WORD}(?:\s{NAME_WORD}){{0,3}}"
    word = rf"(?!(?:{tongue.ends}|{tongue.verbs})\b)[\w’'-]+"
    if tongue.nouns_are_capital:
        noun = rf"(?i:{tongue.articles})\s(?:{word}\s){{0,3}}?{NAME_WORD}(?:\s{NAME_WORD}){{0,2}}"
    else:
        noun = rf"(?i:{tongue.articles})\s{word}(?:\s{word}){{0,3}}"
    owned = rf"{never}{NAME_WORD}[’']s\s{word}(?:\s{word})?"
    who = rf"(?P<who>{noun}|{owned}|{name})"
    lead = r"\s*(?:[,—–-]\s*)?"
    apart = r"(?:\s\w+ly)?"
    return (
        re.compile(rf"{lead}{verb}{apart}\s{who}(?![\w’'])"),
        re.compile(rf"{lead}{who}{apart}\s{verb}"),
        re.compile(rf"(?<![\w’'-]){who}{apart}\s{verb}"),
    )

"""Numbers as people say them, by num2words; what a language has no words for is left to the engine."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storytime.core.reading.tongues import Tongue

COINS = {"$": "USD", "£": "GBP", "€": "EUR"}
NO_PENNIES = re.compile(r",? (?:(?:und|y|et|con|e) )?(?:zero|null|cero|zéro|nul) ")
LONGEST = 15
"""Digits of a number that is still said as one."""
ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
WORTH = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def roman(text: str) -> int:
    """Return the number of Roman letters; 0 where they are none."""
    if not text or not ROMAN.fullmatch(text):
        return 0
    worth = [WORTH[letter] for letter in text]
    return sum(-one if one < after else one for one, after in zip(worth, [*worth[1:], 0], strict=True))


@lru_cache(maxsize=4096)
def in_words(number: float, tag: str, kind: str = "cardinal") -> str:
    """Return a number in the words of a language; `kind` is cardinal, ordinal or year. Empty where it has none."""
    from num2words import num2words

    try:
        # Its commas would be pauses.
        return str(num2words(number, lang=tag, to=kind)).replace(",", "")
    except (NotImplementedError, OverflowError, KeyError, ValueError, TypeError, IndexError):
        return ""


def in_coins(amount: str, sign: str, tongue: Tongue) -> str:
    """Return money in words, such as “three pounds fifty” is written “£3.50”; empty where the language has none."""
    from num2words import num2words

    value = value_of(amount, tongue)
    if value is None:
        return ""
    whole = value == int(value)
    try:
        said = str(num2words(int(value) if whole else value, lang=tongue.tag, to="currency", currency=COINS[sign]))
    except (NotImplementedError, OverflowError, KeyError, ValueError, TypeError, IndexError):
        return ""
    if whole:
        # num2words takes a whole number for one of cents in some languages.
        said = str(num2words(float(value), lang=tongue.tag, to="currency", currency=COINS[sign]))
        said = NO_PENNIES.split(said)[0]
    return said.replace(",", "").replace(" sterling", "")


def value_of(written: str, tongue: Tongue) -> float | None:
    """Return the value of a written number; None for what is none, such as a telephone number."""
    plain = written.replace(" ", " ").replace(" ", " ")
    if tongue.thousands and re.fullmatch(rf"\d{{1,3}}(?:{re.escape(tongue.thousands)}\d{{3}})+(?:\D\d+)?", plain):
        plain = plain.replace(tongue.thousands, "")
    plain = plain.replace(tongue.comma, ".")
    if not re.fullmatch(r"\d+(?:\.\d+)?", plain) or len(plain) > LONGEST or re.match(r"0\d", plain):
        return None
    return float(plain)


def number_in_words(written: str, tongue: Tongue) -> str:
    """Return a written number in words, a year as a year; empty where it is left to the engine."""
    value = value_of(written.lstrip("-−"), tongue)
    if value is None:
        return ""
    if written[0] in "-−":
        value = -value
    if tongue.years and re.fullmatch(r"1[1-9]\d\d", written):
        return in_words(int(value), tongue.tag, "year")
    return in_words(int(value) if value == int(value) and tongue.comma not in written else value, tongue.tag)

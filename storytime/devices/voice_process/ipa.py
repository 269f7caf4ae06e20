"""Sounds that a family wrote in the phonetic alphabet, brought into the alphabet of each engine.

Families write as dictionaries do, with the stress before its syllable; the engines want it before the vowel.
"""

from __future__ import annotations

import re
import unicodedata

VOWELS = "aeiouyæøœɐɑɒɔəɘɚɛɜɝɞɤɨɪɯɵɶʉʊʌʏᵻ"
STRESS = "ˈˌ"
LEFT_OUT = re.compile("[.|\u2016\u203f\u0361\u035c\\s]")
"""Marks of syllables and ties, which no engine needs."""
AFFRICATES = {"tʃ": "ʧ", "dʒ": "ʤ"}
HIBARI = {
    **AFFRICATES,
    "eɪ": "A", "ei": "A", "aɪ": "I", "ai": "I", "aʊ": "W", "au": "W", "ɔɪ": "Y", "oɪ": "Y", "oʊ": "O", "əʊ": "O",
    "ou": "O", "ɜː": "ɜɹ", "ɝ": "ɜɹ", "ɚ": "əɹ", "ɾ": "T",
    "a": "ɑ", "ɒ": "ɑ", "ɐ": "ə", "e": "ɛ", "ɘ": "ə", "ɵ": "ʊ", "o": "O", "ø": "ɜ", "œ": "ɜ", "ɶ": "æ", "ɞ": "ɜ",
    "y": "u", "ʏ": "ʊ", "ʉ": "u", "ɯ": "ʊ", "ɨ": "ɪ", "ɤ": "ʌ",
    "r": "ɹ", "ʁ": "ɹ", "ʀ": "ɹ", "ɻ": "ɹ", "ɽ": "T", "g": "ɡ", "ɣ": "ɡ", "x": "k", "χ": "k", "q": "k", "c": "k",
    "ɟ": "ɡ", "ç": "h", "ħ": "h", "ɦ": "h", "ɕ": "ʃ", "ʂ": "ʃ", "ʑ": "ʒ", "ʐ": "ʒ", "ɲ": "nj", "ɳ": "n", "ʎ": "lj",
    "ɭ": "l", "ɫ": "l", "ɬ": "l", "β": "v", "ʋ": "v", "ɸ": "f", "ɱ": "m", "ʈ": "t", "ɖ": "d", "ɥ": "w", "ɰ": "w",
}  # fmt: skip
"""What hibari's network, which learned American English, has for a sound."""
OF_HIBARI = frozenset("AIOWYiuæɑɔəɛɜɪʊʌᵻᵊbdfhjklmnpstvwzðŋɡɹTʃʒʤʧθˈˌ")


def plain(ipa: str) -> str:
    """Return the sounds with accents apart, ties and syllable marks left out, and stress before its vowel."""
    return _before_vowels(LEFT_OUT.sub("", unicodedata.normalize("NFD", ipa).replace("c\u0327", "ç").replace("g", "ɡ")))


def for_hibari(ipa: str) -> str:
    """Return the nearest that hibari's alphabet has; what has no likeness there is left out."""
    sounds = plain(ipa)
    said, at = "", 0
    while at < len(sounds):
        pair, one = sounds[at : at + 2], sounds[at]
        if pair in HIBARI:
            said, at = said + HIBARI[pair], at + 2
        else:
            said, at = said + HIBARI.get(one, one), at + 1
    return "".join(one for one in said if one in OF_HIBARI)


def _before_vowels(sounds: str) -> str:
    """Return the sounds with each mark of stress moved on to the next vowel."""
    said, waiting = [], ""
    for one in sounds:
        if one in STRESS:
            waiting = one
        else:
            if waiting and one in VOWELS:
                said.append(waiting)
                waiting = ""
            said.append(one)
    return "".join(said)

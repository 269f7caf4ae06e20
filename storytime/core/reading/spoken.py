"""What a voice is given to say of a line: the line that is shown stays the line that was written.

Numbers, times, money, Roman numerals and shortened words become the words that people say; footnote marks, addresses
and small pictures are not read; words in capitals are not spelled. Every rule looks at the written line alone, and the
first to claim a place has it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storytime.core.ports import Named, Sounds, Stress
from storytime.core.reading.numbers import in_coins, in_words, number_in_words, roman
from storytime.core.reading.sayings import GIVEN, said_so
from storytime.core.reading.tongues import tongue_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from storytime.core.reading.tongues import Tongue

SILENT = re.compile(
    r"\[\d{1,3}\]|[¹²³⁰-⁹†‡]+|(?<=\w)\*+(?!\w)"
    r"|(?:https?://|www\.)[^\s)>\]”]*[^\s)>\]”.,;:!?]|\b[\w.+-]+@[\w-]+\.[\w.]*\w"
    "|[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\u20e3]+"
)
"""Footnote marks, addresses, and small pictures."""
PAGE = re.compile(r"[\s\-–—|·.]*(?:\d{1,4}|[ivxlc]{1,7})[\s\-–—|·.]*")
"""A line that is the number of a page."""
NUMBER = re.compile(r"(?<![\w.,])(?<!\d[-–/])[-−]?\d+(?:[.,\u00a0\u202f]\d+)*(?!\w|[-–/]\d)")
MONEY = re.compile(
    r"([$£€])\s?(\d+(?:[.,]\d+)*)(?!\w)(\s(?:hundred|thousand|million|billion)\b)?"
    r"|(?<!\w)(\d+(?:[.,]\d+)*)\s?([€£$])(?!\w)"
)
TIME = re.compile(
    r"(?<![\d:.])([01]?\d|2[0-4])(:|h(?=\d\d)|\.(?=\d\d\s?Uhr))([0-5]\d)(?!\d|:\d)(\s?(?:[ap]\.?m\b\.?|Uhr\b))?", re.I
)
PERCENT = re.compile(r"(?<=\d)\s?%")
KING = re.compile(r"\b(\w+)\s+([IVX]{2,6}|[VX](?=[\s,]+(?:of|von|de)\b))(\.?)(?!\w)")
CAPITALS = re.compile(r"\b[^\W\d_]{2,}(?:['’][^\W\d_]+)?\b")
SPELLED = re.compile("TV|UK|USA?|EU|UN|DVD|CD|BBC|DNA|PC|ID|OK|SOS|UFO|GPS|LED|FBI|CIA|DJ|PS")
"""Capitals that people spell."""
BENT = re.compile(r"\b(?:am|beim|dem|den|des|im|vom|zum|zur)\s$", re.I)
"""What bends a German ordinal: “am dritten Mai”, but “der dritte Mai”."""
NOUN = re.compile(r"\s+(\w+)")
NEUTER = ("Kapitel", "Mal")
"""What makes a German ordinal end in s where nothing stands before it: “erstes Kapitel”, but “erster Tag”."""
COUNTED = ("War",)
"""What is counted like a king, and is none: “World War Two”."""
DOTS = re.compile(r"\.{3,}|\.(?: \.){2,}")


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words for a voice, and where each piece of them stands in the written line."""

    text: str
    pieces: tuple[tuple[int, int, int, int], ...]
    """Begin and end in the spoken text, then in the written one."""
    sounds: tuple[Sounds, ...] = ()
    """What of the spoken text is said by sounds that a family gave."""
    names: tuple[Named, ...] = ()
    """What of the spoken text is heard from a recording."""
    stressed: tuple[Stress, ...] = ()
    """What of the spoken text is said with emphasis."""

    def on_one_line(self) -> Spoken:
        """Return the same words with one space between them, and what is said of them where it stands then."""
        sounds = tuple(Sounds(*self._on_one_line(one), one.ipa) for one in self.sounds)
        names = tuple(Named(*self._on_one_line(one), one.take, one.levels) for one in self.names)
        stressed = tuple(Stress(*self._on_one_line(one)) for one in self.stressed)
        return Spoken(" ".join(self.text.split()), (), sounds, names, stressed)

    def _on_one_line(self, place: Sounds | Named | Stress) -> tuple[int, int]:
        """Return start and length of a place in the text with one space between its words."""
        before = self.text[: place.start]
        start = len(" ".join(before.split())) + (before[-1:].isspace() and bool(before.strip()))
        return start, len(" ".join(self.text[place.start : place.start + place.length].split()))


NOTHING = Spoken("", ())


def spoken(
    text: str,
    language: str,
    sayings: Mapping[str, str] | None = None,
    names: Sequence[Named] = (),
    stressed: Sequence[Stress] = (),
) -> Spoken:
    """Return what is said of a line in a language (BCP 47).

    `sayings` are words that a family says in its own way; `names`, by their places in the line, are heard from
    recordings: they go before all else, and stay as they are written. What is `stressed` in the line is stressed in
    whatever is said for it.
    """
    if PAGE.fullmatch(text) and not text.strip().isalpha():
        return Spoken("", ())
    heard = {(one.start, one.start + one.length): one for one in names}
    taken = [(begin, end, text[begin:end]) for begin, end in heard]
    for claim in _claims(text, tongue_of(language), sayings or {}):
        if all(claim[1] <= begin or end <= claim[0] for begin, end, _ in taken):
            taken.append(claim)
    said = _joined(text, sorted(taken), heard)
    return replace(said, stressed=_stressed(said, stressed)) if stressed else said


def _joined(text: str, claims: list[tuple[int, int, str]], heard: Mapping[tuple[int, int], Named]) -> Spoken:
    said, pieces, sounds, names, at, here = "", [], [], [], 0, 0
    for begin, end, words in [*claims, (len(text), len(text), "")]:
        if name := heard.get((begin, end)):
            names.append(replace(name, start=at + begin - here))
        given = GIVEN.fullmatch(words)
        if given:
            # The words stay as they are written, for the voices that know no such alphabet.
            words = text[begin:end]
            sounds.append(Sounds(at + begin - here, end - begin, given[1]))
        for written_begin, written_end, piece in ((here, begin, text[here:begin]), (begin, end, words)):
            if piece:
                pieces.append((at, at + len(piece), written_begin, written_end))
                said, at = said + piece, at + len(piece)
        here = end
    return Spoken(said, tuple(pieces), tuple(sounds), tuple(names))


def _stressed(said: Spoken, written: Sequence[Stress]) -> tuple[Stress, ...]:
    """Return what of the spoken text is stressed: words that stand for some of the written ones whole."""
    found = []
    for one in written:
        edges: list[int] = []
        for begin, end, first, last in said.pieces:
            if first < one.end and one.start < last:
                as_written = end - begin == last - first
                edges.append(begin + max(0, one.start - first) if as_written else begin)
                edges.append(end - max(0, last - one.end) if as_written else end)
        words = said.text[min(edges) : max(edges)] if edges else ""
        if words.strip():
            found.append(Stress(min(edges) + len(words) - len(words.lstrip()), len(words.strip())))
    return tuple(found)


def _claims(text: str, tongue: Tongue, sayings: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    yield from said_so(text, sayings, tongue.tag)
    yield from ((found.start(), found.end(), "") for found in SILENT.finditer(text))
    for short, full in tongue.short.items():
        pattern = short if short.startswith("(?<") else rf"\b{short}"
        for found in re.finditer(pattern, text):
            # A dot that also ends the sentence still ends it.
            ends = found.group().endswith(".") and not text[found.end() :].strip(" ”’\"'»“)")
            yield found.start(), found.end(), full + ("." if ends else "")
    yield from _figures(text, tongue)
    yield from _romans(text, tongue)
    yield from _capitals(text)
    yield from ((found.start(), found.end(), "…") for found in DOTS.finditer(text))


def _figures(text: str, tongue: Tongue) -> Iterator[tuple[int, int, str]]:
    for found in MONEY.finditer(text):
        sign, amount = (found[1], found[2]) if found[1] else (found[5], found[4])
        said = in_coins("2" if found[3] else amount, sign, tongue)
        if said and found[3]:
            said = f"{number_in_words(amount, tongue)}{found[3]} {said.split()[-1]}"
        if said:
            yield found.start(), found.end(), said
    if tongue.time:
        cardinal = _counting(tongue, "cardinal")
        for found in TIME.finditer(text):
            yield found.start(), found.end(), tongue.time(int(found[1]), int(found[3]), cardinal, found[4] or "")
    if tongue.ordinal:
        for found in re.finditer(rf"(?<![\w.,]){tongue.ordinal}", text):
            if said := in_words(int(found[1]), tongue.tag, "ordinal"):
                yield found.start(), found.end(), said + (_german_end(text, found) if tongue.tag == "de" else "")
    for found in NUMBER.finditer(text):
        if said := number_in_words(found.group(), tongue):
            yield found.start(), found.end(), said
    if tongue.percent:
        yield from ((found.start(), found.end(), f" {tongue.percent}") for found in PERCENT.finditer(text))


def _german_end(text: str, ordinal: re.Match[str]) -> str:
    if BENT.search(text, 0, ordinal.start()):
        return "n"
    if text[: ordinal.start()].rstrip()[-1:].isalnum():
        return ""
    noun = NOUN.match(text, ordinal.end())
    return "s" if noun and noun[1] in NEUTER else "r"


def _romans(text: str, tongue: Tongue) -> Iterator[tuple[int, int, str]]:
    cardinal, ordinal = _counting(tongue, "cardinal"), _counting(tongue, "ordinal")
    if tongue.parts:
        for found in re.finditer(rf"\b(?:{tongue.parts})\s+([IVXLC]+)(?![\w’'])", text, re.I):
            if found[1].isupper() and (number := roman(found[1])):
                yield found.start(1), found.end(1), cardinal(number)
    if tongue.king:
        for found in KING.finditer(text):
            number = roman(found[2])
            if number and found[1][0].isupper() and found[1] not in ("I", found[1].upper()):
                said = (found[1] not in COUNTED and tongue.king(number, found[1], ordinal)) or cardinal(number)
                # In German the dot is the ordinal's; elsewhere it ends a sentence.
                dot = bool(found[3]) and tongue.tag == "de" and bool(text[found.end() :].strip(" ”’\"'»“)"))
                yield found.start(2), found.end() if dot else found.end(2), said


def _capitals(text: str) -> Iterator[tuple[int, int, str]]:
    """Say words in capitals as words, but for the few that people spell."""
    found = [one for one in CAPITALS.finditer(text) if one.group().isupper()]
    for word in found:
        said = word.group()
        alone = len(found) == 1 or not text.isupper()
        if (alone and SPELLED.fullmatch(said)) or (roman(said) and len(said) < 5):
            continue
        if re.search(r"[AEIOUYÄÖÜÁÉÍÓÚÀÈÊ]", said):
            yield word.start(), word.end(), said.capitalize()


def _counting(tongue: Tongue, kind: str) -> Callable[[int], str]:
    return lambda number: in_words(number, tongue.tag, kind) or str(number)

"""What reading aloud needs to know of each language: how it shortens words, counts kings, and tells the time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language. Patterns are regular expressions, matched without case where they are words."""

    tag: str
    """As num2words knows it."""
    short: Mapping[str, str] = field(default_factory=dict)
    """What is written short, and how it is said; patterns of the short form."""
    parts: str = ""
    """Words before the number of a part of a book."""
    king: Callable[[int, str, Callable[[int], str]], str] | None = None
    """How the number of a king is said: the number, his name, and the ordinals."""
    comma: str = "."
    """Between whole and broken."""
    thousands: str = ","
    time: Callable[[int, int, Callable[[int], str], str], str] | None = None
    """How a time is said: hour, minute, the cardinals, and what follows it (am, pm, Uhr)."""
    ordinal: str = ""
    """A number that is an ordinal; its first group is the number."""
    percent: str = ""
    years: bool = False
    """Years are said in pairs."""


def _english_king(number: int, _name: str, ordinal: Callable[[int], str]) -> str:
    return f"the {ordinal(number)}"


def _german_king(number: int, name: str, ordinal: Callable[[int], str]) -> str:
    woman = name.endswith(("a", "e", "beth", "in"))
    return f"{'die' if woman else 'der'} {ordinal(number).capitalize()}"


def _spanish_king(number: int, name: str, ordinal: Callable[[int], str]) -> str:
    if number > 10:
        return ""
    said = ordinal(number)
    return said[:-1] + "a" if name.endswith(("a", "Isabel")) else said


def _french_king(number: int, _name: str, _ordinal: Callable[[int], str]) -> str:
    return "premier" if number == 1 else ""


def _english_time(hour: int, minute: int, cardinal: Callable[[int], str], after: str) -> str:
    half = {"a": " a.m.", "p": " p.m."}.get(after.strip().lower()[:1], "")
    said = cardinal(hour % 12 or 12) if hour > 12 or not hour else cardinal(hour)
    if not minute:
        return said + (half or " o'clock")
    return f"{said} {'oh ' if minute < 10 else ''}{cardinal(minute)}{half}"


def _german_time(hour: int, minute: int, cardinal: Callable[[int], str], _after: str) -> str:
    said = "ein" if hour == 1 else cardinal(hour)
    return f"{said} Uhr {cardinal(minute)}" if minute else f"{said} Uhr"


def _spanish_time(hour: int, minute: int, cardinal: Callable[[int], str], _after: str) -> str:
    said = "una" if hour == 1 else cardinal(hour)
    return f"{said} y {cardinal(minute)}" if minute else f"{said} en punto"


def _french_time(hour: int, minute: int, cardinal: Callable[[int], str], _after: str) -> str:
    said = "une" if hour == 1 else cardinal(hour)
    return f"{said} heure{'s' if hour > 1 else ''}{' ' + cardinal(minute) if minute else ''}"


ENGLISH = Tongue(
    "en",
    {
        r"Mr\.?(?=\s+[A-Z])": "Mister", r"Mrs\.?(?=\s+[A-Z])": "Missus", r"Ms\.(?=\s+[A-Z])": "Miz",
        r"Dr\.(?=\s+[A-Z])": "Doctor", r"Prof\.(?=\s+[A-Z])": "Professor", r"St\.(?=\s+[A-Z])": "Saint",
        r"Capt\.(?=\s+[A-Z])": "Captain", r"Jr\.": "Junior", r"Sr\.(?=\W|$)": "Senior", r"No\.(?=\s*\d)": "number",
        r"etc\.": "et cetera", r"e\.\s?g\.": "for example", r"i\.\s?e\.": "that is", r"vs\.?(?=\s)": "versus",
        r"(?<=[a-z])\s&\s(?=[A-Za-z])": " and ",
    },
    "chapter|part|book|volume|act|scene|canto|verse",
    _english_king,
    time=_english_time,
    ordinal=r"(\d{1,4})(?:st|nd|rd|th)\b",
    percent="percent",
    years=True,
)
GERMAN = Tongue(
    "de",
    {
        r"z\.\s?B\.": "zum Beispiel", r"d\.\s?h\.": "das heißt", r"u\.\s?a\.": "unter anderem",
        r"usw\.": "und so weiter",
        r"Nr\.(?=\s*\d)": "Nummer", r"Dr\.(?=\s+[A-ZÄÖÜ])": "Doktor", r"Hr\.(?=\s+[A-ZÄÖÜ])": "Herr",
        r"Fr\.(?=\s+[A-ZÄÖÜ])": "Frau", r"St\.(?=\s+[A-ZÄÖÜ])": "Sankt", r"ca\.": "zirka", r"bzw\.": "beziehungsweise",
    },
    "kapitel|teil|buch|band|akt|szene",
    _german_king,
    ",",
    ".",
    _german_time,
    r"(\d{1,2})\.(?=\s+(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Kapitel|Tag"
    r"|Stock|Mal)\b)",
    "Prozent",
)
SPANISH = Tongue(
    "es",
    {
        r"Sr\.(?=\s+[A-ZÁÉÍÓÚÑ])": "señor", r"Sra\.(?=\s+[A-ZÁÉÍÓÚÑ])": "señora", r"Srta\.": "señorita",
        r"Dr\.(?=\s+[A-ZÁÉÍÓÚÑ])": "doctor", r"Dra\.(?=\s+[A-ZÁÉÍÓÚÑ])": "doctora", r"Uds?\.": "ustedes",
        r"p\.\s?ej\.": "por ejemplo", r"etc\.": "etcétera", r"n\.º(?=\s*\d)": "número", r"D\.(?=\s+[A-ZÁÉÍÓÚÑ])": "don",
    },
    "capítulo|parte|libro|tomo|acto|escena",
    _spanish_king,
    ",",
    ".",
    _spanish_time,
    r"(\d{1,2})\.?º",
    "por ciento",
)
FRENCH = Tongue(
    "fr",
    {
        r"M\.(?=\s+[A-ZÉÈÀÂ])": "monsieur", r"Mme\.?(?=\s+[A-ZÉÈÀÂ])": "madame",
        r"Mlle\.?(?=\s+[A-ZÉÈÀÂ])": "mademoiselle", r"Dr\.?(?=\s+[A-ZÉÈÀÂ])": "docteur",
        r"etc\.": "et cætera", r"p\.\s?ex\.": "par exemple", r"n°(?=\s*\d)": "numéro",
    },
    "chapitre|partie|livre|tome|acte|scène",
    _french_king,
    ",",
    " ",
    _french_time,
    r"(\d{1,2})(?:ers?|res?|e|ème)\b",
    "pour cent",
)
TONGUES = {tongue.tag: tongue for tongue in (ENGLISH, GERMAN, SPANISH, FRENCH)}


def tongue_of(language: str) -> Tongue:
    """Return what is known of a language (BCP 47); little where it has no entry here."""
    stem = language.lower().partition("-")[0]
    return TONGUES.get(stem) or Tongue(stem, comma=",", thousands=".")

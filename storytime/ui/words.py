"""The sentences a person sees in more than one place, and what is said of an error: what happened, and one remedy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storytime.core import errors

if TYPE_CHECKING:
    from datetime import date, datetime, time

    from storytime.core.evening.plan import NightTimes

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PRIVATE = "Nothing is watched, nothing leaves the house."
LANGUAGES = {
    "en": "English", "de": "German", "es": "Spanish", "fr": "French", "it": "Italian", "nl": "Dutch",
    "pt": "Portuguese", "pl": "Polish", "sv": "Swedish", "da": "Danish", "nb": "Norwegian", "no": "Norwegian",
    "fi": "Finnish", "cs": "Czech", "tr": "Turkish", "ru": "Russian", "uk": "Ukrainian", "el": "Greek",
    "ja": "Japanese", "zh": "Chinese", "ko": "Korean", "ar": "Arabic", "he": "Hebrew", "hi": "Hindi",
}


def language(tag: str) -> str:
    """Return a language's name in English, or its tag where it has none here."""
    return LANGUAGES.get(tag.split("-")[0].lower(), tag)


def minutes(length: float) -> str:
    """Return a story's length, `length` in minutes, as it is said under a book."""
    return f"{max(1, round(length))} min"


def whole_minutes(length: float) -> str:
    """Return a length in minutes as it is said of an evening, “8 minutes”; the shortest is “1 minute”."""
    return many(max(1, round(length)), "minute")


def many(count: int, one: str, more: str = "") -> str:
    """Return “1 story”, “3 stories”."""
    return f"{count:,} {one if count == 1 else more or one + 's'}".replace(",", " ")


def clock(moment: datetime | time) -> str:
    """Return a time as the whole house writes it."""
    return f"{moment.hour}:{moment.minute:02d}"


def span(seconds: float) -> str:
    """Return a length as “2 h 40 min”, “40 min”, “under a minute”; seconds are rounded up to whole minutes."""
    whole = int(-(-max(0.0, seconds) // 60))
    hours, left = divmod(whole, 60)
    if not whole or seconds < 60:
        return "under a minute"
    if not hours:
        return f"{left} min"
    return f"{hours} h {left} min" if left else f"{hours} h"


def status(night: NightTimes | None, now: datetime) -> str:
    """Return tonight in a few words, for the top bar."""
    if night is None:
        return "No lights-out tonight"
    if now >= night.morning:
        return "Good morning"
    if now >= night.lights_out:
        return f"Morning at {clock(night.morning)}"
    return f"Lights-out {clock(night.lights_out)}, in {span((night.lights_out - now).total_seconds())}"


def evening_of(night: date) -> str:
    """Return “Wednesday evening”."""
    return f"{WEEKDAYS[night.weekday()]} evening"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong, in one sentence, and the one thing to do about it."""

    what: str
    remedy: str
    button: str = ""
    """The words of a button that helps; empty where there is none."""


def trouble(error: Exception) -> Trouble:
    """Return what to say of an error that is nobody's fault; anything else is a bug and is said to be one."""
    if isinstance(error, errors.CannotRead):
        return Trouble(str(error), "Nothing of it was added. Ask for the file again from where it came.",
                       "Choose another file")
    if isinstance(error, errors.DiskFull):
        return Trouble("There is no room left on the disk, so this was not kept.", "Free some space and try again.")
    if isinstance(error, errors.LibraryTrouble):
        return Trouble(f"The library {error.why}.", error.remedy)
    if isinstance(error, errors.StorytimeError):
        what, _, remedy = str(error).partition(". ")
        return Trouble(what.rstrip(".") + ".", remedy)
    return Trouble("Something went wrong that should not have.",
                   "It was written to the log; storytime doctor shows where that is.")


def refused(troubles: list[Exception]) -> Trouble:
    """Return what to say of several files that were refused together."""
    if len(troubles) == 1:
        return trouble(troubles[0])
    first = trouble(troubles[0]).what
    return Trouble(f"{len(troubles)} files were not added. The first: {first}",
                   "The others were added, if there were any.", "Choose another file")

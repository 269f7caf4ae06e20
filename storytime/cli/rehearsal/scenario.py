"""Reads what happens when: one line a happening, `[YYYY-MM-DDT]HH:MM:SS WHAT`.

Times are the rehearsal's true time: what the clock would show had nobody set it or travelled. A time without a date
that is earlier than the line before it is on the next day. WHAT is one of:

    key NAME [hold SECONDS]     press a key (Space, Enter, Left, Esc, 7, MediaPlay …), and let it go after SECONDS
    pin DIGITS                  set the parents' PIN
    gate DIGITS                 hold Esc for two seconds, type DIGITS at the gate, press Enter
    kill                        end the program as a power cut does
    start                       start it again
    clock +DUR | -DUR | ISO     set the wall clock on, back, or to a moment
    zone NAME                   travel to a time zone, such as Europe/Madrid
    suspend DUR                 let the machine sleep
    device lost | back          pull the loudspeaker's plug, or put it back
    lights-out                  ask for lights out now

DUR is a number and a unit: 90s, 15m, 5h, 27d. A # begins a comment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from storytime.cli.words import Told
from storytime.core.evening.pin import LONGEST, SHORTEST, is_pin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
LINE = re.compile(r"(?:(\d{4}-\d{2}-\d{2})[T ])?(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s+(\S+)\s*(.*)")

YEARS = range(1970, 2200)
"""In which a family's clocks can be, right or wrong."""
LONGEST_LENGTH = timedelta(days=36_525)


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a scenario."""

    at: datetime
    """Naive local true time."""
    what: str
    text: str = ""
    """The key's name, the digits, the zone, `lost` or `back`."""
    length: timedelta = timedelta()
    """How long a key is held, a machine sleeps, or a clock is set on (back where it is below 0)."""
    to: datetime | None = None
    """Where the clock is set to."""


def read_scenario(lines: Iterable[str], begin: datetime) -> list[Happening]:
    """Return what happens, in order of time; `begin` dates the times without a date. Raises `Told`."""
    found: list[Happening] = []
    last = begin
    for number, line in enumerate(lines, 1):
        text = line.partition("#")[0].strip()
        if not text:
            continue
        try:
            happening = _read_line(text, last)
        except ValueError as error:
            raise Told(f"Line {number} of the scenario, “{text}”, cannot be read: {error}.") from None
        found.append(happening)
        last = happening.at
    return sorted(found, key=lambda one: one.at)


def read_length(text: str) -> timedelta:
    """Return the length that `90s`, `15m`, `5h` or `27d` says. Raises ValueError."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([smhd])", text, re.ASCII)
    if not match:
        raise ValueError(f"“{text}” is no length such as 90s, 15m, 5h or 27d")
    unit = timedelta(**{UNITS[match[2]]: 1})
    if float(match[1]) > LONGEST_LENGTH / unit:
        raise ValueError(f"“{text}” is more than a hundred years")
    return unit * float(match[1])


def read_moment(text: str) -> datetime:
    """Return the moment that ISO text says, with its offset if it has one. Raises ValueError."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"“{text}” is no moment such as 2026-11-05T20:15:00") from None
    if moment.year not in YEARS:
        raise ValueError(f"“{text}” is not from {YEARS[0]} to {YEARS[-1]}")
    return moment


def _read_line(text: str, last: datetime) -> Happening:
    match = LINE.fullmatch(text)
    if not match:
        raise ValueError("it should be a time and what happens, such as 20:15:00 key Space")
    day, clock, what, rest = match.groups()
    at = read_moment(f"{day or last.date()}T{clock.zfill(8 if clock.count(':') == 2 else 5)}")
    if not day and at < last:
        at += timedelta(days=1)
    if what not in READERS:
        raise ValueError(f"“{what}” is none of {', '.join(READERS)}")
    return READERS[what](at, what, rest.split())


def _read_key(at: datetime, what: str, words: list[str]) -> Happening:
    from storytime.cli.rehearsal.keys import key_named

    if words:
        key_named(words[0])
    if len(words) == 1:
        return Happening(at, what, words[0])
    if len(words) == 3 and words[1] == "hold":
        return Happening(at, what, words[0], read_length(f"{words[2].removesuffix('s')}s"))
    raise ValueError("a key has a name, and may be held: key Esc hold 2")


def _read_digits(at: datetime, what: str, words: list[str]) -> Happening:
    if len(words) != 1 or not words[0].isdecimal():
        raise ValueError(f"{what} wants digits")
    if what == "pin" and not is_pin(words[0]):
        raise ValueError(f"a PIN has {SHORTEST} to {LONGEST} digits")
    return Happening(at, what, words[0])


def _read_alone(at: datetime, what: str, words: list[str]) -> Happening:
    if words:
        raise ValueError(f"{what} stands alone")
    return Happening(at, what)


def _read_clock(at: datetime, what: str, words: list[str]) -> Happening:
    if len(words) != 1:
        raise ValueError("clock wants +DUR, -DUR or a moment")
    if words[0][0] in "+-":
        length = read_length(words[0][1:])
        return Happening(at, what, words[0], -length if words[0][0] == "-" else length)
    return Happening(at, what, words[0], to=read_moment(words[0]).replace(tzinfo=None))


def _read_zone(at: datetime, what: str, words: list[str]) -> Happening:
    if len(words) != 1:
        raise ValueError("zone wants a name such as Europe/Madrid")
    try:
        ZoneInfo(words[0])
    except (OSError, LookupError, ValueError):
        raise ValueError(f"“{words[0]}” is no time zone that this machine knows") from None
    return Happening(at, what, words[0])


def _read_suspend(at: datetime, what: str, words: list[str]) -> Happening:
    if len(words) != 1:
        raise ValueError("suspend wants a length such as 8h")
    return Happening(at, what, words[0], read_length(words[0]))


def _read_device(at: datetime, what: str, words: list[str]) -> Happening:
    if words not in (["lost"], ["back"]):
        raise ValueError("device is lost or back")
    return Happening(at, what, words[0])


READERS: dict[str, Callable[[datetime, str, list[str]], Happening]] = {
    "key": _read_key,
    "pin": _read_digits,
    "gate": _read_digits,
    "kill": _read_alone,
    "start": _read_alone,
    "clock": _read_clock,
    "zone": _read_zone,
    "suspend": _read_suspend,
    "device": _read_device,
    "lights-out": _read_alone,
}

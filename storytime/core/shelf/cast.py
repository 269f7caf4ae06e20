"""The cast that a file's front matter names: a voice and a pitch for each speaker. What makes no sense is left out.

```
cast:
  Fox: low
  Owl: {voice: espeak:gmw/en-GB, pitch: 0.7, pace: slow}
```
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from storytime.core.shelf.dialogue import proposed
from storytime.core.shelf.spans import name_of, overlaid
from storytime.core.shelf.story import Paragraph, Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storytime.core.shelf.story import Chapter

MOST_ROLES = 60
LONGEST_VOICE = 200
"""Characters of a voice's name."""
PITCHES = {"lowest": 0.0, "low": 0.25, "lower": 0.25, "normal": 0.5, "higher": 0.75, "high": 0.75, "highest": 1.0}
PACES = {"slow": 0.85, "slower": 0.85, "normal": 1.0, "faster": 1.15, "fast": 1.15}
SLOWEST, FASTEST = 0.5, 2.0
"""Factors of a voice's own pace."""


def read_cast(said: object) -> tuple[dict[str, Role], tuple[str, ...]]:
    """Return each speaker's role, and what a parent should know of that was not understood.

    `said` is what YAML gives where every value is a string.
    """
    if said in (None, ""):
        return {}, ()
    if not isinstance(said, dict):
        return {}, ("The cast was not understood: it wants a speaker and a voice on each line.",)
    cast: dict[str, Role] = {}
    remarks: list[str] = []
    for key, value in list(said.items())[:MOST_ROLES]:
        speaker = name_of(key) if isinstance(key, str) else ""
        if not speaker:
            remarks.append("A speaker in the cast has a name that cannot be read, and was left out.")
            continue
        cast[speaker], strange = _role(value)
        if strange:
            remarks.append(f"What the cast says of {speaker} was not understood whole; the rest of it holds.")
    if len(said) > MOST_ROLES:
        remarks.append(f"Only the first {MOST_ROLES} speakers of the cast were kept.")
    return cast, tuple(dict.fromkeys(remarks))


def marked_so(
    chapters: tuple[Chapter, ...], cast: Mapping[str, Role], language: str
) -> tuple[tuple[Chapter, ...], dict[str, Role]]:
    """Return the chapters with the speeches of the cast that the text's own words name, and the cast as they spell it.

    Who wrote the cast wants it heard; nobody else's speech is marked, and what is marked already stays so.
    """
    found = proposed(chapters, language)
    lines = [line for chapter in chapters for line in chapter.lines()]
    spelled = {span.speaker.casefold(): span.speaker for spans in found.values() for span in spans}
    spelled |= {span.speaker.casefold(): span.speaker for line in lines for span in line.spans if span.speaker}
    roles = {spelled.get(name.casefold(), name): role for name, role in cast.items()}
    spans = (
        overlaid(line.text, [one for one in found.get(number, ()) if one.speaker in roles], line.spans)
        if number in found and not any(span.speaker for span in line.spans)
        else line.spans
        for number, line in enumerate(lines)
    )
    return tuple(
        replace(
            chapter,
            paragraphs=tuple(
                Paragraph(tuple(replace(line, spans=next(spans)) for line in paragraph.lines))
                for paragraph in chapter.paragraphs
            ),
        )
        for chapter in chapters
    ), roles


def _role(said: object) -> tuple[Role, bool]:
    """Return a role, and whether something about it was strange."""
    if isinstance(said, str):
        return _of_words(said)
    if not isinstance(said, dict):
        return Role(), True
    role, strange = Role(), False
    for key, value in said.items():
        if not isinstance(key, str) or not isinstance(value, str):
            strange = True
        elif key == "voice" and len(value) <= LONGEST_VOICE:
            role = replace(role, voice=value.strip())
        elif key == "pitch" and (pitch := _number(value, PITCHES, 0.0, 1.0)) is not None:
            role = replace(role, pitch=pitch)
        elif key in ("pace", "rate") and (pace := _number(value, PACES, SLOWEST, FASTEST)) is not None:
            role = replace(role, pace=pace)
        else:
            strange = True
    return role, strange


def _of_words(said: str) -> tuple[Role, bool]:
    """Read `low`, or `espeak:gmw/en-GB`, or `espeak:gmw/en-GB, low, slow`."""
    role = Role()
    for one in (word.strip() for word in said.split(",")):
        if one.lower() in PITCHES:
            role = replace(role, pitch=PITCHES[one.lower()])
        elif one.lower() in PACES:
            role = replace(role, pace=PACES[one.lower()])
        elif one and not role.voice and len(one) <= LONGEST_VOICE:
            role = replace(role, voice=one)
        elif one:
            return role, True
    return role, False


def _number(said: str, words: dict[str, float], least: float, most: float) -> float | None:
    if said.strip().lower() in words:
        return words[said.strip().lower()]
    try:
        number = float(said)
    except ValueError:
        return None
    return min(most, max(least, number)) if math.isfinite(number) else None

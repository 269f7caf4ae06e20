"""A spoken line of several voices, or with recorded names in it: its parts, and how they become one sound."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from storytime.core.ports import Sound, Utterance, Word
from storytime.core.shelf.stress import within
from storytime.devices.voice_process.sound_file import write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from storytime.core.ports import Named, Voiced

BESIDE = 0.06
"""Seconds of rest before and after a name, and where another voice goes on, …"""
AT_A_COMMA = 0.15
"""… where anything but a space stands there, …"""
AT_A_STOP = 0.3
"""… and where a sentence ends there."""
STOP = re.compile(r"[.!?…](?![\w.!?…])")
AFTER_HEAD = 1.2
"""Seconds of rest after a heading, as an engine makes it."""
AIR = 0.03
"""Seconds of its room that are left around a name: they are a part of its rest, and in them it comes and goes."""
SOFT = 0.004
"""Seconds in which the edges of what an engine said rise and fall: what they cut is silence already."""
SAID = re.compile(r"\w.*", re.S)
"""What is left for an engine after a name: what ends the name's clause is no beginning."""
ENDING = re.compile(r"\W*$")
A_HEAD = -1


@dataclass(frozen=True, slots=True)
class Part:
    """A piece that an engine says, or a name that is recorded."""

    utterance: Utterance
    start: int
    """Where it stands in the line's text; `A_HEAD` for what is said before it."""
    rest: float = 0.0
    """Seconds of silence before it."""
    name: Named | None = None


def parts_of(line: Utterance) -> tuple[Part, ...]:
    """Return the parts of a line in their order."""
    head_names, line = line.head_names, replace(line, head_names=())
    parts: list[Part] = []
    gap = ""
    for begin, end, voice, name in _stretches(line):
        if name:
            parts.append(Part(_recorded(line, name), begin, _rest(gap), name))
            gap = ""
            continue
        said = SAID.search(line.text, begin, end)
        gap += line.text[begin : said.start() if said else end]
        if said:
            parts.append(Part(_piece(line, said.start(), end, voice), said.start(), _rest(gap)))
            ending = ENDING.search(said.group())
            gap = ending.group() if ending else ""
    if not line.head:
        return (replace(parts[0], rest=0.0), *parts[1:])
    head = replace(line, text=line.head, head="", sounds=(), stressed=(), names=head_names, voiced=())
    heads = parts_of(head) if head_names else (Part(replace(head, less_noise=False), A_HEAD),)
    return (*(replace(part, start=A_HEAD) for part in heads), replace(parts[0], rest=AFTER_HEAD), *parts[1:])


def _stretches(line: Utterance) -> Iterator[tuple[int, int, Voiced | None, Named | None]]:
    """Yield begin and end of each stretch, who says it if not the line's own voice, and the name if it is one."""
    places = [(one.start, one.length) for one in line.voiced] + [(one.start, one.length) for one in line.names]
    edges = {0, len(line.text), *(edge for start, length in places for edge in (start, start + length))}
    names = {one.start: one for one in line.names}
    here = 0
    for begin, end in pairwise(sorted(edges)):
        if begin < here:
            continue
        voice = next((one for one in line.voiced if one.start <= begin < one.start + one.length), None)
        name = names.get(begin)
        here = begin + name.length if name else end
        yield begin, here, voice, name


def _rest(gap: str) -> float:
    if not gap.strip():
        return BESIDE
    return AT_A_STOP if STOP.search(gap) else AT_A_COMMA


def _piece(line: Utterance, begin: int, end: int, by: Voiced | None) -> Utterance:
    sounds = tuple(replace(one, start=one.start - begin) for one in line.sounds if begin <= one.start < end)
    text = line.text[begin:end].rstrip()
    stressed = within(line.stressed, begin, begin + len(text))
    alone = replace(line, text=text, head="", sounds=sounds, stressed=stressed, names=(), voiced=(), less_noise=False)
    if by is None:
        return alone
    return replace(alone, voice=by.voice, rate=by.rate, pitch=by.pitch, volume=by.volume, warm=by.warm)


def _recorded(line: Utterance, name: Named) -> Utterance:
    """Return the name as a take. It is brought to level whatever is wished for whole takes: it stands among others."""
    text = line.text[name.start : name.start + name.length]
    return Utterance(text, "teller", take=name.take, levels=name.levels, less_noise=line.less_noise)


def spliced(line: Utterance, sounds: Sequence[Sound], to: Path) -> Sound:
    """Join the sounds of a line's parts, at one level and 48 kHz. Raises `CannotRead`, OSError. Runs in a worker."""
    import numpy as np

    from storytime.core.studio.levelling import RATE
    from storytime.devices.voice_process.engine import Speech
    from storytime.devices.voice_process.levelled import Ear, levelled

    pieces: list[NDArray[np.float32]] = []
    words: list[Word] = []
    at, air = 0, 0.0
    for part, sound in zip(parts_of(line), sounds, strict=True):
        samples, before, after = _fit(part, sound, line.volume)
        silence = round(max(0.0, part.rest - air - before) * RATE)
        pieces += [np.zeros(silence, np.float32), samples]
        words += _words(part, sound, (at + silence) / RATE, before)
        at, air = at + silence + len(samples), after
    whole = np.rint(np.clip(np.concatenate(pieces), -1.0, 32767 / 32768) * 32768).astype("<i2")
    speech = levelled(Speech(whole.tobytes(), RATE, tuple(words)), Ear(), volume=line.volume)
    return Sound(to, write(speech, to), RATE, speech.words)


def _words(part: Part, sound: Sound, at: float, before: float) -> list[Word]:
    """Return when the words of a part are heard that begins `at` seconds into the line."""
    if part.start == A_HEAD:
        return []
    if part.name:
        return [Word(part.start, part.name.length, at + before)]
    return [Word(part.start + word.start, word.length, at + word.at) for word in sound.words]


def _fit(part: Part, sound: Sound, volume: float) -> tuple[NDArray[np.float32], float, float]:
    """Return the samples of a part with soft edges, and the seconds of air in them before and after the words."""
    import numpy as np

    from storytime.core.studio.filters import resampled
    from storytime.core.studio.flac import read_flac
    from storytime.core.studio.levelling import AIR_BEFORE, RATE

    read, rate = read_flac(sound.path)
    samples = resampled(read, rate, RATE)
    if part.name is None:
        return _softened(samples, round(SOFT * RATE)), 0.0, 0.0
    samples = samples * np.float32(min(1.0, max(0.0, volume)))
    levels = part.name.levels
    if levels.speech_end <= levels.speech_begin:
        return _softened(samples, round(SOFT * RATE)), 0.0, 0.0
    # As the take was cut: with so much air before its first word.
    first = min(levels.speech_begin, AIR_BEFORE)
    last = first + levels.speech_end - levels.speech_begin
    begin, end = max(0.0, first - AIR), min(last + AIR, len(samples) / RATE)
    alone = samples[round(begin * RATE) : round(end * RATE)]
    return _softened(alone, round(AIR * RATE / 2)), first - begin, max(0.0, end - last)


def _softened(samples: NDArray[np.float32], edge: int) -> NDArray[np.float32]:
    """Return the samples with edges that rise from nothing and fall to it, within `edge` frames."""
    import numpy as np

    soft, edge = samples.copy(), min(edge, len(samples) // 2)
    if edge:
        rise = np.sin(np.linspace(0, np.pi / 2, edge, dtype=np.float32)) ** 2
        soft[:edge] *= rise
        soft[-edge:] *= rise[::-1]
    return soft

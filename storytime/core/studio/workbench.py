"""The studio's slow work, for the background: recordings listened to, cut, played and written. Values in and out."""

from __future__ import annotations

import wave
from dataclasses import dataclass
from secrets import token_hex
from typing import TYPE_CHECKING

import numpy as np

from storytime.core.database import troubles_named
from storytime.core.errors import CannotRead
from storytime.core.ports import Sound
from storytime.core.shelf.words import WORDLESS
from storytime.core.studio.cutting import cut, pieces
from storytime.core.studio.flac import write_flac
from storytime.core.studio.journal import read_journal
from storytime.core.studio.levelling import render_take
from storytime.core.studio.proof import judge, judge_take
from storytime.core.studio.through import Piece
from storytime.core.studio.windows import for_pauses, measured, windows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from storytime.core.shelf.takes import Levels
    from storytime.core.studio.journal import Journal
    from storytime.core.studio.session import Cut, Verdict

BAR = 0.1
"""Seconds of a bar of the wave."""
LEAD = 3.0
"""Seconds of what came before that are played before a punch-in."""
SOFT = 0.02
"""Seconds in which a lead-in that begins within a word comes up."""


@dataclass(frozen=True, slots=True)
class Written:
    """A piece of a recording that is a FLAC file now."""

    piece: Piece
    file: str
    frames: int
    rate: int
    levels: Levels
    silent: bool
    """Nobody speaks in it; its file lies in the attic."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What a recording turned out to be."""

    verdict: Verdict | None
    """None where it could not be measured."""
    cuts: tuple[Cut, ...] = ()
    peaks: tuple[float, ...] = ()
    """dBFS of each tenth of a second."""


def listen(path: Path) -> Verdict:
    """Judge three seconds of a room, and throw them away."""
    journal = _journal(path)
    try:
        return judge(journal.samples(), journal.rate)
    finally:
        path.unlink(missing_ok=True)


def examine(path: Path, lines: Sequence[str] = (), first: int = 0) -> Examined:
    """Measure a recording, and find the cuts between these lines in it; without lines it is not cut.

    Raises `CannotRead` where the journal is gone.
    """
    journal = _journal(path)
    verdict = judge_take(measured(journal), journal.seconds)
    cuts = cut(*for_pauses(journal), lines, first) if lines and verdict.usable else ()
    return Examined(verdict, cuts, _peaks(journal))


def tell_apart(path: Path) -> tuple[Piece, ...]:
    """Return the pieces of one part of a tale, cut at its pauses; each frame lies in exactly one.

    Raises `CannotRead` where the journal is gone.
    """
    journal = _journal(path)
    begins = [0, *(round(begin * journal.rate) for begin in pieces(*for_pauses(journal)))]
    begins = sorted({one for one in begins if 0 <= one < journal.frames})
    ends = [*begins[1:], journal.frames]
    return tuple(Piece(0, WORDLESS, begin, end) for begin, end in zip(begins, ends, strict=True))


def write_pieces(
    path: Path, parts: Sequence[Piece], takes: Path, attic: Path, tags: Mapping[str, str],
    done: Callable[[float], object] = lambda _: None,
) -> list[Written]:
    """Write pieces of a recording as FLAC files, the silent ones into the attic.

    Their names begin with the journal's, and end differently each time, so that nothing is ever written over. `done`
    is told of the seconds of each piece when it is on the disk. Raises `CannotRead`, `CannotWrite`, `DiskFull`,
    `LibraryTrouble`; the journal is never touched.
    """
    journal = _journal(path)
    name = f"{path.stem}-{token_hex(2)}"
    written = []
    for number, piece in enumerate(parts):
        levels = measured(journal, piece.begin, piece.end)
        silent = not judge_take(levels, (piece.end - piece.begin) / journal.rate).usable
        folder = attic if silent else takes
        with troubles_named(folder):
            folder.mkdir(parents=True, exist_ok=True)
        file = f"{name}-{number:04}.flac"
        frames = write_flac(folder / file, journal, piece.begin, piece.end, {**tags, "description": piece.text})
        written.append(Written(piece, file, frames, journal.rate, levels, silent))
        done(frames / journal.rate)
    return written


def write_tale(
    paths: Sequence[Path], takes: Path, attic: Path, tags: Mapping[str, str],
    done: Callable[[float], object] = lambda _: None,
) -> list[list[Written]]:
    """Cut the parts of a tale at their pauses and write them, as `write_pieces` does."""
    return [write_pieces(path, tell_apart(path), takes, attic, tags, done) for path in paths]


def excerpt(stretches: Sequence[tuple[Path, float, float]], to: Path) -> Sound:
    """Write stretches of recordings (journal, from second, to second) one after the other as a WAV that can be heard.

    Raises `CannotRead` where a journal is gone.
    """
    to.parent.mkdir(parents=True, exist_ok=True)
    rate = _journal(stretches[0][0]).rate
    frames = 0
    with wave.open(str(to), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        for path, begin, end in stretches:
            journal = _journal(path)
            for samples in windows(journal, round(begin * journal.rate), round(end * journal.rate)):
                file.writeframes(_as_16_bit(samples).tobytes())
                frames += len(samples)
    return Sound(to, frames, rate)


def lead_in(takes: Sequence[tuple[Path, Levels]], to: Path, *, care: bool, less_noise: bool) -> Sound | None:
    """Write the last three seconds of these takes as a WAV; None where there are none that can be read.

    The takes are those of the lines before, the nearest first.
    """
    to.parent.mkdir(parents=True, exist_ok=True)
    heard: NDArray[np.int16] = np.zeros(0, np.int16)
    part = to.with_suffix(".part.wav")
    rate = 0
    for path, levels in takes:
        try:
            _frames, rate = render_take(path, levels, part, care=care, less_noise=less_noise)
            with wave.open(str(part), "rb") as file:
                samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        except CannotRead:
            break
        finally:
            part.unlink(missing_ok=True)
        heard = np.concatenate([samples, heard])
        if len(heard) >= LEAD * rate:
            break
    if not len(heard):
        return None
    heard = heard[-round(LEAD * rate) :].copy()
    soft = min(len(heard), round(SOFT * rate))
    heard[:soft] = (heard[:soft] * np.linspace(0, 1, soft)).astype(np.int16)
    with wave.open(str(to), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(heard.tobytes())
    return Sound(to, len(heard), rate)


def _journal(path: Path) -> Journal:
    journal = read_journal(path)
    if journal is None:
        raise CannotRead(path, "is not there, or no recording")
    return journal


def _peaks(journal: Journal) -> tuple[float, ...]:
    bar = round(BAR * journal.rate)
    found: list[float] = []
    for samples in windows(journal):
        loudest = [float(np.abs(samples[at : at + bar]).max()) for at in range(0, len(samples), bar)]
        found += [max(-120.0, 20 * float(np.log10(max(one, 1e-6)))) for one in loudest]
    return tuple(found)


def _as_16_bit(samples: NDArray[np.float32]) -> NDArray[np.int16]:
    whole: NDArray[np.int16] = np.rint(np.clip(samples, -1.0, 1.0) * 32767).astype("<i2")
    return whole

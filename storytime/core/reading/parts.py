"""A line that several say: which piece of it is whose, and how the pieces become one order to the voices."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storytime.core.ports import Utterance, Voiced

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from storytime.core.shelf.story import Role, Span


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `begin` to `end` of a line as it is written, and who says them."""

    begin: int
    end: int
    speaker: str = ""
    """Empty: the narrator."""
    language: str = ""
    """BCP 47; empty: the story's."""


def pieces_of(text: str, spans: Sequence[Span], cast: Mapping[str, Role]) -> list[Piece]:
    """Return the pieces of a line in order; none where the narrator says all of it in the story's language.

    Who is not in the cast is read by the narrator, with the name that stands before the speech. Where they are in it,
    their voice says who speaks, and the name is left out.
    """
    pieces, here = [], 0
    for span in spans:
        speaker = span.speaker if span.speaker in cast else ""
        label = speaker and here == 0 and text[: span.start].strip() == f"{speaker}:"
        if here < span.start and not label:
            pieces.append(Piece(here, span.start))
        pieces.append(Piece(span.start, span.end, speaker, span.language))
        here = span.end
    if here < len(text):
        pieces.append(Piece(here, len(text)))
    joined = _joined(text, pieces)
    return joined if any(one.speaker or one.language for one in joined) else []


def _joined(text: str, pieces: list[Piece]) -> list[Piece]:
    """Give marks without a word to the piece before them, or else to the one after; join pieces of one kind."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        alike = last and (last.speaker, last.language) == (piece.speaker, piece.language)
        if last and (alike or not _has_words(text, piece)) and last.end == piece.begin:
            joined[-1] = replace(last, end=piece.end)
        elif last and not _has_words(text, last) and last.end == piece.begin:
            joined[-1] = replace(piece, begin=last.begin)
        else:
            joined.append(piece)
    return joined


def _has_words(text: str, piece: Piece) -> bool:
    return any(letter.isalnum() for letter in text[piece.begin : piece.end])


def in_one(text: str, said: Sequence[tuple[Piece, Utterance]], narrator: Utterance) -> Utterance | None:
    """Return the pieces, each as it would be said alone, as one line of the narrator's; None where nothing is said.

    A line that one voice says in one manner is that voice's own, but for its heading, which is the narrator's.
    """
    if not said:
        return None
    words, sounds, stressed, names, voiced, before = "", [], [], [], [], 0
    for piece, one in said:
        apart = any(letter.isspace() for letter in text[max(0, before - 1) : piece.begin + 1])
        words += " " if words and apart else ""
        at = len(words)
        words += one.text
        sounds += [replace(each, start=each.start + at) for each in one.sounds]
        stressed += [replace(each, start=each.start + at) for each in one.stressed]
        names += [replace(each, start=each.start + at) for each in one.names]
        if _manner(one) != _manner(narrator):
            voiced.append(Voiced(at, len(one.text), *_manner(one)))
        before = piece.end
    whole = replace(
        narrator, text=words, sounds=tuple(sounds), stressed=tuple(stressed), names=tuple(names),
        less_noise=any(one.less_noise for _, one in said),
    )
    manners = {_manner(one) for _, one in said}
    if len(manners) == 1 and not narrator.head:
        voice, rate, pitch, volume, warm = manners.pop()
        return replace(whole, voice=voice, rate=rate, pitch=pitch, volume=volume, warm=warm)
    return replace(whole, voiced=tuple(voiced))


def _manner(said: Utterance) -> tuple[str, float, float, float, bool]:
    return said.voice, said.rate, said.pitch, said.volume, said.warm


def at_rate(line: Utterance, factor: float) -> Utterance:
    """Return the line at another pace, whoever says it."""
    if factor == 1.0:
        return line
    voiced = tuple(replace(one, rate=round(one.rate * factor, 4)) for one in line.voiced)
    return replace(line, rate=round(line.rate * factor, 4), voiced=voiced)

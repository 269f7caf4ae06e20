"""What a book says of itself: its story, who reads it, and when it was last changed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from storytime.core.errors import TellerNotFound
from storytime.core.shelf.story import Manuscript
from storytime.core.shelf.tellers import SOMEBODY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storytime.core.ports import Voice
    from storytime.core.shelf.shelf import Shelf
    from storytime.core.shelf.story import StoryCard
    from storytime.core.shelf.takes import Takes
    from storytime.core.shelf.tellers import Tellers

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
"""When a book without recordings was made: the same story makes the same bytes, today and tomorrow."""


def story_of(card: StoryCard, shelf: Shelf, cover: bytes | None) -> Manuscript:
    """Return the story with its whole text, its cover being the book's own or else `cover`. Raises `StoryNotFound`."""
    chapters = shelf.story(card.id).chapters
    picture = shelf.cover_bytes(card.id) or cover
    return Manuscript(card.title, chapters, card.author, card.language, cover=picture)


def names_of(voices: Iterable[str], tellers: Tellers, voice: Voice) -> list[str]:
    """Return who was heard, by their names, each once; `voices` are those of utterances."""
    machine = {one.id: one.name for one in voice.voices()}
    return list(dict.fromkeys(_name(one, tellers, machine) for one in voices))


def _name(voice: str, tellers: Tellers, machine: dict[str, str]) -> str:
    whose, _, number = voice.partition(":")
    if whose != "teller":
        return machine.get(voice, voice)
    try:
        return tellers.teller(int(number)).name
    except (TellerNotFound, ValueError):
        return SOMEBODY


def made_of(story: Manuscript, card: StoryCard, takes: Takes) -> datetime:
    """Return when the newest of the story's recordings was made (UTC)."""
    found = [FIRST]
    for take in takes.of_story(card.id, [line.text for line in story.lines()]):
        try:
            when = datetime.fromisoformat(take.recorded)
        except ValueError:
            continue
        found.append(when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC))
    return max(found)

"""What Storytime and its voice process say to each other: one JSON object a line, either way.

To the child: `{"do": "render", "job": 7, "utterance": {…}, "path": "…"}`. From the child: `{"is": "ready", "voices":
[…]}` once, then for each job, in order, `{"is": "begun", "job": 7}` when the engine takes it up, and when it is done
`{"is": "rendered", "job": 7, "frames": n, "rate": hz, "words": [[start, length, at], …]}` or `{"is": "failed", "job":
7, "why": "voice" | "text" | "full" | "disk" | "engine", "text": "…"}`. The next job may have begun before one is done.
When its orders end, the child ends.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from storytime.core.ports import Sounds, Stress, Utterance, VoiceInfo, Word

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

WordRow = tuple[int, int, float]
GENTLY = "gently"
"""The first word to a child that is to let everything else go first."""


def render_order(job: int, utterance: Utterance, path: Path) -> dict[str, Any]:
    """Ask for a line. Its recorded names and other voices are no engine's: it says them as it can."""
    alone = replace(utterance, names=(), head_names=(), voiced=())
    return {"do": "render", "job": job, "utterance": asdict(alone), "path": str(path)}


def ordered_utterance(message: dict[str, Any]) -> Utterance:
    """Return the line that an order asks for."""
    asked = message["utterance"]
    sounds = tuple(Sounds(**one) for one in asked["sounds"])
    stressed = tuple(Stress(**one) for one in asked["stressed"])
    return Utterance(**{**asked, "sounds": sounds, "stressed": stressed, "names": (), "head_names": (), "voiced": ()})


def voices_to_rows(voices: Iterable[VoiceInfo]) -> list[dict[str, Any]]:
    """Return voices as JSON knows them."""
    return [asdict(voice) for voice in voices]


def rows_to_voices(rows: Iterable[dict[str, Any]]) -> tuple[VoiceInfo, ...]:
    """Return voices from their JSON."""
    return tuple(VoiceInfo(row["id"], row["name"], tuple(row["languages"]), row["engine"]) for row in rows)


def words_to_rows(words: Iterable[Word]) -> list[WordRow]:
    """Return word times as JSON knows them."""
    return [(word.start, word.length, round(word.at, 3)) for word in words]


def rows_to_words(rows: Iterable[WordRow]) -> tuple[Word, ...]:
    """Return word times from their JSON."""
    return tuple(Word(start, length, at) for start, length, at in rows)

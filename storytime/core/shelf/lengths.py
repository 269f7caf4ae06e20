"""How long a story lasts when it is told: by the pace of a calm voice, and by the clock where somebody recorded it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from storytime.core.shelf.pace import seconds_of, words_in
from storytime.core.shelf.words import words_of

if TYPE_CHECKING:
    import sqlite3

AIR = 0.4
"""Seconds of quiet that stay around the words of a take when it is told."""


def reckon(connection: sqlite3.Connection, story_id: int) -> None:
    """Write anew how many seconds a story lasts. It reads the lines that have a take, and no others."""
    row = connection.execute(
        "SELECT words, (SELECT coalesce(sum(pause), 0) FROM lines WHERE story = id) FROM stories WHERE id = ?",
        (story_id,),
    ).fetchone()
    if row is None:
        return
    # The newest take of a line is the last to be seen here, and the one that counts.
    recorded = {
        line: told_seconds(frames, rate, levels) - seconds_of(words_in(text), 0.0)
        for line, text, words, frames, rate, levels in connection.execute(
            "SELECT line, lines.text, takes.words, frames, rate, levels FROM takes JOIN lines"
            " ON lines.story = takes.story AND lines.number = takes.line"
            " WHERE takes.story = ? AND kind = 'line' AND attic IS NULL ORDER BY takes.id",
            (story_id,),
        )
        if words_of(text) == words
    }
    seconds = max(0.0, seconds_of(*row) + sum(recorded.values()))
    connection.execute("UPDATE stories SET seconds = ? WHERE id = ?", (seconds, story_id))


def told_seconds(frames: int, rate: int, levels: str) -> float:
    """Return the seconds of a recording from its first word to its last; all of it where nobody measured it."""
    whole = frames / rate if rate else 0.0
    try:
        measured = json.loads(levels)
        speech = float(measured["speech_end"]) - float(measured["speech_begin"])
    except (ValueError, TypeError, KeyError):
        return whole
    return min(whole, speech + AIR) if speech > 0 else whole

"""Recorded voices on the shelf: which take reads which line, kept for good, put away without loss.

A take belongs to the words it was read from. Text that was cut anew, or mended elsewhere, finds its takes again by
these words; a take whose words are not in the story any more is stale, and can still be played.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from storytime.core.ports import Levels as Levels
from storytime.core.shelf import lengths
from storytime.core.shelf.words import WORDLESS as WORDLESS
from storytime.core.shelf.words import words_of as words_of
from storytime.core.signal import Signal

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from storytime.core.database import Library
    from storytime.core.paths import Paths

COLUMNS = "id, teller, story, line, title, text, kind, file, recorded, frames, rate, levels, attic, why"
KINDS = ("line", "name")


@dataclass(frozen=True, slots=True)
class Take:
    """One recording of one line, or of a name."""

    id: int
    teller: int
    story: int | None
    """None where the story is gone for good, or for a name."""
    line: int
    """The line it was read from, counted from 0, as it stood then."""
    title: str
    """Of the story, as it was called then."""
    text: str
    """What was read."""
    kind: str
    """line or name."""
    file: str
    """Its file name, in `takes/` or in `attic/`."""
    recorded: str
    """ISO date and time (UTC)."""
    frames: int
    rate: int
    """Hz."""
    levels: Levels = field(default_factory=Levels)
    attic: str | None = None
    """When it was put away, ISO (UTC); None where it may be told."""
    why: str = ""
    """Why it was put away: redone, silent, removed, found."""
    stale: bool = False
    """Its words are not in the story any more."""

    @property
    def seconds(self) -> float:
        """Length of the recording in seconds."""
        return self.frames / self.rate if self.rate else 0.0


class Takes:
    """The takes of one library. `changed` after every act."""

    def __init__(self, library: Library, paths: Paths) -> None:
        self.changed: Signal[()] = Signal()
        self._library = library
        self._paths = paths

    def path(self, take: Take) -> Path:
        """Return where the file is: `takes/`, else `attic/`, wherever a killed move left it."""
        kept = self._paths.takes / take.file
        aside = self._paths.attic / take.file
        first, second = (aside, kept) if take.attic else (kept, aside)
        return first if first.exists() or not second.exists() else second

    def keep(self, take: Take) -> Take:
        """Write the row of a take whose file is in its place already, and return it with its number.

        Earlier takes of the same teller for the same line go to the attic, where they wait; nothing is overwritten.
        A take that comes with `attic` set is put away at once and moves nothing.
        """
        return self.keep_all([take])[0]

    def keep_all(self, takes: Iterable[Take]) -> list[Take]:
        """Write the rows of several takes as `keep` does, or on an error none of them."""
        kept, earlier = [], []
        with self._library.writing() as connection:
            for take in takes:
                kept.append(replace(take, id=_insert(connection, take)))
                before = [] if take.attic else self._earlier(kept[-1])
                for one in before:
                    self._mark(connection, one, "redone")
                earlier += before
            for one in {take.story: take for take in kept if take.kind == "line"}.values():
                self._reckon(connection, one)
        for one in earlier:
            self._move(one, to_attic=True)
        self.changed.emit()
        return kept

    def take(self, take_id: int) -> Take | None:
        """Return a take, kept or put away."""
        found = self._rows("id = ?", (take_id,))
        return found[0] if found else None

    def of_lines(self, story: int, start: int, texts: Sequence[str]) -> dict[int, list[Take]]:
        """Return for each line, counted over the story, the kept takes that read it, the newest first.

        `texts` are the lines from `start` on. As quick at the end of a long book as at its beginning.
        """
        if not texts:
            return {}
        words = [words_of(text) for text in texts]
        spoken = {word for word in words if word != WORDLESS}
        among = f"story = ? AND kind = 'line' AND attic IS NULL AND words IN ({', '.join('?' * len(spoken))})"
        found: dict[str, list[Take]] = {}
        for take in self._rows(among, (story, *spoken)) if spoken else ():
            found.setdefault(words_of(take.text), []).append(take)
        if WORDLESS in words:
            # All pieces of a tale have the same words, so they are asked for by their places.
            there = "story = ? AND kind = 'line' AND attic IS NULL AND words = ? AND line BETWEEN ? AND ?"
            found[WORDLESS] = self._rows(there, (story, WORDLESS, start, start + len(words) - 1))
        lines = {start + number: found.get(word, []) for number, word in enumerate(words)}
        return {line: may for line, takes in lines.items() if (may := _in_order(line, takes))}

    def of_story(self, story: int, texts: Sequence[str], *, attic: bool = False) -> list[Take]:
        """Return every take of a story in the order of its lines, `stale` where its words are not among `texts`."""
        aside = "" if attic else " AND attic IS NULL"
        takes = self._rows(f"story = ? AND kind = 'line'{aside}", (story,), "line, id DESC")
        moved = [take for take in takes if words_of("".join(texts[take.line : take.line + 1])) != words_of(take.text)]
        # Only takes whose own line reads otherwise are looked for in the rest of the text: it may be a long book.
        there = {words_of(text) for text in texts} if moved else set()
        stale = {take.id for take in moved if words_of(take.text) not in there}
        return [replace(take, stale=True) if take.id in stale else take for take in takes]

    def of_teller(self, teller: int) -> list[Take]:
        """Return everything a teller ever recorded, put away or not."""
        return self._rows("teller = ?", (teller,))

    def names(self, word: str = "") -> list[Take]:
        """Return the recorded names (or those of one word), the newest first."""
        if word:
            return self._rows("kind = 'name' AND attic IS NULL AND words = ?", (words_of(word),))
        return self._rows("kind = 'name' AND attic IS NULL")

    def tellers_of(self, story: int) -> list[tuple[int, int]]:
        """Return who reads in a story: teller and number of kept takes, the most first."""
        return self._library.rows(
            "SELECT teller, count(DISTINCT line) FROM takes WHERE story = ? AND kind = 'line' AND attic IS NULL"
            " GROUP BY teller ORDER BY 2 DESC, 1",
            (story,),
        )

    def put_away(self, take_id: int, why: str = "removed") -> None:
        """Put a take in the attic; `bring_back` undoes it."""
        take = self.take(take_id)
        if take and take.attic is None:
            with self._library.writing() as connection:
                self._mark(connection, take, why)
                self._reckon(connection, take)
            self._move(take, to_attic=True)
            self.changed.emit()

    def bring_back(self, take_id: int) -> None:
        """Let a take that was put away be told again."""
        take = self.take(take_id)
        if take and take.attic is not None:
            with self._library.writing() as connection:
                connection.execute("UPDATE takes SET attic = NULL, why = '' WHERE id = ?", (take_id,))
                self._reckon(connection, take)
            self._move(take, to_attic=False)
            self.changed.emit()

    def in_attic(self) -> list[Take]:
        """Return what was put away, the newest there first."""
        return self._rows("attic IS NOT NULL", (), "attic DESC, id DESC")

    def forget(self, takes: Iterable[Take]) -> None:
        """Remove takes for good: the file first, then the row. Only a parent's own act comes here."""
        for take in takes:
            for folder in (self._paths.takes, self._paths.attic):
                (folder / take.file).unlink(missing_ok=True)
            with self._library.writing() as connection:
                connection.execute("DELETE FROM takes WHERE id = ?", (take.id,))
                self._reckon(connection, take)
        self.changed.emit()

    def _earlier(self, take: Take) -> list[Take]:
        same = "kind = ? AND teller = ? AND attic IS NULL AND id != ? AND words = ?"
        values: tuple[Any, ...] = (take.kind, take.teller, take.id, words_of(take.text))
        if take.kind == "line":
            # The plus keeps SQLite from looking by words: all pieces of a tale have the same.
            same = same.replace("words", "+words") + " AND story IS ? AND line = ?"
            values += (take.story, take.line)
        return self._rows(same, values)

    def _mark(self, connection: sqlite3.Connection, take: Take, why: str) -> None:
        connection.execute("UPDATE takes SET attic = ?, why = ? WHERE id = ?", (now(), why, take.id))

    def _reckon(self, connection: sqlite3.Connection, take: Take) -> None:
        if take.story is not None and take.kind == "line":
            lengths.reckon(connection, take.story)

    def _move(self, take: Take, *, to_attic: bool) -> None:
        """Move the file after its row; where that cannot be, `path` finds it where it stayed."""
        here, there = self._paths.takes, self._paths.attic
        source, target = (here, there) if to_attic else (there, here)
        try:
            target.mkdir(parents=True, exist_ok=True)
            os.replace(source / take.file, target / take.file)
        except OSError:
            return

    def _rows(self, condition: str, values: Sequence[Any] = (), order: str = "id DESC") -> list[Take]:
        rows = self._library.rows(f"SELECT {COLUMNS} FROM takes WHERE {condition} ORDER BY {order}", values)
        return [_take(row) for row in rows]


def now() -> str:
    """Return the moment as takes write it: ISO, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _in_order(line: int, takes: list[Take]) -> list[Take]:
    """Return the takes that may read a line, those recorded nearest to it first, then the newest.

    The same words may come twice in a story; a piece without words is known by its place alone.
    """
    may = [take for take in takes if take.line == line or take.text != WORDLESS]
    return sorted(may, key=lambda take: (abs(take.line - line), -take.id))


def _take(row: tuple[Any, ...]) -> Take:
    *plain, levels, attic, why = row
    return replace(Take(*plain), levels=_from_json(levels), attic=attic, why=why)


def _insert(connection: sqlite3.Connection, take: Take) -> int:
    cursor = connection.execute(
        f"INSERT INTO takes ({COLUMNS.removeprefix('id, ')}, words)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(take.teller, take.story, take.line, take.title, take.text, take.kind, take.file, take.recorded),
            *(take.frames, take.rate, _to_json(take.levels), take.attic, take.why, words_of(take.text)),
        ),
    )
    return int(cursor.lastrowid or 0)


def _to_json(levels: Levels) -> str:
    return json.dumps({one.name: getattr(levels, one.name) for one in fields(Levels)})


def _from_json(text: str) -> Levels:
    try:
        known = {one.name for one in fields(Levels)}
        return Levels(**{name: value for name, value in json.loads(text).items() if name in known})
    except (ValueError, TypeError, AttributeError):
        return Levels()

"""A story as rows: how values are written into the library’s tables and read out of them."""

from __future__ import annotations

import unicodedata
from dataclasses import astuple, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from storytime.core.ports import Stress
from storytime.core.shelf import lengths
from storytime.core.shelf.pace import seconds_of, words_in
from storytime.core.shelf.story import Chapter, Line, Manuscript, Paragraph, Role, Span, StoryCard

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from storytime.core.database import Library

CARD = "id, title, author, language, lines, words, seconds / 60, source, mood, ages, note, place, cover != '', shipped"

LAST = 1 << 62
"""Past every line."""


def card(row: tuple[Any, ...]) -> StoryCard:
    """Return the card of a row of `CARD`."""
    *plain, place, has_cover, shipped = row
    story = StoryCard(*plain)
    return replace(story, place=place, has_cover=bool(has_cover), shipped=bool(shipped))


def fold(text: str) -> str:
    """Return a text as titles are compared: without case, composed, single-spaced."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def name_of(story: Manuscript) -> str:
    """Return the hash that says whether two files hold the same story under the same title."""
    # Here and not above: its library is large, and a start reads no story in.
    from hashlib import sha256

    digest = sha256(fold(story.title).encode("utf-8", "surrogatepass"))
    if story.told:
        digest.update(b"\x1c" + story.told.encode("ascii"))
    for chapter in story.chapters:
        digest.update(b"\x1d" + chapter.title.encode("utf-8", "surrogatepass"))
        for line in chapter.lines():
            digest.update(b"\x1e" + line.text.encode("utf-8", "surrogatepass"))
            for span in line.spans:
                digest.update(f"\x1f{span.start} {span.length} {span.speaker}/{span.language}".encode())
    return digest.hexdigest()


def searched(chapters: Iterable[Chapter]) -> str:
    """Return the words by which a story’s text is found."""
    return "\n".join(
        part for chapter in chapters for part in (chapter.title, *(line.text for line in chapter.lines())) if part
    )


def insert(connection: sqlite3.Connection, story: Manuscript, name: str, *, cover: str, shipped: int) -> int:
    """Write a story new to the shelf and return its id. `shipped` is its place among the shipped ones, from 1, or 0."""
    cursor = connection.execute(
        "INSERT INTO stories (title, folded, author, language, note, ages, mood, source, hash, cover, said_minutes,"
        " lines, words, seconds, shipped) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, ?)",
        (
            *(story.title, fold(story.title), story.author, story.language, story.note, story.ages, story.mood),
            *(story.source, name, cover, story.minutes, int(shipped > 0)),
        ),
    )
    story_id = int(cursor.lastrowid or 0)
    # The family’s own stories stand first, the newest before all; the shipped ones follow in their own order.
    connection.execute("UPDATE stories SET shelf_order = ? WHERE id = ?", (shipped or -story_id, story_id))
    write_lines(connection, story_id, story.chapters)
    write_cast(connection, story_id, story.cast)
    index(connection, story_id, story.title, story.author, searched(story.chapters))
    return story_id


def write_lines(connection: sqlite3.Connection, story_id: int, chapters: tuple[Chapter, ...]) -> None:
    """Write (or write anew) the text of a story, and what is counted of it."""
    connection.execute("DELETE FROM lines WHERE story = ?", (story_id,))
    connection.execute("DELETE FROM chapters WHERE story = ?", (story_id,))
    connection.executemany(
        "INSERT INTO chapters VALUES (?, ?, ?)",
        [(story_id, number, chapter.title) for number, chapter in enumerate(chapters)],
    )
    rows: list[tuple[Any, ...]] = [
        (story_id, number, *place, line.text, line.after, line.pause)
        for number, (place, line) in enumerate(
            ((chapter_number, paragraph_number), line)
            for chapter_number, chapter in enumerate(chapters)
            for paragraph_number, paragraph in enumerate(chapter.paragraphs)
            for line in paragraph.lines
        )
    ]
    connection.executemany("INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    lines = [line for chapter in chapters for line in chapter.lines()]
    write_spans(connection, story_id, {number: line.spans for number, line in enumerate(lines) if line.spans})
    _write_stress(connection, story_id, {number: line.stressed for number, line in enumerate(lines) if line.stressed})
    words = sum(words_in(row[4]) for row in rows)
    seconds = seconds_of(words, sum(row[6] for row in rows))
    connection.execute(
        "UPDATE stories SET lines = ?, words = ?, seconds = ? WHERE id = ?", (len(rows), words, seconds, story_id)
    )
    if connection.execute("SELECT 1 FROM takes WHERE story = ? LIMIT 1", (story_id,)).fetchone():
        lengths.reckon(connection, story_id)


def write_spans(connection: sqlite3.Connection, story_id: int, spans: Mapping[int, tuple[Span, ...]]) -> None:
    """Write (or write anew) who speaks where in a story, by the line's number."""
    connection.execute("DELETE FROM spans WHERE story = ?", (story_id,))
    connection.executemany(
        "INSERT INTO spans VALUES (?, ?, ?, ?, ?, ?)",
        ((story_id, line, *astuple(span)) for line, several in spans.items() for span in several),
    )


def _write_stress(
    connection: sqlite3.Connection, story_id: int, stressed: Mapping[int, tuple[Stress, ...]]
) -> None:
    connection.execute("DELETE FROM stressed WHERE story = ?", (story_id,))
    connection.executemany(
        "INSERT INTO stressed VALUES (?, ?, ?, ?)",
        ((story_id, line, one.start, one.length) for line, several in stressed.items() for one in several),
    )


def write_cast(connection: sqlite3.Connection, story_id: int, cast: Mapping[str, Role]) -> None:
    """Write (or write anew) how the speakers of a story sound; who sounds like the narrator is none of them."""
    connection.execute("DELETE FROM roles WHERE story = ?", (story_id,))
    connection.executemany(
        "INSERT INTO roles VALUES (?, ?, ?, ?, ?)",
        ((story_id, speaker, *astuple(role)) for speaker, role in cast.items() if role != Role()),
    )


def read_spans(library: Library, story_id: int, start: int = 0, end: int = LAST) -> dict[int, tuple[Span, ...]]:
    """Return who speaks where in the lines from `start` to before `end`; lines that are the narrator's are left out."""
    found = library.rows(
        "SELECT line, start, length, speaker, language FROM spans WHERE story = ? AND line >= ? AND line < ?"
        " ORDER BY line, start",
        (story_id, start, end),
    )
    return {line: tuple(Span(*row[1:]) for row in rows) for line, rows in groupby(found, key=lambda row: row[0])}


def _read_stress(library: Library, story_id: int, start: int = 0, end: int = LAST) -> dict[int, tuple[Stress, ...]]:
    """Return what is stressed in the lines from `start` to before `end`, by the line."""
    found = library.rows(
        "SELECT line, start, length FROM stressed WHERE story = ? AND line >= ? AND line < ? ORDER BY line, start",
        (story_id, start, end),
    )
    return {line: tuple(Stress(*row[1:]) for row in rows) for line, rows in groupby(found, key=lambda row: row[0])}


def _words_of(title: str, author: str, text: str) -> tuple[tuple[str, str], ...]:
    # The text's words hold the title's too: one typed word may stand in the one and the next in the other.
    head = f"{title}\n{author}"
    return ("found_in_title", head), ("found_in_text", f"{head}\n{text}")


def index(connection: sqlite3.Connection, story_id: int, title: str, author: str, text: str) -> None:
    """Let a story be found."""
    for table, words in _words_of(title, author, text):
        connection.execute(f"INSERT INTO {table} (rowid, words) VALUES (?, ?)", (story_id, words))


def unindex(connection: sqlite3.Connection, story_id: int, title: str, author: str, text: str) -> None:
    """Let a story be found no more. The words must be those it was indexed with: the tables keep no text."""
    for table, words in _words_of(title, author, text):
        connection.execute(f"INSERT INTO {table} ({table}, rowid, words) VALUES ('delete', ?, ?)", (story_id, words))


def read_lines(library: Library, story_id: int, start: int = 0, count: int | None = None) -> list[Line]:
    """Return `count` lines from `start`, or all that follow; as quick at the end of a long book as at its beginning."""
    end = start + count if count is not None else LAST
    rows = library.rows(
        "SELECT text, after, pause FROM lines WHERE story = ? AND number >= ? AND number < ? ORDER BY number",
        (story_id, start, end),
    )
    spans, stressed = read_spans(library, story_id, start, end), _read_stress(library, story_id, start, end)
    return [
        Line(text, after, pause, spans.get(at, ()), stressed.get(at, ()))
        for at, (text, after, pause) in enumerate(rows, start)
    ]


def read_heads(library: Library, story_id: int, start: int, count: int) -> dict[int, str]:
    """Return the titles of the chapters that begin among `count` lines from `start`, by their first line."""
    rows = library.rows(
        "SELECT number, chapter FROM lines WHERE story = ? AND number >= ? AND number < ? ORDER BY number",
        (story_id, start - 1, start + count),
    )
    befores = [-1 if rows and rows[0][0] >= start else None, *(chapter for _, chapter in rows)]
    pairs = zip(befores, rows, strict=False)
    firsts = {chapter: number for before, (number, chapter) in pairs if before not in (None, chapter)}
    if not firsts:
        return {}
    marks = ", ".join("?" * len(firsts))
    titles = library.rows(
        f"SELECT number, title FROM chapters WHERE story = ? AND number IN ({marks}) AND title != ''",
        (story_id, *firsts),
    )
    return {firsts[chapter]: title for chapter, title in titles}


def read_chapters(library: Library, story_id: int, *, marked: bool = True) -> tuple[Chapter, ...]:
    """Return the whole text of a story, with who speaks it and what is stressed unless it is not to be `marked`."""
    titles = library.rows("SELECT number, title FROM chapters WHERE story = ? ORDER BY number", (story_id,))
    rows = library.rows(
        "SELECT chapter, paragraph, text, after, pause FROM lines WHERE story = ? ORDER BY number", (story_id,)
    )
    spans = read_spans(library, story_id) if marked else {}
    stressed = _read_stress(library, story_id) if marked else {}
    lines = [
        ((chapter, paragraph), Line(text, after, pause, spans.get(number, ()), stressed.get(number, ())))
        for number, (chapter, paragraph, text, after, pause) in enumerate(rows)
    ]
    paragraphs: dict[int, list[Paragraph]] = {}
    for (chapter, _), group in groupby(lines, key=lambda one: one[0]):
        paragraphs.setdefault(chapter, []).append(Paragraph(tuple(line for _, line in group)))
    return tuple(Chapter(title, tuple(paragraphs.get(number, ()))) for number, title in titles)

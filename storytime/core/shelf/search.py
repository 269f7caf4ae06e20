"""Finding stories as the words are typed: first by how the title begins, then by title and teller, then by the text.

The order costs nothing to make: the first is a walk along an index, the others come in the order of the search
tables. So a single letter that stands in all of 100,000 stories is as quick as a rare word.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from storytime.core.shelf.rows import CARD, card, fold

if TYPE_CHECKING:
    from storytime.core.database import Library
    from storytime.core.shelf.story import StoryCard

ORDER = "ORDER BY shelf_order, id"
MOST_WORDS = 12
ALL = 1 << 40


def matching(query: str) -> str:
    """Return what FTS5 is asked: every typed word as the beginning of a word. Empty where nothing was typed."""
    text = unicodedata.normalize("NFC", query)
    spaced = "".join(one if unicodedata.category(one)[0] in "LN" else " " for one in text)
    return " AND ".join(f'"{word}"*' for word in spaced.split()[:MOST_WORDS])


def cards(library: Library, query: str, offset: int, limit: int | None) -> list[StoryCard]:
    """Return the cards that a query finds, the likeliest first; for an empty query the shelf in its order."""
    most = ALL if limit is None else limit
    if not query.strip():
        rows = library.rows(f"SELECT {CARD} FROM stories WHERE attic IS NULL {ORDER} LIMIT ? OFFSET ?", (most, offset))
        return [card(row) for row in rows]
    ids = found(library, query, offset + most)[offset:]
    by_id = {}
    for begin in range(0, len(ids), 500):
        some = ids[begin : begin + 500]
        marks = ", ".join("?" * len(some))
        by_id.update(
            {row[0]: card(row) for row in library.rows(f"SELECT {CARD} FROM stories WHERE id IN ({marks})", some)}
        )
    return [by_id[one] for one in ids if one in by_id]


def found(library: Library, query: str, most: int) -> list[int]:
    """Return at most `most` ids that a query finds, the likeliest first."""
    wanted = matching(query)
    if not wanted:
        return []
    start = fold(query)
    ids = dict.fromkeys(
        row[0]
        for row in library.rows(
            "SELECT id FROM stories WHERE attic IS NULL AND folded >= ? AND folded < ? ORDER BY folded LIMIT ?",
            (start, start + "\U0010ffff", most),
        )
    )
    for table in ("found_in_title", "found_in_text"):
        if len(ids) >= most:
            break
        # Those found already may come again: ask for so many more.
        rows = library.rows(
            f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid DESC LIMIT ?", (wanted, most + len(ids))
        )
        ids.update(dict.fromkeys(row[0] for row in rows))
    return list(ids)[:most]


def count(library: Library, query: str) -> int:
    """Return how many stories a query finds; for an empty one, how many stand on the shelf."""
    if not query.strip():
        row = library.row("SELECT count(*) FROM stories WHERE attic IS NULL")
        return int(row[0]) if row else 0
    wanted = matching(query)
    if not wanted:
        return 0
    # The table of texts holds every title and teller as well, so it alone knows them all.
    row = library.row("SELECT count(*) FROM found_in_text WHERE found_in_text MATCH ?", (wanted,))
    return int(row[0]) if row else 0

"""Every step the library's tables ever took, in order: only ever added to, so that any older library can follow.

A step that has shipped is never changed. Steps run with foreign keys off (`database.open_library`).
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("storytime")


def unknown_names(db: Database) -> frozenset[str]:
    """Return the names of steps that the library took and this version does not know: a newer Storytime took them."""
    ours = {step.name for step in migrations.pending(Database(memory=True))}
    return frozenset(step.name for step in migrations.applied(db)) - ours


@migrations()
def m001_the_shelf(db: Database) -> None:
    """Stories, their chapters and lines, the tray, and the search over them.

    `lines` is clustered by (story, number), so that line 900,000 of a long book is one seek away. The search tables
    hold no text: they can tell which stories hold a word, in rowid order, without reading a page of any story.
    """
    for statement in (
        """CREATE TABLE stories (
            id INTEGER PRIMARY KEY, title TEXT NOT NULL, folded TEXT NOT NULL, author TEXT NOT NULL,
            language TEXT NOT NULL, note TEXT NOT NULL, ages TEXT NOT NULL, mood TEXT NOT NULL, source TEXT NOT NULL,
            hash TEXT NOT NULL UNIQUE, cover TEXT NOT NULL, said_minutes REAL NOT NULL,
            lines INTEGER NOT NULL, words INTEGER NOT NULL, seconds REAL NOT NULL,
            shelf_order INTEGER NOT NULL DEFAULT 0, shipped INTEGER NOT NULL DEFAULT 0,
            attic TEXT, place INTEGER NOT NULL DEFAULT 0
        ) STRICT""",
        "CREATE INDEX stories_on_the_shelf ON stories (shelf_order, id) WHERE attic IS NULL",
        "CREATE INDEX stories_by_title ON stories (folded) WHERE attic IS NULL",
        """CREATE TABLE chapters (
            story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE, number INTEGER NOT NULL, title TEXT NOT NULL,
            PRIMARY KEY (story, number)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE lines (
            story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE, number INTEGER NOT NULL,
            chapter INTEGER NOT NULL, paragraph INTEGER NOT NULL,
            text TEXT NOT NULL, after TEXT NOT NULL, pause REAL NOT NULL,
            PRIMARY KEY (story, number)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE tray (
            position INTEGER PRIMARY KEY, story INTEGER NOT NULL UNIQUE REFERENCES stories ON DELETE CASCADE
        ) STRICT""",
        "CREATE TABLE stocked (name TEXT PRIMARY KEY) STRICT",
        """CREATE VIRTUAL TABLE found_in_title USING fts5(
            words, content='', detail=none, columnsize=0, prefix='1 2 3', tokenize='unicode61 remove_diacritics 2'
        )""",
        """CREATE VIRTUAL TABLE found_in_text USING fts5(
            words, content='', detail=none, columnsize=0, prefix='1 2 3', tokenize='unicode61 remove_diacritics 2'
        )""",
    ):
        db.execute(statement)


@migrations()
def m002_what_is_kept(db: Database) -> None:
    """Keep settings, one row a field, and what the evening remembers over a restart; both as JSON."""
    db.execute("CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT")
    db.execute("CREATE TABLE kept (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT")


@migrations()
def m003_the_voices(db: Database) -> None:
    """Keep who reads aloud and what they recorded.

    A take outlives its story and its line: it keeps the words it was read from, so that text which was cut anew finds
    its takes again, and no foreign key ever deletes a voice.
    """
    for statement in (
        """CREATE TABLE tellers (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL, folded TEXT NOT NULL UNIQUE, relation TEXT NOT NULL,
            consent TEXT NOT NULL, since TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE takes (
            id INTEGER PRIMARY KEY, teller INTEGER NOT NULL REFERENCES tellers,
            story INTEGER REFERENCES stories ON DELETE SET NULL, line INTEGER NOT NULL,
            title TEXT NOT NULL, text TEXT NOT NULL, words TEXT NOT NULL, kind TEXT NOT NULL,
            file TEXT NOT NULL UNIQUE, recorded TEXT NOT NULL, frames INTEGER NOT NULL, rate INTEGER NOT NULL,
            levels TEXT NOT NULL, attic TEXT, why TEXT NOT NULL DEFAULT ''
        ) STRICT""",
        "CREATE INDEX takes_by_line ON takes (story, line)",
        "CREATE INDEX takes_by_words ON takes (story, words)",
        "CREATE INDEX takes_by_teller ON takes (teller, kind)",
        "CREATE TABLE backups (path TEXT PRIMARY KEY, made TEXT NOT NULL) STRICT",
    ):
        db.execute(statement)


@migrations()
def m004_who_speaks(db: Database) -> None:
    """Keep which pieces of a line are whose speech, or in another language, and how a story's speakers sound.

    `spans` is empty for most stories, and one seek says so.
    """
    for statement in (
        """CREATE TABLE spans (
            story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE, line INTEGER NOT NULL,
            start INTEGER NOT NULL, length INTEGER NOT NULL, speaker TEXT NOT NULL, language TEXT NOT NULL,
            PRIMARY KEY (story, line, start)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE roles (
            story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE, speaker TEXT NOT NULL,
            voice TEXT NOT NULL, pitch REAL NOT NULL, pace REAL NOT NULL,
            PRIMARY KEY (story, speaker)
        ) STRICT, WITHOUT ROWID""",
    ):
        db.execute(statement)


@migrations()
def m005_what_is_stressed(db: Database) -> None:
    """Keep which words of a line its book stresses; what is on the shelf already has none."""
    db.execute(
        """CREATE TABLE stressed (
            story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE, line INTEGER NOT NULL,
            start INTEGER NOT NULL, length INTEGER NOT NULL,
            PRIMARY KEY (story, line, start)
        ) STRICT, WITHOUT ROWID"""
    )

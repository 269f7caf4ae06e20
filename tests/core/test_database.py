import contextlib
import errno
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from sqlite_utils import Database

from storytime.core import database
from storytime.core.database import KeptState, open_library, trouble
from storytime.core.errors import CannotReadState, CannotSave, DiskFull, LibraryNewer, LibraryTrouble
from storytime.core.migrations import migrations
from storytime.core.paths import Paths

NOBODY = 65534


@pytest.fixture
def paths(home):
    return Paths(home)


def opened(paths, **how):
    return contextlib.closing(open_library(paths, **how))


def tables(library):
    return {name for (name,) in library.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_a_new_library_is_made_whole(paths):
    with opened(paths) as library:
        assert library.row("PRAGMA journal_mode") == ("wal",)
        assert library.row("PRAGMA foreign_keys") == (1,)
        assert {"stories", "lines", "tray", "settings", "kept"} <= tables(library)
        strict = library.rows(
            "SELECT name FROM pragma_table_list WHERE name IN ('stories', 'lines', 'kept') AND strict = 1"
        )
        assert len(strict) == 3
    assert not paths.backups.exists()


def test_opening_again_changes_nothing(paths):
    with opened(paths):
        pass
    before = paths.database.read_bytes()
    with opened(paths):
        pass
    assert paths.database.read_bytes() == before


def test_a_newer_library_is_refused_unharmed(paths):
    with opened(paths) as library:
        library.write(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('storytime', 'm999', '')"
        )
    before = paths.database.read_bytes()
    with pytest.raises(LibraryNewer, match="newer"):
        open_library(paths)
    assert paths.database.read_bytes() == before


def test_an_older_library_is_backed_up_and_then_moved_forward(paths):
    with opened(paths) as library:
        library.write("DROP TABLE kept")
        library.write("DROP TABLE settings")
        library.write("DELETE FROM _sqlite_migrations WHERE name LIKE 'm002%'")
    with opened(paths) as library:
        assert "kept" in tables(library)
    (backup,) = paths.backups.iterdir()
    with contextlib.closing(sqlite3.connect(backup)) as old:
        names = {name for (name,) in old.execute("SELECT name FROM sqlite_master")}
    assert "stories" in names
    assert "kept" not in names


def test_every_step_is_known_by_name():
    assert {step.name for step in migrations.pending(Database(memory=True))} == database.STEPS


def test_a_step_that_fails_leaves_the_library_as_it_was(paths):

    with opened(paths):
        pass
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "_migrations", list(migrations._migrations))
        patch.setattr(database, "STEPS", database.STEPS | {"m999_breaks"})

        @migrations()
        def m999_breaks(db):
            db.execute("DROP TABLE kept")
            raise sqlite3.IntegrityError("broken")

        with pytest.raises(sqlite3.IntegrityError):
            open_library(paths)
    with opened(paths) as library:
        assert library.rows("SELECT * FROM kept") == []


def test_children_without_parents_are_refused(paths):
    with opened(paths) as library:
        library.write("PRAGMA foreign_keys = OFF")
        library.write("DELETE FROM _sqlite_migrations WHERE name LIKE 'm002%'")
        library.write("DROP TABLE kept")
        library.write("DROP TABLE settings")
        library.connection.execute("PRAGMA foreign_keys = OFF")
        library.write("INSERT INTO tray VALUES (0, 77)")
    with pytest.raises(LibraryTrouble, match="damaged"):
        open_library(paths)


@pytest.mark.parametrize("damage", [b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 4080])
def test_a_damaged_library_is_named_so_and_left_alone(paths, damage):
    paths.home.mkdir()
    paths.database.write_bytes(damage)
    with pytest.raises(LibraryTrouble, match=r"damaged.*storytime restore"):
        open_library(paths)
    assert paths.database.read_bytes() == damage


def test_a_library_damaged_in_the_middle_is_named_so_when_it_is_read(paths):
    with opened(paths) as library:
        library.connection.executemany("INSERT INTO kept VALUES (?, ?)", [(str(n), "x" * 900) for n in range(400)])
        library.connection.commit()
        library.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(paths.database.read_bytes())
    half = len(data) // 2
    data[half:] = b"\xff" * (len(data) - half)
    paths.database.write_bytes(data)
    with opened(paths) as library, pytest.raises(LibraryTrouble, match="damaged"):
        library.rows("SELECT * FROM kept")


def test_someone_elses_database_is_refused(paths):
    paths.home.mkdir()
    with contextlib.closing(sqlite3.connect(paths.database)) as other:
        other.execute("CREATE TABLE recipes (name)")
    with pytest.raises(LibraryTrouble, match="not Storytime’s"):
        open_library(paths)


def test_a_locked_library_is_waited_for_and_then_named(paths):
    with opened(paths) as library, contextlib.closing(sqlite3.connect(paths.database)) as other:
        other.execute("BEGIN IMMEDIATE")
        library.connection.execute("PRAGMA busy_timeout = 20")
        with pytest.raises(LibraryTrouble, match="written by another program"):
            library.write("DELETE FROM kept")
        other.rollback()
        library.write("DELETE FROM kept")


def test_a_library_locked_by_another_process_is_named_on_opening(paths):
    with opened(paths):
        pass
    hold = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('PRAGMA locking_mode = EXCLUSIVE');"
    hold += "c.execute('BEGIN EXCLUSIVE'); print('held', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", hold, str(paths.database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(LibraryTrouble, match="Close it"):
            open_library(paths, busy_seconds=0.05)
        other.stdin.close()
    with opened(paths):
        pass


@contextlib.contextmanager
def as_an_ordinary_user():
    """Root may write anywhere, so become nobody for a moment."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def open_folder():
    """A folder that nobody can reach; pytest’s own are closed to others."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        for path in folder.rglob("*"):
            path.chmod(0o755)


def test_a_folder_that_cannot_be_written_is_named(open_folder):
    (open_folder / "home").mkdir(mode=0o555)
    with as_an_ordinary_user(), pytest.raises(LibraryTrouble, match="STORYTIME_HOME"):
        open_library(Paths(open_folder / "home"))
    with as_an_ordinary_user(), pytest.raises(LibraryTrouble, match="STORYTIME_HOME"):
        open_library(Paths(open_folder / "home" / "deeper"))


def test_a_library_that_became_read_only_is_named(open_folder):
    paths = Paths(open_folder / "home")
    with opened(paths):
        pass
    for path in paths.home.iterdir():
        path.chmod(0o444)
    paths.home.chmod(0o555)
    with as_an_ordinary_user(), pytest.raises(LibraryTrouble), opened(paths) as library:
        library.write("DELETE FROM kept")


def test_a_home_that_is_a_file_is_named(home):
    home.write_text("a letter")
    with pytest.raises(LibraryTrouble):
        open_library(Paths(home))


def test_a_full_disk_is_named(paths):
    with opened(paths) as library:
        library.connection.execute(f"PRAGMA max_page_count = {library.row('PRAGMA page_count')[0]}")
        with pytest.raises(DiskFull, match="no room"):
            library.write("INSERT INTO kept VALUES ('x', ?)", ("x" * 100_000,))
        assert library.rows("SELECT * FROM kept") == []


def test_no_room_for_the_folder_is_a_full_disk(tmp_path):
    assert isinstance(trouble(tmp_path, OSError(errno.ENOSPC, "")), DiskFull)


def test_a_file_that_finds_no_room_beside_it_is_a_full_disk(tmp_path, monkeypatch):
    class Broken(sqlite3.OperationalError):
        sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE

    assert isinstance(trouble(tmp_path, Broken()), LibraryTrouble)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: (1_000_000, 1_000_000, 0))
    assert isinstance(trouble(tmp_path / "not" / "there", Broken()), DiskFull)


def test_a_bug_in_a_query_is_no_trouble_of_the_family(paths):
    with opened(paths) as library, pytest.raises(sqlite3.OperationalError):
        library.rows("SELECT nonsense")


def test_writes_happen_whole_or_not_at_all(paths):
    def broken_off(library):
        with library.writing() as connection:
            connection.execute("INSERT INTO kept VALUES ('a', '1')")
            with library.writing():
                connection.execute("INSERT INTO kept VALUES ('b', '1')")
            raise KeyError

    with opened(paths) as library:
        with pytest.raises(KeyError):
            broken_off(library)
        assert library.rows("SELECT * FROM kept") == []


def test_it_is_known_that_another_process_wrote(paths):
    with opened(paths) as one, opened(paths) as two:
        one.write("INSERT INTO kept VALUES ('a', '1')")
        assert (one.stale(), two.stale(), two.stale()) == (False, True, False)


class TestKeptState:
    def test_what_was_saved_is_there_after_a_restart(self, paths):
        with opened(paths) as library:
            KeptState(library).save("evening", {"phase": "NIGHT"})
        with opened(paths) as library:
            state = KeptState(library)
            assert state.load("evening") == {"phase": "NIGHT"}
            state.drop(["evening", "unknown"])
            assert state.load("evening") is None

    @pytest.mark.parametrize("damage", ["{", "[]", "3", "", "[" * 100_000])
    def test_damage_is_said_and_is_no_value(self, paths, damage):
        with opened(paths) as library:
            library.write("INSERT INTO kept VALUES ('evening', ?)", (damage,))
            with pytest.raises(CannotReadState):
                KeptState(library).load("evening")

    def test_what_cannot_be_saved_is_said(self, paths):
        with opened(paths) as library:
            library.connection.execute("PRAGMA query_only = ON")
            with pytest.raises(CannotSave):
                KeptState(library).save("evening", {})
            with pytest.raises(CannotSave):
                KeptState(library).drop(["evening"])

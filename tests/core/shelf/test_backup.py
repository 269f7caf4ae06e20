import os
import zipfile
from pathlib import Path

import pytest

from storytime.core.database import KeptState, open_library
from storytime.core.errors import CannotWrite, DiskFull, LibraryNewer, LibraryTrouble, NoBackup
from storytime.core.paths import Paths
from storytime.core.settings import SettingsStore
from storytime.core.shelf.backup import back_up, restore
from storytime.core.shelf.shelf import Shelf
from tests.core.shelf.conftest import manuscript
from tests.core.shelf.test_read_epub import PNG


@pytest.fixture
def saved(library, shelf, tmp_path):
    shelf.add(manuscript(cover=PNG))
    SettingsStore(library).change(chime=True)
    state = KeptState(library)
    state.save("evening", {"phase": "NIGHT"})
    state.save("pin", {"hash": "x"})
    back_up(library, tmp_path / "all.zip")
    return tmp_path / "all.zip"


def rewritten(path, change):
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in change(members).items():
            archive.writestr(name, data)
    return path


def test_a_backup_brings_everything_back_but_the_seal(saved, tmp_path):
    assert restore(saved, tmp_path / "new") == 1
    library = open_library(Paths(tmp_path / "new"))
    shelf = Shelf(library, library.paths)
    (card,) = shelf.cards("moon")
    assert shelf.cover_bytes(card.id) == PNG
    assert SettingsStore(library).value.chime
    assert KeptState(library).load("pin") == {"hash": "x"}
    assert KeptState(library).load("evening") is None
    library.close()


def test_a_backup_is_made_while_another_program_is_writing(library, paths, tmp_path):
    other = open_library(paths)
    with other.writing() as connection:
        connection.execute("INSERT INTO kept VALUES ('half', '{}')")
        back_up(library, tmp_path / "all.zip")
    other.close()
    restore(tmp_path / "all.zip", tmp_path / "new")
    restored = open_library(Paths(tmp_path / "new"))
    assert KeptState(restored).load("half") is None
    restored.close()


def test_a_backup_replaces_an_older_one_and_nothing_else(library, saved, tmp_path):
    back_up(library, saved)
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Ilse")
    with pytest.raises(CannotWrite):
        back_up(library, letter)
    assert letter.read_text() == "Dear Ilse"
    with pytest.raises(CannotWrite):
        back_up(library, tmp_path / "nowhere" / "all.zip")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.zip", "home", "letter.txt"]


def test_a_folder_with_something_in_it_is_left_alone(saved, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("Dear Ilse")
    with pytest.raises(NoBackup, match="empty"):
        restore(saved, tmp_path / "full")
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["letter.txt"]


def newer(members):
    return {**members, "library.db": members["library.db"].replace(b"m002_what_is_kept", b"m902_what_is_kept")}


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda members: {**members, "../evil": b"x"}, NoBackup),
        (lambda members: {**members, "covers/../../evil": b"x"}, NoBackup),
        (lambda members: {**members, "/evil": b"x"}, NoBackup),
        (lambda members: {**members, "run.sh": b"x"}, NoBackup),
        (lambda members: {"covers/a.png": PNG}, NoBackup),
        (lambda members: {**members, "library.db": b"nothing" * 1000}, NoBackup),
        (newer, LibraryNewer),
    ],
    ids=["up", "up from within", "root", "a stranger", "no library", "damaged", "newer"],
)
def test_what_is_no_backup_is_refused_and_leaves_nothing(saved, tmp_path, change, error):
    before = sorted(tmp_path.iterdir())
    with pytest.raises(error):
        restore(rewritten(saved, change), tmp_path / "new")
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04 cut off"])
def test_what_is_no_zip_is_refused(tmp_path, data):
    (tmp_path / "x.zip").write_bytes(data)
    with pytest.raises(NoBackup):
        restore(tmp_path / "x.zip", tmp_path / "new")
    with pytest.raises(NoBackup, match="not there"):
        restore(tmp_path / "gone.zip", tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there is no such file")
def test_what_is_no_file_is_never_looked_into_for_an_older_backup(library, tmp_path):
    os.mkfifo(tmp_path / "all.zip")
    with pytest.raises(CannotWrite, match="no backup"):
        back_up(library, tmp_path / "all.zip")


def test_a_full_disk_is_that_of_the_backup_and_not_of_the_library(library, tmp_path, monkeypatch):
    def full(path):
        raise DiskFull(path)

    monkeypatch.setattr("storytime.core.shelf.backup.troubles_named", full)
    with pytest.raises(DiskFull) as told:
        back_up(library, tmp_path / "all.zip")
    assert told.value.path == tmp_path / "all.zip"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no such place")
def test_a_place_where_nothing_can_be_made_is_what_is_named(saved):
    with pytest.raises(LibraryTrouble, match="/proc"):
        restore(saved, Path("/proc/new"))


def test_a_folder_is_no_backup(tmp_path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(NoBackup, match="no backup of Storytime"):
        restore(tmp_path / "folder", tmp_path / "new")
    assert not (tmp_path / "new").exists()

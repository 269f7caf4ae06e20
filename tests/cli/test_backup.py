"""What `storytime backup` and `storytime restore` promise."""

import json
import zipfile

import pytest

from storytime.core.database import KeptState, open_library
from storytime.core.evening.memory import STATE
from storytime.core.paths import Paths
from storytime.core.shelf.backup import EVENING
from tests.devices.piper_voices import make_voice


def test_a_library_comes_back_whole(call, document, home, tmp_path, monkeypatch):
    document("plan", "--lights-out", "19:30")
    before = (document("list"), document("plan")["nights"], document("show", "lighthouse"))
    assert call("backup", tmp_path / "all.zip").exit_code == 0
    assert call("restore", tmp_path / "all.zip", "--into", tmp_path / "new").exit_code == 0
    monkeypatch.setenv("STORYTIME_HOME", str(tmp_path / "new"))
    assert (document("list"), document("plan")["nights"], document("show", "lighthouse")) == before


def test_pictures_that_came_with_books_are_in_it(call, home, tmp_path):
    (home / "covers").mkdir(exist_ok=True)
    (home / "covers" / "a.png").write_bytes(b"picture")
    (home / "cache").mkdir(exist_ok=True)
    (home / "cache" / "line.wav").write_bytes(b"sound")
    call("backup", tmp_path / "all.zip")
    call("restore", tmp_path / "all.zip", "--into", tmp_path / "new")
    assert (tmp_path / "new" / "covers" / "a.png").read_bytes() == b"picture"
    assert not (tmp_path / "new" / "cache").exists()


def test_a_seal_is_not_restored_and_the_rest_that_is_kept_is(call, home, tmp_path):
    library = open_library(Paths(home))
    KeptState(library).save(STATE, {"phase": "NIGHT"})
    KeptState(library).save("gate", {"hash": "x"})
    library.close()
    call("backup", tmp_path / "all.zip")
    call("restore", tmp_path / "all.zip", "--into", tmp_path / "new")
    library = open_library(Paths(tmp_path / "new"))
    assert KeptState(library).load(STATE) is None
    assert KeptState(library).load("gate") == {"hash": "x"}
    library.close()


def test_the_shelf_and_the_evening_mean_the_same_state():
    assert EVENING == STATE


def test_nothing_is_restored_over_something(call, tmp_path):
    call("backup", tmp_path / "all.zip")
    full = tmp_path / "full"
    full.mkdir()
    (full / "letter.txt").write_text("keep me")
    result = call("restore", tmp_path / "all.zip", "--into", full)
    assert result.exit_code == 1
    assert [file.name for file in full.iterdir()] == ["letter.txt"]


def test_an_empty_folder_will_do(call, tmp_path):
    call("backup", tmp_path / "all.zip")
    (tmp_path / "empty").mkdir()
    assert call("restore", tmp_path / "all.zip", "--into", tmp_path / "empty").exit_code == 0


@pytest.mark.parametrize("entry", ["../outside.txt", "covers/../../outside.txt", "/etc/outside.txt", "notes.txt"])
def test_an_archive_with_anything_else_in_it_is_refused(call, tmp_path, entry):
    call("backup", tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip", "a") as archive:
        archive.writestr(entry, "x")
    result = call("restore", tmp_path / "all.zip", "--into", tmp_path / "new")
    assert result.exit_code == 1
    assert "no backup of Storytime" in result.stderr
    assert sorted(one.name for one in tmp_path.iterdir()) == ["all.zip", "home"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"a letter"])
def test_a_file_that_is_no_backup_is_refused(call, tmp_path, content):
    (tmp_path / "all.zip").write_bytes(content)
    result = call("restore", tmp_path / "all.zip", "--into", tmp_path / "new")
    assert result.exit_code == 1
    assert not (tmp_path / "new").exists()


def test_a_damaged_library_in_a_backup_is_refused(call, tmp_path):
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("library.db", b"SQLite format 3\x00" + b"\x07" * 5000)
    result = call("restore", tmp_path / "all.zip", "--into", tmp_path / "new")
    assert result.exit_code == 1
    assert not (tmp_path / "new").exists()


def test_a_backup_does_not_take_the_place_of_something_else(call, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("keep me")
    assert call("backup", letter).exit_code == 1
    assert letter.read_text() == "keep me"


def test_a_backup_into_a_folder_that_is_not_there_says_so(call, tmp_path):
    result = call("backup", tmp_path / "nowhere" / "all.zip")
    assert result.exit_code == 1
    assert "folder is not there" in result.stderr


def test_a_newer_backup_takes_the_place_of_an_older_one(call, document, tmp_path):
    call("backup", tmp_path / "all.zip")
    (tmp_path / "x.txt").write_text("A new tale came. It stayed.")
    document("add", tmp_path / "x.txt")
    assert call("backup", tmp_path / "all.zip").exit_code == 0
    call("restore", tmp_path / "all.zip", "--into", tmp_path / "new")
    library = open_library(Paths(tmp_path / "new"))
    assert library.row("SELECT count(*) FROM stories") == (13,)
    library.close()


def test_into_must_be_said(call, tmp_path):
    assert call("restore", tmp_path / "all.zip").exit_code == 2


def test_one_document_and_nothing_else_is_printed_by_every_json(call):
    for words in (["list"], ["list", "bear"], ["show", "1"], ["plan"], ["plan", "--lights-out", "19:00"]):
        json.loads(call(*words, "--json").stdout)


def test_a_voice_that_was_added_stays_behind_and_that_is_said(call, home, tmp_path):
    make_voice(home / "voices" / "en_US-tone-low")
    result = call("backup", tmp_path / "all.zip")
    assert "Tone" in result.stderr
    assert not [name for name in zipfile.ZipFile(tmp_path / "all.zip").namelist() if name.startswith("voices")]

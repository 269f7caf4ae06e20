"""A voice is deleted everywhere: takes, journals, attic, what was made of them, and every backup in reach."""

import shutil
import zipfile

import pytest

from storytime.core.database import open_library
from storytime.core.errors import TellerNotFound
from storytime.core.paths import Paths
from storytime.core.settings import SettingsStore
from storytime.core.shelf.backup import back_up, made, restore
from storytime.core.shelf.takes import WORDLESS
from storytime.core.shelf.tellers import SOMEBODY
from storytime.core.studio.attic import empty
from storytime.core.studio.deletion import delete_everywhere
from storytime.core.studio.recovery import keep_left, left_in
from storytime.core.studio.shelves import Shelves
from tests.core.shelf.test_takes import wordless
from tests.core.shelf.voices import keep
from tests.core.studio.family import LINES, Family
from tests.core.studio.recordings import silence

SECRET = "The moon rose."


@pytest.fixture
def family(library):
    family = Family(library)
    takes, fox = family.shelves.takes, family.fox
    keep(takes, family.grandpa, fox, 0, LINES[0], content=b"grandpa's old voice")
    keep(takes, family.grandpa, fox, 0, LINES[0], content=b"grandpa's voice")
    keep(takes, family.grandpa, fox, 1, SECRET, content=b"grandpa's voice again")
    keep(takes, family.mother, fox, 1, SECRET, content=b"mother's voice")
    return family


def delete(family):
    return delete_everywhere(family.grandpa, family.shelves, SettingsStore(family.library))


def everything(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_every_file_and_every_row_of_the_voice_is_gone_and_no_other(family):
    family.journal(silence(1.0), teller=family.grandpa)
    family.journal(silence(1.0), name="20261105-180000-bb")
    gone = delete(family)
    assert (gone.name, gone.takes, gone.attic, gone.journals, gone.left) == ("Grandpa", 2, 1, 1, ())
    assert b"grandpa" not in everything(family.paths.home)
    assert len(family.shelves.takes.of_teller(family.mother.id)) == 1
    assert family.files("journals") == ["20261105-180000-bb.journal"]
    with pytest.raises(TellerNotFound):
        family.shelves.tellers.find("Grandpa")


def test_no_word_of_the_rows_stays_in_the_library_s_file(family):
    keep(family.shelves.takes, family.grandpa, None, 0, "Pimpernel", kind="name")
    assert b"Pimpernel" in everything(family.paths.home)
    delete(family)
    assert b"Pimpernel" not in everything(family.paths.home)
    assert b"Grandpa" not in everything(family.paths.home)


def test_what_was_made_of_recordings_is_thrown_away_and_what_the_machine_said_stays(family):
    for folder in ("takes", "names", "studio", "lines"):
        (family.paths.cache / folder).mkdir(parents=True)
        (family.paths.cache / folder / "a.wav").write_bytes(b"sound")
    delete(family)
    assert [path.parent.name for path in family.paths.cache.rglob("*.wav")] == ["lines"]


def test_a_recorded_backup_is_written_anew_without_the_voice(family, tmp_path):
    back_up(family.library, tmp_path / "all.zip")
    gone = delete(family)
    (cleaned,) = gone.backups
    assert (cleaned.path, cleaned.takes, cleaned.why) == (tmp_path / "all.zip", 3, "")
    assert restore(tmp_path / "all.zip", tmp_path / "new") == 1
    assert b"grandpa" not in everything(tmp_path / "new")
    assert b"Grandpa" not in everything(tmp_path / "new")
    library = open_library(Paths(tmp_path / "new"))
    shelves = Shelves.of(library)
    (take,) = shelves.takes.of_teller(shelves.tellers.find("Mother").id)
    assert shelves.takes.path(take).read_bytes() == b"mother's voice"
    library.close()


def test_the_rest_of_a_backup_stays_byte_for_byte(family, tmp_path):
    back_up(family.library, tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        before = {name: archive.read(name) for name in archive.namelist() if name != "library.db"}
    delete(family)
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        after = {name: archive.read(name) for name in archive.namelist() if name != "library.db"}
    assert after == {name: data for name, data in before.items() if b"grandpa" not in data}
    assert list(tmp_path.glob(".*")) == []


def test_a_backup_without_the_voice_is_not_touched(family, tmp_path):
    delete(family)
    back_up(family.library, tmp_path / "all.zip")
    before = (tmp_path / "all.zip").read_bytes()
    other = family.shelves.tellers.welcome("Aunt May")
    gone = delete_everywhere(other, family.shelves, SettingsStore(family.library))
    assert gone.backups == ()
    assert (tmp_path / "all.zip").read_bytes() == before


def test_backups_out_of_reach_are_listed_with_the_reason(family, tmp_path):
    back_up(family.library, tmp_path / "gone.zip")
    back_up(family.library, tmp_path / "broken.zip")
    back_up(family.library, tmp_path / "good.zip")
    (tmp_path / "gone.zip").unlink()
    (tmp_path / "broken.zip").write_bytes(b"PK\3\4 and no more")
    gone = delete(family)
    assert {one.path.name: bool(one.why) for one in gone.backups} == {
        "gone.zip": True,
        "broken.zip": True,
        "good.zip": False,
    }
    assert {one.path.name for one in gone.unreached} == {"gone.zip", "broken.zip"}
    assert (tmp_path / "broken.zip").read_bytes() == b"PK\3\4 and no more"


def test_a_backup_that_cannot_be_written_stays_whole_and_is_listed(family, tmp_path):
    folder = tmp_path / "locked"
    folder.mkdir()
    back_up(family.library, folder / "all.zip")
    before = (folder / "all.zip").read_bytes()
    (folder / ".all.zip.part").mkdir()
    gone = delete(family)
    assert gone.unreached[0].path == folder / "all.zip"
    assert (folder / "all.zip").read_bytes() == before


def test_copies_from_before_a_newer_version_are_cleaned_too(family):
    family.paths.backups.mkdir()
    copy = family.paths.backups / "library-20261105-170000-before-m004.db"
    family.library.connection.execute("VACUUM INTO ?", (str(copy),))
    assert b"Grandpa" in copy.read_bytes()
    gone = delete(family)
    assert b"Grandpa" not in copy.read_bytes()
    assert [one.path for one in gone.backups] == [copy]


def test_copies_older_than_the_voices_are_no_trouble(family):
    family.paths.backups.mkdir()
    copy = family.paths.backups / "library-20251105-170000-before-m003.db"
    family.library.connection.execute("VACUUM INTO ?", (str(copy),))
    import sqlite3

    with sqlite3.connect(copy) as old:
        old.execute("DROP TABLE takes")
        old.execute("DROP TABLE tellers")
    old.close()
    assert delete(family).backups == ()


def test_a_tale_that_nobody_else_told_goes_with_its_voice(family):
    shelf, takes = family.shelves.shelf, family.shelves.takes
    alone = shelf.card(shelf.add(wordless("Grandpa's Train", 2)).id)
    both = shelf.card(shelf.add(wordless("Our Train", 2)).id)
    for tale in (alone, both):
        keep(takes, family.grandpa, tale, 0, WORDLESS)
    keep(takes, family.mother, both, 1, WORDLESS)
    gone = delete(family)
    assert gone.tales == ("Grandpa's Train",)
    assert sorted(card.title for card in shelf.cards()) == ["Our Train", "The Fox"]
    assert shelf.cards("grandpa") == []
    assert shelf.card(both.id).minutes < both.minutes + 1


def test_a_story_that_he_read_lasts_again_as_long_as_it_did(family):
    keep(family.shelves.takes, family.grandpa, family.fox, 2, LINES[2], seconds=90.0)
    assert family.shelves.shelf.card(family.fox.id).minutes > 1.5
    delete(family)
    assert family.shelves.shelf.card(family.fox.id).minutes < 0.5


def test_nobody_is_chosen_by_a_number_that_was_his(family):
    settings = SettingsStore(family.library)
    settings.change(teller=family.grandpa.id, recording_teller=family.grandpa.id)
    delete_everywhere(family.grandpa, family.shelves, settings)
    assert (settings.value.teller, settings.value.recording_teller) == (0, 0)


def test_a_file_whose_row_was_lost_is_known_by_its_tags(family):
    from tests.core.studio.test_keeping import kept

    journal = family.journal(family.voice(LINES[2]), teller=family.grandpa)
    family.mother, mother = family.grandpa, family.mother
    (take,) = kept(family, journal, 2).takes
    family.mother = mother
    family.library.write("DELETE FROM takes WHERE id = ?", (take.id,))
    delete(family)
    assert not family.shelves.takes.path(take).exists()


def test_asked_for_again_after_it_was_stopped_halfway_it_ends(family, tmp_path, monkeypatch):
    back_up(family.library, tmp_path / "all.zip")
    monkeypatch.setattr("storytime.core.studio.deletion.forget", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        delete(family)
    assert family.shelves.tellers.find("Grandpa")
    monkeypatch.undo()
    assert delete(family).takes == 2
    assert family.shelves.takes.of_teller(family.grandpa.id) == []


def test_where_backups_were_made_is_remembered_once_each(family, tmp_path):
    for name in ("a.zip", "b.zip", "a.zip"):
        back_up(family.library, tmp_path / name)
    assert sorted(path.name for path in made(family.library)) == ["a.zip", "b.zip"]


def test_a_backup_brings_takes_and_attic_back(family, tmp_path):
    back_up(family.library, tmp_path / "all.zip")
    restore(tmp_path / "all.zip", tmp_path / "new")
    library = open_library(Paths(tmp_path / "new"))
    takes = Shelves.of(library).takes
    told = takes.of_lines(family.fox.id, 0, LINES)
    assert [takes.path(take).read_bytes() for take in told[1]] == [b"mother's voice", b"grandpa's voice again"]
    assert [takes.path(take).read_bytes() for take in takes.in_attic()] == [b"grandpa's old voice"]
    library.close()


class TestTheAttic:
    def test_emptied_it_is_empty_and_what_is_told_stays(self, family):
        told = family.of_lines()
        (family.paths.attic / "lost.flac").write_bytes(b"lost")
        emptied = empty(family.shelves)
        assert (emptied.takes, emptied.files) == (1, 1)
        assert family.files("attic") == []
        assert family.of_lines() == told

    def test_a_told_take_whose_file_a_killed_move_left_there_stays(self, family):
        take = family.of_lines()[0][0]
        shutil.move(family.shelves.takes.path(take), family.paths.attic / take.file)
        empty(family.shelves)
        assert family.shelves.takes.path(take).read_bytes() == b"grandpa's voice"


def test_a_voice_that_was_renamed_is_deleted_under_every_name_it_had(family, tmp_path):
    back_up(family.library, tmp_path / "before.zip")
    renamed = family.shelves.tellers.describe(family.grandpa.id, name="Tomas")
    back_up(family.library, tmp_path / "after.zip")
    gone = delete_everywhere(renamed, family.shelves, SettingsStore(family.library))
    assert {one.path.name: one.takes for one in gone.backups} == {"before.zip": 3, "after.zip": 3}
    for backup in ("before", "after"):
        restore(tmp_path / f"{backup}.zip", tmp_path / backup)
        left = everything(tmp_path / backup)
        assert b"grandpa" not in left.lower()
        assert b"Tomas" not in left
        assert b"mother's voice" in left
    assert b"grandpa" not in everything(family.paths.home).lower()


def test_nobody_is_deleted_for_having_the_name_that_another_had(family, tmp_path):
    tellers = family.shelves.tellers
    somebody = tellers.welcome(SOMEBODY)
    keep(family.shelves.takes, somebody, family.fox, 2, LINES[2], content=b"aunt's voice")
    aunt = tellers.describe(somebody.id, name="Aunt Ida")
    stranger = tellers.welcome(SOMEBODY)
    keep(family.shelves.takes, stranger, family.fox, 2, LINES[2], content=b"stranger's voice")
    back_up(family.library, tmp_path / "all.zip")
    delete_everywhere(aunt, family.shelves, SettingsStore(family.library))
    restore(tmp_path / "all.zip", tmp_path / "new")
    assert b"stranger's voice" in everything(tmp_path / "new")
    assert b"aunt's voice" not in everything(tmp_path / "new")


def test_a_recording_without_a_row_goes_out_of_a_backup_too(family, tmp_path):
    for teller, name in ((family.grandpa, "20261105-170000-aa"), (family.mother, "20261105-180000-bb")):
        family.journal(family.voice(LINES[2]), teller=teller, name=name, line=2, text=LINES[2])
        (left,) = left_in(family.shelves)
        (take,) = keep_left(left, family.shelves).kept.takes
        family.library.write("DELETE FROM takes WHERE id = ?", (take.id,))
    back_up(family.library, tmp_path / "all.zip")
    gone = delete(family)
    assert gone.backups[0].takes == 4
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        lone = [name for name in archive.namelist() if "2026" in name]
    assert [name.split("-")[1] for name in lone] == ["180000"]

"""The words for recorded voices: what they print, what they keep, and how they end where nothing can be kept."""

import json
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
import soundfile

from storytime.core.database import open_library
from storytime.core.paths import Paths
from storytime.core.studio.journal import read_journal
from storytime.core.studio.shelves import Shelves
from tests.core.shelf.voices import keep
from tests.core.studio.family import Family
from tests.core.studio.recordings import RATE, in_room, silence, spoken
from tests.devices.conftest import sound_server  # noqa: F401 - a fixture

BEAR = "10"
PATIENCE = 60


@pytest.fixture
def shelves(home):
    library = open_library(Paths(home))
    yield Shelves.of(library)
    library.close()


@pytest.fixture
def recorded(shelves):
    """Grandma has read two lines of the bear, one of them twice."""
    card, rose = shelves.shelf.card(int(BEAR)), shelves.tellers.welcome("Grandma Rose", "grandmother", "our two")
    texts = [line.text for line in shelves.shelf.lines(card.id)]
    for number in (3, 0, 0):
        keep(shelves.takes, rose, card, number, texts[number], content=b"rose's voice")
    return rose


@pytest.fixture
def phone(tmp_path):
    def record(samples, name="voice.ogg"):
        soundfile.write(tmp_path / name, samples, RATE)
        return tmp_path / name

    return record


@pytest.fixture
def family(shelves):
    return Family(shelves.library)


class TestTellers:
    def test_are_listed_with_what_they_read(self, document, recorded):
        (row,) = document("tellers")
        assert (row["name"], row["relation"], row["consent"]) == ("Grandma Rose", "grandmother", "our two")
        assert (row["takes"], row["attic"], row["stories"], row["seconds"]) == (2, 1, 1, 6.0)

    def test_an_empty_house_says_how_to_begin(self, call):
        result = call("tellers")
        assert result.exit_code == 0
        assert "storytime record" in result.stderr

    def test_are_welcomed_and_described(self, call, document):
        call("tellers", "--welcome", "Opa", "--relation", "grandfather")
        (row,) = document("tellers", "--welcome", "opa", "--consent", "all of us")
        assert (row["name"], row["relation"], row["consent"]) == ("Opa", "grandfather", "all of us")

    def test_a_voice_is_not_deleted_without_a_yes(self, call, recorded, shelves):
        result = call("tellers", "--delete", "Grandma Rose")
        assert result.exit_code == 1
        assert "--yes" in result.stderr
        assert len(shelves.takes.of_teller(recorded.id)) == 3

    def test_deleted_the_report_says_what_was_removed_and_where_it_may_still_be(
        self, call, document, recorded, home, tmp_path
    ):
        for name in ("good.zip", "gone.zip"):
            assert call("backup", tmp_path / name).exit_code == 0
        (tmp_path / "gone.zip").unlink()
        report = document("tellers", "--delete", "grandma rose", "--yes", exit_code=1)
        assert (report["name"], report["takes"], report["attic"], report["left"]) == ("Grandma Rose", 2, 1, [])
        assert {row["path"]: bool(row["why"]) for row in report["backups"]} == {
            str(tmp_path / "good.zip"): False,
            str(tmp_path / "gone.zip"): True,
        }
        with zipfile.ZipFile(tmp_path / "good.zip") as archive:
            assert not any(b"rose" in archive.read(name) for name in archive.namelist() if name.endswith(".flac"))
        assert document("tellers") == []

    def test_are_renamed_unless_the_name_is_taken(self, call, document, recorded):
        call("tellers", "--welcome", "Opa")
        rows = document("tellers", "--welcome", "grandma rose", "--rename", "Rosa")
        assert [(row["name"], row["takes"]) for row in rows] == [("Rosa", 2), ("Opa", 0)]
        refused = call("tellers", "--welcome", "Opa", "--rename", "rosa")
        assert refused.exit_code == 1
        assert refused.stderr == "Rosa reads here already. Choose another name.\n"
        assert call("tellers", "--rename", "Rosa").exit_code == 2

    def test_nobody_of_that_name_is_said(self, call):
        result = call("tellers", "--delete", "Nobody", "--yes")
        assert result.exit_code == 1
        assert "Nobody called “Nobody”" in result.stderr


class TestTakes:
    def test_are_listed_in_the_order_of_the_lines(self, document, recorded, shelves):
        rows = document("takes", BEAR)
        assert [(row["line"], row["teller"], row["stale"], row["attic"]) for row in rows] == [
            (0, "Grandma Rose", False, None),
            (3, "Grandma Rose", False, None),
        ]
        assert all(os.path.exists(row["path"]) for row in rows)

    def test_those_in_the_attic_come_when_asked_for(self, document, recorded):
        rows = document("takes", BEAR, "--attic")
        assert [(row["line"], row["why"]) for row in rows] == [(0, ""), (0, "redone"), (3, "")]

    def test_a_changed_line_makes_its_take_stale(self, call, document, recorded, shelves):
        text = shelves.shelf.text(int(BEAR))
        shelves.shelf.edit(int(BEAR), text=text.replace(shelves.shelf.lines(int(BEAR), 3, 1)[0].text, "All new."))
        assert [row["stale"] for row in document("takes", BEAR)] == [False, True]
        assert ", stale" in call("takes", BEAR).stdout

    def test_none_is_said(self, call):
        result = call("takes", BEAR)
        assert (result.exit_code, result.stdout) == (0, "")
        assert "Nobody has recorded" in result.stderr


class TestBring:
    def test_a_recording_is_cut_onto_the_lines(self, document, shelves, phone, family):
        path = phone(family.voice(*(line.text for line in shelves.shelf.lines(family.fox.id))))
        brought = document("bring", path, "--story", "The Fox", "--teller", "Opa")
        assert (brought["story"], brought["title"], brought["teller"]) == (family.fox.id, "The Fox", "Opa")
        assert [take["line"] for take in brought["takes"]] == [0, 1, 2]
        assert all(os.path.exists(take["path"]) and take["lufs"] < 0 for take in brought["takes"])

    def test_without_a_text_it_becomes_a_tale_on_the_shelf(self, document, phone):
        brought = document("bring", phone(in_room(spoken())), "--tale", "Pimpernel", "--teller", "Opa")
        assert brought["takes"][0]["story"] == brought["story"]
        (card,) = document("list", "pimpernel")
        assert (card["title"], card["author"]) == ("Pimpernel", "Opa")

    def test_a_file_that_is_no_sound_is_said_and_nothing_changed(self, call, document, tmp_path):
        (tmp_path / "letter.m4a").write_text("Dear children")
        result = call("bring", tmp_path / "letter.m4a", "--story", BEAR, "--teller", "Opa")
        assert result.exit_code == 1
        assert "letter.m4a" in result.stderr
        assert document("takes", BEAR) == []
        assert document("tellers") == []

    def test_whoever_reads_here_already_stays_when_nothing_could_be_brought(self, call, document, tmp_path):
        document("tellers", "--welcome", "Opa")
        (tmp_path / "letter.m4a").write_text("Dear children")
        assert call("bring", tmp_path / "letter.m4a", "--story", BEAR, "--teller", "Opa").exit_code == 1
        assert [row["name"] for row in document("tellers")] == ["Opa"]

    @pytest.mark.parametrize("words", [(), ("--story", BEAR, "--tale", "Both")])
    def test_what_is_read_in_it_must_be_said(self, call, phone, words):
        assert call("bring", phone(silence(1.0)), "--teller", "Opa", *words).exit_code == 2

    def test_a_silent_recording_ends_with_one(self, call, document, phone):
        result = call("bring", phone(silence(5.0)), "--story", BEAR, "--teller", "Opa")
        assert result.exit_code == 1
        assert result.stderr.startswith("Nothing was kept")
        assert document("takes", BEAR) == []
        assert [row["attic"] for row in document("tellers")] == [1]


class TestRecover:
    def test_nothing_left_behind_is_said(self, call):
        assert call("recover").stdout == "Nothing was left behind.\n"

    def test_what_is_left_is_told_and_not_touched(self, document, family):
        journal = family.journal(family.voice("The moon rose."), line=1, text="The moon rose.", teller=family.grandpa)
        (row,) = document("recover")
        assert (row["teller"], row["story"], row["title"], row["line"]) == ("Grandpa", family.fox.id, "The Fox", 1)
        assert (row["became"], row["paths"]) == ("waits", [str(journal.path)])
        assert row["seconds"] == pytest.approx(journal.seconds, abs=0.01)
        assert journal.path.exists()

    def test_kept_it_is_a_take(self, document, family):
        family.journal(family.voice("The moon rose."), line=1, text="The moon rose.")
        (row,) = document("recover", "--keep")
        assert row["became"] == "kept"
        assert document("takes", "The Fox") == row["takes"]
        assert document("recover") == []

    def test_put_in_the_attic_it_is_there(self, document, family):
        family.journal(family.voice("The moon rose."), line=1, text="The moon rose.")
        (row,) = document("recover", "--attic")
        assert row["became"] == "attic"
        assert document("takes", "The Fox") == []
        assert [take["why"] for take in document("takes", "The Fox", "--attic")] == ["found"]

    def test_a_silent_one_is_never_kept(self, document, family):
        family.journal(silence(2.0), text="The fox slept.")
        (row,) = document("recover", "--keep")
        assert row["became"] == "silent"
        assert document("takes", "The Fox") == []

    def test_a_file_without_a_header_is_said_and_moved(self, call, document, family):
        journal = family.journal(silence(1.0))
        journal.path.write_bytes(journal.path.read_bytes()[:99])
        assert "cannot be read" in call("recover").stdout
        (row,) = document("recover", "--keep")
        assert row["became"] == "attic"
        assert os.path.dirname(row["paths"][0]) == str(family.paths.attic)

    def test_either_or(self, call):
        assert call("recover", "--keep", "--attic").exit_code == 2


@pytest.mark.real
class TestRecord:
    """Through a real sound server."""

    @pytest.fixture
    def microphone(self, request):
        server = request.getfixturevalue("sound_server")
        server.add_input("bedside")
        mouths = []

        def say(samples):
            # As long as it takes: a busy machine needs a while before it hears.
            mouths.append(server.mouth("bedside", np.rint(samples * 32767).astype("<i2"), again=True))

        yield say
        for mouth in mouths:
            mouth.close()

    @pytest.fixture
    def record(self, home):
        def run(*words):
            command = [sys.executable, "-m", "storytime", "record", BEAR, "--line", "2", *map(str, words)]
            return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)

        return run

    def test_a_line_is_kept_as_flac_and_its_facts_are_printed(self, microphone, record, document):
        microphone(in_room(spoken()))
        done = record("--seconds", "4", "--teller", "Opa")
        assert done.returncode == 0, done.stderr
        (take,) = document("takes", BEAR)
        path, seconds, _s, lufs, unit = done.stdout.split()
        assert (path, unit) == (take["path"], "LUFS")
        assert float(lufs) == take["lufs"]
        assert soundfile.info(path).format == "FLAC"
        assert soundfile.info(path).samplerate == RATE
        assert float(seconds) == pytest.approx(4.0, abs=0.01)
        assert (take["line"], take["teller"]) == (2, "Opa")
        assert document("recover") == []

    def test_a_silent_take_ends_with_one_and_waits_in_the_attic(self, microphone, record, document):
        done = record("--seconds", "2", "--teller", "Opa")
        assert done.returncode == 1
        assert done.stderr.startswith("Nothing was kept")
        assert document("takes", BEAR) == []
        (take,) = document("takes", BEAR, "--attic")
        assert (take["why"], os.path.exists(take["path"])) == ("silent", True)

    def test_journal_only_leaves_it_unkept_for_recover(self, microphone, record, document):
        microphone(in_room(spoken()))
        done = record("--seconds", "3", "--teller", "Opa", "--journal-only", "--json")
        left = json.loads(done.stdout)
        # A busy machine hears of the end a little late, and nothing that was heard meanwhile is thrown away.
        assert left["seconds"] >= 3.0
        assert left["seconds"] == pytest.approx(read_journal(Path(left["journal"])).seconds, abs=0.001)
        assert document("takes", BEAR) == []
        (row,) = document("recover", "--keep")
        assert (row["paths"], row["teller"], row["line"], row["became"]) == ([left["journal"]], "Opa", 2, "kept")

    def test_whoever_recorded_last_is_meant_where_no_name_is_said(self, microphone, record, document):
        for name in ("Mum", "Dad"):
            document("tellers", "--welcome", name)
        assert "--teller" in record("--seconds", "1").stderr
        microphone(in_room(spoken()))
        record("--seconds", "2", "--teller", "Oma")
        document("tellers", "--welcome", "Opa")
        assert json.loads(record("--seconds", "2", "--json").stdout)["teller"] == "Oma"

    def test_in_a_house_where_nobody_reads_yet_a_line_needs_no_name(self, microphone, record, document):
        microphone(in_room(spoken()))
        done = record("--seconds", "2", "--json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["teller"] == "Somebody"
        assert "storytime tellers --welcome Somebody --rename NAME" in done.stderr
        (row,) = document("tellers", "--welcome", "Somebody", "--rename", "Oma")
        assert (row["name"], row["takes"]) == ("Oma", 1)

    def test_killed_at_once_what_was_heard_comes_back(self, microphone, home, document):
        microphone(in_room(spoken()))
        command = [
            sys.executable,
            "-m",
            "storytime",
            "record",
            BEAR,
            "--line",
            "2",
            "--seconds",
            "30",
            "--teller",
            "Opa",
        ]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        journals = Paths(home).journals
        while not any(path.stat().st_size > RATE * 2 * 3 for path in journals.glob("*.journal")):
            self.goes_on(process)
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE)
        (row,) = document("recover", "--keep")
        assert row["became"] == "kept"
        assert row["seconds"] >= 2.5
        (take,) = document("takes", BEAR)
        assert take["seconds"] == row["seconds"]

    def goes_on(self, process):
        """Wait a moment for the process, which must not end."""
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.05)

    def test_without_a_microphone_it_is_said_in_a_sentence(self, request, record, document):
        request.getfixturevalue("sound_server")
        done = record("--seconds", "1", "--teller", "Opa")
        assert done.returncode == 1
        assert done.stderr == "No microphone was found. Plug it in, or choose another, and try again.\n"
        assert document("tellers") == []

    def test_a_line_that_is_not_there_is_said(self, call):
        result = call("record", BEAR, "--line", "9999", "--seconds", "1", "--teller", "Opa")
        assert result.exit_code == 1
        assert "lines, from 0 to" in result.stderr

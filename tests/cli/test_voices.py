"""What `storytime voices` and `storytime say` promise: whole or not at all, and one sentence where it cannot be."""

import signal
import threading
import wave

import pytest

from storytime.core.database import open_library
from storytime.core.paths import Paths
from storytime.core.reading.newcomer import Newcomer
from storytime.core.reading.voice_files import VoiceFiles
from storytime.core.settings import SettingsStore
from storytime.devices import machine
from storytime.devices.voice import COMMAND, VoiceChild
from storytime.devices.voices import ANY, Voices
from tests.devices.piper_voices import make_voice, network

pytest.importorskip("onnxruntime", reason="a Mac with Intel has no onnxruntime")

TONE = "piper:en_US-tone-low"


@pytest.fixture(autouse=True)
def voices(home, qapp, monkeypatch):
    """The machine's own voices, without the one whose start takes longest."""
    made = []

    def real_voice(paths, _background=None):
        files = VoiceChild(paths.cache / "piper", command=(*COMMAND, "piper", str(paths.voices)), files=paths.voices)
        made.append(Voices({ANY: VoiceChild(paths.cache / "lines"), "piper": files}))
        return made[-1]

    monkeypatch.setattr(machine, "real_voice", real_voice)
    yield
    for one in made:
        one.close()


@pytest.fixture
def tone(tmp_path):
    return make_voice(tmp_path / "made")


def settings(home, **changes):
    library = open_library(Paths(home))
    SettingsStore(library).change(**changes)
    library.close()


def test_every_voice_is_told_with_who_reads_what(document, home):
    settings(home, voice={"en": "espeak:gmw/en"}, story_voice={"1": "espeak:roa/es"})
    rows = {row["id"]: row for row in document("voices")}
    assert rows["espeak:gmw/en"]["chosen_for"] == ["en"]
    assert rows["espeak:gmw/en"]["languages"][-1] == "en"
    title = next(row["title"] for row in document("list") if row["id"] == 1)
    assert rows["espeak:roa/es"]["chosen_for"] == ["es", title]


def test_ctrl_c_while_the_files_are_copied_leaves_nothing_of_them(call, home, tone, monkeypatch):
    stopped, stage, give_up = threading.Event(), VoiceFiles.stage, Newcomer.give_up

    def slowly(files, source):
        staged = stage(files, source)
        signal.raise_signal(signal.SIGINT)
        stopped.wait(10)
        return staged

    def leave(newcomer):
        stopped.set()
        give_up(newcomer)

    monkeypatch.setattr(VoiceFiles, "stage", slowly)
    monkeypatch.setattr(Newcomer, "give_up", leave)
    done = call("voices", "add", tone)
    assert (done.exit_code, done.stderr) == (1, "Stopped. Nothing was added.\n")
    assert list((home / "voices").iterdir()) == []


def test_a_long_name_is_told_whole(call, home):
    assert "English (Received Pronunciation) " in call("voices").stdout


def test_a_voice_that_is_added_speaks_and_is_gone_when_it_is_removed(call, document, tone, tmp_path):
    added = call("voices", "add", tone)
    assert added.exit_code == 0, added.stderr
    assert "CC0" in added.stdout
    (row,) = [row for row in document("voices") if row["engine"] == "piper"]
    assert (row["id"], row["from"]) == (TONE, "added; licence: CC0")
    said = call("say", "Good night.", "--voice", TONE, "--to", tmp_path / "night.wav")
    assert said.exit_code == 0, said.stderr
    with wave.open(str(tmp_path / "night.wav")) as file:
        assert file.getframerate() == 16_000
        assert file.getnframes() > 4_000
    assert call("voices", "remove", TONE).exit_code == 0
    assert not [row for row in document("voices") if row["engine"] == "piper"]
    assert call("voices", "remove", TONE).exit_code == 1


def test_a_voice_that_gives_no_sound_is_refused_and_leaves_nothing(call, home, tmp_path):
    result = call("voices", "add", make_voice(tmp_path / "made", model=network(loud=0.0)))
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "could not speak a line" in result.stderr
    assert list((home / "voices").iterdir()) == []


@pytest.mark.parametrize("name", ["nowhere.onnx", "letter.txt"])
def test_what_is_no_voice_is_told_in_one_sentence(call, tmp_path, name):
    (tmp_path / "letter.txt").write_text("Dear owl,")
    result = call("voices", "add", tmp_path / name)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1


def test_words_are_said_as_the_family_says_them(call, home, tmp_path):
    for name, sayings in (("as_written", {}), ("in_words", {"": {"Siobhan": "shivawn of the long long name"}})):
        settings(home, sayings=sayings)
        said = call("say", "Siobhan.", "--voice", "espeak:gmw/en", "--to", tmp_path / f"{name}.wav")
        assert said.exit_code == 0, said.stderr
    sizes = [(tmp_path / f"{name}.wav").stat().st_size for name in ("as_written", "in_words")]
    assert sizes[1] > 1.5 * sizes[0]


def test_words_are_written_as_flac_too(call, tmp_path):
    assert call("say", "Good night.", "--to", tmp_path / "night.flac").exit_code == 0
    assert (tmp_path / "night.flac").read_bytes()[:4] == b"fLaC"


@pytest.mark.parametrize("words", [("…",), ("Good night.", "--voice", "Nobody")])
def test_what_cannot_be_said_is_told_in_one_sentence(call, tmp_path, words):
    result = call("say", *words, "--to", tmp_path / "night.wav")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "night.wav").exists()


def test_a_name_of_a_file_that_is_no_sound_is_a_wrong_use(call):
    assert call("say", "Good night.", "--to", "night.mp3").exit_code == 2

"""What `storytime read` promises of the sound it makes, with the voice that every machine has."""

import json
import wave

import numpy as np
import pytest
import soundfile

from storytime.core.database import open_library
from storytime.core.paths import Paths
from storytime.core.settings import SettingsStore
from storytime.core.shelf.shelf import Shelf

pytestmark = pytest.mark.real

LOUD = 10 ** (-60 / 20) * 32768


def sound(path):
    with wave.open(str(path)) as file:
        assert (file.getsampwidth(), file.getnchannels()) == (2, 1)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2"), file.getframerate()


def longest_silence(samples, rate):
    loud = np.flatnonzero(np.abs(samples.astype(int)) > LOUD)
    return np.diff(loud).max() / rate


@pytest.fixture
def bear(shell):
    return json.loads(shell("list", "almost asleep", "--json").stdout)[0]


def test_a_story_is_read_into_a_file_at_a_calm_pace_and_without_long_silences(shell, bear, tmp_path):
    done = shell("read", bear["id"], "--to", "bear.wav")
    assert (done.returncode, done.stderr) == (0, "")
    samples, rate = sound(tmp_path / "here" / "bear.wav")
    assert 120 <= bear["words"] / (len(samples) / rate / 60) <= 160
    assert longest_silence(samples, rate) <= 2.0


def test_a_flac_holds_the_very_same_samples(shell, bear, tmp_path):
    for name in ("bear.wav", "bear.flac"):
        done = shell("read", bear["id"], "--from", "30", "--to", name)
        assert (done.returncode, done.stderr) == (0, "")
    flac, rate = soundfile.read(tmp_path / "here" / "bear.flac", dtype="int16")
    wav, wav_rate = sound(tmp_path / "here" / "bear.wav")
    assert rate == wav_rate
    assert np.array_equal(flac, wav)


def test_from_leaves_out_the_lines_before_and_rate_is_a_factor(shell, bear, tmp_path):
    last = bear["lines"] - 3
    for words in (["--to", "end.wav"], ["--rate", "2", "--to", "fast.wav"]):
        done = shell("read", bear["id"], "--from", last, *words)
        assert (done.returncode, done.stderr) == (0, "")
    end, rate = sound(tmp_path / "here" / "end.wav")
    fast, _ = sound(tmp_path / "here" / "fast.wav")
    assert len(end) / rate < 30
    assert len(fast) < 0.85 * len(end)


def test_a_line_a_voice_and_a_folder_that_are_not_there_are_said_so(shell, bear, tmp_path):
    for words, what in (
        (["--from", "4000", "--to", "a.wav"], "from 0 to"),
        (["--voice", "nobody", "--to", "a.wav"], "no voice called “nobody”"),
        (["--to", "nowhere/a.wav"], "folder is not there"),
        (["--teller", "Nobody"], "Nobody called “Nobody” reads here. Who does: nobody yet."),
    ):
        done = shell("read", bear["id"], *words)
        assert (done.returncode, len(done.stderr.splitlines())) == (1, 1), done.stderr
        assert what in done.stderr
    assert list((tmp_path / "here").iterdir()) == []


def test_a_child_is_read_to_by_their_own_voice_and_an_unknown_one_is_said_so(shell, bear, tmp_path, home):
    refused = shell("read", bear["id"], "--child", "Mia", "--to", "x.wav")
    assert refused.returncode == 1
    assert "No child is called “Mia” here" in refused.stderr
    library = open_library(Paths(home))
    SettingsStore(library).change(children={"Mia": {"en": "espeak:gmw/en-US"}}, voice={"en": "espeak:gmw/en-US-nyc"})
    library.close()
    ways = {"child.wav": ["--child", "mia"], "all.wav": [], "us.wav": ["--voice", "espeak:gmw/en-US"]}
    for name, words in ways.items():
        assert shell("read", bear["id"], "--from", "30", *words, "--to", name).returncode == 0
    child, everybody, us = (sound(tmp_path / "here" / name)[0] for name in ways)
    assert np.array_equal(child, us)
    assert not np.array_equal(child, everybody)
    assert "There are: Mia." in shell("read", bear["id"], "--child", "Tom").stderr


def test_other_kinds_of_file_and_wild_rates_are_a_wrong_use(call):
    assert call("read", "1", "--to", "a.mp3").exit_code == 2
    assert call("read", "1", "--rate", "99").exit_code == 2
    assert call("read", "1", "--from", "-1").exit_code == 2


def test_without_screen_and_loudspeaker_tonights_story_is_written_to_a_file_that_is_named(shell, tmp_path):
    tale = tmp_path / "short.md"
    tale.write_text("---\ntitle: 'Short: and sweet?'\n---\n\nIt was dark. All slept.\n")
    id = json.loads(shell("add", tale, "--json").stdout)["added"][0]
    done = shell("read", id)
    assert done.returncode == 0
    assert "no loudspeaker" in done.stderr
    assert "storytime-Short- and sweet-.wav" in done.stdout
    samples, rate = sound(tmp_path / "here" / "storytime-Short- and sweet-.wav")
    assert 1 < len(samples) / rate < 10


def test_with_nothing_named_it_is_what_is_laid_out_and_else_the_first_shipped_story(shell, home):
    line = ["--from", "84", "--to", "last.wav"]
    assert "“The Boat That Waited for the Tide” is in last.wav" in shell("read", *line).stdout
    library = open_library(Paths(home))
    Shelf(library, Paths(home)).arrange([3, 2])
    library.close()
    assert "“What the Owl Kept” is in last.wav" in shell("read", *line).stdout


def test_the_doctor_answers_where_much_is_missing(shell):
    done = shell("doctor", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert told["screen"] is False
    assert told["devices"]["default"] is None
    assert any("en" in voice["languages"] for voice in told["voices"])
    assert told["library"]["stories"] == 12
    assert {"hibari-tts", "onnxruntime", "av"} <= told["versions"].keys()


def test_the_doctor_says_that_nothing_can_be_heard(shell):
    done = shell("doctor", "--speak")
    assert done.returncode == 1
    assert "no loudspeaker" in done.stderr

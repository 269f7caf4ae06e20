"""A whole evening, rehearsed: the program as it is, on pretended devices, seen through its own log."""

import json
from datetime import datetime

import numpy as np
import pytest
import soundfile
from click.testing import CliRunner

from storytime.cli import storytime
from storytime.core.database import open_library
from storytime.core.paths import Paths
from storytime.core.shelf.shelf import Shelf
from storytime.core.shelf.takes import Takes
from storytime.core.shelf.tellers import Tellers
from tests.core.shelf.voices import keep

FROM = "2026-11-05T19:10"


class Rehearsed:
    """What a rehearsal wrote down."""

    def __init__(self, log):
        self.lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]

    def events(self, *names):
        return [line for line in self.lines if line["event"] in names]

    def phases(self):
        return [line["phase"] for line in self.events("phase")]

    def screens(self):
        return [line["screen"] for line in self.events("screen")]

    def times(self, *names):
        return [line["t"][11:19] for line in self.events(*names)]

    def after(self, event):
        index = next(number for number, line in enumerate(self.lines) if line["event"] == event)
        return self.lines[index + 1 :]


@pytest.fixture
def rehearse(tmp_path):
    """Rehearse from 19:10 (lights-out is at 20:00) with estimated lengths, and read the log."""

    def run(*options, scenario="", start=FROM, to="2026-11-05T20:05", exit_code=0):
        log = tmp_path / "log.jsonl"
        words = ["rehearse", "--from", start, "--to", to, "--voice", "estimated", "--log", str(log), *options]
        if scenario:
            file = tmp_path / "scenario.txt"
            file.write_text(scenario)
            words += ["--scenario", str(file)]
        result = CliRunner().invoke(storytime, words)
        assert result.exit_code == exit_code, result.output
        return Rehearsed(log)

    return run


@pytest.fixture
def record_line(home):
    """Keep a take of a line of a story: so many seconds of an even sound."""

    def keep_one(title, line, seconds):
        library = open_library(Paths(home))
        shelf, takes = Shelf(library, library.paths), Takes(library, library.paths)
        card = shelf.find(title)
        text = shelf.lines(card.id, line, 1)[0].text
        take = keep(takes, Tellers(library).welcome("Mother"), card, line, text, seconds=seconds)
        sound = 0.1 * np.sin(np.arange(round(seconds * 48_000)) / 20)
        soundfile.write(takes.path(take), sound, 48_000, format="FLAC")
        library.close()

    return keep_one


@pytest.fixture
def long_story(tmp_path, home):
    """A story of an hour, on the family's shelf."""
    file = tmp_path / "long.txt"
    file.write_text("The Long Way Home\n\n" + "\n\n".join(f"Step {n}: the road went on, and on." for n in range(900)))
    assert CliRunner().invoke(storytime, ["add", str(file)]).exit_code == 0
    return "long way"


def test_an_evening_goes_its_way_to_the_morning(rehearse):
    seen = rehearse(to="2026-11-06T07:05")
    assert seen.phases() == ["DAY", "WIND_DOWN", "STORY", "GOODNIGHT", "LIGHTS_OUT", "NIGHT", "MORNING"]
    assert seen.screens() == ["shelf", "candle", "choosing", "telling", "goodnight", "sealed", "morning"]
    assert seen.times("sealed") == ["20:00:00"]
    assert seen.lines[-1]["event"] == "closed"
    assert all(line["whole"] for line in seen.events("line_ended"))
    assert seen.events("line_started")[0]["t"].startswith("2026-11-05T19:25:00")


def test_every_line_says_when_and_in_which_phase(rehearse):
    seen = rehearse(to="2026-11-05T19:30")
    for line in seen.lines:
        assert {"t", "elapsed", "event", "phase"} <= set(line)
        datetime.fromisoformat(line["t"])
    elapsed = [line["elapsed"] for line in seen.lines]
    assert elapsed == sorted(elapsed)


def test_a_long_story_lands_on_a_sentence_and_leaves_room_for_the_goodnight(rehearse, long_story):
    seen = rehearse("--story", long_story)
    last = seen.events("line_ended")[-1]
    started, ended = seen.events("goodnight_started", "goodnight_ended")
    assert all(line["whole"] for line in seen.events("line_ended"))
    assert [line["line"] for line in seen.events("line_started")] == list(range(len(seen.events("line_ended"))))
    assert started["elapsed"] - last["elapsed"] == pytest.approx(2.0, abs=0.1)
    assert 3000 - ended["elapsed"] >= 2.0
    assert 3000 - last["elapsed"] < 20


def test_a_recorded_line_lasts_as_long_as_its_recording(rehearse, long_story, record_line):
    record_line("The Long Way Home", 1, seconds=9.0)
    evening = rehearse("--story", "The Long Way Home", to="2026-11-05T19:30")
    begun = {line["line"]: datetime.fromisoformat(line["t"]) for line in evening.events("line_started")}
    ended = {line["line"]: datetime.fromisoformat(line["t"]) for line in evening.events("line_ended")}
    assert (ended[1] - begun[1]).total_seconds() == pytest.approx(9.0, abs=0.1)
    assert (ended[2] - begun[2]).total_seconds() < 6.0


def test_it_works_on_a_copy_and_changes_nothing(rehearse, home, long_story):
    def state():
        return {file.name: file.read_bytes() for file in home.rglob("*") if file.is_file()}

    before = state()
    rehearse("--story", long_story, to="2026-11-05T19:30")
    assert state() == before


def test_killed_in_a_story_it_comes_back_to_the_evening(rehearse):
    seen = rehearse(scenario="19:30:00 key Enter\n19:30:05 key Space\n19:31:00 kill\n19:31:30 start\n")
    cut = seen.events("line_ended")[-1]
    assert (cut["whole"], cut["t"][11:19]) == (False, "19:31:00")
    assert seen.times("restarted") == ["19:31:30"]
    assert seen.after("restarted")[0]["screen"] == "candle"


def test_killed_and_started_again_at_night_it_is_still_sealed(rehearse):
    seen = rehearse(scenario="20:01:00 kill\n20:01:30 start\n")
    after = seen.after("restarted")
    assert [line["event"] for line in after[:2]] == ["sealed", "screen"]
    assert after[1]["screen"] == "sealed"


def test_a_clock_set_back_opens_nothing(rehearse):
    seen = rehearse(scenario="20:01:00 clock -5h\n", to="2026-11-05T20:30")
    assert len(seen.events("clock_set")) == 1
    assert seen.screens()[-1] == "sealed"
    assert seen.phases()[-1] == "NIGHT"


def test_the_right_pin_opens_the_gate_and_a_wrong_one_does_not(rehearse):
    seen = rehearse(
        scenario="19:20:00 pin 2468\n20:01:00 gate 1357\n20:01:30 gate 2468\n",
        to="2026-11-05T20:20",
    )
    tried = [(line["event"], line.get("ok")) for line in seen.events("gate", "opened")]
    assert tried == [("gate", False), ("gate", True), ("opened", None)]
    assert seen.times("sealed")[0] == "20:00:00"
    assert seen.times("sealed")[1].startswith("20:16:")
    assert "gate" in seen.screens()


def test_a_lost_loudspeaker_pauses_the_story_and_one_key_goes_on(rehearse):
    seen = rehearse(
        scenario="19:30:00 key Enter\n19:30:05 key Space\n19:31:00 device lost\n19:31:20 device back\n"
        "19:31:30 key Space\n19:32:00 kill\n"
    )
    order = [line["event"] for line in seen.events("device_lost", "paused", "note", "device_back", "resumed")]
    assert order == ["device_lost", "paused", "note", "device_back", "resumed"]
    cut = next(line for line in seen.events("line_ended") if not line["whole"])
    assert next(line for line in seen.after("resumed") if line["event"] == "line_started")["line"] == cut["line"]


def test_a_pause_of_less_than_half_a_minute_cuts_nothing(rehearse):
    seen = rehearse(
        scenario="19:30:00 key Enter\n19:30:05 key Space\n19:31:00 key Space\n19:31:20 key Space\n19:32:00 lights-out\n"
    )
    assert seen.times("paused", "resumed") == ["19:31:00", "19:31:20"]
    assert all(line["whole"] for line in seen.events("line_ended"))


def test_lights_out_now_ends_with_the_line_and_the_goodnight(rehearse):
    seen = rehearse(scenario="19:30:00 key Enter\n19:30:05 key Space\n19:32:00 lights-out\n")
    order = [line["event"] for line in seen.events("goodnight_started", "goodnight_ended", "sealed")]
    assert order == ["goodnight_started", "goodnight_ended", "sealed"]
    assert seen.times("sealed")[0] < "19:34"


def test_pictures_and_the_ledger_of_light(rehearse, tmp_path):
    rehearse("--frames", str(tmp_path / "frames"), "--light", str(tmp_path / "light.json"))
    names = sorted(file.name for file in (tmp_path / "frames").iterdir())
    assert [name[3:-4] for name in names] == ["shelf", "candle", "choosing", "telling", "goodnight", "sealed"]
    ledger = {row["screen"]: row for row in json.loads((tmp_path / "light.json").read_text())}
    for black in ("telling", "sealed"):
        assert (ledger[black]["mean"], ledger[black]["max"], ledger[black]["blue"]) == (0, 0, 0)
    for dim in ("candle", "choosing", "goodnight"):
        assert 0 < ledger[dim]["mean"] <= 0.005
        assert ledger[dim]["max"] <= 0.25
        assert ledger[dim]["blue"] <= 0.001
    assert ledger["sealed"]["seconds"] == pytest.approx(300, abs=2)


@pytest.mark.parametrize(
    ("words", "exit_code"),
    [
        (["--to", "2020-01-01T00:00"], 2),
        (["--from", "tomorrow"], 2),
        (["--story", "no such story"], 1),
        (["--voice", "nobody"], 1),
    ],
)
def test_what_cannot_be_rehearsed_is_said_in_a_sentence(words, exit_code):
    result = CliRunner().invoke(storytime, ["rehearse", *words])
    assert result.exit_code == exit_code
    assert "Traceback" not in result.output

"""Evenings that go wrong, as families know them: each a scenario, judged by the log as a parent would judge it."""

from datetime import datetime, timedelta

import pytest
from click.testing import CliRunner

from storytime.cli import storytime
from storytime.core.database import open_library
from storytime.core.paths import Paths
from storytime.core.settings import SettingsStore
from tests.flows.test_rehearsal import long_story, rehearse  # noqa: F401 - the fixtures are found by name

pytestmark = pytest.mark.usefixtures("home")
NIGHT = "2026-11-06T07:05"


@pytest.fixture
def plan(home):
    """Plan the nights on the command line."""

    def change(*words):
        result = CliRunner().invoke(storytime, ["plan", *words])
        assert result.exit_code == 0, result.output

    return change


@pytest.fixture
def short(home):
    """A story of three lines on the family's shelf."""
    file = home.parent / "acorn.txt"
    file.write_text("The Tiny Acorn\n\nAn acorn fell. It slept in the moss. Good night, said the moss.\n")
    assert CliRunner().invoke(storytime, ["add", str(file)]).exit_code == 0
    return "--story", "acorn"


def heard(seen):
    """Return the lines heard whole, in order."""
    return [line["line"] for line in seen.events("line_ended") if line["whole"]]


def gap(seen, was, then):
    """Return the seconds from the last `was` to the first `then`."""
    return seen.events(then)[0]["elapsed"] - seen.events(was)[-1]["elapsed"]


def test_paused_past_lights_out_the_line_is_left_and_the_goodnight_comes_in_time(rehearse, short):  # noqa: F811
    seen = rehearse(*short, scenario="19:30:00 key Space\n19:30:03 key Space\n")
    assert heard(seen) == [0]
    assert [line["whole"] for line in seen.events("line_ended")] == [True, False]
    assert gap(seen, "line_ended", "goodnight_started") == pytest.approx(2, abs=0.1)
    assert gap(seen, "goodnight_ended", "sealed") >= 2


def test_a_short_pause_says_no_word_twice_and_a_long_one_begins_the_line_again(rehearse, short):  # noqa: F811
    pause, end = "19:20:00 key Space\n19:20:00.500 key Space\n19:20:{} key Space\n", "2026-11-05T19:21"
    for until, told in (("20", [0, 1, 2]), ("40", [0, 0, 1, 2])):
        seen = rehearse(*short, scenario=pause.format(until), to=end)
        assert [line["line"] for line in seen.events("line_started")] == told


def test_lights_out_now_between_two_lines_still_says_good_night_two_seconds_after_the_line(
    rehearse,  # noqa: F811
    long_story,  # noqa: F811
):
    plain = rehearse("--story", long_story, to="2026-11-05T19:31")
    ended = next(line["t"] for line in plain.events("line_ended") if line["t"] > "2026-11-05T19:30")
    between = (datetime.fromisoformat(ended) + timedelta(seconds=0.2)).isoformat(timespec="milliseconds")
    seen = rehearse("--story", long_story, scenario=f"{between} lights-out\n", to="2026-11-05T19:32")
    assert seen.events("line_ended")[-1]["t"] == ended < between < seen.events("goodnight_started")[0]["t"]
    assert gap(seen, "line_ended", "goodnight_started") == pytest.approx(2, abs=0.05)


def test_a_clock_set_on_in_a_story_lands_it_by_the_new_time(rehearse, long_story):  # noqa: F811
    seen = rehearse("--story", long_story, scenario="19:40:00 clock +15m\n")
    assert heard(seen) == list(range(len(heard(seen))))
    assert all(line["whole"] for line in seen.events("line_ended"))
    assert seen.times("sealed") == ["20:00:00"]
    assert gap(seen, "goodnight_ended", "sealed") >= 2


def test_a_sleep_of_the_machine_in_a_story_begins_the_line_again(rehearse, long_story):  # noqa: F811
    seen = rehearse("--story", long_story, scenario="19:30:00.500 suspend 5m\n")
    (cut,) = [line["line"] for line in seen.events("line_ended") if not line["whole"]]
    assert heard(seen) == list(range(len(heard(seen))))
    assert [line["line"] for line in seen.events("line_started")].count(cut) == 2
    assert seen.times("sealed") == ["20:00:00"]


def test_a_sleep_past_lights_out_wakes_in_the_dark_and_says_nothing(rehearse, long_story):  # noqa: F811
    seen = rehearse("--story", long_story, scenario="19:40:00 suspend 40m\n", to="2026-11-05T20:30")
    assert seen.times("sealed") == ["20:20:00"]
    assert not seen.events("goodnight_started")
    assert "left out" in seen.events("note")[0]["text"]
    assert {line["event"] for line in seen.after("sealed")} <= {"note", "screen", "phase", "closed"}


def test_lights_out_after_midnight_belongs_to_the_evening_before(rehearse, plan, short):  # noqa: F811
    plan("--lights-out", "00:30")
    seen = rehearse(*short, "--from", "2026-11-05T23:40", to="2026-11-06T00:31")
    assert seen.phases() == ["DAY", "WIND_DOWN", "STORY", "GOODNIGHT", "LIGHTS_OUT", "NIGHT"]
    assert seen.events("sealed")[0]["t"] == "2026-11-06T00:30:00.000"


def test_nights_without_lights_out_are_never_sealed(rehearse, plan, short):  # noqa: F811
    plan("--off", "--days", "thu")
    seen = rehearse(*short)
    assert seen.phases() == ["DAY"]
    assert not seen.events("sealed", "goodnight_started")


def test_ten_more_minutes_through_the_gate_move_the_landing_too(rehearse, long_story):  # noqa: F811
    keys = "".join(f"19:31:{10 + n} key {key}\n" for n, key in enumerate(("Down", "Enter", *"2468", "Enter")))
    scenario = f"19:11:00 pin 2468\n19:25:00 key Space\n19:31:00 key Esc hold 2.1\n{keys}"
    seen = rehearse("--story", long_story, scenario=scenario, to="2026-11-05T20:15")
    assert heard(seen) == list(range(len(heard(seen))))
    assert seen.times("sealed") == ["20:10:00"]
    assert 2 <= gap(seen, "goodnight_ended", "sealed") < 12


def test_a_gate_left_open_at_a_kill_is_open_still_and_was_opened_once(rehearse, short):  # noqa: F811
    scenario = "19:11:00 pin 2468\n20:01:00 gate 2468\n20:05:00 kill\n20:06:00 start\n"
    seen = rehearse(*short, scenario=scenario, to="2026-11-05T20:20")
    assert len(seen.events("opened")) == 1
    assert seen.screens()[-2:] == ["shelf", "sealed"]
    assert seen.times("sealed")[-1].startswith("20:16:")


def test_the_pretended_parent_comes_to_an_evening_that_has_already_begun(rehearse, short):  # noqa: F811
    for begin, told in (("19:20", "19:25:00"), ("19:40", "19:40:00")):
        seen = rehearse(*short, "--from", f"2026-11-05T{begin}", to="2026-11-05T19:41")
        assert seen.times("line_started")[0] == told


def test_a_loudspeaker_that_goes_while_nobody_tells_is_written_down_when_it_goes(rehearse, short):  # noqa: F811
    seen = rehearse(*short, scenario="19:12:00 device lost\n19:20:00 device back\n", to="2026-11-05T19:30")
    assert [line["t"][11:19] for line in seen.events("device_lost", "device_back")] == ["19:12:00", "19:20:00"]
    assert heard(seen) == [0, 1, 2]


def test_daylight_saving_moves_no_door(rehearse, short, monkeypatch):  # noqa: F811
    import time

    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        seen = rehearse(*short, "--from", "2026-10-25T01:00", to="2026-10-25T07:01")
    finally:
        monkeypatch.undo()
        time.tzset()
    morning = next(line for line in seen.events("phase") if line["phase"] == "MORNING")
    assert datetime.fromisoformat(morning["t"]) == datetime(2026, 10, 25, 7)
    assert morning["elapsed"] == 7 * 3600


@pytest.mark.parametrize(
    "line",
    [
        "19:12:00 suspend 99999999999999999999d",
        "19:12:00 suspend 9999999d",
        "19:12:00 clock +9999999d",
        "19:12:00 clock 9999-12-31T23:59:59",
        "19:12:00 clock 0001-01-01T00:00:00",
        "19:12:00 key Esc hold nan",
        "19:12:00 key Esc hold -4",
        "19:12:00 key Blah",
        "19:12:00 pin 12",
    ],
)
def test_a_scenario_that_could_never_be_is_refused_before_the_evening_begins(tmp_path, line):
    file, log = tmp_path / "scenario.txt", tmp_path / "log.jsonl"
    file.write_text(line)
    words = ["rehearse", "--from", "2026-11-05T19:10", "--scenario", str(file), "--log", str(log)]
    result = CliRunner().invoke(storytime, [*words, "--voice", "estimated"])
    assert result.exit_code == 1
    assert "Line 1 of the scenario" in result.output
    assert not log.exists()


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "9999-12-31T19:00"])
def test_a_rehearsal_far_outside_of_a_family_s_life_is_refused(moment):
    result = CliRunner().invoke(storytime, ["rehearse", "--from", moment, "--voice", "estimated"])
    assert result.exit_code == 2


def test_a_library_that_cannot_be_used_is_named_where_the_family_keeps_it(home):
    library = open_library(Paths(home))
    library.write("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('storytime', 'm999', '')")
    library.close()
    result = CliRunner().invoke(storytime, ["rehearse", "--voice", "estimated"])
    assert result.exit_code == 1
    assert str(home) in result.output


def test_a_rehearsal_from_within_a_wind_down_finds_the_parent_at_the_bedside(rehearse, short):  # noqa: F811
    seen = rehearse(*short, scenario="19:30:05 key Space\n", start="2026-11-05T19:30", to="2026-11-05T19:32")
    assert heard(seen) == [0, 1, 2]


@pytest.mark.parametrize("words", ["Sleep.", "Good night, and sleep well, and dream of the sea and of the moss. " * 2])
def test_a_goodnight_that_finds_the_family_in_the_day_room_ends_two_seconds_before_lights_out(rehearse, home, words):  # noqa: F811
    library = open_library(Paths(home))
    SettingsStore(library).change(goodnight=words.strip())
    library.close()
    seen = rehearse(scenario="19:12:00 kill\n19:16:00 start\n19:17:00 key Esc\n")
    assert seen.screens()[-1] == "sealed"
    assert "candle" not in seen.screens()
    assert gap(seen, "goodnight_ended", "sealed") == pytest.approx(2.2, abs=0.1)


def test_a_ledger_that_could_not_be_written_is_refused_before_the_evening_begins(tmp_path):
    words = ["rehearse", "--from", "2026-11-05T19:10", "--light", str(tmp_path / "gone" / "light.json")]
    result = CliRunner().invoke(storytime, [*words, "--voice", "estimated"])
    assert result.exit_code == 1
    assert "light.json" in result.output
    assert "DAY" not in result.output

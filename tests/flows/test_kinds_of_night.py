"""Paper and Reader nights, on the whole program: nobody speaks but the goodnight, and every place is kept."""

import json

import pytest
from click.testing import CliRunner

from storytime.cli import storytime
from storytime.core.database import open_library
from storytime.core.paths import Paths
from storytime.core.settings import SettingsStore
from tests.flows.test_rehearsal import rehearse  # noqa: F401

BEGIN = "19:25:00 key Space\n"


@pytest.fixture
def chosen(home):
    """Choose the kind of night, and make a book of so many lines; it is the only one laid out."""

    def choose(kind, lines=6):
        library = open_library(Paths(home))
        SettingsStore(library).change(kind_of_night=kind)
        library.close()
        file = home.parent / "short.txt"
        file.write_text("Short\n\n" + "\n\n".join(f"This is step number {n}." for n in range(lines)))
        assert CliRunner().invoke(storytime, ["add", str(file)]).exit_code == 0
        return "--story", "Short"

    return choose


def lines(seen):
    return [(line["line"], line["whole"]) for line in seen.events("line_ended")]


def turn(second, key="Right"):
    return f"19:26:{second:02} key {key}\n"


def turns(count):
    return "".join(turn(second) for second in range(count))


def test_a_reader_night_goes_by_hand_from_the_candle_to_the_goodnight_in_dim_words(rehearse, chosen, tmp_path):  # noqa: F811
    keys = ("Right", "Space", "MediaNext", "MediaTogglePlayPause", "Right", "Right")
    presses = "".join(turn(second, key) for second, key in enumerate(keys))
    light = tmp_path / "light.json"
    seen = rehearse(*chosen("reader"), "--light", str(light), scenario=BEGIN + presses)
    assert seen.screens() == ["shelf", "candle", "telling_text", "goodnight", "sealed"]
    assert lines(seen) == [(n, True) for n in range(6)]
    assert seen.phases() == ["DAY", "WIND_DOWN", "STORY", "GOODNIGHT", "LIGHTS_OUT", "NIGHT"]
    (goodnight,) = seen.times("goodnight_started")
    assert "19:26:07" <= goodnight <= "19:26:08"
    words = next(row for row in json.loads(light.read_text()) if row["screen"] == "telling_text")
    assert 0 < words["mean"] <= 0.01
    assert words["max"] <= 0.25
    assert words["blue"] <= 0.001


def test_when_the_time_is_over_the_goodnight_comes_by_the_clock_and_the_seal_after_it(rehearse, chosen):  # noqa: F811
    seen = rehearse(*chosen("reader", 60), scenario=BEGIN + turns(4) + "20:01:00 kill\n20:01:30 start\n")
    assert lines(seen)[-1] == (4, False)
    (ended,) = seen.times("goodnight_ended")
    assert "19:59:55" <= ended <= "19:59:58"
    assert seen.times("sealed")[0] == "20:00:00"
    assert seen.screens()[-1] == "sealed"


def test_killed_on_a_page_it_opens_there_again(rehearse, chosen):  # noqa: F811
    again = "19:30:00 kill\n19:30:30 start\n19:31:00 key Space\n"
    seen = rehearse(*chosen("reader", 60), scenario=BEGIN + turns(4) + again, to="2026-11-05T19:32")
    assert seen.screens()[-2:] == ["candle", "telling_text"]
    assert next(line for line in seen.after("restarted") if line["event"] == "line_started")["line"] == 4


def test_the_gate_leads_back_to_the_page_and_lights_out_now_closes_the_book(rehearse, chosen):  # noqa: F811
    gate = "19:30:00 key Esc hold 2.5\n19:30:10 key Esc\n19:30:20 key Right\n19:31:00 lights-out\n"
    seen = rehearse(*chosen("reader", 60), scenario=BEGIN + turns(3) + gate, to="2026-11-05T19:35")
    assert seen.screens()[2:5] == ["telling_text", "gate", "telling_text"]
    assert lines(seen)[-2:] == [(3, True), (4, False)]
    (goodnight,) = seen.times("goodnight_started")
    assert "19:31:01" <= goodnight <= "19:31:03"
    assert "19:32:00" <= seen.times("sealed")[0] <= "19:32:02"


def test_on_a_paper_night_the_second_space_closes_the_book(rehearse, chosen):  # noqa: F811
    seen = rehearse(*chosen("paper"), scenario=BEGIN + "19:40:00 key Space\n")
    assert seen.events("line_started") == []
    (goodnight,) = seen.times("goodnight_started")
    assert "19:40:01" <= goodnight <= "19:40:03"
    assert set(seen.screens()) == {"shelf", "candle", "goodnight", "sealed"}


def test_the_pretended_parent_begins_a_voice_night_whatever_the_family_chose(rehearse, chosen):  # noqa: F811
    seen = rehearse(*chosen("reader"), to="2026-11-05T19:30")
    assert "telling" in seen.screens()
    assert len(lines(seen)) == 6

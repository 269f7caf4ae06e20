"""A scenario says what happens when, and a line that cannot be read is named."""

from datetime import datetime, timedelta

import pytest

from storytime.cli.rehearsal.scenario import read_length, read_scenario
from storytime.cli.words import Told

EVENING = datetime(2026, 11, 5, 18, 0)


def read(*lines):
    return read_scenario(lines, EVENING)


def test_a_time_without_a_date_is_on_the_day_of_the_line_before_or_on_the_next():
    times = [one.at for one in read("19:30:00 kill", "20:00:00 start", "06:00:00 kill", "2026-11-08T21:00:00 start")]
    assert times == [
        datetime(2026, 11, 5, 19, 30),
        datetime(2026, 11, 5, 20, 0),
        datetime(2026, 11, 6, 6, 0),
        datetime(2026, 11, 8, 21, 0),
    ]


def test_seconds_may_be_left_out_and_comments_are_passed_over():
    assert read("# an evening", "", "19:30 kill  # the power goes")[0].at == datetime(2026, 11, 5, 19, 30)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("90s", timedelta(seconds=90)),
        ("15m", timedelta(minutes=15)),
        ("5h", timedelta(hours=5)),
        ("27d", timedelta(days=27)),
    ],
)
def test_a_length_is_a_number_and_a_unit(text, length):
    assert read_length(text) == length


def test_every_happening_is_understood():
    found = read(
        "19:00:00 key Space",
        "19:00:01 key Esc hold 2",
        "19:00:02 pin 2468",
        "19:00:03 gate 1111",
        "19:00:04 clock +15m",
        "19:00:05 clock -5h",
        "19:00:06 clock 2099-01-01T00:00:00",
        "19:00:07 zone Europe/Madrid",
        "19:00:08 suspend 8h",
        "19:00:09 device lost",
        "19:00:10 device back",
        "19:00:11 lights-out",
        "19:00:12 kill",
        "19:00:13 start",
    )
    assert [one.what for one in found] == [
        *("key", "key", "pin", "gate", "clock", "clock", "clock", "zone"),
        *("suspend", "device", "device", "lights-out", "kill", "start"),
    ]
    assert found[1].length == timedelta(seconds=2)
    assert found[5].length == timedelta(hours=-5)
    assert found[6].to == datetime(2099, 1, 1)


@pytest.mark.parametrize(
    "line",
    [
        "kill",
        "25:00:00 kill",
        "19:00:00",
        "19:00:00 dance",
        "19:00:00 key",
        "19:00:00 key Unknown",
        "19:00:00 key Esc hold",
        "19:00:00 pin abc",
        "19:00:00 gate",
        "19:00:00 clock tomorrow",
        "19:00:00 clock +5x",
        "19:00:00 zone Nowhere/Never",
        "19:00:00 suspend",
        "19:00:00 device gone",
        "19:00:00 kill now",
    ],
)
def test_a_line_that_cannot_be_read_is_named(line):
    with pytest.raises(Told, match="Line 2 of the scenario"):
        read("19:00:00 start", line)


@pytest.mark.parametrize("line", ["19:00:00 clock soon", "25:00:00 kill", "2026-02-30T19:00:00 kill"])
def test_a_moment_that_is_none_is_refused_in_words_of_ours(line):
    with pytest.raises(Told, match="is no moment such as 2026-11-05T20:15:00"):
        read(line)

"""Household time: forward steps and explained ones are followed, backward ones wait, leaps are repairs."""

from datetime import datetime, timedelta

import pytest

from storytime.core.evening.household import Household, Reading, household_from_json, read_clock, step
from storytime.devices.rehearsal import PretendClock

NINE = datetime(2026, 11, 20, 21, 0)
HOUR = timedelta(hours=1)
START = Household.begin(Reading(NINE, timedelta(), 1000.0, "one"))


def after(household, seconds, *, wall=timedelta(), zone=timedelta(), boot_id="one", boot=None, follow=False):
    """Step on by `seconds` of boot time, with the wall stepped by `wall` beyond them, in a zone moved by `zone`."""
    seen = household.seen
    reading = Reading(
        seen.wall + timedelta(seconds=seconds) + wall,
        seen.offset + zone,
        seen.boot + seconds if boot is None else boot,
        boot_id,
    )
    return step(household, reading, follow=follow)


def test_a_true_clock_is_followed_to_the_moment():
    stepped = after(START, 8 * 3600.0)
    assert stepped.household.now == NINE + 8 * HOUR
    assert stepped.elapsed == 8 * 3600
    assert not stepped.leapt


def test_between_readings_time_goes_on_with_boot_time():
    assert START.at(1060.0) == NINE + timedelta(minutes=1)


def test_a_forward_step_is_followed():
    assert after(START, 1.0, wall=3 * HOUR).household.now == NINE + 3 * HOUR + timedelta(seconds=1)


def test_a_backward_step_is_not_followed():
    stepped = after(START, 1.0, wall=-HOUR)
    assert stepped.household.now == NINE + timedelta(seconds=1)
    assert after(stepped.household, 60.0).household.now == NINE + timedelta(seconds=61)


def test_a_backward_step_taken_back_leaves_no_trace():
    back = after(START, 1.0, wall=-HOUR).household
    again = after(back, 1.0, wall=HOUR).household
    assert again.now == again.seen.wall == NINE + timedelta(seconds=2)


def test_many_small_backward_steps_win_nothing_either():
    household = START
    for _ in range(50):
        household = after(household, 1.0, wall=timedelta(minutes=-5)).household
    assert household.now == NINE + timedelta(seconds=50)


def test_in_the_morning_the_wall_is_believed_again():
    back = after(START, 1.0, wall=-HOUR).household
    assert after(back, 1.0, follow=True).household.now == NINE - HOUR + timedelta(seconds=2)


def test_a_clock_slowed_by_the_network_is_followed():
    household = START
    for _ in range(100):
        household = after(household, 1.0, wall=timedelta(milliseconds=-0.4)).household
    assert household.now == household.seen.wall


@pytest.mark.parametrize("way", [-1, 1])
@pytest.mark.parametrize("days", [1, 27, 26000])
def test_a_day_or_more_either_way_is_a_repaired_clock(way, days):
    stepped = after(START, 1.0, wall=way * timedelta(days=days))
    assert stepped.leapt
    assert stepped.household.now == stepped.household.seen.wall
    assert stepped.elapsed == 1.0


def test_a_minute_less_than_a_day_is_none():
    assert not after(START, 1.0, wall=-timedelta(hours=23, minutes=59)).leapt


@pytest.mark.parametrize("hours", [-1, 1, -9, 12])
def test_a_step_that_the_zone_explains_is_followed(hours):
    stepped = after(START, 1.0, wall=hours * HOUR, zone=hours * HOUR)
    assert stepped.household.now == stepped.household.seen.wall
    assert not stepped.leapt


def test_only_the_part_that_the_zone_explains_is_followed():
    stepped = after(START, 1.0, wall=-6 * HOUR, zone=-5 * HOUR)
    assert stepped.household.now == NINE - 5 * HOUR + timedelta(seconds=1)


@pytest.mark.parametrize("hours", [-3, 3])
def test_a_zone_that_changes_with_no_step_of_the_wall_moves_nothing(hours):
    assert after(START, 1.0, zone=hours * HOUR).household.now == NINE + timedelta(seconds=1)


def test_a_machine_that_was_off_overnight_believes_the_wall():
    stepped = after(START, 9 * 3600.0, boot_id="two", boot=40.0)
    assert stepped.household.now == NINE + 9 * HOUR
    assert stepped.elapsed == 9 * 3600
    assert not stepped.leapt


def test_a_restart_with_the_clock_set_back_wins_nothing():
    stepped = after(START, 0.0, wall=-2 * HOUR, boot_id="two", boot=40.0)
    assert stepped.household.now == NINE + timedelta(seconds=40)
    assert stepped.elapsed == 40


@pytest.mark.parametrize("wall", [datetime(1970, 1, 1), datetime(2099, 1, 1)])
def test_a_restart_with_a_dead_battery_is_a_leap_of_which_little_is_known(wall):
    stepped = after(START, 0.0, wall=wall - NINE, boot_id="two", boot=40.0)
    assert stepped.leapt
    assert stepped.elapsed == 40


def test_a_boot_time_that_went_back_under_the_same_name_is_another_boot():
    assert after(START, 60.0, boot=5.0).elapsed == 60


def test_household_time_comes_back_from_json_as_it_was():
    back = after(START, 1.5, wall=-HOUR).household
    assert household_from_json(back.to_json()) == back


def test_a_wall_that_is_hours_behind_brings_summer_time_as_late_and_the_household_follows_it():
    # At one o'clock UTC true time goes from two to three; a machine set back five hours learns of it at seven.
    clock = PretendClock(datetime(2027, 3, 27, 21, 0), "Europe/Berlin")
    household = Household.begin(read_clock(clock))
    clock.step_wall(-5 * HOUR)
    for _ in range(9):
        clock.advance(3600)
        household = step(household, read_clock(clock), follow=False).household
    assert household.now == datetime(2027, 3, 28, 6, 0)
    clock.advance(3600)
    assert step(household, read_clock(clock), follow=False).household.now == datetime(2027, 3, 28, 8, 0)

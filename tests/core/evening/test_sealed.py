"""The seal: what is done to the clock, the machine or the memory at night, and what opens in the end."""

from datetime import datetime, timedelta

import pytest

from storytime.core.evening.plan import Plan, Times, read_time
from tests.core.evening.conftest import FRIDAY, HouseForOne

HOUR = timedelta(hours=1)
BEDTIME = FRIDAY.replace(hour=20)


def opens_after(house, limit=48):
    """Return hours of boot time since the seal (20:00) until it opens, waiting in ten-minute sleeps."""
    for _ in range(limit * 6):
        if not house.keeper.sealed:
            return round((house.clock.boot() - 1000) / 3600 - 2, 1)
        house.clock.suspend(600)
    raise AssertionError("it never opened")


def test_a_sealed_house_opens_by_itself_at_its_morning(sealed):
    sealed.until(6, 59, 59)
    assert sealed.keeper.sealed
    sealed.until(7)
    assert not sealed.keeper.sealed


def test_killed_and_started_again_it_is_still_sealed(sealed):
    sealed.restart()
    assert sealed.keeper.sealed
    assert opens_after(sealed) == 11


def test_killed_in_a_story_and_started_again_it_is_still_in_the_story(house):
    house.until(19, 20)
    house.keeper.begin_story()
    house.restart()
    assert house.phase == "STORY"


def test_killed_in_the_goodnight_it_is_not_said_again(house):
    house.until(19, 59, 53)
    house.restart()
    house.until(20)
    assert house.whats().count("goodnight") == 1


def test_started_for_the_first_time_at_night_it_seals():
    house = HouseForOne(FRIDAY.replace(hour=22))
    assert house.keeper.sealed
    assert house.phase == "NIGHT"


@pytest.mark.parametrize("minutes", [-1, -20, -59, -300, -23 * 60])
def test_a_clock_set_back_wins_no_minute(sealed, minutes):
    sealed.clock.step_wall(timedelta(minutes=minutes))
    assert opens_after(sealed) == 11


def test_a_clock_set_back_before_lights_out_puts_it_off_by_no_minute(house):
    house.until(19, 30)
    house.clock.step_wall(-HOUR)
    house.clock.advance(30 * 60)
    assert house.phase == "LIGHTS_OUT"


def test_a_clock_set_back_while_the_program_was_dead_wins_nothing(sealed):
    sealed.kill()
    sealed.clock.advance(600)
    sealed.clock.step_wall(-3 * HOUR)
    sealed.start()
    assert sealed.keeper.sealed
    assert sealed.keeper.now() == BEDTIME + timedelta(hours=1, minutes=10)
    assert opens_after(sealed) == 11


def test_a_clock_set_back_in_two_steps_around_a_kill_is_no_repaired_clock(sealed):
    sealed.clock.step_wall(-12 * HOUR)
    sealed.clock.advance(1)
    sealed.kill()
    sealed.clock.step_wall(-12.5 * HOUR)
    sealed.start()
    assert sealed.keeper.sealed


def test_a_clock_set_back_over_a_restart_of_the_machine_wins_nothing(sealed):
    sealed.kill()
    sealed.clock.reboot(60)
    sealed.clock.set_wall(FRIDAY.replace(hour=15))
    sealed.start()
    assert sealed.keeper.sealed
    sealed.clock.suspend(9.9 * 3600)
    assert sealed.keeper.sealed
    sealed.clock.suspend(0.2 * 3600)
    assert not sealed.keeper.sealed


def test_each_restart_of_the_machine_counts_what_is_known_of_it(sealed):
    for _ in range(5):
        sealed.kill()
        sealed.clock.reboot()
        sealed.clock.set_wall(FRIDAY.replace(hour=20, minute=30))
        sealed.clock.advance(60)
        sealed.start()
        sealed.clock.suspend(3600)
    assert sealed.keeper.sealed
    assert sealed.keeper.now() >= BEDTIME + 6 * HOUR


def test_after_the_morning_a_clock_set_back_is_believed(sealed):
    sealed.clock.step_wall(-2 * HOUR)
    sealed.until(7)
    sealed.clock.advance(1)
    assert sealed.keeper.now().hour == 5
    assert sealed.phase == "MORNING"


def test_a_morning_slept_through_with_the_clock_set_back_comes_all_the_same(sealed):
    sealed.clock.step_wall(-5 * HOUR)
    sealed.clock.suspend(11 * 3600)
    assert sealed.phase == "MORNING"
    assert sealed.keeper.now() == BEDTIME + 7 * HOUR


def test_a_clock_set_on_to_the_morning_opens_it_a_ritual_not_a_prison(sealed):
    sealed.clock.step_wall(10 * HOUR)
    sealed.clock.advance(1)
    assert sealed.phase == "MORNING"


def test_a_clock_set_on_by_a_few_hours_brings_the_morning_nearer(sealed):
    sealed.clock.step_wall(5 * HOUR)
    assert opens_after(sealed) == 6


@pytest.mark.parametrize("days", [-27, -1, 1, 27])
def test_a_clock_repaired_by_whole_days_at_night_stays_sealed_no_longer_than_it_was(sealed, days):
    sealed.clock.step_wall(timedelta(days=days))
    sealed.clock.advance(1)
    assert sealed.keeper.sealed
    assert opens_after(sealed) == 11


@pytest.mark.parametrize("days", [-27.5, 1.5])
def test_a_clock_repaired_to_a_day_is_a_day(sealed, days):
    sealed.clock.step_wall(timedelta(days=days))
    sealed.clock.advance(1)
    assert not sealed.keeper.sealed


def test_a_dead_batterys_2099_and_its_repair_leave_the_night_as_it_was(sealed):
    sealed.clock.set_wall(datetime(2099, 1, 1, 0, 0))
    sealed.clock.advance(600)
    assert sealed.keeper.evening.night.year == 2098
    sealed.clock.set_wall(BEDTIME + timedelta(minutes=70))
    sealed.clock.advance(1)
    assert sealed.keeper.sealed
    assert sealed.keeper.evening.night == FRIDAY.date()
    assert opens_after(sealed) == 11


@pytest.mark.parametrize("wall", [datetime(1970, 1, 1), datetime(2099, 1, 1)])
def test_a_dead_battery_at_dawn_costs_two_hours_and_no_second_night(sealed, wall):
    sealed.until(6)
    sealed.kill()
    sealed.clock.reboot()
    before = sealed.clock.boot()
    sealed.clock.set_wall(wall)
    sealed.start()
    assert sealed.keeper.sealed
    while sealed.keeper.sealed:
        sealed.clock.suspend(600)
    assert sealed.clock.boot() - before <= 3 * 3600 + 600


@pytest.mark.parametrize("jump", [timedelta(days=30), timedelta(hours=23)])
def test_a_clock_that_jumps_from_night_to_night_opens_after_the_planned_night_and_two_hours(sealed, jump):
    """And stays open: the jumps go on, and none of them seals again."""
    open_from = None
    for hour in range(2, 20):
        sealed.clock.suspend(3600)
        sealed.clock.step_wall(jump + timedelta(hours=-1 if jump.days else 0))
        sealed.clock.advance(1)
        if not sealed.keeper.sealed and open_from is None:
            open_from = hour
        assert sealed.keeper.sealed is (open_from is None)
    assert open_from == 13


def test_after_a_clock_gone_mad_the_next_evening_seals_as_planned(sealed):
    sealed.clock.move_to("Pacific/Honolulu")
    sealed.clock.suspend(14 * 3600)
    assert sealed.phase == "MORNING"
    sealed.clock.suspend(12 * 3600)
    sealed.until(20, 1)
    assert sealed.keeper.sealed


def test_a_clock_that_stands_still_does_not_keep_it_shut(sealed):
    for _ in range(10):
        sealed.clock.suspend(3600)
        sealed.clock.step_wall(-HOUR)
    sealed.clock.advance(1)
    assert sealed.phase == "MORNING"


def test_a_zone_flown_back_and_back_again_opens_after_two_hours_more_than_planned(sealed):
    sealed.clock.move_to("Pacific/Honolulu")
    assert 13 <= opens_after(sealed) <= 13.2


def test_a_zone_flown_to_before_lights_out_is_followed(house):
    house.clock.move_to("Europe/Berlin")
    house.clock.advance(3600)
    assert house.phase == "LIGHTS_OUT"


@pytest.mark.parametrize(("day", "hours"), [(datetime(2026, 3, 28, 18), 10), (datetime(2026, 10, 24, 18), 12)])
def test_daylight_saving_both_ways_ends_the_night_at_seven_on_the_wall(day, hours):
    house = HouseForOne(day, zone="Europe/Berlin")
    house.until(21)
    assert opens_after(house) == hours
    assert house.clock.wall().hour == 7


def test_a_lights_out_in_the_hour_that_is_skipped_comes_with_the_skip():
    plan = Plan().with_days(range(7), Times.of(read_time("02:30"), read_time("01:00")))
    house = HouseForOne(datetime(2026, 3, 29, 1, 0), plan=plan, zone="Europe/Berlin")
    house.clock.advance(3600)
    assert house.keeper.sealed
    assert house.clock.wall() == datetime(2026, 3, 29, 3, 0)


def test_midnight_changes_nothing(sealed):
    sealed.until(23, 59, 59)
    before = sealed.keeper.evening
    sealed.clock.advance(2)
    assert (sealed.keeper.evening.night, sealed.phase) == (before.night, "NIGHT")


def test_lights_out_after_midnight_comes_after_midnight():
    house = HouseForOne(FRIDAY.replace(hour=23), plan=Plan().with_days(range(7), Times.of(read_time("00:15"))))
    house.until(0, 15)
    assert house.told[-1] == ("00:15:00.0", "LIGHTS_OUT")


def test_asleep_for_eight_hours_from_a_story_it_wakes_sealed_and_says_nothing(house):
    house.until(19, 30)
    house.keeper.begin_story()
    house.told.clear()
    house.clock.suspend(8 * 3600)
    assert house.keeper.sealed
    assert house.whats() == ["NIGHT", "The goodnight was left out: it no longer fitted before lights-out."]
    assert opens_after(house) == 11


def test_asleep_until_the_next_evening_it_is_the_next_evening(sealed):
    sealed.clock.suspend(23 * 3600 + 600)
    assert sealed.keeper.sealed
    assert sealed.keeper.evening.night.day == 21
    assert sealed.keeper.evening.sealed_for == pytest.approx(600)


def test_off_for_a_day_and_a_half_it_is_tonight():
    house = HouseForOne()
    house.until(6, 30)
    house.kill()
    house.clock.reboot(38 * 3600)
    house.start()
    assert house.keeper.sealed
    assert house.keeper.evening.sealed_for < 3600
    house.clock.suspend(9 * 3600)
    assert house.keeper.sealed

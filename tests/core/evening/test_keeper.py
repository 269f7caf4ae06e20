"""An evening as the family meets it: the doors, the goodnight, and what a parent may wish."""

import pytest

from storytime.core.evening.plan import Plan, Times, read_time
from storytime.core.evening.watch import GOODNIGHT_LEFT_OUT
from tests.core.evening.conftest import FRIDAY, HouseForOne

NO_LIGHTS_OUT = Plan(asked=True).with_days(range(7), None)


def at(lights_out, **more):
    """Return a plan with the same lights-out every night."""
    return Plan().with_days(range(7), Times.of(read_time(lights_out), **more))


def test_a_whole_evening_without_a_parent_goes_from_door_to_door(house):
    house.until(7, 1)
    assert house.told == [
        ("19:15:00.0", "WIND_DOWN"),
        ("19:30:00.0", "30 minutes"),
        ("19:50:00.0", "10 minutes"),
        ("19:58:00.0", "2 minutes"),
        ("19:59:51.8", "GOODNIGHT"),
        ("19:59:51.8", "goodnight"),
        ("20:00:00.0", "LIGHTS_OUT"),
        ("20:00:01.0", "NIGHT"),
        ("07:00:00.0", "MORNING"),
    ]


def test_a_whole_evening_with_a_story(house):
    house.until(19, 20)
    assert house.keeper.begin_story()
    house.until(19, 40)
    house.keeper.stories_ended()
    house.until(19, 40, 8)
    house.keeper.goodnight_ended()
    house.until(20, 0, 1)
    assert house.told == [
        ("19:15:00.0", "WIND_DOWN"),
        ("19:20:00.0", "STORY"),
        ("19:40:00.0", "GOODNIGHT"),
        ("19:40:02.0", "goodnight"),
        ("20:00:00.0", "LIGHTS_OUT"),
        ("20:00:01.0", "NIGHT"),
    ]


def test_at_noon_a_new_night_begins_by_day(house):
    house.until(11, 59)
    assert house.phase == "MORNING"
    house.until(12)
    assert (house.phase, house.keeper.evening.night.day) == ("DAY", 21)


def test_a_plan_nobody_was_asked_for_leaves_the_evening_alone():
    house = HouseForOne(plan=Plan())
    house.until(6, 59)
    assert house.told == []


def test_lights_out_comes_between_two_ticks_where_it_must():
    house = HouseForOne(FRIDAY.replace(hour=19, minute=59, microsecond=400_000))
    house.clock.advance(62)
    assert house.told[-2:] == [("20:00:00.0", "LIGHTS_OUT"), ("20:00:01.4", "NIGHT")]


def test_the_candle_burns_down_from_wind_down_to_lights_out(house):
    assert house.keeper.left() == 1
    house.until(19, 37, 30)
    assert house.keeper.left() == pytest.approx(0.5)
    assert house.keeper.seconds_left() == pytest.approx(1350)
    house.until(20)
    assert house.keeper.left() == 0


def test_without_lights_out_the_candle_does_not_burn_down():
    keeper = HouseForOne(plan=NO_LIGHTS_OUT).keeper
    assert (keeper.left(), keeper.seconds_left(), keeper.story_stop(), keeper.tonight()) == (1, None, None, None)


def test_a_candle_of_no_length_is_burnt_down(house):
    house.keeper.begin_evening()
    house.keeper.more_time(-120)
    assert house.keeper.left() == 0


def test_begun_early_the_candle_burns_from_then(house):
    house.until(19)
    assert house.keeper.begin_evening()
    house.until(19, 30)
    assert house.keeper.left() == pytest.approx(0.5)


def test_an_evening_that_a_parent_began_is_not_announced(house):
    house.until(19, 20)
    house.keeper.begin_evening()
    house.until(20)
    assert not [what for what in house.whats() if "minutes" in what]


def test_a_machine_that_wakes_later_announces_nothing_it_slept_through(house):
    house.until(19, 40)
    house.told.clear()
    house.sleep_until(19, 50, 6)
    assert house.told == []
    house.until(19, 58)
    assert house.whats() == ["2 minutes"]


def test_a_clock_repaired_to_just_after_a_mark_announces_nothing(house):
    house.clock.set_wall(FRIDAY.replace(year=2027, hour=19, minute=50, second=1))
    house.clock.advance(1)
    assert house.whats() == ["WIND_DOWN"]


# The goodnight


def test_the_goodnight_ends_two_seconds_before_lights_out_if_nothing_was_told(house):
    house.keeper.goodnight_seconds = 10.0
    house.until(20)
    assert ("19:59:47.8", "goodnight") in house.told


def test_a_goodnight_of_unknown_length_is_given_room(house):
    house.keeper.goodnight_seconds = 10.0
    house.keeper.goodnight_seconds = 0
    assert house.keeper.goodnight_seconds == 6


def test_the_last_line_leaves_room_for_silence_goodnight_and_silence(house):
    house.keeper.goodnight_seconds = 10.0
    stop = house.keeper.story_stop()
    assert stop == pytest.approx(house.clock.moment(FRIDAY.replace(hour=20)) - 14.2)


def test_a_story_that_lands_at_its_stop_is_followed_by_the_goodnight_in_time(house):
    house.until(19, 20)
    house.keeper.begin_story()
    house.clock.until(house.keeper.story_stop())
    house.keeper.stories_ended()
    house.until(20)
    assert house.told[-3:] == [("19:59:49.8", "GOODNIGHT"), ("19:59:51.8", "goodnight"), ("20:00:00.0", "LIGHTS_OUT")]


def test_a_last_line_that_ended_late_shortens_the_silence_rather_than_losing_the_goodnight(house):
    house.until(19, 20)
    house.keeper.begin_story()
    house.until(19, 59, 50.8)
    house.keeper.stories_ended()
    house.until(20)
    assert ("19:59:51.9", "goodnight") in house.told or ("19:59:52.0", "goodnight") in house.told


def test_a_story_paused_past_its_time_gives_way_to_the_goodnight(house):
    house.until(19, 20)
    house.keeper.begin_story()
    house.until(20)
    assert house.told[-3:] == [("19:59:51.8", "GOODNIGHT"), ("19:59:51.8", "goodnight"), ("20:00:00.0", "LIGHTS_OUT")]


def test_a_goodnight_that_no_longer_fits_is_left_out_and_the_morning_says_so(house):
    house.until(19, 20)
    house.keeper.begin_evening()
    house.sleep_until(19, 59, 55)
    assert house.phase == "GOODNIGHT"
    house.until(7, 1)
    assert "goodnight" not in house.whats()
    assert house.keeper.notes() == (GOODNIGHT_LEFT_OUT,)


def test_a_goodnight_slept_through_is_noted_only_where_there_was_an_evening(house):
    house.sleep_until(21)
    assert house.phase == "NIGHT"
    assert house.keeper.notes() == ()


def test_the_goodnight_is_spoken_once(house):
    house.until(19, 20)
    house.keeper.begin_story()
    house.keeper.stories_ended()
    house.keeper.stories_ended()
    house.until(19, 30)
    house.keeper.goodnight_ended()
    house.keeper.goodnight_ended()
    house.until(20)
    assert house.whats().count("goodnight") == 1


def test_on_a_night_without_lights_out_stories_are_told_and_nothing_seals():
    house = HouseForOne(plan=NO_LIGHTS_OUT)
    assert house.keeper.begin_story()
    house.until(22)
    house.keeper.stories_ended()
    house.until(6)
    assert house.told == [
        ("18:00:00.0", "WIND_DOWN"),
        ("18:00:00.0", "STORY"),
        ("22:00:00.0", "GOODNIGHT"),
        ("22:00:02.0", "goodnight"),
    ]
    house.until(7)
    assert house.phase == "MORNING"

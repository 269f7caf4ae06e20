"""What a parent may wish of an evening: begun, ended, put off, left alone."""

from datetime import timedelta

import pytest

from storytime.core.evening.keeper import Keeper
from storytime.core.evening.plan import Plan
from tests.core.evening.conftest import FRIDAY, HouseForOne

NO_LIGHTS_OUT = Plan(asked=True).with_days(range(7), None)


def test_a_story_is_not_begun_in_the_last_minute(house):
    house.until(19, 58, 50)
    assert not house.keeper.begin_story()
    assert house.phase == "WIND_DOWN"


def test_a_story_is_begun_while_a_minute_remains(house):
    house.until(19, 58, 49)
    assert house.keeper.begin_story()


def test_a_story_that_is_under_way_may_go_on_in_the_last_minute(house):
    house.until(19, 50)
    house.keeper.begin_story()
    house.until(19, 59, 30)
    assert house.keeper.begin_story()


def test_no_story_is_begun_after_the_goodnight_nor_in_the_dark(house):
    house.until(19, 20)
    house.keeper.begin_story()
    house.keeper.stories_ended()
    assert not house.keeper.begin_story()
    house.until(21)
    assert not house.keeper.begin_story()
    assert not house.keeper.begin_evening()


def test_stories_that_end_by_day_end_no_evening(house):
    house.keeper.stories_ended()
    assert house.phase == "DAY"


def test_the_coming_evening_may_be_begun_in_the_morning(house):
    house.until(10)
    assert house.keeper.begin_evening()
    assert (house.phase, house.keeper.evening.night.day) == ("WIND_DOWN", 21)
    house.until(12, 1)
    assert house.phase == "WIND_DOWN"
    assert house.keeper.tonight().lights_out.day == 21


def test_a_morning_whose_clock_went_back_to_yesterday_begins_no_evening(house):
    house.until(10)
    house.clock.step_wall(timedelta(hours=-23))
    house.clock.advance(1)
    assert not house.keeper.begin_evening()
    assert house.phase == "MORNING"


def test_lights_out_now_lands_the_story_says_goodnight_and_seals_after_a_minute(house):
    house.until(19, 20)
    house.keeper.begin_story()
    house.keeper.lights_out_now()
    assert house.whats()[-1] == "land"
    house.until(19, 20, 5)
    house.keeper.stories_ended()
    house.until(19, 20, 12)
    house.keeper.goodnight_ended()
    house.until(19, 22)
    assert house.told[-4:] == [
        ("19:20:05.0", "GOODNIGHT"),
        ("19:20:07.0", "goodnight"),
        ("19:21:00.0", "LIGHTS_OUT"),
        ("19:21:01.0", "NIGHT"),
    ]
    assert house.keeper.sealed
    assert house.keeper.tonight().lights_out.hour == 19


def test_lights_out_now_with_nothing_told_says_goodnight_first(house):
    house.until(19, 20)
    house.keeper.lights_out_now()
    house.until(19, 20, 10)
    house.keeper.goodnight_ended()
    house.until(19, 21)
    assert house.told[-3:] == [("19:20:00.0", "GOODNIGHT"), ("19:20:02.0", "goodnight"), ("19:21:00.0", "LIGHTS_OUT")]


def test_lights_out_now_waits_for_a_long_goodnight_but_not_for_ever(house):
    house.until(19, 20)
    house.keeper.lights_out_now()
    house.until(19, 23)
    assert ("19:21:45.0", "LIGHTS_OUT") in house.told


def test_lights_out_now_waits_for_a_line_but_not_for_ever(house):
    house.until(19, 20)
    house.keeper.begin_story()
    house.keeper.lights_out_now()
    house.until(19, 20, 45)
    assert house.told[-2:] == [("19:20:45.0", "GOODNIGHT"), ("19:20:45.0", "goodnight")]


def test_lights_out_now_never_puts_lights_out_off(house):
    house.until(19, 59, 30)
    house.keeper.lights_out_now()
    house.until(20)
    assert house.phase == "LIGHTS_OUT"


def test_lights_out_now_by_day_does_nothing(house):
    house.keeper.lights_out_now()
    house.until(19)
    assert house.phase == "DAY"
    assert house.keeper.undo_left() is None


def test_lights_out_now_on_a_night_without_lights_out_says_goodnight_and_seals_nothing():
    house = HouseForOne(plan=NO_LIGHTS_OUT)
    house.keeper.begin_evening()
    house.keeper.lights_out_now()
    house.until(18, 5)
    assert house.whats() == ["WIND_DOWN", "GOODNIGHT", "goodnight"]
    assert not house.keeper.sealed


def test_taken_back_before_the_goodnight_the_story_goes_on(house):
    house.until(19, 20)
    house.keeper.begin_story()
    house.keeper.lights_out_now()
    house.until(19, 20, 3)
    assert house.keeper.undo_left() == pytest.approx(57)
    house.keeper.undo_lights_out_now()
    assert house.whats()[-1] == "fly on"
    house.until(19, 25)
    assert house.phase == "STORY"


def test_taken_back_after_the_goodnight_lights_out_is_when_it_was(house):
    house.until(19, 20)
    house.keeper.lights_out_now()
    house.until(19, 20, 50)
    house.keeper.undo_lights_out_now()
    house.until(19, 59, 59)
    assert house.phase == "GOODNIGHT"
    house.until(20)
    assert house.phase == "LIGHTS_OUT"


def test_after_its_minute_nothing_is_taken_back(house):
    house.until(19, 20)
    house.keeper.lights_out_now()
    house.until(19, 21, 5)
    house.keeper.undo_lights_out_now()
    assert house.keeper.evening.ending is not None


def test_a_minute_of_undo_survives_a_kill(house):
    house.until(19, 20)
    house.keeper.lights_out_now()
    house.until(19, 20, 20)
    house.restart()
    house.until(19, 21)
    assert house.keeper.sealed


def test_ten_more_minutes_move_lights_out_and_are_announced_anew(house):
    house.until(19, 55)
    house.keeper.more_time()
    house.until(20, 10)
    assert house.told[-4:] == [
        ("20:08:00.0", "2 minutes"),
        ("20:09:51.8", "GOODNIGHT"),
        ("20:09:51.8", "goodnight"),
        ("20:10:00.0", "LIGHTS_OUT"),
    ]


def test_more_time_ends_before_the_morning_and_with_lights_out(house):
    house.keeper.more_time(11 * 60)
    assert house.keeper.tonight().lights_out.hour == 20
    house.until(20, 0, 5)
    house.keeper.more_time()
    assert house.keeper.tonight().lights_out.minute == 0


def test_not_tonight_leaves_this_night_open_and_the_next_as_planned(house):
    house.until(19, 50)
    house.keeper.not_tonight()
    house.until(11)
    assert "LIGHTS_OUT" not in house.whats()
    house.until(20)
    assert house.phase == "LIGHTS_OUT"


def test_not_tonight_in_the_dark_comes_too_late(house):
    house.until(21)
    house.keeper.not_tonight()
    assert house.keeper.sealed


def test_a_morning_waits_for_a_parent_where_a_night_was_lived(house):
    house.until(7)
    assert house.keeper.morning_waits
    house.keeper.good_morning()
    assert not house.keeper.morning_waits
    assert house.phase == "MORNING"


def test_no_morning_waits_where_nothing_was_lived():
    house = HouseForOne(FRIDAY.replace(hour=8))
    assert house.phase == "MORNING"
    assert not house.keeper.morning_waits


def test_a_good_morning_in_the_evening_changes_nothing(house):
    house.keeper.good_morning()
    assert not house.keeper.evening.greeted


def test_notes_wait_for_the_morning_and_go_with_the_next_evening(house):
    house.until(21)
    house.keeper.note("The headphones went away.")
    house.keeper.note("The headphones went away.")
    house.until(15)
    assert house.keeper.notes() == ("The headphones went away.",)
    house.until(19, 15)
    assert house.keeper.notes() == ()


@pytest.mark.parametrize("second", [0, 59.5])
def test_closed_it_leaves_the_clock(house, second):
    house.until(19, 59, second)
    house.keeper.close()
    house.told.clear()
    house.clock.advance(60)
    assert house.told == []


def test_before_it_was_started_nothing_is_ticked_saved_or_told(house):
    keeper = Keeper(house.clock, house.store, house.settings)
    kept = dict(house.store.kept)
    keeper.note("Later.")
    keeper.begin_evening()
    assert house.store.kept == kept
    keeper.start()
    assert keeper.notes() == ("Later.",)

"""Short notice: a new plan never seals the same evening within ten minutes, nor changes a night that is dark."""

import pytest

from storytime.core.evening.plan import Plan
from tests.core.evening.conftest import HouseForOne
from tests.core.evening.test_keeper import NO_LIGHTS_OUT, at


def test_the_first_plan_made_in_good_time_holds_tonight():
    house = HouseForOne(plan=Plan())
    house.until(19, 50)
    assert house.keeper.change_plan(Plan(asked=True))
    house.until(20)
    assert house.phase == "LIGHTS_OUT"


def test_the_first_plan_made_on_short_notice_holds_from_the_next_evening():
    house = HouseForOne(plan=Plan())
    house.until(19, 50, 1)
    assert not house.keeper.change_plan(Plan(asked=True))
    house.until(12)
    assert house.told == [("07:00:00.0", "MORNING"), ("12:00:00.0", "DAY")]
    house.until(20)
    assert house.phase == "LIGHTS_OUT"


def test_an_earlier_lights_out_on_short_notice_leaves_tonight_as_it_was():
    house = HouseForOne(plan=at("21:00"))
    house.until(19, 55)
    assert not house.keeper.change_plan(at("20:00"))
    house.until(20, 59, 59)
    assert not house.keeper.sealed
    house.until(21)
    assert house.keeper.sealed


def test_a_later_lights_out_holds_tonight_whenever_it_is_said(house):
    house.until(19, 59)
    assert house.keeper.change_plan(at("20:30"))
    house.until(20, 5)
    assert not house.keeper.sealed
    house.until(20, 30)
    assert house.keeper.sealed


def test_no_lights_out_holds_tonight_whenever_it_is_said(house):
    house.until(19, 59)
    assert house.keeper.change_plan(NO_LIGHTS_OUT)
    house.until(6)
    assert not house.keeper.sealed


def test_in_the_dark_a_change_holds_from_the_next_evening(house):
    house.until(21)
    assert not house.keeper.change_plan(at("23:00", morning=None))
    assert house.keeper.sealed
    house.restart()
    assert house.keeper.sealed
    assert house.keeper.tonight().lights_out.hour == 20


def test_a_change_survives_a_restart_as_it_was_judged():
    house = HouseForOne(plan=at("21:00"))
    house.until(19, 55)
    house.keeper.change_plan(at("20:00"))
    house.restart()
    house.until(20, 30)
    assert not house.keeper.sealed


@pytest.mark.parametrize(("minute", "sealed"), [(49, True), (51, False)])
def test_a_plan_changed_from_elsewhere_is_seen_within_a_second_and_judged_alike(minute, sealed):
    house = HouseForOne(plan=at("22:00"))
    house.until(19, minute)
    house.settings.plan = at("20:00").to_json()
    house.until(20, 1)
    assert house.keeper.sealed is sealed


def test_changing_another_night_brings_no_ten_minutes_back_nor_takes_them(house):
    house.keeper.more_time()
    house.keeper.change_plan(house.keeper.plan.with_days([6], None))
    assert house.keeper.tonight().lights_out.minute == 10


def test_a_damaged_plan_seals_nothing(house):
    house.settings.plan = {"asked": True}
    house.until(21)
    assert not house.keeper.sealed

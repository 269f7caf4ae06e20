"""The plan: nights read from noon to noon, by weekday, with special nights, and no short notice."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storytime.core.errors import PlanOutOfOrder
from storytime.core.evening.plan import Plan, Times, night_of, plan_from_json, read_time, write_time

FRIDAY = date(2026, 11, 20)
SATURDAY = date(2026, 11, 21)
ASKED = Plan(asked=True)


def test_a_night_is_named_by_the_noon_before_it():
    assert night_of(datetime(2026, 11, 20, 12, 0)) == FRIDAY
    assert night_of(datetime(2026, 11, 21, 11, 59)) == FRIDAY
    assert night_of(datetime(2026, 11, 21, 12, 0)) == SATURDAY


def test_wind_down_is_forty_five_minutes_before_and_morning_at_seven_unless_said():
    assert Times.of(time(20)) == Times(time(19, 15), time(20), time(7))
    assert Times.of(time(0, 30)).wind_down == time(23, 45)
    assert Times.of(time(20), time(18), time(6, 30)) == Times(time(18), time(20), time(6, 30))


def test_wind_down_does_not_begin_before_noon_by_itself():
    assert Times.of(time(12, 20)).wind_down == time(12)


def test_lights_out_after_midnight_belongs_to_the_evening_before():
    night = Times.of(time(0, 30)).on(FRIDAY)
    assert night.wind_down == datetime(2026, 11, 20, 23, 45)
    assert night.lights_out == datetime(2026, 11, 21, 0, 30)
    assert night.morning == datetime(2026, 11, 21, 7)
    assert night.night == FRIDAY


@pytest.mark.parametrize(
    ("wind_down", "lights_out", "morning"),
    [
        ("20:00", "19:00", "07:00"),
        ("19:00", "19:00", "07:00"),
        ("19:00", "20:00", "19:30"),
        ("19:00", "08:00", "07:00"),
    ],
)
def test_times_out_of_order_are_refused(wind_down, lights_out, morning):
    with pytest.raises(PlanOutOfOrder, match=wind_down):
        Times(read_time(wind_down), read_time(lights_out), read_time(morning))


def test_noon_itself_begins_a_night_and_ends_none():
    with pytest.raises(PlanOutOfOrder):
        Times(time(19), time(20), time(12))


def test_a_time_is_read_as_people_write_it():
    assert read_time("7:30") == time(7, 30)
    assert write_time(time(7, 30)) == "07:30"
    assert write_time(time(7, 30, 5)) == "07:30:05"
    with pytest.raises(ValueError, match="late"):
        read_time("late")


def test_a_plan_that_nobody_was_asked_for_arms_no_night():
    assert Plan().night(FRIDAY) is None
    assert Plan().times(FRIDAY) == Times.of(time(20))


def test_a_weekday_may_differ_and_may_have_no_lights_out():
    plan = Plan().with_days([4], Times.of(time(21))).with_days([5], None)
    assert plan.night(FRIDAY).lights_out.hour == 21
    assert plan.night(SATURDAY) is None
    assert plan.night(date(2026, 11, 22)).lights_out.hour == 20


def test_one_special_night_goes_before_its_weekday():
    plan = ASKED.with_special(FRIDAY, Times.of(time(22)))
    assert plan.night(FRIDAY).lights_out.hour == 22
    assert plan.night(date(2026, 11, 27)).lights_out.hour == 20
    assert plan.without_special(FRIDAY).night(FRIDAY).lights_out.hour == 20
    assert ASKED.with_special(FRIDAY, None).night(FRIDAY) is None


def test_special_nights_long_past_are_forgotten_with_the_next():
    plan = ASKED.with_special(FRIDAY, None).with_special(date(2026, 12, 24), None)
    assert set(plan.special) == {date(2026, 12, 24)}


def test_a_night_without_lights_out_has_a_morning_too():
    late = Times.of(time(21), morning=time(8))
    assert ASKED.with_days(range(7), late).with_special(FRIDAY, None).morning(FRIDAY) == datetime(2026, 11, 21, 8)
    assert ASKED.with_days(range(7), None).morning(FRIDAY) == datetime(2026, 11, 21, 7)


def test_a_plan_changed_ten_minutes_before_its_lights_out_holds_at_once():
    plan = Plan().replaced_by(ASKED, datetime(2026, 11, 20, 19, 50))
    assert plan.settled(FRIDAY) == plan.night(FRIDAY)


def test_a_plan_changed_later_holds_from_the_next_evening():
    plan = Plan().replaced_by(ASKED, datetime(2026, 11, 20, 19, 50, 1))
    assert plan.settled(FRIDAY) is None
    assert plan.settled(SATURDAY) == plan.night(SATURDAY)


def test_two_late_changes_leave_what_held_before_both():
    nine = ASKED.with_days(range(7), Times.of(time(21)))
    at = datetime(2026, 11, 20, 19, 55)
    once = nine.replaced_by(ASKED, at)
    twice = once.replaced_by(ASKED.with_days(range(7), Times.of(time(20, 1))), at)
    assert twice.settled(FRIDAY) == nine.night(FRIDAY)


def test_no_lights_out_may_come_on_any_notice():
    off = ASKED.replaced_by(ASKED.with_days(range(7), None), datetime(2026, 11, 20, 19, 59))
    assert off.settled(FRIDAY) is None


times = st.builds(
    lambda minutes: Times(*(time((12 + m // 60) % 24, m % 60) for m in sorted(minutes))),
    st.lists(st.integers(0, 1439), min_size=3, max_size=3, unique=True),
)
maybe_times = st.none() | times
plans = st.builds(
    Plan,
    days=st.tuples(*[maybe_times] * 7),
    special=st.dictionaries(st.dates(date(2020, 1, 1), date(2090, 1, 1)), maybe_times, max_size=3),
    asked=st.booleans(),
    changed=st.none() | st.datetimes(),
    held=maybe_times,
)


@given(plans)
def test_a_plan_comes_back_from_json_as_it_was(plan):
    assert plan_from_json(plan.to_json()) == plan


@given(times, st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_every_door_of_a_night_falls_between_its_two_noons(night_times, night):
    on = night_times.on(night)
    assert datetime.combine(night, time(12)) <= on.wind_down < on.lights_out < on.morning
    assert night_of(on.morning) == night
    assert on.night == night


@pytest.mark.parametrize(
    "damage",
    [
        None,
        {},
        [],
        "plan",
        {**ASKED.to_json(), "days": None},
        {**ASKED.to_json(), "days": {}},
        {**ASKED.to_json(), "special": {"soon": None}},
        {**ASKED.to_json(), "special": 3},
        {**ASKED.to_json(), "changed": "yesterday"},
        {**ASKED.to_json(), "held": {"wind_down": "21:00", "lights_out": "20:00", "morning": "07:00"}},
    ],
)
def test_a_damaged_plan_is_one_that_nobody_was_asked_for(damage):
    assert plan_from_json(damage) == Plan()

"""Trying an evening: three minutes from candle to morning, and nothing is sealed or remembered."""

from datetime import datetime

import pytest

from storytime.core.evening.trial import try_evening
from storytime.devices.rehearsal.clock import PretendClock


@pytest.mark.parametrize("hour", [0, 9, 11, 12, 20, 23])
def test_an_evening_is_tried_in_three_minutes_at_any_hour(hour):
    clock = PretendClock(datetime(2026, 11, 20, hour, 59))
    keeper = try_evening(clock)
    phases = []
    keeper.changed.connect(lambda was, now: phases.append((round(clock.boot() - 1000), now.phase.name)))
    keeper.goodnight_due.connect(lambda: phases.append("goodnight"))
    keeper.start()
    assert keeper.evening.phase.name == "WIND_DOWN"
    assert keeper.left() == pytest.approx(1, abs=0.01)
    assert keeper.begin_story()
    clock.advance(60)
    keeper.stories_ended()
    clock.advance(91)
    assert keeper.evening.sealed
    assert not keeper.sealed
    clock.advance(30)
    assert keeper.evening.phase.name == "MORNING"
    assert (150, "LIGHTS_OUT") in phases
    assert (180, "MORNING") in phases
    assert phases.count("goodnight") == 1


def test_the_household_goes_on_in_its_own_zone_and_a_plan_can_be_changed_without_trace():
    clock = PretendClock()
    keeper = try_evening(clock)
    keeper.start()
    keeper.change_plan(keeper.plan.with_days(range(7), None))
    clock.advance(170)
    assert not keeper.evening.sealed
    again = try_evening(clock)
    again.start()
    assert again.tonight() is not None

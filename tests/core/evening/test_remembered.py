"""What a sealed house remembers, what it cannot read or save, and a gate that stands open in the dark."""

from datetime import timedelta

import pytest

from storytime.core.evening.watch import NOT_SAVED
from tests.core.evening.conftest import FRIDAY

HOUR = timedelta(hours=1)
BEDTIME = FRIDAY.replace(hour=20)


def test_a_memory_that_cannot_be_read_opens_by_day_and_says_so(sealed):
    sealed.kill()
    sealed.store.unreadable = True
    sealed.start()
    assert not sealed.keeper.sealed
    assert "could not be read" in sealed.keeper.notes()[0]


@pytest.mark.parametrize(
    "damage",
    [
        lambda kept: kept.clear(),
        lambda kept: kept.update(evening=None),
        lambda kept: kept.update(notes=3),
        lambda kept: kept["evening"].update(phase="BEDTIME"),
        lambda kept: kept["evening"].update(morning="2026-11-21T07:00:00+01:00"),
        lambda kept: kept["evening"].update(seal_limit=1e12),
        lambda kept: kept["evening"].update(sealed_for=-5),
        lambda kept: kept["evening"].update(times=["2026-11-20T20:00:00"]),
        lambda kept: kept["household"].update(boot="soon"),
    ],
)
def test_a_damaged_memory_seals_nothing_that_night_and_the_next_as_planned(sealed, damage):
    sealed.kill()
    damage(sealed.store.kept["evening"])
    sealed.start()
    assert not sealed.keeper.sealed
    sealed.until(6)
    assert not sealed.keeper.sealed
    sealed.until(20)
    assert sealed.keeper.sealed


def test_a_night_left_open_stays_open_over_a_repaired_clock(sealed):
    sealed.kill()
    sealed.store.kept["evening"].clear()
    sealed.start()
    sealed.clock.step_wall(timedelta(days=3))
    sealed.clock.advance(1)
    assert not sealed.keeper.sealed


def test_no_memory_at_all_is_a_restored_library_and_goes_by_the_plan(sealed):
    sealed.kill()
    sealed.store.drop(["evening"])
    sealed.start()
    assert sealed.keeper.sealed


def test_a_memory_that_cannot_be_saved_is_noted_once_and_stops_nothing(house):
    house.store.full = True
    house.until(21)
    house.keeper.gate_opened()
    assert house.keeper.sealed is False
    assert house.whats().count(NOT_SAVED) == 1
    house.store.full = False
    house.keeper.close_gate()
    house.restart()
    assert house.keeper.sealed
    assert house.keeper.notes() == (NOT_SAVED,)


# The gate, open


def test_opened_it_closes_after_a_quarter_of_an_hour_and_says_so_a_minute_before(sealed):
    sealed.told.clear()
    sealed.keeper.gate_opened()
    assert not sealed.keeper.sealed
    assert sealed.phase == "NIGHT"
    assert sealed.keeper.opened_until == BEDTIME + timedelta(minutes=75)
    sealed.until(21, 14, 59)
    assert not sealed.keeper.sealed
    sealed.until(21, 15)
    assert sealed.keeper.sealed
    assert sealed.told == [("21:14:00.0", "closing soon")]


def test_asked_for_more_it_stays_open_longer(sealed):
    sealed.keeper.gate_opened()
    sealed.until(21, 14, 30)
    sealed.keeper.gate_opened()
    sealed.until(21, 29)
    assert not sealed.keeper.sealed


def test_opened_until_morning_it_stays_open(sealed):
    sealed.keeper.gate_opened(until_morning=True)
    sealed.sleep_until(6, 59)
    assert not sealed.keeper.sealed
    sealed.until(7)
    assert sealed.phase == "MORNING"
    assert sealed.keeper.opened_until is None


def test_an_open_gate_survives_a_restart(sealed):
    sealed.keeper.gate_opened()
    sealed.clock.advance(300)
    sealed.restart()
    assert not sealed.keeper.sealed
    sealed.clock.advance(600)
    assert sealed.keeper.sealed


def test_a_clock_set_back_keeps_no_gate_open(sealed):
    sealed.keeper.gate_opened()
    sealed.clock.step_wall(-HOUR)
    sealed.clock.advance(900)
    assert sealed.keeper.sealed


def test_a_repaired_clock_shuts_no_gate_on_a_parent(sealed):
    sealed.keeper.gate_opened()
    sealed.clock.step_wall(timedelta(days=40))
    sealed.clock.advance(800)
    assert not sealed.keeper.sealed
    sealed.clock.advance(100)
    assert sealed.keeper.sealed


def test_a_gate_opens_nothing_before_lights_out(house):
    house.keeper.gate_opened()
    house.until(20)
    assert house.keeper.sealed


def test_a_gate_is_never_open_for_longer_than_the_seal(sealed):
    sealed.clock.move_to("Pacific/Honolulu")
    sealed.clock.suspend(11.9 * 3600)
    sealed.keeper.gate_opened(until_morning=True)
    sealed.clock.suspend(600)
    assert sealed.phase == "MORNING"


def test_the_ticked_steps_are_still_ticked_after_a_restart(house):
    house.until(19, 30)
    house.keeper.tick_steps(3)
    house.restart()
    assert house.keeper.evening.steps == 3


def test_the_steps_are_forgotten_with_the_night(house):
    house.until(19, 30)
    house.keeper.tick_steps(3)
    house.until(13)
    assert house.keeper.evening.steps == 0


@pytest.mark.parametrize("damage", ["two", None, -1, 1e9, [1]])
def test_damaged_ticks_are_no_reason_to_open(sealed, damage):
    sealed.kill()
    sealed.store.kept["evening"]["evening"]["steps"] = damage
    sealed.start()
    assert sealed.keeper.sealed
    assert sealed.keeper.evening.steps == 0


def test_an_evening_kept_before_there_were_ticks_is_read(sealed):
    sealed.kill()
    del sealed.store.kept["evening"]["evening"]["steps"]
    sealed.start()
    assert sealed.keeper.sealed


def test_the_open_gate_is_closing_in_its_last_minute_only(sealed):
    sealed.keeper.gate_opened()
    sealed.clock.advance(14 * 60 - 1)
    before = sealed.keeper.closing
    sealed.clock.advance(2)
    assert (before, sealed.keeper.closing) == (False, True)
    sealed.clock.advance(60)
    assert not sealed.keeper.closing

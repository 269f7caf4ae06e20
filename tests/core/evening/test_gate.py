"""The gate: a PIN, a sum or patience; slow for guessers, never for a parent who waits."""

from random import Random

import pytest

from storytime.core.errors import CannotSave, PinRefused
from storytime.core.evening.gate import OPENED_BY_PATIENCE, PIN_UNREADABLE, Gate
from storytime.core.evening.patience import Patience, patience_from_json
from storytime.core.evening.pin import Argon2, is_pin, looks_like_a_hash
from tests.core.evening.conftest import CHEAP, HouseForOne


@pytest.fixture
def night(house):
    """A sealed house with a PIN, Friday 21:00."""
    house.gate.set_pin("2468")
    house.until(21)
    return house


def wrong(house, times):
    for _ in range(times):
        house.clock.advance(house.gate.wait())
        assert not house.gate.try_pin("1111")


def test_the_right_pin_opens(night):
    assert night.gate.has_pin
    assert night.gate.try_pin("2468")
    assert not night.keeper.sealed


def test_the_right_pin_opens_until_morning_if_wished(night):
    night.gate.try_pin("2468", until_morning=True)
    assert night.keeper.opened_until.hour == 7


def test_a_wrong_pin_opens_nothing(night):
    assert not night.gate.try_pin("1357")
    assert night.keeper.sealed


def test_a_pin_survives_a_restart_and_is_nowhere_in_clear(night):
    night.restart()
    assert "2468" not in str(night.store.kept)
    assert night.gate.try_pin("2468")


def test_wrong_tries_slow_down_up_to_five_minutes(night):
    waits = []
    for _ in range(11):
        wrong(night, 1)
        waits.append(night.gate.wait())
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]


def test_while_there_is_a_wait_nothing_is_tried_and_nothing_gets_worse(night):
    wrong(night, 3)
    assert not night.gate.try_pin("2468")
    assert not night.gate.check_pin("2468")
    assert night.gate.wait() == 4
    night.clock.advance(4)
    assert night.gate.try_pin("2468")


def test_the_ring_shows_how_much_of_the_wait_is_left(night):
    assert night.gate.wait_share() == 0
    wrong(night, 3)
    night.clock.advance(1)
    assert night.gate.wait_share() == pytest.approx(0.75)


def test_a_right_pin_forgets_the_wrong_ones(night):
    wrong(night, 4)
    night.clock.advance(8)
    night.gate.try_pin("2468")
    wrong(night, 1)
    assert night.gate.wait() == 1


def test_ten_quiet_minutes_forget_the_wrong_ones(night):
    wrong(night, 5)
    night.clock.advance(600)
    wrong(night, 1)
    assert night.gate.wait() == 1


def test_a_wait_survives_a_restart_as_a_length(night):
    wrong(night, 6)
    night.kill()
    night.clock.reboot(86400)
    night.start()
    assert night.gate.wait() == 32


def test_no_clock_makes_a_wait_longer(night):
    wrong(night, 4)
    night.clock.set_wall(night.clock.wall().replace(year=2099))
    night.clock.advance(8)
    assert night.gate.wait() == 0


@pytest.mark.parametrize(
    ("kept", "wait"),
    [
        ({"wrong": 9, "wait": 1e9, "quiet": 0}, 300),
        ({"wrong": 3, "wait": -4, "quiet": 0}, 0),
        ({"wrong": 3, "wait": float("nan"), "quiet": 0}, 0),
        ({"wrong": 10**9, "wait": 2, "quiet": 0}, 2),
        ({"wrong": "many", "wait": 2, "quiet": 0}, 0),
        ({"wrong": float("inf"), "wait": 2, "quiet": 0}, 0),
        ({}, 0),
        (None, 0),
    ],
)
def test_a_kept_wait_is_clamped_when_it_is_read(kept, wait):
    assert patience_from_json(kept).wait == wait


def test_patience_comes_back_from_json_as_it_was():
    patience = Patience().after_wrong().after_wrong().after(0.5)
    assert patience_from_json(patience.to_json()) == patience


def test_tries_that_cannot_be_saved_stop_no_parent(night):
    night.store.full = True
    wrong(night, 2)
    night.clock.advance(2)
    assert night.gate.try_pin("2468")


# Patience


def test_ten_minutes_of_waiting_open_it_and_the_morning_says_so(night):
    night.gate.hold_recovery()
    night.clock.advance(599)
    assert night.keeper.sealed
    assert night.gate.recovery_left() == pytest.approx(1)
    night.clock.advance(1)
    assert not night.keeper.sealed
    assert night.keeper.notes() == (OPENED_BY_PATIENCE,)
    assert night.gate.recovery_left() is None


def test_holding_again_begins_nothing_anew(night):
    night.gate.hold_recovery()
    night.clock.advance(300)
    night.gate.hold_recovery()
    assert night.gate.recovery_left() == pytest.approx(300)


def test_a_gate_that_was_left_waits_no_longer(night):
    night.gate.hold_recovery()
    night.clock.advance(590)
    night.gate.leave()
    night.gate.leave()
    night.clock.advance(60)
    assert night.keeper.sealed


def test_a_machine_asleep_is_not_at_the_gate(night):
    night.gate.hold_recovery()
    night.clock.suspend(3600)
    assert night.gate.recovery_left() > 590


def test_wrong_tries_delay_neither_patience_nor_the_morning(night):
    wrong(night, 12)
    night.gate.hold_recovery()
    night.gate.try_pin("1111")
    night.clock.advance(600)
    assert not night.keeper.sealed
    night.until(7)
    assert night.phase == "MORNING"


def test_every_second_of_a_wait_is_told(night):
    seen = []
    night.gate.changed.connect(lambda: seen.append(night.gate.wait()))
    wrong(night, 2)
    night.clock.advance(1)
    night.clock.advance(60)
    assert seen[-1] == 0
    assert len(seen) < 8


# Without a PIN


def test_without_a_pin_a_simple_sum_opens(house):
    house.until(21)
    one, other = house.gate.question()
    assert house.gate.question() == (one, other)
    assert house.gate.answer(one + other)
    assert not house.keeper.sealed


def test_a_wrong_sum_opens_nothing_asks_anew_and_slows_down(house):
    house.until(21)
    house.gate = Gate(house.clock, house.store, house.keeper, hashing=CHEAP, random=Random(1))
    before = house.gate.question()
    assert not house.gate.answer(0)
    assert house.gate.question() != before
    assert not house.gate.answer(sum(house.gate.question()))
    assert house.gate.wait() == 1


def test_with_a_pin_no_sum_opens(night):
    assert not night.gate.answer(sum(night.gate.question()))


def test_without_a_pin_no_digits_open(house):
    house.until(21)
    assert not house.gate.try_pin("1234")
    assert house.keeper.sealed


def test_every_try_is_told(night):
    tries = []
    night.gate.passed.connect(tries.append)
    night.gate.try_pin("1111")
    night.clock.advance(1)
    night.gate.try_pin("2468")
    assert tries == [False, True]


# By day


@pytest.mark.parametrize("bad", ["", "123", "123456789", "12a4", "١٢٣٤", "12 4", "²³¹²"])
def test_a_pin_is_four_to_eight_digits(house, bad):
    with pytest.raises(PinRefused, match="4 to 8"):
        house.gate.set_pin(bad)
    assert not house.gate.has_pin


def test_a_pin_is_changed_with_the_old_one(house):
    house.gate.set_pin("2468")
    with pytest.raises(PinRefused, match="old PIN"):
        house.gate.set_pin("1357", old="9999")
    house.clock.advance(1)
    with pytest.raises(PinRefused, match="old PIN"):
        house.gate.set_pin("1357")
    house.clock.advance(2)
    house.gate.set_pin("1357", old="2468")
    assert house.gate.check_pin("1357")


def test_guessing_the_old_pin_slows_down_too(house):
    house.gate.set_pin("2468")
    with pytest.raises(PinRefused):
        house.gate.remove_pin("1111")
    with pytest.raises(PinRefused, match="Wait 1 second"):
        house.gate.remove_pin("2468")


def test_a_pin_is_removed_with_the_old_one(house):
    house.gate.set_pin("2468")
    house.gate.remove_pin("2468")
    house.restart()
    assert not house.gate.has_pin
    assert house.gate.check_pin("")


def test_a_pin_that_cannot_be_saved_is_not_set(house):
    house.store.full = True
    with pytest.raises(CannotSave):
        house.gate.set_pin("2468")
    assert not house.gate.has_pin


def test_a_page_by_day_asks_for_the_pin_and_opens_no_night(night):
    assert night.gate.check_pin("2468")
    assert night.keeper.sealed


# A PIN that cannot be read


@pytest.mark.parametrize("kept", [{"hash": "scrambled"}, {"hash": None}, {}, {"hash": 7}])
def test_a_pin_that_cannot_be_read_locks_nothing_and_says_so(night, kept):
    night.kill()
    night.store.kept["pin"] = kept
    night.start()
    assert not night.keeper.sealed
    assert night.keeper.notes() == (PIN_UNREADABLE,)
    assert not night.gate.has_pin


def test_a_store_that_cannot_be_read_locks_nothing(night):
    night.kill()
    night.store.unreadable = True
    night.start()
    assert not night.keeper.sealed


def test_a_hash_found_damaged_when_it_is_needed_locks_nothing(night):
    night.kill()
    night.store.kept["pin"] = {"hash": "$argon2id$v=19$m=8,t=1,p=1$AAAA$BBBB"}
    night.start()
    assert night.keeper.sealed
    assert night.gate.try_pin("1111")
    assert not night.keeper.sealed
    assert night.keeper.notes() == (PIN_UNREADABLE,)


def test_until_the_pin_is_set_anew_no_night_is_sealed():
    house = HouseForOne()
    house.store.kept["pin"] = {"hash": "scrambled"}
    house.restart()
    house.until(20, 1)
    assert not house.keeper.sealed
    house.until(13)
    house.gate.set_pin("2468")
    house.until(20, 1)
    assert house.keeper.sealed


def test_a_pin_mended_at_night_seals_from_the_next_evening(night):
    night.kill()
    night.store.kept["pin"] = {}
    night.start()
    night.gate.set_pin("2468")
    night.clock.advance(60)
    assert not night.keeper.sealed


# The hash


def test_a_hash_is_argon2id_and_salted():
    assert looks_like_a_hash(CHEAP.hash("2468"))
    assert CHEAP.hash("2468") != CHEAP.hash("2468")


def test_the_hash_of_the_family_costs_what_the_library_advises():
    assert "m=65536,t=3" in Argon2().hash("2468")


def test_what_is_no_hash_is_said_to_be_none():
    with pytest.raises(ValueError, match="no PIN"):
        CHEAP.fits("scrambled", "2468")


def test_digits_of_any_keyboard_are_a_pin():
    assert is_pin("0000")
    assert not is_pin("00001111x")

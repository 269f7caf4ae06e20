import pytest

from storytime.devices.remaining import Remaining


class Hand:
    now = 100.0


@pytest.fixture
def hand():
    return Hand()


@pytest.fixture
def remaining(hand):
    made = Remaining(lambda: hand.now)
    made.add(1, 2.0, 0.5)
    made.add(2, 3.0, 0.0)
    return made


def test_nothing_passes_before_the_first_sound_is_heard(remaining, hand):
    hand.now += 10
    assert remaining.seconds() == 5.5


def test_seconds_pass_while_it_is_heard_but_never_beyond_the_sound_and_its_pause(remaining, hand):
    remaining.started(1)
    hand.now += 1
    assert remaining.seconds() == 4.5
    hand.now += 100
    assert remaining.seconds() == 3.0


def test_what_is_told_outweighs_what_was_reckoned(remaining, hand):
    remaining.started(1)
    hand.now += 1.7
    remaining.ended(1)
    assert remaining.seconds() == 3.5
    remaining.started(2)
    assert remaining.seconds() == 3.0


def test_a_hold_stands_still(remaining, hand):
    remaining.started(1)
    hand.now += 1
    remaining.hold(True)
    hand.now += 50
    assert remaining.seconds() == 4.5
    remaining.hold(False)
    hand.now += 1
    assert remaining.seconds() == 3.5


def test_a_hold_at_the_very_beginning_goes_on_when_it_is_over(remaining, hand):
    remaining.started(1)
    remaining.hold(True)
    remaining.hold(False)
    hand.now += 1
    assert remaining.seconds() == 4.5


def test_cutting_takes_the_pause_too(remaining):
    remaining.cut_after(1)
    assert remaining.seconds() == 2.0
    assert remaining.last() == 1


def test_a_token_that_is_not_there_changes_nothing(remaining):
    remaining.cut_after(9)
    remaining.started(9)
    assert remaining.seconds() == 5.5

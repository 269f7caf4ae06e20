"""How long a recording goes on whose window died, block by block of a tenth of a second."""

from storytime.devices.microphone_process.orphan import LONGEST, SILENCE, Orphan


def seconds_until_over(level_at, begun=0.0, most=LONGEST + 100):
    orphan, at = Orphan(begun), begun
    while at - begun < most:
        at += 0.1
        if orphan.over(level_at(at - begun), at):
            return at - begun
    return None


def speech(at):
    return -20.0 if at % 3 < 2 else -55.0


def test_it_ends_a_minute_after_the_last_word():
    assert SILENCE < seconds_until_over(lambda at: speech(at) if at < 100 else -55.0) - 98 < SILENCE + 3


def test_it_ends_after_a_minute_in_which_nobody_spoke():
    for room in (-120.0, -70.0, -50.0, -30.0):
        assert abs(seconds_until_over(lambda _at, room=room: room) - SILENCE) < 1


def test_it_goes_on_while_somebody_speaks():
    assert seconds_until_over(speech, most=1800) is None


def test_it_goes_on_through_a_long_pause_for_thought():
    assert seconds_until_over(lambda at: speech(at) if at % 50 < 10 else -55.0, most=600) is None


def test_it_ends_in_a_noisy_room_too():
    assert seconds_until_over(lambda at: -35.0 + at % 1) < SILENCE + 1


def test_it_ends_at_last_whatever_is_said():
    assert abs(seconds_until_over(speech, begun=500.0) - LONGEST) < 1

"""The strip of sounds, without any sink: what goes where, and what is told when."""

from storytime.devices.sound_process.reel import FRAME, Reel


def sound(frames, value=1):
    return bytes([value]) * (FRAME * frames)


def kinds(marks):
    return [(mark.kind, mark.token, mark.at) for mark in marks]


def test_a_strip_is_sounds_and_pauses_without_anything_between():
    reel = Reel()
    reel.wind_on(1, sound(3, 1), 2)
    reel.wind_on(2, sound(2, 2), 0)
    assert reel.take(100) == sound(3, 1) + sound(2, 0) + sound(2, 2)
    assert reel.idle()


def test_marks_are_told_when_they_are_heard_and_not_when_they_are_given():
    reel = Reel()
    reel.wind_on(1, sound(3), 2)
    reel.take(100)
    assert reel.hear(-5) == []
    assert kinds(reel.hear(2)) == [("started", 1, 0)]
    assert kinds(reel.hear(3)) == [("ended", 1, 3)]
    assert kinds(reel.hear(9)) == [("drained", 1, 5)]


def test_nothing_is_drained_while_more_is_wound_on():
    reel = Reel()
    reel.wind_on(1, sound(3), 0)
    reel.take(100)
    reel.wind_on(2, sound(3), 0)
    reel.take(100)
    assert [mark.kind for mark in reel.hear(100)] == ["started", "ended", "started", "ended", "drained"]


def test_a_sound_taken_in_small_parts_begins_and_ends_once():
    reel = Reel()
    reel.wind_on(1, sound(5), 3)
    for _part in range(8):
        reel.take(1)
    assert [mark.kind for mark in reel.hear(100)] == ["started", "ended", "drained"]


def test_idle_silence_is_no_sound_that_must_be_heard_out():
    reel = Reel()
    reel.wind_on(1, sound(5), 0)
    reel.take(5)
    reel.hear(5)
    reel.silence(40)
    reel.take(10)
    assert reel.silent()
    assert not reel.clear()


def test_an_empty_sound_begins_and_ends_once_though_its_pause_is_long():
    reel = Reel()
    reel.wind_on(1, b"", 4)
    for _part in range(4):
        reel.take(1)
    assert [mark.kind for mark in reel.hear(100)] == ["started", "ended", "drained"]


def test_little_of_the_next_sound_is_given_before_this_one_has_been_heard():
    reel = Reel()
    reel.wind_on(1, sound(100), 20)
    reel.wind_on(2, sound(100), 0)
    assert reel.wanted(90, 30) == 30
    reel.take(30)
    assert reel.wanted(90, 30) == 90
    reel.take(60)
    reel.hear(60)
    assert reel.wanted(90, 30) == 60
    reel.take(30)
    assert reel.wanted(90, 30) == 30


def test_forgetting_what_was_not_given_costs_the_sink_nothing():
    reel = Reel()
    reel.wind_on(1, sound(10), 5)
    reel.wind_on(2, sound(10), 5)
    reel.take(4)
    reel.cut_after(1)
    assert reel.take(100) == sound(6)
    assert not reel.cut_is_due()
    assert [mark.kind for mark in reel.hear(100)] == ["started", "ended", "drained"]


def test_where_the_sink_has_the_next_sound_it_is_emptied_in_the_pause_before_it():
    reel = Reel()
    reel.wind_on(1, sound(10), 6)
    reel.wind_on(2, sound(10), 0)
    reel.take(20)
    reel.cut_after(1)
    assert reel.take(100) == b""
    assert kinds(reel.hear(9)) == [("started", 1, 0)]
    assert not reel.cut_is_due()
    assert [mark.kind for mark in reel.hear(13)] == ["ended", "drained"]
    assert reel.cut_is_due()
    assert not reel.cut_is_due()


def test_a_sound_that_has_just_ended_can_still_be_the_last():
    reel = Reel()
    reel.wind_on(1, sound(10), 6)
    reel.wind_on(2, sound(10), 0)
    reel.take(20)
    reel.hear(11)
    reel.cut_after(1)
    assert [mark.kind for mark in reel.hear(14)] == ["drained"]
    assert reel.cut_is_due()


def test_emptying_says_whether_the_sink_has_something_to_lose():
    reel = Reel()
    assert not reel.clear()
    reel.wind_on(1, sound(10), 0)
    assert not reel.clear()
    reel.wind_on(1, sound(10), 0)
    reel.take(5)
    assert reel.clear()
    assert reel.idle()
    assert reel.hear(100) == []


def test_idle_silence_moves_the_marks_of_what_follows():
    reel = Reel()
    reel.silence(7)
    reel.wind_on(1, sound(3), 0)
    reel.take(10)
    assert kinds(reel.hear(100))[0] == ("started", 1, 7)

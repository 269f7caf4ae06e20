"""The eye beside the voice: it is at the word that is heard, through every pause, and costs nothing unasked."""

import pytest

from storytime.core.reading.following import Following
from tests.core.reading.bedside import Bedside

LINE = "Line0 of story1."


@pytest.fixture
def bed():
    return Bedside({1: [4.0, 4.0, 4.0]}, words=True, follow_words=True)


def followed(bed):
    follower = Following(bed.reader, bed.settings, bed.clock)
    told = []
    follower.moved.connect(lambda: told.append((bed.now(), follower.said(1, bed.reader.reading.line))))
    follower.begin()
    return follower, told


def begins(bed, line):
    """When each word of a line is heard, by the pretended voice's even pace."""
    return [line.begin + at * 4.0 / len(LINE) for at in (0, 6, 9)]


def test_each_word_is_told_of_as_it_is_heard(bed):
    _, told = followed(bed)
    bed.reader.tell([1])
    bed.run(4.2)
    assert [what for _at, what in told] == [(0, 5), (6, 8), (9, 15)]
    assert [at for at, _ in told] == pytest.approx(begins(bed, bed.diary.heard[0]), abs=0.01)


def test_a_pause_holds_the_word_and_moves_those_to_come(bed):
    _, told = followed(bed)
    bed.reader.tell([1])
    bed.run(1.0)
    bed.reader.pause()
    bed.run(20)
    assert [what for _at, what in told] == [(0, 5)]
    bed.reader.resume()
    bed.run(3.0)
    late = [at - 20 for at, _ in told[1:]]
    assert late == pytest.approx(begins(bed, bed.diary.heard[0])[1:], abs=0.01)


def test_nothing_is_told_between_two_lines_and_the_next_line_begins_anew(bed):
    follower, told = followed(bed)
    bed.reader.tell([1])
    bed.run(4.3)
    assert follower.said(1, 0) == (9, 15)
    assert len(told) == 3
    bed.run(0.5)
    assert follower.said(1, 1) == (0, 5)
    assert follower.said(1, 0) is None


def test_where_the_family_does_not_want_it_the_clock_is_never_asked(bed):
    bed.settings.change(follow_words=False)
    follower = Following(bed.reader, bed.settings, bed.clock)
    asked = []
    follower._clock = type("Alarm", (), {"after": lambda *_: asked.append(1)})()
    follower.begin()
    bed.reader.tell([1])
    bed.run(9)
    assert asked == []
    assert not follower.follows(1, bed.reader.reading.line)


def test_the_wish_is_followed_in_the_midst_of_a_line(bed):
    bed.settings.change(follow_words=False)
    follower, told = followed(bed)
    bed.reader.tell([1])
    bed.run(2.0)
    assert told == []
    bed.settings.change(follow_words=True)
    assert follower.said(1, 0) == (6, 8)
    bed.settings.change(follow_words=False)
    assert follower.said(1, 0) is None


def test_a_line_without_times_is_not_followed():
    bed = Bedside({1: [4.0, 4.0]}, follow_words=True)
    follower, _ = followed(bed)
    bed.reader.tell([1])
    bed.run(2.0)
    assert not follower.follows(1, 0)


def test_who_no_longer_looks_is_told_nothing(bed):
    follower, told = followed(bed)
    bed.reader.tell([1])
    bed.run(1.0)
    follower.end()
    told.clear()
    bed.run(9)
    assert told == []

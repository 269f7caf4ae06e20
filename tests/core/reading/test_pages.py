"""A Reader night: a person reads aloud, a hand turns the lines, and every place is kept."""

import pytest

from storytime.core.errors import DiskFull
from storytime.core.reading.landing import A_STORY_NEEDS
from storytime.core.reading.pages import PageTurner
from storytime.devices.rehearsal import PretendClock
from tests.core.reading.bedside import Bedside

STARS = 0


class Lap:
    """A page turner over stories as a `Bedside` makes them; a length of 0 is a line of stars."""

    def __init__(self, stories):
        self.shelf = Bedside(stories).shelf
        self.clock = PretendClock()
        self.pages = PageTurner(self.shelf, self.clock)
        self.begun, self.ended, self.finished, self.states, self.notes = [], [], [], [], []
        self.pages.line_started.connect(lambda story, line: self.begun.append((story, line)))
        self.pages.line_ended.connect(lambda story, line, whole: self.ended.append((story, line, whole)))
        self.pages.finished.connect(self.finished.append)
        self.pages.changed.connect(lambda reading: self.states.append(reading.state))
        self.pages.noted.connect(self.notes.append)

    def turn(self, times):
        for _ in range(times):
            self.pages.next()


def test_each_turn_is_one_line_and_after_the_last_the_evening_hears_of_it():
    lap = Lap({1: [3, 3, 3]})
    lap.pages.tell([1])
    lap.turn(3)
    assert lap.begun == [(1, 0), (1, 1), (1, 2)]
    assert lap.ended == [(1, 0, True), (1, 1, True), (1, 2, True)]
    assert lap.finished == [False]
    assert lap.states == ["reading", "reading", "reading", "idle"]


def test_no_line_ends_by_itself():
    lap = Lap({1: [3, 3, 3]})
    lap.pages.tell([1])
    lap.clock.advance(600)
    assert lap.begun == [(1, 0)]
    assert lap.finished == []


def test_a_line_back_is_shown_again_and_the_first_one_stays():
    lap = Lap({1: [3, 3, 3]})
    lap.pages.tell([1])
    lap.turn(2)
    for _ in range(4):
        lap.pages.back()
    assert lap.begun == [(1, 0), (1, 1), (1, 2), (1, 1), (1, 0)]


def test_the_place_is_the_first_line_not_yet_passed():
    lap = Lap({1: [3] * 9})
    lap.pages.tell([1])
    lap.turn(4)
    assert lap.shelf.places[1] == 4
    lap.pages.back()
    lap.pages.leave()
    assert lap.shelf.places[1] == 3
    lap.pages.tell([1])
    assert lap.begun[-1] == (1, 3)


def test_a_story_read_to_its_end_begins_again_the_next_time():
    lap = Lap({1: [3, 3]})
    lap.shelf.places[1] = 1
    lap.pages.tell([1])
    lap.turn(1)
    assert lap.shelf.places[1] == 0


def test_the_next_story_follows_at_its_own_place():
    lap = Lap({1: [3], 2: [3, 3, 3]})
    lap.shelf.places[2] = 1
    lap.pages.tell([1, 2])
    lap.turn(2)
    assert lap.begun == [(1, 0), (2, 1), (2, 2)]


def test_one_line_back_never_leads_into_the_story_before():
    lap = Lap({1: [3, 3], 2: [3]})
    lap.pages.tell([1, 2])
    lap.turn(2)
    lap.pages.back()
    assert lap.pages.reading.story == 2


@pytest.mark.parametrize(("left", "told"), [(A_STORY_NEEDS - 3, [1]), (A_STORY_NEEDS, [1, 2])])
def test_a_next_story_is_opened_only_with_a_minute_left(left, told):
    lap = Lap({1: [3], 2: [3]})
    lap.pages.stop_by = lambda: 1000 + left
    lap.pages.tell([1, 2])
    lap.turn(1)
    assert [story for story, _ in lap.begun] == told
    assert lap.finished == ([] if len(told) == 2 else [True])


def test_a_row_of_stars_is_gone_past():
    lap = Lap({1: [3, STARS, STARS, 3, STARS]})
    lap.pages.tell([1])
    lap.turn(1)
    lap.pages.back()
    lap.turn(2)
    assert lap.begun == [(1, 0), (1, 3), (1, 0), (1, 3)]
    assert lap.finished == [False]


def test_a_book_without_a_word_and_one_that_is_gone_are_passed_over():
    lap = Lap({1: [STARS] * 40, 3: [3]})
    lap.pages.tell([1, 2, 3])
    assert lap.begun == [(3, 0)]


def test_nothing_laid_out_is_over_at_once():
    lap = Lap({})
    lap.pages.tell([])
    assert lap.finished == [False]


def test_a_story_taken_away_while_it_is_read_gives_way_to_the_next():
    lap = Lap({1: [3, 3], 2: [3]})
    lap.pages.tell([1, 2])
    del lap.shelf.stories[1]
    lap.turn(1)
    assert lap.pages.reading.story == 2


def test_closing_the_book_early_keeps_the_line_that_was_not_passed():
    lap = Lap({1: [3] * 5})
    lap.pages.tell([1])
    lap.turn(2)
    lap.pages.land_now()
    assert lap.ended[-1] == (1, 2, False)
    assert lap.finished == [True]
    assert lap.shelf.places[1] == 2
    assert not lap.pages.reading.under_way


def test_a_closed_book_hears_no_key():
    lap = Lap({1: [3] * 5})
    for act in (lap.pages.next, lap.pages.back, lap.pages.land_now, lap.pages.leave):
        act()
    assert (lap.begun, lap.finished, lap.states) == ([], [], [])


def test_a_place_that_cannot_be_kept_is_said_once_and_stops_nobody():
    lap = Lap({1: [3] * 5})

    def full(_story, _line):
        raise DiskFull("library.db")

    lap.shelf.keep_place = full
    lap.pages.tell([1])
    lap.turn(4)
    assert lap.begun[-1] == (1, 4)
    assert len(lap.notes) == 1


def test_a_long_book_costs_a_page_no_more_than_a_short_one():
    lap = Lap({1: [3] * 5000})
    lap.shelf.places[1] = 4990
    lap.pages.tell([1])
    lap.turn(2)
    lap.pages.back()
    assert lap.shelf.most_asked <= 16


def test_whoever_closes_the_book_when_it_ends_hears_of_no_line_twice():
    lap = Lap({1: [3, 3]})
    lap.pages.finished.connect(lambda _landed: lap.pages.leave())
    lap.pages.tell([1])
    lap.turn(2)
    assert lap.ended == [(1, 0, True), (1, 1, True)]

"""What is prepared: every line of tonight in the voice that will tell it, and an honest word about the machine."""

import pytest

from storytime.core.reading import preparing
from storytime.core.reading.narrator import Narrator
from storytime.core.reading.preparer import Preparer
from storytime.core.reading.preparing import Preparation
from storytime.core.reading.script import BETWEEN_STORIES
from storytime.core.shelf.story import Line
from storytime.devices.rehearsal import PretendClock, PretendVoice
from tests.core.reading.bedside import Bookcase, Drawer


class Memory:
    """A state store that is a dictionary."""

    def __init__(self):
        self.kept = {}

    def load(self, name):
        return self.kept.get(name)

    def save(self, name, value):
        self.kept[name] = value


def story(count, words="Once upon a time there was a lamp"):
    return [Line(f"{words}, number {number}.", 0.0) for number in range(count)]


class Day:
    """A voice that takes `delay` seconds for a line, and two stories of forty and three lines."""

    def __init__(self, delay=0.1, seconds=lambda _utterance: 4.0):
        self.clock, self.delay = PretendClock(), delay
        self.made = []
        self.memory = Memory()
        self.voice = PretendVoice(self.clock, seconds, delay=delay)
        self.case = Bookcase({1: story(40), 2: [*story(2, "Good evening"), Line("* * *", 1.0)]})
        self.narrator = Narrator(self.voice, Drawer())

    def hands(self):
        self.made.append(PretendVoice(self.clock, lambda _utterance: 4.0, delay=self.delay))
        self.made[-1]._kept = self.voice._kept  # As real ones share their folder.
        return self.made[-1]

    def preparation(self, *stories):
        return Preparation(self.case, self.narrator, self.voice, self.clock, stories)

    def preparer(self):
        return Preparer(self.case, lambda: self.narrator, self.voice, self.hands, self.clock, self.memory)


def test_every_line_is_made_and_kept_through_the_night_and_so_is_the_goodnight():
    day = Day()
    work = day.preparation(1, 2)
    work.begin()
    day.clock.advance(60)
    assert (work.now.state, work.now.ready, work.now.lines, work.now.left_out) == ("done", 43, 43, 0)
    assert day.voice.spared == set(day.voice.asked)
    assert len(day.voice.asked) == 43
    assert work.now.seconds == pytest.approx(42 * 4 + BETWEEN_STORIES)


def test_what_is_ready_is_not_made_again():
    day = Day()
    first = day.preparation(1)
    first.begin()
    day.clock.advance(60)
    asked = len(day.voice.asked)
    again = day.preparation(1)
    again.begin()
    assert again.now.state == "making", "a long book must not hold the window up"
    day.clock.advance(0)
    assert again.now.state == "done"
    assert len(day.voice.asked) == asked


def test_it_begins_where_the_story_was_left():
    day = Day()
    day.case.places[1] = 30
    work = day.preparation(1)
    work.begin()
    day.clock.advance(60)
    assert work.now.lines == work.now.ready == 10


def test_stopped_it_keeps_what_is_ready_and_asks_for_no_more():
    day = Day(delay=1.0)
    work = day.preparation(1)
    ended = []
    work.ended.connect(ended.append)
    work.begin()
    day.clock.advance(10.5)
    work.stop()
    asked = len(day.voice.asked)
    day.clock.advance(60)
    assert [one.state for one in ended] == ["stopped"]
    assert 0 < ended[0].ready < 40
    assert len(day.voice.asked) == asked


def test_a_line_that_no_voice_can_say_is_counted_and_the_rest_goes_on():
    def seconds(utterance):
        if "number seven." in utterance.text:
            raise ValueError("no sound")
        return 4.0

    day = Day(seconds=seconds)
    work = day.preparation(1)
    work.begin()
    day.clock.advance(60)
    assert (work.now.state, work.now.ready, work.now.left_out) == ("done", 39, 1)


def test_a_long_book_is_prepared_for_one_night(monkeypatch):
    monkeypatch.setattr(preparing, "ONE_NIGHT", 60.0)
    day = Day()
    work = day.preparation(1)
    work.begin()
    day.clock.advance(60)
    assert work.now.state == "done"
    assert 13 <= work.now.ready < 16


@pytest.mark.parametrize(("delay", "slow"), [(0.1, False), (3.5, True)])
def test_a_machine_is_called_slow_by_the_sound_it_makes_a_second(delay, slow):
    day = Day(delay=delay)
    work = day.preparation(1)
    work.begin()
    day.clock.advance(300)
    assert work.now.pace == pytest.approx(4.0 / delay, rel=0.1)
    assert work.now.slow is slow


def test_a_machine_that_made_nothing_is_not_judged():
    day = Day()
    work = day.preparation(2)
    work.begin()
    day.clock.advance(60)
    assert work.now.pace is None
    assert not work.now.slow


def test_the_voices_that_prepare_are_let_go_when_it_is_done():
    day = Day()
    closed = []
    preparer = day.preparer()
    preparer.begin([1])
    day.made[0].close = lambda: closed.append(True)
    day.clock.advance(60)
    assert closed == [True]
    assert preparer.is_ready([1])
    assert not preparer.is_ready([1, 2])
    assert not day.voice.asked


def test_a_new_wish_takes_the_place_of_the_one_before():
    day = Day()
    preparer = day.preparer()
    preparer.begin([1])
    preparer.begin([2])
    day.clock.advance(60)
    assert (preparer.now.state, preparer.now.stories) == ("done", (2,))


def test_a_slow_machine_is_still_known_after_a_restart():
    day = Day(delay=3.5)
    day.preparer().begin([1])
    day.clock.advance(300)
    assert day.preparer().slow


def test_what_was_prepared_in_another_voice_is_not_ready():
    day = Day()
    preparer = day.preparer()
    preparer.begin([1])
    day.clock.advance(60)
    day.narrator._settings.change(voice={"en": "pretend:german"})
    assert not preparer.is_ready([1])

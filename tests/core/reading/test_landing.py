"""The landing: reading ends at the end of a sentence, early enough, over every stop time, voice and pause."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from storytime.core.reading.landing import A_STORY_NEEDS, BEFORE_THE_GOODNIGHT, Ahead, fits, how_many_fit
from tests.core.reading.bedside import Bedside

seconds = st.floats(0.4, 25.0).map(lambda value: round(value, 2))
stories = st.lists(st.lists(st.one_of(seconds, st.just(0)), min_size=1, max_size=25), min_size=1, max_size=3)
acts = st.one_of(
    st.tuples(st.just("wait"), st.floats(0.05, 40.0)),
    st.tuples(st.just("hold"), st.floats(0.05, 29.0)),
    st.tuples(st.just("pause"), st.floats(31.0, 120.0)),
    st.tuples(st.just("deadline"), st.floats(-90.0, 300.0)),
    st.tuples(st.just("no deadline"), st.just(0.0)),
    st.tuples(st.just("suspend"), st.floats(11.0, 200.0)),
    st.tuples(st.just("lose"), st.floats(0.5, 60.0)),
    st.tuples(st.just("back"), st.just(0.0)),
    st.tuples(st.just("next"), st.just(0.0)),
    st.tuples(st.just("land"), st.just(0.0)),
)


def test_a_line_fits_when_it_ends_in_time():
    assert fits(100.0, 5.0, None)
    assert fits(100.0, 5.0, 105.0)
    assert not fits(100.0, 5.1, 105.0)


def test_a_further_story_needs_a_minute_before_the_goodnight():
    goodnight = 100.0 + A_STORY_NEEDS
    assert fits(100.0, 5.0, goodnight - BEFORE_THE_GOODNIGHT, opens=True)
    assert not fits(100.1, 5.0, goodnight - BEFORE_THE_GOODNIGHT, opens=True)


@given(st.lists(st.tuples(seconds, st.floats(0, 2)), max_size=20), st.floats(0, 200))
def test_of_the_waiting_lines_the_longest_run_that_fits_is_kept(lines, left):
    waiting = [Ahead(length, pause) for length, pause in lines]
    kept = how_many_fit(0.0, waiting, left)
    ends, at = [], 0.0
    for one in waiting:
        ends.append(at + one.seconds)
        at += one.seconds + one.pause
    assert all(end <= left for end in ends[:kept])
    assert kept == len(ends) or ends[kept] > left


def test_the_voice_ends_at_the_end_of_a_sentence():
    bed = Bedside({1: [6.0] * 100}, pause=0.5)
    bed.deadline = bed.now() + 61.0
    bed.reader.tell([1])
    diary = bed.run(200)
    assert diary.finished == [True]
    assert all(one.whole for one in diary.heard)
    assert len(diary.heard) == 9
    assert diary.finished_at == diary.heard[-1].end


def test_the_last_line_is_no_further_from_the_end_than_the_next_is_long():
    bed = Bedside({1: [6.0] * 100}, pause=0.0)
    bed.deadline = bed.now() + 60.5
    bed.reader.tell([1])
    assert bed.run(200).heard[-1].end > bed.deadline - 6.3


def test_more_time_goes_on_with_a_story_that_was_about_to_land():
    bed = Bedside({1: [6.0] * 10}, pause=0.0)
    bed.deadline = bed.now() + 14.0
    bed.reader.tell([1])
    bed.run(9)
    bed.deadline += 600
    assert bed.run(100).finished == [False]
    assert len(bed.diary.heard) == 10


def test_less_time_ends_with_the_line_that_sounds():
    bed = Bedside({1: [6.0] * 10}, pause=0.0)
    bed.reader.tell([1])
    bed.run(9)
    bed.deadline = bed.now() + 1.0
    diary = bed.run(100)
    assert diary.whole() == [(1, 0), (1, 1)]
    assert diary.finished == [True]
    assert bed.shelf.places[1] == 2


def test_lights_out_now_finishes_the_line():
    bed = Bedside({1: [6.0] * 10})
    bed.reader.tell([1])
    bed.run(9)
    bed.reader.land_now()
    diary = bed.run(30)
    assert diary.whole() == [(1, 0), (1, 1)]
    assert diary.finished == [True]


def test_lights_out_now_can_be_taken_back_while_its_line_sounds():
    bed = Bedside({1: [6.0] * 10})
    bed.reader.tell([1])
    bed.run(9)
    bed.reader.land_now()
    bed.run(1)
    bed.reader.land_not()
    assert bed.run(100).finished == [False]
    assert len(bed.diary.whole()) == 10


def test_after_lights_out_now_a_short_pause_still_lets_the_line_end():
    bed = Bedside({1: [6.0] * 10})
    bed.reader.tell([1])
    bed.run(9)
    bed.reader.land_now()
    bed.reader.pause()
    bed.run(5)
    bed.reader.resume()
    assert bed.run(30).whole() == [(1, 0), (1, 1)]
    assert bed.diary.finished == [True]


def test_nothing_is_taken_back_from_the_speaker_while_the_time_stands():
    bed = Bedside({1: [6.0] * 40})
    bed.deadline = bed.now() + 120
    taken = []
    bed.speaker.drop_after = taken.append
    bed.reader.tell([1])
    bed.run(200)
    assert bed.diary.finished == [True]
    assert taken == []


def test_lights_out_now_in_a_pause_leaves_the_line_and_keeps_the_place():
    bed = Bedside({1: [6.0] * 10})
    bed.reader.tell([1])
    bed.run(9)
    bed.reader.pause()
    bed.reader.land_now()
    assert bed.diary.finished == [True]
    assert bed.shelf.places[1] == 1


def test_paused_past_the_time_of_stopping_the_line_is_left():
    bed = Bedside({1: [6.0] * 10})
    bed.deadline = bed.now() + 20.0
    bed.reader.tell([1])
    bed.run(9)
    bed.reader.pause()
    diary = bed.run(30)
    assert diary.finished == [True]
    assert diary.finished_at <= bed.deadline + 1.0
    assert diary.heard[-1].whole is False
    assert bed.shelf.places[1] == 1


def test_a_held_line_that_would_end_too_late_is_left_when_it_should_go_on():
    bed = Bedside({1: [10.0] * 10})
    bed.deadline = bed.now() + 15.0
    bed.reader.tell([1])
    bed.run(2)
    bed.reader.pause()
    bed.run(10)
    bed.reader.resume()
    assert bed.diary.finished == [True]
    assert bed.shelf.places[1] == 0


def test_a_next_story_begins_only_with_a_minute_left():
    for left, told in ((75.0, 1), (90.0, 2)):
        bed = Bedside({1: [10.0, 10.0], 2: [5.0] * 40}, pause=0.0)
        bed.deadline = bed.now() + left
        bed.reader.tell([1, 2])
        diary = bed.run(300)
        assert len({one.story for one in diary.heard}) == told
        assert diary.finished == [True]


def test_a_voice_too_slow_for_the_time_left_lands_without_a_word():
    bed = Bedside({1: [6.0]}, delay=100.0)
    bed.deadline = bed.now() + 50
    bed.reader.tell([1])
    diary = bed.run(60)
    assert diary.heard == []
    assert diary.finished == [True]


@settings(max_examples=150, deadline=None)
@given(stories, st.floats(1.0, 400.0), st.floats(0.0, 2.0), st.floats(0.001, 3.0))
def test_undisturbed_every_line_is_heard_whole_once_in_order_and_ends_in_time(lengths, left, pause, delay):
    bed = Bedside(dict(enumerate(lengths, 1)), pause=pause, delay=delay)
    bed.deadline = bed.now() + left
    bed.reader.tell(list(bed.shelf.stories))
    diary = bed.run_to_the_end()
    wanted = [(story, line) for story, all_ in enumerate(lengths, 1) for line, each in enumerate(all_) if each]
    assert diary.lines() == diary.whole() == wanted[: len(diary.heard)]
    assert all(one.end <= bed.deadline for one in diary.heard)
    assert len(diary.finished) == 1
    if len(diary.heard) < len(wanted):
        assert diary.finished == [True]
    elif all(all(all_) for all_ in lengths):
        assert diary.finished == [False]
    _the_place_is_right(bed, lengths, diary)


def _the_place_is_right(bed, lengths, diary):
    for story, all_ in enumerate(lengths, 1):
        whole = [line for told, line in diary.whole() if told == story]
        if whole and whole[-1] < max(line for line, each in enumerate(all_) if each):
            place = bed.shelf.places[story]
            assert whole[-1] < place
            assert not any(all_[whole[-1] + 1 : place])


@settings(max_examples=300, deadline=None)
@given(stories, st.lists(acts, max_size=12), st.floats(0.0, 2.0), st.floats(0.001, 3.0))
@example([[1.0, 2.0]], [("next", 0.0), ("deadline", 12.0), ("hold", 10.0)], 0.0, 1.0)
def test_whatever_happens_no_word_is_cut_and_none_begins_that_would_end_too_late(lengths, happenings, pause, delay):
    bed = Bedside(dict(enumerate(lengths, 1)), pause=pause, delay=delay)
    watch = Watch(bed)
    bed.reader.tell(list(bed.shelf.stories))
    for act, amount in happenings:
        watch.act(act, amount)
    watch.by_hand = False
    bed.reader.resume()
    diary = bed.run_to_the_end()
    assert diary.finished
    assert watch.cut == []
    assert watch.late == []
    assert bed.reader.reading.state == "idle"


class Watch:
    """Does what happens to a telling, and holds the law while it does."""

    def __init__(self, bed):
        self.bed = bed
        self.by_hand = False
        self.cut = []
        self.late = []
        self.known = None
        """The time of stopping as it was at the last tick: a new one is heard of within a second."""
        bed.clock.ticked.connect(self._ticked)
        bed.reader.line_started.connect(self._started)
        bed.reader.line_ended.connect(self._ended)

    def _ticked(self):
        self.known = self.bed.deadline

    def _started(self, story, line):
        length = self.bed.length(story, line)
        deadlines = (self.bed.deadline, self.known)
        if None not in deadlines and self.bed.now() + length > max(deadlines) + 0.001:
            self.late.append((story, line))
        assert self.bed.shelf.places[story] == line

    def _ended(self, story, line, whole):
        if not whole and not self.by_hand:
            self.cut.append((story, line))
        assert self.bed.shelf.places[story] in ((0, line + 1) if whole else (0, line))

    def act(self, act, amount):
        bed, reader = self.bed, self.bed.reader
        self.by_hand = act not in ("wait", "deadline", "no deadline", "land")
        if act == "wait":
            bed.run(amount)
        elif act in ("hold", "pause"):
            reader.pause()
            bed.run(amount)
            reader.resume()
        elif act == "deadline":
            bed.deadline = bed.now() + amount
            bed.run(1.0)
        elif act == "no deadline":
            bed.deadline = None
        elif act == "suspend":
            bed.clock.suspend(amount)
        elif act == "lose":
            bed.speaker.lose()
            bed.run(amount)
            bed.speaker.give_back()
            reader.resume()
        else:
            {"back": reader.back, "next": reader.next, "land": reader.land_now}[act]()
        self.by_hand = False

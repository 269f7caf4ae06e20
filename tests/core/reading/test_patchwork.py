"""Recorded voices and the machine's in one story: what fails falls to the next, and no line is skipped for it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from storytime.core.ports import Utterance
from storytime.core.reading.assembly import Assembly
from storytime.core.reading.script import Script
from storytime.core.reading.telling import STEPPED_IN, UNHEARD, UNSAID
from tests.core.reading.bedside import Bedside
from tests.core.reading.test_landing import Watch, acts, seconds

BROKEN = None
lines = st.tuples(st.one_of(seconds, st.just(0)), st.lists(st.one_of(seconds, st.just(BROKEN)), max_size=2))
patchworks = st.lists(st.lists(lines, min_size=1, max_size=20), min_size=1, max_size=3)


def bedside(patchwork, **more):
    stories = {story: [spoken for spoken, _ in told] for story, told in enumerate(patchwork, 1)}
    takes = {(story, line): one for story, told in enumerate(patchwork, 1) for line, (_, one) in enumerate(told) if one}
    return Bedside(stories, takes=takes, **more)


def wanted_of(bed):
    return [
        (story, line)
        for story, told in bed.shelf.stories.items()
        for line in range(len(told))
        if bed.length(story, line)
    ]


def heard_seconds(diary):
    return [round(one.end - one.begin, 2) for one in diary.heard]


def test_a_line_is_told_by_its_take_and_the_others_by_the_machine():
    bed = bedside([[(4.0, []), (4.0, [7.0]), (4.0, [])]], pause=0.5)
    bed.reader.tell([1])
    assert heard_seconds(bed.run(60)) == [4.0, 7.0, 4.0]
    assert bed.diary.notes == []


def test_a_take_that_cannot_be_played_falls_to_the_next_candidate_and_no_line_is_skipped():
    bed = bedside([[(4.0, [BROKEN, 6.0]), (4.0, [BROKEN]), (4.0, [BROKEN, BROKEN]), (4.0, [])]])
    bed.reader.tell([1])
    diary = bed.run(60)
    assert diary.whole() == [(1, 0), (1, 1), (1, 2), (1, 3)]
    assert heard_seconds(diary) == [6.0, 4.0, 4.0, 4.0]
    assert diary.notes == [UNHEARD]
    assert diary.finished == [False]


def test_many_broken_takes_in_a_row_do_not_end_the_story():
    bed = bedside([[(4.0, [BROKEN]) for _ in range(12)]])
    bed.reader.tell([1])
    assert len(bed.run(120).whole()) == 12


def test_where_the_machine_s_other_voice_steps_in_no_recording_is_blamed():
    bed = bedside([[(4.0, []), (4.0, [])]])
    bed.narrator.candidates = lambda card, start, texts, *_: [
        (Utterance(text, "hibari:heart"), Utterance(text, "espeak:en")) for text in texts
    ]
    bed.broken_voices = {"hibari:heart"}
    bed.reader.tell([1])
    diary = bed.run(60)
    assert diary.whole() == [(1, 0), (1, 1)]
    assert diary.notes == [STEPPED_IN]


def test_only_where_every_candidate_fails_the_line_is_passed_by():
    bed = bedside([[(4.0, []), (4.0, [BROKEN]), (4.0, [])]], unsayable={"Line1 of story1."})
    bed.reader.tell([1])
    diary = bed.run(60)
    assert diary.whole() == [(1, 0), (1, 2)]
    assert diary.notes == [UNHEARD, UNSAID]


def test_a_piece_without_words_is_told_by_its_take():
    bed = bedside([[(0, [9.0]), (0, []), (0, [3.0])]])
    bed.reader.tell([1])
    diary = bed.run(60)
    assert diary.whole() == [(1, 0), (1, 2)]
    assert heard_seconds(diary) == [9.0, 3.0]


def test_a_broken_first_take_was_replaced_before_the_key_is_pressed():
    bed = bedside([[(4.0, [BROKEN]), (4.0, [])]], delay=1.0)
    bed.reader.prepare([1])
    bed.run(10)
    asked = len(bed.voice.asked)
    bed.reader.tell([1])
    begun = bed.now()
    assert bed.run(2.0).heard[0].begin - begun < 1.5
    assert asked == 4, "the broken take, the line after it, the machine in its stead, and the goodnight"


def test_the_longer_take_is_what_lands_in_time():
    bed = bedside([[(4.0, [30.0]), (4.0, [30.0])]], pause=0.0)
    bed.deadline = bed.now() + 40.0
    bed.reader.tell([1])
    diary = bed.run(120)
    assert diary.whole() == [(1, 0)], "the second take would not end in time, and no other voice takes its place"
    assert diary.finished == [True]
    assert bed.shelf.places[1] == 1


def test_a_file_is_put_together_from_the_first_sayable_candidates():
    bed = bedside(
        [[(4.0, [BROKEN, 6.0]), (4.0, []), (0, [2.0]), (0, []), (4.0, [BROKEN])]], unsayable={"Line4 of story1."}
    )
    said, ended = [], []
    assembly = Assembly(Script(bed.shelf, bed.narrator, (1,)), bed.voice)
    assembly.assembled.connect(lambda step, sound: said.append((step.index, sound.seconds if sound else None)))
    assembly.ended.connect(lambda: ended.append(True))
    assembly.begin()
    bed.run(10)
    assert said == [(0, 6.0), (1, 4.0), (2, 2.0), (3, None), (4, None)]
    assert assembly.left_out == 1
    assert ended == [True]


@settings(max_examples=150, deadline=None)
@given(patchworks, st.floats(1.0, 400.0), st.floats(0.0, 2.0), st.floats(0.001, 3.0))
def test_a_failing_first_candidate_never_skips_a_line(patchwork, left, pause, delay):
    bed = bedside(patchwork, pause=pause, delay=delay)
    bed.deadline = bed.now() + left
    bed.reader.tell(list(bed.shelf.stories))
    diary = bed.run_to_the_end()
    wanted = wanted_of(bed)
    assert diary.lines() == diary.whole() == wanted[: len(diary.heard)]
    assert all(one.end <= bed.deadline for one in diary.heard)
    lengths = [bed.length(*line) for line in diary.whole()]
    assert all(abs(one.end - one.begin - length) < 0.01 for one, length in zip(diary.heard, lengths, strict=True))
    assert diary.finished[:1] == [True] or len(diary.heard) == len(wanted)


@settings(max_examples=150, deadline=None)
@given(patchworks, st.lists(acts, max_size=12), st.floats(0.0, 2.0), st.floats(0.001, 3.0))
def test_a_patchwork_keeps_the_law_of_the_landing_whatever_happens(patchwork, happenings, pause, delay):
    bed = bedside(patchwork, pause=pause, delay=delay)
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

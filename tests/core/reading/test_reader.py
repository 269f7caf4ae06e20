"""The reader's promises: what is begun is heard whole, and every story goes on where it was left."""

import itertools

import pytest

from storytime.core.reading.reader import LOST
from storytime.core.reading.telling import RENDERED_AHEAD, SILENCED, UNSAID
from tests.core.reading.bedside import Bedside


def test_a_story_is_told_line_by_line_to_its_end():
    bed = Bedside({1: [3.0, 2.0, 4.0]})
    bed.reader.tell([1])
    diary = bed.run(60)
    assert diary.whole() == [(1, 0), (1, 1), (1, 2)]
    assert diary.finished == [False]
    assert diary.states == ["preparing", "telling", "telling", "telling", "idle"]


def test_between_two_lines_there_is_the_pause_that_was_asked_for_and_no_more():
    bed = Bedside({1: [3.0] * 20}, pause=0.7)
    bed.reader.tell([1])
    heard = bed.run(120).heard
    silences = [after.begin - before.end for before, after in itertools.pairwise(heard)]
    assert silences == pytest.approx([0.7] * 19)


def test_a_slow_voice_is_asked_ahead_so_that_no_line_waits_for_it():
    bed = Bedside({1: [4.0] * 30}, pause=0.5, delay=3.0)
    bed.reader.tell([1])
    heard = bed.run(200).heard
    silences = [after.begin - before.end for before, after in itertools.pairwise(heard)]
    assert max(silences) == pytest.approx(0.5)


def test_a_million_words_begin_as_fast_as_a_thousand():
    firsts = []
    for lines in (80, 80_000):
        bed = Bedside({1: [3.0] * lines}, delay=0.05)
        began = bed.now()
        bed.reader.tell([1])
        bed.run_until_line(0)
        firsts.append(bed.diary.heard[0].begin - began)
        assert bed.shelf.most_asked <= 16
        assert len(bed.voice.asked) <= RENDERED_AHEAD + 3
    assert firsts[0] == firsts[1]


def test_what_was_prepared_begins_at_once():
    bed = Bedside({1: [3.0] * 9}, delay=0.2)
    bed.reader.prepare([1], open_path=True)
    bed.run(2)
    assert bed.speaker.is_open
    began = bed.now()
    bed.reader.tell([1])
    assert bed.diary.heard[0].begin == began


def test_stories_follow_each_other_after_two_seconds():
    bed = Bedside({1: [3.0, 3.0], 2: [2.0, 2.0]})
    bed.reader.tell([1, 2])
    diary = bed.run(60)
    assert diary.whole() == [(1, 0), (1, 1), (2, 0), (2, 1)]
    assert diary.heard[2].begin - diary.heard[1].end == pytest.approx(2.0)
    assert diary.finished == [False]


def test_a_story_taken_off_the_shelf_is_passed_over():
    bed = Bedside({1: [3.0], 3: [2.0]})
    bed.reader.tell([1, 2, 3])
    assert bed.run(60).whole() == [(1, 0), (3, 0)]


def test_nothing_laid_out_is_over_at_once():
    bed = Bedside({})
    bed.reader.tell([])
    assert bed.run(1).finished == [False]


def test_the_system_is_kept_awake_only_while_a_story_is_told():
    bed = Bedside({1: [5.0] * 4})
    assert not bed.lamp.awake
    bed.reader.tell([1])
    bed.run(7)
    assert bed.lamp.awake
    bed.reader.pause()
    assert not bed.lamp.awake
    bed.reader.resume()
    assert bed.lamp.awake
    bed.run(60)
    assert not bed.lamp.awake


def test_the_output_is_let_go_when_nothing_follows():
    bed = Bedside({1: [5.0]})
    bed.reader.tell([1])
    bed.run(8)
    assert bed.diary.finished
    assert bed.speaker.is_open
    bed.run(30)
    assert not bed.speaker.is_open


class TestThePlace:
    def test_it_is_the_first_line_not_heard_whole(self):
        bed = Bedside({1: [4.0] * 9})
        bed.reader.tell([1])
        bed.run_until_line(3)
        assert bed.shelf.places[1] == 3
        bed.reader.leave()
        assert bed.shelf.places[1] == 3
        assert bed.diary.heard[-1].whole is False

    def test_a_line_heard_whole_is_not_heard_again_after_leaving_in_the_pause(self):
        bed = Bedside({1: [4.0] * 9}, pause=1.0)
        bed.reader.tell([1])
        bed.run(4.5)
        bed.reader.leave()
        assert bed.shelf.places[1] == 1

    def test_a_story_goes_on_from_it(self):
        bed = Bedside({1: [4.0] * 5})
        bed.shelf.places[1] = 3
        bed.reader.tell([1])
        assert bed.run(60).lines() == [(1, 3), (1, 4)]

    def test_told_to_the_end_it_is_the_beginning_again(self):
        bed = Bedside({1: [4.0] * 3, 2: [1.0]})
        bed.reader.tell([1, 2])
        bed.run(60)
        assert bed.shelf.places == {1: 0, 2: 0}

    def test_a_named_line_goes_before_it(self):
        bed = Bedside({1: [4.0] * 5})
        bed.shelf.places[1] = 3
        bed.reader.tell([1], from_line=1)
        assert bed.run(60).lines()[0] == (1, 1)

    def test_it_is_not_moved_by_a_story_that_never_sounds(self):
        bed = Bedside({1: [4.0] * 5}, delay=5.0)
        bed.shelf.places[1] = 3
        bed.reader.tell([1], from_line=0)
        bed.run(1)
        bed.reader.leave()
        assert bed.shelf.places[1] == 3


class TestAPause:
    def test_it_holds_the_very_sample_for_thirty_seconds(self):
        bed = Bedside({1: [10.0, 3.0]})
        bed.reader.tell([1])
        bed.run(4)
        bed.reader.pause()
        bed.run(29)
        assert bed.reader.reading.state == "paused"
        bed.reader.resume()
        diary = bed.run(20)
        assert diary.whole() == [(1, 0), (1, 1)]
        assert diary.heard[0].end - diary.heard[0].begin == pytest.approx(39.0)

    def test_after_thirty_seconds_the_line_begins_again(self):
        bed = Bedside({1: [10.0, 3.0]})
        bed.reader.tell([1])
        bed.run(4)
        bed.reader.pause()
        bed.run(31)
        bed.reader.resume()
        diary = bed.run(40)
        assert diary.lines() == [(1, 0), (1, 0), (1, 1)]
        assert [one.whole for one in diary.heard] == [False, True, True]

    def test_a_machine_that_slept_in_it_holds_no_sample(self):
        bed = Bedside({1: [6.0] * 4})
        bed.reader.tell([1])
        bed.run(2)
        bed.reader.pause()
        bed.run(1)
        bed.clock.suspend(15)
        bed.run(1)
        bed.reader.resume()
        assert bed.diary.lines() == [(1, 0), (1, 0)]

    def test_thirty_seconds_asleep_count_too(self):
        bed = Bedside({1: [10.0, 3.0]})
        bed.reader.tell([1])
        bed.run(4)
        bed.reader.pause()
        bed.clock.suspend(600)
        bed.reader.resume()
        assert bed.run(40).lines() == [(1, 0), (1, 0), (1, 1)]

    def test_the_same_key_goes_on(self):
        bed = Bedside({1: [10.0, 3.0]})
        bed.reader.tell([1])
        bed.run(4)
        bed.reader.toggle()
        bed.reader.toggle()
        assert bed.run(20).finished == [False]

    def test_it_can_be_asked_for_before_the_first_word(self):
        bed = Bedside({1: [4.0]}, delay=1.0)
        bed.reader.tell([1])
        bed.reader.pause()
        assert bed.run(10).heard == []
        bed.reader.resume()
        assert bed.run(10).whole() == [(1, 0)]


class TestBackAndNext:
    def test_back_goes_to_the_line_before_at_once(self):
        bed = Bedside({1: [5.0] * 6})
        bed.reader.tell([1])
        bed.run_until_line(3)
        bed.run(1)
        pressed = bed.now()
        bed.reader.back()
        assert (bed.diary.heard[-1].line, bed.diary.heard[-1].begin) == (2, pressed)

    def test_back_in_the_pause_tells_the_line_that_has_just_ended_again(self):
        bed = Bedside({1: [5.0] * 6}, pause=1.0)
        bed.reader.tell([1])
        bed.run(5.5)
        bed.reader.back()
        assert bed.diary.lines() == [(1, 0), (1, 0)]

    def test_back_on_the_first_line_begins_it_again(self):
        bed = Bedside({1: [5.0] * 6})
        bed.reader.tell([1])
        bed.run(2)
        bed.reader.back()
        assert bed.diary.lines() == [(1, 0), (1, 0)]

    def test_next_goes_on_at_once(self):
        bed = Bedside({1: [5.0] * 6})
        bed.reader.tell([1])
        bed.run(2)
        pressed = bed.now()
        bed.reader.next()
        assert (bed.diary.heard[-1].line, bed.diary.heard[-1].begin) == (1, pressed)

    def test_next_pressed_thrice_goes_three_lines_on(self):
        bed = Bedside({1: [5.0] * 6})
        bed.reader.tell([1])
        bed.run(2)
        for _ in range(3):
            bed.reader.next()
        bed.run(1)
        assert bed.diary.heard[-1].line == 3

    def test_next_in_the_pause_leaves_out_only_the_silence(self):
        bed = Bedside({1: [5.0] * 6}, pause=1.0)
        bed.reader.tell([1])
        bed.run(5.5)
        bed.reader.next()
        assert bed.diary.lines() == [(1, 0), (1, 1)]

    def test_next_after_the_last_line_goes_to_the_next_story(self):
        bed = Bedside({1: [5.0], 2: [4.0]})
        bed.reader.tell([1, 2])
        bed.run(2)
        bed.reader.next()
        assert bed.diary.lines() == [(1, 0), (2, 0)]
        assert bed.shelf.places[1] == 0

    def test_next_after_the_very_last_line_is_the_end(self):
        bed = Bedside({1: [5.0, 5.0]})
        bed.reader.tell([1])
        bed.run_until_line(1)
        bed.reader.next()
        assert bed.diary.finished == [False]
        assert bed.shelf.places[1] == 0

    def test_either_goes_on_from_a_pause(self):
        bed = Bedside({1: [5.0] * 6})
        bed.reader.tell([1])
        bed.run(7)
        bed.reader.pause()
        bed.reader.next()
        assert bed.reader.reading.state == "telling"
        bed.run(1)
        assert bed.diary.heard[-1].line == 2


class TestSleep:
    def test_a_line_the_machine_slept_through_is_begun_again(self):
        bed = Bedside({1: [10.0] * 4})
        bed.reader.tell([1])
        bed.run(4)
        bed.clock.suspend(3600)
        diary = bed.run(60)
        assert diary.lines()[:3] == [(1, 0), (1, 0), (1, 1)]

    def test_past_the_time_of_stopping_nothing_begins_again(self):
        bed = Bedside({1: [10.0] * 4})
        bed.deadline = bed.now() + 300
        bed.reader.tell([1])
        bed.run(14)
        bed.clock.suspend(3600)
        diary = bed.run(60)
        assert diary.lines() == [(1, 0), (1, 1)]
        assert diary.finished == [True]
        assert bed.shelf.places[1] == 1


class TestALostLoudspeaker:
    def test_the_story_waits_and_says_so(self):
        bed = Bedside({1: [10.0] * 4})
        bed.reader.tell([1])
        bed.run(14)
        bed.speaker.lose()
        assert bed.reader.reading.state == "lost"
        assert bed.shelf.places[1] == 1
        assert len(bed.diary.notes) == 1
        assert bed.run(300).lines() == [(1, 0), (1, 1)]

    def test_one_key_goes_on_when_it_is_back(self):
        bed = Bedside({1: [10.0] * 4})
        bed.reader.tell([1])
        bed.run(14)
        bed.speaker.lose()
        bed.reader.toggle()
        assert bed.reader.reading.state == "lost"
        bed.speaker.give_back()
        bed.run(10)
        assert bed.reader.reading.state == "lost"
        bed.reader.toggle()
        assert bed.run(60).whole() == [(1, 0), (1, 1), (1, 2), (1, 3)]

    def test_a_story_begun_without_one_waits_for_it(self):
        bed = Bedside({1: [10.0]})
        bed.speaker.lose()
        bed.reader.tell([1])
        bed.run(5)
        assert bed.reader.reading.state == "lost"
        bed.speaker.give_back()
        bed.reader.resume()
        assert bed.run(20).whole() == [(1, 0)]

    def test_a_story_that_nobody_has_heard_yet_begins_by_itself_when_there_is_one(self):
        bed = Bedside({1: [10.0] * 2})
        bed.speaker.lose()
        bed.reader.tell([1])
        bed.run(5)
        bed.speaker.give_back()
        assert bed.run(30).whole() == [(1, 0), (1, 1)]
        assert bed.diary.notes == []

    def test_it_begins_by_itself_where_the_loudspeaker_went_with_the_first_word_on_its_way(self):
        bed = Bedside({1: [10.0] * 2})
        hand_over = bed.speaker.queue

        def fall_over(*_sound):
            bed.speaker.queue = hand_over
            bed.speaker.lose()
            bed.speaker.lost.emit()

        bed.speaker.queue = fall_over
        bed.reader.tell([1])
        bed.run(2)
        assert bed.reader.reading.state == "lost"
        bed.speaker.give_back()
        assert bed.run(40).whole() == [(1, 0), (1, 1)]

    def test_it_looks_for_one_that_does_not_say_that_it_has_come(self):
        bed = Bedside({1: [10.0] * 2})
        bed.speaker.lose()
        bed.reader.tell([1])
        bed.run(5)
        bed.speaker._there = True
        assert bed.run(30).whole() == [(1, 0), (1, 1)]

    def test_it_does_not_begin_by_itself_much_later(self):
        bed = Bedside({1: [10.0]})
        bed.speaker.lose()
        bed.reader.tell([1])
        bed.run(60)
        assert bed.diary.notes == [LOST]
        bed.speaker.give_back()
        assert bed.run(10).lines() == []
        bed.reader.toggle()
        assert bed.run(20).whole() == [(1, 0)]

    def test_nor_where_a_parent_held_it_meanwhile(self):
        bed = Bedside({1: [10.0]}, delay=2.0)
        bed.reader.tell([1])
        bed.reader.pause()
        bed.speaker.lose()
        bed.run(5)
        bed.speaker.give_back()
        assert bed.run(10).lines() == []

    def test_one_that_goes_before_the_first_word_is_noticed_too(self):
        bed = Bedside({1: [10.0]}, delay=2.0)
        bed.reader.tell([1])
        bed.speaker.lose()
        bed.run(5)
        assert bed.reader.reading.state == "lost"

    def test_past_the_time_of_stopping_a_story_that_never_began_is_over_and_noted(self):
        bed = Bedside({1: [10.0] * 4})
        bed.deadline = bed.now() + 20
        bed.speaker.lose()
        bed.reader.tell([1])
        assert bed.run(25).finished == [True]
        assert bed.diary.notes == [LOST]

    def test_past_the_time_of_stopping_it_is_over(self):
        bed = Bedside({1: [10.0] * 4})
        bed.deadline = bed.now() + 40
        bed.reader.tell([1])
        bed.run(5)
        bed.speaker.lose()
        assert bed.run(40).finished == [True]
        assert bed.shelf.places[1] == 0


class TestAVoiceThatFails:
    def test_the_next_line_is_spoken_and_the_failure_noted_once(self):
        bed = Bedside({1: [4.0] * 8}, unsayable={"Line1 of story1.", "Line4 of story1."})
        bed.reader.tell([1])
        diary = bed.run(60)
        assert [line for _, line in diary.whole()] == [0, 2, 3, 5, 6, 7]
        assert diary.notes == [UNSAID]
        assert diary.finished == [False]

    def test_after_three_in_a_row_the_story_ends_kindly_at_the_first_of_them(self):
        bed = Bedside({1: [4.0] * 20}, unsayable={f"Line{number} of story1." for number in range(2, 20)})
        bed.reader.tell([1])
        diary = bed.run(60)
        assert diary.whole() == [(1, 0), (1, 1)]
        assert diary.finished == [True]
        assert SILENCED in diary.notes
        assert bed.shelf.places[1] == 2

    def test_a_last_line_that_fails_is_the_end_all_the_same(self):
        bed = Bedside({1: [4.0] * 3}, unsayable={"Line2 of story1."})
        bed.reader.tell([1])
        assert bed.run(60).finished == [False]
        assert bed.shelf.places[1] == 0

    def test_a_machine_without_a_voice_says_so_and_ends(self):
        bed = Bedside({1: [4.0] * 3})
        bed.voice._voices = ()
        bed.reader.tell([1])
        diary = bed.run(10)
        assert diary.finished == [True]
        assert len(diary.notes) == 1

    def test_a_line_with_nothing_to_say_goes_by(self):
        bed = Bedside({1: [4.0, 0, 4.0, 0]})
        bed.reader.tell([1])
        diary = bed.run(60)
        assert diary.whole() == [(1, 0), (1, 2)]
        assert diary.finished == [False]
        assert bed.shelf.places[1] == 0


class TestVolume:
    def test_the_first_volume_ever_is_low(self):
        bed = Bedside({1: [4.0]})
        bed.reader.tell([1])
        assert bed.speaker.volume == 0.35

    def test_steps_are_remembered(self):
        bed = Bedside({1: [4.0]})
        bed.reader.tell([1])
        bed.reader.louder()
        assert bed.speaker.volume == bed.settings.value.night_volume == 0.4
        bed.reader.softer()
        bed.reader.softer()
        assert bed.settings.value.night_volume == 0.3

    def test_the_night_has_a_ceiling_and_never_falls_silent(self):
        bed = Bedside({1: [4.0]}, night_volume=1.0)
        bed.reader.tell([1])
        assert bed.speaker.volume == 0.7
        for _ in range(50):
            bed.reader.softer()
        assert bed.speaker.volume == 0.05


class TestTheGoodnight:
    def test_its_length_is_known_once_it_was_prepared(self):
        bed = Bedside({1: [4.0]}, goodnight=3.5)
        assert bed.reader.goodnight_seconds() is None
        bed.reader.prepare([1])
        bed.run(1)
        assert bed.reader.goodnight_seconds() == pytest.approx(3.5, abs=0.001)

    def test_it_is_spoken_once_and_lets_the_output_go(self):
        bed = Bedside({1: [4.0]}, goodnight=3.5)
        bed.reader.tell([1])
        bed.run(6)
        said = bed.now()
        bed.reader.say_goodnight()
        bed.reader.say_goodnight()
        diary = bed.run(30)
        assert [what for what, _ in diary.goodnights] == ["started", "ended"]
        assert diary.goodnights[1][1] == pytest.approx(said + 3.5, abs=0.001)
        assert bed.reader.reading.state == "idle"
        assert not bed.speaker.is_open

    @pytest.mark.parametrize(
        ("language", "words"), [("en-gb", "Good night."), ("de", "Gute Nacht."), ("tlh", "Good night.")]
    )
    def test_it_is_in_the_language_of_the_story(self, language, words):
        bed = Bedside({1: [4.0]}, languages={1: language})
        bed.reader.prepare([1])
        assert bed.voice.asked[-1].text.startswith(words)

    def test_a_family_may_have_its_own(self):
        bed = Bedside({1: [4.0]})
        bed.settings.change(goodnight="Sleep tight, little bear.")
        bed.reader.prepare([1])
        assert bed.voice.asked[-1].text == "Sleep tight, little bear."

    def test_one_that_cannot_be_spoken_ends_all_the_same_with_a_note(self):
        bed = Bedside({1: [4.0]})
        bed.unsayable.add("Good night. See you in the morning.")
        bed.reader.say_goodnight()
        diary = bed.run(5)
        assert [what for what, _ in diary.goodnights] == ["ended"]
        assert len(diary.notes) == 1

    def test_asked_for_while_a_line_sounds_it_waits_for_its_end(self):
        bed = Bedside({1: [8.0] * 3})
        bed.reader.tell([1])
        bed.run(3)
        bed.reader.say_goodnight()
        diary = bed.run(30)
        assert diary.whole() == [(1, 0)]
        assert diary.goodnights[0][1] >= diary.heard[0].end

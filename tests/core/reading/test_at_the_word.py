"""By day a story goes on at the word where it was stopped; by night, at the beginning of its line."""

import array
import math
import wave

import pytest

from storytime.core.errors import CannotReadState, CannotSave
from storytime.core.ports import Sound, Word
from storytime.core.reading.entering import BEFORE, entered, quiet_frame
from tests.core.reading.bedside import Bedside

SECOND_WORD = 4.0 * 6 / len("Line0 of story1.")


class Drawer:
    def __init__(self):
        self.kept = {}

    def load(self, name):
        return self.kept.get(name)

    def save(self, name, value):
        self.kept[name] = value


def told(**more):
    bed = Bedside({1: [4.0] * 5, 2: [4.0] * 5}, words=True, **more)
    bed.reader.tell([1])
    return bed


def heard_of(bed):
    """Seconds for which the line that was heard last sounded."""
    bed.run(10)
    line = next(one for one in reversed(bed.diary.heard) if one.whole)
    return line.end - line.begin


def first_after_going_on(bed):
    before = len(bed.diary.heard)
    bed.reader.tell([1])
    bed.run(4.3)
    line = bed.diary.heard[before]
    return line.line, line.end - line.begin if line.whole else None


def rest():
    """How long the first line is heard from its second word on, with the little before it."""
    return pytest.approx(4.0 - SECOND_WORD + BEFORE, abs=0.01)


def test_a_story_stopped_by_day_goes_on_at_its_word():
    bed = told()
    bed.run(2.0)
    bed.reader.leave()
    assert first_after_going_on(bed) == (0, rest())


def test_it_outlives_the_program():
    drawer = Drawer()
    bed = told(store=drawer)
    bed.run(2.0)
    bed.reader.leave()
    later = Bedside({1: [4.0] * 5}, words=True, store=drawer)
    assert first_after_going_on(later) == (0, rest())


def test_stopped_by_night_it_begins_the_line_again():
    bed = told()
    bed.reader.at_night = lambda: True
    bed.run(2.0)
    bed.reader.leave()
    bed.reader.at_night = lambda: False
    assert first_after_going_on(bed) == (0, pytest.approx(4.0))


def test_stopped_by_day_and_told_by_night_it_begins_the_line_again():
    bed = told()
    bed.run(2.0)
    bed.reader.leave()
    bed.reader.at_night = lambda: True
    assert first_after_going_on(bed) == (0, pytest.approx(4.0))


def test_a_word_that_was_left_once_is_not_gone_back_to():
    bed = told()
    bed.run(2.0)
    bed.reader.leave()
    bed.reader.tell([1], from_line=0)
    bed.run(0.5)
    bed.reader.leave()
    assert first_after_going_on(bed) == (0, pytest.approx(4.0))


def test_words_that_were_changed_since_begin_their_line_again():
    bed = told()
    bed.run(2.0)
    bed.reader.leave()
    line = bed.shelf.stories[1][0]
    bed.shelf.stories[1][0] = type(line)("Another line of it.", line.after, line.pause)
    bed.lengths["Another line of it."] = 4.0
    assert first_after_going_on(bed) == (0, pytest.approx(4.0))


def test_a_long_pause_by_day_goes_on_at_the_word():
    bed = told()
    bed.run(2.0)
    bed.reader.pause()
    bed.run(40)
    bed.reader.resume()
    bed.run(3.5)
    again = bed.diary.heard[1]
    assert (again.line, again.end - again.begin) == (0, rest())


def test_a_long_pause_by_night_begins_the_line_again():
    bed = told()
    bed.reader.at_night = lambda: True
    bed.run(2.0)
    bed.reader.pause()
    bed.run(40)
    bed.reader.resume()
    bed.run(4.2)
    again = bed.diary.heard[1]
    assert (again.line, again.end - again.begin) == (0, pytest.approx(4.0))


def test_back_begins_a_line_that_was_entered_in_its_midst_as_a_whole():
    bed = Bedside({1: [4.0] * 5}, words=True)
    bed.reader.tell([1], from_line=1, at=6)
    bed.run(0.5)
    bed.reader.back()
    bed.run(4.2)
    bed.reader.back()
    bed.run(4.2)
    assert [one.end - one.begin for one in bed.diary.heard if one.whole] == pytest.approx([4.0, 4.0], abs=0.01)


def test_a_chosen_word_begins_the_reading():
    bed = Bedside({1: [4.0] * 5}, words=True)
    bed.reader.tell([1], from_line=0, at=7)
    bed.run(3.5)
    assert bed.diary.heard[0].end - bed.diary.heard[0].begin == rest()


def test_how_far_it_has_come_counts_from_the_sound_s_own_beginning():
    bed = Bedside({1: [4.0] * 5}, words=True)
    bed.reader.tell([1], from_line=0, at=7)
    bed.run(1.01)
    assert bed.reader.sounding().seconds == pytest.approx(SECOND_WORD - BEFORE + 1.0, abs=0.02)


def test_a_memory_that_cannot_be_kept_stops_nothing():
    class Broken:
        def load(self, name):
            raise CannotReadState(name)

        def save(self, name, value):
            raise CannotSave(name)

    bed = told(store=Broken())
    bed.run(2.0)
    bed.reader.leave()
    assert first_after_going_on(bed)[0] == 0


@pytest.mark.parametrize("kept", [{"1": "x"}, {"1": [0, "6", 1]}, {"1": [0, 6]}, {"1": [0, 6, 1]}])
def test_a_damaged_memory_begins_the_line(kept):
    drawer = Drawer()
    drawer.kept["left_at"] = kept
    assert first_after_going_on(Bedside({1: [4.0] * 5}, words=True, store=drawer)) == (0, pytest.approx(4.0))


class TestTheSound:
    RATE = 8_000

    def tone(self, tmp_path, silent=()):
        """Two seconds of a tone with silences in it."""
        samples = array.array("h", (
            0 if any(begin <= n / self.RATE < end for begin, end in silent) else
            round(9000 * math.sin(n * 2 * math.pi * 180 / self.RATE + 0.4)) for n in range(2 * self.RATE)))
        path = tmp_path / "tone.wav"
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(self.RATE)
            file.writeframes(samples.tobytes())
        return samples, Sound(path, len(samples), self.RATE)

    def test_it_begins_in_the_silence_before_the_word(self, tmp_path):
        samples, sound = self.tone(tmp_path, [(0.90, 0.97)])
        frame = quiet_frame(sound, 1.0)
        assert 0.90 <= frame / self.RATE <= 0.97
        assert samples[frame] == 0

    def test_without_a_silence_it_begins_where_the_sound_crosses_zero(self, tmp_path):
        samples, sound = self.tone(tmp_path)
        frame = quiet_frame(sound, 1.0)
        assert 1.0 - BEFORE <= frame / self.RATE <= 1.02
        assert abs(samples[frame]) < 9000 * 0.15

    def test_a_file_that_has_gone_begins_a_little_before_the_word(self, tmp_path):
        sound = Sound(tmp_path / "gone.wav", 16_000, self.RATE)
        assert quiet_frame(sound, 1.0) / self.RATE == pytest.approx(1.0 - BEFORE)

    def test_the_first_word_is_heard_with_all_that_is_before_it(self, tmp_path):
        _, sound = self.tone(tmp_path)
        sound = Sound(sound.path, sound.frames, sound.rate, (Word(0, 1, 0.5), Word(2, 1, 1.0)))
        assert entered(sound, "a b", "a b", 0).begin == 0
        assert entered(sound, "a b", "a b", 2).begin > 0

"""What is being said is found in the line as it is written, however it is said."""

import re

from storytime.core.ports import Word
from storytime.core.reading.spoken import spoken
from storytime.core.reading.word_places import place_at, places


def times(said):
    return tuple(Word(found.start(), len(found.group()), at) for at, found in enumerate(re.finditer(r"[\w’']+", said)))


def shown(said, written, words=None):
    known = places(times(said) if words is None else words, said, written)
    return [(one.at, written[one.begin : one.end]) for one in known]


def test_words_said_as_they_are_written_stand_where_they_are_written():
    line = "“Hush,” said  the moon."
    assert shown(" ".join(line.split()), line) == [(0, "Hush"), (1, "said"), (2, "the"), (3, "moon")]


def test_a_number_is_one_place_while_all_its_words_are_said():
    line = "Mr. Fox had £3.20, 112 hens[3] and THREE eggs."
    said = spoken(line, "en").on_one_line().text
    assert said.startswith("Mister Fox had three pounds")
    found = [text for _at, text in shown(said, line)]
    assert found == ["Mr", "Fox", "had", "3.20, 112", "hens", "and", "THREE", "eggs"]


def test_a_word_without_a_time_is_said_with_the_one_before():
    line = "There was a fox"
    told = (Word(0, 5, 0.0), Word(10, 1, 0.4), Word(12, 3, 0.5))
    assert shown(line, line, told) == [(0.0, "There was"), (0.4, "a"), (0.5, "fox")]


def test_a_speaker_s_name_that_is_left_out_is_never_said():
    assert [text for _at, text in shown("Good night, he said.", "Fox: Good night, he said.")] == [
        "Good", "night", "he", "said"]


def test_a_teller_s_other_word_stands_for_the_written_one():
    assert [text for _at, text in shown("the big grey wolf", "the big bad wolf")] == ["the", "big", "bad", "wolf"]


def test_without_times_nothing_is_known():
    assert places((), "a b", "a b") == ()


def test_the_place_is_the_last_that_began():
    known = places(times("a b c"), "a b c", "a b c")
    assert [place_at(known, seconds) for seconds in (-0.1, 0.0, 0.9, 1.0, 99)] == [-1, 0, 0, 1, 2]

from functools import cache

import numpy as np
import pytest

from storytime.core.studio.cutting import cut, pieces
from tests.core.studio.readings import Reading, in_noise, read_through
from tests.core.studio.recordings import room

LINES = (
    "Above the village, where the field stops and the bracken begins, there lived a fox who could count to twelve.",
    "He had learned it from the village.",
    "There were twelve windows that looked up the hill, and he had counted them every night since he was a cub.",
    "He had heard talk of thirteen, but he had never seen it.",
    "He came out when the dew did.",
    "He sat down, put his tail over his feet, and began.",
    "“Twelve,” said the fox.",
    "All twelve were lit, and each was as yellow as a cheese.",
    "In one of them a woman was shaking out a cloth.",
    "In another a man was looking everywhere for his spectacles, which were on his forehead.",
    "The first to go was the cobbler’s window.",
    "“Eleven,” said the fox; and a moth came by to see what there was to be counted.",
    "It was dark now.",
    "The moth sat down beside him, and it did not say anything for a long while.",
)


@cache
def reading():
    return read_through(LINES, "espeak:gmw/en-US", 1.1, seed=4)


def wrong(cuts, gaps):
    """The lines whose cut lies more than a quarter of a second outside the silence before them."""
    pairs = zip(cuts[1:], gaps, strict=True)
    return [one.line for one, (low, high) in pairs if not low - 0.25 <= one.at <= high + 0.25]


def spliced(*spans):
    """The reading with its lines (first, after the last) in another order, and the silence before each line but one."""
    told = reading()
    starts = [0.0, *((low + high) / 2 for low, high in told.gaps), len(told.samples) / told.rate]
    parts, at, joins = [], 0.0, []
    for first, last in spans:
        for line in range(first, last):
            part = told.samples[round(starts[line] * told.rate) : round(starts[line + 1] * told.rate)]
            joins.append((at - 0.15, at + 0.15))
            parts.append(part)
            at += len(part) / told.rate
    return Reading(np.concatenate(parts), told.rate, joins[1:])


def test_every_line_begins_in_the_silence_before_it():
    told = reading()
    cuts = cut(told.samples, told.rate, LINES)
    assert wrong(cuts, told.gaps) == []
    assert all(one.sure for one in cuts)
    for one, (low, high) in zip(cuts[1:], told.gaps, strict=True):
        assert one.low == pytest.approx(low, abs=0.1)
        assert one.high == pytest.approx(high, abs=0.1)
        assert one.low < one.at < one.high
        assert one.at == pytest.approx(high, abs=0.25)


def test_a_room_that_is_heard_leads_no_cut_astray():
    told = in_noise(reading(), 20)
    assert wrong(cut(told.samples, told.rate, LINES), told.gaps) == []


def test_a_reader_who_rests_longer_at_a_comma_than_at_the_end_of_a_line_is_followed():
    told = read_through(LINES, "espeak:gmw/en", 1.0, seed=2, between=(0.3, 0.5), within=(0.5, 0.8))
    assert wrong(cut(told.samples, told.rate, LINES), told.gaps) == []


def test_lines_are_counted_over_the_whole_story_and_the_first_begins_at_once():
    told = reading()
    cuts = cut(told.samples, told.rate, LINES, first_line=40)
    assert [one.line for one in cuts] == list(range(40, 40 + len(LINES)))
    assert cuts[0].at == 0


def test_cuts_never_go_back():
    told = reading()
    for lines in (LINES, LINES[:3], LINES * 2, LINES[::-1]):
        at = [one.at for one in cut(told.samples, told.rate, lines)]
        assert at == sorted(at)


@pytest.mark.parametrize("skipped", [2, 5, 9])
def test_a_line_that_was_left_out_is_pointed_at(skipped):
    told = spliced((0, skipped), (skipped + 1, len(LINES)))
    cuts = cut(told.samples, told.rate, LINES)
    assert {one.line for one in cuts if not one.sure} & {skipped - 1, skipped, skipped + 1}
    after = skipped + 4
    # What follows is found again: line `after` is the one before it in what was read.
    assert wrong([cuts[0], *cuts[after:]], told.gaps[after - 2 :]) == []


@pytest.mark.parametrize("twice", [3, 8])
def test_a_line_that_was_read_twice_is_pointed_at(twice):
    told = spliced((0, twice + 1), (twice, len(LINES)))
    cuts = cut(told.samples, told.rate, LINES)
    assert {one.line for one in cuts if not one.sure} & {twice, twice + 1}
    after = twice + 4
    assert wrong([cuts[0], *cuts[after:]], told.gaps[after:]) == []


def test_more_text_than_was_read_is_never_sure_to_its_end():
    told = reading()
    assert not all(one.sure for one in cut(told.samples, told.rate, LINES + LINES[:5]))


@pytest.mark.parametrize("seconds", [0, 0.01, 3])
def test_nothing_to_hear_gives_every_line_a_place_and_none_is_sure(seconds):
    cuts = cut(np.zeros(round(seconds * 48_000), np.float32), 48_000, LINES)
    assert len(cuts) == len(LINES)
    assert not any(one.sure for one in cuts[1:])
    assert all(0 <= one.at <= seconds for one in cuts)


def test_lines_without_words_are_no_trouble():
    told = reading()
    assert len(cut(told.samples, told.rate, ("* * *", *LINES, "…", ""))) == len(LINES) + 3


def test_a_recording_of_one_line_has_one_cut_and_of_none_none():
    told = reading()
    assert [one.at for one in cut(told.samples, told.rate, LINES[:1])] == [0]
    assert cut(told.samples, told.rate, ()) == ()


def test_a_tale_is_laid_out_in_pieces_that_end_where_the_teller_rests():
    told = read_through(LINES * 2, "espeak:gmw/en-US", 1.0, seed=7, between=(0.5, 1.4), within=(0.1, 0.3))
    begins = pieces(told.samples, told.rate)
    lengths = np.diff([*begins, len(told.samples) / told.rate])
    assert begins[0] == 0
    assert lengths.min() >= 8
    assert lengths.max() <= 25
    assert all(any(low <= begin <= high for low, high in told.gaps) for begin in begins[1:])


@pytest.mark.parametrize("samples", [np.zeros(0, np.float32), np.zeros(48_000, np.float32), room(30, -50)])
def test_where_nobody_speaks_there_is_one_piece(samples):
    assert pieces(samples, 48_000) == (0.0,)

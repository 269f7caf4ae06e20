"""When the words of a take are heard: held against a voice that tells of itself when it says them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storytime.core.studio.word_times import word_times
from tests.core.studio.recordings import room, said, silence

TEXT = (
    "When the train came out of the tunnel, the whole valley lay before them, white with snow, and nobody in the "
    "carriage said a word. Then the old lady with the green umbrella began to laugh: her hat fell off, and rolled away."
)


def errors(found, true):
    """How many seconds each word is late."""
    at = {word.start: word.at for word in true}
    return np.array([word.at - at[word.start] for word in found if word.start in at])


def with_rest(samples, rate, words, before, seconds):
    """The sound, with a rest before the word of that number."""
    at = round((words[before].at - 0.02) * rate)
    longer = np.concatenate([samples[:at], silence(seconds, rate), samples[at:]])
    return longer, tuple(replace(word, at=word.at + seconds * (number >= before)) for number, word in enumerate(words))


@pytest.mark.parametrize("manner", [("espeak:gmw/en", 0.7, 0.2), ("espeak:gmw/en-GB-scotland", 0.85, 0.8),
                                    ("espeak:gmw/en-GB-x-rp", 1.3, 0.5)], ids=["slow and low", "high", "quick"])
@pytest.mark.parametrize("noise", [-90.0, -50.0], ids=["still", "in a room"])
def test_another_voice_at_another_pace_is_followed_word_by_word(manner, noise):
    samples, rate, true = said(TEXT, *manner)
    take = samples + room(len(samples) / rate, noise, rate=rate)
    late = errors(word_times(take, rate, *said(TEXT)), true)
    assert len(late) >= 35
    assert np.median(abs(late)) < 0.05
    assert np.mean(abs(late) < 0.1) > 0.9


def test_silence_before_the_words_and_after_moves_them_along():
    samples, rate, _true = said(TEXT, "espeak:gmw/en", 0.8)
    plain = word_times(samples, rate, *said(TEXT))
    padded = word_times(np.concatenate([silence(1.5, rate), samples, silence(2.0, rate)]), rate, *said(TEXT))
    assert np.allclose([word.at for word in padded], [word.at + 1.5 for word in plain], atol=0.03)


@pytest.mark.parametrize("before", [5, 14, 25])
def test_no_word_is_drawn_into_a_rest_of_the_teller(before):
    slow = said(TEXT, "espeak:gmw/en", 0.85)
    samples, true = with_rest(*slow, before, 1.4)
    late = errors(word_times(samples, slow[1], *said(TEXT)), true)
    assert abs(late).max() < 0.25


def test_a_reading_of_something_far_longer_has_no_times():
    samples, rate, words = said("Good night, little bear.")
    assert word_times(said(TEXT)[0], said(TEXT)[1], samples, rate, words) == ()


def test_where_nobody_speaks_there_are_no_times():
    assert word_times(silence(3.0), 48_000, *said(TEXT)) == ()
    assert word_times(room(3.0, -50.0), 48_000, *said(TEXT)) == ()
    assert word_times(np.zeros(0, np.float32), 48_000, *said(TEXT)) == ()


def test_without_words_there_is_nothing_to_find():
    samples, rate, _words = said(TEXT)
    assert word_times(samples, rate, samples, rate, ()) == ()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 9), st.floats(0.01, 4), st.floats(0, 1.5)), max_size=5))
def test_whatever_is_heard_times_never_go_back_and_lie_within_the_take(pieces):
    samples, rate, words = said(TEXT)
    take = np.concatenate([np.zeros(0, np.float32), *(
        part for at, seconds, rest in pieces
        for part in (samples[round(at * rate) : round((at + seconds) * rate)], silence(rest, rate)))])
    found = word_times(take, rate, samples, rate, words)
    times = [word.at for word in found]
    assert times == sorted(times)
    assert all(0 <= at <= len(take) / rate for at in times)
    assert not found or [(word.start, word.length) for word in found] == [(word.start, word.length) for word in words]

import wave
from array import array

import pytest

from storytime.core.ports import Word
from storytime.devices.voice_process.engine import Speech
from storytime.devices.voice_process.sound_file import joined, trimmed, write

RATE = 1000


def speech(*samples, words=()):
    return Speech(array("h", samples).tobytes(), RATE, words)


def test_silence_at_both_ends_goes_but_for_a_few_milliseconds():
    kept = trimmed(speech(*[0] * 300, *[9000] * 50, *[0] * 400))
    assert array("h", bytes(kept.samples)).tolist() == [0] * 4 + [9000] * 50 + [0] * 10


def test_silence_inside_stays():
    inside = [9000] * 3 + [0] * 500 + [-9000] * 3
    assert array("h", bytes(trimmed(speech(*inside)).samples)).tolist() == inside


def test_word_times_move_with_the_beginning():
    kept = trimmed(speech(*[0] * 300, *[9000] * 100, words=(Word(0, 3, 0.0), Word(4, 2, 0.35))))
    assert [word.at for word in kept.words] == [0.0, pytest.approx(0.35 - 0.296)]


def test_of_silence_nothing_is_left():
    assert trimmed(speech(*[3] * 1000)).samples == b""
    assert trimmed(speech()).samples == b""


def test_what_is_written_is_a_wav_and_nothing_half_written_stays(tmp_path):
    path = tmp_path / "line.wav"
    assert write(speech(1, 2, 3, words=(Word(0, 1, 0.5),)), path) == 3
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        assert array("h", file.readframes(3)).tolist() == [1, 2, 3]
    assert sorted(found.name for found in tmp_path.iterdir() if found.is_file()) == ["line.wav"]


def test_a_heading_is_followed_by_a_rest_and_the_line_s_words_move_behind_it():
    head, line = speech(0, *[9000] * 100, 0), speech(*[9000] * 50, words=(Word(0, 4, 0.01),))
    whole = joined(head, 0.5, line)
    samples = array("h", bytes(whole.samples)).tolist()
    assert samples.count(0) >= 500
    assert samples[-50:] == [9000] * 50
    assert [word.at for word in whole.words] == [pytest.approx((len(samples) - 50) / RATE + 0.01)]

import numpy as np
import pytest

from storytime.core.shelf.takes import Levels
from storytime.core.studio.levels import loudness, measure
from tests.core.studio.recordings import RATE, at_level, in_room, room, silence, spoken, tone, whispered

LINE = "Yes, said the fox, and he counted the windows once more."


@pytest.mark.parametrize("dbfs", [-90, -60, -23, -6])
def test_loudness_and_peak_are_those_of_the_standard(dbfs):
    """EBU Tech 3341: a tone of 1000 Hz at -23 dBFS (peak) in both channels of a pair measures -23 LUFS, in one -26."""
    samples = tone(5, 1_000, dbfs - 3.01)
    lufs, peak = loudness(samples, RATE)
    assert lufs == pytest.approx(dbfs - 3, abs=0.1)
    assert peak == pytest.approx(dbfs, abs=0.2)


def test_a_peak_between_the_samples_is_seen():
    risen = np.minimum(1, np.arange(2 * RATE) / 4_800)
    samples = (0.5 * risen * np.sin(np.pi / 2 * np.arange(2 * RATE) + np.pi / 4)).astype(np.float32)
    assert np.abs(samples).max() < 0.36
    assert loudness(samples, RATE)[1] == pytest.approx(-6, abs=0.3)


@pytest.mark.parametrize("seconds", [0.02, 0.1, 0.3, 0.39, 0.41, 0.7, 1.05])
def test_a_short_sound_is_as_loud_as_a_long_one_of_its_kind(seconds):
    assert loudness(tone(seconds, 1_000, -26), RATE)[0] == pytest.approx(loudness(tone(5, 1_000, -26), RATE)[0], abs=1)


def test_silence_between_the_words_makes_a_take_no_quieter():
    voice = spoken(LINE)
    apart = np.concatenate([voice, silence(5), voice])
    assert loudness(apart, RATE)[0] == pytest.approx(loudness(voice, RATE)[0], abs=0.5)


@pytest.mark.parametrize(
    ("voice", "noise"), [(-22, -75), (-22, -42), (-50, -70), (-14, -60), (-22, -200)],
    ids=["good", "20 dB", "soft", "loud", "gated"],
)
def test_the_words_are_found_and_no_air_is_taken_for_them(voice, noise):
    said = spoken(LINE, voice)
    levels = measure(in_room(said, 1.2, 1.0, noise), RATE)
    assert levels.speech_begin == pytest.approx(1.2, abs=0.1)
    assert levels.speech_end == pytest.approx(1.2 + len(said) / RATE, abs=0.15)


def test_a_whisper_is_found():
    said = whispered(spoken(LINE, -50))
    levels = measure(in_room(said, 1.2, 1.0, -66), RATE)
    assert levels.speech_begin == pytest.approx(1.2, abs=0.12)
    assert levels.speech_end == pytest.approx(1.2 + len(said) / RATE, abs=0.2)


def test_the_click_of_the_space_bar_is_no_word():
    samples = in_room(spoken(LINE), 1.2, 1.0, -65)
    click = at_level(np.random.default_rng(2).normal(0, 1, 900), -25)
    samples[5_000:5_900] += click
    samples[-8_000:-7_100] += click
    levels = measure(samples, RATE)
    assert levels.speech_begin == pytest.approx(1.2, abs=0.1)
    assert levels.speech_end == pytest.approx(len(samples) / RATE - 1.0, abs=0.15)


@pytest.mark.parametrize("noise", [-75, -60, -45])
def test_the_room_is_what_lies_between_the_words(noise):
    levels = measure(in_room(spoken(LINE, -20), 1.0, 1.0, noise), RATE)
    assert levels.noise == pytest.approx(noise, abs=1.5)
    assert levels.rms == pytest.approx(-20, abs=2)


def test_a_room_is_known_even_where_nobody_rests():
    voice = spoken(LINE, -20)
    levels = measure(voice + room(len(voice) / RATE + 1, -60)[: len(voice)], RATE)
    assert -70 < levels.noise < -45


@pytest.mark.parametrize("dbfs", [-80, -55, -35])
def test_a_room_alone_is_no_speech(dbfs):
    levels = measure(room(5, dbfs), RATE)
    assert levels.speech_begin == levels.speech_end == 0
    assert levels.rms is None
    assert levels.noise == pytest.approx(dbfs, abs=1)


def test_nothing_at_all_has_no_loudness():
    assert measure(silence(3), RATE) == Levels(noise=-120.0)
    assert measure(silence(0), RATE) == Levels()


@pytest.mark.parametrize("frames", [1, 7, 100, 1_000, 3_000])
def test_however_short_a_sound_it_is_measured(frames):
    assert measure(tone(1, 300, -20)[:frames] + np.float32(0.01), RATE).true_peak is not None


def test_samples_at_full_scale_are_counted():
    samples = tone(1, 300, -20)
    samples[100:107] = 32767 / 32768
    samples[300:302] = -1.0
    assert measure(samples, RATE).clipped == 9


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100, 96_000])
def test_any_rate_is_measured_alike(rate):
    from storytime.core.studio.filters import resampled

    samples = in_room(spoken(LINE), 1.0, 1.0, -60)
    one, other = measure(samples, RATE), measure(resampled(samples, RATE, rate), rate)
    assert other.lufs == pytest.approx(one.lufs, abs=1)
    assert other.speech_begin == pytest.approx(one.speech_begin, abs=0.1)
    assert other.speech_end == pytest.approx(one.speech_end, abs=0.25)

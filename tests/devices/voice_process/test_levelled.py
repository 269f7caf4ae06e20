"""Every line of the machine's voices has one loudness, under one ceiling."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storytime.core.studio.levels import loudness
from storytime.devices.voice_process.engine import Speech
from storytime.devices.voice_process.levelled import LESSONS, Ear, levelled

RATE = 24_000


def babble(seconds, level, crest=1.0, rate=RATE):
    """Return something that swells like speech, with peaks `crest` times as high as it would have."""
    random = np.random.default_rng(3)
    at = np.arange(round(seconds * rate)) / rate
    swell = 0.6 + 0.4 * np.sin(2 * np.pi * 3.1 * at)
    sound = np.sin(2 * np.pi * 180 * at) * swell + 0.1 * random.standard_normal(len(at))
    sound[:: rate // 7] *= crest
    return Speech(np.rint(np.clip(sound * level, -1, 0.9999) * 32767).astype("<i2").tobytes(), rate)


def measured(speech):
    return loudness(np.frombuffer(speech.samples, "<i2").astype(np.float32) / 32768, speech.rate)


@settings(max_examples=25, deadline=None)
@given(st.floats(3.0, 9.0), st.floats(0.05, 0.6), st.floats(1.0, 6.0), st.sampled_from([22_050, 24_000, 48_000]))
def test_a_line_of_three_seconds_or_more_is_at_its_loudness_under_the_ceiling(seconds, level, crest, rate):
    lufs, peak = measured(levelled(babble(seconds, level, crest, rate), Ear()))
    assert lufs == pytest.approx(-23.0, abs=1.0)
    assert peak <= -3.0


def test_no_sample_is_lost_or_won():
    speech = babble(3.3, 0.7, 5.0)
    assert len(levelled(speech, Ear()).samples) == len(speech.samples)


def test_the_volume_lowers_the_level_and_not_the_measure():
    assert measured(levelled(babble(4.0, 0.2), Ear(), volume=0.5))[0] == pytest.approx(-29.0, abs=0.3)


def test_a_short_word_keeps_the_level_of_its_engine():
    speech = babble(0.5, 0.1)
    assert levelled(speech, Ear()).samples == speech.samples


def test_what_is_far_too_soft_to_be_speech_is_not_made_a_roar():
    assert measured(levelled(babble(4.0, 0.001), Ear()))[0] < -40


def test_silence_stays_silence():
    assert levelled(Speech(bytes(96_000), RATE), Ear()).samples == bytes(96_000)


def test_a_warm_voice_hisses_less_at_the_same_loudness():
    def hiss(speech):
        samples = np.frombuffer(speech.samples, "<i2").astype(float)
        spectrum = np.abs(np.fft.rfft(samples)) ** 2
        return spectrum[len(spectrum) // 2 :].sum() / spectrum.sum()

    plain, warm = levelled(babble(4.0, 0.2), Ear()), levelled(babble(4.0, 0.2), Ear(), warm=True)
    assert hiss(warm) < 0.6 * hiss(plain)
    assert measured(warm)[0] == pytest.approx(-23.0, abs=0.3)


def test_what_was_learnt_of_a_voice_levels_its_later_lines_as_well():
    ear = Ear()
    for number in range(LESSONS):
        levelled(babble(3.0 + number / 7, 0.2), ear, "voice")
    for seconds, level in ((3.4, 0.05), (5.0, 0.6), (8.1, 0.3)):
        assert measured(levelled(babble(seconds, level, 2.0), ear, "voice"))[0] == pytest.approx(-23.0, abs=1.0)

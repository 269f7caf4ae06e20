import wave

import numpy as np
import pytest

from storytime.core.errors import CannotRead
from storytime.core.shelf.takes import Levels
from storytime.core.studio.flac import write_flac
from storytime.core.studio.levelling import AIR_AFTER, AIR_BEFORE, RATE, render_take
from storytime.core.studio.levels import loudness
from tests.core.studio.recordings import at_level, in_room, journal_of, level, room, spoken, tone


@pytest.fixture
def take(tmp_path):
    """Keep samples as a take, and return its file."""

    def keep(samples, rate=RATE):
        heard = np.clip(np.rint(np.asarray(samples) * 32768), -32768, 32767)
        journal = journal_of(tmp_path / "a.journal", heard, "s16", rate)
        write_flac(tmp_path / "take.flac", journal)
        return tmp_path / "take.flac"

    return keep


@pytest.fixture
def told(tmp_path, take):
    """Render samples as they are told at night, and return what is heard."""

    def render(samples, levels, rate=RATE, **care):
        frames, at = render_take(take(samples, rate), levels, tmp_path / "told.wav", **care)
        with wave.open(str(tmp_path / "told.wav")) as file:
            assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, at)
            assert file.getnframes() == frames
            return np.frombuffer(file.readframes(frames), "<i2").astype(np.float32) / 32768

    return render


def levels_of(samples, begin=0.0, end=0.0, noise=-70.0):
    lufs, peak = loudness(samples, RATE)
    return Levels(lufs=lufs, true_peak=peak, noise=noise, speech_begin=begin, speech_end=end)


LONG = "The lamp was small, and the night was wide; but the lamp did not know this, and so it burned till morning."


@pytest.mark.parametrize("dbfs", [-55, -40, -28, -14])
@pytest.mark.parametrize("less_noise", [False, True])
def test_every_take_is_told_at_one_loudness(told, dbfs, less_noise):
    voice = spoken(LONG, dbfs)
    heard = told(in_room(voice, dbfs=dbfs - 40), levels_of(voice, 0.8, 0.8 + len(voice) / RATE), less_noise=less_noise)
    lufs, peak = loudness(heard, RATE)
    assert lufs == pytest.approx(-23, abs=1)
    assert peak <= -3


def test_a_sharp_peak_is_held_under_the_ceiling_and_the_words_keep_their_loudness(told):
    voice = spoken(LONG, -30).copy()
    voice[RATE] = voice[2 * RATE] = 0.9
    heard = told(voice, levels_of(voice))
    lufs, peak = loudness(heard, RATE)
    assert lufs == pytest.approx(-23, abs=1)
    assert peak <= -3


def test_peaks_between_the_samples_stay_under_the_ceiling_too(told):
    """A tone at a quarter of the rate, sampled beside its crests, peaks 3 dB above every sample."""
    samples = np.sin(np.pi / 2 * np.arange(4 * RATE) + np.pi / 4) * 0.7 * (np.arange(4 * RATE) % RATE < 2_000)
    heard = told(samples.astype(np.float32), levels_of(samples.astype(np.float32)))
    assert loudness(heard, RATE)[1] <= -3


def test_the_silence_around_the_words_is_cut_and_some_air_is_left(told):
    voice = spoken(LONG)
    heard = told(in_room(voice, 2.0, 3.0), levels_of(voice, 2.0, 2.0 + len(voice) / RATE))
    assert len(heard) / RATE == pytest.approx(AIR_BEFORE + len(voice) / RATE + AIR_AFTER, abs=0.01)


@pytest.mark.parametrize("dbfs", [-45, -22])
def test_no_word_is_cut(told, dbfs):
    voice = spoken(LONG, dbfs)
    samples = in_room(voice, 2.0, 3.0, -90)
    heard = told(samples, levels_of(voice, 2.0, 2.0 + len(voice) / RATE))
    begin = round(AIR_BEFORE * RATE)
    words = heard[begin : begin + len(voice)]
    gain = 10 ** ((level(words) - level(voice)) / 20)
    assert np.abs(words - gain * voice).max() < 0.01


def test_both_edges_are_silent_so_that_no_join_clicks(told):
    heard = told(tone(2, 220, -20), levels_of(tone(2, 220, -20)))
    assert np.abs(heard[:3]).max() < 0.001
    assert np.abs(heard[-3:]).max() < 0.001


def test_a_take_is_told_as_it_was_recorded_where_care_is_not_wanted(told):
    samples = in_room(spoken(LONG), 1.0, 1.0)
    heard = told(samples, levels_of(samples, 1.0, 5.0), care=False)
    assert np.array_equal(heard, np.clip(np.rint(samples * 32768), -32768, 32767).astype(np.float32) / 32768)


def test_less_noise_takes_the_room_down_and_leaves_the_voice(told):
    voice = spoken(LONG, -22)
    samples = in_room(voice, 1.0, 1.0, -50)
    spoken_at = {"begin": 1.0, "end": 1.0 + len(voice) / RATE, "noise": -50.0}
    plain = told(samples, levels_of(samples, **spoken_at))
    calm = told(samples, levels_of(samples, **spoken_at), less_noise=True)
    gap = slice(round(0.02 * RATE), round(0.1 * RATE))
    assert level(calm[gap]) < level(plain[gap]) - 5
    middle = slice(round(0.3 * RATE), round(3.5 * RATE))
    assert np.corrcoef(calm[middle], plain[middle])[0, 1] > 0.95


@pytest.mark.parametrize("rate", [16_000, 44_100, 96_000])
def test_a_take_of_any_rate_is_told_at_one(told, rate):
    samples = tone(3, 440, -30, rate)
    heard = told(samples, Levels(lufs=-30.0, true_peak=-27.0), rate)
    assert len(heard) == pytest.approx(3 * RATE, abs=2)


def test_a_take_in_which_nothing_sounds_stays_silent(told):
    assert not told(np.zeros(RATE), Levels()).any()


def test_a_take_without_measures_is_told_whole(told):
    assert len(told(room(2, -40), Levels())) == 2 * RATE


def test_a_very_short_word_is_told(told):
    word = at_level(tone(0.2, 300, -20), -35)
    heard = told(word, levels_of(word))
    assert loudness(heard, RATE)[0] == pytest.approx(-23, abs=2)


def test_a_take_that_is_gone_is_said(tmp_path):
    with pytest.raises(CannotRead):
        render_take(tmp_path / "none.flac", Levels(), tmp_path / "told.wav")
    assert not (tmp_path / "told.wav").exists()

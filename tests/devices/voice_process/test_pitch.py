"""A voice a little lower or higher: by as much as was asked for, as long as before, as loud, and at the same words."""

import numpy as np
import pytest

from storytime.core.ports import Utterance, Word
from storytime.core.studio.levels import loudness
from storytime.devices.voice_process.engine import Speech
from storytime.devices.voice_process.levelled import Ear, levelled
from storytime.devices.voice_process.pitch import semitones, shifted
from storytime.devices.voice_process.sound_file import trimmed

RATE = 24_000
LINE = "The moon rose over the wood, and the old fox counted all the windows of the village, one after another."
PITCHES = [0.0, 0.125, 0.3, 0.7, 0.875, 1.0]


def hummed(seconds=2.0, hertz=180.0):
    """Return a voice-like hum: a fundamental with overtones that fall."""
    at = np.arange(round(seconds * RATE)) / RATE
    wave = sum(np.sin(2 * np.pi * hertz * number * at) / number for number in range(1, 9))
    return Speech((wave * 6000).astype("<i2").tobytes(), RATE, (Word(0, 3, 0.5),))


def height(speech):
    """Return the median pitch in Hz of what is voiced, by autocorrelation."""
    samples, size = np.frombuffer(speech.samples, "<i2").astype(float), round(0.04 * speech.rate)
    low, high, found = round(speech.rate / 400), round(speech.rate / 70), []
    for begin in range(0, len(samples) - size, size // 2):
        window = samples[begin : begin + size] * np.hanning(size)
        if np.sqrt((window**2).mean()) < 600:
            continue
        like = np.fft.irfft(np.abs(np.fft.rfft(window, 4 * size)) ** 2)
        peak = low + int(np.argmax(like[low:high]))
        if like[peak] > like[0] / 2:
            found.append(speech.rate / peak)
    return float(np.median(found))


def moved(before, after):
    return 12 * np.log2(height(after) / height(before))


@pytest.mark.parametrize("pitch", PITCHES)
def test_a_hum_is_moved_by_as_much_as_was_asked_and_lasts_as_long(pitch):
    hum = hummed()
    after = shifted(hum, pitch)
    assert moved(hum, after) == pytest.approx(semitones(pitch), abs=0.5)
    assert len(after.samples) == len(hum.samples)
    assert len(trimmed(after).samples) == pytest.approx(len(hum.samples), rel=0.02)
    assert (after.rate, after.words) == (hum.rate, hum.words)


def test_its_own_pitch_leaves_every_sample_as_it_was():
    assert shifted(hummed(), 0.5).samples == hummed().samples


@pytest.mark.parametrize("pitch", [-3.0, 9.0])
def test_no_voice_goes_further_than_four_semitones(pitch):
    assert abs(semitones(pitch)) == 4


@pytest.mark.parametrize("frames", [0, 1, 7, 400])
def test_the_shortest_sound_is_as_long_as_it_was(frames):
    assert len(shifted(Speech(b"\x10\x00" * frames, RATE), 0.2).samples) == 2 * frames


@pytest.mark.real
@pytest.mark.parametrize("pitch", PITCHES)
def test_the_neural_voice_is_lower_or_higher_and_as_loud_and_as_long(pitch):
    neural = pytest.importorskip("storytime.devices.voice_process.neural", reason="a Mac with Intel has no onnxruntime")
    said = trimmed(neural.NeuralEngine().render(Utterance(LINE, "hibari:heart")))
    after = shifted(said, pitch)
    assert moved(said, after) == pytest.approx(semitones(pitch), abs=0.6)
    assert len(trimmed(after).samples) == pytest.approx(len(said.samples), rel=0.02)
    level = levelled(after, Ear())
    samples = np.frombuffer(level.samples, "<i2").astype(np.float32) / np.float32(32768)
    assert loudness(samples, level.rate)[0] == pytest.approx(-23, abs=1)

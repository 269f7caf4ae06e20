import numpy as np
import pytest

from storytime.core.shelf.takes import Levels
from storytime.core.studio.advice import SENTENCES, advice, beside
from storytime.core.studio.levels import measure
from storytime.core.studio.proof import hum_level, judge, judge_take
from storytime.core.studio.session import Verdict
from tests.core.studio.recordings import RATE, in_room, room, silence, spoken, tone, whispered

LINE = "Hush now, Pip, the lamp is lit."


def heard(voice, room_noise, hum=None):
    samples = in_room(voice, 0.6, 0.6, room_noise)
    if hum:
        hertz, dbfs = hum
        samples += tone(10, hertz, dbfs)[: len(samples)] + tone(10, 2 * hertz, dbfs - 3)[: len(samples)]
    return np.clip(samples, -1, 1)


WAYS = {
    "a voice in a quiet room": ("good", lambda: heard(spoken(LINE, -24), -65)),
    "a voice in an ordinary bedroom": ("good", lambda: heard(spoken(LINE, -28), -58)),
    "a voice at 20 dB over its room": ("noisy", lambda: heard(spoken(LINE, -24), -44)),
    "a whisper into a cheap laptop": ("quiet", lambda: heard(whispered(spoken(LINE, -50)), -66)),
    "a soft voice far away": ("quiet", lambda: heard(spoken(LINE, -48), -72)),
    "a voice too near": ("loud", lambda: heard(spoken(LINE, -24) / np.abs(spoken(LINE, -24)).max() * 0.9, -65)),
    "an overwhelmed microphone": ("clipped", lambda: heard(spoken(LINE, -6), -60)),
    "a charger at 50 Hz": ("hum", lambda: heard(spoken(LINE, -24), -70, (50, -48))),
    "a lamp at 60 Hz": ("hum", lambda: heard(spoken(LINE, -24), -70, (60, -44))),
    "a quiet room alone": ("silent", lambda: room(3, -65)),
    "a loud room alone": ("silent", lambda: room(3, -35)),
    "a hum alone": ("silent", lambda: tone(3, 50, -40) + room(3, -70)),
    "a refused microphone": ("dead", lambda: silence(3)),
    "nothing yet": ("dead", lambda: silence(0)),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_was_heard_is_called_by_its_name(way):
    kind, samples = WAYS[way]
    assert judge(samples(), RATE).kind == kind


@pytest.mark.parametrize("way", [way for way in WAYS if WAYS[way][0] != "hum"])
def test_a_take_is_judged_by_its_measures_alike(way):
    kind, samples = WAYS[way]
    assert judge_take(measure(samples(), RATE), len(samples()) / RATE).kind == kind


def test_only_what_holds_no_voice_cannot_be_used():
    usable = {kind for kind in SENTENCES if Verdict(kind, Levels()).usable}
    assert set(SENTENCES) - usable == {"dead", "silent"}


def test_every_verdict_has_its_sentence():
    for kind, _samples in WAYS.values():
        assert advice(Verdict(kind, Levels())) == SENTENCES[kind]


def test_a_hum_is_measured_and_a_deep_voice_is_none():
    assert hum_level(tone(3, 50, -40) + room(3, -70), RATE) == pytest.approx(-40, abs=1)
    assert hum_level(room(3, -40), RATE) == -120
    assert hum_level(heard(spoken(LINE, -20), -70), RATE) == -120


def test_the_numbers_stand_beside_those_of_audiobooks():
    numbers = beside(Levels(lufs=-20, true_peak=-2.0, rms=-20.4, noise=-65.2))
    assert [(one.what, one.value, one.wanted, one.ok) for one in numbers] == [
        ("Voice", "−20 dB", "−23 to −18 dB", True),
        ("Peak", "−2 dB", "at most −3 dB", False),
        ("Room", "−65 dB", "at most −60 dB", True),
    ]


def test_what_was_not_measured_is_not_shown():
    assert beside(Levels()) == ()


def test_a_room_beside_the_zeros_of_a_noise_gate_is_no_voice():
    gated = np.concatenate([room(0.6, -76), silence(5), room(0.8, -76, seed=2)])
    assert judge_take(measure(gated, RATE), 6.4).kind == "silent"

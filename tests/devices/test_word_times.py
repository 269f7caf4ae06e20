"""The times of words, held against the sound itself: where after a silence it begins, there a word begins."""

import numpy as np
import pytest
import soundfile

from storytime.core.paths import Paths
from storytime.core.ports import Levels, Named, Utterance, Voiced
from storytime.devices.background import RealBackground
from storytime.devices.machine import real_voice
from tests.devices.test_voice import ENGLISH, Results

pytestmark = pytest.mark.real

NEURAL = "hibari:heart"
LINES = {
    ENGLISH: "Nelly, Bella, Gus, Dick, Dan, Molly, Ben, Nora.",
    NEURAL: "Peter, Tom, Katy, Dick, Bella, Gus, Tina, Carl, Paula, Dan.",
}
"""Names of which each begins after a silence, as that voice says them."""
STEP = 0.005
AT_MOST = 0.09
"""Seconds between the time of a word and the sound of it."""


@pytest.fixture
def said(qtbot, tmp_path):
    """Say a line, through everything that a line goes through, and return its sound."""
    background = RealBackground()
    voice = real_voice(Paths(tmp_path), background)
    results = Results(qtbot, voice)

    def of(line):
        if all(one.id != (line.guide or line).voice for one in voice.voices()):
            pytest.skip("this voice is not on this machine")
        results.sounds.pop(line.text, None)
        voice.render(line)
        qtbot.waitUntil(lambda: line.text in results.sounds, timeout=30_000)
        return results.sounds[line.text]

    yield of
    voice.close()
    background.close()


def onsets(sound):
    """Return the seconds at which something sounds after 50 ms in which nothing did."""
    samples, rate = soundfile.read(sound.path)
    block = round(STEP * rate)
    energy = np.sqrt(np.mean(samples[: len(samples) // block * block].reshape(-1, block) ** 2, axis=1))
    loud = energy > np.percentile(energy, 98) * 10 ** (-36 / 20)
    return [at * STEP for at in np.flatnonzero(loud) if not loud[max(0, at - 10) : at].any()]


def late(sound, text):
    """Return of each word how many seconds its time lies behind the nearest onset."""
    begins = np.asarray(onsets(sound))
    assert len(sound.words) == len(text.replace(",", "").split())
    return {text[one.start : one.start + one.length]: one.at - begins[np.argmin(abs(begins - one.at))]
            for one in sound.words}


@pytest.mark.parametrize("voice", [ENGLISH, NEURAL])
@pytest.mark.parametrize("manner", [{}, {"rate": 0.75}, {"rate": 1.1}, {"warm": True}, {"head": "The Lamp."},
                                    {"pitch": 0.2}, {"pitch": 0.9, "head": "The Lamp."}],
                         ids=["plain", "slow", "quick", "warm", "with a heading", "low", "high with a heading"])
def test_a_word_s_time_is_where_it_sounds(said, voice, manner):
    sound = said(Utterance(LINES[voice], voice, **manner))
    found = late(sound, LINES[voice])
    assert max(map(abs, found.values())) < AT_MOST, found
    assert sound.words[0].at > 1.5 if "head" in manner else sound.words[0].at < 0.1


@pytest.mark.parametrize("voice", [ENGLISH, NEURAL])
@pytest.mark.parametrize("head", ["", "The Lamp."])
def test_with_a_recorded_name_in_its_midst_every_word_is_where_it_sounds(said, voice, head, tmp_path):
    text = LINES[voice]
    name = said(Utterance("Dick", ENGLISH))
    samples, rate = soundfile.read(name.path)
    soundfile.write(tmp_path / "dick.flac", np.concatenate([np.zeros(rate), samples, np.zeros(rate)]), rate)
    levels = Levels(-23.0, -6.0, -25.0, -80.0, 0, 1.0, 1.0 + name.seconds)
    line = Utterance(text, voice, head=head, names=(Named(text.index("Dick"), 4, tmp_path / "dick.flac", levels),))
    found = late(said(line), text)
    assert max(map(abs, found.values())) < AT_MOST, found
    assert "Dick" in found


def test_in_a_line_of_several_voices_every_word_is_where_it_sounds(said):
    text = "Peter, Tom, Katy, Dick, Nelly, Bella, Gus, Dan."
    at = text.index("Nelly")
    line = Utterance(text, NEURAL, head="The Lamp.", voiced=(Voiced(at, len(text) - at, ENGLISH, pitch=0.7),))
    found = late(said(line), text)
    assert max(map(abs, found.values())) < AT_MOST, found


def test_a_long_line_does_not_drift(said):
    text = ", ".join(["Dan and Ben were in no hurry at all"] * 14) + "."
    sound = said(Utterance(text, NEURAL))
    begins = np.asarray(onsets(sound))
    clauses = [one for one in sound.words if text[one.start :].startswith("Dan")]
    assert len(clauses) == 14
    assert max(min(abs(begins - one.at)) for one in clauses) < AT_MOST


@pytest.mark.parametrize("voice", [ENGLISH, NEURAL])
def test_a_recorded_line_has_its_words_where_they_sound(said, voice, tmp_path):
    text = LINES[ENGLISH]
    samples, rate = soundfile.read(said(Utterance(text, ENGLISH, rate=0.8, pitch=0.3)).path)
    soundfile.write(tmp_path / "take.flac", np.concatenate([np.zeros(rate), samples, np.zeros(rate)]), rate)
    levels = Levels(-23.0, -6.0, -25.0, -80.0, 0, 1.0, 1.0 + len(samples) / rate)
    take = Utterance(f"{text} ", "teller:1", take=tmp_path / "take.flac", levels=levels, guide=Utterance(text, voice))
    found = late(said(take), text)
    assert max(map(abs, found.values())) < AT_MOST, found

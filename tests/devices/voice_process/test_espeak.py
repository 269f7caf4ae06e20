import subprocess
import sys
from pathlib import Path

import pytest

from storytime.core.ports import Utterance
from storytime.devices.voice_process.espeak import EspeakEngine, words_heard


def test_a_number_told_in_several_events_is_one_word():
    assert [(word.start, word.at) for word in words_heard("in 1999", [(0, 2, 0.0), (3, 4, 0.1), (4, 4, 0.5)])] == [
        (0, 0.0),
        (3, 0.1),
    ]


def test_two_words_told_in_one_event_keep_the_first_time():
    assert [word.start for word in words_heard("There was a", [(0, 5, 0.0), (10, 1, 0.3)])] == [0, 10]


def test_a_word_with_an_apostrophe_is_one():
    assert [word.length for word in words_heard("it’s Tom", [(0, 2, 0.0), (5, 3, 0.2)])] == [4, 3]


def test_without_the_systems_library_the_wheels_serves():
    # In a process of its own: a library once loaded is found again under the system's name.
    script = (
        "from storytime.devices.voice_process import espeak_library as it; it.SYSTEM.clear(); print(it.find()[1])"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert (Path(told.stdout.strip()) / "phontab").exists()


@pytest.fixture(scope="module")
def engine():
    return EspeakEngine()


def test_every_line_comes_whole_though_voice_and_rate_change_each_time(engine):
    text = "The lamp in the lighthouse burned low, and nobody minded at all."
    voices = [voice.id for voice in engine.voices() if voice.languages[-1] in {"en", "es", "de", "fr"}]
    for count in range(60):
        speech = engine.render(Utterance(text, voices[count % len(voices)], rate=0.7 + count % 5 / 5))
        assert len(speech.samples) / 2 / speech.rate > 1.5


def test_no_line_clips_at_full_volume(engine):
    from array import array

    samples = array("h", engine.render(Utterance("Ah! Oh! WHAT A BIG BOOM!", "espeak:gmw/en-US")).samples)
    assert max(samples) < 30_000
    assert min(samples) > -30_000

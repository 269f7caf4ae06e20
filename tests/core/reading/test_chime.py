"""The soft chime: one bell where it is wished and nothing sounds, and silent as soon as a story begins."""

import wave

import numpy as np
import pytest

from storytime.core.paths import shipped
from storytime.core.reading.chime import LET_GO, TOKEN, Chime
from tests.core.reading.bedside import Bedside

BELL = shipped("assets") / "chime.wav"


class Evening:
    """A bedside with a chime, and what the speaker played of it."""

    def __init__(self, bell=BELL, **settings):
        self.bed = Bedside({1: [3.0] * 4}, **{"chime": True, **settings})
        bed = self.bed
        self.chime = Chime(bell, bed.speaker, bed.clock, bed.settings, bed.reader)
        self.rung, self.whole = [], []
        bed.speaker.started.connect(lambda token: token == TOKEN and self.rung.append(bed.now()))
        bed.speaker.ended.connect(lambda token: token == TOKEN and self.whole.append(bed.now()))


def test_it_rings_once_and_lets_the_output_go():
    evening = Evening()
    evening.chime.ring(30)
    assert evening.bed.speaker.is_open
    evening.bed.run(2.5 + LET_GO + 0.1)
    assert len(evening.rung) == len(evening.whole) == 1
    assert not evening.bed.speaker.is_open


def test_each_announcement_has_its_bell():
    evening = Evening()
    for minutes in (30, 10, 2):
        evening.chime.ring(minutes)
        evening.bed.run(480)
    assert len(evening.whole) == 3


def test_it_is_silent_unless_it_is_wished():
    evening = Evening(chime=False)
    evening.chime.ring(10)
    evening.bed.run(10)
    assert evening.rung == []


@pytest.mark.parametrize("held", [False, True])
def test_while_a_story_is_told_or_held_there_is_no_bell(held):
    evening = Evening()
    evening.bed.reader.tell([1])
    evening.bed.run(1)
    if held:
        evening.bed.reader.pause()
    evening.chime.ring(10)
    if held:
        evening.bed.reader.resume()
    evening.bed.run(60)
    assert evening.rung == []
    assert evening.bed.diary.whole() == [(1, n) for n in range(4)]


def test_a_story_that_begins_while_it_rings_is_not_kept_waiting_and_is_heard_whole():
    evening = Evening()
    bed = evening.bed
    bed.reader.prepare([1])
    bed.run(1)
    evening.chime.ring(2)
    bed.run(0.5)
    began = bed.now()
    bed.reader.tell([1])
    bed.run(60)
    assert bed.diary.heard[0].begin == began
    assert bed.diary.whole() == [(1, n) for n in range(4)]
    assert evening.whole == []


def test_a_bell_that_was_silenced_from_elsewhere_takes_nothing_from_a_later_story():
    evening = Evening()
    bed = evening.bed
    evening.chime.ring(10)
    bed.run(1)
    bed.reader.leave()
    bed.run(300)
    bed.reader.tell([1])
    assert bed.run(60).whole() == [(1, n) for n in range(4)]


def test_it_is_as_soft_as_the_night():
    evening = Evening(night_volume=0.2)
    evening.chime.ring(10)
    assert evening.bed.speaker.volume == 0.2


def test_no_output_and_no_bell_are_no_trouble(tmp_path):
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"RIFF")
    for bell in (tmp_path / "gone.wav", broken):
        evening = Evening(bell=bell)
        evening.chime.ring(10)
        evening.bed.run(5)
        assert evening.rung == []
    evening = Evening()
    evening.bed.speaker.lose()
    evening.chime.ring(10)
    evening.bed.run(5)
    assert evening.rung == []


def test_the_bell_itself_comes_softly_is_quiet_and_ends_in_silence():
    assert BELL.stat().st_size < 120_000
    with wave.open(str(BELL)) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        rate = file.getframerate()
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768
    loudest = np.sqrt(np.convolve(samples**2, np.ones(rate * 2 // 5) / (rate * 2 // 5), "valid").max())
    assert 20 * np.log10(loudest) == pytest.approx(-30, abs=0.5)
    assert np.abs(samples).max() < 10 ** (-20 / 20)
    assert np.abs(samples[: rate // 100]).max() < np.abs(samples).max() / 4
    assert np.abs(samples[-rate // 100 :]).max() < 1e-3

"""A take whose words are followed: the machine says them too, and the take then knows when each is heard."""

from dataclasses import replace

import numpy as np
import pytest
import soundfile

from storytime.core.ports import Levels, Sound, Utterance, Word
from storytime.devices.background import RealBackground
from storytime.devices.guides import Guides
from storytime.devices.rehearsal import PretendClock, PretendVoice
from storytime.devices.take_voice import TakeVoice, name_of
from tests.core.studio.recordings import in_room, said

PATIENCE = 10_000
READ = "At half past seven the fox went home, and nobody in the whole forest said a word about the cheese."
WRITTEN = READ.replace("half past seven", "7:30")
SAID = Utterance(READ, "pretend:english")
RATE = 22_050


class Machine(PretendVoice):
    """A machine that answers when its clock runs, with a sound of eSpeak's in a file."""

    def __init__(self, clock, folder, *, timed=True):
        super().__init__(clock)
        self.folder, self.timed, self.unable = folder, timed, False

    def _sound(self, utterance):
        if self.unable:
            raise ValueError("no such voice")
        samples, rate, words = said(utterance.text)
        path = self.folder / "machine.wav"
        soundfile.write(path, samples, rate, "PCM_16")
        return Sound(path, len(samples), rate, words if self.timed else ())


class Bench:
    """A recorded line, the machine that could say it, and what came of it."""

    def __init__(self, qtbot, folder):
        self._bot, self.folder = qtbot, folder
        self.clock, self.background = PretendClock(), RealBackground()
        self.machine, self.sounds = Machine(self.clock, folder), []
        slow, rate, self.true = said(READ, "espeak:gmw/en", 0.8, 0.3)
        assert rate == RATE
        soundfile.write(folder / "take.flac", in_room(np.repeat(slow, 2), 1.0, 1.0), 2 * RATE, "PCM_16")
        levels = Levels(-24.0, -6.0, -25.0, -70.0, 0, 1.0, 1.0 + len(slow) / rate)
        self.take = Utterance(WRITTEN, "teller:1", take=folder / "take.flac", levels=levels, guide=SAID)
        self.voice = self.make()

    def make(self, patience=60.0):
        voice = TakeVoice(self.folder / "cache", self.background, Guides(self.machine, patience=patience))
        voice.rendered.connect(lambda _asked, sound: self.sounds.append(sound))
        return voice

    def of(self, take, voice=None):
        wanted = len(self.sounds) + 1
        (voice or self.voice).render(take)
        self.clock.advance(1)
        return self.came(wanted)

    def came(self, wanted):
        self._bot.waitUntil(lambda: len(self.sounds) >= wanted, timeout=PATIENCE)
        return self.sounds[-1]


@pytest.fixture
def bench(qtbot, tmp_path):
    bench = Bench(qtbot, tmp_path)
    yield bench
    bench.voice.close()
    bench.background.close()


def shift(written):
    """Where a word of what was read stands in what was said."""
    return READ.index(written), WRITTEN.index(written)


def test_each_word_of_the_trimmed_take_has_the_time_at_which_it_is_heard(bench):
    sound = bench.of(bench.take)
    at = {word.start: word.at for word in sound.words}
    late = []
    for word in ("fox", "home", "nobody", "forest", "word", "cheese"):
        read, shown = shift(word)
        (true,) = [one.at for one in bench.true if one.start == read]
        # 150 ms of air are left before the first word.
        late.append(at[shown] - (true + 0.15))
    assert np.abs(late).max() < 0.12, late


def test_what_is_said_otherwise_than_written_is_laid_on_what_is_written(bench):
    words = bench.of(bench.take).words
    begin = WRITTEN.index("7:30")
    (time,) = [word for word in words if word.start == begin]
    assert time.length == 4


def test_the_times_are_kept_with_the_sound(bench):
    made = bench.of(bench.take)
    assert made.words
    assert bench.voice.ready(bench.take) == made
    samples, rate = soundfile.read(made.path)
    assert (len(samples), rate) == (made.frames, made.rate)


def test_who_does_not_follow_words_asks_no_machine_and_has_the_same_sound_as_ever(bench):
    plain = replace(bench.take, guide=None)
    assert bench.of(plain).words == ()
    assert bench.machine.asked == []
    assert name_of(plain) != name_of(bench.take)


def test_a_machine_that_cannot_say_it_costs_the_times_alone(bench):
    bench.machine.unable = True
    sound = bench.of(bench.take)
    assert sound.words == ()
    assert sound.frames == bench.of(replace(bench.take, guide=None)).frames


def test_a_machine_that_failed_once_is_asked_again_by_the_next_start(bench):
    bench.machine.unable = True
    untimed = bench.of(bench.take)
    assert bench.voice.ready(bench.take) == untimed
    bench.machine.unable = False
    later = bench.make()
    assert later.ready(bench.take) is None
    assert bench.of(bench.take, later).words
    later.close()


def test_a_machine_without_times_costs_the_times_alone(bench):
    bench.machine.timed = False
    assert bench.of(bench.take).words == ()


def test_a_machine_that_does_not_answer_holds_no_take_up_for_ever(bench):
    voice = bench.make(patience=0.0)
    voice.render(bench.take)
    assert bench.came(1).words == ()


def test_a_take_forgotten_while_the_machine_speaks_does_not_come_but_asked_again_it_does(bench):
    bench.voice.render(bench.take)
    bench.voice.forget()
    bench.clock.advance(1)
    assert bench.of(bench.take).words
    assert len(bench.sounds) == 1


def test_a_machine_s_sound_that_is_gone_costs_the_times_alone(bench):
    bench.machine._kept[SAID] = Sound(bench.folder / "gone.wav", 1000, RATE, (Word(0, 2, 0.0),))
    assert bench.of(bench.take).words == ()

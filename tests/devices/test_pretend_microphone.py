"""What a test can have happen to the pretended microphone, beside what every microphone promises."""

from datetime import timedelta

import numpy as np
import pytest

from storytime.core.ports import Input
from storytime.core.studio.journal import read_journal
from storytime.devices.rehearsal import PretendClock, PretendMicrophone
from tests.devices.test_microphone_promises import HEADER, Told

RATE = 48_000


@pytest.fixture
def clock():
    return PretendClock()


@pytest.fixture
def microphone(clock):
    return PretendMicrophone(clock)


@pytest.fixture
def told(microphone):
    return Told(microphone)


@pytest.fixture
def journal(tmp_path):
    return tmp_path / "one.journal"


def test_what_it_is_given_is_in_the_journal_sample_by_sample(clock, microphone, journal):
    said = np.linspace(-0.5, 0.5, RATE, dtype=np.float32)
    microphone.record(journal, HEADER)
    microphone.say(said)
    clock.advance(1.25)
    microphone.stop()
    whole = read_journal(journal)
    assert whole.seconds == pytest.approx(1.25)
    assert np.max(np.abs(whole.samples(0, RATE) - said)) < 1e-4
    assert 0 < np.max(np.abs(whole.samples(RATE))) < 0.002


@pytest.mark.parametrize("format", ["s16", "s32", "f32"])
def test_it_has_the_depth_that_a_test_wants(clock, journal, format):
    microphone = PretendMicrophone(clock, format=format)
    microphone.tone(1.0)
    microphone.record(journal, HEADER)
    clock.advance(1.0)
    microphone.stop()
    assert read_journal(journal).header["format"] == format
    assert np.max(read_journal(journal).samples()) == pytest.approx(0.2, abs=0.001)


def test_disk_full_ends_it_with_what_found_room(clock, microphone, told, journal):
    microphone.room = 2 * RATE + 1
    microphone.record(journal, HEADER)
    clock.advance(2.0)
    assert told.events == [("started",), ("ended", "full")]
    assert read_journal(journal).frames == RATE


def test_disk_full_from_the_beginning_begins_nothing(clock, microphone, told, journal):
    microphone.room = 0
    microphone.record(journal, HEADER)
    clock.advance(1.0)
    assert told.events == [("ended", "full")]
    assert not journal.exists()


def test_all_zero_input_is_told_as_silence(clock, microphone, told, journal):
    microphone.dead = True
    microphone.record(journal, HEADER)
    clock.advance(1.0)
    assert {level.peak for level in told.levels} == {level.rms for level in told.levels} == {-120.0}


def test_permission_refused_records_nothing_and_shows_no_inputs(clock, microphone, told, journal):
    microphone.refuse()
    microphone.record(journal, HEADER)
    clock.advance(1.0)
    assert told.events == [("ended", "refused")]
    assert microphone.inputs() == ()
    microphone.refuse(False)
    microphone.record(journal, HEADER)
    clock.advance(1.0)
    assert told.events == [("ended", "refused"), ("started",)]


def test_kill_of_its_process_keeps_what_was_written(clock, microphone, told, journal):
    microphone.record(journal, HEADER)
    clock.advance(1.05)
    microphone.die()
    clock.advance(0.0)
    assert told.events == [("started",), ("ended", "died")]
    assert read_journal(journal).seconds == pytest.approx(1.0)


def test_a_clock_set_back_while_recording_changes_nothing(clock, microphone, told, journal):
    microphone.record(journal, HEADER)
    clock.advance(1.0)
    clock.step_wall(-timedelta(days=400))
    clock.advance(1.0)
    microphone.stop()
    clock.advance(0.0)
    assert told.events == [("started",), ("ended", "")]
    assert read_journal(journal).seconds == pytest.approx(2.0)


def test_one_microphone_of_two_can_be_unplugged(clock, told, journal):
    microphone = PretendMicrophone(clock, Input("a", "Built in", True), Input("b", "Headset"))
    told = Told(microphone)
    microphone.record(journal, HEADER, "b")
    clock.advance(1.0)
    microphone.unplug("b")
    clock.advance(1.0)
    assert told.events == [("started",), ("ended", "lost")]
    assert [one.id for one in microphone.inputs()] == ["a"]


def test_a_recording_may_begin_while_it_is_told_that_nothing_could_be_warm(clock, microphone, told, journal):
    microphone.unplug()
    microphone.warm()
    microphone.record(journal, HEADER)
    clock.advance(1.0)
    assert told.events == [("lost", "none"), ("ended", "none")]


def test_clipped_samples_are_counted(clock, microphone, told, journal):
    microphone.warm()
    microphone.tone(0.1, size=1.4)
    clock.advance(0.1)
    assert told.levels[-1].peak == pytest.approx(0.0, abs=0.5)
    assert told.levels[-1].clipped > 100

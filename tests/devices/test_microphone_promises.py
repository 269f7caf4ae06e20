"""What every microphone promises, kept by the machine's own (`-m real`) and by the pretended one."""

import numpy as np
import pytest

from storytime.core.studio.journal import read_journal
from storytime.core.studio.journal_file import being_written
from storytime.devices.microphone import QtMicrophone
from storytime.devices.rehearsal import PretendClock, PretendMicrophone

PATIENCE = 20_000
RATE = 48_000
HEADER = {"teller": "Mama", "line": 3}
BLOCK = 0.1
"""Seconds by which a test may know the time less well than the microphone."""


class Told:
    """All that a microphone tells, in order, but for its levels, which stand apart."""

    def __init__(self, microphone):
        self.events = []
        self.levels = []
        microphone.started.connect(lambda: self.events.append(("started",)))
        microphone.ended.connect(lambda why: self.events.append(("ended", why)))
        microphone.lost.connect(lambda why: self.events.append(("lost", why)))
        microphone.heard.connect(self.levels.append)


class RealRoom:
    """The real microphone before a null sink; time passes as the sink plays."""

    def __init__(self, qtbot, server, ear):
        self.microphone, self._bot, self._server, self._ear = QtMicrophone(), qtbot, server, ear
        self.told = Told(self.microphone)
        self._mouths = []

    def sound(self):
        turns = np.arange(60 * RATE) * 220 / RATE
        self._mouths.append(self._server.mouth("bedside", np.round(6554 * np.sin(2 * np.pi * turns)).astype("<i2")))
        self.until(lambda: np.any(self._ear.samples()))

    def until(self, true):
        self._bot.waitUntil(lambda: bool(true()), timeout=PATIENCE)

    def passes(self, seconds):
        wanted = self._ear.frames + round(seconds * RATE)
        self.until(lambda: self._ear.frames >= wanted)

    def unplug(self):
        self._server.remove_input("bedside")

    def plug_in(self):
        self._server.add_input("bedside")
        self._ear = self._server.ear("bedside-air")
        self._mouths.append(self._ear)

    def close(self):
        self.microphone.close()
        for mouth in self._mouths:
            mouth.close()


class PretendRoom:
    """The pretended microphone; time passes as told."""

    def __init__(self):
        self.clock = PretendClock()
        self.microphone = PretendMicrophone(self.clock)
        self.told = Told(self.microphone)
        self.unplug, self.plug_in = self.microphone.unplug, self.microphone.plug_in

    def sound(self):
        self.microphone.tone(60)

    def until(self, true):
        for _step in range(2000):
            if true():
                return
            self.clock.advance(0.01)
        raise AssertionError("it never came true")

    def passes(self, seconds):
        self.clock.advance(seconds)

    def close(self):
        self.microphone.close()


@pytest.fixture(params=["pretended", pytest.param("real", marks=pytest.mark.real)])
def room(request):
    if request.param == "real":
        made = RealRoom(*(request.getfixturevalue(name) for name in ("qtbot", "sound_server", "bedside")))
    else:
        made = PretendRoom()
    yield made
    made.close()


@pytest.fixture
def journal(tmp_path):
    return tmp_path / "journals" / "one.journal"


def started(room):
    return ("started",) in room.told.events


def ended(room):
    return any(event[0] == "ended" for event in room.told.events)


def record(room, journal, seconds=1.0):
    """Record so many seconds from the first frame on, and stop."""
    room.microphone.record(journal, HEADER)
    room.until(lambda: started(room))
    room.passes(seconds)
    room.microphone.stop()
    room.until(lambda: ended(room))


def test_a_recording_is_a_journal_that_says_whose_it_is_and_of_what_kind(room, journal):
    record(room, journal)
    whole = read_journal(journal)
    assert whole.header.items() >= HEADER.items()
    assert whole.rate == 48_000
    assert whole.header["format"] in ("s16", "s32", "f32")
    assert room.told.events == [("started",), ("ended", "")]


def test_a_recording_is_as_long_as_it_took(room, journal):
    record(room, journal, 1.5)
    assert read_journal(journal).seconds >= 1.5 - BLOCK


def test_what_sounds_is_in_the_journal(room, journal):
    room.sound()
    record(room, journal)
    assert np.max(np.abs(read_journal(journal).samples())) == pytest.approx(0.2, abs=0.01)


def test_nothing_is_told_inside_the_call_that_brings_it(room, journal):
    room.microphone.record(journal, HEADER)
    assert room.told.events == []
    room.until(lambda: started(room))
    room.microphone.stop()
    assert room.told.events == [("started",)]


def test_a_journal_can_be_read_and_is_known_to_be_written_while_it_is(room, journal):
    room.microphone.record(journal, HEADER)
    room.until(lambda: started(room))
    assert read_journal(journal).frames > 0
    assert being_written(journal)
    room.microphone.stop()
    room.until(lambda: ended(room))
    assert not being_written(journal)


def test_levels_come_some_ten_times_a_second_and_say_what_is_safe(room, journal):
    room.sound()
    room.microphone.warm()
    room.until(lambda: room.told.levels)
    record(room, journal, 2.0)
    levels = [level for level in room.told.levels if level.seconds]
    assert 15 <= len(levels) <= 40
    assert levels[-1].peak == pytest.approx(-14, abs=0.5)
    assert levels[-1].rms == pytest.approx(-17, abs=0.5)
    assert levels[-1].clipped == 0
    seconds = [level.seconds for level in levels]
    assert seconds == sorted(seconds)
    assert all(level.safe <= level.seconds for level in levels)
    assert levels[-1].safe > 0


def test_what_is_heard_while_it_is_warm_is_told_and_never_kept(room, journal):
    room.microphone.warm()
    room.until(lambda: len(room.told.levels) > 3)
    assert all(level.seconds == 0 for level in room.told.levels)
    assert room.told.events == []
    assert not journal.parent.exists()


def test_a_second_recording_follows_the_first(room, journal):
    record(room, journal)
    room.told.events.clear()
    second = journal.with_name("two.journal")
    record(room, second, 0.5)
    assert room.told.events == [("started",), ("ended", "")]
    assert read_journal(second).seconds < read_journal(journal).seconds


def test_asking_twice_records_once(room, journal):
    other = journal.with_name("two.journal")
    room.microphone.record(journal, HEADER)
    room.microphone.record(other, HEADER)
    room.until(lambda: started(room))
    room.microphone.stop()
    room.until(lambda: ended(room))
    assert room.told.events == [("started",), ("ended", "")]
    assert not other.exists()


def test_stopping_what_does_not_record_is_no_error(room):
    room.microphone.stop()
    room.microphone.warm()
    room.microphone.stop()
    room.passes(0.5)
    assert room.told.events == []


def test_an_input_at_rest_is_not_heard(room):
    room.microphone.warm()
    room.until(lambda: room.told.levels)
    room.microphone.rest()
    room.passes(0.5)
    count = len(room.told.levels)
    room.passes(0.5)
    assert len(room.told.levels) == count


def test_resting_ends_a_recording_whole(room, journal):
    room.microphone.record(journal, HEADER)
    room.until(lambda: started(room))
    room.microphone.rest()
    room.until(lambda: ended(room))
    assert room.told.events == [("started",), ("ended", "")]


def test_closing_ends_a_recording_whole_and_tells_nothing(room, journal):
    room.microphone.record(journal, HEADER)
    room.until(lambda: started(room))
    room.passes(1.0)
    room.microphone.close()
    assert not being_written(journal)
    assert read_journal(journal).seconds >= 0.7
    assert room.told.events == [("started",)]


def test_inputs_have_names_and_one_is_the_systems_own(room):
    inputs = room.microphone.inputs()
    assert [one.default for one in inputs] == [True]
    assert all(one.id and one.name for one in inputs)


def test_a_chosen_input_is_recorded_from(room, journal):
    room.microphone.record(journal, HEADER, room.microphone.inputs()[0].id)
    room.until(lambda: started(room))


def test_an_input_that_is_not_there_records_nothing_and_says_so(room, journal):
    room.microphone.record(journal, HEADER, "the one from last year")
    room.until(lambda: ended(room))
    assert room.told.events == [("ended", "none")]
    assert not journal.exists()


def test_an_input_that_is_not_there_cannot_be_warm(room):
    room.microphone.warm("the one from last year")
    room.until(lambda: room.told.events)
    assert room.told.events == [("lost", "none")]


def test_where_another_input_was_wanted_the_one_before_is_not_heard_any_more(room):
    room.microphone.warm()
    room.until(lambda: room.told.levels)
    room.microphone.warm("the one from last year")
    room.until(lambda: room.told.events)
    room.microphone.warm("the one from last year")
    count = len(room.told.levels)
    room.passes(1.0)
    assert len(room.told.levels) == count
    assert set(room.told.events) == {("lost", "none")}


def test_device_removed_while_recording_keeps_what_was_heard(room, journal):
    room.microphone.record(journal, HEADER)
    room.until(lambda: started(room))
    room.passes(1.0)
    room.unplug()
    room.until(lambda: ended(room))
    assert room.told.events == [("started",), ("ended", "lost")]
    assert read_journal(journal).seconds >= 0.7
    assert not being_written(journal)


def test_device_removed_while_warm_is_said(room):
    room.microphone.warm()
    room.until(lambda: room.told.levels)
    room.unplug()
    room.until(lambda: room.told.events)
    assert room.told.events == [("lost", "lost")]


def test_a_device_that_comes_back_is_recorded_from(room, journal):
    changes = []
    room.microphone.inputs_changed.connect(lambda: changes.append(True))
    room.microphone.warm()
    room.until(lambda: room.told.levels and room.microphone.inputs())
    room.unplug()
    room.until(lambda: room.told.events == [("lost", "lost")] and not room.microphone.inputs())
    room.plug_in()
    room.until(room.microphone.inputs)
    assert changes
    room.told.events.clear()
    record(room, journal)
    assert room.told.events == [("started",), ("ended", "")]

"""What the real microphone promises on bad days, each sample counted: kills, stalls, full disks, refusals, losses."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import deque
from itertools import count

import pytest

from storytime.core.studio.journal import read_journal
from storytime.core.studio.journal_file import ask_to_end, being_written
from storytime.devices.child_process import module_command
from storytime.devices.microphone import QtMicrophone
from tests.devices.counting import RATE, counted, counter, in_journal, lost
from tests.devices.test_microphone_promises import HEADER, PATIENCE, Told, ended, started
from tests.flows.machine import WallClock, faketime

pytestmark = pytest.mark.real

FAULTY = (sys.executable, "-P", "-m", "tests.devices.faulty_microphones")
WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from storytime.devices.microphone import COMMAND, QtMicrophone

application = QCoreApplication([])
microphone = QtMicrophone(sys.argv[2:] or COMMAND)
microphone.started.connect(lambda: print(microphone.process_id(), flush=True))
microphone.record(Path(sys.argv[1]), {"teller": "Grandpa"})
application.exec()
"""


class Room:
    """A microphone of some command, and what it tells."""

    def __init__(self, qtbot, command=None):
        self.microphone = QtMicrophone(command) if command else QtMicrophone()
        self.told = Told(self.microphone)
        self._bot = qtbot

    def until(self, true):
        self._bot.waitUntil(lambda: bool(true()), timeout=PATIENCE)

    def record(self, journal):
        self.microphone.record(journal, HEADER)
        self.until(lambda: started(self))


@pytest.fixture
def room_of(qtbot, bedside):
    rooms = []

    def make(*command):
        rooms.append(Room(qtbot, command))
        return rooms[-1]

    yield make
    for room in rooms:
        room.microphone.close()


@pytest.fixture
def room(room_of):
    return room_of()


@pytest.fixture
def say(sound_server, bedside):
    """Say a counted signal of so many seconds, and wait until it has begun."""
    mouths = []

    def begin(seconds=60):
        mouths.append(sound_server.mouth("bedside", counter(seconds)))
        while not counted(bedside.samples()).size:
            bedside.wait_frames(RATE // 20)

    yield begin
    for mouth in mouths:
        mouth.close()


@pytest.fixture
def journal(tmp_path):
    return tmp_path / "journals" / "one.journal"


@pytest.fixture
def wall_clock(tmp_path):
    assert faketime(), "libfaketime is missing: run the tests with run.py test"
    return WallClock(tmp_path)


@pytest.fixture
def window_of(bedside, journal):
    """A window in a process of its own that records, and the number of its microphone process."""
    begun = []

    def make(*command):
        words = [sys.executable, "-c", WINDOW, str(journal), *command]
        window = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        begun.append(window)
        child = int(window.stdout.readline())
        begun.append(child)
        return window, child

    yield make
    for one in begun:
        if isinstance(one, int):
            # One that is writing still is ours; a number that is nobody's any more could be anybody's.
            if being_written(journal):
                os.kill(one, signal.SIGKILL)
        else:
            one.kill()
            one.wait()
            one.stdout.close()


def until(true):
    """Wait without events."""
    end = time.monotonic() + PATIENCE / 1000
    while not true():
        assert time.monotonic() < end
        os.sched_yield()


def test_no_sample_is_lost_while_the_window_works_or_stalls(room, bedside, say, journal):
    say()
    room.record(journal)
    bedside.wait_frames(4 * RATE)
    room.until(lambda: len(room.told.levels) > 20)
    room.microphone.stop()
    room.until(lambda: ended(room))
    whole = read_journal(journal)
    assert whole.seconds > 4
    assert lost(in_journal(whole)) == 0


def test_what_sounds_before_the_stop_is_in_the_journal(room, bedside, say, journal):
    say()
    room.record(journal)
    bedside.wait_frames(RATE)
    said = counted(bedside.samples())[-1]
    room.microphone.stop()
    room.until(lambda: ended(room))
    late = int(said) - int(counted(in_journal(read_journal(journal)))[-1])
    assert (late + 32_768) % 65_536 - 32_768 <= RATE // 50


@pytest.mark.parametrize(("depth", "format"), [("s32le", "s32"), ("float32le", "f32"), ("u8", "s16")])
def test_a_journal_has_the_depth_of_its_device(sound_server, qtbot, room, journal, depth, format):
    sound_server.add_input("deep", depth=depth)
    mouth = sound_server.mouth("deep", counter(30))
    room.record(journal)
    room.until(lambda: room.told.levels and room.told.levels[-1].seconds > 1)
    room.microphone.stop()
    room.until(lambda: ended(room))
    mouth.close()
    whole = read_journal(journal)
    assert whole.header["format"] == format
    if depth != "u8":
        assert lost(in_journal(whole)) == 0


def test_of_two_channels_the_one_that_speaks_is_recorded_at_its_full_level(sound_server, room, journal):
    sound_server.add_input("wide", channels=2)
    sound_server.tell("set-sink-volume", "wide-air", "0%", "100%")
    mouth = sound_server.mouth("wide", counter(30))
    room.record(journal)
    room.until(lambda: len(room.told.levels) > 15)
    room.microphone.stop()
    room.until(lambda: ended(room))
    mouth.close()
    assert max(level.peak for level in room.told.levels) > -0.1


def test_kill_at_random_moments_costs_half_a_second_at_most(room, bedside, say, tmp_path):
    say()
    for turn in range(5):
        journal = tmp_path / f"{turn}.journal"
        room.told.events.clear()
        room.record(journal)
        begun = bedside.frames
        bedside.wait_frames(random.randrange(RATE))
        took = bedside.frames - begun
        said = counted(bedside.samples())[-1]
        os.kill(room.microphone.process_id(), signal.SIGKILL)
        room.until(lambda: ended(room))
        assert room.told.events == [("started",), ("ended", "died")]
        assert not being_written(journal)
        held = counted(in_journal(read_journal(journal)))
        assert lost(held) == 0
        assert len(held) >= took - RATE // 2
        missing = (int(said) - int(held[-1]) + 32_768) % 65_536 - 32_768
        assert missing <= RATE // 2


def test_a_killed_process_is_begun_anew_for_the_next_recording(room, journal):
    room.record(journal)
    os.kill(room.microphone.process_id(), signal.SIGKILL)
    room.until(lambda: ended(room))
    room.told.events.clear()
    room.record(journal.with_name("two.journal"))
    assert room.told.events == [("started",)]


def test_a_window_that_stalls_loses_no_sample(window_of, bedside, say, journal):
    say()
    window, _child = window_of()
    window.send_signal(signal.SIGSTOP)
    bedside.wait_frames(3 * RATE)
    assert lost(in_journal(read_journal(journal))) == 0
    assert read_journal(journal).seconds > 2
    window.send_signal(signal.SIGCONT)


def test_kill_of_the_window_ends_no_recording_and_a_new_one_finds_and_ends_it(window_of, bedside, say, journal):
    say()
    window, _child = window_of()
    window.kill()
    window.wait()
    before = read_journal(journal).seconds
    bedside.wait_frames(2 * RATE)
    assert being_written(journal)
    assert read_journal(journal).seconds > before + 1.5
    ask_to_end(journal)
    until(lambda: not being_written(journal))
    assert lost(in_journal(read_journal(journal))) == 0
    assert read_journal(journal).header["teller"] == "Grandpa"
    assert [path.name for path in journal.parent.iterdir()] == [journal.name]


def test_kill_of_the_window_leaves_a_recording_that_ends_when_nobody_speaks(window_of, bedside, journal):
    window, _child = window_of(*FAULTY, "impatient")
    window.kill()
    window.wait()
    until(lambda: not being_written(journal))
    assert 0.9 < read_journal(journal).seconds < 10


def test_a_clock_set_back_while_recording_changes_nothing(room_of, wall_clock, bedside, say, journal, monkeypatch):
    say()
    wall_clock.set("2026-11-28 20:00:00")
    for name, value in wall_clock.environment.items():
        monkeypatch.setenv(name, value)
    room = room_of()
    room.record(journal)
    wall_clock.set("2019-01-01 00:00:00")
    at = len(room.told.levels)
    room.until(lambda: len(room.told.levels) > at + 20)
    wall_clock.set("2026-11-28 20:00:00")
    room.until(lambda: len(room.told.levels) > at + 40)
    room.microphone.stop()
    room.until(lambda: ended(room))
    assert room.told.events == [("started",), ("ended", "")]
    whole = read_journal(journal)
    assert lost(in_journal(whole)) == 0
    assert 4 < whole.seconds < 20
    seconds = [level.seconds for level in room.told.levels if level.seconds]
    assert seconds == sorted(seconds)


def test_a_log_out_ends_a_recording_whole(room, journal):
    room.record(journal)
    os.kill(room.microphone.process_id(), signal.SIGTERM)
    room.until(lambda: ended(room))
    assert not being_written(journal)
    assert read_journal(journal).frames > 0


@pytest.fixture
def small_disk(tmp_path):
    if os.geteuid():
        pytest.skip("a small disk is mounted by root only")
    folder = tmp_path / "small"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "storytime-test", str(folder)], check=True)
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_disk_full_keeps_what_found_room_and_says_so(room, bedside, say, small_disk):
    say()
    journal = small_disk / "one.journal"
    room.record(journal)
    room.until(lambda: ended(room))
    assert room.told.events == [("started",), ("ended", "full")]
    whole = read_journal(journal)
    assert whole.seconds > 2
    assert lost(in_journal(whole)) == 0
    assert not being_written(journal)


def test_disk_full_from_the_beginning_begins_nothing(room, small_disk):
    with (small_disk / "filling").open("wb", buffering=0) as file, pytest.raises(OSError, match="space"):
        deque(file.write(bytes(4096)) for _page in count())
    room.microphone.record(small_disk / "one.journal", HEADER)
    room.until(lambda: ended(room))
    assert room.told.events == [("ended", "full")]
    assert not (small_disk / "one.journal").exists()


def test_all_zero_input_is_told_as_silence(room, journal):
    room.record(journal)
    room.until(lambda: len(room.told.levels) > 5)
    assert {level.peak for level in room.told.levels} == {-120.0}


def test_all_zero_input_is_a_refusal_where_the_system_says_it_so(room_of, journal):
    room = room_of(*FAULTY, "mac")
    room.record(journal)
    room.until(lambda: ended(room))
    assert room.told.events == [("started",), ("ended", "refused")]


def test_permission_refused_records_nothing_and_shows_no_inputs(room_of, journal):
    room = room_of(*FAULTY, "refused")
    assert room.microphone.inputs() == ()
    room.microphone.record(journal, HEADER)
    room.until(lambda: ended(room))
    room.microphone.warm()
    room.until(lambda: len(room.told.events) > 1)
    assert room.told.events == [("ended", "refused"), ("lost", "refused")]
    assert not journal.exists()


def test_a_recording_that_waits_for_permission_can_be_stopped(room_of, journal):
    room = room_of(*FAULTY, "undecided")
    room.microphone.record(journal, HEADER)
    room.microphone.stop()
    room.until(lambda: ended(room))
    assert room.told.events == [("ended", "")]
    assert not journal.exists()


def test_a_fault_of_the_process_is_told_and_never_looks_like_a_recording(room, journal):
    room.microphone.record(journal, {"text": "a" * 5000})
    room.until(lambda: ended(room))
    assert room.told.events == [("ended", "died")]
    assert not journal.exists()


def test_a_sound_server_killed_while_recording_is_noticed_and_its_return_too(room, sound_server, bedside, journal):
    room.record(journal)
    sound_server.kill()
    room.until(lambda: ended(room))
    assert room.told.events == [("started",), ("ended", "lost")]
    assert read_journal(journal).frames > 0
    sound_server.start()
    sound_server.add_input("bedside")
    room.until(room.microphone.inputs)
    room.told.events.clear()
    ear = sound_server.ear("bedside-air")
    room.record(journal.with_name("two.journal"))
    ear.close()


def test_device_removed_while_another_stays_ends_the_recording(room, sound_server, bedside, journal):
    sound_server.add_input("headset")
    ear = sound_server.ear("headset-air")
    room.record(journal)
    sound_server.remove_input("headset")
    room.until(lambda: ended(room))
    assert room.told.events == [("started",), ("ended", "lost")]
    ear.close()


def test_a_headset_that_becomes_the_systems_own_is_heard_when_only_warm(room, sound_server, bedside):
    room.microphone.warm()
    room.until(lambda: room.told.levels)
    sound_server.add_input("headset")
    mouth = sound_server.mouth("headset", counter(30))
    room.until(lambda: room.told.levels[-1].peak > -1)
    mouth.close()


def test_without_a_microphone_there_is_none_to_record_from(qtbot, sound_server, journal):
    room = Room(qtbot)
    assert room.microphone.inputs() == ()
    room.microphone.record(journal, HEADER)
    room.until(lambda: ended(room))
    assert room.told.events == [("ended", "none")]
    room.microphone.close()


def test_a_process_that_does_not_start_is_told(qtbot, journal):
    room = Room(qtbot, module_command("storytime.devices.no_such_process"))
    room.microphone.record(journal, HEADER)
    room.until(lambda: ended(room))
    assert room.told.events == [("ended", "died")]
    room.microphone.close()


def test_a_chosen_device_removed_while_the_systems_own_stays_ends_the_recording(room, sound_server, bedside, journal):
    sound_server.add_input("headset")
    ear = sound_server.ear("headset-air")
    room.microphone.record(journal, HEADER, "bedside")
    # Until the server was asked for the first time.
    room.until(lambda: len(room.told.levels) > 10)
    sound_server.remove_input("bedside")
    room.until(lambda: ended(room))
    assert room.told.events == [("started",), ("ended", "lost")]
    ear.close()

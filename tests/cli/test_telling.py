"""What a story told in the terminal promises: it shows what is heard, lands, and says good night."""

import signal
from contextlib import nullcontext
from datetime import datetime, time
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QTimer

from storytime.cli.telling import TOO_LATE, tell_here
from storytime.cli.words import Told
from storytime.core.database import open_library
from storytime.core.errors import NoVoice, Sealed
from storytime.core.evening.plan import Plan, Times
from storytime.core.house import Devices
from storytime.core.paths import Paths
from storytime.core.settings import SettingsStore
from storytime.core.shelf.shelf import Shelf
from storytime.devices import machine
from storytime.devices.rehearsal import (
    PretendBackground,
    PretendClock,
    PretendLamp,
    PretendMicrophone,
    PretendSpeaker,
    PretendVoice,
)

GOODNIGHT = "Good night. See you in the morning."


@pytest.fixture
def night(home, qapp, monkeypatch):
    """Pretend the machine at an hour of one evening, its clock running as fast as it can."""

    running = []

    def begin(hour, minute, *, lights_out=None):
        if lights_out:
            library = open_library(Paths(home))
            SettingsStore(library).change(plan=Plan(days=(Times.of(lights_out),) * 7, asked=True).to_json())
            library.close()
        clock = PretendClock(datetime(2026, 11, 3, hour, minute))
        voice, speaker, microphone = PretendVoice(clock), PretendSpeaker(clock), PretendMicrophone(clock)
        devices = Devices(clock, voice, speaker, microphone, PretendLamp(), PretendBackground())
        monkeypatch.setattr(machine, "real_devices", lambda _paths: devices)
        hurry = QTimer(qapp, interval=0)
        hurry.timeout.connect(lambda: clock.advance(0.5))
        hurry.start()
        running.append(hurry)
        return devices

    yield begin
    for timer in running:
        timer.stop()


@pytest.fixture
def place(home):
    def of(story):
        library = open_library(Paths(home))
        found = Shelf(library, Paths(home)).place(story)
        library.close()
        return found

    return of


BEAR = 10


def test_every_line_is_shown_with_the_time_left(night, capsys, place):
    night(15, 0)
    tell_here([BEAR])
    out = capsys.readouterr().out.splitlines()
    told = [line for line in out if line[3:4] == ":"]
    assert "The Bear Who Was Almost Asleep" in out
    assert told[0].endswith("  The bear was almost asleep.")
    left = [int(line[:3]) * 60 + int(line[4:6]) for line in told]
    assert left == sorted(left, reverse=True)
    assert GOODNIGHT not in out
    assert place(BEAR) == 0


def test_tonights_story_ends_with_the_goodnight(night, capsys):
    night(19, 0)
    tell_here([BEAR], tonight=True)
    assert capsys.readouterr().out.splitlines()[-1] == GOODNIGHT


def test_a_story_lands_before_lights_out_and_its_place_is_kept(night, capsys, place):
    night(19, 58, lights_out=time(20))
    tell_here([BEAR])
    captured = capsys.readouterr()
    assert captured.out.splitlines()[-1] == GOODNIGHT
    assert place(BEAR) > 0
    assert f"goes on at line {place(BEAR)}" in captured.err


def test_a_story_begun_by_day_is_the_evenings_own_once_the_wind_down_comes(night, capsys):
    night(19, 14, lights_out=time(20))
    tell_here([BEAR])
    assert capsys.readouterr().out.splitlines()[-1] == GOODNIGHT


def test_no_story_is_begun_in_the_last_minute(night):
    night(19, 59, lights_out=time(20))
    with pytest.raises(Told, match=TOO_LATE):
        tell_here([BEAR])


def test_nothing_is_read_while_the_house_is_sealed(night, capsys):
    night(21, 0, lights_out=time(20))
    with pytest.raises(Sealed, match="07:00"):
        tell_here([BEAR])
    assert capsys.readouterr().out == ""


def test_in_the_morning_stories_are_read_again(night, capsys):
    night(8, 0, lights_out=time(20))
    tell_here([BEAR], start=40)
    assert len(capsys.readouterr().out.splitlines()) == 3 + 3


def test_a_voice_that_is_not_there_is_said_so(night):
    night(15, 0)
    with pytest.raises(NoVoice, match="nobody"):
        tell_here([BEAR], voice="nobody")


@pytest.fixture
def unplugged(night, monkeypatch):
    """Let the loudspeaker go for ten seconds, with somebody at the keys or nobody; Ctrl+C comes at last."""

    def let_go(*, keys):
        devices = night(15, 0)
        monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: keys))
        monkeypatch.setattr("storytime.cli.loop.keys", lambda _pressed: nullcontext())
        devices.clock.after(10, devices.speaker.lose)
        devices.clock.after(20, devices.speaker.give_back)
        devices.clock.after(400, lambda: signal.raise_signal(signal.SIGINT))
        tell_here([BEAR])

    return let_go


def test_a_parent_is_told_the_key_that_goes_on_when_the_loudspeaker_is_back(unplugged, capsys, place):
    unplugged(keys=True)
    assert "Press Space when it is back." in capsys.readouterr().err
    assert place(BEAR) > 0


def test_where_nobody_is_at_the_keys_none_is_asked_for_and_the_story_goes_on(unplugged, capsys, place):
    unplugged(keys=False)
    told = capsys.readouterr().err
    assert "It goes on when there is one again." in told
    assert "Press" not in told
    assert place(BEAR) == 0

"""Where a program that is started finds itself: in the day room, or in the dark that it was left in."""

from datetime import datetime

import pytest

from storytime.cli.rehearsal.stage import Stage
from storytime.core.database import KeptState, open_library
from storytime.core.evening.memory import STATE
from storytime.core.evening.plan import Plan
from storytime.core.paths import Paths
from storytime.core.settings import SettingsStore
from storytime.devices.rehearsal import PretendClock, estimated_seconds
from storytime.devices.rehearsal.voice import VOICES

# The offscreen platform says so of every window that comes to the front.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Program:
    """The whole program over a library whose lights go out at 20:00."""

    def __init__(self, paths):
        self.clock = PretendClock(datetime(2026, 11, 5, 19, 0))
        self.stage = Stage(paths, self.clock, estimated_seconds, VOICES)
        library = open_library(paths)
        SettingsStore(library).change(plan=Plan(asked=True).to_json(), first_run_done=True)
        library.close()

    def start(self):
        """Start it, and return the name of the screen that is shown."""
        self.stage.start(lambda _house, _window: None, lambda: None)
        return self.stage.window.screen_name

    def until(self, hour, minute):
        self.clock.until(self.clock.moment(datetime(2026, 11, 5, hour, minute)))


@pytest.fixture
def program(qapp, home):
    program = Program(Paths(home))
    yield program
    program.stage.close()


def test_started_in_the_wind_down_it_shows_the_shelf(program):
    program.until(19, 30)
    assert program.start() == "shelf"


def test_killed_in_the_wind_down_it_comes_back_to_the_candle(program):
    program.start()
    program.until(19, 30)
    program.stage.kill()
    assert program.start() == "candle"


def test_killed_while_the_gate_stood_open_it_comes_back_to_the_day_room(program):
    program.until(20, 10)
    program.start()
    program.stage.house.keeper.gate_opened()
    program.stage.kill()
    assert program.start() == "shelf"


def test_a_state_that_cannot_be_read_opens_the_day_room(program, home):
    library = open_library(Paths(home))
    KeptState(library).save(STATE, {"evening": 3})
    library.close()
    program.until(22, 0)
    assert program.start() == "shelf"

"""A desktop that takes the media keys hands them on to the night, and hears from the day nothing at all."""

import pytest

from storytime.app import show_rooms
from storytime.core.signal import Signal
from storytime.ui.window import Window

# The offscreen platform says so of every window that comes to the front.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Desktop:
    """Media keys as a desktop hands them on, and what it was told."""

    def __init__(self):
        self.pressed = Signal()
        self.found = 0
        self.status = ""

    def find(self):
        self.found += 1
        return self

    def show(self, status):
        self.status = status


@pytest.fixture
def desktop():
    return Desktop()


@pytest.fixture
def stage(bedroom, desktop):
    bedroom.lay_out("The Lamp in the Lighthouse")
    window = Window()
    stage = show_rooms(window, bedroom.house, animate=False, media_keys=desktop.find)
    bedroom.screens.append(window)
    return stage


def test_by_day_no_desktop_is_looked_for(stage, desktop):
    assert desktop.found == 0


def test_play_begins_the_story_holds_it_and_goes_on(bedroom, stage, desktop):
    stage.go_to_night()
    states = []
    for _ in range(3):
        desktop.pressed.emit("play")
        bedroom.clock.advance(2)
        states.append((bedroom.reader.reading.state, desktop.status))
    assert states == [("telling", "Playing"), ("paused", "Paused"), ("telling", "Playing")]
    assert desktop.found == 1


def test_next_and_previous_go_a_line_on_and_back(bedroom, stage, desktop):
    stage.go_to_night()
    desktop.pressed.emit("play")
    lines = []
    for key in ("next", "next", "previous"):
        bedroom.clock.advance(0.2)
        desktop.pressed.emit(key)
        bedroom.clock.advance(0.2)
        lines.append(bedroom.reader.reading.line)
    assert lines == [1, 2, 1]


def test_in_the_day_room_the_desktops_keys_are_somebody_elses(bedroom, stage, desktop):
    stage.go_to_night()
    stage._leave_night()
    assert desktop.status == "Stopped"
    desktop.pressed.emit("play")
    assert bedroom.reader.reading.state == "idle"


def test_a_machine_without_such_a_desktop_goes_on_as_ever(bedroom):
    window = Window()
    stage = show_rooms(window, bedroom.house, animate=False)
    bedroom.screens.append(window)
    stage.go_to_night()
    assert window.screen_name == "candle"

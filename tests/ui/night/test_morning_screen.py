"""The morning: slow light, the parent's notes, one button."""

from datetime import datetime

import pytest
from PySide6.QtCore import Qt

from storytime.ui.evening.morning_screen import DAWN, MorningScreen, time_words
from storytime.ui.parts.light import measure
from tests.ui.night.conftest import Bedroom, picture


@pytest.fixture
def bedroom(qapp, tmp_path):
    """The bedroom at the planned morning, after a night."""
    room = Bedroom(tmp_path / "library", datetime(2026, 11, 3, 19, 59))
    room.clock.advance(90)
    room.keeper.note("The goodnight could not be spoken.")
    room.clock.suspend(11 * 3600)
    yield room
    room.close()


@pytest.fixture
def morning(bedroom):
    return MorningScreen(bedroom.keeper, bedroom.settings, bedroom.clock)


def test_dawn_takes_ninety_seconds_and_never_steps_back(bedroom, morning):
    bedroom.show(morning)
    lights = []
    for _ in range(7):
        lights.append(measure(picture(morning)).mean)
        bedroom.clock.advance(DAWN / 6)
    assert lights == sorted(lights)
    assert lights[0] == 0
    assert morning.dawn() == 1


def test_a_dawn_that_came_stays(bedroom, morning):
    bedroom.show(morning)
    bedroom.clock.advance(DAWN)
    morning.hide()
    bedroom.show(morning)
    assert morning.dawn() == 1


def test_what_the_night_kept_back_is_told(bedroom, morning):
    bedroom.show(morning)
    assert "The goodnight could not be spoken." in morning.shown().notes
    assert "The goodnight could not be spoken." in morning.accessibleDescription()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_key_begins_the_day(bedroom, morning, key):
    asked = []
    morning.day_asked.connect(lambda: asked.append(True))
    bedroom.show(morning).key(key, True)
    assert asked == [True]
    assert bedroom.keeper.evening.greeted


def test_a_click_on_the_button_begins_the_day_and_one_beside_it_does_not(qtbot, bedroom, morning):
    asked = []
    morning.day_asked.connect(lambda: asked.append(True))
    bedroom.show(morning)
    picture(morning)
    qtbot.mouseClick(morning, Qt.MouseButton.LeftButton, pos=morning.rect().center())
    assert asked == []
    qtbot.mouseClick(morning._button, Qt.MouseButton.LeftButton)
    assert asked == [True]
    assert morning._button.accessibleName() == "Begin the day"


def test_the_mouse_may_be_seen_again(bedroom, morning):
    assert bedroom.show(morning).cursor().shape() == Qt.CursorShape.ArrowCursor


@pytest.mark.parametrize(("hour", "minute", "words"), [
    (7, 0, "It is seven o’clock. The day may begin."), (12, 0, "It is twelve o’clock. The day may begin."),
    (6, 45, "It is 6:45. The day may begin."), (7, 5, "It is 7:05. The day may begin.")])
def test_the_time_is_said_as_one_says_it(hour, minute, words):
    assert time_words(datetime(2026, 11, 4, hour, minute)) == words

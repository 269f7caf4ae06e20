"""Reading aloud from the dark: a hand turns the words, nothing sounds, and a trial leaves no book open."""

import pytest
from PySide6.QtCore import Qt

from storytime.ui.evening.pages_screen import PagesScreen
from storytime.ui.parts.light import READING, measure
from storytime.ui.trial_room import TrialRoom
from tests.ui.night.conftest import SIZES, picture


@pytest.fixture
def pages(bedroom):
    return bedroom.house.pages


@pytest.fixture
def screen(bedroom, pages):
    pages.tell(bedroom.lay_out("The Lamp", lines=30))
    return PagesScreen(pages, bedroom.shelf, bedroom.keeper, bedroom.settings, bedroom.clock)


@pytest.mark.parametrize("size", SIZES)
def test_its_words_are_dim(bedroom, screen, pages, size):
    bedroom.show(screen, size)
    for _ in range(3):
        pages.next()
        assert measure(picture(screen)).within(READING)


def test_each_key_turns_one_line_and_the_volumes_keys_turn_none(bedroom, screen, pages):
    bedroom.show(screen)
    seen = []
    keys = ("Right", "Space", "MediaNext", "Left", "MediaPrevious", "Up", "Down", "MediaTogglePlayPause")
    for name in keys:
        screen.key(Qt.Key[f"Key_{name}"], True)
        screen.key(Qt.Key[f"Key_{name}"], False)
        seen.append(pages.reading.line)
    assert seen == [1, 2, 3, 2, 1, 1, 1, 2]
    assert screen.shown().now == bedroom.shelf.lines(pages.reading.story, 2, 1)[0].text


def test_nothing_sounds(bedroom, screen):
    sounding = []
    bedroom.house.devices.speaker.started.connect(sounding.append)
    bedroom.show(screen).key(Qt.Key.Key_Right, True)
    bedroom.clock.advance(60)
    assert sounding == []


def test_an_evening_is_tried_with_a_book_too_and_leaves_its_place(bedroom, pages):
    (story,) = bedroom.lay_out("The Lamp", lines=30)
    bedroom.settings.change(kind_of_night="reader")
    trial = bedroom.show(TrialRoom(bedroom.house))
    for _ in range(4):
        trial.key(Qt.Key.Key_Space, True)
    assert trial.screen_name == "telling_text"
    trial.key(Qt.Key.Key_Escape, True)
    assert not pages.reading.under_way
    assert bedroom.shelf.place(story) == 3


def test_a_tried_evening_closes_the_book_when_its_time_is_over(bedroom, pages):
    bedroom.lay_out("The Lamp", lines=30)
    bedroom.settings.change(kind_of_night="reader")
    trial = bedroom.show(TrialRoom(bedroom.house))
    trial.key(Qt.Key.Key_Space, True)
    bedroom.clock.advance(146)
    assert (trial.screen_name, pages.reading.under_way) == ("goodnight", False)
    trial.key(Qt.Key.Key_Escape, True)

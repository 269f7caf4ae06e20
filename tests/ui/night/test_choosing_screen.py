"""Choosing: only what ends in time, told in the order that was asked for."""

import pytest
from PySide6.QtCore import Qt

from storytime.ui.evening.choosing_screen import ChoosingScreen
from storytime.ui.parts.night_button import NightButton
from tests.ui.night.conftest import a_story, picture


@pytest.fixture
def choosing(bedroom):
    return ChoosingScreen(bedroom.keeper, bedroom.shelf, bedroom.settings, bedroom.clock)


@pytest.fixture
def told(choosing):
    stories = []
    choosing.story_asked.connect(stories.append)
    return stories


def test_the_chosen_story_is_told_first_and_the_others_follow_in_order(bedroom, choosing, told):
    one, two, three = bedroom.lay_out("One", "Two", "Three", lines=10)
    bedroom.show(choosing)
    choosing.key(Qt.Key.Key_Right, True)
    choosing.key(Qt.Key.Key_Space, True)
    assert told == [(two, one, three)]


def test_only_stories_that_end_before_lights_out_are_offered(bedroom, choosing):
    (short,) = bedroom.lay_out("Short", lines=10)
    bedroom.shelf.arrange([short, bedroom.shelf.add(a_story("Very Long", lines=2000)).id])
    bedroom.show(choosing)
    assert [card.title for card in choosing.shown().offers] == ["Short"]


def test_a_story_no_longer_offered_goes_from_the_screen_as_the_clock_ticks(bedroom, choosing):
    bedroom.lay_out("Soon Over", lines=100)
    bedroom.show(choosing)
    assert choosing.shown().offers
    bedroom.go_to(19, 58)
    assert choosing.shown().offers == ()
    assert choosing.shown().too_late


def test_when_it_is_too_late_enter_goes_back_to_the_candle(bedroom, choosing, told):
    left = []
    choosing.left.connect(lambda: left.append(True))
    bedroom.lay_out("Soon Over", lines=100)
    bedroom.go_to(19, 58)
    bedroom.show(choosing).key(Qt.Key.Key_Return, True)
    assert (left, told) == ([True], [])


def test_with_nothing_laid_out_the_shelf_is_offered_and_one_story_told(bedroom, choosing, told):
    bedroom.shelf.add_many([a_story(title, lines=10) for title in ("One", "Two", "Three", "Four")])
    bedroom.show(choosing)
    offers = choosing.shown().offers
    choosing.key(Qt.Key.Key_Space, True)
    assert len(offers) == 3
    assert told == [(offers[0].id,)]


def test_the_choice_stops_at_the_ends(bedroom, choosing):
    bedroom.lay_out("One", "Two", lines=10)
    bedroom.show(choosing)
    seen = []
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Right):
        choosing.key(key, True)
        seen.append(choosing.shown().at)
    assert seen == [0, 1, 1]


def test_a_short_escape_goes_back_and_a_long_one_asks_for_the_gate(bedroom, choosing):
    left, gate = [], []
    choosing.left.connect(lambda: left.append(True))
    choosing.gate_asked.connect(lambda: gate.append(True))
    bedroom.show(choosing)
    choosing.key(Qt.Key.Key_Escape, True)
    bedroom.clock.advance(0.5)
    choosing.key(Qt.Key.Key_Escape, False)
    assert (left, gate) == ([True], [])
    choosing.key(Qt.Key.Key_Escape, True)
    bedroom.clock.advance(2)
    choosing.key(Qt.Key.Key_Escape, False)
    assert (left, gate) == ([True], [True])


def test_a_cover_of_one_minute_is_not_said_to_take_one_minutes(bedroom, choosing):
    bedroom.lay_out("Short", lines=2)
    bedroom.show(choosing)
    picture(choosing)
    (short,) = [button for button in choosing._choices if button.isVisible()]
    assert short.accessibleName() == "Short, 1 minute"


def test_each_cover_is_a_named_control_that_a_click_chooses_and_a_second_one_tells(qtbot, bedroom, choosing, told):
    one, two = bedroom.lay_out("The Boat", "The Bear", lines=10)
    bedroom.show(choosing)
    picture(choosing)
    boat, bear = [button for button in choosing._choices if button.isVisible()]
    assert boat.accessibleName().startswith("The Boat, ")
    qtbot.mouseClick(bear, Qt.MouseButton.LeftButton)
    assert (choosing.shown().at, told) == (1, [])
    picture(choosing)
    qtbot.mouseClick(bear, Qt.MouseButton.LeftButton)
    assert told == [(two, one)]


def test_a_cover_by_firelight_has_no_cold_pixel(bedroom, choosing):
    from storytime.ui.parts.light import bytes_of

    bedroom.lay_out("The Sea Is Blue", lines=10)
    pixels = bytes_of(picture(bedroom.show(choosing))).astype(int)
    assert (pixels[..., 2] <= pixels[..., 0] * 0.22 + 2).all()


def test_whoever_cannot_see_it_is_told_which_one_is_chosen(bedroom, choosing):
    bedroom.lay_out("One", "Two", lines=3)
    bedroom.show(choosing)
    assert choosing.accessibleDescription().startswith("One, 1 minute.")
    assert "Space: begin, and the others follow." in choosing.accessibleDescription()
    choosing.key(Qt.Key.Key_Right, True)
    assert choosing.accessibleDescription().startswith("Two, 1 minute.")
    picture(choosing)
    assert choosing.findChildren(NightButton)[0].accessibleName() == "One, 1 minute"


def test_whoever_cannot_see_it_is_told_that_it_is_too_late(bedroom, choosing):
    bedroom.lay_out("Very Long", lines=2000)
    bedroom.show(choosing)
    assert choosing.accessibleDescription() == "It is too late for a story. The candle will say good night."

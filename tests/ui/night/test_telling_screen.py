"""Telling: five actions, black that is painted once, and dim words that never stand on each other."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from storytime.ui.evening.night_screen import zone_at
from storytime.ui.evening.telling_screen import TellingScreen, TellingTextScreen
from tests.ui.night.conftest import picture
from tests.ui.night.test_candle_screen import Paints


@pytest.fixture
def telling(bedroom):
    bedroom.reader.tell(bedroom.lay_out("The Lamp", lines=30))
    bedroom.clock.advance(1)
    return bedroom.show(TellingScreen(bedroom.reader, bedroom.settings, bedroom.clock))


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_MediaTogglePlayPause])
def test_a_key_pauses_and_goes_on(bedroom, telling, key):
    telling.key(key, True)
    assert bedroom.reader.reading.state == "paused"
    telling.key(key, True)
    assert bedroom.reader.reading.state == "telling"


def test_right_and_left_go_a_line_on_and_back(bedroom, telling):
    telling.key(Qt.Key.Key_Right, True)
    telling.key(Qt.Key.Key_Right, True)
    bedroom.clock.advance(0.1)
    ahead = bedroom.reader.reading.line
    telling.key(Qt.Key.Key_Left, True)
    bedroom.clock.advance(0.1)
    assert ahead >= 2
    assert bedroom.reader.reading.line == ahead - 1


def test_up_and_down_turn_the_volume(bedroom, telling):
    was = bedroom.settings.value.night_volume
    telling.key(Qt.Key.Key_Up, True)
    louder = bedroom.settings.value.night_volume
    telling.key(Qt.Key.Key_Down, True)
    telling.key(Qt.Key.Key_Down, True)
    assert bedroom.settings.value.night_volume < was < louder


def test_no_key_paints_anything_on_the_black(qapp, bedroom, telling):
    qapp.processEvents()
    paints = Paints(telling)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Escape, Qt.Key.Key_A):
        telling.key(key, True)
        telling.key(key, False)
        bedroom.clock.advance(5)
        qapp.processEvents()
    assert paints.rects == []


def test_holding_escape_for_two_seconds_asks_for_the_gate(bedroom, telling):
    asked = []
    telling.gate_asked.connect(lambda: asked.append(True))
    telling.key(Qt.Key.Key_Escape, True)
    bedroom.clock.advance(1.9)
    telling.key(Qt.Key.Key_Escape, False)
    assert asked == []
    telling.key(Qt.Key.Key_Escape, True)
    bedroom.clock.advance(2.0)
    assert asked == [True]


def test_a_finger_in_the_middle_pauses_and_one_that_stays_asks_for_the_gate(bedroom, telling):
    asked = []
    telling.gate_asked.connect(lambda: asked.append(True))
    middle = telling.rect().center()
    QTest.mouseClick(telling, Qt.MouseButton.LeftButton, pos=middle)
    assert bedroom.reader.reading.state == "paused"
    QTest.mousePress(telling, Qt.MouseButton.LeftButton, pos=middle)
    bedroom.clock.advance(2)
    QTest.mouseRelease(telling, Qt.MouseButton.LeftButton, pos=middle)
    assert (asked, bedroom.reader.reading.state) == ([True], "paused")


@pytest.mark.parametrize(("x", "y", "key"), [
    (0.1, 0.5, Qt.Key.Key_Left), (0.9, 0.5, Qt.Key.Key_Right), (0.5, 0.5, Qt.Key.Key_Space),
    (0.5, 0.05, Qt.Key.Key_Up), (0.5, 0.95, Qt.Key.Key_Down), (0.05, 0.05, Qt.Key.Key_Up)])
def test_each_action_has_a_large_zone(x, y, key):
    assert zone_at(x * 1280, y * 800, 1280, 800) == key


def test_the_dim_words_follow_the_voice(bedroom):
    (story,) = bedroom.lay_out("The Lamp", lines=30)
    screen = bedroom.show(
        TellingTextScreen(bedroom.reader, bedroom.shelf, bedroom.keeper, bedroom.settings, bedroom.clock))
    bedroom.reader.tell([story], 5)
    bedroom.clock.advance(1)
    page = screen.shown()
    lines = [line.text for line in bedroom.shelf.lines(story, 3, 5)]
    assert (*page.before, page.now, *page.after) == tuple(lines)
    bedroom.clock.advance(20)
    assert screen.shown().now == bedroom.shelf.lines(story, bedroom.reader.reading.line, 1)[0].text
    assert bedroom.reader.reading.line > 5


@pytest.mark.parametrize("size", ["1024x600", "1920x1080@1.5"])
def test_the_words_of_the_longest_line_stand_clear_of_the_foot(bedroom, size):
    from storytime.ui.parts.light import linear_of

    (story,) = bedroom.lay_out("Long", lines=5)
    bedroom.shelf.edit(story, text="\n\n".join(("Slowly, slowly, " * 17).strip() + f" {i}." for i in range(5)))
    screen = bedroom.show(
        TellingTextScreen(bedroom.reader, bedroom.shelf, bedroom.keeper, bedroom.settings, bedroom.clock), size)
    bedroom.reader.tell([story], 2)
    bedroom.clock.advance(1)
    red = linear_of(picture(screen))[..., 0]
    height, width = red.shape
    lit = red[:, int(width * 0.18):int(width * 0.82)].max(axis=1) > 0.002
    foot_begins = int(height * 0.925)
    gap = lit[foot_begins - int(height * 0.03):foot_begins]
    assert lit[:foot_begins].any()
    assert not gap.any()
    assert not lit[:int(height * 0.02)].any()


def test_before_anything_is_told_the_page_is_empty(bedroom):
    from storytime.ui.parts.light import DARK, measure

    screen = bedroom.show(
        TellingTextScreen(bedroom.reader, bedroom.shelf, bedroom.keeper, bedroom.settings, bedroom.clock))
    assert measure(picture(screen)) == DARK


@pytest.fixture
def words(bedroom):
    """Dim words that follow the voice, some seconds into a line of two rows."""
    bedroom.settings.change(follow_words=True, less_motion=True)
    (story,) = bedroom.lay_out("The Lamp", lines=30)
    screen = bedroom.show(
        TellingTextScreen(bedroom.reader, bedroom.shelf, bedroom.keeper, bedroom.settings, bedroom.clock))
    bedroom.reader.tell([story], 5)
    bedroom.clock.advance(1)
    return screen


def lit(screen):
    """Where the light of what is being said stands, as left, top, right, bottom."""
    from storytime.ui.parts.light import linear_of
    from storytime.ui.theme import Night, colour

    bright = linear_of(picture(screen))[..., 0] > 0.98 * (colour(Night.LINES[2]).redF() + 0.055) ** 2.4 / 1.055**2.4
    rows, columns = bright.any(axis=1).nonzero()[0], bright.any(axis=0).nonzero()[0]
    return columns[0], rows[0], columns[-1], rows[-1]


def test_the_word_that_is_heard_is_lit_and_the_light_goes_on_with_the_voice(bedroom, words):
    left, _top, right, _bottom = lit(words)
    assert right - left < 0.15 * words.width()
    bedroom.clock.advance(1)
    assert lit(words)[0] > right


def test_a_word_costs_one_small_rectangle_and_a_pause_none(qapp, bedroom, words):
    picture(words)
    qapp.processEvents()
    paints = Paints(words)
    for _ in range(10):
        bedroom.clock.advance(0.1)
        qapp.processEvents()
    assert 1 <= len(paints.rects) <= 8
    assert all(rect.width() < words.width() / 3 and rect.height() < 120 for rect in paints.rects)
    bedroom.reader.pause()
    paints.rects.clear()
    bedroom.clock.advance(10)
    qapp.processEvents()
    assert paints.rects == []


def test_a_family_that_did_not_ask_for_it_sees_no_word_lit(bedroom, words):
    bedroom.settings.change(follow_words=False)
    left, _top, right, _bottom = lit(words)
    assert right - left > 0.3 * words.width()

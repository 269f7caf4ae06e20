"""The candle: its height is the time left, its keys tell and tick, and only its flame moves."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt

from storytime.ui.evening.candle_screen import CandleScreen
from storytime.ui.parts.light import NIGHT, linear_of, measure
from tests.ui.night.conftest import picture


class Paints(QObject):
    """What parts of a widget were asked to be painted."""

    def __init__(self, widget):
        super().__init__()
        self.rects = []
        widget.installEventFilter(self)

    def eventFilter(self, _watched, event):
        if event.type() == QEvent.Type.Paint:
            self.rects.append(event.rect())
        return False


@pytest.fixture
def candle(bedroom):
    return CandleScreen(bedroom.keeper, bedroom.shelf, bedroom.settings, bedroom.clock)




def test_its_height_is_the_true_time_left(bedroom, candle):
    heights = {}
    for minute in (15, 30, 45):
        candle.hide()
        bedroom.go_to(19, minute)
        bedroom.show(candle)
        picture(candle)
        heights[minute] = (candle._candle.base - candle._candle.top) / candle._candle.full
    assert heights == pytest.approx({15: 0.75, 30: 0.50, 45: 0.25}, abs=0.01)


def test_the_wax_in_the_picture_stands_where_the_time_says(bedroom, candle):
    bedroom.go_to(19, 30)
    bedroom.show(candle)
    glowing = linear_of(picture(candle))[:, :, 0]
    left_of_axis = int(candle._candle.x - candle._candle.width * 0.40)
    column = glowing[:, left_of_axis]
    # Down a line through the wax beside the flame, the largest step of light is the lip.
    lip = int(np.argmax(np.diff(column)))
    assert lip == pytest.approx(0.855 * 800 - 0.5 * 0.64 * 800, abs=12)


def test_whoever_cannot_see_it_is_told_the_time_that_is_left_and_the_keys(bedroom, candle):
    bedroom.lay_out("The Fox Who Counted")
    bedroom.go_to(19, 30)
    bedroom.show(candle)
    assert candle.accessibleDescription().startswith("30 minutes until lights-out.")
    for keys in ("Space: begin the story", "Right: done", "Hold Escape: parents"):
        assert keys in candle.accessibleDescription()
    bedroom.go_to(19, 45)
    assert candle.accessibleDescription().startswith("15 minutes until lights-out.")


def test_space_tells_the_one_story_that_is_laid_out(bedroom, candle):
    asked = []
    candle.story_asked.connect(asked.append)
    (story,) = bedroom.lay_out("The Fox Who Counted")
    bedroom.show(candle).key(Qt.Key.Key_Space, True)
    assert asked == [(story,)]


@pytest.mark.parametrize("titles", [(), ("One", "Two")])
def test_space_asks_to_choose_where_there_is_a_choice(bedroom, candle, titles):
    asked, told = [], []
    candle.choosing_asked.connect(lambda: asked.append(True))
    candle.story_asked.connect(told.append)
    bedroom.lay_out(*titles)
    bedroom.show(candle).key(Qt.Key.Key_Space, True)
    assert (asked, told) == ([True], [])


def test_enter_always_asks_to_choose(bedroom, candle):
    asked = []
    candle.choosing_asked.connect(lambda: asked.append(True))
    bedroom.lay_out("The Fox Who Counted")
    bedroom.show(candle).key(Qt.Key.Key_Return, True)
    assert asked == [True]


def test_right_ticks_a_step_and_left_takes_the_tick_back(bedroom, candle):
    bedroom.show(candle)
    seen = [candle.shown().done]
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Left):
        candle.key(key, True)
        seen.append(candle.shown().done)
    assert seen == [0, 1, 2, 1, 0, 0]


def test_a_tick_never_brightens_the_room(bedroom, candle):
    bedroom.show(candle)
    before = measure(picture(candle)).mean
    for _ in range(5):
        candle.key(Qt.Key.Key_Right, True)
        after = measure(picture(candle)).mean
        assert after <= before * 1.02
        before = after


def test_on_a_paper_night_it_says_that_the_book_is_opened_and_closed(bedroom, candle):
    bedroom.settings.change(kind_of_night="paper")
    bedroom.show(candle)
    before = candle.shown().begin
    bedroom.keeper.begin_story()
    assert (before, candle.shown().begin) == ("open the book", "close the book")


def test_ticks_are_there_again_when_the_candle_is_made_anew(bedroom, candle):
    bedroom.show(candle).key(Qt.Key.Key_Right, True)
    again = CandleScreen(bedroom.keeper, bedroom.shelf, bedroom.settings, bedroom.clock)
    assert bedroom.show(again).shown().done == 1


def test_while_the_gate_stands_open_a_dim_word_says_when_the_dark_comes_back(bedroom, candle):
    bedroom.go_to(20, 1)
    bedroom.keeper.gate_opened()
    bedroom.show(candle)
    assert (candle.shown().dark, candle.shown().closing) == (True, False)
    before = measure(picture(candle))
    bedroom.clock.advance(14 * 60 + 1)
    assert candle.shown().closing
    after = measure(picture(candle))
    assert before != after
    assert after.within(NIGHT)


def test_ticks_are_forgotten_with_the_night(bedroom, candle):
    bedroom.show(candle)
    candle.key(Qt.Key.Key_Right, True)
    candle.hide()
    bedroom.clock.suspend(24 * 3600)
    bedroom.show(candle)
    assert candle.shown().done == 0


def test_an_announcement_stands_beside_the_candle_and_goes_again(bedroom, candle):
    bedroom.show(candle)
    assert not candle.shown().announced
    bedroom.keeper.announced.emit(10)
    assert candle.shown().announced
    bedroom.clock.advance(121)
    assert not candle.shown().announced


def test_a_moving_flame_paints_its_own_rectangle_only(qtbot, bedroom, candle):
    bedroom.show(candle)
    qtbot.waitUntil(lambda: candle._candle.width > 0)
    QCoreApplication.processEvents()  # what showing it still had to paint
    paints = Paints(candle)
    with qtbot.waitSignal(candle._flicker.timeout):
        pass
    qtbot.waitUntil(lambda: bool(paints.rects))
    assert {(rect.width(), rect.height()) for rect in paints.rects} == {
        (candle._candle.flame_rect().width(), candle._candle.flame_rect().height())}
    assert candle._flicker.interval() >= 250


def test_the_flame_stands_still_where_less_motion_is_wished(bedroom, candle):
    bedroom.settings.change(less_motion=True)
    bedroom.show(candle)
    assert not candle._flicker.isActive()


def test_a_hidden_candle_follows_nothing(bedroom, candle):
    bedroom.show(candle)
    candle.hide()
    paints = Paints(candle)
    bedroom.clock.advance(60)
    assert not candle._flicker.isActive()
    assert paints.rects == []


def test_the_pin_of_the_stories_stands_where_they_must_begin(bedroom, candle):
    bedroom.lay_out("A Long Way Home", lines=200)
    card = bedroom.shelf.card(bedroom.shelf.tray()[0])
    stories = next(step for step in candle.shown().steps if step.picture == "story")
    wanted = (card.minutes * 60 + bedroom.keeper.goodnight_seconds) / 3600
    assert stories.at == pytest.approx(wanted, abs=0.01)


def test_no_two_pictures_stand_on_each_other():
    from storytime.ui.evening.routine import spread

    places = spread((100.0, 110.0, 118.0, 400.0, 402.0), 60.0, 440.0)
    assert all(b - a >= 60 - 1e-9 for a, b in pairwise(places))
    assert places[-1] <= 440


def test_the_cursor_is_never_seen(bedroom, candle):
    assert bedroom.show(candle).cursor().shape() == Qt.CursorShape.BlankCursor

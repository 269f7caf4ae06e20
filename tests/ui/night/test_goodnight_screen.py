"""Goodnight: the candle goes out with the words, and nothing is left to see at lights-out."""

import pytest

from storytime.ui.evening.goodnight_screen import FULL, GOES_OUT, LAST, SMOKE, GoodnightScreen, going_at
from storytime.ui.parts.light import DARK, measure
from tests.ui.night.conftest import picture


@pytest.fixture
def goodnight(bedroom):
    return GoodnightScreen(bedroom.keeper, bedroom.reader, bedroom.settings, bedroom.clock)


def test_the_flame_falls_over_the_length_of_the_words():
    assert going_at(None, None, 6).flame == pytest.approx(FULL)
    assert going_at(6, None, 6).flame == pytest.approx(LAST, abs=0.04)
    assert going_at(1, None, 6).flame > going_at(3.9, None, 6).flame > going_at(5.9, None, 6).flame


def test_then_it_goes_out_the_wick_glows_and_smoke_rises_and_thins():
    assert going_at(6, GOES_OUT, 6).flame == pytest.approx(0, abs=1e-6)
    assert going_at(6, GOES_OUT, 6).ember > 0.9
    early, late = going_at(6, 2, 6), going_at(6, 7, 6)
    assert early.smoke < late.smoke
    assert early.haze > late.haze
    assert going_at(6, GOES_OUT + SMOKE, 6).dark


def test_the_words_are_the_ones_that_are_spoken(bedroom, goodnight):
    bedroom.settings.change(goodnight="Sleep well, Mira. The bear is here.")
    assert bedroom.reader.goodnight_words() == "Sleep well, Mira. The bear is here."
    bedroom.show(goodnight)
    assert measure(picture(goodnight)).mean > 0


def test_a_story_that_ends_early_leaves_a_dark_room_after_its_goodnight(bedroom, goodnight):
    bedroom.reader.prepare(bedroom.lay_out("A Short One", lines=3))
    bedroom.keeper.begin_story()
    bedroom.reader.tell(bedroom.shelf.tray())
    bedroom.clock.advance(20)
    bedroom.show(goodnight)
    bedroom.clock.advance(60)
    assert not bedroom.keeper.evening.dark
    assert measure(picture(goodnight)) == DARK


def test_once_dark_it_paints_no_more(qtbot, bedroom, goodnight):
    from tests.ui.night.test_candle_screen import Paints

    bedroom.reader.prepare(bedroom.lay_out("A Short One", lines=3))
    bedroom.keeper.begin_story()
    bedroom.reader.tell(bedroom.shelf.tray())
    bedroom.show(goodnight)
    bedroom.clock.advance(90)
    with qtbot.waitSignals([goodnight._frames.timeout] * 3):
        pass
    paints = Paints(goodnight)
    with qtbot.waitSignals([goodnight._frames.timeout] * 2):
        pass
    assert paints.rects == []


def test_lights_out_now_shows_how_to_take_it_back_for_a_minute(bedroom, goodnight):
    bedroom.reader.prepare(bedroom.lay_out("A Short One", lines=3))
    bedroom.keeper.lights_out_now()
    bedroom.show(goodnight)
    bedroom.clock.advance(45)
    assert measure(picture(goodnight)) != DARK
    bedroom.clock.advance(20)
    assert measure(picture(goodnight)) == DARK

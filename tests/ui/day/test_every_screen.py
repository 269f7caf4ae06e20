"""What holds on every page of the day room: names, focus, and words that fit at every size."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from storytime.core.shelf.story import Role
from storytime.core.shelf.takes import Take, now
from storytime.core.studio.deletion import Deleted
from storytime.core.studio.label import Label
from storytime.ui.evening.plan_screen import PlanScreen
from storytime.ui.evening.settings_screen import SettingsScreen
from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.top_bar import TopBar
from storytime.ui.shelf.first_run import FirstRunCard
from storytime.ui.shelf.shelf_screen import ShelfScreen
from storytime.ui.shelf.story_screen import StoryScreen
from storytime.ui.studio.attic_screen import TakesAtticScreen
from storytime.ui.studio.found_screen import FoundScreen
from storytime.ui.studio.tellers_screen import TellersScreen
from storytime.ui.words import status
from tests.ui.day.conftest import speakers_screen, voices_screen
from tests.ui.day.fitting import (
    SIZES,
    assert_controls_inside,
    assert_words_fit,
    controls,
    missed_by_tab,
    nameless,
    seen,
)
from tests.ui.day.sitting import Silence, leave_behind

PAGES = ("shelf", "story", "plan", "settings", "voices", "speakers", "first_run", "tellers", "takes_attic", "found")


def page(room, name):
    if name == "shelf":
        room.settings.change(children={"Mia": {}, "Bartholomew Alexander": {}}, child="Bartholomew Alexander")
        return ShelfScreen(room.shelf, room.keeper, room.settings, room.covers, room.family, room.background)
    if name == "story":
        made = StoryScreen(room.shelf, room.reader, room.settings, room.gate, room.covers, room.family)
        made.open_story(room.ids()[0])
        return made
    if name == "plan":
        return PlanScreen(room.keeper, room.gate, room.settings, room.shelf, room.covers)
    if name == "settings":
        return SettingsScreen(room.settings, room.voice, room.shelf, room.tellers)
    if name == "voices":
        children = {"Mia": {}, "Bartholomew Alexander": {"en": "gone"}}
        sayings, own = {"": {"Siobhan": "shiv-awn"}}, {str(room.ids()[0]): "gone"}
        room.settings.change(sayings=sayings, story_voice=own, children=children, child="Mia")
        made = voices_screen(room)
        made.refresh()
        made.voices.rows[0].tune.click()
        return made
    if name == "speakers":
        card = room.shelf.find("street")
        room.casting.accept(card.id, card.language)
        room.casting.give(card.id, "Key", Role("gone", 0.25))
        made = speakers_screen(room)
        made.open_story(card)
        return made
    if name == "first_run":
        return FirstRunCard(room.keeper, room.settings)
    return beside_the_desk(room, name)


def beside_the_desk(room, name):
    """A page of the studio, with somebody who read, something put away and something left behind."""
    opa = room.tellers.welcome("Opa", "grandfather", "our family, at home")
    text = "And every night, when the last boat was home, she climbed the hundred and nine stairs with a cup of oil."
    words = ("The Lamp", text, "line", "7.flac", now())
    put_away = Take(0, opa.id, 3, 4, *words, 288000, 48000, attic=now(), why="redone")
    room.takes.keep(put_away)
    if name == "tellers":
        return TellersScreen(room.tellers, room.takes, room.gate, lambda one, done, _: done(Deleted(one.name)))
    if name == "takes_attic":
        return TakesAtticScreen(room.takes, room.tellers, room.gate, Silence(), lambda: 1, lambda *_: None)
    leave_behind(room, Label(teller=opa.id, story=room.ids()[0], line=4, title="The Lamp", text=text, began=now()))
    leave_behind(room, Label(mode="tale", teller=opa.id, tale="a"))
    return FoundScreen(room.shelves, Silence(), lambda *_, **__: None)


@pytest.mark.parametrize("name", PAGES)
def test_every_control_has_a_name(room, show, name):
    screen = show(page(room, name))
    assert screen.name == name
    assert nameless(screen) == []
    assert controls(screen)


@pytest.mark.parametrize("name", PAGES)
def test_tab_reaches_every_control_and_comes_back(room, show, name):
    screen = show(page(room, name))
    assert missed_by_tab(screen) == []


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
@pytest.mark.parametrize("name", PAGES)
def test_words_fit(room, show, name, size):
    assert_words_fit(show(page(room, name), *size))


@pytest.mark.parametrize("name", PAGES)
def test_words_fit_where_the_system_s_text_is_large(large_text, room, show, name):
    test_words_fit(room, show, name, (1280, 740))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
@pytest.mark.parametrize("name", PAGES)
def test_controls_are_large_enough_and_inside_the_page(room, show, name, size):
    screen = show(page(room, name), *size)
    assert (screen.width(), screen.height()) == size
    assert_controls_inside(screen)


@pytest.mark.parametrize("size", [(1280, 740), (1024, 540)], ids=lambda size: "x".join(map(str, size)))
@pytest.mark.parametrize("name", PAGES)
def test_controls_are_inside_the_page_where_the_system_s_text_is_large(large_text, room, show, name, size):
    test_controls_are_large_enough_and_inside_the_page(room, show, name, size)


@pytest.mark.parametrize("name", PAGES)
def test_one_thing_a_screen_is_clay(room, show, name):
    screen = show(page(room, name))
    assert sum(button.kind == "primary" for button in seen(screen, InkButton)) <= 1


def test_the_top_bar_shows_the_rooms_there_are_and_tonight(room, show, qtbot):
    bar = show(TopBar(), 1280, 60)
    bar.show_status(status(room.keeper.tonight(), room.keeper.now()))
    assert bar.accessibleDescription() == "Lights-out 20:00, in 2 h 40 min"
    tabs = [tab for tab in seen(bar, QAbstractButton) if tab.isCheckable()]
    assert [tab.text() for tab in tabs] == ["Shelf", "Studio", "Tonight"]
    with qtbot.waitSignal(bar.room_chosen) as chosen:
        qtbot.keyClick(tabs[2], Qt.Key.Key_Return)
    assert chosen.args == ["plan"]


def test_the_focus_ring_lies_around_what_the_keyboard_holds(room, show, qtbot):
    screen = show(page(room, "story"))
    screen.read.setFocus()
    ring = next(one for one in screen.findChildren(QWidget) if type(one).__name__ == "FocusRing" and one.isVisible())
    around = ring.geometry()
    held = screen.read.rect().translated(screen.read.mapTo(screen, screen.read.rect().topLeft()))
    assert around.contains(held)
    assert around.width() - held.width() == 16


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
def test_nothing_on_the_first_card_lies_over_another_where_the_system_s_text_is_large(large_text, room, show, size):
    card = show(page(room, "first_run"), *size)
    column = [one.geometry() for one in (card.clock, card.agree, card.trial)]
    assert all(above.bottom() < below.top() for above, below in pairwise(column))
    assert column[-1].bottom() <= card.sheet().bottom()
    assert column[0].top() > card.sheet().top() + 0.345 * card.sheet().height()

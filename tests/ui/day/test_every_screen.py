"""What holds on every page of the day room: names, focus, and words that fit at every size."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractSlider, QComboBox, QLineEdit, QWidget

from storytime.ui.evening.plan_screen import PlanScreen
from storytime.ui.evening.settings_screen import SettingsScreen
from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.labels import Label
from storytime.ui.parts.top_bar import TopBar
from storytime.ui.shelf.first_run import FirstRunCard
from storytime.ui.shelf.shelf_screen import ShelfScreen
from storytime.ui.shelf.story_screen import StoryScreen
from storytime.ui.words import status
from tests.ui.day.conftest import voices_screen

CONTROLS = (QAbstractButton, QAbstractSlider, QComboBox, QLineEdit, QAbstractItemView)
SIZES = [(1280, 740), (1024, 540), (1280, 660), (1900, 1000)]
PAGES = ("shelf", "story", "plan", "settings", "voices", "first_run")


def page(room, name):
    if name == "shelf":
        return ShelfScreen(room.shelf, room.keeper, room.settings, room.covers, room.background)
    if name == "story":
        made = StoryScreen(room.shelf, room.reader, room.settings, room.gate, room.covers)
        made.open_story(room.ids()[0])
        return made
    if name == "plan":
        return PlanScreen(room.keeper, room.gate, room.settings, room.shelf, room.covers)
    if name == "settings":
        return SettingsScreen(room.settings, room.voice, room.shelf)
    if name == "voices":
        room.settings.change(sayings={"": {"Siobhan": "shiv-awn"}}, story_voice={str(room.ids()[0]): "gone"})
        made = voices_screen(room)
        made.refresh()
        made.voices.rows[0].tune.click()
        return made
    return FirstRunCard(room.keeper, room.settings)


def seen(screen, kind):
    return [one for one in screen.findChildren(kind) if one.isVisible()]


def controls(screen):
    return [one for kind in CONTROLS for one in seen(screen, kind) if one.focusPolicy() != Qt.FocusPolicy.NoFocus]


@pytest.mark.parametrize("name", PAGES)
def test_every_control_has_a_name(room, show, name):
    screen = show(page(room, name))
    assert screen.name == name
    nameless = [one for one in controls(screen) if not one.accessibleName()]
    assert nameless == []
    assert controls(screen)


@pytest.mark.parametrize("name", PAGES)
def test_tab_reaches_every_control_and_comes_back(room, show, name):
    screen = show(page(room, name))
    wanted = {id(one): one for one in controls(screen) if one.isEnabled()}
    start = controls(screen)[0]
    start.setFocus()
    reached, at = set(), screen.focusWidget()
    for _ in range(200):
        reached.add(id(at))
        screen.focusNextPrevChild(True)
        at = screen.window().focusWidget()
    # Of choices that exclude each other the arrows reach the others, as everywhere.
    missed = [one.accessibleName() for key, one in wanted.items()
              if key not in reached and not getattr(one, "autoExclusive", bool)()]
    assert missed == []


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
@pytest.mark.parametrize("name", PAGES)
def test_words_fit(room, show, name, size):
    screen = show(page(room, name), *size)
    for label in seen(screen, Label):
        metrics = QFontMetricsF(label.font())
        if label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()) - 1, label.text()
        else:
            assert metrics.horizontalAdvance(label.text()) <= label.width() + 1, label.text()
    for button in seen(screen, InkButton):
        assert button.width() >= button.sizeHint().width() - 1, button.text()


@pytest.fixture
def large_text(qapp):
    usual = qapp.font()
    large = qapp.font()
    large.setPointSizeF(15)
    qapp.setFont(large)
    yield
    qapp.setFont(usual)


@pytest.mark.parametrize("name", PAGES)
def test_words_fit_where_the_system_s_text_is_large(large_text, room, show, name):
    test_words_fit(room, show, name, (1280, 740))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
@pytest.mark.parametrize("name", PAGES)
def test_controls_are_large_enough_and_inside_the_page(room, show, name, size):
    screen = show(page(room, name), *size)
    assert (screen.width(), screen.height()) == size
    for one in controls(screen):
        left = one.mapTo(screen, one.rect().topLeft()).x()
        assert left >= 0
        assert left + one.width() <= screen.width() + 1, one.accessibleName()
        assert min(one.width(), one.height()) >= 30, one.accessibleName()


@pytest.mark.parametrize("name", PAGES)
def test_one_thing_a_screen_is_clay(room, show, name):
    screen = show(page(room, name))
    assert sum(button.kind == "primary" for button in seen(screen, InkButton)) <= 1


def test_the_top_bar_shows_the_rooms_there_are_and_tonight(room, show, qtbot):
    bar = show(TopBar(), 1280, 60)
    bar.show_status(status(room.keeper.tonight(), room.keeper.now()))
    assert bar.accessibleDescription() == "Lights-out 20:00, in 2 h 40 min"
    tabs = [tab for tab in seen(bar, QAbstractButton) if tab.isCheckable()]
    assert [tab.text() for tab in tabs] == ["Shelf", "Tonight"]
    with qtbot.waitSignal(bar.room_chosen) as chosen:
        qtbot.keyClick(tabs[1], Qt.Key.Key_Return)
    assert chosen.args == ["plan"]


def test_the_focus_ring_lies_around_what_the_keyboard_holds(room, show, qtbot):
    screen = show(page(room, "story"))
    screen.read.setFocus()
    ring = next(one for one in screen.findChildren(QWidget) if type(one).__name__ == "FocusRing" and one.isVisible())
    around = ring.geometry()
    held = screen.read.rect().translated(screen.read.mapTo(screen, screen.read.rect().topLeft()))
    assert around.contains(held)
    assert around.width() - held.width() == 16

"""Where a program that is started finds itself: in the day room, or in the dark that it was left in."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from storytime.core.database import KeptState, open_library
from storytime.core.evening.evening import Phase
from storytime.core.evening.memory import STATE
from storytime.core.paths import Paths
from storytime.ui.curtain import Curtains
from storytime.ui.day_room import DayRoom
from storytime.ui.parts.menu import paper_menu
from storytime.ui.parts.question import ask
from storytime.ui.rooms import TELLING
from storytime.ui.shelf.shelf_screen import ShelfScreen

# The offscreen platform says so of every window that comes to the front.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def tap(window, key):
    """Press a key that has no letter, where the focus is."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(window.focusWidget() or window, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))


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


class Windows(QObject):
    """Hears which windows of their own are shown."""

    def __init__(self):
        super().__init__()
        self.shown = set()

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show and watched.isWidgetType() and watched.isWindow():
            self.shown.add(type(watched).__name__)
        return False


@pytest.fixture
def windows(qapp):
    heard = Windows()
    qapp.installEventFilter(heard)
    yield heard
    qapp.removeEventFilter(heard)


class TestSealed:
    """What no child opens, and what always opens."""

    @pytest.fixture
    def sealed(self, program):
        program.until(19, 59)
        program.start()
        program.until(20, 0, 2)
        return program

    def test_it_fills_the_screen_with_black(self, sealed):
        assert sealed.shows == "sealed"
        assert sealed.window.isFullScreen()
        picture = sealed.window.grab().toImage()
        every = ((x, y) for x in range(0, picture.width(), 40) for y in range(0, picture.height(), 40))
        assert {picture.pixel(x, y) & 0xFFFFFF for x, y in every} == {0}

    def test_the_window_does_not_close(self, sealed):
        closed = []
        sealed.window.closed.connect(lambda: closed.append(True))
        assert not sealed.window.close()
        assert sealed.window.isVisible()
        assert not closed

    def test_made_small_it_comes_back(self, sealed):
        sealed.window.showNormal()
        sealed.stage.settle()
        assert sealed.window.isFullScreen()

    def test_no_key_but_the_hold_of_escape_does_anything(self, sealed):
        sealed.press("Space", "Enter", "Left", "Right", "Up", "Down", "Escape", "1", "2", "F11")
        sealed.clock.advance(60)
        assert sealed.shows == "sealed"

    def test_the_other_screens_stay_dark_while_somebody_is_at_the_gate(self, program, monkeypatch):
        drawn = []
        monkeypatch.setattr(Curtains, "draw", lambda _self, closed: drawn.append(closed))
        program.until(20, 1)
        program.start()
        assert drawn[-1]
        program.hold("Escape")
        assert program.shows == "gate"
        assert drawn[-1]
        program.house.keeper.gate_opened()
        program.clock.advance(60)
        assert program.shows == "shelf"
        assert not drawn[-1]

    def test_a_day_window_closes(self, program):
        program.start()
        closed = []
        program.window.closed.connect(lambda: closed.append(True))
        assert program.window.close()
        assert closed

    def test_nothing_that_was_open_by_day_stays_over_the_dark(self, program, qapp):
        program.until(19, 59)
        program.start()
        page = program.window.findChild(ShelfScreen)
        ask(page, "Really?", "It would be gone.", "Yes", "No", lambda: None)
        page.choose_files()
        menu = paper_menu("More", page)
        menu.addAction("Something")
        menu.popup(page.mapToGlobal(page.rect().center()))
        assert len([one for one in qapp.topLevelWidgets() if one.isVisible()]) == 4
        program.until(20, 0, 2)
        assert program.shows == "sealed"
        assert [one for one in qapp.topLevelWidgets() if one.isVisible()] == [program.window]

    def test_the_morning_is_shown_once(self, sealed):
        sealed.until_morning(7, 0, 1)
        assert sealed.shows == "morning"
        sealed.press("Space")
        assert sealed.shows == "shelf"
        sealed.until_morning(9, 0)
        assert sealed.shows == "shelf"
        sealed.stage.kill()
        assert sealed.start() == "shelf"

    def test_a_restart_shows_one_window_and_no_other_lights_up_over_the_black(self, sealed, windows):
        sealed.until(20, 1)
        sealed.stage.kill()
        sealed.start()
        assert windows.shown <= {"Window"}

    def test_a_morning_nobody_answered_waits_over_a_restart(self, sealed):
        sealed.until_morning(7, 30)
        sealed.stage.kill()
        assert sealed.start() == "morning"


class TestTelling:
    """The keys of the night."""

    @pytest.fixture
    def telling(self, program):
        program.start()
        program.lay_out()
        program.until(19, 16)
        assert program.shows == "candle"
        program.press("Space")
        program.clock.advance(5)
        assert program.shows == "telling"
        return program

    def test_one_key_begins_what_is_laid_out(self, telling):
        assert telling.house.reader.reading.state == "telling"

    @pytest.mark.parametrize("key", [Qt.Key.Key_MediaPlay, Qt.Key.Key_MediaPause, Qt.Key.Key_MediaTogglePlayPause])
    def test_the_media_keys_pause_and_go_on(self, telling, key):
        for state in ("paused", "telling"):
            tap(telling.window, key)
            assert telling.house.reader.reading.state == state

    def test_next_and_back_are_media_keys_too(self, telling):
        line = telling.house.reader.reading.line
        tap(telling.window, Qt.Key.Key_MediaNext)
        telling.clock.advance(1)
        assert telling.house.reader.reading.line == line + 1
        tap(telling.window, Qt.Key.Key_MediaPrevious)
        telling.clock.advance(1)
        assert telling.house.reader.reading.line == line

    def test_the_text_or_the_candle_is_shown_where_that_is_wished(self, telling):
        for view in ("text", "candle", "black"):
            telling.house.settings.change(telling_view=view)
            assert telling.shows == TELLING[view]

    def test_the_evening_goes_its_way_to_the_dark(self, telling):
        seen = []
        telling.window.shown.connect(seen.append)
        telling.until(20, 1)
        assert seen[0] == "goodnight"
        assert seen[-1] == "sealed"


class TestPaper:
    """A paper night: the book is the family's, the candle and the lock are ours."""

    @pytest.fixture
    def paper(self, program):
        program.start()
        program.house.settings.change(kind_of_night="paper")
        program.until(19, 16)
        return program

    def test_nothing_is_told_and_the_candle_stays(self, paper):
        paper.press("Space")
        assert paper.house.keeper.evening.phase is Phase.STORY
        assert paper.shows == "candle"
        assert paper.house.reader.reading.state == "idle"

    def test_the_book_that_is_closed_brings_the_goodnight(self, paper):
        paper.press("Space")
        paper.clock.advance(600)
        paper.press("Space")
        paper.clock.advance(3)
        assert paper.shows == "goodnight"

    def test_it_is_dark_at_lights_out(self, paper):
        paper.press("Space")
        paper.until(20, 0, 2)
        assert paper.shows == "sealed"


class TestTrial:
    """Three minutes of an evening, in the window."""

    @pytest.fixture
    def trial(self, program):
        program.start()
        program.lay_out()
        program.until(19, 5)
        program.window.findChild(DayRoom).trial_asked.emit()
        return program

    def test_it_seals_nothing(self, trial):
        trial.clock.advance(160)
        assert not trial.house.keeper.sealed
        assert trial.window.close()

    def test_escape_ends_it_and_the_day_room_is_as_it_was(self, trial):
        trial.press("Escape")
        assert trial.shows == "shelf"
        assert trial.house.keeper.evening.phase is Phase.DAY

    def test_it_ends_by_itself(self, trial):
        trial.clock.advance(200)
        trial.press("Space")
        trial.clock.advance(30)
        assert trial.shows == "shelf"

    def test_the_real_evening_goes_on_behind_it(self, trial):
        trial.until(19, 16)
        assert trial.house.keeper.evening.phase is Phase.WIND_DOWN

"""What the evening says in the day room, and the one thing a parent may want to do about it."""

from datetime import datetime

import pytest

from storytime.core.database import KeptState, open_library
from storytime.core.evening.keeper import Keeper
from storytime.core.evening.plan import Plan
from storytime.core.paths import Paths
from storytime.core.settings import SettingsStore
from storytime.devices.rehearsal import PretendClock
from storytime.ui.day_notes import DayNotes


@pytest.fixture
def clock():
    return PretendClock(datetime(2026, 11, 20, 13, 0))


@pytest.fixture
def keeper(home, clock):
    library = open_library(Paths(home))
    keeper = Keeper(clock, KeptState(library), SettingsStore(library))
    keeper.start()
    keeper.change_plan(Plan(asked=True))
    yield keeper
    keeper.close()
    library.close()


@pytest.fixture
def notes(qtbot, keeper):
    strip = DayNotes(keeper)
    qtbot.addWidget(strip)
    return strip


def test_hours_before_wind_down_tonight_begins_only_when_asked_again(notes):
    begun = []
    notes.unless_early(lambda: begun.append(True))
    assert not begun
    assert not notes.isHidden()
    notes.button.click()
    assert begun
    assert notes.isHidden()


def test_near_wind_down_tonight_begins_at_once(notes, clock):
    begun = []
    clock.advance(4 * 3600)
    notes.unless_early(lambda: begun.append(True))
    assert begun
    assert notes.isHidden()


def test_an_evening_that_nobody_began_is_announced_with_not_tonight(notes, keeper, clock):
    clock.advance(6.5 * 3600 + 1)
    assert "30 minutes" in notes.accessibleName()
    notes.button.click()
    assert keeper.tonight() is None
    assert notes.isHidden()


def test_a_gate_about_to_close_offers_more(notes, keeper, clock):
    clock.advance(8 * 3600)
    keeper.gate_opened()
    clock.advance(14 * 60 + 1)
    assert not notes.isHidden()
    notes.button.click()
    clock.advance(5 * 60)
    assert keeper.opened_until is not None

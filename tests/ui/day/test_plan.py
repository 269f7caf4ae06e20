"""The plan: handles move by keys and mouse, nothing out of order is kept, the PIN guards it."""

from datetime import date, time
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt

from storytime.core.evening.plan import Times
from storytime.ui.day_room import DayRoom
from storytime.ui.evening.pin_dialog import PinDialog
from storytime.ui.evening.plan_screen import PlanScreen
from storytime.ui.evening.settings_screen import SettingsScreen
from storytime.ui.evening.timeline import Span, at_minute, since_noon
from storytime.ui.parts.ask_pin import PinSheet
from storytime.ui.shelf.first_run import FirstRunCard

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def screen(room, show):
    return show(PlanScreen(room.keeper, room.gate, room.settings, room.shelf, room.covers))


def lights_out(room, day=2):
    return room.keeper.plan.days[day].lights_out


@given(st.integers(0, 1439))
def test_minutes_since_noon_and_times_are_one(minute):
    assert since_noon(at_minute(minute)) == minute


@given(st.integers(10, 700), st.integers(5, 300), st.integers(30, 600))
def test_the_picture_shows_the_times_in_order(wind_down, evening, night):
    minutes = (wind_down, wind_down + evening, min(1439, wind_down + evening + night))
    span = Span.around(Times(*(at_minute(minute) for minute in minutes)))
    shares = [span.share(minute) for minute in minutes]
    assert 0 <= shares[0] < shares[1] <= 0.7
    assert shares[1] < shares[2] <= 1


def test_arrows_move_a_handle_by_five_minutes_and_shift_by_one(screen, room, qtbot):
    handle = screen.timeline.handles[1]
    qtbot.keyClick(handle, Qt.Key.Key_Right)
    assert lights_out(room) == time(20, 5)
    qtbot.keyClick(handle, Qt.Key.Key_Left, SHIFT)
    assert lights_out(room) == time(20, 4)
    assert handle.accessibleName() == "Lights-out at 20:04"


def test_only_the_chosen_evening_is_changed(screen, room, qtbot):
    screen.days[4].click()
    qtbot.keyClick(screen.timeline.handles[1], Qt.Key.Key_Right)
    assert lights_out(room, 4) == time(20, 5)
    assert lights_out(room, 3) == time(20)


def test_the_mouse_moves_a_handle_but_never_past_its_neighbour(screen, room, qtbot):
    handle = screen.timeline.handles[0]
    middle = QPoint(20, 20)
    qtbot.mousePress(handle, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(handle, middle + QPoint(900, 0))
    qtbot.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=middle)
    assert room.keeper.plan.days[2].wind_down == time(19, 55)


def test_times_out_of_order_are_refused_with_a_reason_and_shown_as_they_were(screen, room, qtbot):
    for _ in range(9):
        qtbot.keyClick(screen.timeline.handles[0], Qt.Key.Key_Right)
    assert room.keeper.plan.days[2].wind_down == time(19, 55)
    assert screen.note.isVisible()
    assert screen.timeline.handles[0].value() == since_noon(time(19, 55))


def test_an_evening_without_lights_out(screen, room):
    screen.evening.off.click()
    assert room.keeper.plan.days[2] is None
    assert not screen.timeline.handles[0].isVisible()
    screen.evening.off.click()
    assert lights_out(room) == time(20)


def test_one_special_evening_leaves_the_week_alone(screen, room, qtbot):
    screen.evening.once.click()
    qtbot.keyClick(screen.timeline.handles[1], Qt.Key.Key_Right)
    assert room.keeper.plan.special[date(2026, 11, 4)].lights_out == time(20, 5)
    assert lights_out(room) == time(20)
    screen.evening.once.click()
    assert room.keeper.plan.special == {}


def test_with_a_pin_the_plan_changes_only_after_it(screen, room, qtbot):
    room.gate.set_pin("1234")
    qtbot.keyClick(screen.timeline.handles[1], Qt.Key.Key_Right)
    assert lights_out(room) == time(20)
    sheet = screen.findChild(PinSheet)
    sheet.leave.click()
    assert screen.timeline.handles[1].value() == since_noon(time(20))
    qtbot.keyClick(screen.timeline.handles[1], Qt.Key.Key_Right)
    sheet = next(one for one in screen.findChildren(PinSheet) if one.isVisible())
    sheet.field.setText("1234")
    sheet.go.click()
    assert lights_out(room) == time(20, 5)


def test_a_plan_changed_on_short_notice_says_from_when_it_holds(screen, room, qtbot):
    room.clock.advance(2 * 3600 + 37 * 60)
    qtbot.keyClick(screen.timeline.handles[1], Qt.Key.Key_Right)
    assert "next evening" in screen.note.accessibleName()


def test_the_kind_of_night_is_kept(screen, room):
    screen.kind.kinds["paper"].click()
    assert room.settings.value.kind_of_night == "paper"


def test_a_pin_is_set_changed_and_removed(screen, room, qtbot):
    first = PinDialog(room.gate, screen)
    first.new.setText("1234")
    first.again.setText("4321")
    first.keep.click()
    assert not room.gate.has_pin
    first.again.setText("1234")
    first.keep.click()
    assert room.gate.has_pin
    second = PinDialog(room.gate, screen)
    second.old.setText("1234")
    second.remove.click()
    assert not room.gate.has_pin


@pytest.mark.parametrize("width", [800, 960, 1024])
def test_no_card_is_cut_in_a_narrow_window(room, show, width):
    room.gate.set_pin("1234")
    screen = show(PlanScreen(room.keeper, room.gate, room.settings, room.shelf, room.covers), width, 500)
    page = screen.cards[0].parentWidget()
    assert page.width() <= width


def test_the_first_question_makes_the_plan_and_no_other_act_does(bare_room, show, qtbot):
    card = show(FirstRunCard(bare_room.keeper, bare_room.settings))
    assert not bare_room.keeper.plan.asked
    qtbot.keyClick(card.clock, Qt.Key.Key_Up)
    card.earlier.click()
    card.earlier.click()
    with qtbot.waitSignal(card.answered):
        card.agree.click()
    assert bare_room.keeper.plan.asked
    assert {times.lights_out for times in bare_room.keeper.plan.days} == {time(19, 45)}
    assert bare_room.settings.value.first_run_done


def test_enter_answers_the_first_question_and_begins_no_night(bare_room, show, qtbot):
    house = SimpleNamespace(**vars(bare_room), devices=bare_room, preparer=None)
    day = show(DayRoom(house))
    with qtbot.assertNotEmitted(day.night_asked):
        for _ in range(2):
            qtbot.keyClick(day.focusWidget(), Qt.Key.Key_Return)
    assert bare_room.keeper.plan.asked


def test_the_settings_say_who_reads_and_lead_to_the_page_of_voices(room, show, qtbot):
    screen = show(SettingsScreen(room.settings, room.voice, room.shelf, room.tellers))
    assert "English: Pretended English" in screen.readers.text()
    with qtbot.waitSignal(screen.voices_wanted):
        screen.voices.click()
    screen.ticks["brighter_words"].click()
    assert room.settings.value.brighter_words


def test_what_was_put_in_the_attic_can_be_put_back_whenever(room, show):
    story = room.shelf.cards()[0]
    room.shelf.to_attic(story.id)
    screen = show(SettingsScreen(room.settings, room.voice, room.shelf, room.tellers))
    assert not screen.attic.isHidden()
    (back,) = screen.attic.buttons
    assert story.title in back.accessibleName()
    back.click()
    assert screen.attic.isHidden()
    assert room.shelf.card(story.id).title == story.title


def test_tonight_s_teller_and_the_care_of_takes_are_chosen_once_somebody_reads(room, show, qtbot):
    screen = show(SettingsScreen(room.settings, room.voice, room.shelf, room.tellers))
    assert not screen.recorded.isVisible()
    opa = room.tellers.welcome("Opa")
    screen.refresh()
    assert screen.recorded.isVisible()
    screen.recorded.teller.setCurrentIndex(1)
    screen.recorded.teller.activated.emit(1)
    screen.recorded.ticks["other_tellers"].click()
    screen.recorded.ticks["less_noise"].click()
    screen.recorded.ticks["recorded_names"].click()
    value = room.settings.value
    assert (value.teller, value.other_tellers, value.take_care, value.less_noise) == (opa.id, False, True, True)
    assert value.recorded_names is False

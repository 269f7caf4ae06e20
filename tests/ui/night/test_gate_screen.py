"""The parents' gate: keys alone open it, wrong tries wait, patience opens it too, and it never stays by itself."""

import itertools

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from storytime.core.evening.evening import Phase
from storytime.ui.evening.gate_screen import GateScreen, Page
from storytime.ui.parts.night_button import NightButton
from tests.ui.night.conftest import picture


@pytest.fixture
def gate(bedroom):
    screen = GateScreen(bedroom.gate, bedroom.keeper, bedroom.settings, bedroom.clock)
    screen.was_left, screen.asked_for_day = [], []
    screen.left.connect(lambda: screen.was_left.append(True))
    screen.day_asked.connect(lambda: screen.asked_for_day.append(True))
    return screen


@pytest.fixture
def sealed(bedroom, gate):
    """The gate in the dark, with the PIN 2580."""
    bedroom.gate.set_pin("2580")
    bedroom.go_to(20, 1)
    return bedroom.show(gate)


def type_in(screen, digits):
    for digit in digits:
        screen.key(Qt.Key[f"Key_{digit}"], True)
    screen.key(Qt.Key.Key_Return, True)
    screen.key(Qt.Key.Key_Return, False)


def test_the_right_pin_opens_the_dark_and_leads_to_the_day_room(bedroom, sealed):
    assert bedroom.keeper.sealed
    type_in(sealed, "2580")
    assert not bedroom.keeper.sealed
    sealed.key(Qt.Key.Key_Return, True)
    assert sealed.asked_for_day == [True]
    assert (bedroom.keeper.opened_until - bedroom.keeper.now()).total_seconds() == pytest.approx(900, abs=2)


def test_until_morning_can_be_chosen(bedroom, sealed):
    type_in(sealed, "2580")
    sealed.key(Qt.Key.Key_Down, True)
    sealed.key(Qt.Key.Key_Return, True)
    assert sealed.asked_for_day == [True]
    assert bedroom.keeper.opened_until == bedroom.keeper.evening.morning


def test_a_wrong_pin_opens_nothing_and_the_next_try_waits_under_a_ring(bedroom, sealed):
    type_in(sealed, "1111")
    assert bedroom.keeper.sealed
    view = sealed.shown()
    assert view.wait == pytest.approx(1, abs=0.05)
    type_in(sealed, "2580")
    assert bedroom.keeper.sealed
    bedroom.clock.advance(1.5)
    type_in(sealed, "2580")
    assert not bedroom.keeper.sealed


def test_the_arrows_reach_every_key(bedroom, sealed):
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Space,  # 5 up is 2
                Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Down,
                Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Space):  # 5, 8, 0, OK
        sealed.key(key, True)
        sealed.key(key, False)
    assert not bedroom.keeper.sealed


@pytest.mark.parametrize("shifted", [
    [Qt.Key.Key_At, Qt.Key.Key_Percent, Qt.Key.Key_Asterisk, Qt.Key.Key_ParenRight]])
def test_shift_held_by_mistake_changes_no_digit(bedroom, sealed, shifted):
    for key in shifted:
        sealed.key(key, True)
    sealed.key(Qt.Key.Key_Enter, True)
    assert not bedroom.keeper.sealed


@pytest.mark.parametrize(("place", "text", "digit"), [(10, "&", 1), (14, "(", 5), (19, "à", 0), (13, "'", 4)])
def test_a_french_row_gives_digits_without_shift(monkeypatch, qapp, place, text, digit):
    from storytime.ui.parts import digits

    monkeypatch.setattr(digits.QGuiApplication, "platformName", staticmethod(lambda: "xcb"))
    monkeypatch.setattr(digits.sys, "platform", "linux")
    event = QKeyEvent(QEvent.Type.KeyPress, ord(text), Qt.KeyboardModifier.NoModifier, place, 0, 0, text)
    assert digits.digit_of(event) == digit


def test_the_keypad_types_digits(qapp):
    from storytime.ui.parts.digits import digit_of

    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_7, Qt.KeyboardModifier.KeypadModifier, 79, 0, 0, "7")
    assert digit_of(event) == 7
    assert digit_of(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")) is None


def test_backspace_takes_the_last_digit_back(bedroom, sealed):
    for digit in "25819":
        sealed.key(Qt.Key[f"Key_{digit}"], True)
    for _ in "19":
        sealed.key(Qt.Key.Key_Backspace, True)
    type_in(sealed, "0")
    assert not bedroom.keeper.sealed


def test_the_dark_comes_back_when_nobody_is_there(bedroom, sealed):
    bedroom.clock.advance(15)
    sealed.key(Qt.Key.Key_2, True)
    bedroom.clock.advance(15)
    assert sealed.was_left == []
    bedroom.clock.advance(6)
    assert sealed.was_left


def test_a_forgotten_pin_takes_ten_minutes_at_the_gate(bedroom, sealed):
    for _ in range(3):
        sealed.key(Qt.Key.Key_Down, True)
    assert sealed.shown().chosen == "recovery"
    sealed.key(Qt.Key.Key_Return, True)
    bedroom.clock.advance(1)
    sealed.key(Qt.Key.Key_Return, False)
    assert bedroom.gate.recovery_left() is None
    sealed.key(Qt.Key.Key_Return, True)
    bedroom.clock.advance(2)
    sealed.key(Qt.Key.Key_Return, False)
    bedroom.clock.advance(590)
    assert bedroom.keeper.sealed
    assert sealed.was_left == []
    bedroom.clock.advance(15)
    assert not bedroom.keeper.sealed
    assert any("waiting ten minutes" in note for note in bedroom.keeper.notes())


def test_leaving_the_gate_forgets_the_wait(bedroom, sealed):
    bedroom.gate.hold_recovery()
    sealed.hide()
    assert bedroom.gate.recovery_left() is None


def test_a_short_escape_leaves_but_not_the_release_of_the_hold_that_opened_it(sealed):
    sealed.key(Qt.Key.Key_Escape, False)
    assert sealed.was_left == []
    sealed.key(Qt.Key.Key_Escape, True)
    sealed.key(Qt.Key.Key_Escape, False)
    assert sealed.was_left == [True]


def test_without_a_pin_the_gate_is_a_sum(bedroom, gate):
    bedroom.go_to(20, 1)
    bedroom.show(gate)
    first, second = bedroom.gate.question()
    assert gate.shown().question.startswith(f"{first} + {second}")
    type_in(gate, str(first + second))
    assert not bedroom.keeper.sealed


def test_lights_out_now_takes_a_hold_of_two_seconds(bedroom, gate):
    bedroom.show(gate)
    gate.key(Qt.Key.Key_Return, True)
    bedroom.clock.advance(1.5)
    gate.key(Qt.Key.Key_Return, False)
    assert bedroom.keeper.evening.ending is None
    gate.key(Qt.Key.Key_Return, True)
    bedroom.clock.advance(2)
    assert bedroom.keeper.evening.ending is not None
    assert gate.was_left == [True]


def test_lights_out_now_can_be_taken_back_at_the_gate(bedroom, gate):
    bedroom.keeper.lights_out_now()
    bedroom.clock.advance(10)
    bedroom.show(gate)
    gate.key(Qt.Key.Key_Return, True)
    assert bedroom.keeper.evening.ending is None


def test_ten_more_minutes_ask_for_the_pin(bedroom, gate):
    bedroom.gate.set_pin("2580")
    lights_out = bedroom.keeper.tonight().lights_out
    bedroom.show(gate)
    gate.key(Qt.Key.Key_Down, True)
    gate.key(Qt.Key.Key_Return, True)
    gate.key(Qt.Key.Key_Return, False)
    assert bedroom.keeper.tonight().lights_out == lights_out
    type_in(gate, "2580")
    assert (bedroom.keeper.tonight().lights_out - lights_out).total_seconds() == 600
    assert gate.was_left == [True]


def test_not_tonight_is_said_at_the_gate(bedroom, gate):
    bedroom.show(gate)
    for _ in range(2):
        gate.key(Qt.Key.Key_Down, True)
    gate.key(Qt.Key.Key_Return, True)
    gate.key(Qt.Key.Key_Return, False)
    type_in(gate, str(sum(bedroom.gate.question())))
    assert bedroom.keeper.tonight() is None


def test_a_menu_that_lights_out_overtakes_becomes_the_pad(bedroom, gate):
    bedroom.go_to(19, 59, 55)
    bedroom.show(gate)
    assert gate._page is Page.MENU
    bedroom.clock.advance(10)
    assert bedroom.keeper.sealed
    assert gate._page is Page.PAD


def test_the_morning_takes_the_gate_away(bedroom, sealed):
    bedroom.gate.hold_recovery()
    bedroom.clock.suspend(11 * 3600)
    bedroom.clock.advance(1)
    assert bedroom.keeper.evening.phase is Phase.MORNING
    assert sealed.was_left


def test_every_control_has_a_name_a_place_and_a_turn_in_the_focus_order(bedroom, sealed):
    picture(sealed)
    buttons = [button for button in sealed.findChildren(NightButton) if button.isVisible()]
    assert [button.accessibleName() for button in buttons] == [
        *"123456789", "Erase", "0", "OK", "PIN forgotten: hold two seconds"]
    for button, following in itertools.pairwise(buttons):
        assert button.nextInFocusChain() is following
        assert button.focusPolicy() == Qt.FocusPolicy.StrongFocus
        assert button.width() >= 34
        assert button.height() >= 34


def test_a_click_on_a_key_types_it(qtbot, bedroom, sealed):
    picture(sealed)
    for which in ("2", "5", "8", "0", "ok"):
        qtbot.mouseClick(sealed._buttons[which], Qt.MouseButton.LeftButton)
    assert not bedroom.keeper.sealed


@pytest.mark.parametrize("size", ["1280x800", "1024x600", "1920x1080@1.5"])
def test_no_control_stands_on_another(bedroom, gate, size):
    bedroom.gate.set_pin("2580")
    for hour, minute in ((19, 30), (20, 1)):
        gate.hide()
        bedroom.go_to(hour, minute)
        bedroom.show(gate, size)
        picture(gate)
        places = [button.geometry() for button in gate.findChildren(NightButton) if button.isVisible()]
        assert all(gate.rect().contains(place) for place in places)
        assert not any(a.intersects(b) for i, a in enumerate(places) for b in places[:i])

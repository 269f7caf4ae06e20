"""A key that is kept down goes down once, whatever the window system says of its repetitions."""

import pytest
from PySide6.QtCore import QCoreApplication, QDeadlineTimer

from storytime.ui.true_keys import AT_ONCE, TrueKeys

ESC, SPACE = 0x01000000, 0x20


@pytest.fixture
def heard(qapp):
    return []


@pytest.fixture
def keys(heard):
    return TrueKeys(lambda key, down: heard.append((key, down)), patient=True)


def test_a_repetition_that_was_not_known_as_one_is_no_letting_go(keys, heard, qtbot):
    keys.pressed(ESC, 1000)
    for moment in (1660, 1700, 1741):
        keys.released(ESC, moment)
        keys.pressed(ESC, moment)
    assert heard == [(ESC, True)]
    keys.released(ESC, 3000)
    qtbot.waitUntil(lambda: heard == [(ESC, True), (ESC, False)])


def test_a_repetition_that_a_busy_window_sees_late_is_no_letting_go(keys, heard):
    keys.pressed(ESC, 1000)
    keys.released(ESC, 1660)
    busy = QDeadlineTimer(3 * AT_ONCE)
    while not busy.hasExpired():
        pass
    # Its timers come before the keys that wait for it.
    QCoreApplication.processEvents()
    keys.pressed(ESC, 1660)
    assert heard == [(ESC, True)]


def test_a_key_pressed_twice_is_pressed_twice(keys, heard):
    keys.pressed(SPACE, 1000)
    keys.released(SPACE, 1080)
    keys.pressed(SPACE, 1110)
    assert heard == [(SPACE, True), (SPACE, False), (SPACE, True)]


def test_another_key_comes_after_the_first_was_let_go(keys, heard):
    keys.pressed(SPACE, 1000)
    keys.released(SPACE, 1080)
    keys.pressed(ESC, 1080)
    assert heard == [(SPACE, True), (SPACE, False), (ESC, True)]


def test_keys_of_a_system_that_keeps_no_time_are_told_apart_all_the_same(keys, heard):
    for _ in range(2):
        keys.pressed(SPACE, 0)
        keys.released(SPACE, 0)
    assert heard == [(SPACE, True), (SPACE, False), (SPACE, True)]


def test_where_no_system_repeats_so_a_key_is_let_go_at_once(heard):
    keys = TrueKeys(lambda key, down: heard.append((key, down)), patient=False)
    keys.pressed(ESC, 1000)
    keys.released(ESC, 1080)
    assert heard == [(ESC, True), (ESC, False)]

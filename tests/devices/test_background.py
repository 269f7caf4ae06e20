import threading

import pytest

from storytime.devices.background import RealBackground


@pytest.fixture
def background(qapp):
    made = RealBackground()
    yield made
    made.close()


def test_the_value_is_told_on_the_main_thread_and_made_on_another(qtbot, background):
    told = []
    background.run(
        lambda value: (value, threading.current_thread() is threading.main_thread()),
        7,
        done=lambda result: told.append((result, threading.current_thread() is threading.main_thread())),
        failed=pytest.fail,
    )
    assert told == []
    qtbot.waitUntil(lambda: told == [((7, False), True)], timeout=10_000)


def test_what_goes_wrong_is_told_too(qtbot, background):
    told = []
    background.run(int, "seven", done=pytest.fail, failed=told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert isinstance(told[0], ValueError)


def test_two_work_at_once(qtbot, background):
    meeting, met = threading.Barrier(2), []
    for _worker in range(2):
        background.run(lambda: meeting.wait(10), done=met.append, failed=pytest.fail)
    qtbot.waitUntil(lambda: len(met) == 2, timeout=10_000)


def test_nothing_is_told_after_it_was_closed(qtbot, background):
    told = []
    background.run(lambda: 1, done=told.append, failed=told.append)
    background.close()
    background.run(lambda: 2, done=told.append, failed=told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert told == [2]

import pytest
import wakepy
from wakepy import keep

from storytime.devices.lamp import RealLamp


class Mode:
    def __init__(self, log):
        self.log = log

    def __enter__(self):
        self.log.append("awake")

    def __exit__(self, *_):
        self.log.append("asleep")


@pytest.fixture
def wish(qtbot):
    """Wish for it, and let the lamp get to it."""
    lamp = RealLamp()

    def wished(on):
        lamp.keep_awake(on)
        qtbot.waitUntil(lambda: not lamp._asking.isActive())

    return wished


def test_the_system_is_kept_awake_once_and_let_go_once(monkeypatch, wish):
    log = []
    monkeypatch.setattr(keep, "running", lambda on_fail: Mode(log))
    for on in (False, True, True, False, False, True, False):
        wish(on)
    assert log == ["awake", "asleep", "awake", "asleep"]


def test_the_key_that_begins_a_story_does_not_wait_for_the_systems_answer(qtbot, monkeypatch):
    log = []
    monkeypatch.setattr(keep, "running", lambda on_fail: Mode(log))
    lamp = RealLamp()
    lamp.keep_awake(True)
    assert log == []
    qtbot.waitUntil(lambda: log == ["awake"])


def test_a_system_that_will_not_be_kept_awake_is_no_error(monkeypatch, wish):
    asked = []

    def refuse(on_fail):
        asked.append(on_fail)
        raise wakepy.ActivationError("no")

    monkeypatch.setattr(keep, "running", refuse)
    wish(True)
    wish(False)
    assert asked == ["pass"]

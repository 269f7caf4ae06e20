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


def test_the_system_is_kept_awake_once_and_let_go_once(monkeypatch):
    log = []
    monkeypatch.setattr(keep, "running", lambda on_fail: Mode(log))
    lamp = RealLamp()
    for on in (False, True, True, False, False, True, False):
        lamp.keep_awake(on)
    assert log == ["awake", "asleep", "awake", "asleep"]


def test_a_system_that_will_not_be_kept_awake_is_no_error(monkeypatch):
    def refuse(on_fail):
        raise wakepy.ActivationError("no")

    monkeypatch.setattr(keep, "running", refuse)
    RealLamp().keep_awake(True)
    RealLamp().keep_awake(False)

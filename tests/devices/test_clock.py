import sys
import time
from datetime import UTC, datetime, timedelta

import pytest

from storytime.devices.clock import RealClock, boot_seconds


@pytest.fixture
def clock(qapp):
    made = RealClock()
    yield made
    made.close()


def test_it_ticks_just_after_the_wall_second_begins(qtbot, clock):
    parts = []
    clock.ticked.connect(lambda: parts.append(datetime.now().microsecond))
    qtbot.waitUntil(lambda: len(parts) == 2, timeout=10_000)
    assert min(parts) < 500_000


def test_boot_goes_on_and_has_a_name(clock):
    before = clock.boot()
    assert clock.boot() >= before > 0
    assert clock.boot_id() == RealClock().boot_id() != ""


def test_the_wall_is_the_zones_and_the_offset_explains_it(clock):
    utc = datetime.now(UTC).replace(tzinfo=None)
    assert abs(clock.wall() - clock.utc_offset() - utc) < timedelta(seconds=5)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no zone in the environment")
def test_a_change_of_zone_is_followed_with_the_next_tick(qtbot, clock, monkeypatch):
    try:
        monkeypatch.setenv("TZ", "Asia/Tokyo")
        with qtbot.waitSignal(clock._tick_timer.timeout, timeout=10_000):
            pass
        assert clock.utc_offset() == timedelta(hours=9)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_call_comes_once_and_in_the_order_of_its_time(qtbot, clock):
    calls = []
    clock.after(0.05, lambda: calls.append("later"))
    clock.after(0.0, lambda: calls.append("soon"))
    assert calls == []
    qtbot.waitUntil(lambda: len(calls) == 2, timeout=10_000)
    assert calls == ["soon", "later"]


def test_a_cancelled_call_never_comes_and_cancelling_again_is_no_error(qtbot, clock):
    calls = []
    timer = clock.after(0.0, lambda: calls.append("never"))
    timer.cancel()
    timer.cancel()
    last = clock.after(0.02, lambda: calls.append("last"))
    qtbot.waitUntil(lambda: calls == ["last"], timeout=10_000)
    last.cancel()


def test_boot_time_is_read_on_macos_by_the_clock_that_goes_on_through_sleep(monkeypatch):
    asked = []
    monkeypatch.setattr(time, "CLOCK_MONOTONIC_RAW", 77, raising=False)
    monkeypatch.setattr(time, "clock_gettime", lambda which: asked.append(which) or 5.0, raising=False)
    assert boot_seconds("darwin") == 5.0
    assert asked == [77]

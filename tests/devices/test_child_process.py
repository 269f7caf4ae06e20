"""A child process, waited for: whoever waits hears Ctrl+C, and loses no message by it."""

import signal
import sys

import pytest
from PySide6.QtCore import QDeadlineTimer

from storytime.devices.child_process import ChildProcess

SILENT = (sys.executable, "-c", "import sys; sys.stdin.read()")
LONG = 20.0


def interrupt(_number, _frame):
    raise KeyboardInterrupt


@pytest.fixture
def child(qapp):
    made = ChildProcess(SILENT)
    made.start()
    yield made
    made.kill()


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no such timer")
def test_ctrl_c_is_heard_while_a_child_is_waited_for(child):
    was = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    patience = QDeadlineTimer(round(LONG * 1000))
    try:
        with pytest.raises(KeyboardInterrupt):
            child.wait(lambda: False, LONG)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, was)
    assert not patience.hasExpired()

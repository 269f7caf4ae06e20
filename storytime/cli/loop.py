"""Run Qt's event loop in a terminal: Ctrl+C is heard at once, and so are keys where somebody can press them."""

from __future__ import annotations

import contextlib
import signal
import socket
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSocketNotifier, QTimer

from storytime.log import hear_qt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType, TracebackType

KEYS_EVERY_MS = 100
"""Where keys give no event (Windows), they are looked for this often."""


class Loop:
    """Qt's event loop, ended by `end`, or by Ctrl+C."""

    def __init__(self) -> None:
        hear_qt()
        self.app = QCoreApplication.instance() or QCoreApplication(sys.argv[:1])
        self.interrupted = False

    def run(self, begin: Callable[[], object]) -> None:
        """Call `begin` from inside the loop, and return when `end` was called. Raises what is raised inside."""
        trouble: list[BaseException] = []

        def raised(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
            trouble.append(error)
            self.end()

        was, sys.excepthook = sys.excepthook, raised
        try:
            with self._ctrl_c():
                QTimer.singleShot(0, begin)
                self.app.exec()
        finally:
            sys.excepthook = was
        if trouble:
            raise trouble[0]

    def end(self) -> None:
        """Return from `run` when the event in hand is done."""
        QTimer.singleShot(0, self.app.quit)

    def _interrupt(self) -> None:
        self.interrupted = True
        self.end()

    @contextlib.contextmanager
    def _ctrl_c(self) -> Iterator[None]:
        """Wake the loop on a signal: Python's own handler runs only when Python does, and Qt may wait for hours."""

        def asked(_number: int, _frame: FrameType | None) -> None:
            self._interrupt()

        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        theirs.setblocking(False)
        notifier = QSocketNotifier(theirs.fileno(), QSocketNotifier.Type.Read)
        notifier.activated.connect(lambda *_: theirs.recv(64))
        was_fd = signal.set_wakeup_fd(ours.fileno(), warn_on_full_buffer=False)
        was = {number: signal.signal(number, asked) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in was.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(was_fd)
            notifier.setEnabled(False)
            ours.close()
            theirs.close()


@contextlib.contextmanager
def keys(pressed: Callable[[str], object]) -> Iterator[None]:
    """Call `pressed` with each key while the block runs, if a person sits at this terminal."""
    if not sys.stdin or not sys.stdin.isatty():
        yield
    elif sys.platform == "win32":
        import msvcrt

        timer = QTimer(interval=KEYS_EVERY_MS)
        timer.timeout.connect(lambda: msvcrt.kbhit() and pressed(msvcrt.getwch()))
        timer.start()
        yield
        timer.stop()
    else:
        import os
        import termios
        import tty

        fd = sys.stdin.fileno()
        was = termios.tcgetattr(fd)
        notifier = QSocketNotifier(fd, QSocketNotifier.Type.Read)
        notifier.activated.connect(lambda *_: pressed(os.read(fd, 16).decode(errors="replace")))
        tty.setcbreak(fd)
        try:
            yield
        finally:
            notifier.setEnabled(False)
            termios.tcsetattr(fd, termios.TCSADRAIN, was)

"""A child process seen from Storytime: begun when it is needed, spoken to in lines, ended with certainty."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QObject, QProcess

from storytime.core.signal import Signal
from storytime.devices import lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

log = logging.getLogger(__name__)

FAREWELL = 300
"""Milliseconds in which a child may end by itself when its orders end."""
KILLED = 2000
SLICE = 100
"""Milliseconds of waiting at most before Python runs again, which hears no Ctrl+C meanwhile."""
WRITTEN = 20
"""Milliseconds to wait at most for a full pipe."""


def module_command(module: str, *words: str) -> tuple[str, ...]:
    """Return what begins a module of ours; `-P` keeps files of the current folder from being taken for Python's own."""
    return sys.executable, "-P", "-m", module, *words


class ChildProcess(QObject):
    """One child at a time; `answered` and `died` come from the event loop."""

    def __init__(self, command: Sequence[str]) -> None:
        super().__init__()
        self.answered: Signal[lines.Message] = Signal()
        self.died: Signal[()] = Signal()
        """It ended, or could not be begun, though nobody here ended it."""
        self._command = tuple(command)
        self._process: QProcess | None = None

    @property
    def running(self) -> bool:
        """Whether there is a child, ready or not."""
        return self._process is not None

    def process_id(self) -> int:
        """Return the child's number in the system, 0 where there is none."""
        return self._process.processId() if self._process is not None else 0

    def start(self) -> None:
        """Begin a child if there is none, without waiting for it."""
        if self._process is not None:
            return
        process = QProcess(self)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._end)
        process.errorOccurred.connect(self._could_not)
        self._process = process
        process.start(self._command[0], list(self._command[1:]))

    def wait(self, until: Callable[[], bool], seconds: float) -> None:
        """Wait for messages until `until()`, or until the child has died or `seconds` are over."""
        left = QDeadlineTimer(round(seconds * 1000))
        while self._process is not None and not until() and not left.hasExpired():
            self._process.waitForReadyRead(max(1, min(SLICE, left.remainingTime())))
            # Qt tells but once that something came; a reading of it that was broken off goes on here.
            self._read()

    def send(self, message: lines.Message) -> None:
        """Write a message to the child, if there is one."""
        if self._process is not None:
            self._process.write(lines.to_line(message))
            # Now, and not when the event loop comes to it: a pause must not wait for a window that is busy.
            if self._process.state() is QProcess.ProcessState.Running:
                self._process.waitForBytesWritten(WRITTEN)

    def kill(self) -> None:
        """End the child at once; `died` does not follow."""
        if (process := self._let_go()) is not None:
            process.kill()
            process.waitForFinished(KILLED)

    def close(self) -> None:
        """End the child's orders and wait a moment for it; then end it all the same."""
        if (process := self._let_go()) is not None:
            process.closeWriteChannel()
            if not process.waitForFinished(FAREWELL):
                process.kill()
                process.waitForFinished(KILLED)

    def _let_go(self) -> QProcess | None:
        process, self._process = self._process, None
        if process is not None:
            process.readyReadStandardOutput.disconnect(self._read)
            process.finished.disconnect(self._end)
            process.errorOccurred.disconnect(self._could_not)
            process.deleteLater()
        return process

    def _read(self) -> None:
        while self._process is not None and self._process.canReadLine():
            line = bytes(self._process.readLine().data())
            try:
                message = lines.from_line(line)
            except ValueError:
                log.warning("%s said something that is no message", self._command[-1])
            else:
                self.answered.emit(message)

    def _end(self, code: int, _status: QProcess.ExitStatus) -> None:
        log.warning("%s ended by itself (%d)", self._command[-1], code)
        self._let_go()
        self.died.emit()

    def _could_not(self, error: QProcess.ProcessError) -> None:
        # Only a failed start ends without `finished`.
        if error is QProcess.ProcessError.FailedToStart:
            log.warning("%s could not be started", self._command[-1])
            self._let_go()
            self.died.emit()

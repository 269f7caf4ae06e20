"""The voice process seen from Storytime: begun when it is needed, spoken to in lines, ended with certainty."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDeadlineTimer, QObject, QProcess

from storytime.core.signal import Signal
from storytime.devices.voice_process import messages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storytime.core.ports import VoiceInfo

log = logging.getLogger(__name__)

COMMAND = (sys.executable, "-P", "-m", "storytime.devices.voice_process")
"""`-P` keeps a file in the current folder from being taken for one of Python's own."""
FAREWELL = 300
"""Milliseconds in which the child may end by itself when its orders end."""


class EngineProcess(QObject):
    """One child at a time; `answered` and `died` come from the event loop."""

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        super().__init__()
        self.answered: Signal[dict[str, Any]] = Signal()
        self.died: Signal[()] = Signal()
        self.voices: tuple[VoiceInfo, ...] | None = None
        """None until a child has said what it has."""
        self._command = tuple(command)
        self._process: QProcess | None = None
        self.ready = False

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

    def wait_ready(self, seconds: float) -> None:
        """Wait until the child has said what it has, has died, or `seconds` are over."""
        self.start()
        left = QDeadlineTimer(round(seconds * 1000))
        while self._process is not None and not self.ready and not left.hasExpired():
            self._process.waitForReadyRead(max(1, left.remainingTime()))

    def send(self, message: dict[str, Any]) -> None:
        """Write a message to the child, which must have been begun."""
        if self._process is not None:
            self._process.write(messages.to_line(message))

    def kill(self) -> None:
        """End the child at once; `died` does not follow."""
        if (process := self._let_go()) is not None:
            process.kill()
            process.waitForFinished(2000)

    def close(self) -> None:
        """End the child's orders and wait a moment for it; then end it all the same."""
        if (process := self._let_go()) is not None:
            process.closeWriteChannel()
            if not process.waitForFinished(FAREWELL):
                process.kill()
                process.waitForFinished(2000)

    def _let_go(self) -> QProcess | None:
        process, self._process = self._process, None
        self.ready = False
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
                message = messages.from_line(line)
            except ValueError:
                log.warning("the voice process said something that is no message")
                continue
            if message.get("is") == "ready":
                self.ready = True
                self.voices = messages.rows_to_voices(message["voices"])
                for name, why in message["silent"].items():
                    log.warning("no voices of %s: %s", name, why)
            self.answered.emit(message)

    def _end(self, code: int, _status: QProcess.ExitStatus) -> None:
        log.warning("the voice process ended by itself (%d)", code)
        self._let_go()
        self.died.emit()

    def _could_not(self, error: QProcess.ProcessError) -> None:
        # Only a failed start ends without `finished`.
        if error is QProcess.ProcessError.FailedToStart:
            log.warning("the voice process could not be started")
            self._let_go()
            self.died.emit()

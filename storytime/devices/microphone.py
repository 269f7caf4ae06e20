"""The Microphone port over a microphone process: what is recorded is on the disk, whatever the window does."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from storytime.core.ports import Input, Level
from storytime.core.signal import Signal
from storytime.devices.child_process import ChildProcess, module_command

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from storytime.devices.lines import Message

log = logging.getLogger(__name__)

COMMAND = module_command("storytime.devices.microphone_process")
START = 5.0
"""Seconds in which the process must have told of the system's inputs; it needs some tenths."""
AGAIN = 2000
"""Milliseconds before a process that died is begun again, to see whether the input is back."""
SELDOM = 30_000
"""Milliseconds between attempts at last."""


class QtMicrophone:
    """The machine's inputs, through one source of a child process. Made after the application."""

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        self.started: Signal[()] = Signal()
        self.heard: Signal[Level] = Signal()
        self.ended: Signal[str] = Signal()
        self.lost: Signal[str] = Signal()
        self.inputs_changed: Signal[()] = Signal()
        self._inputs: tuple[Input, ...] | None = None
        self._known: tuple[Input, ...] | None = None
        self._searching = False
        self._turn = 0
        self._recording = False
        self._warm = False
        self._born = 0.0
        self._child = ChildProcess(command)
        self._child.answered.connect(self._answered)
        self._child.died.connect(self._died)
        self._again = QTimer(interval=AGAIN, singleShot=True)
        self._again.timeout.connect(self._search)

    def inputs(self) -> tuple[Input, ...]:
        """Return the microphones of this machine; the first answer may take some tenths."""
        if self._inputs == () and not self._recording and time.monotonic() - self._born > AGAIN / 1000:
            # A process that began before the sound server would never see it.
            self._end()
        self._start()
        self._child.wait(lambda: self._inputs is not None, START)
        return self._inputs or ()

    def warm(self, device: str = "") -> None:
        """Open the input; where it cannot be heard, `lost` follows."""
        if not self._recording:
            self._warm = True
            self._start()
            self._child.send({"do": "warm", "device": device})

    def record(self, journal: Path, header: dict[str, Any], device: str = "") -> None:
        """Record into a new journal; `started` follows, or `ended`."""
        if self._recording:
            return
        self._recording = self._warm = True
        self._turn += 1
        self._start()
        order = {"do": "record", "turn": self._turn, "path": str(journal.absolute()), "header": header}
        self._child.send({**order, "device": device})

    def stop(self) -> None:
        """End the recording; `ended` follows when all that sounded until now is in its journal."""
        if self._recording:
            self._child.send({"do": "stop"})

    def rest(self) -> None:
        """Let the input go; its process waits for the next time."""
        self._warm = False
        self._child.send({"do": "rest"})

    def close(self) -> None:
        """End the process, and a recording whole before it. It may be used again."""
        self._recording = self._warm = False
        self._end()

    def process_id(self) -> int:
        """Return the microphone process's number, 0 where there is none."""
        return self._child.process_id()

    def _start(self) -> None:
        if not self._child.running:
            self._born = time.monotonic()
            self._child.start()

    def _end(self) -> None:
        self._again.stop()
        self._inputs = None
        # An order, because orders that merely end mean that the window died.
        self._child.send({"do": "end"})
        self._child.close()

    def _answered(self, message: Message) -> None:
        if message.get("dead"):
            # Before anybody hears of it: the next order is for a new one.
            self._child.kill()
            self._forget()
        match message["is"]:
            case "inputs":
                self._know(tuple(Input(**one) for one in message["inputs"]))
            case "heard":
                if self._warm:
                    self.heard.emit(Level(**{name: message[name] for name in Level.__dataclass_fields__}))
            case "started":
                if message["turn"] == self._turn and self._recording:
                    self.started.emit()
            case "ended":
                if message["turn"] == self._turn:
                    self._over(message["why"])
            case "lost":
                self._lose(message["why"])

    def _know(self, inputs: tuple[Input, ...]) -> None:
        before, self._inputs, self._known = self._known, inputs, inputs
        if inputs:
            self._searching = False
            self._again.setInterval(AGAIN)
        elif self._searching:
            self._search_later()
        if before not in (None, inputs):
            self.inputs_changed.emit()

    def _over(self, why: str) -> None:
        if self._recording:
            self._recording = False
            self._warm = self._warm and why in ("", "full")
            self.ended.emit(why)

    def _lose(self, why: str) -> None:
        if self._warm and not self._recording:
            self._warm = False
            self.lost.emit(why)

    def _died(self) -> None:
        """End what was recorded: its journal is whole up to the last block. Look in a while what inputs are left."""
        log.warning("the microphone process died")
        self._forget()
        if self._recording:
            self._over("died")
        else:
            self._lose("died")

    def _forget(self) -> None:
        self._inputs = None
        self._search_later()

    def _search_later(self) -> None:
        self._searching = True
        self._again.start()
        self._again.setInterval(min(SELDOM, 2 * self._again.interval()))

    def _search(self) -> None:
        if self._inputs == () and not self._recording:
            self._end()
        self._start()

"""The loop of the microphone process: orders to the ear, news of it and of the system's inputs back.

Orders: `warm` (`device`), `record` (`turn`, `path`, `header`, `device`), `stop`, `rest`, `end`. News: `inputs`
(`inputs`, each with `id`, `name`, `default`), `heard` (a level), `started` and `ended` (`turn`, `why`), `lost` (`why`).
Where the input is dead, the last news say so (`dead`), and the process ends: only a new one finds the sound server
anew. Where the orders end while it records, the window has died: see `orphan.py`.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot
from PySide6.QtMultimedia import QAudioDevice, QMediaDevices

from storytime.core.studio.journal_file import why_unwritten
from storytime.devices.microphone_process import permission
from storytime.devices.microphone_process.ear import Ear
from storytime.devices.microphone_process.orphan import LONGEST, Orphan
from storytime.devices.microphone_process.recording import Recording
from storytime.devices.microphone_process.source import name_of

if TYPE_CHECKING:
    from storytime.core.ports import Level
    from storytime.devices.lines import Message
    from storytime.devices.microphone_process.patient import PatientParent

DEAD = 3
"""What the process ends with when its input is dead."""
LAST_WORDS = 1.0
"""Seconds in which the window must have read them."""
LOOK = 500
"""Milliseconds between looks for the wish of another window that a recording should end."""


class Booth(QObject):
    """Obeys orders, on the main thread."""

    ordered = Signal(object)
    orphaned = Signal()

    def __init__(self, parent: PatientParent) -> None:
        super().__init__()
        self._parent = parent
        self._ear = Ear(self._begun, self._hear, self._ear_over)
        self._waiting: Message | None = None
        self._wanted = ""
        self._orphan: Orphan | None = None
        self._looks = QTimer(self, interval=LOOK)
        self._looks.timeout.connect(self._look)
        self._devices = QMediaDevices(self)
        self._devices.audioInputsChanged.connect(self._inputs_changed)
        self.ordered.connect(self._obey)
        self.orphaned.connect(self._carry_on)
        signal.signal(signal.SIGTERM, lambda *_: QTimer.singleShot(0, self._leave))
        self._tell_inputs()
        parent.listen(self.ordered.emit, self.orphaned.emit)

    @Slot(object)
    def _obey(self, order: Message) -> None:
        match order["do"]:
            case "warm":
                if self._ear.recording is None:
                    self._ready(order)
            case "record":
                self._record(order)
            case "stop":
                self._forget_wish()
                self._ear.stop()
            case "rest":
                self._rest()
            case "end":
                self._leave()

    def _ready(self, order: Message) -> bool:
        """Open the input of the order, if it is not open; say why it cannot be."""
        if permission.must_ask():
            self._waiting = order
            permission.ask(self, self._answered)
            return False
        why = "refused" if permission.refused() else self._open(order["device"])
        if why:
            self._ear.close()
            self._tell_over(why, order.get("turn"))
        return not why

    @Slot()
    def _answered(self) -> None:
        order, self._waiting = self._waiting, None
        if order is not None and not permission.must_ask():
            self._obey(order)

    def _forget_wish(self) -> None:
        """Begin nothing any more when the system's user has answered."""
        order, self._waiting = self._waiting, None
        if order is not None and order["do"] == "record":
            self._tell_over("", order["turn"])

    def _open(self, wanted: str) -> str:
        self._wanted = wanted
        device = device_of(wanted)
        if device is None:
            return "none"
        source = self._ear.source
        if source is not None and source.device.id() == device.id():
            return ""
        try:
            self._ear.open(device)
        except OSError:
            return "refused" if permission.refused() else "lost"
        return ""

    def _record(self, order: Message) -> None:
        if self._ear.recording is not None or not self._ready(order) or self._ear.source is None:
            return
        source, turn = self._ear.source, order["turn"]
        header = {**order["header"], "format": source.format, "rate": source.rate, "window": os.getppid()}
        try:
            recording = Recording(Path(order["path"]), header, turn)
        except OSError as error:
            self._tell_over(why_unwritten(error), turn)
            return
        self._ear.begin(recording)

    def _rest(self) -> None:
        self._forget_wish()
        if self._ear.recording is not None:
            self._over("")
        self._ear.close()

    def _begun(self) -> None:
        if self._ear.recording is not None:
            self._parent.tell({"is": "started", "turn": self._ear.recording.turn})

    def _hear(self, level: Level) -> None:
        self._parent.mention({"is": "heard", **asdict(level)})
        if self._orphan is not None and self._orphan.over(level.rms, level.seconds):
            self._leave()

    def _ear_over(self, why: str) -> None:
        self._over(why, dead=why == "lost")
        if why == "lost":
            self._parent.wait_told(LAST_WORDS)
            os._exit(DEAD)

    def _over(self, why: str, dead: bool = False) -> None:
        """End what is recorded, or heard, for a reason."""
        recording, self._ear.recording = self._ear.recording, None
        if recording is not None:
            recording.end()
        if self._orphan is not None:
            os._exit(0)
        if why in ("lost", "refused"):
            self._ear.close()
        self._tell_over(why, recording.turn if recording is not None else None, dead)

    def _tell_over(self, why: str, turn: int | None, dead: bool = False) -> None:
        """Tell of a recording by its turn, else of an input that was only to be warm."""
        about = {"is": "lost"} if turn is None else {"is": "ended", "turn": turn}
        self._parent.tell({**about, "why": why, "dead": dead})

    @Slot()
    def _inputs_changed(self) -> None:
        source = self._ear.source
        if source is not None:
            if all(there.id() != source.device.id() for there in QMediaDevices.audioInputs()):
                self._over("lost")
            elif not self._wanted and self._ear.recording is None:
                # The system's own may be another now, such as a headset that was plugged in.
                self._ready({"do": "warm", "device": ""})
        self._tell_inputs()

    def _tell_inputs(self) -> None:
        there = [] if permission.refused() else QMediaDevices.audioInputs()
        told = [{"id": name_of(one), "name": one.description(), "default": one.isDefault()} for one in there]
        self._parent.tell({"is": "inputs", "inputs": told})

    @Slot()
    def _carry_on(self) -> None:
        """Go on without a window, or end where nothing is recorded."""
        if self._ear.recording is None:
            os._exit(0)
        self._orphan = Orphan(self._ear.recording.seconds)
        self._looks.start()
        # Another window may have asked for the end before this one was known to be dead.
        QTimer.singleShot(0, self._look)
        # Whatever else happens here: never for ever.
        last = threading.Timer(LONGEST + 60, lambda: os._exit(DEAD))
        last.daemon = True
        last.start()

    @Slot()
    def _look(self) -> None:
        if self._ear.recording is not None and self._ear.recording.asked_to_end():
            self._leave()

    @Slot()
    def _leave(self) -> None:
        """End the process, and a recording whole before it."""
        self._ear.fetch()
        if self._ear.recording is not None:
            self._ear.recording.end()
        os._exit(0)


def device_of(wanted: str) -> QAudioDevice | None:
    """Return the input of that name, the system's own for "", None where there is none."""
    if not wanted:
        device = QMediaDevices.defaultAudioInput()
        return None if device.isNull() else device
    return next((one for one in QMediaDevices.audioInputs() if name_of(one) == wanted), None)


def run(parent: PatientParent) -> None:
    """Obey until the end."""
    # A process that no longer does what it should must not look as if it recorded: its journal is whole as it is.
    sys.excepthook = lambda *_error: os._exit(1)
    application = QCoreApplication(["storytime-microphone"])
    booth = Booth(parent)
    application.exec()
    del booth

"""The loop of the sound process: orders to the output, news of it and of the system's outputs back.

Orders: `open` (with `turn`), `close`, `queue` (`turn`, `token`, `path`, `pause`, `begin`), `drop` (the
`turn` that begins), `cut` (after `token`), `held`, `volume`. News: `outputs` (their `count`), `playing` (the output has
begun to move), `started`, `ended`, `drained` (with `token` and `turn`), `lost`. Where the output is dead, the process
ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot
from PySide6.QtMultimedia import QMediaDevices

from storytime.devices.sound_process.output import RATE, Output

if TYPE_CHECKING:
    from storytime.devices.lines import Message, Parent

COMMON = 22_050
"""The rate (Hz) of most voices: the one that the first sound will have to be brought from."""


class Stage(QObject):
    """Obeys orders, on the main thread."""

    ordered = Signal(object)

    def __init__(self, parent: Parent) -> None:
        super().__init__()
        self._tell = parent.tell
        self._output = Output(parent.tell)
        self._lost: int | None = None
        self._devices = QMediaDevices(self)
        self._devices.audioOutputsChanged.connect(self._outputs_changed)
        self.ordered.connect(self._obey)
        self._count_outputs()
        parent.listen(self.ordered.emit)
        QTimer.singleShot(0, self._make_ready)

    @Slot()
    def _make_ready(self) -> None:
        # Before it is needed: a tenth of a second that no key press should wait for.
        import numpy as np

        from storytime.devices.sound_process.resample import resampled

        resampled(np.zeros(1, np.int16), COMMON, RATE)

    @Slot(object)
    def _obey(self, order: Message) -> None:
        output = self._output
        match order["do"]:
            case "open":
                output.reel.turn = order["turn"]
                self._open()
            case "queue":
                self._queue(order)
            case "held":
                output.reel.held = order["held"]
            case "volume":
                output.volume = order["volume"]
            case "drop":
                output.drop(order["turn"])
            case "cut":
                output.reel.cut_after(order["token"])
            case "close":
                output.close()
        output.tick()

    def _open(self) -> None:
        if not self._output.is_open and QMediaDevices.audioOutputs():
            self._output.open(QMediaDevices.defaultAudioOutput())

    def _queue(self, order: Message) -> None:
        if order["turn"] == self._lost:
            return
        self._open()
        self._output.reel.turn = order["turn"]
        if self._output.is_open:
            self._output.queue(order["token"], order["path"], order["pause"], order["begin"])
        else:
            self._lose()

    @Slot()
    def _outputs_changed(self) -> None:
        outputs = QMediaDevices.audioOutputs()
        if self._output.is_open and all(there.id() != self._output.device.id() for there in outputs):
            # At once: the sound server may already be moving the stream to another output.
            self._output.close()
            self._lose()
        self._count_outputs()

    def _lose(self) -> None:
        """Tell that this turn is over. What is still queued in it must not sound from another output."""
        self._lost = self._output.reel.turn
        self._tell({"is": "lost", "turn": self._lost})

    def _count_outputs(self) -> None:
        self._tell({"is": "outputs", "count": len(QMediaDevices.audioOutputs())})


def run(parent: Parent) -> None:
    """Obey until the orders end."""
    application = QCoreApplication(["storytime-sound"])
    stage = Stage(parent)
    application.exec()
    del stage

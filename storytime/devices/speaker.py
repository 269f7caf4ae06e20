"""The Speaker port over QtMultimedia: one sink for every sound, fed by a thread that nothing else stalls."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, QThread, QTimer, Slot
from PySide6.QtMultimedia import QAudioDevice, QMediaDevices

from storytime.core.signal import Signal
from storytime.devices.feeder import PROBING, RATE, Feeder
from storytime.devices.reel import Mark, Reel
from storytime.devices.resample import resampled
from storytime.devices.server_buffer import prepare_environment

if TYPE_CHECKING:
    from storytime.core.ports import Sound

__all__ = ["QtSpeaker", "prepare_environment"]

log = logging.getLogger(__name__)


class QtSpeaker(QObject):
    """The machine's output. `prepare_environment` must have been called before the application was made."""

    def __init__(self) -> None:
        super().__init__()
        self.started: Signal[int] = Signal()
        self.ended: Signal[int] = Signal()
        self.drained: Signal[()] = Signal()
        self.lost: Signal[()] = Signal()
        self.back: Signal[()] = Signal()
        self._reel = Reel()
        self._device: QAudioDevice | None = None
        self._away = False
        self._devices = QMediaDevices(self)
        self._devices.audioOutputsChanged.connect(self._outputs_changed)
        self._thread = QThread(self)
        self._feeder = Feeder(self._reel)
        self._feeder.moveToThread(self._thread)
        self._feeder.passed.connect(self._passed, Qt.ConnectionType.QueuedConnection)
        self._feeder.died.connect(self._died, Qt.ConnectionType.QueuedConnection)
        self._feeder.revived.connect(self._revived, Qt.ConnectionType.QueuedConnection)
        self._probing = QTimer(self, interval=PROBING)
        self._probing.timeout.connect(self._try_output)
        if (application := QCoreApplication.instance()) is not None:
            application.aboutToQuit.connect(self.close)

    @property
    def volume(self) -> float:
        """0 to 1."""
        return self._reel.volume

    @volume.setter
    def volume(self, value: float) -> None:
        self._reel.volume = min(1.0, max(0.0, value))
        self._feeder.woken.emit()

    def available(self) -> bool:
        """Whether the system has an output, and it is not known to be dead."""
        return not self._probing.isActive() and bool(QMediaDevices.audioOutputs())

    def open(self) -> None:
        """Open the default output and feed it silence; without one, do nothing."""
        if self._device is not None or not self.available():
            return
        self._away = False
        self._device = QMediaDevices.defaultAudioOutput()
        self._thread.start(QThread.Priority.TimeCriticalPriority)
        self._feeder.begin.emit(self._device)

    def close(self) -> None:
        """Forget everything queued, let the output go and end the thread. It may be opened again."""
        self._reel.clear()
        self._probing.stop()
        self._device = None
        if self._thread.isRunning():
            self._feeder.finish.emit()
            self._thread.wait()

    def queue(self, token: int, sound: Sound, pause: float = 0.0) -> None:
        """Play after all that is queued, then `pause` seconds of silence. With no output, `lost` follows."""
        self.open()
        if self._device is None:
            QTimer.singleShot(0, self, self.lost.emit)
            return
        self._reel.wind_on(token, _stereo(sound), round(pause * RATE))
        self._feeder.woken.emit()

    def queued(self) -> float:
        """Return seconds until everything queued will have been heard, if it were not paused now."""
        return self._reel.frames_left() / RATE

    def pause(self) -> None:
        """Fall silent and hold the very sample."""
        self._reel.held = True
        self._feeder.woken.emit()

    def resume(self) -> None:
        """Go on from it."""
        self._reel.held = False
        self._feeder.woken.emit()

    def drop(self) -> None:
        """Forget everything and fall silent; no `ended` follows, and a pause is over."""
        self._reel.clear()
        self._feeder.woken.emit()

    def drop_after(self, token: int) -> None:
        """Keep what is queued up to and with `token`; one that is not in the queue changes nothing."""
        self._reel.cut_after(token)
        self._feeder.woken.emit()

    @Slot(object)
    def _passed(self, mark: Mark) -> None:
        if mark.turn != self._reel.turn:
            return
        if mark.kind == "started":
            self.started.emit(mark.token)
        elif mark.kind == "ended":
            self.ended.emit(mark.token)
        elif self._reel.frames_left() == 0:
            self.drained.emit()

    @Slot()
    def _outputs_changed(self) -> None:
        outputs = QMediaDevices.audioOutputs()
        if self._device is not None and all(there.id() != self._device.id() for there in outputs):
            log.warning("the output %s went away", self._device.description())
            # At once: the sound server may already be moving the stream to another output.
            self._feeder.end.emit()
            self._lose()
        if self._away and outputs:
            self._away = False
            QTimer.singleShot(0, self, self.back.emit)

    @Slot()
    def _died(self) -> None:
        if self._device is None:
            return
        log.warning("the output %s makes no progress", self._device.description())
        self._lose()
        self._away = False
        self._probing.start()

    def _lose(self) -> None:
        something = self._reel.frames_left() > 0
        self._reel.clear()
        self._device = None
        self._away = True
        if something:
            self.lost.emit()

    @Slot()
    def _try_output(self) -> None:
        if QMediaDevices.audioOutputs():
            self._feeder.probe.emit(QMediaDevices.defaultAudioOutput())

    @Slot()
    def _revived(self) -> None:
        if self._probing.isActive():
            self._probing.stop()
            self.back.emit()


def _stereo(sound: Sound) -> bytes:
    """Return the sound's frames as the sink takes them; of a sound that has vanished there are none."""
    import wave

    import numpy as np

    try:
        with wave.open(str(sound.path), "rb") as file:
            rate, samples = file.getframerate(), np.frombuffer(file.readframes(file.getnframes()), "<i2")
    except (OSError, wave.Error, EOFError) as trouble:
        log.warning("a sound could not be played: %s", type(trouble).__name__)
        return b""
    return np.repeat(resampled(samples, rate, RATE), 2).astype("<i2").tobytes()

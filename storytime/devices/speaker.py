"""The Speaker port over a sound process: gapless whatever the window does, and mended when the sound server was not."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from storytime.core.signal import Signal
from storytime.devices.child_process import ChildProcess, module_command
from storytime.devices.remaining import Remaining

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storytime.core.ports import Sound
    from storytime.devices.lines import Message

log = logging.getLogger(__name__)

COMMAND = module_command("storytime.devices.sound_process")
START = 5.0
"""Seconds in which the sound process must have told of the system's outputs; it needs some tenths."""
AGAIN = 2000
"""Milliseconds before the first attempt at an output that died."""
SELDOM = 30_000
"""Milliseconds between attempts at last: a sound server that stays away all night costs next to nothing."""


class QtSpeaker:
    """The machine's output, through one sink of a child process."""

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        self.started: Signal[int] = Signal()
        self.ended: Signal[int] = Signal()
        self.drained: Signal[()] = Signal()
        self.lost: Signal[()] = Signal()
        self.back: Signal[()] = Signal()
        self._volume = 1.0
        self._held = False
        self._turn = 0
        self._outputs: int | None = None
        self._away = False
        self._born = 0.0
        self._left = Remaining(time.monotonic)
        self._child = ChildProcess(command)
        self._child.answered.connect(self._answered)
        self._child.died.connect(self._died)
        self._again = QTimer(interval=AGAIN)
        self._again.timeout.connect(self._begin)

    @property
    def volume(self) -> float:
        """0 to 1."""
        return self._volume

    @volume.setter
    def volume(self, value: float) -> None:
        self._volume = min(1.0, max(0.0, value))
        self._child.send({"do": "volume", "volume": self._volume})

    def warm(self) -> None:
        """Begin the sound process without opening an output, so that `open` is quick; it costs nothing while idle."""
        if not self._again.isActive():
            self._start()

    def available(self) -> bool:
        """Whether the system has an output that is not known to be dead; the first answer may take some tenths."""
        if self._again.isActive():
            return False
        if self._outputs == 0 and time.monotonic() - self._born > AGAIN / 1000:
            self._end()
        self.warm()
        # Once for each process: who asks again and again waits no longer than who asks once.
        patience = START - (time.monotonic() - self._born)
        if patience > 0:
            self._child.wait(lambda: self._outputs is not None, patience)
        # Whoever hears that there is none is told when there is one, also where the answer alone was late.
        self._away = self._away or not self._outputs
        return bool(self._outputs)

    def open(self) -> None:
        """Open the default output and feed it silence; without one, do nothing."""
        if not self._again.isActive():
            self._begin()

    def close(self) -> None:
        """Forget everything queued, let the output go and end the process. It may be opened again."""
        self._again.stop()
        self._forget()
        self._outputs = None
        self._child.close()

    def queue(self, token: int, sound: Sound, pause: float = 0.0) -> None:
        """Play after all that is queued, then `pause` seconds of silence. With no output, `lost` follows."""
        self._left.add(token, sound.seconds, pause)
        if self._again.isActive():
            QTimer.singleShot(0, self._lose)
            return
        self._start()
        order = {"do": "queue", "turn": self._turn, "token": token, "path": str(sound.path)}
        order |= {"pause": pause, "begin": sound.begin}
        self._child.send(order)

    def queued(self) -> float:
        """Return seconds until everything queued will have been heard, if it were not paused now."""
        return self._left.seconds()

    def pause(self) -> None:
        """Fall silent and hold the very sample."""
        self._hold(True)

    def resume(self) -> None:
        """Go on from it."""
        self._hold(False)

    def drop(self) -> None:
        """Forget everything and fall silent; no `ended` follows, and a pause is over."""
        self._forget()
        self._child.send({"do": "drop", "turn": self._turn})

    def drop_after(self, token: int) -> None:
        """Keep what is queued up to and with `token`; one that is not in the queue changes nothing."""
        self._left.cut_after(token)
        self._child.send({"do": "cut", "token": token})

    def process_id(self) -> int:
        """Return the sound process's number, 0 where there is none."""
        return self._child.process_id()

    def _begin(self) -> None:
        if self._again.isActive() and self._outputs == 0:
            self._end()
            self._again.setInterval(min(SELDOM, 2 * self._again.interval()))
        self._start()
        self._child.send({"do": "open", "turn": self._turn})

    def _end(self) -> None:
        """End a process that knows of no output: one that began before the sound server would never see it."""
        self._child.close()
        self._outputs = None

    def _start(self) -> None:
        if not self._child.running:
            self._born = time.monotonic()
            self._child.start()
            self._child.send({"do": "volume", "volume": self._volume})
            self._child.send({"do": "held", "held": self._held})

    def _hold(self, held: bool) -> None:
        self._held = held
        self._left.hold(held)
        self._child.send({"do": "held", "held": held})

    def _forget(self) -> None:
        """Begin a new turn: whatever is still told of the last one is told to nobody."""
        self._turn += 1
        self._held = False
        self._left.clear()

    def _answered(self, message: Message) -> None:
        match message["is"]:
            case "outputs":
                self._outputs = message["count"]
                if self._away and self._outputs:
                    self._come_back()
            case "playing":
                if self._again.isActive():
                    self._again.stop()
                    self._child.send({"do": "close"})
                    self._come_back()
            case "lost":
                if message["turn"] == self._turn:
                    log.warning("the output went away")
                    self._lose()
            case _:
                if message["turn"] == self._turn:
                    self._heard(message["is"], message["token"])

    def _heard(self, what: str, token: int) -> None:
        if what == "started":
            self._left.started(token)
            self.started.emit(token)
        elif what == "ended":
            self._left.ended(token)
            self.ended.emit(token)
        elif token == self._left.last():
            self._left.clear()
            self.drained.emit()

    def _died(self) -> None:
        """Try again from time to time, in a new process: only that finds the sound server anew."""
        self._outputs = None
        if not self._again.isActive():
            log.warning("the output is dead")
            self._again.start(AGAIN)
            self._lose()

    def _lose(self) -> None:
        something = bool(self._left)
        self._forget()
        self._child.send({"do": "drop", "turn": self._turn})
        self._away = not self._again.isActive()
        if something:
            self.lost.emit()

    def _come_back(self) -> None:
        self._away = False
        self.back.emit()

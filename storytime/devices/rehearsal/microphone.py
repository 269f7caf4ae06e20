"""A microphone that hears what it is given, on the pretended clock, and writes real journals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from storytime.core.ports import Input, Level
from storytime.core.signal import Signal
from storytime.core.studio.journal import FORMATS
from storytime.core.studio.journal_file import JournalFile, why_unwritten
from storytime.devices.meter import level_of

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from storytime.core.ports import Timer
    from storytime.devices.rehearsal.clock import PretendClock

RATE = 48_000
BLOCK = 0.1
"""Seconds."""
ROOM = 0.0003
"""Amplitude of the quiet room that is heard while nothing else is: about -75 dBFS."""
INPUT = Input("pretend:bedside", "Pretended microphone", default=True)


class PretendMicrophone:
    """Keeps `ports.Microphone` on a `PretendClock`: blocks come while `clock.advance` passes them.

    A test says what is heard with `say`, and what goes wrong with `unplug`, `refuse`, `die`, `dead` and `room`.
    """

    def __init__(self, clock: PretendClock, *inputs: Input, format: str = "s16") -> None:
        self.started: Signal[()] = Signal()
        self.heard: Signal[Level] = Signal()
        self.ended: Signal[str] = Signal()
        self.lost: Signal[str] = Signal()
        self.inputs_changed: Signal[()] = Signal()
        self.dead = False
        """Whether it gives zeros only, as a switch on the microphone does."""
        self.room: int | None = None
        """Bytes of samples for which the disk has room; None for a large disk."""
        self._clock = clock
        self._inputs = inputs or (INPUT,)
        self._format = format
        self._refused = False
        self._said: NDArray[np.float32] = np.zeros(0, np.float32)
        self._noise = np.random.default_rng(5)
        self._device: str | None = None
        self._file: JournalFile | None = None
        self._told = False
        self._since = 0.0
        self._timer: Timer | None = None
        self._busy = False
        self._news: list[Timer] = []

    def inputs(self) -> tuple[Input, ...]:
        """Return the pretended microphones that are plugged in."""
        return () if self._refused else self._inputs

    def warm(self, device: str = "") -> None:
        """Hear from now on."""
        if not self._busy:
            self._open(device)
            if why := self._why_not(device):
                self._fail(why, self.lost)

    def record(self, journal: Path, header: dict[str, Any], device: str = "") -> None:
        """Write all that is heard from now on."""
        if self._busy:
            return
        self._busy = True
        self._open(device)
        why = self._why_not(device) or ("full" if self.room == 0 else "")
        if not why:
            try:
                self._begin(JournalFile(journal, {**header, "format": self._format, "rate": RATE}))
                return
            except OSError as error:
                why = why_unwritten(error)
        self._fail(why, self.ended)

    def stop(self) -> None:
        """End the recording here and now; `ended` follows."""
        if self._file is not None:
            self._hear()
        if self._file is not None:
            self._end("")

    def rest(self) -> None:
        """Hear no more."""
        self.stop()
        self._let_go()

    def close(self) -> None:
        """End everything, and tell nothing more."""
        if self._file is not None:
            self._hear(tell=False)
        self._finish()
        self._let_go()
        self._busy = False
        for timer in self._news:
            timer.cancel()
        self._news.clear()

    def say(self, samples: NDArray[np.float32]) -> None:
        """Let these be heard next, after what is still being said: mono, 48 kHz, clipped at -1 and 1.

        Then the room is quiet.
        """
        self._said = np.concatenate([self._said, samples])

    def tone(self, seconds: float, hertz: float = 220.0, size: float = 0.2) -> None:
        """Let a tone be heard next, of an amplitude of 0 to 1."""
        turns = np.arange(round(seconds * RATE)) * hertz / RATE
        self.say((size * np.sin(2 * np.pi * turns)).astype(np.float32))

    def unplug(self, device: str = "") -> None:
        """Pull the plug of one microphone, or of all."""
        self._inputs = tuple(one for one in self._inputs if device and one.id != device)
        if self._device is not None and self._why_not(self._device):
            self._go("lost")
        self.inputs_changed.emit()

    def plug_in(self, *inputs: Input) -> None:
        """Plug microphones in: the pretended one where none is named."""
        self._inputs = (*self._inputs, *(inputs or (INPUT,)))
        self.inputs_changed.emit()

    def refuse(self, refused: bool = True) -> None:
        """Let the system forbid us to hear, or allow it."""
        self._refused = refused
        if refused and self._device is not None:
            self._go("refused")
        self.inputs_changed.emit()

    def die(self) -> None:
        """Let its process be killed: nothing is lost but the block under way."""
        self._go("died")

    def _open(self, device: str) -> None:
        self._device = device
        self._await_block()

    def _why_not(self, device: str) -> str:
        if self._refused:
            return "refused"
        there = any(not device or one.id == device for one in self._inputs)
        return "" if there else "none"

    def _begin(self, file: JournalFile) -> None:
        self._file, self._told = file, False
        self._await_block()

    def _await_block(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._since = self._clock.awake()
        self._timer = self._clock.after(BLOCK, self._block)

    def _block(self) -> None:
        self._hear()
        if self._device is not None:
            self._await_block()

    def _hear(self, tell: bool = True) -> None:
        """Write what sounded since the last block, and tell of it."""
        count = round((self._clock.awake() - self._since) * RATE)
        self._since = self._clock.awake()
        samples = self._sounding(count)
        if self._file is not None:
            self._write(self._file, samples)
        if not tell or not count:
            return
        if self._file is not None and not self._told:
            self._told = True
            self.started.emit()
        seconds = self._file.frames / RATE if self._file is not None else 0.0
        self.heard.emit(level_of(samples, seconds, seconds))

    def _sounding(self, count: int) -> NDArray[np.float32]:
        said, self._said = self._said[:count], self._said[count:]
        room = self._noise.normal(0.0, ROOM / 2, count - len(said)).astype(np.float32)
        return np.zeros(count, np.float32) if self.dead else np.clip(np.concatenate([said, room]), -1.0, 1.0)

    def _write(self, file: JournalFile, samples: NDArray[np.float32]) -> None:
        raw = as_written(samples, self._format)
        if self.room is None:
            file.write(raw)
            return
        file.write(raw[: self.room])
        self.room -= min(self.room, len(raw))
        if not self.room:
            self._end("full")

    def _go(self, why: str) -> None:
        """Lose what is open, whatever it is used for."""
        self._fail(why, self.ended if self._file is not None else self.lost)

    def _end(self, why: str) -> None:
        self._finish()
        self._tell(self.ended, why)

    def _fail(self, why: str, signal: Signal[str]) -> None:
        self._finish()
        self._let_go()
        self._tell(signal, why)

    def _tell(self, signal: Signal[str], why: str) -> None:
        """Tell it soon, and never inside the call that brought it."""

        def tell() -> None:
            self._news.pop(0)
            if signal is self.ended:
                self._busy = False
            signal.emit(why)

        self._news.append(self._clock.after(0.0, tell))

    def _finish(self) -> None:
        if self._file is not None:
            self._file.end()
            self._file = None

    def _let_go(self) -> None:
        self._device = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def as_written(samples: NDArray[np.float32], format: str) -> bytes:
    """Return samples of -1 to 1 as a journal of that format has them."""
    kind = np.dtype(FORMATS[format])
    if kind.kind == "f":
        return samples.astype(kind).tobytes()
    full = 2.0 ** (8 * kind.itemsize - 1)
    return np.clip(np.round(samples.astype(np.float64) * full), -full, full - 1).astype(kind).tobytes()

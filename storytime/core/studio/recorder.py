"""The microphone at work: a journal begun, watched while it grows, and told of when it is whole."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from storytime.core.database import troubles_named
from storytime.core.errors import MicrophoneRefused, NoMicrophone, RecordingStopped
from storytime.core.signal import Signal
from storytime.core.studio.alarms import DEAD_AFTER, Watch, minutes_of_room
from storytime.core.studio.journal import SUFFIX
from storytime.core.studio.permission import setting_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from storytime.core.errors import StorytimeError
    from storytime.core.ports import Clock, Level, Microphone, Timer

LOOK_AT_THE_DISK = 5.0
"""Seconds after which the room on the disk is looked at again."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A recording under way."""

    seconds: float
    safe: float
    """Seconds that outlive a loss of power."""
    alarm: str
    room: float
    """Minutes."""


class Recorder:
    """Records one journal at a time; one that is asked for while another ends begins after it."""

    def __init__(self, microphone: Microphone, clock: Clock, folder: Path) -> None:
        self.progressed: Signal[Progress] = Signal()
        self.heard: Signal[Level] = Signal()
        self.ended: Signal[Path, str] = Signal()
        """The journal is whole; why, as `Microphone.ended` says."""
        self.lost: Signal[str] = Signal()
        """The microphone is not heard, though nothing is recorded; why, as `Microphone.lost` says."""
        self.room_of: Callable[[Path], float] = minutes_of_room
        self.under_way: Path | None = None
        """The journal that grows; None where none does."""
        self._microphone, self._clock, self._folder = microphone, clock, folder
        self._next: tuple[Path, dict[str, Any], str] | None = None
        self._given_up = False
        self._watch = Watch(0.0, 0.0)
        self._safe = self._seconds = self._room = 0.0
        self._looked = float("-inf")
        self._silence: Timer | None = None
        microphone.heard.connect(self._on_heard)
        microphone.ended.connect(self._on_ended)
        microphone.lost.connect(self.lost.emit)

    def new_journal(self) -> Path:
        """Return where a recording may be written: a name that no clock set back gives twice."""
        return self._folder / f"{self._clock.wall():%Y%m%d-%H%M%S}-{token_hex(4)}{SUFFIX}"

    def begin(self, journal: Path, header: dict[str, Any], device: str) -> None:
        """Record. Raises `LibraryTrouble`, `DiskFull` where the folder cannot be made."""
        make_folder(journal.parent)
        if self.under_way:
            self._next, self._given_up = (journal, header, device), False
            return
        now = self._clock.boot()
        self.under_way = journal
        self._watch, self._safe, self._seconds = Watch(now, now), 0.0, 0.0
        self._look_at_the_disk()
        self._arm()
        self._microphone.record(journal, header, device)

    def stop(self) -> None:
        """End it, with all that was heard; `ended` follows, also for one that waited to begin and now never does."""
        self._given_up = self._next is not None
        if self.under_way:
            self._microphone.stop()

    def room(self) -> float:
        """Return minutes of recording for which there is room."""
        return self.room_of(self._folder)

    def close(self) -> None:
        """End the microphone's process; a recording under way ends whole, and waits on the disk."""
        self._disarm()
        self._next = None
        self._microphone.close()

    def _on_heard(self, level: Level) -> None:
        if self.under_way:
            self._safe, self._seconds = max(self._safe, level.safe), max(self._seconds, level.seconds)
            self._watch = self._watch.after(level, self._clock.boot())
            if self._clock.boot() - self._looked >= LOOK_AT_THE_DISK:
                self._look_at_the_disk()
            self._arm()
            self._tell()
        self.heard.emit(level)

    def _on_ended(self, why: str) -> None:
        journal, self.under_way = self.under_way, None
        self._disarm()
        if journal is None:
            return
        waiting, self._next = self._next, None
        self.ended.emit(journal, why)
        if waiting and self._given_up:
            self.ended.emit(waiting[0], "")
        elif waiting:
            self.begin(*waiting)

    def _tell(self) -> None:
        alarm = self._watch.alarm(self._clock.boot(), self._room)
        self.progressed.emit(Progress(self._seconds, self._safe, alarm, self._room))

    def _look_at_the_disk(self) -> None:
        self._looked, self._room = self._clock.boot(), self.room()

    def _arm(self) -> None:
        """Speak up if the microphone says nothing more."""
        self._disarm()
        self._silence = self._clock.after(DEAD_AFTER, self._tell)

    def _disarm(self) -> None:
        if self._silence:
            self._silence.cancel()
            self._silence = None


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, where they are not there. Raises `LibraryTrouble`, `DiskFull`."""
    with troubles_named(folder):
        folder.mkdir(parents=True, exist_ok=True)


def trouble_of(why: str, seconds: float = 0.0, device: str = "") -> StorytimeError | None:
    """Return what to say of a recording that ended so; None where it was asked for. `device` as the teller knows it."""
    if not why:
        return None
    if why == "refused":
        return MicrophoneRefused(setting_of())
    if why == "none":
        return NoMicrophone(device)
    return RecordingStopped(why, seconds)

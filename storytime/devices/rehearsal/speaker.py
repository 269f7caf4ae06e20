"""A speaker that makes no sound: it plays lengths on the pretended clock, exact to the sample."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storytime.core.signal import Signal

if TYPE_CHECKING:
    from storytime.core.ports import Sound, Timer
    from storytime.devices.rehearsal.clock import PretendClock


@dataclass(slots=True)
class Piece:
    """A stretch of the queue: a sound with its token, or (token None) a silence."""

    token: int | None
    seconds: float
    heard: float = 0.0
    begun: bool = False


class PretendSpeaker:
    """Keeps `ports.Speaker` on a `PretendClock`. A test takes its output away with `lose` and gives it back."""

    def __init__(self, clock: PretendClock) -> None:
        self.started: Signal[int] = Signal()
        self.ended: Signal[int] = Signal()
        self.drained: Signal[()] = Signal()
        self.lost: Signal[()] = Signal()
        self.back: Signal[()] = Signal()
        self.volume = 1.0
        self.is_open = False
        self._clock = clock
        self._there = True
        self._paused = False
        self._pieces: deque[Piece] = deque()
        self._since = 0.0
        self._timer: Timer | None = None

    def available(self) -> bool:
        """Whether the pretended output is there."""
        return self._there

    def warm(self) -> None:
        """Be ready; a pretended output always is."""

    def open(self) -> None:
        """Open the path."""
        self.is_open = self._there

    def close(self) -> None:
        """Let the output go; what was queued is forgotten."""
        self.drop()
        self.is_open = False

    def queue(self, token: int, sound: Sound, pause: float = 0.0) -> None:
        """Play after all that is queued, then `pause` seconds of silence."""
        if not self._there:
            return
        self.open()
        idle = not self._pieces
        self._pieces.append(Piece(token, sound.seconds))
        if pause > 0:
            self._pieces.append(Piece(None, pause))
        if idle and not self._paused:
            self._play()

    def queued(self) -> float:
        """Return seconds until everything queued will have been heard, if it were not paused now."""
        passed = self._clock.awake() - self._since if self._timer else 0.0
        return max(0.0, sum(piece.seconds - piece.heard for piece in self._pieces) - passed)

    def pause(self) -> None:
        """Hold the very sample."""
        self._hold()
        self._paused = True

    def resume(self) -> None:
        """Go on from it."""
        if self._paused:
            self._paused = False
            if self._pieces:
                self._play()

    def drop(self) -> None:
        """Forget everything; no `ended` follows, and a pause is over."""
        self._hold()
        self._pieces.clear()
        self._paused = False

    def drop_after(self, token: int) -> None:
        """Keep what is queued up to and with `token`; one that is not in the queue changes nothing."""
        tokens = [piece.token for piece in self._pieces]
        if token in tokens:
            while len(self._pieces) > tokens.index(token) + 1:
                self._pieces.pop()

    def lose(self) -> None:
        """Take the output away, as when a plug is pulled."""
        self._there = self.is_open = False
        held = bool(self._pieces)
        self.drop()
        if held:
            self.lost.emit()

    def give_back(self) -> None:
        """Let an output be there again."""
        if not self._there:
            self._there = True
            self.back.emit()

    def _play(self) -> None:
        piece = self._pieces[0]
        self._since = self._clock.awake()
        self._timer = self._clock.after(piece.seconds - piece.heard, self._piece_heard)
        if piece.token is not None and not piece.begun:
            piece.begun = True
            self.started.emit(piece.token)

    def _hold(self) -> None:
        if self._timer and self._pieces:
            self._timer.cancel()
            self._timer = None
            piece = self._pieces[0]
            piece.heard = min(piece.seconds, piece.heard + self._clock.awake() - self._since)

    def _piece_heard(self) -> None:
        self._timer = None
        piece = self._pieces.popleft()
        all_heard = not self._pieces
        if piece.token is not None:
            self.ended.emit(piece.token)
        if self._pieces and not self._timer and not self._paused:
            self._play()
        elif all_heard and not self._pieces:
            self.drained.emit()

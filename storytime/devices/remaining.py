"""How many seconds of queued sound are still to be heard, kept beside a sound process by what it tells."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(slots=True)
class Stretch:
    """A sound and the pause after it, in seconds."""

    token: int
    sound: float
    pause: float


class Remaining:
    """A mirror of what was queued; `now` is a monotonic clock in seconds."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._stretches: deque[Stretch] = deque()
        self._heard = 0.0
        self._since: float | None = None
        self._sounding = False
        self._held = False

    def __bool__(self) -> bool:
        return bool(self._stretches)

    def add(self, token: int, sound: float, pause: float) -> None:
        """Put a sound at the end."""
        self._stretches.append(Stretch(token, sound, pause))

    def last(self) -> int | None:
        """Return the token at the end."""
        return self._stretches[-1].token if self._stretches else None

    def started(self, token: int) -> None:
        """Take it that the sound begins now."""
        if all(stretch.token != token for stretch in self._stretches):
            return
        while self._stretches[0].token != token:
            self._stretches.popleft()
        self._at(0.0)

    def ended(self, token: int) -> None:
        """Take it that the sound has been heard, and its pause begins."""
        if self._stretches and self._stretches[0].token == token:
            self._at(self._stretches[0].sound)

    def hold(self, held: bool) -> None:
        """Stand still, or go on."""
        self._held = held
        if self._sounding:
            self._at(self._passed())

    def cut_after(self, token: int) -> None:
        """Forget what comes after the sound, its pause too."""
        tokens = [stretch.token for stretch in self._stretches]
        if token in tokens:
            while self._stretches[-1].token != token:
                self._stretches.pop()
            self._stretches[-1].pause = 0.0

    def clear(self) -> None:
        """Forget everything, a hold too."""
        self._stretches.clear()
        self._heard, self._since = 0.0, None
        self._sounding = self._held = False

    def seconds(self) -> float:
        """Return what is left, if nothing were held."""
        if not self._stretches:
            return 0.0
        first = self._stretches[0]
        passed = min(self._passed(), first.sound + first.pause)
        return sum(stretch.sound + stretch.pause for stretch in self._stretches) - passed

    def _at(self, heard: float) -> None:
        self._heard = heard
        self._sounding = True
        self._since = None if self._held else self._now()

    def _passed(self) -> float:
        return self._heard + (0.0 if self._since is None else self._now() - self._since)

"""What must be kept down for a while before it counts: no child opens the gate by leaning on a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from storytime.core.ports import Clock, Timer


class Hold:
    """A key or a touch that counts once it has been down for `seconds`, measured by the machine's own clock."""

    def __init__(self, clock: Clock, done: Callable[[], object], seconds: float = 2.0) -> None:
        self._clock = clock
        self._done = done
        self._seconds = seconds
        self._timer: Timer | None = None
        self._since = 0.0

    @property
    def down(self) -> bool:
        """Whether it is held and has not counted yet."""
        return self._timer is not None

    def share(self) -> float:
        """Return how much of the hold is done, 0 to 1; 0 when nothing is held."""
        return min(1.0, (self._clock.boot() - self._since) / self._seconds) if self.down else 0.0

    def press(self) -> None:
        """Begin; a key that repeats itself begins only once."""
        if self._timer is None:
            self._since = self._clock.boot()
            self._timer = self._clock.after(self._seconds, self._whole)

    def release(self) -> bool:
        """Let go, and return whether it was let go too early to count."""
        early = self._timer is not None
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None
        return early

    def _whole(self) -> None:
        self._timer = None
        self._done()

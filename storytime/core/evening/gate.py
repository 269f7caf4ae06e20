"""The parents’ gate: a PIN, or a simple sum where there is none, and patience for those who forgot it.

Nothing here ever delays the morning, and a wrong try never delays the patient way.
"""

from __future__ import annotations

from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING

from storytime.core.errors import PinRefused, StorytimeError
from storytime.core.evening.patience import Patience, patience_from_json
from storytime.core.evening.pin import LONGEST, SHORTEST, Argon2, Hashing, is_pin, looks_like_a_hash
from storytime.core.signal import Signal

if TYPE_CHECKING:
    from storytime.core.evening.keeper import Keeper
    from storytime.core.ports import Clock, StateStore

PIN, TRIES = "pin", "gate_tries"
"""The names under which a `StateStore` keeps the hash, and the patience asked for."""
RECOVERY = 600.0
"""Seconds of waiting, the gate open all the while, that open it without the PIN."""
LONGEST_TICK = 5.0
"""Seconds of one tick that count as waited: a machine that slept was not at the gate."""

PIN_UNREADABLE = "The PIN could not be read, so nothing is locked. Set a new one by day."
OPENED_BY_PATIENCE = "The gate was opened without the PIN, by waiting ten minutes."


class Gate:
    """Lets a parent through. A way that is found opens the dark; before lights-out it only says yes."""

    def __init__(
        self,
        clock: Clock,
        store: StateStore,
        keeper: Keeper,
        *,
        hashing: Hashing | None = None,
        random: Random | None = None,
    ) -> None:
        self.changed: Signal[()] = Signal()
        """Something to be drawn anew: the wait, the patient way, the PIN."""
        self.passed: Signal[bool] = Signal()
        """A try was made; True when it let a parent through."""
        self._clock, self._store, self._keeper = clock, store, keeper
        self._hashing = hashing or Argon2()
        self._random = random or Random()
        self._seen = clock.boot()
        self._recovering: float | None = None
        self._sum = self._new_sum()
        self._hash = self._read_hash()
        self._patience = Patience()
        with suppress(StorytimeError):
            self._patience = patience_from_json(store.load(TRIES))
        clock.ticked.connect(self.tick)

    @property
    def has_pin(self) -> bool:
        """Whether a PIN is set; else the gate asks a sum."""
        return self._hash is not None

    def wait(self) -> float:
        """Return the seconds until the next try."""
        return self._patience.after(self._clock.boot() - self._seen).wait

    def wait_share(self) -> float:
        """Return how much of the wait is still to come, 1 to 0: the dim ring."""
        whole = self._patience.whole_wait
        return min(self.wait() / whole, 1.0) if whole else 0.0

    def try_pin(self, pin: str, *, until_morning: bool = False) -> bool:
        """Open the dark with the PIN. While there is a wait, nothing is tried and nothing gets worse."""
        return self._passed(self.has_pin and self.check_pin(pin), until_morning)

    def question(self) -> tuple[int, int]:
        """Return the two numbers to be added where there is no PIN; the same until they were answered."""
        return self._sum

    def answer(self, total: int, *, until_morning: bool = False) -> bool:
        """Open the dark with the sum, where there is no PIN. Wrong answers slow down as wrong PINs do."""
        if self.has_pin or self.wait() > 0:
            return self._passed(False, until_morning)
        right = total == sum(self._sum)
        self._sum = self._new_sum()
        self._know(right)
        return self._passed(right, until_morning)

    def check_pin(self, pin: str) -> bool:
        """Return whether a page by day may be shown: right PIN, or none set. Opens nothing."""
        if self._hash is None:
            return True
        if self.wait() > 0:
            return False
        try:
            right = self._hashing.fits(self._hash, pin)
        except ValueError:
            self._hash = None
            self._keeper.unlock(PIN_UNREADABLE)
            self.changed.emit()
            return True
        self._know(right)
        return right

    def hold_recovery(self) -> None:
        """Begin the ten minutes’ wait, unless it has begun."""
        if self._recovering is None:
            self.tick()
            self._recovering = RECOVERY
            self.changed.emit()

    def recovery_left(self) -> float | None:
        """Return the seconds of waiting still to come; None where nobody waits."""
        return self._recovering

    def leave(self) -> None:
        """Leave the gate: the wait for recovery is forgotten, the wait after wrong tries is not."""
        if self._recovering is not None:
            self._recovering = None
            self.changed.emit()

    def tick(self) -> None:
        """Let the waits pass."""
        boot = self._clock.boot()
        passed, self._seen = max(boot - self._seen, 0.0), boot
        waiting = self._patience.wait > 0 or self._recovering is not None
        self._patience = self._patience.after(passed)
        if self._recovering is not None:
            self._recovering -= min(passed, LONGEST_TICK)
            if self._recovering <= 0:
                self._recovering = None
                self._know(True)
                self._keeper.note(OPENED_BY_PATIENCE)
                self._passed(True, until_morning=False)
        if waiting:
            self.changed.emit()

    def set_pin(self, new: str, old: str | None = None) -> None:
        """Set or change the PIN; changing asks for the old one. Raises `PinRefused`, `CannotSave`."""
        if not is_pin(new):
            raise PinRefused(f"A PIN has {SHORTEST} to {LONGEST} digits. Choose another.")
        self._ask_for(old)
        hashed = self._hashing.hash(new)
        self._store.save(PIN, {"hash": hashed})
        self._mend(hashed)

    def remove_pin(self, old: str) -> None:
        """Remove the PIN; it asks for the old one. Raises `PinRefused`, `CannotSave`."""
        self._ask_for(old)
        self._store.drop([PIN])
        self._mend(None)

    def _ask_for(self, old: str | None) -> None:
        if self.wait() > 0:
            raise PinRefused(f"Too many wrong tries. Wait {self.wait():.0f} seconds, then try again.")
        if not self.check_pin(old or ""):
            raise PinRefused("That is not the old PIN. Try it again.")

    def _mend(self, hashed: str | None) -> None:
        self._hash = hashed
        self._keeper.lock_again()
        self.changed.emit()

    def _passed(self, right: bool, until_morning: bool) -> bool:
        # Told before anything comes of it, so that whoever follows hears the try and then what it opened.
        self.passed.emit(right)
        if right:
            self._keeper.gate_opened(until_morning)
        return right

    def _know(self, right: bool) -> None:
        """Remember a try, and save it as well as can be."""
        self.tick()
        self._patience = Patience() if right else self._patience.after_wrong()
        # A state that cannot be saved never stops the gate; the wait then holds in memory.
        with suppress(StorytimeError):
            self._store.save(TRIES, self._patience.to_json())
        self.changed.emit()

    def _read_hash(self) -> str | None:
        """Return the kept hash. One that cannot be read locks nothing, and says so."""
        try:
            kept = self._store.load(PIN)
        except StorytimeError:
            kept = {}
        if kept is None:
            return None
        hashed = kept.get("hash")
        if isinstance(hashed, str) and looks_like_a_hash(hashed):
            return hashed
        self._keeper.unlock(PIN_UNREADABLE)
        return None

    def _new_sum(self) -> tuple[int, int]:
        return self._random.randint(6, 19), self._random.randint(6, 19)

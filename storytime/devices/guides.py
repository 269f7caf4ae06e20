"""The machine's sound of what somebody recorded, for those who can wait a little for it, but not long."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from storytime.core.ports import Sound

if TYPE_CHECKING:
    from collections.abc import Callable

    from storytime.core.ports import Utterance, Voice

    Then = Callable[[Sound | None], object]

PATIENCE = 5.0
"""Seconds for which a take waits for the machine: it is heard without times rather than late."""


class Guides:
    """Asks the machine's voices, and answers each asker once."""

    def __init__(self, machine: Voice, *, patience: float = PATIENCE) -> None:
        """`patience` is in seconds."""
        self._machine, self._patience = machine, patience
        self._asked: dict[int, tuple[Utterance, Then]] = {}
        self._number = 0
        self._timers = QObject()
        machine.rendered.connect(self._came)
        machine.failed.connect(self._came)

    def ask(self, guide: Utterance, then: Then) -> None:
        """Have a line said; `then` is called with its sound, or with None for want of one, never inside this call."""
        self._number += 1
        self._asked[self._number] = guide, then
        if ready := self._machine.ready(guide):
            QTimer.singleShot(0, self._timers, partial(self._answer, self._number, ready))
        else:
            QTimer.singleShot(round(self._patience * 1000), self._timers, partial(self._answer, self._number, None))
            self._machine.render(guide)

    def forget(self) -> None:
        """Answer nobody who asked until now."""
        self._asked.clear()

    def _came(self, said: Utterance, result: Sound | str) -> None:
        for number in [number for number, (guide, _then) in self._asked.items() if guide == said]:
            self._answer(number, result if isinstance(result, Sound) else None)

    def _answer(self, number: int, sound: Sound | None) -> None:
        if number in self._asked:
            _guide, then = self._asked.pop(number)
            then(sound)

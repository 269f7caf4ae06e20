"""The Lamp port: keep the system awake while a story is told, by wakepy (imported late)."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

log = logging.getLogger(__name__)


class RealLamp:
    """The wakefulness of this machine."""

    def __init__(self) -> None:
        self._awake: AbstractContextManager[Any] | None = None
        self._wanted = False
        self._asking = QTimer(singleShot=True, interval=0)
        self._asking.timeout.connect(self._follow)

    def keep_awake(self, on: bool) -> None:
        """Keep the system awake, or let it sleep again. Where that cannot be had, the story is told all the same.

        It is asked when the event in hand is done: the answer takes up to a tenth of a second, and the key that begins
        a story should be heard first.
        """
        self._wanted = on
        self._asking.start()

    def _follow(self) -> None:
        if self._wanted == (self._awake is not None):
            return
        try:
            if self._wanted:
                from wakepy import keep

                self._awake = keep.running(on_fail="pass")
                self._awake.__enter__()
            elif self._awake is not None:
                awake, self._awake = self._awake, None
                awake.__exit__(None, None, None)
        except Exception as trouble:
            log.warning("the system's sleep could not be changed: %s", type(trouble).__name__)

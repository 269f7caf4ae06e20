"""Storytime, seen from the microphone: it may stall and it may die, and neither holds up a block."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING

from storytime.devices.lines import Parent

if TYPE_CHECKING:
    from storytime.devices.lines import Message

MOST = 50
"""Messages that may wait while the window does not read; beyond them, what is not needed is left out."""


class PatientParent(Parent):
    """Tells from a thread of its own, so that a full pipe stops nobody."""

    def __init__(self) -> None:
        super().__init__()
        self._news: queue.Queue[Message] = queue.Queue()
        threading.Thread(target=self._tell_on, daemon=True).start()

    def tell(self, message: Message) -> None:
        """Send a message as soon as it is read; nothing is sent to a window that died."""
        self._news.put(message)

    def mention(self, message: Message) -> None:
        """Send a message that can be left out."""
        if self._news.qsize() < MOST:
            self._news.put(message)

    def wait_told(self, seconds: float) -> None:
        """Wait until all is on its way to the window, so many seconds at most."""
        thread = threading.Thread(target=self._news.join, daemon=True)
        thread.start()
        thread.join(seconds)

    def _tell_on(self) -> None:
        while True:
            message = self._news.get()
            self._send(message)
            self._news.task_done()

"""Talk between Storytime and its child processes: one JSON object a line; when its orders end, a child ends.

Both sides import this, so it is light and knows no Qt.
"""

from __future__ import annotations

import json
import os
import threading
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable

Message = dict[str, Any]


def to_line(message: Message) -> bytes:
    """Return a message as one line of ASCII."""
    return json.dumps(message, separators=(",", ":")).encode("ascii") + b"\n"


def from_line(line: bytes) -> Message:
    """Return the message in a line. Raises `ValueError` where it is none."""
    message = json.loads(line)
    if not isinstance(message, dict):
        raise ValueError("a message is an object")
    return message


class Parent:
    """Storytime, seen from a child: orders come on stdin, answers go where stdout was."""

    def __init__(self) -> None:
        self._answers = os.fdopen(os.dup(1), "wb")
        # What libraries print (pyttsx3 does) must not be taken for an answer.
        os.dup2(2, 1)
        self._orders: BinaryIO = os.fdopen(os.dup(0), "rb")

    def tell(self, message: Message) -> None:
        """Send a message; where nobody listens any more, end."""
        if not self._send(message):
            os._exit(0)

    def listen(self, take: Callable[[Message], object], gone: Callable[[], object] = lambda: os._exit(0)) -> None:
        """Have `take` called with each order, in a thread of its own: even a hung child ends with its parent.

        `gone` is called when the orders end, instead of ending at once.
        """
        threading.Thread(target=self._listen, args=(take, gone), daemon=True).start()

    def _listen(self, take: Callable[[Message], object], gone: Callable[[], object]) -> None:
        for line in self._orders:
            take(from_line(line))
        gone()

    def _send(self, message: Message) -> bool:
        """Send a message, and return whether anybody can still listen."""
        try:
            self._answers.write(to_line(message))
            self._answers.flush()
        except OSError:
            return False
        return True

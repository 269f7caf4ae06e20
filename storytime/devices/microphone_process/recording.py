"""A recording under way: its journal, written block by block, and made safe about once a second."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from storytime.core.studio.journal_file import JournalFile, why_unwritten

if TYPE_CHECKING:
    from pathlib import Path

EVERY = 1.0
"""Seconds between moments at which all is safe from a loss of power."""


class Recording:
    """Writes at once, and waits for the disk in a thread of its own, so that a slow one holds up no block."""

    def __init__(self, path: Path, header: dict[str, Any], turn: int) -> None:
        """Begin the journal. Raises OSError."""
        self.turn = turn
        self.trouble = ""
        """Why it cannot go on: "full" or "died", once it cannot."""
        self._file = JournalFile(path, header)
        self._rate = int(header["rate"])
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._keep_safe, daemon=True)
        self._thread.start()

    @property
    def seconds(self) -> float:
        """Seconds in the journal."""
        return self._file.frames / self._rate

    @property
    def safe(self) -> float:
        """Seconds that outlive a loss of power."""
        return self._file.safe / self._rate

    def write(self, samples: bytes) -> None:
        """Add a block; what finds no room is `trouble`."""
        try:
            self._file.write(samples)
        except OSError as error:
            self.trouble = why_unwritten(error)

    def asked_to_end(self) -> bool:
        """Whether another window asked for it."""
        return self._file.asked_to_end()

    def end(self) -> None:
        """Leave a whole journal, or none where nothing was heard."""
        self._over.set()
        self._thread.join()
        self._file.end()

    def _keep_safe(self) -> None:
        while not self._over.wait(EVERY):
            try:
                self._file.sync()
            except OSError as error:
                self.trouble = why_unwritten(error)
                return

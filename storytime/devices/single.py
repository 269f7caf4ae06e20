"""One Storytime for a library: a second start raises the first window and ends."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QCryptographicHash, QLockFile

from storytime.core.signal import Signal

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtNetwork import QLocalServer

log = logging.getLogger(__name__)

LOCK = "storytime.lock"
PATIENCE = 1000
"""Milliseconds to reach the first."""


class SingleInstance:
    """A claim to a library's folder. It ends with the process, however that ends."""

    def __init__(self, folder: Path) -> None:
        self.raised: Signal[()] = Signal()
        """Somebody started Storytime again."""
        self._folder = folder
        self._name = "storytime-" + _short_hash(str(folder.resolve()))
        self._lock = self._locked()
        self._server: QLocalServer | None = None
        self.first = self._lock is not None
        """Whether no other Storytime has this library."""

    def _locked(self) -> QLockFile | None:
        """Return our lock, or None where another process holds it.

        Where the folder takes no lock at all, two are better than none: the lock returned then locks nothing.
        """
        lock = QLockFile(str(self._folder / LOCK))
        # A lock is stale when its process is gone, never by its age: an evening is long.
        lock.setStaleLockTime(0)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as trouble:
            log.warning("a second start will not be noticed: %s", trouble.strerror)
            return lock
        if lock.tryLock(0):
            return lock
        if lock.error() is QLockFile.LockError.LockFailedError:
            return None
        log.warning("a second start will not be noticed: the folder takes no lock")
        return lock

    def raise_first(self) -> None:
        """Ask the first to raise its window; where it does not answer, that is logged."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(PATIENCE):
            # Until the first hangs up: only then has it heard.
            socket.waitForDisconnected(PATIENCE)
        else:
            log.warning("the first Storytime does not answer")

    def release(self) -> None:
        """Let another be the first."""
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def listen(self) -> None:
        """Begin to hear a second start. It costs what QtNetwork costs, so the window is shown first."""
        from PySide6.QtNetwork import QLocalServer

        # What a killed process left of its socket would keep us from listening.
        QLocalServer.removeServer(self._name)
        self._server = QLocalServer()
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._heard)
        if not self._server.listen(self._name):
            log.warning("a second start cannot be heard: %s", self._server.errorString())

    def _heard(self) -> None:
        if self._server is None:
            return
        # To connect is the whole message.
        while (caller := self._server.nextPendingConnection()) is not None:
            caller.disconnected.connect(caller.deleteLater)
            caller.disconnectFromServer()
            self.raised.emit()


def _short_hash(words: str) -> str:
    # Qt's own: the first frame would wait for hashlib's library.
    made = QCryptographicHash.hash(words.encode("utf-8"), QCryptographicHash.Algorithm.Sha256)
    return made.data().hex()[:20]

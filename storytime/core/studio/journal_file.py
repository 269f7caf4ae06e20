"""A journal while it is written: on the disk from its first byte, and known to everybody as not ended yet.

Who writes holds a lock that the system takes back however the writer ends. A recording whose window died goes on for a
while (`devices/microphone_process/orphan.py`); `being_written` tells it from one that was left behind, and `ask_to_end`
ends it: only a process that has no window any more looks for that wish.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from typing import TYPE_CHECKING, Any

import numpy as np

from storytime.core.studio.journal import FORMATS, SUFFIX, head, read_journal

if TYPE_CHECKING:
    from pathlib import Path

BEYOND = 2**31 - 2
"""On Windows a lock keeps others from reading what it covers: it lies beyond the samples of three hours."""


class JournalFile:
    """A new journal and its one writer. Frames are counted, and known to be safe once `sync` returned."""

    def __init__(self, path: Path, header: dict[str, Any]) -> None:
        """Begin it, header and folder on the disk. Raises OSError, and then there is no file.

        The header needs `format` and `rate`; see `Journal.header`.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.safe = 0
        """Frames that outlive a loss of power; the others outlive all but that."""
        self._size = np.dtype(FORMATS[header["format"]]).itemsize
        self._bytes = 0
        first = head(header)
        binary = getattr(os, "O_BINARY", 0)
        self._file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | binary, 0o600)
        try:
            _lock(self._file)
            _write_all(self._file, first)
            _fsync(self._file)
            _fsync_folder(path.parent)
        except OSError:
            os.close(self._file)
            path.unlink()
            raise

    @property
    def frames(self) -> int:
        """Frames in the file."""
        return self._bytes // self._size

    def write(self, samples: bytes) -> None:
        """Add samples as they are in the file. Raises OSError with all that found room counted."""
        left = memoryview(samples)
        while left:
            written = os.write(self._file, left)
            self._bytes += written
            left = left[written:]

    def sync(self) -> None:
        """Wait until all that is written now is safe. Another thread may do it, while this one writes on."""
        frames = self.frames
        _fsync(self._file)
        self.safe = frames

    def end(self) -> None:
        """Make all safe, as far as the disk lets us, and let the journal go; one without a frame is removed."""
        with contextlib.suppress(OSError):
            self.sync()
        os.close(self._file)
        if not self.frames:
            self.path.unlink(missing_ok=True)
        _wish(self.path).unlink(missing_ok=True)

    def asked_to_end(self) -> bool:
        """Whether another process asked for it."""
        return _wish(self.path).exists()


def why_unwritten(error: OSError) -> str:
    """Return why a recording ends whose journal cannot be written, as `Microphone.ended` tells it."""
    return "full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "died"


def being_written(path: Path) -> bool:
    """Whether somebody, in this process or another, still writes the journal."""
    try:
        file = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        _try_lock(file)
    except OSError:
        return True
    finally:
        os.close(file)
    return False


def ask_to_end(path: Path) -> None:
    """Ask the process that writes the journal, though its window died, to end it: `being_written` is false soon."""
    _wish(path).touch()
    if not being_written(path):
        _wish(path).unlink(missing_ok=True)


def under_way(folder: Path) -> list[Path]:
    """Return the journals of a folder that somebody still writes, the oldest first."""
    return [path for path in sorted(folder.glob(f"*{SUFFIX}")) if being_written(path)]


def window_is_gone(path: Path) -> bool:
    """Whether the window that began a journal is surely dead; False also where that cannot be known."""
    journal = read_journal(path)
    window = journal.header.get("window") if journal else None
    # On Windows to ask for a process in this way would end it.
    if sys.platform == "win32" or not isinstance(window, int) or window <= 0:
        return False
    try:
        os.kill(window, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _wish(path: Path) -> Path:
    return path.with_name(f"{path.name}.end")


def _write_all(file: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(file, left) :]


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        _try_lock(file)

    def _try_lock(file: int) -> None:
        os.lseek(file, BEYOND, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(file, 0, os.SEEK_SET)

    def _fsync_folder(_folder: Path) -> None:
        """Do nothing: a folder cannot be opened there."""

else:
    import fcntl

    def _lock(file: int) -> None:
        # Some file systems of a network have no locks: there a journal under way looks as if it were left behind.
        with contextlib.suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX)

    def _try_lock(file: int) -> None:
        """Raise BlockingIOError where the lock is held."""
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            raise
        except OSError:
            return

    def _fsync_folder(folder: Path) -> None:
        file = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)


def _fsync(file: int) -> None:
    if sys.platform == "darwin":
        # What fsync gives to the drive there may stay in the drive.
        with contextlib.suppress(OSError):
            fcntl.fcntl(file, fcntl.F_FULLFSYNC)
            return
    os.fsync(file)

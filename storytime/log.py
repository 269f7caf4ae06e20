"""Keep the one log file: what went wrong, for whoever mends it. Never a word of a story, a name or the PIN."""

from __future__ import annotations

import copy
import logging
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from storytime import __version__

if TYPE_CHECKING:
    from types import TracebackType

BYTES = 256 * 1024
OLDER = 2
HERE = Path(__file__).resolve().parent.parent


class _Places(logging.Formatter):
    """Tells an error's kind and places, not its words: those may be a family's own."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the entry, whatever another handler made of the error before."""
        if record.exc_text:
            record = copy.copy(record)
            record.exc_text = None
        return super().format(record)

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """Return one line a frame, the innermost last."""
        error, lines = ei[1], []
        while error is not None:
            lines.append(type(error).__name__)
            places = traceback.extract_tb(error.__traceback__)
            lines += [f"  {_short(at.filename)}:{at.lineno} {at.name}" for at in places]
            error = error.__cause__ or error.__context__
        return "\n".join(lines)


def keep_log(path: Path) -> None:
    """Write warnings and worse to `path`, made when the first one comes. What cannot be written is let go."""
    logging.raiseExceptions = False
    root = logging.getLogger()
    for handler in [one for one in root.handlers if isinstance(one, _File)]:
        root.removeHandler(handler)
        handler.close()
    handler = _File(path)
    handler.setLevel(logging.WARNING)
    root.addHandler(handler)


def hear_qt() -> None:
    """Send what Qt calls critical to the log too, and its chatter nowhere: the terminal is for the story."""
    from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

    def hear(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        serious = kind in (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)
        logging.getLogger(f"qt.{context.category}").log(logging.ERROR if serious else logging.DEBUG, message)

    qInstallMessageHandler(hear)


def last_errors(path: Path, count: int = 5) -> list[str]:
    """Return the newest entries of the log, one line each, the newest last."""
    try:
        lines = path.read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
    return [line for line in lines if line[:2] == "20"][-count:]


class _File(logging.Handler):
    """The file, made with its folder when there is something to say: until then nothing of it is even imported."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write the record; a read-only or full disk is no reason to stop."""
        try:
            self._opened().emit(record)
        except OSError:
            return

    def _opened(self) -> logging.Handler:
        if self._file is None:
            import platform
            from logging.handlers import RotatingFileHandler

            system = f"{__version__} {platform.system()} {platform.python_version()}"
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = RotatingFileHandler(self._path, maxBytes=BYTES, backupCount=OLDER, encoding="utf-8")
            self._file.setFormatter(_Places(f"%(asctime)s %(levelname)s {system} %(name)s: %(message)s"))
        return self._file

    def close(self) -> None:
        """Let the file go."""
        if self._file is not None:
            self._file.close()
        super().close()


def _short(name: str) -> str:
    path = Path(name)
    return str(path.relative_to(HERE)) if path.is_relative_to(HERE) else path.name

"""The Background port over Qt's thread pool: values in, values out, told on the main thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

WORKERS = 2


class _Work(QRunnable):
    def __init__(self, pool: RealBackground, number: int, work: Callable[..., Any], values: tuple[Any, ...]) -> None:
        super().__init__()
        self._pool, self._number, self._work, self._values = pool, number, work, values

    def run(self) -> None:
        """Do the work in a worker; whatever comes of it goes to the main thread."""
        try:
            value = self._work(*self._values)
        except Exception as trouble:
            self._pool.finished.emit(self._number, None, trouble)
        else:
            self._pool.finished.emit(self._number, value, None)


class RealBackground(QObject):
    """A pool of two. Made on the main thread."""

    finished = Signal(int, object, object)

    def __init__(self) -> None:
        super().__init__()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(WORKERS)
        self._number = 0
        self._waiting: dict[int, tuple[Callable[[Any], object], Callable[[Exception], object]]] = {}
        self.finished.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[..., Any],
        *values: Any,
        done: Callable[[Any], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Run `work(*values)` beside the main thread; `done` or `failed` is called from the event loop."""
        self._number += 1
        self._waiting[self._number] = done, failed
        self._pool.start(_Work(self, self._number, work, values))

    def close(self) -> None:
        """Begin nothing more, wait for what has begun, and tell nobody."""
        self._pool.clear()
        self._waiting.clear()
        self._pool.waitForDone()

    @Slot(int, object, object)
    def _tell(self, number: int, value: Any, trouble: Exception | None) -> None:
        if number not in self._waiting:
            return
        done, failed = self._waiting.pop(number)
        if trouble is None:
            done(value)
        else:
            failed(trouble)

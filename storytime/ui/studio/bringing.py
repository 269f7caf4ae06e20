"""A recording brought from elsewhere: chosen in a dialog beside the window, or let go over the page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

READABLE = "Recordings (*.m4a *.mp3 *.opus *.ogg *.wav *.flac *.aac *.3gp *.amr *.wma *.aiff *.mp4);;All files (*)"


class Bringing(QObject):
    """Emits `brought` with a path. Nothing is taken while `may` says no."""

    brought = Signal(Path)

    def __init__(self, page: QWidget, may: Callable[[], bool]) -> None:
        super().__init__(page)
        self._page, self._may = page, may
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def choose_file(self) -> None:
        """Ask which recording to bring; nothing waits for the answer."""
        dialog = QFileDialog(self._page, "Bring a recording", "", READABLE)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda file: self.brought.emit(Path(file)))
        dialog.open()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take a file that is let go."""
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop) or not isinstance(event, QDropEvent):
            return False
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if not paths or not self._may():
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self.brought.emit(paths[0])
        return True

"""“Take it with you”: a story made an e-book that reads itself aloud, how far it is, and a way to stop it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from storytime.core.errors import StorytimeError
from storytime.ui.parts.cover.keeper import as_file
from storytime.ui.shelf.progress import Progress
from storytime.ui.words import Trouble, many, trouble

if TYPE_CHECKING:
    from storytime.core.reading.book_maker import BookMaker, Making
    from storytime.core.shelf.story import StoryCard
    from storytime.ui.parts.note import NoteStrip

FORBIDDEN = '/\\:*?"<>|'
ENDING = ".epub"
KIND = "E-book (*.epub)"
READS = "Reading apps that can speak books show the words as they are said; all others show the text."
SILENT = Trouble("No e-book was made: no voice could say a line of it.", "Look on the page of voices what is missing.")


def file_named_after(card: StoryCard) -> str:
    """Return a file name in letters that every system takes."""
    title = "".join("-" if letter in FORBIDDEN or not letter.isprintable() else letter for letter in card.title)
    return (title.strip(" .")[:100] or "story") + ENDING


class TakingAlong(Progress):
    """Hidden while no book is made; what became of one is told by the note."""

    def __init__(self, maker: BookMaker, note: NoteStrip, parent: QWidget) -> None:
        super().__init__(parent)
        self._maker, self._note = maker, note
        self._title = ""
        self._told = maker.now
        self.stop.setAccessibleName("Stop making the e-book")
        self.stop.clicked.connect(maker.stop)
        maker.changed.connect(self._show)
        self._show(maker.now)

    def ask(self, card: StoryCard) -> None:
        """Ask where to, and begin."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        named = str(Path(folder) / file_named_after(card))
        chosen, _ = QFileDialog.getSaveFileName(self.window(), f"Take “{card.title}” with you", named, KIND)
        if chosen:
            to = Path(chosen)
            self.make(card, to if to.suffix.lower() == ENDING else to.with_name(to.name + ENDING))

    def make(self, card: StoryCard, to: Path) -> None:
        """Make the book; what cannot be done is told at once."""
        self._note.hide()
        try:
            self._maker.begin(card.id, to, as_file)
        except StorytimeError as error:
            self._note.tell(trouble(error))

    def words(self) -> str:
        """Return how far it is."""
        return f"Reading “{self._title}” into an e-book: {self._done} of {many(self._all, 'line')}"

    def _show(self, now: Making) -> None:
        self._title = now.title
        if now.state == "making":
            self.show_share(now.done, now.lines)
            return
        self.hide()
        if now is self._told:
            return
        self._told = now
        if now.state == "done":
            more = f"{many(now.left_out, 'line')} could not be said and can only be read." if now.left_out else ""
            by = " and ".join(now.narrators)
            self._note.say(f"“{now.title}” is ready to go: {now.to.name}, read by {by}.", more or READS)
        elif now.state == "failed":
            self._note.tell(trouble(now.why) if now.why else SILENT)

"""The shelf: books on ledges, search as you type, stories brought in, and what is laid out for tonight."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from storytime.core.errors import StorytimeError
from storytime.core.reading.children import Children
from storytime.ui.parts.buttons import Chip, InkButton
from storytime.ui.parts.fields import Field
from storytime.ui.parts.focus import FocusRing
from storytime.ui.parts.labels import Label
from storytime.ui.parts.note import NoteStrip
from storytime.ui.parts.paper import Paper
from storytime.ui.shelf.adding import Adding, Harvest, refusals
from storytime.ui.shelf.empty_shelf import EmptyShelf
from storytime.ui.shelf.progress import Progress, slide
from storytime.ui.shelf.shelf_model import WISHES, ShelfModel
from storytime.ui.shelf.shelf_view import EDGE, ShelfView
from storytime.ui.shelf.tray import NARROW, WIDE, Tray
from storytime.ui.theme import Day, Space, text_scale
from storytime.ui.words import Trouble, many, refused

if TYPE_CHECKING:
    from storytime.core.evening.keeper import Keeper
    from storytime.core.ports import Background
    from storytime.core.reading.preparer import Preparer
    from storytime.core.settings import SettingsStore
    from storytime.core.shelf.shelf import Shelf
    from storytime.ui.parts.cover import CoverKeeper
    from storytime.ui.parts.family import Family

HINT = "Title, author, or a line you remember\nTitle, author, or a line\nTitle, author, line\nTitle or line"
READABLE = "Stories (*.txt *.md *.markdown *.epub);;All files (*)"


class ShelfScreen(QWidget):
    """Emits `story_opened` with an id, and `tonight_begun`."""

    name = "shelf"
    story_opened = Signal(int)
    tonight_begun = Signal()

    def __init__(
        self, shelf: Shelf, keeper: Keeper, settings: SettingsStore, covers: CoverKeeper, family: Family,
        background: Background, parent: QWidget | None = None, *, preparer: Preparer | None = None,
    ) -> None:
        super().__init__(parent)
        self._shelf, self._keeper, self._settings, self._covers = shelf, keeper, settings, covers
        self._family, self._preparer = family, preparer
        self.setAccessibleName("Shelf")
        self.setAcceptDrops(True)
        self.model = ShelfModel(shelf, self)
        self.adding = Adding(shelf, background, self)
        self._stale, self._undo = True, -1
        self._build()
        self._wire(shelf, keeper)
        FocusRing(self)

    def _build(self) -> None:
        scale = text_scale()
        self.note = NoteStrip(self)
        self.search = Field("Search the shelf", HINT, "search", self)
        self.chips = {key: Chip(words, self) for key, (words, _) in WISHES.items()}
        self.chips["all"].setChecked(True)
        self.add = InkButton("Add stories", "plain", "plus", self)
        self.progress = Progress(self)
        self.view = ShelfView(self.model, self._covers, self._family, self)
        self.nothing = Label("", 17, face="serif", italic=True, ink=Day.INK2, wraps=True, parent=self)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.nothing.hide()
        self.empty = EmptyShelf(self)
        self.tray = Tray(self._shelf, self._keeper, self._covers, Children(self._settings), self)

        self._lay_the_page(scale)

    def _make_bar(self) -> QWidget:
        bar = QHBoxLayout()
        bar.setSpacing(Space.S)
        bar.addWidget(self.search)
        bar.addSpacing(10)
        for chip in self.chips.values():
            bar.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        bar.addStretch(1)
        bar.addWidget(self.add)
        whole = QWidget()
        whole.setLayout(bar)
        bar.setContentsMargins(EDGE, 0, 36, 0)
        return whole

    def _lay_the_page(self, scale: float) -> None:
        # With a parent from the start: a stacked layout shows its first page at once, as a window if it has none.
        self._books = QWidget(self)
        books = QVBoxLayout(self._books)
        books.setContentsMargins(0, 0, 0, 0)
        books.setSpacing(0)
        books.addWidget(self._make_bar())
        books.addSpacing(8)
        books.addWidget(self.progress)
        books.addWidget(self.nothing)
        books.addWidget(self.view, 1)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._books)
        self._stack.addWidget(self.empty)

        left = QVBoxLayout()
        left.setContentsMargins(26, round(26 * scale), 0, 0)
        left.setSpacing(0)
        self._above = QWidget()
        above = QVBoxLayout(self._above)
        above.setContentsMargins(EDGE, 0, 36, Space.M)
        above.addWidget(self.note)
        self._above.hide()
        left.addWidget(self._above)
        left.addLayout(self._stack, 1)
        self._left = left
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self.tray)

    def _wire(self, shelf: Shelf, keeper: Keeper) -> None:
        self.search.textChanged.connect(self._look)
        self.search.returnPressed.connect(self.view.setFocus)
        for key, chip in self.chips.items():
            chip.clicked.connect(lambda _on=False, key=key: self._look(wish=key))
        self.add.clicked.connect(self.choose_files)
        self.empty.add_wanted.connect(self.choose_files)
        self.view.opened.connect(self.story_opened)
        self.view.laid_out.connect(self.lay_out)
        self.tray.opened.connect(self.story_opened)
        self.tray.begun.connect(self.tonight_begun)
        self.tray.taken.connect(shelf.take_from_tray)
        self.tray.dropped.connect(self.lay_out)
        self.tray.arranged.connect(shelf.arrange)
        self.adding.moved.connect(self.progress.show_share)
        self.adding.ended.connect(self._added)
        self.progress.stop.clicked.connect(self.adding.cancel)
        self.note.pressed.connect(self._note_pressed)
        self.note.shown.connect(self._above.setVisible)
        shelf.changed.connect(self._changed)
        keeper.ticked.connect(self._tick)
        self._settings.changed.connect(lambda _settings: self._changed())
        if self._preparer is not None:
            self._preparer.changed.connect(self._show_prepared)
            self.tray.prepare_pressed.connect(self.prepare_tonight)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.search.setFocus)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Open), self, self.choose_files)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self.refresh)

    def refresh(self) -> None:
        """Read shelf and tray again, keeping the book that the keyboard stands on."""
        self._stale = False
        here = self.model.card_at(self.view.currentIndex().row())
        if self.model.rowCount() == 0:
            self._look()
        elif self.model.refresh() and here is not None:
            row = self.model.row_of(here.id)
            if row is not None:
                self.view.setCurrentIndex(self.model.index(row))
        self.tray.refresh()
        self._show_prepared()
        self.view.show_tonight(self._shelf.tray())
        self._show_what_is_there()

    def _changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self._again.start()

    def showEvent(self, event: object) -> None:
        """Be true when shown."""
        super().showEvent(event)  # type: ignore[arg-type]
        if self._stale:
            self._again.start()
        self.tray.tick()
        self._show_prepared()

    def _tick(self) -> None:
        if self.isVisible():
            self.tray.tick()

    def _look(self, query: str | None = None, wish: str | None = None) -> None:
        self.model.look_for(self.search.text() if query is None else query, wish or self.model.wish)
        self.view.scrollToTop()
        self._show_what_is_there()

    def _show_what_is_there(self) -> None:
        bare = self.model.rowCount() == 0
        nothing_at_all = bare and not self.model.query and self.model.wish == "all"
        self._stack.setCurrentIndex(1 if nothing_at_all else 0)
        self.tray.setVisible(not nothing_at_all)
        self.nothing.setVisible(bare)
        self.view.setVisible(not bare)
        if self.model.query:
            self.nothing.setText(f"No story speaks of “{self.model.query}”.")
        elif self.model.wish != "all":
            self.nothing.setText(f"No story is “{WISHES[self.model.wish][0].lower()}” now.")

    # What a parent does here

    def lay_out(self, story: int) -> None:
        """Lay a story out for tonight, or take it back; say so where the tray is full."""
        if story in self._shelf.tray():
            self._shelf.take_from_tray(story)
            return
        start = self.view.book_at(story)
        if self._shelf.lay_out(story):
            self._slide(story, start)
        else:
            self.note.tell(Trouble("The tray holds three stories.", "Take one back to make room for this one."))

    def _slide(self, story: int, start: QPoint | None) -> None:
        """Let a small picture of the book go to the tray; nothing waits for it."""
        row = self.model.row_of(story)
        card = self.model.card_at(row) if row is not None else None
        if start is None or card is None or self._settings.value.less_motion or not self.isVisible():
            return
        picture = self._covers.cover(card, 54, 78, self.devicePixelRatioF(), lettering=False)
        if picture is None:
            return
        end = QPoint(self.tray.x() + 111, round(self.height() * 0.35) + 39)
        slide(self, picture, self.view.viewport().mapTo(self, start), end)

    def prepare_tonight(self) -> None:
        """Have what is laid out made ready in the background, or stop that."""
        if self._preparer is None:
            return
        if self._preparer.now.state == "making":
            self._preparer.stop()
            return
        try:
            self._preparer.begin(self._shelf.tray())
        except StorytimeError as error:
            self.note.tell(Trouble("Tonight cannot be prepared.", str(error)))

    def _show_prepared(self, _now: object = None) -> None:
        if self._preparer is not None and self.isVisible():
            ready = self._preparer.is_ready(self._shelf.tray())
            self.tray.show_prepared(self._preparer.now, ready=ready, slow=self._preparer.slow)

    def choose_files(self) -> None:
        """Ask which files to add, beside the window: nothing waits for the answer."""
        dialog = QFileDialog(self, "Add stories", "", READABLE)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda files: self.bring([Path(file) for file in files]))
        dialog.open()

    def bring(self, paths: list[Path]) -> None:
        """Add these files and folders."""
        self.note.hide()
        self.progress.show_share(0, 0)
        self.adding.begin(paths)

    def _added(self, harvest: Harvest) -> None:
        self.progress.hide()
        self._undo = -1
        if harvest.refused:
            self.note.tell(refused(refusals(harvest)))
        elif harvest.added:
            more = "  ".join(dict.fromkeys(harvest.remarks)) or ("The rest was left." if harvest.cancelled else "")
            what = f"{many(len(harvest.added), 'story', 'stories')} added to the shelf."
            self.note.say(what, more)
        elif harvest.already:
            self.note.say("It stands on the shelf already." if len(harvest.already) == 1
                          else f"All {len(harvest.already)} stand on the shelf already.", "Nothing was added.")
        elif not harvest.cancelled:
            self.note.tell(Trouble("No story was found there.", "Storytime reads text, Markdown and EPUB.",
                                   "Choose another file"))
        if harvest.added:
            self._show_book(harvest.added[-1])

    def _show_book(self, story: int) -> None:
        self.refresh()
        row = self.model.row_of(story)
        if row is not None:
            self.view.setCurrentIndex(self.model.index(row))
            self.view.scrollTo(self.model.index(row))

    def put_away(self, story: int, title: str) -> None:
        """Say that a story is in the attic, and offer to fetch it back."""
        self._undo = story
        self.note.say(f"“{title}” is in the attic.", "", "Put it back")

    def _note_pressed(self) -> None:
        self.note.hide()
        if self._undo >= 0:
            self._shelf.from_attic(self._undo)
            self._undo = -1
        else:
            self.choose_files()

    # The window

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        if paths:
            self.bring(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Read no further."""
        self.adding.cancel()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow the tray and leave out chips where the window is small."""
        super().resizeEvent(event)
        scale, wide, low = text_scale(), self.width() > 1100, self.window().height() < 700
        self.tray.setFixedWidth(round(min((WIDE if wide else NARROW) * max(1.0, scale), self.width() * 0.3 + 20)))
        self.search.setFixedWidth(round((262 if wide else 210) * scale))
        self._left.setContentsMargins(26, round((26 if not low else 18) * scale), 0, 0)
        room = self.width() - self.tray.width() - 26 - EDGE - 36 - self.search.width() - 10
        room -= self.add.sizeHint().width() + 3 * Space.S
        for chip in self.chips.values():
            room -= chip.sizeHint().width() + Space.S
            chip.setVisible(room >= 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the paper."""
        Paper.paintEvent(self, event)  # type: ignore[arg-type]

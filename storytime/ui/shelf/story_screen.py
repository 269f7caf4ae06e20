"""One story: its text, how long it is tonight, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from storytime.core.errors import StorytimeError
from storytime.core.shelf.words import WORDLESS
from storytime.ui.parts.ask_pin import Asking
from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.flow import FlowLayout
from storytime.ui.parts.focus import FocusRing
from storytime.ui.parts.labels import Label
from storytime.ui.parts.note import NoteStrip
from storytime.ui.parts.paper import Paper
from storytime.ui.parts.patchwork import WhoseVoice
from storytime.ui.parts.scroll import PageScroll
from storytime.ui.shelf.edit import EditPanel
from storytime.ui.shelf.story_side import BookSide
from storytime.ui.shelf.story_text import StoryText
from storytime.ui.shelf.taking_along import TakingAlong
from storytime.ui.theme import Day, Space
from storytime.ui.words import Trouble, many, trouble

if TYPE_CHECKING:
    from storytime.core.evening.gate import Gate
    from storytime.core.reading.book_maker import BookMaker
    from storytime.core.reading.following import Following
    from storytime.core.reading.reader import Reader, Reading
    from storytime.core.settings import SettingsStore
    from storytime.core.shelf.shelf import Shelf
    from storytime.core.shelf.story import StoryCard
    from storytime.ui.parts.cover import CoverKeeper
    from storytime.ui.parts.family import Family

CHANGED = "The words of {lines} were changed since they were read. What was read then can still be heard in the studio."


class StoryScreen(QWidget):
    """Shows the story of `open_story`. Emits `left` to go back to the shelf, `put_away` with id and title.

    `record_asked` carries id and line of what is to be recorded, `speakers_asked` the id of whose speakers are wanted.
    """

    name = "story"
    left = Signal()
    put_away = Signal(int, str)
    record_asked = Signal(int, int)
    speakers_asked = Signal(int)

    def __init__(
        self, shelf: Shelf, reader: Reader, settings: SettingsStore, gate: Gate, covers: CoverKeeper,
        family: Family, parent: QWidget | None = None, following: Following | None = None,
        books: BookMaker | None = None,
    ) -> None:
        """`following` tells which words are being said, while this page is seen; `books` makes e-books."""
        super().__init__(parent)
        self._shelf, self._reader, self._settings, self._family = shelf, reader, settings, family
        self._texts: list[str] = []
        self._asking = Asking(gate)
        self._following, self._books = following, books
        self.card: StoryCard | None = None
        self._build(covers)
        self._wire()
        FocusRing(self)

    def _build(self, covers: CoverKeeper) -> None:
        self.side = BookSide(covers, self)
        self._right = QVBoxLayout()
        self._row = QHBoxLayout(self)
        self._row.setSpacing(0)
        self._row.addWidget(self.side, 0)
        self._row.addLayout(self._right, 1)
        self._build_page()

    def _build_page(self) -> None:
        self.title = Label("", 42, 520, face="serif", optical=60, wraps=True)
        self.author = Label("", 19, face="serif", italic=True, ink=Day.INK2)
        self.teller_note = Label("", 16, face="serif", italic=True, ink=Day.INK2, wraps=True)
        self.lay_out = InkButton("Lay out for tonight", "primary", "moon")
        self.read = InkButton("Read now", "plain", "play", height=Space.PRIMARY)
        self.record = InkButton("Record", "plain", "mic", height=Space.PRIMARY)
        self.stop = InkButton("Stop", "quiet", height=Space.PRIMARY)
        self.speakers = InkButton("Who speaks", "quiet", height=Space.PRIMARY)
        self.voices = WhoseVoice()
        self.changed_since = Label("", 14.5, ink=Day.INK2, wraps=True)
        self.text = StoryText()
        self.editing = EditPanel(self._shelf, self)
        self._paper = self._column()
        self.page = PageScroll(self._paper, self)
        self.note = NoteStrip(self)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.page)
        self._pages.addWidget(self.editing)
        self._right.addWidget(self.note)
        if self._books is not None:
            self.along = TakingAlong(self._books, self.note, self)
            self.side.along.show()
            self.side.along.clicked.connect(self._take_along)
            self._right.addWidget(self.along)
        self._right.addLayout(self._pages, 1)

    def _column(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 34, 0, 0)
        column.setSpacing(0)
        inset = QVBoxLayout()
        inset.setContentsMargins(8, 0, 8, 0)
        inset.setSpacing(0)
        inset.addWidget(self.title)
        inset.addSpacing(Space.S)
        inset.addWidget(self.author)
        inset.addSpacing(Space.M)
        buttons = FlowLayout()
        for button in (self.lay_out, self.read, self.record, self.stop, self.speakers):
            buttons.addWidget(button)
        inset.addLayout(buttons)
        inset.addSpacing(Space.M)
        inset.addWidget(self.teller_note)
        inset.addWidget(self.voices)
        inset.addWidget(self.changed_since)
        column.addLayout(inset)
        column.addSpacing(Space.M)
        column.addWidget(self.text)
        column.addStretch(1)
        return page

    def _wire(self) -> None:
        self.side.back.clicked.connect(self._go_back)
        self.lay_out.clicked.connect(self._lay_out)
        self.read.clicked.connect(self._read)
        self.record.clicked.connect(self._record)
        self.stop.clicked.connect(self._reader.leave)
        self.side.edit.clicked.connect(self._begin_edit)
        self.side.attic.clicked.connect(self._to_attic)
        self.speakers.clicked.connect(self._ask_speakers)
        self.editing.saved.connect(self._saved)
        self.editing.left.connect(self._end_edit)
        self.text.word_chosen.connect(self._read_from)
        self.text.framed.connect(self._show_area)
        bar = self.page.verticalScrollBar()
        bar.valueChanged.connect(lambda _value: self._reach())
        bar.rangeChanged.connect(lambda _low, _high: self._reach())
        self._shelf.changed.connect(self._shelf_changed)
        self._family.changed.connect(self._shelf_changed)
        self._reader.changed.connect(self._reading_changed)
        self._reader.line_started.connect(self._line_started)
        self._reader.noted.connect(self._reader_noted)
        if self._following:
            self._following.moved.connect(self._words_moved)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Back), self, self._go_back)

    @property
    def _small(self) -> bool:
        return self.width() <= 1100 or self.height() < 640

    # What is shown

    def open_story(self, story: int) -> None:
        """Show a story. Raises `StoryNotFound`."""
        whole = self._shelf.story(story)
        self.card = whole.card
        self.note.hide()
        self._pages.setCurrentIndex(0)
        self._texts = [line.text for line in whole.lines()]
        self.text.show_chapters(whole.chapters, whole.title)
        self.speakers.setVisible(any(text != WORDLESS for text in self._texts))
        if whole.card.place:
            self.text.show_line(whole.card.place, reading=False)
        self.page.verticalScrollBar().setValue(0)
        self._show_card()
        self._reading_changed(self._reader.reading)
        self.lay_out.setFocus()
        if self.editing.holds(story):
            self._begin_edit()

    def _show_card(self) -> None:
        card = self.card
        if card is None:
            return
        self.setAccessibleName(card.title)
        self.title.setText(card.title)
        self.author.setText(f"by {card.author}" if card.author else "")
        self.author.setVisible(bool(card.author))
        self.teller_note.setText(card.note)
        self.teller_note.setVisible(bool(card.note))
        laid = card.id in self._shelf.tray()
        self.lay_out.icon_name = "check" if laid else "moon"
        self.lay_out.say("Laid out for tonight" if laid else "Lay out for tonight")
        self._show_voices(card)

    def _show_voices(self, card: StoryCard) -> None:
        """Show who reads; a story that only the machine reads needs no bar for it."""
        readers = self._family.readers(card.id, self._texts)
        self.voices.setVisible(bool(readers))
        self.voices.show_readers(readers, len(self._texts), self._place(card))
        changed = self._family.changed_since(card.id, self._texts)
        self.changed_since.setText(CHANGED.format(lines=many(changed, "line")) if changed else "")
        self.changed_since.setVisible(bool(changed))
        self.side.show_card(card, self._settings.value, small=self._small, seal=self._family.seal(card.id))

    def _place(self, card: StoryCard) -> int:
        return self.text.line if self.text.line >= 0 else card.place or -1

    def _shelf_changed(self) -> None:
        if self.card is None or not self.isVisible():
            return
        try:
            self.card = self._shelf.card(self.card.id)
        except StorytimeError:
            self.left.emit()
            return
        self._show_card()

    def _reach(self) -> None:
        bar = self.page.verticalScrollBar()
        top = self.text.mapFrom(self._paper, QPoint(0, bar.value())).y()
        self.text.reach(top + self.page.viewport().height())

    # Reading

    @property
    def _mine(self) -> bool:
        reading = self._reader.reading
        return self.card is not None and reading.under_way and reading.story == self.card.id

    def _read(self) -> None:
        if self._mine:
            self._reader.toggle()
        else:
            self._read_from(None)

    def _read_from(self, line: int | None, at: int = 0) -> None:
        if self.card is None:
            return
        try:
            self._reader.tell([self.card.id], from_line=line, at=at)
        except StorytimeError as error:
            self.note.tell(trouble(error))

    def _reading_changed(self, reading: Reading) -> None:
        if self.card is None:
            return
        mine = reading.under_way and reading.story == self.card.id
        if not mine and self.isVisible():
            self.card = self._shelf.card(self.card.id)
            self.text.show_line(self.card.place or -1, reading=False)
            self._show_card()
        going = mine and reading.state in ("telling", "preparing")
        self.read.icon_name = "pause" if going else "play"
        self.read.say("Pause" if going else "Go on" if mine else "Read on" if self.card.place else "Read now")
        self.stop.setVisible(mine)
        if mine and reading.state == "lost":
            self.note.tell(Trouble("The sound’s way out is gone.", "Plug it in again, then press Go on."))

    def _line_started(self, story: int, line: int) -> None:
        if self.card is None or story != self.card.id or not self.isVisible():
            return
        area = self.text.show_line(line)
        self.voices.bar.show_place(line)
        if area is not None:
            self._show_area(area)
        self._words_moved()

    def _show_area(self, area: QRectF) -> None:
        spot = self.text.mapTo(self._paper, area.center().toPoint())
        self.page.ensureVisible(0, spot.y(), 0, max(60, self.page.viewport().height() // 3))

    def _words_moved(self) -> None:
        reading = self._reader.reading
        if self._following and self._mine and self.text.line == reading.line:
            self.text.show_said(self._following.said(reading.story, reading.line))

    def _reader_noted(self, words: str) -> None:
        if self.isVisible():
            what, _, more = words.partition(". ")
            self.note.tell(Trouble(what.rstrip(".") + ".", more))

    def _record(self) -> None:
        """Go to the studio: at the line of the ribbon, else at the first that the machine reads."""
        if self.card is None:
            return
        if self._mine:
            self._reader.leave()
        readers = self._family.readers(self.card.id, self._texts)
        spoken = next((line for line in range(len(self._texts)) if line not in readers), 0)
        self.record_asked.emit(self.card.id, self.card.place or spoken)

    # What a parent does here

    def _lay_out(self) -> None:
        if self.card is None:
            return
        if self.card.id in self._shelf.tray():
            self._shelf.take_from_tray(self.card.id)
        elif not self._shelf.lay_out(self.card.id):
            self.note.tell(Trouble("The tray holds three stories.", "Take one back on the shelf to make room."))

    def _begin_edit(self) -> None:
        if self.card is not None:
            if self._mine:
                self._reader.leave()
            self.editing.begin(self.card)
            self._pages.setCurrentIndex(1)

    def _end_edit(self) -> None:
        self._pages.setCurrentIndex(0)
        self.side.edit.setFocus()

    def _saved(self) -> None:
        if self.card is not None:
            self.open_story(self.card.id)

    def _ask_speakers(self) -> None:
        if self.card is not None:
            if self._mine:
                self._reader.leave()
            self.speakers_asked.emit(self.card.id)

    def _take_along(self) -> None:
        if self.card is not None:
            self.along.ask(self.card)

    def _to_attic(self) -> None:
        card = self.card
        if card is None:
            return

        def away() -> None:
            if self._mine:
                self._reader.leave()
            self.card = None
            self._shelf.to_attic(card.id)
            self.put_away.emit(card.id, card.title)

        self._asking.then(self, f"To put “{card.title}” in the attic.", away)

    def _go_back(self) -> None:
        if self._mine:
            self._reader.leave()
        self.left.emit()

    # The window

    def showEvent(self, event: object) -> None:
        """Be true when shown."""
        super().showEvent(event)  # type: ignore[arg-type]
        if self._following:
            self._following.begin()
        self._shelf_changed()

    def hideEvent(self, event: object) -> None:
        """Follow nobody unseen."""
        super().hideEvent(event)  # type: ignore[arg-type]
        if self._following:
            self._following.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Escape; scroll on the keys that scroll."""
        bar = self.page.verticalScrollBar()
        steps = {Qt.Key.Key_Down: 64, Qt.Key.Key_Up: -64, Qt.Key.Key_PageDown: bar.pageStep(),
                 Qt.Key.Key_PageUp: -bar.pageStep()}
        if event.key() == Qt.Key.Key_Escape and self._pages.currentIndex() == 0:
            self._go_back()
        elif event.key() in steps:
            bar.setValue(bar.value() + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the side narrow in a small window, and the text set as far as it is seen."""
        super().resizeEvent(event)
        small = self._small
        self._row.setContentsMargins(40, 20, 20 if small else 44, 0)
        self._right.setContentsMargins(Space.L if not small else Space.M, 0, 0, 0)
        self._show_card()
        self._reach()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the paper."""
        Paper.paintEvent(self, event)  # type: ignore[arg-type]

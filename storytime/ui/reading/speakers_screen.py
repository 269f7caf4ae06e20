"""Who speaks in a story: those it marks, those its own words name, and how each of them sounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storytime.core.shelf.story import Role
from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.card import Card
from storytime.ui.parts.focus import FocusRing
from storytime.ui.parts.labels import Label
from storytime.ui.parts.note import NoteStrip
from storytime.ui.parts.paper import Paper
from storytime.ui.parts.scroll import PageScroll
from storytime.ui.reading.speaker_row import SpeakerRow
from storytime.ui.theme import Day, Space
from storytime.ui.words import Trouble, many

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from storytime.core.reading.cast_desk import CastDesk
    from storytime.core.reading.reader import Reader
    from storytime.core.shelf.casting import Marks, Speakers
    from storytime.core.shelf.story import StoryCard
    from storytime.core.studio.player import Player

TOLD = Trouble("A story is being told.", "Hold it, or wait until it has ended, and try again.")
NOBODY = (
    "Nobody is named beside what they say, so the narrator reads it all. To mark a speech, write **Fox:** before its"
    " paragraph where you edit the text."
)
FOUND = "The story’s own words name {who}. Marked, each can have a voice of their own, or be lower or higher."
MARKED = "Each can have a voice of their own, or be lower or higher. The words on the page stay as they are."


class SpeakersScreen(QWidget):
    """Shows the story of `open_story`; every change is kept at once. Emits `left` with the story's id."""

    name = "speakers"
    left = Signal(int)

    def __init__(self, desk: CastDesk, reader: Reader, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._reader, self._player = desk, reader, player
        self.card: StoryCard | None = None
        self._undo: Marks | None = None
        self.rows: list[SpeakerRow] = []
        self.setAccessibleName("Who speaks")
        self._build()
        self.done.clicked.connect(self._go_back)
        self.mark.clicked.connect(self._mark)
        self.note.pressed.connect(self._take_back)
        reader.changed.connect(self._give_way)
        FocusRing(self)

    def _build(self) -> None:
        self.note = NoteStrip()
        self.done = InkButton("Done", "primary")
        self.mark = InkButton("Mark them", "plain", height=46)
        self.title = Label("", 19, face="serif", italic=True, ink=Day.INK2, wraps=True)
        self.words = Label("", 15.5, ink=Day.INK2, wraps=True)
        self.cast = Card("The cast")
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(48, 28, 48, Space.L)
        column.setSpacing(Space.M)
        head = QHBoxLayout()
        head.setSpacing(Space.M)
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(Label("Who speaks", 34, 520, face="serif", optical=48))
        names.addWidget(self.title)
        head.addLayout(names, 1)
        head.addWidget(self.done, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self.note)
        found = QHBoxLayout()
        found.setSpacing(Space.M)
        found.addWidget(self.words, 1)
        found.addWidget(self.mark)
        self.cast.column.addLayout(found)
        self.cast.column.addLayout(self._list)
        column.addWidget(self.cast)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(PageScroll(page, self))

    # What is shown

    def open_story(self, card: StoryCard) -> None:
        """Show who speaks in a story."""
        self.card, self._undo = card, None
        self.note.hide()
        self.title.setText(card.title)
        self.refresh()
        self.done.setFocus()

    def refresh(self) -> None:
        """Show what is marked, found and chosen."""
        if self.card is None:
            return
        found = self._desk.speakers(self.card)
        self.words.setText(_said(found))
        self.mark.setVisible(bool(found.proposed) or found.accepted)
        self.mark.say("Mark them" if found.proposed else "Take the marks back")
        self.mark.setAccessibleName(
            "Mark who speaks, as the story’s words say it" if found.proposed
            else "Take back the marks that the story’s words gave"
        )
        self._clear()
        voices, narrator = self._desk.voices(self.card), self._desk.narrator_of(self.card)
        for speaker in dict.fromkeys((*found.lines, *found.cast)):
            row = self._add(SpeakerRow(speaker, found.lines.get(speaker, 0)))
            role = found.cast.get(speaker, Role())
            row.show_role(role, voices, narrator, *self._desk.given(self.card, role.voice))
        for speaker, lines in found.proposed.items():
            if speaker not in found.lines and speaker not in found.cast:
                self._add(SpeakerRow(speaker, lines))

    def _clear(self) -> None:
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []

    def _add(self, row: SpeakerRow) -> SpeakerRow:
        row.play_wanted.connect(self._play)
        row.voice_given.connect(self._give_voice)
        row.pitch_given.connect(self._give_pitch)
        self._list.addWidget(row)
        self.rows.append(row)
        return row

    # What is wished

    def _give_voice(self, speaker: str, voice: str) -> None:
        if self.card is not None:
            self._desk.give_voice(self.card, speaker, voice)
            self._play(speaker)

    def _give_pitch(self, speaker: str, pitch: float) -> None:
        if self.card is not None:
            self._desk.give_pitch(self.card, speaker, pitch)
            self._play(speaker)

    def _mark(self) -> None:
        if self.card is None:
            return
        if self._desk.speakers(self.card).proposed:
            self._undo = self._desk.accept(self.card)
            self.note.say("Marked, as the story’s words say it.", "Now choose how they sound.", "Undo")
        else:
            self._undo = self._desk.clear(self.card)
            self.note.say("The narrator reads it all again.", "", "Undo")
        self.refresh()

    def _take_back(self) -> None:
        self.note.hide()
        if self.card is not None and self._undo is not None:
            self._desk.put_back(self.card, self._undo)
        self._undo = None
        self.refresh()
        self.mark.setFocus()

    def _play(self, speaker: str) -> None:
        if self.card is None:
            return
        if self._reader.reading.state != "idle":
            self.note.tell(TOLD)
        elif said := self._desk.sample(self.card, speaker):
            self._player.say((said,))

    def _give_way(self, _reading: object) -> None:
        if self._reader.reading.state != "idle":
            self._player.give_way()

    def _go_back(self) -> None:
        if self.card is not None:
            self.left.emit(self.card.id)

    # The window

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self._go_back()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: object) -> None:
        """Be silent."""
        super().hideEvent(event)  # type: ignore[arg-type]
        self._player.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the paper."""
        Paper.paintEvent(self, event)  # type: ignore[arg-type]


def _said(found: Speakers) -> str:
    if found.proposed:
        names = list(found.proposed)
        some = names if len(names) <= 4 else [*names[:3], many(len(names) - 3, "other")]
        return FOUND.format(who=" and ".join(filter(None, (", ".join(some[:-1]), some[-1]))))
    return MARKED if found.lines or found.cast else NOBODY

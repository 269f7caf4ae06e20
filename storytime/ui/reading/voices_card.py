"""The voices of one language, the one that reads it marked; another language is a choice away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storytime.core.reading.piper_voice import ENGINE
from storytime.core.reading.voice_desk import PITCHED, Manner
from storytime.ui.parts.card import Card
from storytime.ui.parts.fields import Choice
from storytime.ui.parts.focus import focus_kept
from storytime.ui.parts.labels import Label
from storytime.ui.reading.voice_row import Shown, VoiceRow
from storytime.ui.theme import Day, Space
from storytime.ui.words import LANGUAGES, language

if TYPE_CHECKING:
    from storytime.core.ports import VoiceInfo
    from storytime.core.reading.piper_voice import PiperVoice
    from storytime.core.reading.voice_desk import VoiceDesk
    from storytime.core.reading.voice_files import VoiceFiles

FROM = {"hibari": "natural, came with Storytime", "espeak": "plain, came with Storytime", "piper": "natural, added"}
SYSTEM = "this computer’s own"
DROP = "Drop a Piper voice here to add it."


class VoicesCard(Card):
    """Emits `play_wanted` (voice, language) and `remove_wanted` (voice, name); choosing and tuning it does itself."""

    play_wanted = Signal(str, str)
    remove_wanted = Signal(str, str)

    def __init__(self, desk: VoiceDesk, files: VoiceFiles, parent: QWidget | None = None) -> None:
        super().__init__("Who reads", parent)
        self._desk, self._files = desk, files
        self._open = ""
        self._shown: list[Shown] = []
        self.rows: list[VoiceRow] = []
        self.tongue = Choice("Language of the voices below")
        self.tongue.activated.connect(lambda _at: self._show())
        head = QHBoxLayout()
        head.setSpacing(Space.M)
        head.addWidget(self.tongue, 2)
        head.addWidget(Label(DROP, 14, ink=Day.INK2, wraps=True), 3)
        self.column.addLayout(head)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self.column.addLayout(self._list)
        self._none = Label("", 15, ink=Day.INK2, wraps=True)
        self.column.addWidget(self._none)

    @property
    def language(self) -> str:
        """The language whose voices are shown."""
        return self.tongue.currentData() or "en"

    def refresh(self) -> None:
        """Show what is there and chosen now."""
        shelved = set(self._desk.shelved())
        offered = [tag for tag in self._desk.languages() if tag in shelved or tag in LANGUAGES]
        if [self.tongue.itemData(at) for at in range(self.tongue.count())] != offered:
            was = self.tongue.currentData()
            self.tongue.clear()
            for tag in offered:
                self.tongue.addItem(language(tag), tag)
            self.tongue.setCurrentIndex(max(0, self.tongue.findData(was)))
        self._show()

    def turn_to(self, tag: str) -> None:
        """Show the voices of another language."""
        self.tongue.setCurrentIndex(max(0, self.tongue.findData(tag)))
        self._show()

    def _show(self) -> None:
        tag = self.language
        reads = self._desk.reader_of(tag)
        added = {voice.id: voice for voice in self._files.all()}
        shown = [self._described(one, tag, reads, added) for one in self._desk.of(tag)]
        self._none.setVisible(not shown)
        self._none.setText(f"No voice here speaks {language(tag)}.")
        # A slider that moves keeps its row: only what the row says of itself makes it anew.
        if [replace(one, manner=Manner()) for one in shown] == [replace(one, manner=Manner()) for one in self._shown]:
            return
        self._shown = shown
        with focus_kept(self, self._reader):
            self._fill(shown, tag)

    def _reader(self) -> QWidget:
        """Return where the keyboard goes on whose row lost its button: the voice that reads."""
        return next((row.play for row in self.rows if row.shown.reads), self.tongue)

    def _fill(self, shown: list[Shown], tag: str) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = [self._row(one, tag) for one in shown]
        for row in self.rows:
            self._list.addWidget(row)
            row.open(row.shown.id == self._open)

    def _described(self, one: VoiceInfo, tag: str, reads: VoiceInfo | None, added: dict[str, PiperVoice]) -> Shown:
        file = added.get(one.id.removeprefix(f"{ENGINE}:").partition("#")[0]) if one.engine == ENGINE else None
        where = [_region(one.languages[0]), FROM.get(one.engine, SYSTEM)]
        where += [f"licence: {file.licence}"] if file and file.licence else []
        is_reader = reads is not None and reads.id == one.id
        return Shown(one.id, one.name, " · ".join(where), language(tag), is_reader, file is not None,
                     one.engine in PITCHED, self._desk.manner(one.id))

    def _row(self, shown: Shown, tag: str) -> VoiceRow:
        row = VoiceRow(shown)
        row.play_wanted.connect(lambda id: self.play_wanted.emit(id, tag))
        row.chosen.connect(lambda id: self._desk.choose(tag, id))
        row.tuned.connect(self._desk.tune)
        row.opened.connect(self._turn)
        row.remove_wanted.connect(lambda id: self.remove_wanted.emit(id, shown.name))
        return row

    def _turn(self, voice: str) -> None:
        self._open = "" if self._open == voice else voice
        for row in self.rows:
            row.open(row.shown.id == self._open)


def _region(tag: str) -> str:
    """Return “English (US)” for en-us."""
    tongue, _, region = tag.partition("-")
    return f"{language(tongue)} ({region.upper()})" if region and len(region) == 2 else language(tongue)

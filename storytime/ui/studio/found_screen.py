"""Recordings that were under way when the program ended: whose, how long; heard, then kept or put in the attic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from storytime.core.errors import StorytimeError
from storytime.core.studio.recovery import keep_left, left_in, put_left_away
from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.labels import Label
from storytime.ui.studio.page import StudioPage
from storytime.ui.studio.said import at_length
from storytime.ui.studio.take_row import TakeRow, day_of
from storytime.ui.theme import Day
from storytime.ui.words import Trouble, trouble

if TYPE_CHECKING:
    from storytime.core.shelf.tellers import Teller
    from storytime.core.studio.recovery import Left
    from storytime.core.studio.shelves import Shelves
    from storytime.ui.studio.listening import Listening

WHY = "These were recorded, and not kept yet. Nothing is lost; say what becomes of each."
NOTHING = "Nothing is left to decide."
LONG = ("through", "tale")
"""Ways of recording whose cuts or title a teller should see before they are kept."""


class FoundScreen(StudioPage):
    """Lists what was left behind. Emits `wanted` with what is to be looked at in the studio."""

    name = "found"
    wanted = Signal(object)

    def __init__(self, shelves: Shelves, listening: Listening, parent: QWidget | None = None) -> None:
        super().__init__("Found again", parent)
        self._shelves, self._listening = shelves, listening
        self.rows: list[TakeRow] = []
        self.words = Label(WHY, 17, face="serif", ink=Day.INK2, italic=True, wraps=True)
        self.column.addWidget(self.words)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.column.addLayout(self._list)
        self.column.addStretch(1)

    def refresh(self) -> None:
        """Show what waits."""
        there = left_in(self._shelves)
        people = {teller.id: teller for teller in self._shelves.tellers.all()}
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = [self._row(left, people.get(left.label.teller)) for left in there]
        for row in self.rows:
            self._list.addWidget(row)
        self.words.setText(WHY if there else NOTHING)

    def _row(self, left: Left, teller: Teller | None) -> TakeRow:
        hear = InkButton("Hear", "plain", "play")
        hear.clicked.connect(lambda: self._listening.hear_left(left))
        attic = InkButton("To the attic", "quiet")
        attic.clicked.connect(lambda: self._settle(left, keep=False))
        buttons = [hear, attic]
        if teller is not None and left.label.mode in LONG:
            look = InkButton("Look at it", "plain", "mic")
            look.clicked.connect(lambda: self.wanted.emit(left))
            buttons.insert(1, look)
        elif self._has_a_place(left):
            keep = InkButton("Keep", "plain", "check")
            keep.clicked.connect(lambda: self._settle(left, keep=True))
            buttons.insert(1, keep)
        return TakeRow(teller, said_of(left), told_of(left), buttons)

    def _has_a_place(self, left: Left) -> bool:
        """Whether its story is still on the shelf."""
        if left.label.mode == "name":
            return True
        try:
            return left.label.story is not None and bool(self._shelves.shelf.card(left.label.story))
        except StorytimeError:
            return False

    def _settle(self, left: Left, *, keep: bool) -> None:
        self._listening.hush()
        try:
            settled = (keep_left if keep else put_left_away)(left, self._shelves)
        except StorytimeError as error:
            self.note.tell(trouble(error))
        else:
            if settled.silent is not None:
                said = trouble(settled.silent)
                self.note.tell(Trouble(said.what, f"{said.remedy} It waits in the attic.".strip()))
            else:
                self.note.say(f"{said_of(left)} is {'kept' if keep else 'in the attic'}.")
        self.refresh()

    def hideEvent(self, event: object) -> None:
        """Be silent elsewhere."""
        super().hideEvent(event)  # type: ignore[arg-type]
        self._listening.hush()


def said_of(left: Left) -> str:
    """Return whose it is, and of what."""
    label, whose = left.label, left.teller or "Somebody"
    if label.mode == "name":
        return f"{whose}: the name “{label.text}”"
    if label.mode == "tale":
        return f"{whose}: a tale"
    return f"{whose}: “{label.text or label.title}”"


def told_of(left: Left) -> str:
    """Return how long it is, where it belongs, and when."""
    label = left.label
    where = ""
    if label.title and label.mode not in ("name", "tale"):
        straight = ", and on from there" if label.mode == "through" else ""
        where = f"{label.title}, line {label.line + 1}{straight}"
    return " · ".join(part for part in (at_length(left.seconds), where, day_of(label.began)) if part)


def note_of(left: list[Left]) -> tuple[str, str]:
    """Return what the day room says of recordings that were left behind: what happened, and what to do."""
    if len(left) == 1:
        whose = f"{left[0].teller}’s recording" if left[0].teller else "A recording"
        return f"{whose} of {at_length(left[0].seconds)} was not kept yet.", "It is safe. Hear it, and keep it or not."
    seconds = sum(one.seconds for one in left)
    return f"{len(left)} recordings, {at_length(seconds)} in all, were not kept yet.", "They are safe."

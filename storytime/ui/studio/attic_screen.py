"""The takes in the attic: what was read again, removed, silent or found; each can be heard and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from storytime.core.errors import StorytimeError
from storytime.core.shelf.words import WORDLESS
from storytime.core.studio.attic import is_part
from storytime.ui.parts.ask_pin import Asking
from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.labels import Label
from storytime.ui.parts.question import ask
from storytime.ui.studio.page import StudioPage
from storytime.ui.studio.said import duration
from storytime.ui.studio.take_row import TakeRow, day_of
from storytime.ui.theme import Day
from storytime.ui.words import many, trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from storytime.core.evening.gate import Gate
    from storytime.core.shelf.takes import Take, Takes
    from storytime.core.shelf.tellers import Tellers
    from storytime.ui.studio.listening import Listening

PAGE = 40
"""Rows shown at a time."""
WHY = {
    "redone": "read again", "undone": "taken back", "silent": "nobody was heard", "removed": "put away",
    "found": "found after a stop",
}
PART = ("It waits in the studio.", "Tell a tale, and it is there: to go on with, or to keep under a title.")
NOTHING = "The attic is empty. What is read again waits here, until it is brought back or cleared out."


class TakesAtticScreen(StudioPage):
    """Lists the attic, the newest first.

    `empty` clears it out for good, and returns how many takes went; `bring_back` lets a take be told again, or a part
    of a tale wait again, and tells what went wrong.
    """

    name = "takes_attic"

    def __init__(
        self, takes: Takes, tellers: Tellers, gate: Gate, listening: Listening, empty: Callable[[], int],
        bring_back: Callable[[Take, Callable[[Exception], object]], None], parent: QWidget | None = None,
    ) -> None:
        super().__init__("Takes in the attic", parent)
        self._takes, self._tellers = takes, tellers
        self._listening, self._empty, self._bring_back = listening, empty, bring_back
        self._asking = Asking(gate)
        self._most = PAGE
        self.rows: list[TakeRow] = []
        self.empty = InkButton("Clear out the attic", "plain")
        self.head.addWidget(self.empty)
        self.nothing = Label(NOTHING, 17, face="serif", ink=Day.INK2, italic=True, wraps=True)
        self.column.addWidget(self.nothing)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.column.addLayout(self._list)
        self.more = InkButton("Show more", "quiet", "down")
        self.column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignHCenter)
        self.column.addStretch(1)
        self.empty.clicked.connect(self._ask)
        self.more.clicked.connect(self._show_more)
        takes.changed.connect(self._changed)

    def refresh(self) -> None:
        """Show what waits there."""
        there = self._takes.in_attic()
        people = {teller.id: teller for teller in self._tellers.all()}
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = []
        for take in there[: self._most]:
            hear, back = InkButton("Hear", "plain", "play"), InkButton("Bring back", "plain", "undo")
            hear.clicked.connect(lambda _on=False, take=take: self._listening.hear_take(take))
            back.clicked.connect(lambda _on=False, take=take: self._back(take))
            row = TakeRow(people.get(take.teller), said_of(take), told_of(take), [hear, back])
            self.rows.append(row)
            self._list.addWidget(row)
        self.nothing.setVisible(not there)
        self.empty.setVisible(bool(there))
        self.more.setVisible(len(there) > self._most)
        self.more.say(f"Show more of {many(len(there), 'take')}")

    def _back(self, take: Take) -> None:
        self._listening.hush()
        self.note.hide()
        if is_part(take):
            self.note.say(*PART)
        self._bring_back(take, self._failed)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, StorytimeError):
            raise error
        self.note.tell(trouble(error))

    def _changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def _show_more(self) -> None:
        self._most += PAGE
        self.refresh()

    def _ask(self) -> None:
        count = len(self._takes.in_attic())

        def question() -> None:
            what = f"{many(count, 'take')} will be gone for good. Nobody can bring them back."
            ask(self, "Clear out the attic?", what, "Clear it out", "Leave it", self._clear)

        self._asking.then(self, "To clear out the attic.", question)

    def _clear(self) -> None:
        self._listening.hush()
        try:
            count = self._empty()
        except StorytimeError as error:
            self.note.tell(trouble(error))
        else:
            self.note.say(f"{many(count, 'take')} cleared out.")
        self.refresh()

    def showEvent(self, event: object) -> None:
        """Begin at the newest."""
        self._most = PAGE
        super().showEvent(event)

    def hideEvent(self, event: object) -> None:
        """Be silent elsewhere, and ask for the PIN again when a parent comes back."""
        super().hideEvent(event)  # type: ignore[arg-type]
        self._listening.hush()
        self._asking.forget()


def said_of(take: Take) -> str:
    """Return what was read."""
    if take.kind == "name":
        return f"The name “{take.text}”"
    if take.text != WORDLESS:
        return take.text
    return f"A piece of “{take.title}”" if take.title else "A part of a tale"


def told_of(take: Take) -> str:
    """Return from where it is, how long, when, and why it is here."""
    where = f"{take.title}, line {take.line + 1}" if take.title and take.kind == "line" else take.title
    parts = (where, duration(take.seconds), day_of(take.recorded), WHY.get(take.why, take.why))
    return " · ".join(part for part in parts if part)



"""Recordings that were under way when the program ended: whose, how long; heard, then kept or put in the attic."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from storytime.core.errors import StorytimeError
from storytime.core.studio.recovery import left_in
from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.labels import Label
from storytime.ui.studio.page import StudioPage
from storytime.ui.studio.said import at_length, duration
from storytime.ui.studio.take_row import TakeRow, day_of
from storytime.ui.theme import Day
from storytime.ui.words import Trouble, trouble

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from storytime.core.shelf.tellers import Teller
    from storytime.core.studio.recovery import Left, Settled
    from storytime.core.studio.shelves import Shelves
    from storytime.ui.studio.listening import Listening

WHY = "These were recorded, and not kept yet. Nothing is lost; say what becomes of each."
NOTHING = "Nothing is left to decide."
LONG = ("through", "tale")
"""Ways of recording whose cuts or title a teller should see before they are kept."""


LOOK = 250
"""Milliseconds between two looks at how much is written."""


class Settle(Protocol):
    """What keeps a recording, or puts it into the attic, beside the main thread: `Filing.settle`."""

    def __call__(
        self, left: Left, *, keep: bool, written: Callable[[float], object], done: Callable[[Settled], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Begin, and tell how it ended."""


class Going:
    """One that is on its way to the shelf or the attic; `add` is called by a worker."""

    def __init__(self, left: Left, *, keep: bool) -> None:
        self.seconds, self._all, self._keep = 0.0, left.seconds, keep

    def add(self, seconds: float) -> None:
        """Count what is on the disk."""
        self.seconds += seconds

    def words(self) -> str:
        """Return how far it is."""
        doing = "Being kept" if self._keep else "On its way to the attic"
        return f"{doing}: {duration(self.seconds)} of {duration(self._all)}"


class FoundScreen(StudioPage):
    """Lists what was left behind. Emits `wanted` with what is to be looked at in the studio."""

    name = "found"
    wanted = Signal(object)

    def __init__(
        self, shelves: Shelves, listening: Listening, settle: Settle, parent: QWidget | None = None
    ) -> None:
        super().__init__("Found again", parent)
        self._shelves, self._listening, self._settle_beside = shelves, listening, settle
        self._going: dict[tuple[Path, ...], Going] = {}
        self._looks = QTimer(self, interval=LOOK)
        self._looks.timeout.connect(self._look)
        self.rows: list[TakeRow] = []
        self._moving: dict[tuple[Path, ...], TakeRow] = {}
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
        rows = zip(there, self.rows, strict=True)
        self._moving = {left.paths: row for left, row in rows if left.paths in self._going}
        for row in self.rows:
            self._list.addWidget(row)
        self._look()
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
        for button in buttons:
            button.setEnabled(left.paths not in self._going)
        return TakeRow(teller, said_of(left), told_of(left), buttons)

    def _look(self) -> None:
        """Say how much is written of what is on its way."""
        for paths, row in self._moving.items():
            row.more.setText(self._going[paths].words())
        if not self._moving:
            self._looks.stop()

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
        going = self._going[left.paths] = Going(left, keep=keep)
        self._looks.start()
        self._settle_beside(
            left, keep=keep, written=going.add, done=partial(self._settled, keep), failed=partial(self._waits, left)
        )
        self.refresh()

    def _settled(self, keep: bool, settled: Settled) -> None:
        if settled.silent is not None:
            said = trouble(settled.silent)
            self.note.tell(Trouble(said.what, f"{said.remedy} It waits in the attic.".strip()))
        else:
            self.note.say(f"{said_of(settled.left)} is {'kept' if keep else 'in the attic'}.")
        self._arrived(settled.left)

    def _waits(self, left: Left, error: Exception) -> None:
        self._arrived(left)
        if not isinstance(error, StorytimeError):
            raise error
        self.note.tell(trouble(error))

    def _arrived(self, left: Left) -> None:
        self._going.pop(left.paths, None)
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

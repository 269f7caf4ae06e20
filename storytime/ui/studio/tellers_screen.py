"""Who reads here: each teller with their seal, who may hear them, and a true way to be forgotten."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storytime.core.errors import StorytimeError
from storytime.ui.parts.ask_pin import Asking
from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.card import Card
from storytime.ui.parts.labels import Label
from storytime.ui.parts.question import ask
from storytime.ui.parts.seal import SealMark
from storytime.ui.studio.page import StudioPage
from storytime.ui.studio.teller_form import TellerForm
from storytime.ui.theme import Day, Space
from storytime.ui.words import Trouble, many, trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from storytime.core.evening.gate import Gate
    from storytime.core.shelf.takes import Takes
    from storytime.core.shelf.tellers import Teller, Tellers
    from storytime.core.studio.deletion import Deleted

    Forget = Callable[[Teller, Callable[[Deleted], object], Callable[[Exception], object]], None]

FOREVER = (
    "All that {name} recorded goes: takes, the attic, what was never kept, and every backup that can be reached. "
    "Nobody can bring it back."
)


class TellerRow(Card):
    """One teller. Its buttons are `read`, `change` and `delete`."""

    def __init__(self, teller: Teller, takes: int, parent: QWidget | None = None) -> None:
        super().__init__(teller.name, parent)
        self.teller = teller
        self.title.hide()
        self.read = InkButton("Reads now", "plain", "mic")
        self.change = InkButton("Change", "quiet", px=14.5, height=34)
        self.delete = InkButton("Delete this voice everywhere", "quiet", px=14.5, height=34)
        for button in (self.read, self.change, self.delete):
            button.setAccessibleName(f"{button.text()}: {teller.name}")
        words = QVBoxLayout()
        words.setSpacing(2)
        relation = f", {teller.relation}" if teller.relation else ""
        words.addWidget(Label(f"{teller.name}{relation}", 20, 520, face="serif", optical=24, wraps=True))
        heard = f"May be heard by: {teller.consent}." if teller.consent else "Nobody was asked yet who may hear it."
        words.addWidget(Label(f"{many(takes, 'recording')}. {heard}", 14.5, ink=Day.INK2, wraps=True))
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(SealMark(teller, 26), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.read, 0, Qt.AlignmentFlag.AlignVCenter)
        self.column.addLayout(row)
        links = QHBoxLayout()
        links.addSpacing(SealMark(teller, 26).sizeHint().width() + 10)
        links.addWidget(self.change)
        links.addWidget(self.delete)
        links.addStretch(1)
        self.column.addLayout(links)


class TellersScreen(StudioPage):
    """Emits `chosen` with the id of whoever reads now. `forget` removes a voice everywhere, and tells what went."""

    name = "tellers"
    chosen = Signal(int)

    def __init__(
        self, tellers: Tellers, takes: Takes, gate: Gate, forget: Forget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Who reads here", parent)
        self._tellers, self._takes, self._forget = tellers, takes, forget
        self._asking = Asking(gate)
        self._changing: Teller | None = None
        self._going: set[int] = set()
        """Whose voice is being deleted just now."""
        self.rows: list[TellerRow] = []
        self.add = InkButton("Somebody new", "primary", "plus")
        self.head.addWidget(self.add)
        self._formed = Card("Who reads?")
        self.form = TellerForm("Keep it")
        self._formed.column.addWidget(self.form)
        self._formed.hide()
        self.nobody = Label("Nobody has read here yet.", 17, face="serif", ink=Day.INK2, italic=True)
        self.column.addWidget(self._formed)
        self.column.addWidget(self.nobody)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self.column.addLayout(self._list)
        self.column.addStretch(1)
        self.add.clicked.connect(lambda: self._open_form(None))
        self.form.written.connect(self._write)
        self.form.left.connect(self._close_form)
        tellers.changed.connect(self._changed)
        takes.changed.connect(self._changed)

    def refresh(self) -> None:
        """Show everybody."""
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = []
        for teller in self._tellers.all():
            row = TellerRow(teller, len(self._takes.of_teller(teller.id)))
            row.read.clicked.connect(lambda _on=False, teller=teller.id: self.chosen.emit(teller))
            row.change.clicked.connect(lambda _on=False, teller=teller: self._open_form(teller))
            row.delete.clicked.connect(lambda _on=False, teller=teller: self._ask(teller))
            for button in (row.read, row.change, row.delete):
                button.setEnabled(teller.id not in self._going)
            self.rows.append(row)
            self._list.addWidget(row)
        self.nobody.setVisible(not self.rows and self._formed.isHidden())

    def _changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def _open_form(self, teller: Teller | None) -> None:
        self._changing = teller
        self._formed.title.setText(f"About {teller.name}" if teller else "Who reads?")
        self._formed.show()
        self.nobody.hide()
        self.add.hide()
        self.form.show_teller(teller)

    def _close_form(self) -> None:
        self._formed.hide()
        self.add.show()
        self.add.setFocus()
        self.refresh()

    def _write(self, name: str, relation: str, consent: str) -> None:
        self.note.hide()
        try:
            if self._changing is None:
                self._tellers.check_free(name)
                self._tellers.welcome(name, relation, consent)
            else:
                self._tellers.describe(self._changing.id, name=name, relation=relation, consent=consent)
        except StorytimeError as error:
            self.note.tell(trouble(error))
            return
        self._close_form()

    def _ask(self, teller: Teller) -> None:
        def question() -> None:
            what = FOREVER.format(name=teller.name)
            ask(self, f"Delete {teller.name}’s voice everywhere?", what, "Delete it", "Keep it",
                lambda: self._delete(teller))

        self._asking.then(self, f"To delete {teller.name}’s voice.", question)

    def _delete(self, teller: Teller) -> None:
        self._going.add(teller.id)
        self.note.say(f"{teller.name}’s voice is being deleted.", "Every backup is looked into; that may take a while.")
        self.refresh()
        self._forget(teller, partial(self._gone, teller), partial(self._not_gone, teller))

    def _not_gone(self, teller: Teller, error: Exception) -> None:
        self._going.discard(teller.id)
        self.refresh()
        if not isinstance(error, StorytimeError):
            raise error
        self.note.tell(trouble(error))

    def _gone(self, teller: Teller, went: Deleted) -> None:
        self._going.discard(teller.id)
        self.refresh()
        what, more, whole = report(went)
        if whole:
            self.note.say(what, more)
        else:
            self.note.tell(Trouble(what, more))


def report(went: Deleted) -> tuple[str, str, bool]:
    """Return what was removed when a voice was deleted, what could not be reached, and whether nothing is left."""
    counted = ((went.takes, "take"), (went.attic, "take in the attic"), (went.journals, "recording that was not kept"))
    parts = [many(count, *_numbers(one)) for count, one in counted if count]
    parts += [f"“{title}”" for title in went.tales]
    cleaned = len(went.backups) - len(went.unreached)
    if cleaned:
        parts.append(f"out of {many(cleaned, 'backup')}")
    removed = f"Removed: {', '.join(parts)}." if parts else "Nothing of it was here."
    lost = [str(one.path) for one in went.unreached] + [str(path) for path in went.left]
    if lost:
        return f"{went.name}’s voice is deleted here, but may still be in {many(len(lost), 'file')}.", (
            f"{removed} Could not be reached: {', '.join(lost)}."), False
    return f"{went.name}’s voice is deleted everywhere.", removed, True


def _numbers(one: str) -> tuple[str, str]:
    first, _, rest = one.partition(" ")
    rest = rest.replace("that was", "that were")
    return one, f"{first}s {rest}".strip()

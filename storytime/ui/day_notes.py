"""What the evening says in the day room: lights-out is near, the dark comes back, something could not be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storytime.core.evening.evening import Phase
from storytime.ui.parts.note import NoteStrip
from storytime.ui.words import Trouble, many

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from storytime.core.evening.evening import Evening
    from storytime.core.evening.keeper import Keeper


class DayNotes(NoteStrip):
    """One strip under the bar: a sentence, and the one thing a parent may want to do about it."""

    def __init__(self, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._wish: Callable[[], object] = self.hide
        self.pressed.connect(self._pressed)
        keeper.announced.connect(self._announce)
        keeper.closing_soon.connect(self._closing)
        keeper.noted.connect(self._note)
        keeper.changed.connect(self._evening_changed)

    def _announce(self, minutes: int) -> None:
        self._wish = self._keeper.not_tonight
        self.say(f"Lights-out in {many(minutes, 'minute')}.", "Nobody has begun the evening yet.", "Not tonight")

    def _closing(self) -> None:
        self._wish = self._keeper.gate_opened
        self.say("The dark comes back in a minute.", "", "Stay longer")

    def _note(self, what: str) -> None:
        if self._keeper.evening.phase in (Phase.DAY, Phase.WIND_DOWN, Phase.MORNING):
            self._wish = self.hide
            self.tell(Trouble(what, ""))

    def _evening_changed(self, was: Evening, now: Evening) -> None:
        if was.phase is not now.phase or was.opened != now.opened or was.times != now.times:
            self.hide()

    def _pressed(self) -> None:
        self.hide()
        self._wish()

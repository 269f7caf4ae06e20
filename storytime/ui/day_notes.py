"""What the evening says in the day room: lights-out is near, the dark comes back, something could not be done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from storytime.core.evening.evening import Phase
from storytime.ui.parts.note import NoteStrip
from storytime.ui.words import Trouble, clock, many

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from storytime.core.evening.evening import Evening
    from storytime.core.evening.keeper import Keeper


EARLY = timedelta(hours=3)
"""Before wind-down: an evening only moves forward, so one begun for a nap would be over by bedtime."""


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

    def unless_early(self, begin: Callable[[], object]) -> None:
        """Begin tonight, or ask once where that is hours away."""
        times = self._keeper.tonight()
        if times is None or times.wind_down - self._keeper.now() < EARLY or self._keeper.evening.begun:
            begin()
            return
        self._wish = begin
        self.say(
            f"The candle is lit by itself at {clock(times.wind_down)}.",
            "A story for now is read from its page. An evening that is begun is not begun again tonight.",
            "Begin all the same",
        )

    def offer(self, what: str, more: str, button: str, wish: Callable[[], object]) -> None:
        """Say something that can be looked at now or later."""
        self._wish = wish
        self.say(what, more, button)

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

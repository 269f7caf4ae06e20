"""Tonight's plan: the week, the drawn evening, the kind of night, one special evening, and the PIN."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storytime.core.errors import StorytimeError
from storytime.core.evening.plan import LIGHTS_OUT, Plan, Times
from storytime.ui.evening.pin_dialog import PinDialog
from storytime.ui.evening.plan_cards import EveningCard, GateCard, KindCard
from storytime.ui.evening.timeline import ROOM, Timeline
from storytime.ui.parts.ask_pin import Asking
from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.card import Card, DayCard
from storytime.ui.parts.focus import FocusRing
from storytime.ui.parts.labels import Label
from storytime.ui.parts.note import NoteStrip
from storytime.ui.parts.paper import Paper
from storytime.ui.parts.scroll import PageScroll
from storytime.ui.theme import Day, Space, text_scale
from storytime.ui.words import WEEKDAYS, Trouble, clock, span, trouble

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, time

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from storytime.core.evening.gate import Gate
    from storytime.core.evening.keeper import Keeper
    from storytime.core.settings import SettingsStore
    from storytime.core.shelf.shelf import Shelf
    from storytime.ui.parts.cover import CoverKeeper

NEXT_EVENING = Trouble("This holds from the next evening.",
                       "A plan changed in the last ten minutes never seals the same evening.")

NARROW = 980
"""Pixels of width under which two buttons have no room side by side."""


class PlanScreen(QWidget):
    """Changes the plan after each move. Emits `trial_wanted` for *Try an evening*."""

    name = "plan"
    trial_wanted = Signal()

    def __init__(
        self, keeper: Keeper, gate: Gate, settings: SettingsStore, shelf: Shelf, covers: CoverKeeper,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._keeper, self._gate, self._settings, self._shelf = keeper, gate, settings, shelf
        self._asking = Asking(gate)
        self.day = keeper.evening.night.weekday()
        self.setAccessibleName("Tonight’s plan")
        self._build(covers)
        self._wire()
        FocusRing(self)
        self.refresh()

    def _build(self, covers: CoverKeeper) -> None:
        self.title = Label("", 34, 520, face="serif", optical=48)
        self.sleep = Label("", 15, face="serif", ink=Day.INK2, optical=14)
        self.note = NoteStrip()
        self.confirm = InkButton("That is our evening", "primary")
        self.days = [DayCard(name[:3]) for name in WEEKDAYS]
        self.timeline = Timeline(covers)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.sleep, 0, Qt.AlignmentFlag.AlignBottom)
        head.setSpacing(Space.M)
        head.addWidget(self.confirm, 0, Qt.AlignmentFlag.AlignBottom)
        week = QHBoxLayout()
        week.setSpacing(Space.S)
        for day in self.days:
            week.addWidget(day)
        cards = QHBoxLayout()
        cards.setSpacing(20)
        self.kind, self.evening, self.gate = KindCard(), EveningCard(), GateCard()
        self.cards: list[Card] = [self.kind, self.evening, self.gate]
        for card in self.cards:
            cards.addWidget(card, 1)
        notes = QHBoxLayout()
        notes.addWidget(self.note)
        for row in (notes, head, week, cards):
            row.setContentsMargins(ROOM, 0, ROOM, 0)
        column.addLayout(notes)
        column.addLayout(head)
        column.addSpacing(Space.M)
        column.addLayout(week)
        column.addSpacing(Space.M)
        column.addWidget(self.timeline, 1)
        column.addSpacing(Space.S)
        column.addLayout(cards)
        self._column = column
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(PageScroll(page, self))

    def _wire(self) -> None:
        for i, day in enumerate(self.days):
            day.clicked.connect(lambda _on=False, i=i: self.choose_day(i))
        self.kind.chosen.connect(lambda kind: self._settings.change(kind_of_night=kind))
        self.timeline.moved.connect(self._times_moved)
        self.evening.off.clicked.connect(self._off)
        self.evening.once.clicked.connect(self._once)
        self.evening.every.clicked.connect(self._every)
        self.confirm.clicked.connect(self._confirm)
        self.gate.pin.clicked.connect(self._change_pin)
        self.gate.trial.clicked.connect(self.trial_wanted)
        self._gate.changed.connect(self._soon)
        self._settings.changed.connect(lambda _settings: self._soon())
        self._shelf.changed.connect(self._soon)
        self._keeper.changed.connect(lambda _was, _now: self._soon())
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.refresh)

    # What is shown

    @property
    def tonight(self) -> date:
        """The night that is now, or that comes next."""
        return self._keeper.evening.night

    @property
    def _is_tonight(self) -> bool:
        return self.day == self.tonight.weekday()

    @property
    def _special(self) -> bool:
        return self._is_tonight and self.tonight in self._keeper.plan.special

    def _times(self) -> Times | None:
        plan = self._keeper.plan
        return plan.times(self.tonight) if self._special else plan.days[self.day]

    def _soon(self) -> None:
        if self.isVisible():
            self._later.start(0)

    def choose_day(self, day: int) -> None:
        """Show another evening of the week, Monday is 0."""
        self.day = day
        self.refresh()

    def refresh(self) -> None:
        """Show the plan as it is."""
        plan, times = self._keeper.plan, self._times()
        self.title.setText("Tonight only" if self._special else f"{WEEKDAYS[self.day]} evening")
        self.confirm.setVisible(not plan.asked)
        self.sleep.setText(self._sleep(times))
        for i, card in enumerate(self.days):
            here = i == self.tonight.weekday() and self.tonight in plan.special
            own = plan.times(self.tonight) if here else plan.days[i]
            words = clock(own.lights_out) if own else "free"
            said = f"lights-out {words}" if own else "no lights-out"
            card.show_moment(words, f"{WEEKDAYS[i]}, {said}{', only tonight' if here else ''}", special=here)
            card.setChecked(i == self.day)
        self.timeline.show_times(times)
        cards = [self._shelf.card(story) for story in self._shelf.tray()]
        self.timeline.show_stories(cards if self._is_tonight else [])
        self.kind.show_kind(self._settings.value.kind_of_night)
        name = f"{WEEKDAYS[self.day]} evening"
        self.evening.show_evening(name, off=times is None, once=self._special, tonight=self._is_tonight)
        self.gate.show_pin(self._gate.has_pin)

    def _sleep(self, times: Times | None) -> str:
        if times is None:
            return "A free evening"
        return f"{span(times.on(self.tonight).dark.total_seconds())} of sleep in this plan"

    # What a parent does here

    def _keep(self, make: Callable[[], Plan]) -> None:
        """Ask for the PIN if there is one, then keep the plan that `make()` returns."""

        def keep() -> None:
            try:
                holds = self._keeper.change_plan(make())
            except StorytimeError as error:
                self.note.tell(trouble(error))
            else:
                self.note.hide()
                if not holds and self._is_tonight:
                    self.note.tell(NEXT_EVENING)
            self.refresh()

        self._asking.then(self, "To change the plan.", keep, self.refresh)

    def _with(self, times: Times | None) -> Plan:
        plan = self._keeper.plan
        return plan.with_special(self.tonight, times) if self._special else plan.with_days([self.day], times)

    def _times_moved(self, wind_down: time, lights_out: time, morning: time) -> None:
        self._keep(lambda: self._with(Times(wind_down, lights_out, morning)))

    def _usual(self) -> Times:
        others = [times for times in self._keeper.plan.days if times is not None]
        return others[0] if others else Times.of(LIGHTS_OUT)

    def _off(self) -> None:
        off = self.evening.off.isChecked()
        self._keep(lambda: self._with(None if off else self._usual()))

    def _once(self) -> None:
        plan, times = self._keeper.plan, self._times()
        once = self.evening.once.isChecked()
        self._keep(lambda: plan.with_special(self.tonight, times) if once else plan.without_special(self.tonight))

    def _every(self) -> None:
        plan, times = self._keeper.plan, self._times()
        self._keep(lambda: plan.with_days(range(7), times))

    def _confirm(self) -> None:
        plan = self._keeper.plan
        self._keep(lambda: plan.with_days([self.day], plan.days[self.day]))

    def _change_pin(self) -> None:
        dialog = PinDialog(self._gate, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._pin_changed)
        dialog.open()

    def _pin_changed(self) -> None:
        self._asking.forget()
        self.refresh()
        self.note.say("The PIN was kept." if self._gate.has_pin else "The PIN was removed.")

    # The window

    def showEvent(self, event: object) -> None:
        """Be true when shown."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.refresh()

    def hideEvent(self, event: object) -> None:
        """Ask for the PIN again when a parent comes back."""
        super().hideEvent(event)  # type: ignore[arg-type]
        self._asking.forget()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Come closer together in a low window."""
        super().resizeEvent(event)
        low = self.window().height() < 700
        side = (48 if self.width() > 900 else 28) - ROOM
        self._column.setContentsMargins(side, Space.L if not low else 12, side, Space.L if not low else 12)
        self.title.resize_to(28 if low else 34)
        for card in self.cards:
            card.tighten(low)
        narrow = self.width() < NARROW * text_scale()
        self.gate.stack(narrow)
        for day in self.days:
            day.stack(narrow)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the paper."""
        Paper.paintEvent(self, event)  # type: ignore[arg-type]

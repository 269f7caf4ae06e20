"""The parents' gate: a pad that keys alone can use, and before lights-out the few things a parent may want first.

Digits, arrows, Enter, Backspace; a short Esc leaves. What loosens the evening asks for the PIN, or for a sum.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from storytime.core.evening.evening import Phase
from storytime.core.evening.gate import RECOVERY
from storytime.core.evening.pin import LONGEST
from storytime.core.signal import Signal
from storytime.ui.evening.gate_look import PAD, Control, GateFrame, GateView, pad_control, paint_gate
from storytime.ui.evening.night_screen import CONFIRM
from storytime.ui.evening.painted_screen import PaintedScreen
from storytime.ui.parts.digits import digit_key, digit_of, digit_of_key
from storytime.ui.parts.hold import Hold
from storytime.ui.parts.night_button import NightButton

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPainter

    from storytime.core.evening.gate import Gate
    from storytime.core.evening.keeper import Keeper
    from storytime.core.ports import Clock
    from storytime.core.settings import SettingsStore

PATIENCE = 20.0
"""Seconds without a key after which the dark comes back."""
_ARROWS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}
_TITLES = {"more": "Ten more minutes", "not_tonight": "Not tonight"}
_HOLD_FRAME_MS = 100


class Page(StrEnum):
    """What the gate shows."""

    MENU = "menu"
    PAD = "pad"
    OPEN = "open"


class GateScreen(PaintedScreen):
    """Lets a parent through. `left` goes back to the dark, `day_asked` to the day room."""

    name = "gate"
    spoken = "The parents’ gate"
    passage: ClassVar[float] = 0.0

    def __init__(self, gate: Gate, keeper: Keeper, settings: SettingsStore, clock: Clock,
                 parent: QWidget | None = None) -> None:
        super().__init__(clock, settings, parent)
        self.left: Signal[()] = Signal()
        self.day_asked: Signal[()] = Signal()
        self._gate, self._keeper = gate, keeper
        self._page, self._asked, self._at = Page.PAD, "", ""
        self._typed = self._said = ""
        self._leaves_at = 0.0
        self._esc = False
        self._buttons: dict[str, NightButton] = {}
        self._hold = Hold(clock, self._held)
        self._hold_frames = QTimer(self, interval=_HOLD_FRAME_MS)
        self._hold_frames.timeout.connect(self.look)

    def wake(self) -> None:
        """Begin: with the pad in the dark, with the choices before it."""
        self._keeper.ticked.connect(self._follow)
        self._gate.changed.connect(self.look)
        self._esc = False
        self._turn(Page.PAD if self._keeper.sealed else Page.OPEN if self._keeper.evening.dark else Page.MENU)

    def rest(self) -> None:
        """Leave the gate: a wait for recovery is forgotten."""
        super().rest()
        self._keeper.ticked.disconnect(self._follow)
        self._gate.changed.disconnect(self.look)
        self._hold.release()
        self._hold_frames.stop()
        self._typed = ""
        self._gate.leave()

    def _turn(self, page: Page, asked: str = "") -> None:
        self._page, self._asked, self._typed, self._said = page, asked, "", ""
        rows = self._rows()
        self._at = "5" if page is Page.PAD else rows[0][0].id
        self._furnish()
        self._choose(self._at)

    def _stir(self) -> None:
        """Somebody is there: the dark waits again."""
        self._leaves_at = self._clock.boot() + PATIENCE
        self.look()

    def _follow(self) -> None:
        """Go where the evening goes, and leave when nobody is there."""
        if self._keeper.evening.phase is Phase.MORNING:
            self.left.emit()
        elif self._keeper.sealed and (self._page is not Page.PAD or self._asked):
            self._turn(Page.PAD)
        elif self._page is Page.PAD and not self._asked and not self._keeper.sealed:
            self._turn(Page.OPEN if self._keeper.evening.dark else Page.MENU)
        elif self._clock.boot() >= self._leaves_at and self._gate.recovery_left() is None and not self._hold.down:
            (self.day_asked if self._page is Page.OPEN else self.left).emit()
        else:
            self.look()

    def _rows(self) -> tuple[tuple[Control, ...], ...]:
        if self._page is Page.PAD:
            rows = tuple(tuple(pad_control(which) for which in row) for row in PAD)
            forgotten = not self._asked and self._gate.has_pin and self._gate.recovery_left() is None
            said = "PIN forgotten: hold two seconds"
            return (*rows, (Control("recovery", said, held=True),)) if forgotten else rows
        if self._page is Page.OPEN:
            return ((Control("quarter", "Open for fifteen minutes"),), (Control("morning", "Open until morning"),),
                    (Control("close", "Close it again"),))
        return tuple((control,) for control in self._choices())

    def _choices(self) -> list[Control]:
        evening, choices = self._keeper.evening, []
        if self._keeper.undo_left():
            choices.append(Control("undo", "Take lights out back"))
        elif Phase.WIND_DOWN <= evening.phase <= Phase.GOODNIGHT and evening.ending is None:
            choices.append(Control("lights_out", "Lights out now: hold two seconds", "Lights out now", held=True))
        if self._keeper.tonight() is not None and evening.phase <= Phase.GOODNIGHT:
            choices.append(Control("more", "Ten more minutes"))
            choices.append(Control("not_tonight", "Not tonight"))
        return [*choices, Control("day", "To the day room"), Control("back", "Back")]

    def shown(self) -> GateView:
        """Return all that is to be seen."""
        recovery, waiting = self._gate.recovery_left(), self._page is Page.PAD and self._gate.wait() > 0
        left = max(0.0, self._leaves_at - self._clock.boot())
        foot, share = f"The dark comes back in {round(left)} seconds.", left / PATIENCE
        if self._page is Page.OPEN:
            foot, share = ("The dark comes back in a minute." if self._keeper.closing else "The gate is open."), 0.0
        if recovery is not None:
            foot = f"Opens in {int(recovery) // 60}:{int(recovery) % 60:02}. Stay at the gate."
            share = recovery / RECOVERY
        question = None
        if self._page is Page.PAD and not self._gate.has_pin:
            first, second = self._gate.question()
            question = f"{first} + {second} = {self._typed or '…'}"
        said = "Wait a moment." if waiting else self._said or _TITLES.get(self._asked, self.spoken)
        return GateView(self._rows(), self._at, said, len(self._typed),
                        question, self._page is Page.PAD, round(self._gate.wait_share(), 3) if waiting else 0.0,
                        round(self._hold.share(), 2), foot, round(share, 3))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits by their place on the keyboard, shifted or not; the window hands in all other keys."""
        digit = digit_of(event)
        if digit is None or event.isAutoRepeat():
            event.ignore()
            return
        self.key(digit_key(digit), True)

    def key(self, key: Qt.Key, pressed: bool) -> None:
        """Hear a key; a hold ends when it is let go, and a short Esc leaves."""
        if key == Qt.Key.Key_Escape:
            leaving, self._esc = self._esc and not pressed, pressed
            if leaving:
                self._leave()
        elif pressed:
            self.act(key)
        elif key == Qt.Key.Key_Space or key in CONFIRM:
            self._let_go()

    def act(self, key: Qt.Key) -> None:
        """Type, move, press."""
        digit = digit_of_key(key)
        if key in _ARROWS:
            self._move(*_ARROWS[key])
        elif key in CONFIRM and self._page is Page.PAD and self._typed:
            self._press("ok")
        elif key == Qt.Key.Key_Space or key in CONFIRM:
            self._press(self._at)
        elif key == Qt.Key.Key_Backspace:
            self._press("erase")
        elif digit is not None:
            self._press(str(digit))

    def _move(self, down: int, across: int) -> None:
        rows = [[control.id for control in row] for row in self._rows()]
        row = next((i for i, ids in enumerate(rows) if self._at in ids), 0)
        column = rows[row].index(self._at) if self._at in rows[row] else 0
        row = min(len(rows) - 1, max(0, row + down))
        if down and len(rows[row]) == 3 and len(rows[row - down if 0 <= row - down < len(rows) else row]) == 1:
            column = 1
        column = min(len(rows[row]) - 1, max(0, column + across))
        self._choose(rows[row][column])

    def _choose(self, which: str) -> None:
        self._at = which
        button = self._buttons.get(which)
        if button is not None and not button.hasFocus():
            button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._stir()

    def _press(self, which: str) -> None:
        acts = {
            "ok": self._submit, "quarter": lambda: self._open(until_morning=False),
            "morning": lambda: self._open(until_morning=True), "close": self._close,
            "more": lambda: self._turn(Page.PAD, "more"), "not_tonight": lambda: self._turn(Page.PAD, "not_tonight"),
            "undo": self._undo, "day": self.day_asked.emit, "back": self._leave,
        }
        if which in ("recovery", "lights_out"):
            self._choose(which)
            self._hold.press()
            self._hold_frames.start()
        elif self._page is Page.PAD and (which.isdigit() or which == "erase"):
            self._type(which)
        elif which in acts and any(control.id == which for row in self._rows() for control in row):
            acts[which]()
            self._stir()

    def _let_go(self) -> None:
        self._hold.release()
        self._hold_frames.stop()
        self.look()

    def _held(self) -> None:
        self._hold_frames.stop()
        if self._at == "recovery":
            self._gate.hold_recovery()
            self._at = "5"
        elif self._at == "lights_out":
            self._keeper.lights_out_now()
            self.left.emit()
        self._furnish()
        self._stir()

    def _type(self, which: str) -> None:
        if self._gate.wait() <= 0:
            self._said = ""
            self._typed = self._typed[:-1] if which == "erase" else (self._typed + which)[:LONGEST]
        self._stir()

    def _submit(self) -> None:
        typed, self._typed = self._typed, ""
        if not typed or self._gate.wait() > 0:
            return
        if not (self._gate.try_pin(typed) if self._gate.has_pin else self._gate.answer(int(typed))):
            self._said = "Not this one."
        elif self._asked:
            (self._keeper.more_time if self._asked == "more" else self._keeper.not_tonight)()
            self.left.emit()
        else:
            self._turn(Page.OPEN)

    def _open(self, *, until_morning: bool) -> None:
        """Open it anew, so that the quarter of an hour counts from now."""
        self._keeper.gate_opened(until_morning=until_morning)
        self.day_asked.emit()

    def _close(self) -> None:
        self._keeper.close_gate()
        self.left.emit()

    def _undo(self) -> None:
        self._keeper.undo_lights_out_now()
        self.left.emit()

    def _leave(self) -> None:
        self.left.emit()

    def _furnish(self) -> None:
        """Have one named, focusable control for each that is drawn, in the order of reading."""
        view, frame, before = self.shown(), self._frame(), None
        there = {control.id: (control, frame.place(view, r, c))
                 for r, row in enumerate(view.rows) for c, control in enumerate(row)}
        for which, (control, place) in there.items():
            button = self._buttons.get(which) or self._new_button(which)
            button.setAccessibleName(control.name or control.label)
            button.setGeometry(place.toAlignedRect())
            button.show()
            if before is not None:
                QWidget.setTabOrder(before, button)
            before = button
        for which, button in self._buttons.items():
            button.setVisible(which in there)

    def _new_button(self, which: str) -> NightButton:
        button = self._buttons[which] = NightButton(which, self)
        button.focused.connect(lambda: self._choose(which))
        button.pressed.connect(lambda: self._press(which))
        button.released.connect(self._let_go)
        return button

    def _frame(self) -> GateFrame:
        return GateFrame(self.width(), self.height(), self.px(0.020, 14))

    def draw(self, p: QPainter) -> None:
        """Draw the gate."""
        self._furnish()
        paint_gate(p, self.shown(), self._frame(), self.words(), self.devicePixelRatioF())

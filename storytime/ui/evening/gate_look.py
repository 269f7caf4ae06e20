"""How the parents' gate looks: where its controls stand, and how they are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from storytime.ui.parts.glow import Pool, glow_image
from storytime.ui.parts.icons import paint_icon
from storytime.ui.parts.ink import dot, line, pen, ring, rounded, write
from storytime.ui.theme import Night, sans, serif

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from storytime.ui.evening.night_screen import Words

_FACE, _EDGE, _CHOSEN_EDGE = "#0D0602", "#42210B", "#A3590F"
_LETTER, _CHOSEN_LETTER = "#5E3110", "#A9601A"
PAD = (("1", "2", "3"), ("4", "5", "6"), ("7", "8", "9"), ("erase", "0", "ok"))


@dataclass(frozen=True, slots=True)
class Control:
    """Something that can be chosen and pressed."""

    id: str
    label: str
    name: str = ""
    """For screen readers; empty where the label says it."""
    held: bool = False
    """It counts only after two seconds."""


def pad_control(which: str) -> Control:
    """Return a key of the pad."""
    labels = {"erase": Control("erase", "←", "Erase"), "ok": Control("ok", "OK")}
    return labels.get(which, Control(which, which))


@dataclass(frozen=True, slots=True)
class GateView:
    """All that the gate shows."""

    rows: tuple[tuple[Control, ...], ...]
    chosen: str
    said: str = ""
    """The words at the top."""
    typed: int = 0
    """How many digits of a PIN are typed."""
    question: str | None = None
    """The sum with what is typed; None where a PIN is asked, or nothing."""
    pad: bool = False
    wait: float = 0.0
    """How much of the wait after a wrong try is still to come, 1 to 0."""
    hold: float = 0.0
    """How much of a two-second hold is done, 0 to 1."""
    foot: str = ""
    foot_share: float = 0.0
    """How much of the time that the foot tells of is left, 1 to 0."""


@dataclass(frozen=True, slots=True)
class GateFrame:
    """The gate on one screen, in logical pixels."""

    width: float
    height: float
    text: float
    """Pixels of the smallest text."""

    def place(self, view: GateView, row: int, column: int) -> QRectF:
        """Return where the control of that row and column stands."""
        w, h, count = self.width, self.height, len(view.rows)
        if view.pad and row < len(PAD):
            r = h * 0.058
            x, y = w / 2 + (column - 1) * r * 2.45, h * 0.335 + row * r * 2.32
            return QRectF(x - r, y - r, r * 2, r * 2)
        tall = max(34.0, self.text * 2.0) if view.pad else max(46.0, h * 0.082, self.text * 2.4)
        wide = max(260.0, self.text * 20) if view.pad else min(w * 0.8, max(360.0, self.text * 24))
        y = h * 0.808 if view.pad else h * 0.52 - (count * tall * 1.28) / 2 + row * tall * 1.28
        return QRectF(w / 2 - wide / 2, y, wide, tall)


def paint_gate(p: QPainter, view: GateView, frame: GateFrame, words: Words, dpr: float) -> None:
    """Draw the whole gate on black."""
    w, h = frame.width, frame.height
    p.drawImage(0, 0, glow_image(QRectF(0, 0, w, h), dpr, (Pool(w / 2, h * 0.53, w * 0.12, h * 0.20, 0.0034),)))
    title = serif(max(26.0, h * 0.036, frame.text * 1.8), 400)
    write(p, w / 2, h * 0.145, view.said, title, words.first, "centre")
    if view.pad:
        _paint_typed(p, view, frame, words)
    for r, row in enumerate(view.rows):
        for c, control in enumerate(row):
            _paint_control(p, control, frame.place(view, r, c), view, frame, words)
    y = h * 0.925
    write(p, w / 2, y, view.foot, serif(frame.text, 400), words.third, "centre", w * 0.9)
    if view.foot_share > 0:
        line(p, w / 2 - 95, h * 0.952, w / 2 + 95, h * 0.952, Night.UMBER, 2)
        line(p, w / 2 - 95, h * 0.952, w / 2 - 95 + 190 * view.foot_share, h * 0.952, "#4A260C", 2)


def _paint_typed(p: QPainter, view: GateView, frame: GateFrame, words: Words) -> None:
    w, y = frame.width, frame.height * 0.222
    if view.wait > 0:
        r = frame.height * 0.022
        ring(p, w / 2, y, r, "#2A1407", 3)
        p.setPen(pen("#7C3E0F", 3))
        p.drawArc(QRectF(w / 2 - r, y - r, r * 2, r * 2), 90 * 16, round(360 * 16 * view.wait))
    elif view.question is not None:
        font = serif(max(26.0, frame.height * 0.036), 400)
        write(p, w / 2, y + QFontMetricsF(font).capHeight() / 2, view.question, font, words.first, "centre")
    else:
        count = max(4, view.typed)
        step = min(38.0, w * 0.8 / count)
        for i in range(count):
            x = w / 2 + (i - (count - 1) / 2) * step
            if i < view.typed:
                dot(p, x, y, 7, "#8A4A14")
            else:
                ring(p, x, y, 6.2, Night.CINDER, 1.6)


def _paint_control(p: QPainter, control: Control, place: QRectF, view: GateView, frame: GateFrame, words: Words
                   ) -> None:
    chosen, x, y = control.id == view.chosen, place.center().x(), place.center().y()
    letter = _CHOSEN_LETTER if chosen else _LETTER
    round_key = place.width() == place.height()
    quiet = view.pad and not round_key
    if round_key or not quiet or chosen:
        face = None if quiet else _FACE
        rounded(p, place, place.height() / 2, face, _CHOSEN_EDGE if chosen else _EDGE, 2 if chosen else 1.2)
    if control.id == "erase":
        paint_icon(p, "erase", x, y, place.width() * 0.38, letter, 1.5)
        return
    r = place.height() / 2
    font = sans(r * (0.62 if len(control.label) > 1 else 0.82)) if round_key else sans(
        frame.text if quiet else max(17.0, frame.text * 1.15))
    ink = words.third if quiet and not chosen else words.second if not round_key and not chosen else letter
    write(p, x, y + QFontMetricsF(font).capHeight() / 2, control.label, font, ink, "centre", place.width() - 16)
    if chosen and control.held and view.hold > 0:
        half = (place.width() / 2 - place.height() / 2) * view.hold
        at = place.bottom() - 6
        p.setPen(pen(Night.EMBER, 2))
        p.drawLine(QPointF(x - half, at), QPointF(x + half, at))

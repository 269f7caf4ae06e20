"""The line to read, large and calm, with the line before and the line after dim around it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from storytime.ui.parts.ink import SMOOTH, line, rounded, wrap, write
from storytime.ui.theme import Day, colour, mix, serif, text_scale

SIZES = (40, 36, 33, 30, 27, 24, 21, 18, 15)
"""px of the line's face, the largest that leaves room; a low window begins at 30, straight through at 33."""
LEADING, SMALL_LEADING = 1.40, 1.5
MEASURE = 860.0
RULE = 34
"""Pixels from the rule to the words."""


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines of one face."""

    words: list[str]
    px: float
    step: float

    @property
    def height(self) -> float:
        return len(self.words) * self.step


class Teleprompter(QWidget):
    """Where a teller looks; it holds the keyboard's focus while nothing else needs it."""

    ring_radius = None
    """A ring around the words would be in the way; the rule says where the keyboard is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[str, ...] = ()
        self._line = 0
        self._flowing = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(round(110 * text_scale()))

    @property
    def line(self) -> int:
        """The line that is shown large."""
        return self._line

    def show_line(self, lines: tuple[str, ...], at: int, *, flowing: bool = False) -> None:
        """Show a line; `flowing` for reading on without a stop: what follows is as large."""
        if (lines, at, flowing) == (self._lines, self._line, self._flowing):
            return
        self._lines, self._line, self._flowing = lines, at, flowing
        self.setAccessibleName(f"Line {at + 1} of {len(lines)}")
        self.setAccessibleDescription(self._text(at))
        self.update()

    def sizeHint(self) -> QSize:
        """Want room for three lines and what is around them."""
        return QSize(600, round(240 * text_scale()))

    def _text(self, at: int) -> str:
        return self._lines[at] if 0 <= at < len(self._lines) else ""

    @property
    def _low(self) -> bool:
        return self.window().height() < 700

    def _measure(self) -> tuple[float, float]:
        """Return left edge and width of the words."""
        wide = min(MEASURE * max(1.0, text_scale()), self.width() - RULE - 60)
        return max(RULE + 6.0, (self.width() - wide) / 2), wide

    def _now(self, wide: float) -> _Block:
        scale = text_scale()
        most = self.height() * (0.62 if not self._flowing else 0.5)
        first = 30 if self._low else 33 if self._flowing else SIZES[0]
        block = _Block([], 0, 0)
        for px in (px for px in SIZES if px <= first):
            face = serif(px * scale, 420, optical=px)
            block = _Block(wrap(self._text(self._line), face, wide), px * scale, px * scale * LEADING)
            if block.height <= most:
                break
        return block

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Write the lines."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        left, wide = self._measure()
        now = self._now(wide)
        if self._flowing:
            self._paint_flow(p, left, wide, now)
        else:
            self._paint_three(p, left, wide, now)

    def _paint_three(self, p: QPainter, left: float, wide: float, now: _Block) -> None:
        scale = text_scale()
        px = (18 if self._low else 23) * scale
        gap = (14 if self._low else 24) * scale
        each = (self.height() - now.height) / 2 - gap
        most = max(0, min(1 if self._low else 2, int(each / (px * SMALL_LEADING))))
        before = self._around(self._line - 1, px, wide, most, tail=True)
        after = self._around(self._line + 1, px, wide, most, tail=False)
        spare = self.height() - now.height - before.height - after.height - 2 * gap
        top = before.height + gap + max(0.0, spare * 0.42)
        dim = mix(Day.INK3, Day.PAPER, 0.12)
        self._write(p, left, top - gap - before.height, before, serif(px, 400, optical=20), dim)
        self._rule(p, left, top, now)
        self._write(p, left, top, now, serif(now.px, 420, optical=min(40, now.px)), Day.INK)
        self._write(p, left, top + now.height + gap, after, serif(px, 400, optical=20), dim)

    def _paint_flow(self, p: QPainter, left: float, wide: float, now: _Block) -> None:
        """Write on from the line as far as there is room, each line of the story beginning anew."""
        face, air = serif(now.px, 420, optical=min(40, now.px)), now.px * 0.35
        before = self._around(self._line - 1, now.px * 0.62, wide, 1, tail=True)
        self._write(p, left, 0, before, serif(before.px, 400, optical=20), mix(Day.INK3, Day.PAPER, 0.12))
        top = before.height + air
        rounded(p, QRectF(left - 14, top - 2, wide + 28, now.height + 6), 8, colour(Day.CLAY_WASH, 0.55))
        self._rule(p, left, top, now)
        self._write(p, left, top, now, face, Day.INK)
        top += now.height + air
        for at in range(self._line + 1, len(self._lines)):
            block = _Block(wrap(self._lines[at], face, wide), now.px, now.step)
            fits = int((self.height() - top) / block.step)
            if fits < 1:
                break
            self._write(p, left, top, _Block(block.words[:fits], block.px, block.step), face, Day.INK2)
            top += block.height + air

    def _around(self, at: int, px: float, wide: float, most: int, *, tail: bool) -> _Block:
        """Return the nearest lines of a neighbour: its end before, its beginning after."""
        words = wrap(self._text(at), serif(px, 400, optical=20), wide - px) if self._text(at) and most else []
        if len(words) > most:
            words = [f"… {words[-most]}", *words[len(words) - most + 1 :]] if tail else [*words[: most - 1],
                                                                                        f"{words[most - 1]} …"]
        return _Block(words, px, px * SMALL_LEADING)

    def _write(self, p: QPainter, left: float, top: float, block: _Block, face: object, ink: object) -> None:
        for i, words in enumerate(block.words):
            write(p, left, top + i * block.step + block.px * 1.02, words, face, ink)  # type: ignore[arg-type]

    def _rule(self, p: QPainter, left: float, top: float, now: _Block) -> None:
        line(p, left - RULE, top + now.px * 0.12, left - RULE, top + now.height - now.px * 0.05, Day.CLAY, 4)

"""Whose voice reads which line: one tick a line, in the colour of its teller's seal, with a legend in words."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from storytime.ui.parts.ink import SMOOTH, dot, fill, polygon, rounded, write
from storytime.ui.parts.labels import Label
from storytime.ui.parts.seal import wax_of
from storytime.ui.theme import Day, sans, text_scale

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storytime.core.shelf.tellers import Teller

ABOVE = 12
"""Pixels over the ticks, for the triangle of the place."""
LEAST_TICK = 3.0
"""Pixels under which ticks of one colour are drawn as one."""


def counts(readers: Mapping[int, Teller], lines: int) -> list[tuple[Teller | None, int]]:
    """Return who reads how many of so many lines, the most first and the machine (None) last."""
    found: dict[int, tuple[Teller, int]] = {}
    for line, teller in readers.items():
        if line < lines:
            found[teller.id] = teller, found.get(teller.id, (teller, 0))[1] + 1
    people = sorted(found.values(), key=lambda one: (-one[1], one[0].id))
    left = lines - sum(count for _, count in people)
    return [*people, (None, left)] if left > 0 else [*people]


def legend(readers: Mapping[int, Teller], lines: int) -> str:
    """Return “Opa 64, Mama 9, spoken 13”."""
    return ", ".join(f"{teller.name if teller else 'spoken'} {count}" for teller, count in counts(readers, lines))


class Patchwork(QWidget):
    """The ticks. `line_pressed` carries the line that was clicked."""

    line_pressed = Signal(int)

    def __init__(self, thick: int = 12, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thick = thick
        self._lines, self._here = 0, -1
        self._readers: Mapping[int, Teller] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_readers(self, readers: Mapping[int, Teller], lines: int, here: int = -1) -> None:
        """Show who reads each of so many lines, and the place (-1: none)."""
        if (readers, lines, here) != (self._readers, self._lines, self._here):
            self._readers, self._lines, self._here = readers, lines, here
            self.setAccessibleName(f"Whose voice: {legend(readers, lines)}")
            self.update()

    def show_place(self, here: int) -> None:
        """Move the triangle."""
        if here != self._here:
            self._here = here
            self.update()

    def sizeHint(self) -> QSize:
        """Return the height of ticks and triangle."""
        return QSize(200, ABOVE + self._thick + 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Say which line was clicked."""
        if self._lines and event.button() == Qt.MouseButton.LeftButton:
            line = int(event.position().x() / max(1, self.width()) * self._lines)
            self.line_pressed.emit(max(0, min(self._lines - 1, line)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ticks; where they would be finer than a hair, those of one voice as one."""
        if not self._lines:
            return
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        step = self.width() / self._lines
        waxes = [wax_of(self._readers[i]) if i in self._readers else Day.SPOKEN for i in range(self._lines)]
        if step >= LEAST_TICK:
            for i, wax in enumerate(waxes):
                rounded(p, QRectF(i * step, ABOVE, step - min(1.6, step * 0.3), self._thick), 1.2, wax)
        else:
            at = 0
            for wax, run in groupby(waxes):
                long = sum(1 for _ in run)
                fill(p, QRectF(at * step, ABOVE, max(1.0, long * step), self._thick), wax)
                at += long
        if self._here >= 0:
            x = (self._here + 0.5) * step
            fill(p, polygon((x - 5, 0.5), (x + 5, 0.5), (x, 7.5)), Day.INK)


class Legend(QWidget):
    """Names and counts, each behind a dot of its wax; those for which there is no room are counted together."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: list[tuple[str, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_counts(self, found: list[tuple[Teller | None, int]]) -> None:
        """Show who reads how many lines."""
        self._entries = [
            (wax_of(teller) if teller else Day.SPOKEN, f"{teller.name if teller else 'spoken'} {count}")
            for teller, count in found
        ]
        self.setAccessibleName(", ".join(words for _, words in self._entries))
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for a line of words."""
        return QSize(160, round(22 * text_scale()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Write from the right, the first names first in reading."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        font, scale = sans(14 * text_scale()), text_scale()
        metrics = QFontMetricsF(font)
        wide = [metrics.horizontalAdvance(words) + 40 * scale for _, words in self._entries]
        fits, more = len(wide), metrics.horizontalAdvance("and others")
        while fits and sum(wide[:fits]) - 20 * scale + (more if fits < len(wide) else 0) > self.width():
            fits -= 1
        x, y = float(self.width()), self.height() / 2
        if fits < len(wide):
            x -= write(p, x, y + 5 * scale, "and others", font, Day.INK2, "right") + 20 * scale
        for wax, words in reversed(self._entries[:fits]):
            x -= write(p, x, y + 5 * scale, words, font, Day.INK2, "right") + 12 * scale
            dot(p, x, y, 5 * scale, wax)
            x -= 28 * scale - 1


class WhoseVoice(QWidget):
    """The bar with its title and its legend, on a story's page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = Patchwork(14)
        self.legend = Legend()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        grid.addWidget(Label("Whose voice", 14, 700), 0, 0)
        grid.addWidget(self.legend, 0, 1)
        grid.addWidget(self.bar, 1, 0, 1, 2)
        grid.setColumnStretch(1, 1)

    def show_readers(self, readers: Mapping[int, Teller], lines: int, here: int = -1) -> None:
        """Show who reads."""
        self.setAccessibleName(f"Whose voice: {legend(readers, lines)}")
        self.legend.show_counts(counts(readers, lines))
        self.bar.show_readers(readers, lines, here)

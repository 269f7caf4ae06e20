"""The sheet at the foot of the studio: the wave or the cuts, and beside it what the microphone does now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from storytime.ui.parts.ink import SMOOTH, dot, ring, rounded, write
from storytime.ui.parts.labels import Label
from storytime.ui.studio.cut_editor import CutEditor
from storytime.ui.studio.said import STATES, WHISPERED, duration, state_of
from storytime.ui.studio.wave import Wave
from storytime.ui.theme import Day, Space, sans, text_scale

if TYPE_CHECKING:
    from storytime.core.studio.session import Session


class StateMark(QWidget):
    """A disc and a word; the disc is filled while the microphone records."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._on = STATES["resting"], False
        self.setAccessibleName(self._words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_state(self, words: str, *, on: bool) -> None:
        """Say what is going on; `on` while the microphone is heard."""
        if (words, on) != (self._words, self._on):
            self._words, self._on = words, on
            self.setAccessibleName(words)
            self.update()

    def sizeHint(self) -> QSize:
        """Return room for the longest word, so that nothing moves when it changes."""
        scale = text_scale()
        metrics = QFontMetricsF(sans(14.5 * scale, 700))
        wide = max(metrics.horizontalAdvance(words) for words in (*STATES.values(), WHISPERED))
        return QSize(round(wide + 26 * scale), round(22 * scale))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        scale, middle = text_scale(), self.height() / 2
        if self._on:
            dot(p, 8 * scale, middle, 6 * scale, Day.CLAY)
        else:
            ring(p, 8 * scale, middle, 5 * scale, Day.SHADE, 1.6)
        ink = Day.CLAY_DEEP if self._on else Day.INK2
        write(p, 22 * scale, middle + 5 * scale, self._words, sans(14.5 * scale, 700 if self._on else 400), ink)


class WaveCard(QWidget):
    """Holds `wave` and `cuts`, and shows the one that fits the state."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wave, self.cuts = Wave(), CutEditor()
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.wave)
        self._stack.addWidget(self.cuts)
        self.state = StateMark()
        self.time = Label("0:00", 20, 500, face="serif", optical=20)
        self.room = Label("", 13, ink=Day.INK3)
        for label in (self.time, self.room):
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        side = QVBoxLayout()
        side.setSpacing(0)
        side.addWidget(self.state)
        side.addStretch(1)
        side.addWidget(self.room)
        side.addWidget(self.time)
        row = QHBoxLayout(self)
        row.setSpacing(Space.L)
        row.addWidget(self._stack, 1)
        row.addLayout(side)
        self._row = row
        self.tighten(low=False)

    def tighten(self, *, low: bool) -> None:
        """Be lower in a low window."""
        self._low = low
        self._row.setContentsMargins(20, 8 if low else 16, 20, 8 if low else 14)
        self._fit()

    def _fit(self) -> None:
        cutting = self._stack.currentWidget() is self.cuts
        high = (92 if self._low else 132) + (44 if cutting else 0)
        self.setFixedHeight(round(high * max(1.0, text_scale())))

    def show_session(self, session: Session) -> None:
        """Show what the microphone does, and the cuts where a recording lies on its lines."""
        cutting = bool(session.cuts) and session.state in ("cutting", "playing")
        if cutting:
            self.cuts.show_cuts(session.cuts, self.wave.peaks, session.seconds, session.line)
        if cutting != (self._stack.currentWidget() is self.cuts):
            self._stack.setCurrentWidget(self.cuts if cutting else self.wave)
            self._fit()
        self.state.show_state(state_of(session), on=session.state in ("recording", "listening"))
        self.wave.grow(session.state == "recording")
        length = session.seconds or (session.kept.seconds if session.kept else 0.0)
        self.time.setText(duration(length))
        noise = session.proof.levels.noise if session.proof else None
        self.room.setText(f"room −{abs(noise):.0f} dB" if noise is not None else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sheet."""
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        rounded(p, QRectF(self.rect()), Space.CARD, Day.SHEET, Day.LINE, 1)
        p.end()



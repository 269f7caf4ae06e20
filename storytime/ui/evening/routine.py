"""The family's steps beside the candle: when each is due, where its picture stands, and how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFontMetricsF

from storytime.ui.parts.candle import paint_pin
from storytime.ui.parts.icons import paint_icon
from storytime.ui.parts.ink import SMOOTH, dot, line, ring, write
from storytime.ui.theme import Night, serif

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from storytime.ui.evening.night_screen import Words
    from storytime.ui.parts.burning import Burning

_NOW, _TO_COME = "#A85C12", "#6C370F"
_PIN_NOW, _PIN = "#A3570F", "#7A3C0E"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the evening; `at` is how much of the candle stands when it is due (1 to 0)."""

    picture: str
    word: str
    at: float


def steps_for(stories: float, goodnight: float) -> tuple[Step, ...]:
    """Return the routine: the stories begin with `stories` of the evening left, the goodnight with `goodnight`.

    What comes before shares the wax evenly; the shares are kept to what can be drawn.
    """
    goodnight = min(0.12, max(0.05, goodnight))
    stories = min(0.55, max(goodnight + 0.16, stories))
    gap = (0.92 - stories) / 3
    return (Step("bath", "Bath", 0.92), Step("teeth", "Teeth", 0.92 - gap), Step("pyjamas", "Pyjamas", 0.92 - gap * 2),
            Step("story", "Stories", stories), Step("goodnight", "Good night", goodnight))


def spread(wanted: tuple[float, ...], gap: float, lowest: float) -> list[float]:
    """Return places as near to `wanted` (falling down the screen) as leaves `gap` between them, none below `lowest`."""
    places: list[float] = []
    for y in wanted:
        places.append(max(y, places[-1] + gap) if places else y)
    for i in range(len(places) - 1, -1, -1):
        floor = lowest if i == len(places) - 1 else places[i + 1] - gap
        places[i] = min(places[i], floor)
    return places


@dataclass(frozen=True, slots=True)
class Lettering:
    """Sizes of the routine's words and of its pictures, in logical pixels."""

    large: float
    small: float
    picture: float
    gap: float


def paint_steps(p: QPainter, candle: Burning, steps: tuple[Step, ...], done: int, left: float, words: Words,
                letters: Lettering) -> None:
    """Draw pins, dotted lines, pictures and words; the first `done` steps are ticked, the next one is now."""
    p.setRenderHints(SMOOTH)
    pins = tuple(candle.base - candle.full * step.at for step in steps)
    places = spread(pins, letters.gap, candle.base - letters.picture * 0.35)
    w, size = candle.width, letters.picture
    x = candle.x + w * 2.25
    for i, (step, pin, y) in enumerate(zip(steps, pins, places, strict=True)):
        now, ticked = i == done, i < done
        if not ticked and step.at <= left:
            paint_pin(p, candle.x + w / 2, pin, w * 0.42, _PIN_NOW if now else _PIN)
            line(p, candle.x + w * 1.06, pin, x - size * (0.74 if now else 0.66), y, "#54290B", 1, [1, 5])
        shade = QColor(_NOW if now else Night.DONE if ticked else _TO_COME)
        if now:
            dot(p, x, y, size * 0.62, "#140A03")
            ring(p, x, y, size * 0.62, shade, 1.8)
        paint_icon(p, step.picture, x, y, size * (0.82 if now else 0.68), shade, 1.5)
        if ticked:
            dot(p, x + size * 0.34, y + size * 0.26, size * 0.13, "#4A240B")
            paint_icon(p, "check", x + size * 0.34, y + size * 0.26, size * 0.2, "#0A0502", 2.6)
        font = serif(letters.large if now else letters.small, 430)
        paint = words.first if now else Night.DONE if ticked else words.second
        write(p, x + size * 0.95, y + QFontMetricsF(font).capHeight() / 2, step.word, font, paint)

"""Words that are only read: each label knows its face in pixels at 100 % and grows with the system's text size."""

from __future__ import annotations

import re
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from storytime.ui.theme import Day, colour, sans, serif, text_scale

ENDLESS = re.compile(r"\S{20,}")
PIECE = re.compile(r"\S{10}(?=\S)")
MAY_BREAK = "\u200b"


def breakable(words: str) -> str:
    """Return words that a family typed, with places where one that has no end may be broken: a space without width.

    A label is as wide as its longest word, and would push all that stands beside it off the page.
    """
    return ENDLESS.sub(lambda word: PIECE.sub(rf"\g<0>{MAY_BREAK}", word.group()), words)


class Label(QLabel):
    """A line or a paragraph of words."""

    def __init__(
        self, words: str = "", px: float = 15.5, weight: int = 400, *, face: Literal["serif", "sans"] = "sans",
        ink: str = Day.INK, italic: bool = False, wraps: bool = False, optical: float | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, parent)
        self._face: tuple[str, int, bool, float | None] = (face, weight, italic, optical)
        self.resize_to(px)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wraps)
        self.colour(ink)

    def colour(self, ink: str) -> None:
        """Write in another ink."""
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, colour(ink))
        self.setPalette(palette)

    def resize_to(self, px: float) -> None:
        """Write larger or smaller."""
        face, weight, italic, optical = self._face
        size = px * text_scale()
        self.setFont(serif(size, weight, italic=italic, optical=optical) if face == "serif"
                     else sans(size, weight, italic=italic))

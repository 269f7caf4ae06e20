"""The one place for colours, type and spacing: paper and ink by day, firelight on black by night."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication

SERIF = ("Literata", "Charter", "Iowan Old Style", "Palatino Linotype", "Palatino", "P052", "Georgia", "Noto Serif",
         "DejaVu Serif")
SANS = ("Atkinson Hyperlegible", "Seravek", "Segoe UI", "Helvetica Neue", "Noto Sans", "Nimbus Sans", "DejaVu Sans")


class Day:
    """Paper, ink and clay."""

    PAPER, SHEET, WELL = "#EFEBE1", "#F9F6EF", "#E3DDCF"
    LINE, SHADE = "#CFC6B4", "#92876F"
    INK, INK2, INK3 = "#1E2638", "#4C5364", "#63666F"
    CLAY, CLAY_DEEP, CLAY_WASH = "#A0472F", "#7F3521", "#EBD3C4"
    MOSS, MOSS_WASH = "#55653F", "#DCE0C8"
    PLUM, PLUM_WASH = "#7A2F4C", "#EBD5D9"
    SHADOW = "#2A2416"
    SEALS = ("#A0472F", "#2F5468", "#55653F", "#7A2F4C", "#7A5A16", "#4A4778")  # wax, a colour a teller
    SPOKEN = "#C6BBA6"  # a line that a voice of the machine reads
    LEVELS = ("#7C8B5C", "#C79A45", "#A0472F")  # good, near the top, too loud: always with a word beside it


class Dusk:
    """The slice of night that lives inside the day room."""

    NIGHT, NIGHT2, LOW = "#10172A", "#1B2442", "#2C2F51"
    MOON, MOON2 = "#EDE3CB", "#A9AEBE"
    LINE, EMBER, WAX = "#36415F", "#E39B45", "#E8D9B8"


class Night:
    """Firelight; blue never leads. The linear luminance of each is in brackets."""

    BLACK = "#000000"
    FLAME = "#C56C10"  # 0.226, only in the flame's core
    AMBER, EMBER, CINDER = "#B2610F", "#8A430E", "#57290B"  # 0.18, 0.10, 0.04
    SOOT, UMBER, COAL = "#080402", "#1A0D05", "#33190A"
    WORD, WORD2, WORD3 = "#985213", "#6C3911", "#5C3110"  # 0.128, 0.062, 0.045
    BRIGHT = "#B2610F"  # the most that *brighter words* may ask for
    DONE = "#3C1E0A"  # 0.019, a ticked step
    LINES = ("#3A1D09", "#58300F", "#B2640F", "#6A3810", "#3F210B")  # two before, before, now, next, after next
    UNSAID = "#8A4A10"  # 0.105, of the line now what is not being said, where the voice is followed
    TINT = (1.0, 0.30, 0.022)  # candlelight, linear r g b


class Space:
    """Steps of a grid of four, in logical pixels."""

    XS, S, M, L, XL, XXL = 4, 8, 16, 24, 40, 64
    FIELD, CARD, SHEET_RADIUS, BOOK = 8, 12, 18, 2.5  # corner radii
    TOP_BAR, CONTROL, PRIMARY, CHIP = 60, 42, 46, 34


def load_fonts() -> tuple[str, ...]:
    """Register the families that came as packages, and return their names; without them the system's serve."""
    found: list[str] = []
    for package in ("fontpkg_literata", "fontpkg_atkinson_hyperlegible"):
        spec = importlib.util.find_spec(package)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            for file in sorted(Path(folder).rglob("*.ttf")):
                found += QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))
    return tuple(dict.fromkeys(found))


def text_scale() -> float:
    """Return the system's text size as a factor of ten points."""
    size = QGuiApplication.font().pointSizeF()
    return max(0.8, size / 10) if size > 0 else 1.0


def _font(families: tuple[str, ...], px: float, weight: int, italic: bool) -> QFont:
    font = QFont()
    font.setFamilies(list(families))
    font.setPixelSize(max(1, round(px)))
    font.setWeight(QFont.Weight(weight))
    font.setItalic(italic)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def serif(px: float, weight: int = 400, *, italic: bool = False, optical: float | None = None) -> QFont:
    """Return the face of what is read and of every clock time; `px` is final, multiply by `text_scale()` first."""
    font = _font(SERIF, px, weight, italic)
    font.setVariableAxis(QFont.Tag("wght"), weight)
    font.setVariableAxis(QFont.Tag("opsz"), optical or min(72.0, max(7.0, px)))
    return font


def sans(px: float, weight: int = 400, *, italic: bool = False) -> QFont:
    """Return the face of what is pressed."""
    return _font(SANS, px, weight, italic)


def colour(value: str, alpha: float = 1.0) -> QColor:
    """Return `value` with an opacity of 0 to 1."""
    shade = QColor(value)
    shade.setAlphaF(alpha)
    return shade


def mix(one: str | QColor, other: str | QColor, share: float) -> QColor:
    """Return the colour `share` of the way from one to the other."""
    a, b = QColor(one), QColor(other)
    pairs = ((a.redF(), b.redF()), (a.greenF(), b.greenF()), (a.blueF(), b.blueF()))
    return QColor.fromRgbF(*(max(0.0, min(1.0, x + (y - x) * share)) for x, y in pairs))

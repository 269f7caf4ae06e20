"""Draws the line icons (on 24 units) and the pictures of the routine (on 48): one hand, round ends, no fill but dots.

An icon is a string in a small drawing language, each letter followed by its numbers:
`M x y` move, `L x y` line, `C x1 y1 x2 y2 x y` curve, `Z` close; `O x y r` ring, `E x y rx ry` oval, `D x y r` dot,
`R x y w h r` rounded box, `A x y r start span` arc in degrees, `N x y r open` crescent.
`F` before a shape makes all that follows filled.
"""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

_SMALL = {
    "search": "O10.5 10.5 6 M15 15 L20 20",
    "plus": "M12 5 L12 19 M5 12 L19 12",
    "minus": "M5 12 L19 12",
    "play": "F M8 5.5 L18.5 12 L8 18.5 Z",
    "pause": "M9 6 L9 18 M15 6 L15 18",
    "mic": "R9 3 6 11 3 M5.5 11 C5.5 19 18.5 19 18.5 11 M12 17 L12 21",
    "ear": "M7 10 C7 3.5 17.5 3.5 17.5 10 C17.5 14 13.6 14.4 13.6 17.6 C13.6 21.4 8.4 21.4 8.4 17.8"
           " M10 10.4 C10 7 14.4 7 14.4 10.2 C14.4 12 12.6 12.4 11.8 13.6",
    "house": "M4 11.5 L12 4.5 L20 11.5 M6 10 L6 19.5 L18 19.5 L18 10 M10 19.5 L10 14.5 L14 14.5 L14 19.5",
    "stop": "R7 7 10 10 1.6",
    "flag": "M6.5 20.5 L6.5 4 M6.5 5 C10 3 13.5 7 18 5 L18 13 C13.5 15 10 11 6.5 13",
    "people": "O9 8.5 3.3 M3 19.5 C3 12.5 15 12.5 15 19.5 A16.2 8.6 2.9 -70 180 M16.6 13.4 C19.6 13.7 21 15.8 21 18.6",
    "moon": "N12 12 8 .62",
    "check": "M5 12.5 L10 17.5 L19 7",
    "gear": "M4 6.5 L6.9 6.5 M11.1 6.5 L20 6.5 M4 12 L13.4 12 M17.6 12 L20 12 M4 17.5 L5.9 17.5 M10.1 17.5 L20 17.5"
            " O9 6.5 2.1 O15.5 12 2.1 O8 17.5 2.1",
    "back": "M14.5 5.5 L8 12 L14.5 18.5",
    "next": "M9.5 5.5 L16 12 L9.5 18.5",
    "up": "M5.5 14.5 L12 8 L18.5 14.5",
    "down": "M5.5 9.5 L12 16 L18.5 9.5",
    "erase": "M20 6 L9 6 L3.5 12 L9 18 L20 18 Z M11.5 9.5 L16.5 14.5 M16.5 9.5 L11.5 14.5",
    "more": "D6 12 .9 D12 12 .9 D18 12 .9",
    "book": "M12 7 C9 4.5 6 4.5 3.5 5.5 L3.5 18.5 C6 17.5 9 17.5 12 20 C15 17.5 18 17.5 20.5 18.5 L20.5 5.5"
            " C18 4.5 15 4.5 12 7 L12 20",
    "warn": "O12 12 8.6 M12 7.4 L12 13 D12 16.2 .55",
    "close": "M6.5 6.5 L17.5 17.5 M17.5 6.5 L6.5 17.5",
    "clock": "O12 12 8.4 M12 7 L12 12.2 L15.4 14",
    "sun": "O12 12 4 M19 12 L21.4 12 M16.9 16.9 L18.6 18.6 M12 19 L12 21.4 M7.1 16.9 L5.4 18.6 M5 12 L2.6 12"
           " M7.1 7.1 L5.4 5.4 M12 5 L12 2.6 M16.9 7.1 L18.6 5.4",
    "redo": "A12 12 7 40 290 M17.6 3.6 L17.8 8 L13.4 8.2",
    "undo": "A12 12 7 140 -290 M6.4 3.6 L6.2 8 L10.6 8.2",
    "folder": "M3.5 18.5 L3.5 6 L9.5 6 L11.5 8.5 L20.5 8.5 L20.5 18.5 Z",
    "attic": "M3.5 7.5 L20.5 7.5 L20.5 4.5 L3.5 4.5 Z M5 7.5 L5 19.5 L19 19.5 L19 7.5 M9.5 11.5 L14.5 11.5",
    "pencil": "M4.5 19.5 L5.5 15 L16 4.5 L19.5 8 L9 18.5 Z M13.5 7 L17 10.5",
    "key": "O8 12 4.2 M12.2 12 L20.5 12 L20.5 15.5 M16.8 12 L16.8 14.6",
    "sound": "M4 9.5 L4 14.5 L7.5 14.5 L12 18.5 L12 5.5 L7.5 9.5 Z M15.2 9.2 C16.8 10.8 16.8 13.2 15.2 14.8"
             " M17.8 6.8 C20.8 9.8 20.8 14.2 17.8 17.2",
    "flame": "M12 3.5 C13.4 8 17.6 10.4 17.6 15 C17.6 18.6 15 20.6 12 20.6 C9 20.6 6.4 18.6 6.4 15"
             " C6.4 10.4 10.6 8 12 3.5 Z",
}

_LARGE = {
    "bath": "M6 25 L42 25 C42 36 37 39 32 39 L16 39 C11 39 6 36 6 25 M15 39 L13 42.5 M33 39 L35 42.5"
            " M11 25 L11 11 C11 6 18 6 18.5 11 M15.5 11.5 L21.5 11.5 O27 20 3 O33 17 2 O30 12.5 1.5",
    "teeth": "M7 38.5 L36 9.5 C37 8.5 38.5 8.5 39.3 9.3 C40.2 10.2 40.2 11.5 39.2 12.5 L10 41.5 Z"
             " M28 17.5 L24.2 13.7 M31.6 13.9 L27.8 10.1 M35.2 10.3 L31.4 6.5 O17 16 2.2 O13.5 23 1.4",
    "pyjamas": "M17 9 C19.3 12 21.6 13 24 13 C26.4 13 28.7 12 31 9"
               " M17 9 L7 15 L11 23 L15 21 L15 40 L33 40 L33 21 L37 23 L41 15 L31 9 M24 13 L24 40"
               " D27.4 20 .8 D27.4 27 .8 D27.4 34 .8",
    "story": "M24 15 C18 10 11 10 6 12 L6 37 C11 35 18 35 24 40 C30 35 37 35 42 37 L42 12 C37 10 30 10 24 15 L24 40"
             " N33.5 22.5 4.6 .62 M11 19 L19 20.5 M11 25 L19 26.5",
    "goodnight": "N23 25 14.5 .6 M31.8 12 L38.2 12 M35 8.8 L35 15.2 M38.5 21 L42.5 21 M40.5 19 L40.5 23",
    "song": "M19 35 L19 12 L36 8 L36 31 E14.5 35 4.6 3.6 E31.5 31 4.6 3.6 M19 18 L36 14",
    "bed": "M6 12 L6 40 M6 34 L42 34 L42 40 M6 26 L42 26 M42 34 L42 26 C42 21 36 20 24 20 L20 26 R9 19 10 7 3",
    "paperbook": "R11 8 27 32 2 M16 8 L16 40 M21 17 L33 17 M21 22 L29 22",
    "voice": "M9 19 L9 29 M15 13 L15 35 M21 7 L21 41 M27 15 L27 33 M33 11 L33 37 M39 18 L39 30",
    "words": "M9 13 L39 13 M9 20.4 L33 20.4 M9 27.8 L39 27.8 M9 35.2 L25 35.2",
}

NAMES = frozenset(_SMALL | _LARGE)
_STEP = re.compile(r"([A-Z])([^A-Z]*)")


def crescent(x: float, y: float, r: float, opening: float = 0.62) -> QPainterPath:
    """Return a waning moon of radius `r`: a disc less a disc moved by `opening` of the radius."""
    disc, bite = QPainterPath(), QPainterPath()
    disc.addEllipse(QPointF(x, y), r, r)
    bite.addEllipse(QPointF(x + r * opening, y - r * 0.25), r * 0.92, r * 0.92)
    return disc.subtracted(bite)


def _shape(letter: str, n: list[float], path: QPainterPath) -> None:
    match letter:
        case "M":
            path.moveTo(n[0], n[1])
        case "L":
            path.lineTo(n[0], n[1])
        case "C":
            path.cubicTo(*n)
        case "Z":
            path.closeSubpath()
        case "O" | "D":
            path.addEllipse(QPointF(n[0], n[1]), n[2], n[2])
        case "E":
            path.addEllipse(QPointF(n[0], n[1]), n[2], n[3])
        case "R":
            path.addRoundedRect(QRectF(*n[:4]), n[4], n[4])
        case "A":
            box = QRectF(n[0] - n[2], n[1] - n[2], n[2] * 2, n[2] * 2)
            path.arcMoveTo(box, n[3])
            path.arcTo(box, n[3], n[4])
        case "N":
            path.addPath(crescent(*n))


@cache
def _paths(name: str) -> tuple[QPainterPath, QPainterPath, float]:
    """Return what is stroked, what is filled too, and the units of the grid."""
    drawing = _LARGE[name] if name in _LARGE else _SMALL[name]
    stroked, filled = QPainterPath(), QPainterPath()
    solid = False
    for letter, numbers in _STEP.findall(drawing):
        if letter == "F":
            solid = True
            continue
        _shape(letter, [float(n) for n in numbers.split()], filled if solid or letter == "D" else stroked)
    return stroked, filled, 48.0 if name in _LARGE else 24.0


def paint_icon(painter: QPainter, name: str, x: float, y: float, size: float, colour: str | QColor,
               width: float = 1.6) -> None:
    """Draw the icon centred on x, y in a square of `size` logical pixels; `width` is the stroke in units of 24.

    Raises KeyError where no icon has this name (see `NAMES`).
    """
    stroked, filled, units = _paths(name)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(x - size / 2, y - size / 2)
    painter.scale(size / units, size / units)
    # The pictures are looked at larger, so a stroke that only doubled would be heavy.
    pen = QPen(QColor(colour), width if units == 24 else width * 1.5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(stroked)
    painter.setBrush(QColor(colour))
    painter.drawPath(filled)
    painter.restore()

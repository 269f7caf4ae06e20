"""Where the rows of the tray stand: each in the middle of its band of wax, none over another, all above the foot."""

from __future__ import annotations


def stand_apart(bands: list[tuple[float, float]], least: float) -> list[tuple[float, float]]:
    """Return a row for each band: in its middle, at least `least` high, and none over the one before."""
    rows: list[tuple[float, float]] = []
    for a, b in bands:
        high = max(b - a, least)
        top = (a + b) / 2 - high / 2
        if rows:
            top = max(top, rows[-1][1])
        rows.append((top, top + high))
    return rows


def within(rows: list[tuple[float, float]], room: float) -> list[tuple[float, float]]:
    """Return the rows as they are where they end within `room`, else the room in equal parts."""
    if not rows or rows[-1][1] <= room:
        return rows
    each = room / len(rows)
    return [(i * each, (i + 1) * each - 1) for i in range(len(rows))]

"""What a cover shows, from the title alone: the same title always gives the same picture."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import NamedTuple

from storytime.ui.parts.digest import digest

RATIO = 1.43
"""A cover's height over its width."""


class Palette(NamedTuple):
    """Five colours; everything else on a cover is a mix of these."""

    sky: str
    horizon: str
    warm: str
    land: str
    light: str


PALETTES = {
    "harbour": Palette("#0F2038", "#3B6C86", "#C9A777", "#081524", "#F7DFA0"),
    "indigo": Palette("#141A3C", "#4B5A93", "#A88FA8", "#0A0E24", "#F4DFA6"),
    "rose": Palette("#2A1C40", "#A8617C", "#E3A487", "#190F2A", "#FBE3B4"),
    "pine": Palette("#0C2528", "#3B7468", "#B7B57F", "#06171A", "#F1E3A4"),
    "copper": Palette("#271A30", "#B06446", "#EDB06A", "#170E1C", "#FFE6AE"),
    "frost": Palette("#1D2E4B", "#7E99B6", "#D9CFC6", "#101B30", "#FBE7B6"),
    "plum": Palette("#1D1334", "#65457F", "#C08A8C", "#10091F", "#F6DDAA"),
    "olive": Palette("#1C2419", "#727A4C", "#CDBB78", "#0F150D", "#F8EAB0"),
    "slate": Palette("#18202B", "#5B6B7B", "#BCA88C", "#0C1219", "#F3DDA6"),
    "brick": Palette("#2C151C", "#94483C", "#DE9A66", "#1A0B11", "#FBDFA4"),
    "moonblue": Palette("#10233A", "#5083A4", "#C5CBBF", "#081626", "#FAF0CF"),
    "ochre": Palette("#2A2118", "#A67D3D", "#E5BF78", "#18120C", "#FFEBB8"),
}

SUBJECTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "lighthouse": ("lighthouse lamp leuchtturm lampe faro lámpara", ("harbour", "indigo", "slate")),
    "boat": (
        "boat sea ship sail harbour river tide ferry island boot meer schiff fluss hafen barco mar río isla",
        ("moonblue", "rose", "harbour"),
    ),
    "fox": ("fox foxes fuchs zorro", ("copper", "brick", "ochre")),
    "snow": ("snow winter ice frost snowman schnee eis nieve invierno", ("frost", "moonblue")),
    "owl": ("owl bird feather nest eule vogel búho pájaro lechuza", ("plum", "olive", "indigo")),
    "train": ("train railway station zug eisenbahn bahnhof tren estación", ("brick", "slate", "plum")),
    "bear": ("bear mountain hill bär berg oso montaña", ("pine", "slate", "indigo")),
    "firs": ("wood forest tree pine wald baum bosque árbol", ("pine", "olive", "moonblue")),
    "village": (
        "town village street baker night clock tower stadt dorf nacht bäcker pueblo noche calle panadero",
        ("rose", "plum", "copper"),
    ),
    "house": (
        "house home window grandmother kitchen bed blanket haus fenster großmutter casa ventana abuela",
        ("ochre", "indigo", "olive"),
    ),
    "tree": ("apple garden star kite orchard apfel garten stern manzana jardín estrella", ("rose", "indigo", "ochre")),
    "balloon": (
        "balloon cloud wind fly moon ballon wolke mond wind globo nube luna viento", ("copper", "moonblue", "rose"),
    ),
}
_CALLED = {word: subject for subject, (words, _) in SUBJECTS.items() for word in words.split()}
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything a cover needs beside its lettering."""

    seed: int
    subject: str
    palette: Palette
    phase: int
    """0 a thin moon … 4 full."""
    side: int
    """-1 or 1: where the subject stands, left or right."""
    horizon: float
    """Share of the height, 0.60 to 0.70."""
    stars: int
    rough: float
    """0.6 to 1.4: how quick the ridges' smallest wave shows."""


def recipe_of(title: str) -> Recipe:
    """Return the recipe of a title, whatever its case."""
    folded = title.strip().casefold()
    h = digest(folded)
    seed = int.from_bytes(h[:8], "big")
    subject = called_for(folded) or sorted(SUBJECTS)[h[8] % len(SUBJECTS)]
    suits = SUBJECTS[subject][1]
    return Recipe(
        seed=seed,
        subject=subject,
        palette=PALETTES[suits[h[9] % len(suits)]],
        phase=h[10] % 5,
        side=1 if h[11] % 2 else -1,
        horizon=0.60 + random.Random(seed).random() * 0.10,
        stars=26 + h[12] % 36,
        rough=0.6 + h[13] / 255 * 0.8,
    )


def called_for(title: str) -> str | None:
    """Return the subject of the first whole word that asks for one, so that there is no ice in “twice”."""
    for word in _WORD.findall(title):
        for form in (word, word.removesuffix("s")):
            if form in _CALLED:
                return _CALLED[form]
    return None

"""A family with a story, two tellers and a microphone's journals, for tests of what becomes of recordings."""

import numpy as np

from storytime.core.studio.journal import FORMATS, head, read_journal
from storytime.core.studio.label import Label
from storytime.core.studio.shelves import Shelves
from tests.core.shelf.conftest import manuscript
from tests.core.studio.recordings import RATE, in_room, silence, spoken

LINES = ("The fox slept.", "The moon rose.", "The owl flew home.")
BEGAN = "2026-11-05T17:00:00+00:00"


class Family:
    def __init__(self, library):
        self.shelves = Shelves.of(library)
        self.paths = library.paths
        self.library = library
        self.mother = self.shelves.tellers.welcome("Mother", "mother")
        self.grandpa = self.shelves.tellers.welcome("Grandpa", "grandfather")
        self.fox = self.shelves.shelf.card(self.shelves.shelf.add(manuscript(text=" ".join(LINES))).id)

    def voice(self, *lines, pause=0.7):
        """Lines read one after the other, with a pause between them."""
        said = [part for line in lines for part in (spoken(line), silence(pause))]
        return in_room(np.concatenate(said[:-1]))

    def journal(self, samples, *, name="20261105-170000-aa", teller=None, **label):
        """Leave a journal behind; `label` as in `Label`."""
        self.paths.journals.mkdir(parents=True, exist_ok=True)
        teller = (self.mother if teller is None else teller).id if teller != 0 else 0
        facts = {"mode": "line", "story": self.fox.id, "title": self.fox.title, "began": BEGAN, **label}
        path = self.paths.journals / f"{name}.journal"
        header = {**Label(teller=teller, **facts).header(), "format": "s16", "rate": RATE}
        whole = np.rint(np.clip(samples, -1, 1) * 32767).astype(FORMATS["s16"])
        path.write_bytes(head(header) + whole.tobytes())
        return read_journal(path)

    def of_lines(self):
        return self.shelves.takes.of_lines(self.fox.id, 0, LINES)

    def files(self, folder):
        return sorted(path.name for path in getattr(self.paths, folder).glob("*"))

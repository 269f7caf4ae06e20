"""Who reads aloud in this family: a name, who they are to the child, and who may hear their voice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from storytime.core.errors import TellerNotFound
from storytime.core.shelf.rows import fold
from storytime.core.signal import Signal

if TYPE_CHECKING:
    from storytime.core.database import Library

COLUMNS = "id, name, relation, consent, since"
SOMEBODY = "Somebody"
"""Who a voice belongs to when its teller is not known any more, or was never named."""


@dataclass(frozen=True, slots=True)
class Teller:
    """A person whose voice is kept."""

    id: int
    name: str
    relation: str = ""
    """To the child, such as "grandmother"."""
    consent: str = ""
    """Who may hear the voice, in the teller's own words."""
    since: str = ""
    """ISO date and time (UTC) of the first day in the studio."""

    @property
    def initial(self) -> str:
        """The letter on their seal."""
        return self.name[:1].upper()


class Tellers:
    """The tellers of one library. `changed` after every act."""

    def __init__(self, library: Library) -> None:
        self.changed: Signal[()] = Signal()
        self._library = library

    def all(self) -> list[Teller]:
        """Return everybody, in the order in which they came."""
        return [Teller(*row) for row in self._library.rows(f"SELECT {COLUMNS} FROM tellers ORDER BY id")]

    def teller(self, teller_id: int) -> Teller:
        """Return one. Raises `TellerNotFound`."""
        row = self._library.row(f"SELECT {COLUMNS} FROM tellers WHERE id = ?", (teller_id,))
        if row is None:
            raise TellerNotFound(str(teller_id))
        return Teller(*row)

    def find(self, name: str) -> Teller:
        """Return the teller of that name; case does not matter. Raises `TellerNotFound`."""
        row = self._library.row(f"SELECT {COLUMNS} FROM tellers WHERE folded = ?", (fold(name),))
        if row is None:
            raise TellerNotFound(name)
        return Teller(*row)

    def welcome(self, name: str, relation: str = "", consent: str = "") -> Teller:
        """Return the teller of that name, who is written down if they are new. Raises ValueError for an empty name."""
        name = " ".join(name.split())
        if not name:
            raise ValueError("a teller has a name")
        try:
            return self.find(name)
        except TellerNotFound:
            self._library.write(
                "INSERT INTO tellers (name, folded, relation, consent, since) VALUES (?, ?, ?, ?, ?)",
                (name, fold(name), relation.strip(), consent.strip(), datetime.now(UTC).isoformat(timespec="seconds")),
            )
            self.changed.emit()
            return self.find(name)

    def describe(self, teller_id: int, *, relation: str | None = None, consent: str | None = None) -> Teller:
        """Change what is given. Raises `TellerNotFound`."""
        was = self.teller(teller_id)
        self._library.write(
            "UPDATE tellers SET relation = ?, consent = ? WHERE id = ?",
            (
                was.relation if relation is None else relation.strip(),
                was.consent if consent is None else consent.strip(),
                teller_id,
            ),
        )
        self.changed.emit()
        return self.teller(teller_id)

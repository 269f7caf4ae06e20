"""Who reads aloud in this family: a name, who they are to the child, and who may hear their voice."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from storytime.core.database import KeptState
from storytime.core.errors import CannotReadState, NameTaken, TellerNotFound
from storytime.core.shelf.rows import fold
from storytime.core.signal import Signal

if TYPE_CHECKING:
    from storytime.core.database import Library

COLUMNS = "id, name, relation, consent, since"
BEFORE = "names before"
"""Where it is kept what tellers were called before: lists of names by the teller's number."""
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
    before: tuple[str, ...] = ()
    """What they were called before, as `rows.fold` compares names: files and older backups say so still."""

    @property
    def names(self) -> tuple[str, ...]:
        """What they are and were called, as `rows.fold` compares names."""
        return (fold(self.name), *self.before)

    @property
    def initial(self) -> str:
        """The letter on their seal."""
        return self.name[:1].upper()


class Tellers:
    """The tellers of one library. `changed` after every act."""

    def __init__(self, library: Library) -> None:
        self.changed: Signal[()] = Signal()
        self._library = library
        self._store = KeptState(library)

    def all(self) -> list[Teller]:
        """Return everybody, in the order in which they came."""
        rows = self._library.rows(f"SELECT {COLUMNS} FROM tellers ORDER BY id")
        before = self._before() if rows else {}
        return [replace(Teller(*row), before=tuple(before.get(str(row[0]), ()))) for row in rows]

    def teller(self, teller_id: int) -> Teller:
        """Return one. Raises `TellerNotFound`."""
        found = next((one for one in self.all() if one.id == teller_id), None)
        if found is None:
            raise TellerNotFound(str(teller_id))
        return found

    def find(self, name: str) -> Teller:
        """Return who has that name, or had it before; case does not matter. Raises `TellerNotFound`."""
        wanted = fold(name)
        for one in self.all():
            # Whoever was nobody in particular leaves that name to the next one.
            if wanted == fold(one.name) or (wanted in one.before and wanted != fold(SOMEBODY)):
                return one
        raise TellerNotFound(name)

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

    def describe(
        self, teller_id: int, *, name: str = "", relation: str | None = None, consent: str | None = None
    ) -> Teller:
        """Change what is given; takes made before keep the name under which they were recorded.

        Raises `TellerNotFound`, `NameTaken`.
        """
        was = self.teller(teller_id)
        name = " ".join(name.split()) or was.name
        self.check_free(name, but=teller_id)
        now = {
            "name": name,
            "folded": fold(name),
            "relation": was.relation if relation is None else relation.strip(),
            "consent": was.consent if consent is None else consent.strip(),
        }
        with self._library.writing() as connection:
            connection.execute(
                "UPDATE tellers SET name = ?, folded = ?, relation = ?, consent = ? WHERE id = ?",
                (*now.values(), teller_id),
            )
            if before := [one for one in was.names if one != now["folded"]]:
                self._store.save(BEFORE, {**self._before(), str(teller_id): before})
        self.changed.emit()
        return self.teller(teller_id)

    def see_off(self, teller_id: int) -> None:
        """Take out somebody who was welcomed and recorded nothing; whoever has a take stays."""
        self._library.write(
            "DELETE FROM tellers WHERE id = ? AND NOT EXISTS (SELECT 1 FROM takes WHERE teller = tellers.id)",
            (teller_id,),
        )
        self.changed.emit()

    def check_free(self, name: str, *, but: int = 0) -> None:
        """Raise `NameTaken` where somebody else (than the teller with the number `but`) has or had that name."""
        with suppress(TellerNotFound):
            there = self.find(name)
            if there.id != but:
                raise NameTaken(" ".join(name.split()), there.name)

    def _before(self) -> dict[str, list[str]]:
        try:
            return self._store.load(BEFORE) or {}
        except CannotReadState:
            return {}

"""Where recordings find home: the stories, the tellers and their takes of one library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storytime.core.shelf.shelf import Shelf
from storytime.core.shelf.takes import Takes
from storytime.core.shelf.tellers import Tellers

if TYPE_CHECKING:
    from storytime.core.database import Library
    from storytime.core.paths import Paths


@dataclass(frozen=True, slots=True)
class Shelves:
    """Everything that a recording needs to be kept."""

    library: Library
    shelf: Shelf
    takes: Takes
    tellers: Tellers

    @classmethod
    def of(cls, library: Library) -> Shelves:
        """Return the shelves of a library that is opened for this alone."""
        return cls(library, Shelf(library, library.paths), Takes(library, library.paths), Tellers(library))

    @property
    def paths(self) -> Paths:
        """The library's places."""
        return self.library.paths

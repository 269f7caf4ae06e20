"""The attic of the voices: what was redone, silent, removed or found waits there until a parent empties it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storytime.core.studio.journal import SUFFIX

if TYPE_CHECKING:
    from storytime.core.studio.shelves import Shelves


@dataclass(frozen=True, slots=True)
class Emptied:
    """What is gone for good."""

    takes: int
    seconds: float
    files: int
    """Files that no row knew."""


def empty(shelves: Shelves) -> Emptied:
    """Remove everything that was put away, for good. Raises `LibraryTrouble`, `DiskFull`."""
    takes = shelves.takes.in_attic()
    shelves.takes.forget(takes)
    # A take that is told stays, even where a killed move left its file here.
    told = {name for (name,) in shelves.library.rows("SELECT file FROM takes")}
    lone = [
        path
        for pattern in ("*.flac", f"*{SUFFIX}")
        for path in shelves.paths.attic.glob(pattern)
        if path.name not in told
    ]
    for path in lone:
        path.unlink(missing_ok=True)
    return Emptied(len(takes), sum(take.seconds for take in takes), len(lone))

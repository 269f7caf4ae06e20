"""The attic of the voices: what was redone, silent, removed or found waits there until a parent empties it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storytime.core.shelf.words import WORDLESS
from storytime.core.studio.decoding import decode
from storytime.core.studio.journal import SUFFIX
from storytime.core.studio.label import Label
from storytime.core.studio.tags import Tags, read_tags

if TYPE_CHECKING:
    from collections.abc import Callable

    from storytime.core.ports import Background
    from storytime.core.shelf.takes import Take
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


def is_part(take: Take) -> bool:
    """Return whether it is a part of a tale that never became a story: no line is there that it could tell."""
    return take.kind == "line" and take.story is None and take.text == WORDLESS


def lay_again(
    take: Take,
    label: Label | None,
    shelves: Shelves,
    background: Background,
    *,
    done: Callable[[], object],
    failed: Callable[[Exception], object],
) -> None:
    """Let a part of a tale wait again, as before it was put away; without a label its file says of which tale.

    `failed` gets `CannotRead`, `CannotWrite`, `DiskFull`; then it lies in the attic as before.
    """
    name = Path(take.file).stem
    if label is None:
        tags = read_tags(shelves.takes.path(take)) or Tags()
        label = Label(
            "tale", take.teller, title=take.title, tale=tags.tale or name, part=tags.part, began=take.recorded
        )

    def there(_journal: object) -> None:
        shelves.takes.forget([take])
        done()

    journal = shelves.paths.journals / f"{name}{SUFFIX}"
    background.run(wait_again, shelves.takes.path(take), journal, label.header(), done=there, failed=failed)


def wait_again(file: Path, journal: Path, header: dict[str, Any]) -> None:
    """Write a take into a journal, whole and on the disk. Raises `CannotRead`, `CannotWrite`, `DiskFull`."""
    decode(file, journal, header)
    with journal.open("rb+") as written:
        os.fsync(written.fileno())

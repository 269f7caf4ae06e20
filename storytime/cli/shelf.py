"""Open this user's library for a command."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from storytime.core.paths import Paths, shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storytime.core.database import Library
    from storytime.core.shelf.shelf import Shelf


@contextmanager
def open_library_of_user() -> Iterator[Library]:
    """Open it, and close it after the command. Raises `LibraryTrouble`, `LibraryNewer`, `DiskFull`."""
    from storytime.core.database import open_library

    library = open_library(Paths.of_user())
    try:
        yield library
    finally:
        library.close()


@contextmanager
def open_library_and_shelf() -> Iterator[tuple[Library, Shelf]]:
    """Open it with the shipped stories on the shelf. Raises `LibraryTrouble`, `LibraryNewer`, `DiskFull`."""
    from storytime.core.shelf.shelf import Shelf

    with open_library_of_user() as library:
        shelf = Shelf(library, library.paths)
        shelf.stock(shipped("stories"))
        yield library, shelf


@contextmanager
def open_shelf() -> Iterator[Shelf]:
    """Open it for a command that needs the stories alone. Raises what `open_library_and_shelf` raises."""
    with open_library_and_shelf() as (_, shelf):
        yield shelf

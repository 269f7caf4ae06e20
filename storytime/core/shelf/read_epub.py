"""An EPUB read in (2 and 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storytime.core.errors import CannotRead

if TYPE_CHECKING:
    from pathlib import Path

    from storytime.core.shelf.story import Manuscript


def read_epub(path: Path) -> Manuscript:
    """Return the story in an EPUB. Raises `CannotRead`."""
    raise CannotRead(path, "is an EPUB")

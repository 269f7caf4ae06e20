"""Make the library that this version leaves behind, for every later version to open: once a release, and never again.

Run with: python -m tests.libraries.make
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from pathlib import Path

from storytime import __version__
from storytime.core.database import KeptState, open_library
from storytime.core.paths import Paths
from storytime.core.settings import SettingsStore
from storytime.core.shelf.passages import to_chapters
from storytime.core.shelf.shelf import Shelf
from storytime.core.shelf.story import Manuscript

FOLDER = Path(__file__).parent


def make(home: Path) -> None:
    """Fill a new library with a little of everything."""
    library = open_library(Paths(home))
    shelf = Shelf(library, library.paths)
    fox = shelf.add(
        Manuscript(
            "The Fox Who Stayed",
            to_chapters(
                [("One", ["“Are you awake?” asked the fox. The moon was.", "Hush,\nlittle one."]), ("Two", ["End."])]
            ),
            author="Grandmother Ilse",
            note="Slowly.",
            ages="3-6",
            mood="calm",
            minutes=1.0,
            source="fox.md",
        )
    ).id
    bear = shelf.add(Manuscript("Der Bär", to_chapters([("", ["Er schlief. Es schneite."])], "de"), language="de")).id
    away = shelf.add(Manuscript("Put Away", to_chapters([("", ["It rested."])]))).id
    shelf.to_attic(away)
    shelf.arrange([bear, fox])
    shelf.keep_place(fox, 2)
    SettingsStore(library).change(chime=True, night_volume=0.25)
    KeptState(library).save("pin", {"hash": "no real one"})
    library.close()


def main() -> None:
    """Write `tests/libraries/VERSION/library.db`, as one file."""
    target = FOLDER / __version__
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    with tempfile.TemporaryDirectory() as name:
        make(Path(name))
        connection = sqlite3.connect(Paths(Path(name)).database)
        connection.execute("VACUUM INTO ?", (str(target / "library.db"),))
        connection.close()


if __name__ == "__main__":
    main()

"""Where the library lives: one folder of plain files that is its own backup, and what is shipped beside the code."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Paths:
    """The places inside one library folder. Nothing is made by asking."""

    home: Path

    @classmethod
    def of_user(cls) -> Paths:
        """Return the library of this user: `STORYTIME_HOME` if it is set, else the user's data folder."""
        wanted = os.environ.get("STORYTIME_HOME", "").strip()
        if wanted:
            return cls(Path(wanted).expanduser().absolute())
        from platformdirs import user_data_dir

        return cls(Path(user_data_dir("Storytime", appauthor=False)))

    @property
    def database(self) -> Path:
        """The stories, the settings and what the evening remembers."""
        return self.home / "library.db"

    @property
    def covers(self) -> Path:
        """Pictures that came with a book."""
        return self.home / "covers"

    @property
    def cache(self) -> Path:
        """What can be made again at any time."""
        return self.home / "cache"

    @property
    def attic(self) -> Path:
        """Files taken off the shelf."""
        return self.home / "attic"

    @property
    def takes(self) -> Path:
        """Recorded voices, one FLAC a take."""
        return self.home / "takes"

    @property
    def voices(self) -> Path:
        """Voices brought as files, a folder each."""
        return self.home / "voices"

    @property
    def journals(self) -> Path:
        """Recordings under way, block by block; what stands here at a start was not kept yet."""
        return self.home / "journals"

    @property
    def log(self) -> Path:
        """The one log file."""
        return self.home / "logs" / "storytime.log"

    @property
    def backups(self) -> Path:
        """The library as it was before each move to a newer version."""
        return self.home / "backups"


def shipped(name: str) -> Path:
    """Return the folder `stories` or `assets`, from an installed wheel or from a checkout alike."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name

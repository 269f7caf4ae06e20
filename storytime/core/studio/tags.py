"""What a kept take says of itself, in its own file: it can be known without the library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Tags:
    """The words in a file; each is empty where it says nothing."""

    title: str = ""
    teller: str = ""
    text: str = ""
    recorded: str = ""
    kind: str = "line"
    tale: str = ""
    """Names the tale of which it is a part."""
    part: int = 0
    """Its place in that tale, from 0."""


def read_tags(path: Path) -> Tags | None:
    """Return the tags of a FLAC file, None where it is gone or no sound."""
    import av

    try:
        with av.open(str(path), format="flac") as container:
            said = {name.casefold(): text for name, text in container.metadata.items()}
    except (av.FFmpegError, OSError, ValueError, UnicodeDecodeError):
        return None
    # FFmpeg calls a description a comment, whichever name stands in the file.
    text = said.get("comment") or said.get("description", "")
    kind = "name" if said.get("storytime_kind") == "name" else "line"
    part = said.get("storytime_part", "")
    tale = said.get("storytime_tale", ""), int(part) if part.isdecimal() and len(part) < 9 else 0
    return Tags(said.get("title", ""), said.get("artist", ""), text, said.get("date", ""), kind, *tale)

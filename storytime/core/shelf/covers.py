"""Pictures that came with a book: checked before they are kept, so that no later reader of pictures is put at risk."""

from __future__ import annotations

import os
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from storytime.core.paths import Paths

MOST_BYTES = 10_000_000
MOST_PIXELS = 40_000_000
PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""JPEG markers that begin a frame and tell its size (ITU T.81, table B.1)."""


def usable(picture: bytes) -> bool:
    """Return whether these bytes are a PNG or JPEG of a size that can be shown."""
    if len(picture) > MOST_BYTES:
        return False
    width, height = size(picture)
    return 0 < width * height <= MOST_PIXELS


def size(picture: bytes) -> tuple[int, int]:
    """Return width and height in pixels as the picture’s head says, (0, 0) if it is no PNG or JPEG."""
    if picture.startswith(PNG) and picture[12:16] == b"IHDR" and len(picture) >= 24:
        width, height = struct.unpack(">II", picture[16:24])
        return width, height
    return _jpeg_size(picture) if picture.startswith(JPEG) else (0, 0)


def _jpeg_size(picture: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 < len(picture) and picture[at] == 0xFF:
        marker = picture[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in FRAMES:
            height, width = struct.unpack(">HH", picture[at + 5 : at + 9])
            return width, height
        else:
            at += 2 + struct.unpack(">H", picture[at + 2 : at + 4])[0]
    return 0, 0


def keep_cover(paths: Paths, name: str, picture: bytes | None) -> str:
    """Write the picture (temporary, fsync, rename) and return its file name; empty if there is none to keep."""
    if picture is None or not usable(picture):
        return ""
    kind = "png" if picture.startswith(PNG) else "jpg"
    target = paths.covers / f"book-{name[:24]}.{kind}"
    paths.covers.mkdir(parents=True, exist_ok=True)
    temporary = target.with_suffix(".part")
    try:
        with temporary.open("wb") as file:
            file.write(picture)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return target.name


def kept_cover(paths: Paths, name: str) -> bytes | None:
    """Return a kept picture, or None if its file is gone."""
    file: Path = paths.covers / name
    try:
        return file.read_bytes()
    except OSError:
        return None

"""A recording on its way: a file that is whole at every byte, so that a kill at any moment costs no more than a block.

A journal is a header of `HEADER` bytes (a magic word, then one JSON object, then spaces) and raw samples of one
channel, little-endian. Whatever stands behind the header is the recording; half a sample at its end is left out.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

MAGIC = b"Storytime journal 1\n"
HEADER = 4096
"""Bytes before the first sample."""
FORMATS = {"s16": "<i2", "s32": "<i4", "f32": "<f4"}
"""Sample formats by name; `f32` is -1 to 1."""
SUFFIX = ".journal"


@dataclass(frozen=True, slots=True)
class Journal:
    """A journal on disk, under way or left behind."""

    path: Path
    header: dict[str, Any]
    """`format` and `rate`, beside what the studio wrote: who reads what."""
    frames: int

    @property
    def rate(self) -> int:
        """Frames a second (Hz)."""
        return int(self.header["rate"])

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return self.frames / self.rate

    def samples(self, begin: int = 0, end: int | None = None) -> NDArray[np.float32]:
        """Return frames `begin` to `end` as floats of -1 to 1; nothing is read of the rest of the file."""
        kind = np.dtype(FORMATS[self.header["format"]])
        end = self.frames if end is None else min(end, self.frames)
        count = max(0, end - begin)
        raw = np.fromfile(self.path, kind, count, offset=HEADER + begin * kind.itemsize)
        if kind.kind == "f":
            return raw.astype(np.float32)
        full: NDArray[np.float32] = raw.astype(np.float32) / np.float32(2 ** (8 * kind.itemsize - 1))
        return full


def head(header: dict[str, Any]) -> bytes:
    """Return the first bytes of a journal. Raises ValueError for a header that is too long."""
    text = MAGIC + json.dumps(header).encode("ascii")
    if len(text) > HEADER - 1:
        raise ValueError("the header is too long")
    return text.ljust(HEADER - 1) + b"\n"


def read_journal(path: Path) -> Journal | None:
    """Return a journal as it stands now; None for a file that is none, or was cut within its header."""
    try:
        with path.open("rb") as file:
            text = file.read(HEADER)
        size = path.stat().st_size - HEADER
    except OSError:
        return None
    if len(text) < HEADER or not text.startswith(MAGIC):
        return None
    try:
        header = json.loads(text[len(MAGIC) :])
        kind = np.dtype(FORMATS[header["format"]])
        usable = int(header["rate"]) > 0
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return Journal(path, header, size // kind.itemsize) if usable else None


def left_behind(folder: Path) -> list[Journal]:
    """Return the journals in a folder, the oldest first."""
    found = [read_journal(path) for path in sorted(folder.glob(f"*{SUFFIX}"))]
    return [journal for journal in found if journal]

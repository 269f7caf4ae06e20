"""A kept take as a file: FLAC, sample for sample what the journal holds, on the disk before anything hears of it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from storytime.core.errors import CannotRead, CannotWrite
from storytime.core.shelf.written_file import written_whole
from storytime.core.studio.journal import FORMATS, HEADER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from storytime.core.studio.journal import Journal

    Whole = NDArray[np.int16] | NDArray[np.int32]

BLOCK = 65_536
"""Frames in hand at a time, so that an hour needs no more memory than a minute."""
LONGEST_TAG = 20_000
"""Characters; a line of a story is far shorter."""


def write_flac(
    to: Path, journal: Journal, begin: int = 0, end: int | None = None, tags: Mapping[str, str] | None = None
) -> int:
    """Write frames `begin` to `end` of a journal, and return how many they are.

    16-bit journals give 16 bits, `s32` its upper 24, `f32` 24 (exact for what a 24-bit converter heard). The file is
    read again and compared before it takes its name; then it is on the disk, and so is its name. A file that has the
    name already is replaced. Raises `CannotRead` (the journal), `CannotWrite`, `DiskFull`; then nothing is left of it.
    """
    begin, end = max(0, begin), journal.frames if end is None else min(end, journal.frames)
    if begin >= end:
        raise CannotWrite(to, "There is nothing in the recording.")
    with written_whole(to) as part:
        with part.open("wb") as file:
            _encode(file, journal, begin, end, tags or {})
            file.flush()
            os.fsync(file.fileno())
        if not _holds(part, journal, begin, end):
            raise CannotWrite(to, "What came onto the disk is not what was recorded. Check the disk, and try again.")
    _sync_folder(to.parent)
    return end - begin


@dataclass(frozen=True, slots=True)
class FlacFile:
    """A FLAC file as it is read a stretch at a time."""

    path: Path
    frames: int
    rate: int
    """Frames a second (Hz)."""

    @classmethod
    def of(cls, path: Path) -> FlacFile:
        """Return a file, of which nothing but its head is read. Raises `CannotRead`."""
        import soundfile

        try:
            found = soundfile.info(str(path))
        except (OSError, RuntimeError) as error:
            raise CannotRead(path, "is damaged, or no sound" if path.exists() else "is not there") from error
        return cls(path, found.frames, found.samplerate)

    def samples(self, begin: int, end: int) -> NDArray[np.float32]:
        """Return frames `begin` to `end` as floats of -1 to 1. Raises `CannotRead`."""
        return read_flac(self.path, begin, end)[0]


def read_flac(path: Path, begin: int = 0, end: int | None = None) -> tuple[NDArray[np.float32], int]:
    """Return frames `begin` to `end` as one channel of -1 to 1, and the rate (Hz). Raises `CannotRead`."""
    import soundfile

    try:
        samples, rate = soundfile.read(path, start=begin, stop=end, dtype="float32", always_2d=True)
    except (OSError, RuntimeError) as error:
        raise CannotRead(path, "is damaged, or no sound" if path.exists() else "is not there") from error
    return samples.mean(axis=1) if samples.shape[1] > 1 else samples[:, 0], rate


def _encode(file: object, journal: Journal, begin: int, end: int, tags: Mapping[str, str]) -> None:
    import av

    kind = "s16" if journal.header["format"] == "s16" else "s32"
    with av.open(file, "w", format="flac") as container:
        container.metadata.update({name: _plain(text) for name, text in tags.items() if text})
        # For s32 the encoder keeps the upper 24 bits, which is what it calls the best that is not experimental.
        stream = container.add_stream("flac", rate=journal.rate, layout="mono", format=kind)
        for at, block in _blocks(journal, begin, end):
            frame = av.AudioFrame.from_ndarray(block[None], kind, "mono")
            frame.sample_rate, frame.time_base, frame.pts = journal.rate, Fraction(1, journal.rate), at - begin
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def _holds(part: Path, journal: Journal, begin: int, end: int) -> bool:
    """Say whether the file, read by another library than wrote it, gives the very samples of the journal."""
    import soundfile

    try:
        with soundfile.SoundFile(part) as file:
            if (file.frames, file.samplerate, file.channels) != (end - begin, journal.rate, 1):
                return False
            return all(
                np.array_equal(file.read(len(block), dtype=block.dtype.name), _upper(block))
                for _at, block in _blocks(journal, begin, end)
            )
    except RuntimeError:
        return False


def _blocks(journal: Journal, begin: int, end: int) -> Iterator[tuple[int, Whole]]:
    """Yield where each block begins, and its samples as whole numbers of 16 or 32 bits."""
    kind = np.dtype(FORMATS[journal.header["format"]])
    for at in range(begin, end, BLOCK):
        count = min(BLOCK, end - at)
        raw = np.fromfile(journal.path, kind, count, offset=HEADER + at * kind.itemsize)
        if len(raw) < count:
            raise CannotRead(journal.path, "is shorter than it was")
        yield at, _whole(raw)


def _whole(raw: NDArray[Any]) -> Whole:
    if raw.dtype.kind == "i":
        return raw.astype(np.int16, copy=False) if raw.itemsize == 2 else raw.astype(np.int32, copy=False)
    steps = np.rint(np.nan_to_num(raw).astype(np.float64) * 2**23)
    upper: NDArray[np.int32] = np.clip(steps, -(2**23), 2**23 - 1).astype(np.int32) * np.int32(256)
    return upper


def _upper(block: Whole) -> Whole:
    """Return what 24 bits hold of 32."""
    return block if block.dtype == np.int16 else (block & ~0xFF).astype(np.int32)


def _plain(text: str) -> str:
    """Return text that a tag can hold: no NUL, which ends it, and nothing that is no Unicode."""
    return text[:LONGEST_TAG].replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def _sync_folder(folder: Path) -> None:
    """Bring the new name itself onto the disk, where the system can open a folder."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)

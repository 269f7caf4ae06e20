"""Bring a voice from wherever it is into a folder aside, checked whole before anything is counted as there.

A voice comes as its network with its notes beside it, as a folder, or as a zip. Only these files are copied, under
names of ours, so that nothing else that lies beside them comes along, and no zip writes where it wants.
"""

from __future__ import annotations

import errno
import lzma
import re
import shutil
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

from storytime.core.errors import CannotAddVoice, DiskFull
from storytime.core.reading.graph_ends import ends_of
from storytime.core.reading.piper_voice import (
    CARD,
    MODEL,
    MOST_CARD,
    MOST_NOTES,
    NOTES,
    NotSuchNotes,
    PiperVoice,
    read_voice,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MOST_MODEL = 400_000_000
"""Bytes of a network; the largest of Piper's have some 120 million."""
MOST_VOICES = 8
MOST_FILES = 2_000
"""Looked at in a folder or a zip."""
FED = frozenset(("input", "input_lengths", "scales"))
SPEAKER = "sid"
ASIDE = ".adding-"
NO_VOICE = "is no Piper voice. Choose its .onnx file, its folder, or a zip of both"
NO_NOTES = "has no notes beside it. Put its .onnx.json into the same folder"
NO_NETWORK = "holds no network of Piper's kind. Ask for the file again from where it came"
TOO_LARGE = "is far larger than a voice is. Choose another"
TOO_MANY = "holds too many files. Choose the voice's own folder"
BROKEN = "is a damaged zip. Ask for it again from where it came"
DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError)
"""What a damaged zip raises, beside `OSError`."""
CHUNK = 1 << 20
NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


@dataclass(frozen=True, slots=True)
class Staged:
    """Voices that are whole and checked, in a folder aside."""

    source: Path
    folder: Path
    voices: tuple[PiperVoice, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A file that may be copied, wherever it lies."""

    size: int
    open: Callable[[], IO[bytes]]


def stage(source: Path, into: Path) -> Staged:
    """Copy the voices in `source` into a new folder inside `into`, and check them.

    Raises `CannotAddVoice`, `DiskFull`; then nothing is left.
    """
    folder: Path | None = None
    try:
        into.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=ASIDE, dir=into))
        if source.suffix.lower() == ".zip":
            with zipfile.ZipFile(source) as archive:
                voices = _copied(source, _parts_of_zip(source, archive), folder)
        else:
            voices = _copied(source, _parts_of_folder(source), folder)
        return Staged(source, folder, voices)
    except BaseException as error:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError):
            if error.errno in NO_ROOM:
                raise DiskFull(into) from error
            why = "is not there. Check its name" if isinstance(error, FileNotFoundError) else "cannot be read"
            raise CannotAddVoice(source, why) from error
        if isinstance(error, DAMAGED):
            raise CannotAddVoice(source, BROKEN) from error
        raise


def _parts_of_folder(source: Path) -> dict[PurePosixPath, Part]:
    """Return what lies in a folder and below it, or of a voice's file what lies beside it."""
    if source.is_dir():
        files = sorted(islice(source.rglob("*"), MOST_FILES + 1))
        if len(files) > MOST_FILES:
            raise CannotAddVoice(source, TOO_MANY)
        base = source
    elif source.name.endswith((MODEL, NOTES)):
        model = source.with_name(source.name.removesuffix(".json"))
        base = source.parent
        files = [model, model.with_name(model.name + ".json"), model.with_suffix(".json"), model.with_name(CARD)]
        model.stat()
    else:
        source.stat()
        raise CannotAddVoice(source, NO_VOICE)
    return {
        PurePosixPath(file.relative_to(base)): Part(file.stat().st_size, lambda file=file: file.open("rb"))  # type: ignore[misc]
        for file in files
        if file.is_file()
    }


def _parts_of_zip(source: Path, archive: zipfile.ZipFile) -> dict[PurePosixPath, Part]:
    infos = archive.infolist()
    if len(infos) > MOST_FILES:
        raise CannotAddVoice(source, TOO_MANY)
    if any(info.flag_bits & 1 for info in infos):
        raise CannotAddVoice(source, "is locked with a password. Unpack it first")
    return {
        PurePosixPath(info.filename.replace("\\", "/")): Part(
            info.file_size,
            lambda info=info: archive.open(info),  # type: ignore[misc]
        )
        for info in infos
        if not info.is_dir()
    }


def _copied(source: Path, parts: Mapping[PurePosixPath, Part], folder: Path) -> tuple[PiperVoice, ...]:
    models = [name for name in parts if name.name.endswith(MODEL) and not name.name.startswith(".")]
    if not models:
        raise CannotAddVoice(source, NO_VOICE)
    if len(models) > MOST_VOICES:
        raise CannotAddVoice(source, f"holds more than {MOST_VOICES} voices. Add them a few at a time")
    voices = []
    for model in models:
        beside = [parts.get(model.with_name(model.name + ".json")), parts.get(model.with_suffix(".json"))]
        notes = next((part for part in beside if part), None)
        if notes is None:
            raise CannotAddVoice(source, NO_NOTES)
        name = re.sub(r"[^\w.+-]+", "-", model.name.removesuffix(MODEL)).strip(".-")[:80] or "voice"
        home = folder / name
        if home.exists():
            raise CannotAddVoice(source, f"holds two voices called “{name}”. Add them one after the other")
        home.mkdir()
        to = home / f"{name}{MODEL}"
        _copy(source, notes, home / f"{name}{NOTES}", MOST_NOTES)
        if (card := parts.get(model.with_name(CARD))) and card.size <= MOST_CARD:
            _copy(source, card, home / CARD, MOST_CARD)
        _copy(source, parts[model], to, MOST_MODEL)
        voices.append(_checked(source, to))
    return tuple(voices)


def _copy(source: Path, part: Part, to: Path, most: int) -> None:
    """Copy a part, and never more bytes than are allowed, whatever it says of its size."""
    if part.size > most:
        raise CannotAddVoice(source, TOO_LARGE)
    left = most
    with part.open() as given, to.open("wb") as file:
        while chunk := given.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                raise CannotAddVoice(source, TOO_LARGE)
            file.write(chunk)


def _checked(source: Path, model: Path) -> PiperVoice:
    try:
        voice = read_voice(model)
    except NotSuchNotes as error:
        raise CannotAddVoice(source, f"{error}. Ask for the file again from where it came") from error
    try:
        ends = ends_of(model)
    except ValueError as error:
        raise CannotAddVoice(source, NO_NETWORK) from error
    wanted = set(ends.inputs)
    fits = FED <= wanted <= FED | {SPEAKER} and ends.outputs and ends.nodes
    if not fits or (voice.speakers and SPEAKER not in wanted):
        raise CannotAddVoice(source, NO_NETWORK)
    return voice

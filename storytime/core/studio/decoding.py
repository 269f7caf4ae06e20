"""A recording from a telephone, whatever it is called, streamed into a journal like one of our own.

Only what a telephone or a recorder writes is opened, and from the one file that was named: playlists, and whatever else
would open files or the network, are no sound.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

from storytime.core.errors import CannotRead, DiskFull
from storytime.core.shelf.written_file import written_whole
from storytime.core.studio.journal import FORMATS, Journal, head

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

RATE = 48_000
LONGEST = 4 * 3600.0
"""Seconds."""
SHORTEST = 0.1
CONTAINERS = "aac,aiff,amr,amrnb,amrwb,asf,caf,flac,matroska,mov,mp3,ogg,w64,wav"
"""FFmpeg's names of what telephones and recorders write; `mov` is m4a, mp4 and 3gp too, `ogg` holds Opus."""
OPTIONS = {"format_whitelist": CONTAINERS, "protocol_whitelist": "none"}
LOSSLESS = ("pcm_", "flac", "alac")
"""Codecs whose depth is worth keeping; what others guess below 16 bits is no sound."""
LOCKED = ("drms", "enca", "drmi")
"""Codec tags of shops that lock what they sell."""
MOST_DAMAGE = 0.1
"""Of the packets: a scratch is passed over, a ruin is not taken for a recording."""

NO_SOUND = "is no sound that Storytime can read"
DAMAGED = "is damaged, or no sound that Storytime can read"
EMPTY = "holds no sound"
TOO_LONG = "is longer than four hours; cut it in parts first"
PROTECTED = "is copy-protected"
OUT_OF_REACH = "cannot be read; look at its disk, and whether you may open it"


def decode(path: Path, journal_to: Path, header: dict[str, Any]) -> Journal:
    """Stream a sound file into a mono journal of 48 kHz that begins with `header`, and return it.

    16 bits, or 24 in `s32` where a lossless file has more. The journal appears whole or not at all; memory
    does not grow with the length. Raises `CannotRead` with the reason, `CannotWrite`, `DiskFull`.
    """
    import av

    try:
        with path.open("rb") as file:
            if not file.read(1):
                raise CannotRead(path, "is empty")
            file.seek(0)
            with _opened(path, file) as container:
                stream = _audio(path, container)
                kind = _depth(stream)
                whole = {**header, "format": kind, "rate": RATE}
                _make_room(container, journal_to, kind)
                return Journal(journal_to, whole, _write(path, journal_to, container, stream, whole))
    except (av.FFmpegError, UnicodeDecodeError) as error:
        raise CannotRead(path, DAMAGED) from error
    except FileNotFoundError as error:
        raise CannotRead(path, "is not there") from error
    except OSError as error:
        raise CannotRead(path, OUT_OF_REACH) from error


def _opened(path: Path, file: BinaryIO) -> Any:
    import av

    try:
        return av.open(file, options=dict(OPTIONS), metadata_errors="replace")
    except (av.FFmpegError, ValueError) as error:
        raise CannotRead(path, NO_SOUND) from error


def _audio(path: Path, container: Any) -> Any:
    """Return the stream that is heard. Raises `CannotRead`."""
    streams = container.streams.audio
    if any(stream.codec_context is None or stream.codec_context.codec_tag in LOCKED for stream in streams):
        raise CannotRead(path, PROTECTED)
    if not streams:
        raise CannotRead(path, EMPTY)
    if container.duration and container.duration / 1e6 > LONGEST:
        raise CannotRead(path, TOO_LONG)
    return container.streams.best("audio") or streams[0]


def _depth(stream: Any) -> str:
    context = stream.codec_context
    return "s32" if context.name.startswith(LOSSLESS) and context.format and context.format.bytes > 2 else "s16"


def _make_room(container: Any, journal_to: Path, kind: str) -> None:
    """Refuse at once what the disk cannot hold, instead of filling it first. Raises `DiskFull`."""
    wanted = (container.duration or 0) / 1e6 * RATE * int(kind[1:]) / 8
    if journal_to.parent.is_dir() and wanted > shutil.disk_usage(journal_to.parent).free:
        raise DiskFull(journal_to)


def _write(path: Path, journal_to: Path, container: Any, stream: Any, header: dict[str, Any]) -> int:
    """Write the journal, and return its frames. Raises `CannotRead`, `CannotWrite`, `DiskFull`."""
    width, frames = int(header["format"][1:]) // 8, 0
    with written_whole(journal_to) as part, part.open("wb") as journal:
        journal.write(head(header))
        for samples in _samples(path, container, stream, header["format"]):
            frames += len(samples) // width
            if frames > LONGEST * RATE:
                raise CannotRead(path, TOO_LONG)
            journal.write(samples)
        if frames < SHORTEST * RATE:
            raise CannotRead(path, EMPTY)
    return frames


def _samples(path: Path, container: Any, stream: Any, kind: str) -> Iterator[bytes]:
    """Yield raw mono samples of 48 kHz. Raises `CannotRead` where too much is damaged."""
    import av

    shape, resampler = None, None
    for frame in _frames(path, container, stream):
        if (frame.format.name, frame.layout.name, frame.sample_rate) != shape:
            # Some files change their mind within: what came before is finished first.
            yield from _raw(resampler, None, kind)
            shape = (frame.format.name, frame.layout.name, frame.sample_rate)
            resampler = av.AudioResampler(kind, "mono", RATE)
        frame.pts = None
        yield from _raw(resampler, frame, kind)
    yield from _raw(resampler, None, kind)


def _raw(resampler: Any, frame: Any, kind: str) -> Iterator[bytes]:
    for made in resampler.resample(frame) if resampler else ():
        yield made.to_ndarray().astype(FORMATS[kind], copy=False).tobytes()


def _frames(path: Path, container: Any, stream: Any) -> Iterator[Any]:
    """Yield decoded frames, damaged packets passed over. A file that breaks off gives what it has."""
    import av

    packets, damaged = 0, 0
    demuxed = container.demux(stream)
    while True:
        try:
            packet = next(demuxed, None)
        except av.FFmpegError:
            damaged += 1
            break
        except OSError as error:
            raise CannotRead(path, OUT_OF_REACH) from error
        if packet is None:
            break
        packets += 1
        try:
            yield from packet.decode()
        except av.FFmpegError:
            damaged += 1
    if damaged > max(2, MOST_DAMAGE * packets):
        raise CannotRead(path, DAMAGED)

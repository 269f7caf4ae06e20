"""A story read into a sound file: 16-bit mono, WAV or FLAC, with its pauses, whole or not at all."""

from __future__ import annotations

import errno
import shutil
import sys
import wave
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import click

from storytime.cli.words import Told
from storytime.core.errors import CannotWrite
from storytime.core.shelf.written_file import written_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storytime.cli.loop import Loop
    from storytime.core.ports import Sound, Voice
    from storytime.core.reading.assembly import Assembly
    from storytime.core.reading.narrator import Narrator
    from storytime.core.reading.script import Step
    from storytime.core.shelf.shelf import Shelf
    from storytime.core.shelf.story import StoryCard

WIDTH = 2
"""Bytes of a sample."""
MOST_WAV_BYTES = (1 << 32) - 4096
"""What a WAV's own length field can say."""
RECORDED_RATE = 48_000
"""Hz of a recorded voice, as it is told."""
LEAST_ROOM = 1 << 20
"""Bytes; where a disk has less, it was this that stopped a sound."""
FORBIDDEN = '/\\:*?"<>|'


def file_named_after(card: StoryCard) -> Path:
    """Return a file in the current folder, `storytime-<title>.wav`, in letters that every system takes."""
    title = "".join("-" if letter in FORBIDDEN or not letter.isprintable() else letter for letter in card.title)
    return Path(f"storytime-{title.strip(' .')[:100]}.wav")


def read_into(
    to: Path, card: StoryCard, shelf: Shelf, narrator: Narrator, voice: Voice, loop: Loop, start: int
) -> tuple[int, str]:
    """Write the story from line `start` on, and return how many lines the voice could not say, and why.

    Raises `NoVoice`, `CannotWrite`, `DiskFull`, and `Told` when it was stopped by Ctrl+C.
    """
    from storytime.core.reading.assembly import Assembly
    from storytime.core.reading.script import Script

    assembly = Assembly(Script(shelf, narrator, (card.id,), start), voice)
    assembly.ended.connect(loop.end)
    with written_whole(to) as part:
        # A voice of the machine may be first, and have fewer frames: recorded ones keep all of theirs.
        recorded = narrator.has_recorded(card.id) or narrator.says_names()
        tape = _Tape(to, part, RECORDED_RATE if recorded else 0)
        try:
            with _progress(assembly, card, start):
                assembly.assembled.connect(tape.take)
                loop.run(assembly.begin)
        finally:
            assembly.stop()
            tape.close()
        if loop.interrupted:
            raise Told(f"Stopped. Nothing was written to {to}.")
        if not tape.frames:
            raise Told("The voice could not say a line of it. See what there is with: storytime doctor")
    return assembly.left_out + tape.lost, assembly.why


def write_sound(to: Path, sound: Sound) -> None:
    """Write one rendered line, WAV or FLAC by its name. Raises `CannotWrite`, `DiskFull`."""
    with wave.open(str(sound.path), "rb") as file:
        frames = file.readframes(file.getnframes())
    with written_whole(to) as part:
        sink = (_Flac if to.suffix.lower() == ".flac" else _Wav)(part, sound.rate)
        try:
            sink.write(frames)
        finally:
            sink.close()


class _Sink(Protocol):
    def write(self, frames: bytes) -> None: ...
    def close(self) -> None: ...


class _Wav:
    def __init__(self, part: Path, rate: int) -> None:
        # Opened here, for wave.open prints a traceback of its own where it cannot.
        self._raw = part.open("wb")
        self._file = wave.open(self._raw, "wb")  # noqa: SIM115 - closed by close()
        self._file.setparams((1, WIDTH, rate, 0, "NONE", ""))

    def write(self, frames: bytes) -> None:
        self._file.writeframesraw(frames)

    def close(self) -> None:
        with self._raw:
            self._file.close()


class _Flac:
    def __init__(self, part: Path, rate: int) -> None:
        import soundfile

        self._part = part
        with self._troubles_named():
            self._file: Any = soundfile.SoundFile(part, "w", rate, 1, "PCM_16", format="FLAC")

    def write(self, frames: bytes) -> None:
        with self._troubles_named():
            self._file.buffer_write(frames, "int16")

    def close(self) -> None:
        with self._troubles_named():
            self._file.close()

    @contextmanager
    def _troubles_named(self) -> Iterator[None]:
        """Turn what libsndfile says of a disk into what the system would: it tells no cause."""
        import soundfile

        try:
            yield
        except soundfile.LibsndfileError as error:
            full = shutil.disk_usage(self._part.parent).free < LEAST_ROOM
            raise OSError(errno.ENOSPC if full else errno.EIO, str(error)) from error


class _Tape:
    """The file being written, one line after the other."""

    def __init__(self, to: Path, part: Path, rate: int) -> None:
        """With a rate of 0 the file has the rate of its first line."""
        self.frames = 0
        self.lost = 0
        """Lines whose sound had gone before it was copied."""
        self._to = to
        self._part = part
        self._rate = rate
        self._sink: _Sink | None = None

    def take(self, step: Step, sound: Sound | None) -> None:
        """Write a line's sound and the pause after it."""
        if sound is None:
            return
        try:
            with sound.path.open("rb") as raw, wave.open(raw) as file:
                frames, rate = file.readframes(file.getnframes()), file.getframerate()
        except (OSError, EOFError, wave.Error):
            self.lost += 1
            return
        if self._sink is None:
            self._rate = self._rate or rate
            self._sink = (_Flac if self._to.suffix.lower() == ".flac" else _Wav)(self._part, self._rate)
        if rate != self._rate:
            frames = _at_rate(frames, rate, self._rate)
        frames += bytes(WIDTH * round(step.pause * self._rate))
        self.frames += len(frames) // WIDTH
        if isinstance(self._sink, _Wav) and self.frames * WIDTH > MOST_WAV_BYTES:
            raise CannotWrite(self._to, "It is longer than a WAV file can be. Choose a name that ends in .flac.")
        self._sink.write(frames)

    def close(self) -> None:
        """End the file, if it was begun."""
        if self._sink:
            self._sink.close()


def _at_rate(frames: bytes, rate: int, wanted: int) -> bytes:
    import numpy as np

    from storytime.devices.sound_process.resample import resampled

    return resampled(np.frombuffer(frames, "<i2"), rate, wanted).astype("<i2").tobytes()


@contextmanager
def _progress(assembly: Assembly, card: StoryCard, start: int) -> Iterator[None]:
    """Draw a bar on a terminal, and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield
        return
    with click.progressbar(length=card.lines - start, label=card.title, file=sys.stderr) as bar:
        assembly.assembled.connect(lambda *_: bar.update(1))
        yield

"""Keep rendered lines on disk, each under a name made of everything that decides how it sounds, within a bound."""

from __future__ import annotations

import contextlib
import json
import os
import struct
import time
from collections import OrderedDict
from typing import TYPE_CHECKING

from storytime.core.ports import Sound, Utterance
from storytime.devices.voice_process import messages
from storytime.devices.voice_process.sound_file import HEADER, WORDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from storytime.core.ports import Word

LIMIT = 512 * 1024 * 1024
"""Bytes: some three hours of speech. What is spared for a night is not counted, but has a bound of its own."""
MAKING = 6
"""How lines are made; raised when the same line would come out otherwise (level, pace, trimming, pitch)."""
SPARED = 36 * 3600.0
"""Seconds for which a line is spared: what was prepared in the morning is there in the night.

Such a line is dated so far ahead; thus every process knows of it, and with its date it becomes like any other.
"""
FORSAKEN = 3600.0
"""Seconds after which a half-written line is no other process's work in hand."""


def name_of_line(utterance: Utterance) -> str:
    """Return a name made of everything that decides how a spoken line sounds."""
    from hashlib import sha256

    manner = [utterance.rate, utterance.pitch, utterance.volume, utterance.warm]
    sounds = [(one.start, one.length, one.ipa) for one in utterance.sounds]
    facts = [MAKING, utterance.voice, *manner, utterance.head, utterance.text, sounds]
    # A line without emphasis keeps the name that it has always had.
    facts += [[(one.start, one.length) for one in utterance.stressed]] if utterance.stressed else []
    return sha256(json.dumps(facts).encode("ascii")).hexdigest()[:40]


class VoiceCache:
    """A folder of lines, the least recently used of which goes first. Throwaway: any file may vanish at any time."""

    def __init__(self, folder: Path, limit: int = LIMIT, name: Callable[[Utterance], str] = name_of_line) -> None:
        self._folder = folder
        self._limit = limit
        self._name = name
        self._sizes: OrderedDict[str, int] | None = None
        self._spared: set[str] = set()

    def path(self, utterance: Utterance) -> Path:
        """Return where the line's sound belongs."""
        return self._folder / f"{self._name(utterance)}.wav"

    def find(self, utterance: Utterance) -> Sound | None:
        """Return the line if it is here and whole, and count it as used now."""
        path = self.path(utterance)
        try:
            with open(path, "rb") as file:
                header = file.read(HEADER)
                facts = os.fstat(file.fileno())
                rate, data = struct.unpack_from("<I", header, 24)[0], struct.unpack_from("<I", header, 40)[0]
                file.seek(HEADER + data)
                words = file.read()
            if not _is_spared(facts):
                os.utime(path)
        except (OSError, struct.error):
            return None
        # A power cut may leave a file that has its name but not all its bytes.
        if not data or not rate or facts.st_size < HEADER + data:
            return None
        if self._sizes is not None and path.stem in self._sizes:
            self._sizes.move_to_end(path.stem)
        return Sound(path, data // 2, rate, _words(words))

    def spare(self, utterance: Utterance) -> None:
        """Let no bound throw the line out for a day and a half, if it is here."""
        until, path = time.time() + SPARED, self.path(utterance)
        with contextlib.suppress(OSError):
            os.utime(path, (until, until))
            self._spared.add(path.stem)
            if path.stem in self._known():
                self._known().move_to_end(path.stem)

    def ensure(self) -> None:
        """Make the folder, and look it through before the first line is written into it. Raises `OSError`."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._known()

    def kept(self, path: Path) -> None:
        """Count a new line, and let the oldest go while there are too many bytes."""
        sizes = self._known()
        sizes[path.stem] = _size(path)
        sizes.move_to_end(path.stem)
        self._shrink_to(self._limit)

    def make_room(self) -> bool:
        """Let the older half of all bytes go, for a full disk; return whether anything went.

        What is spared goes last: a line that is needed now comes before those of later.
        """
        return self._shrink_to(sum(self._known().values()) // 2) or self._let_go(next(iter(self._known()), ""))

    def _shrink_to(self, limit: int) -> bool:
        """Let the longest unused of what is not spared go, while there is too much; return whether anything went."""
        sizes, went = self._known(), False
        held = sum(size for name, size in sizes.items() if name not in self._spared)
        for name in list(sizes):
            if held <= limit:
                break
            # Looked at now: another process may have spared it, or its night may be over.
            spared, counted = _spared_there(self._folder / f"{name}.wav"), name not in self._spared
            (self._spared.add if spared else self._spared.discard)(name)
            held -= sizes[name] if counted else 0
            if not spared:
                went = self._let_go(name) or went
        return went

    def _let_go(self, name: str) -> bool:
        if name not in self._known():
            return False
        del self._known()[name]
        (self._folder / f"{name}.wav").unlink(missing_ok=True)
        return True

    def _known(self) -> OrderedDict[str, int]:
        if self._sizes is None:
            self._sizes = self._looked_up()
        return self._sizes

    def _looked_up(self) -> OrderedDict[str, int]:
        """Return what lies here, the longest unused first; half-written files go that nobody can be writing still."""
        found: list[tuple[float, str, int]] = []
        try:
            entries = list(os.scandir(self._folder))
        except OSError:
            return OrderedDict()
        for entry in entries:
            try:
                if entry.name.endswith(".part"):
                    if abs(time.time() - entry.stat().st_mtime) > FORSAKEN:
                        os.unlink(entry.path)
                elif entry.name.endswith(".wav"):
                    facts = entry.stat()
                    name = entry.name.removesuffix(".wav")
                    found.append((facts.st_mtime, name, facts.st_size))
                    if _is_spared(facts):
                        self._spared.add(name)
            except OSError:
                continue
        return OrderedDict((name, size) for _when, name, size in sorted(found))


def _is_spared(facts: os.stat_result) -> bool:
    # A date further ahead is no promise of ours, but of a clock that was wrong.
    return 0 < facts.st_mtime - time.time() <= SPARED


def _spared_there(path: Path) -> bool:
    try:
        return _is_spared(path.stat())
    except OSError:
        return False


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _words(chunk: bytes) -> tuple[Word, ...]:
    try:
        return messages.rows_to_words(json.loads(chunk[8:])) if chunk.startswith(WORDS) else ()
    except (ValueError, TypeError):
        return ()

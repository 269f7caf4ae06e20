"""A voice process whose one engine does what the text tells it to, each fault as often as a file in a folder says."""

import errno
import os
import sys
import time
from pathlib import Path

from storytime.core.ports import VoiceInfo, Word
from storytime.devices.voice_process import child
from storytime.devices.voice_process.engine import EngineTrouble, NoSuchVoice, Speech

RATE = 16_000
FAULTS = ("hang", "crash", "empty", "short", "full", "trouble", "missing")


class FaultyEngine:
    """Speaks a loud tone of a tenth of a second a letter, unless a fault is due."""

    def __init__(self, folder):
        self._folder = folder

    def voices(self):
        return (VoiceInfo("faulty:tone", "Tone", ("en",), "faulty"),)

    def render(self, utterance):
        self._count("rendered")
        for fault in FAULTS:
            if fault in utterance.text and self._due(fault):
                return getattr(self, fault)(utterance)
        return self.speak(utterance)

    def speak(self, utterance):
        loud = (b"\x00\x40" + b"\x00\xc0") * (RATE // 20 * len(utterance.text))
        return Speech(loud, RATE, (Word(0, 3, 0.0),))

    def hang(self, _utterance):
        while True:
            time.sleep(3600)

    def crash(self, _utterance):
        os.abort()

    def empty(self, _utterance):
        return Speech(b"\x00\x00" * RATE, RATE)

    def short(self, _utterance):
        return Speech(b"\x00\x40" * 20, RATE)

    def full(self, _utterance):
        raise OSError(errno.ENOSPC, "No space left on device")

    def trouble(self, _utterance):
        raise EngineTrouble("no file came")

    def missing(self, _utterance):
        raise NoSuchVoice("faulty:tone")

    def _due(self, fault):
        file = self._folder / fault
        return file.exists() and self._count(f"{fault}-seen") <= int(file.read_text())

    def _count(self, name):
        # Written in one go, for this process may be killed at any byte.
        with open(self._folder / name, "ab", buffering=0) as file:
            file.write(b".")
            return file.tell()


if __name__ == "__main__":
    child.serve({"faulty": lambda: FaultyEngine(Path(sys.argv[1]))})

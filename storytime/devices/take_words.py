"""A levelled take gets the times of its words, behind its samples: a machine's sound of the same words tells them."""

from __future__ import annotations

import logging
import wave
from dataclasses import replace
from typing import TYPE_CHECKING

from storytime.core.ports import Word
from storytime.devices.voice_process.engine import Speech
from storytime.devices.voice_process.sound_file import write

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from storytime.core.ports import Sound, Utterance

log = logging.getLogger(__name__)


def with_words(sound: Sound, read: Utterance, guide: Sound) -> Sound:
    """Return the sound of a take with the times of its words; as it is where they cannot be found. Runs in a worker.

    `guide` is what a machine made of `read.guide`. What it says otherwise than the take's text ("half past seven") is
    laid on that, so that the words stand in `read.text` as those of every sound do.
    """
    from storytime.core.reading.word_places import places
    from storytime.core.studio.word_times import word_times

    assert read.guide is not None
    try:
        raw = _raw(sound.path)
        found = word_times(_samples(raw), sound.rate, _samples(_raw(guide.path)), guide.rate, guide.words)
        words = tuple(Word(one.begin, one.end - one.begin, one.at) for one in places(found, read.guide.text, read.text))
        if words:
            write(Speech(raw, sound.rate, words), sound.path)
    except (OSError, EOFError, wave.Error) as trouble:
        # It is heard all the same.
        log.warning("a take has no word times: %s", type(trouble).__name__)
        return sound
    return replace(sound, words=words)


def _raw(path: Path) -> bytes:
    with wave.open(str(path), "rb") as file:
        return file.readframes(file.getnframes())


def _samples(raw: bytes) -> NDArray[np.float32]:
    import numpy as np

    return np.frombuffer(raw, "<i2").astype(np.float32) / np.float32(32768)

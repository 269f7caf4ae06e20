"""The loop of the voice process: take an order, render, answer; end when the orders end."""

from __future__ import annotations

import errno
import queue
import threading
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from storytime.devices.lines import Message, Parent
from storytime.devices.voice_process import messages, pitch, sound_file
from storytime.devices.voice_process.engine import CannotSay, Engine, EngineTrouble, NoSuchVoice, Speech
from storytime.devices.voice_process.levelled import Ear, levelled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from storytime.core.ports import VoiceInfo

AFTER_HEAD = 1.2
"""Seconds of silence between a heading and the line that follows it."""
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def serve(makers: Mapping[str, Callable[[], Engine]]) -> None:
    """Answer orders until they end. An engine that cannot be made here is left out; its voices are not listed."""
    parent = Parent()
    engines: dict[str, Engine] = {}
    voices: list[VoiceInfo] = []
    silent: dict[str, str] = {}
    for name, make in makers.items():
        try:
            engine = make()
            voices.extend(engine.voices())
        except Exception as trouble:
            silent[name] = f"{type(trouble).__name__}: {trouble}"
        else:
            engines[name] = engine
    parent.tell({"is": "ready", "voices": messages.voices_to_rows(voices), "silent": silent})
    waiting: queue.SimpleQueue[Message] = queue.SimpleQueue()
    spoken: queue.SimpleQueue[tuple[Message, Speech | Message]] = queue.SimpleQueue()
    parent.listen(waiting.put)
    # A line is put on the disk beside the next one's making, which is the longest part and holds no lock of Python's.
    threading.Thread(target=_keep_all, args=(spoken, parent), daemon=True).start()
    while True:
        order = waiting.get()
        parent.tell({"is": "begun", "job": order["job"]})
        spoken.put((order, _speak(order, engines)))


def _keep_all(spoken: queue.SimpleQueue[tuple[Message, Speech | Message]], parent: Parent) -> None:
    """Answer each order in its turn, when its sound is on the disk or why there is none is known."""
    ear = Ear()
    while True:
        order, speech = spoken.get()
        parent.tell(_keep(order, speech, ear) if isinstance(speech, Speech) else speech)


def _speak(order: Message, engines: Mapping[str, Engine]) -> Speech | Message:
    """Return what an engine made of the line, or the answer that says why there is nothing."""
    try:
        asked = messages.ordered_utterance(order)
        engine = engines.get(asked.voice.partition(":")[0])
        if engine is None:
            raise NoSuchVoice(asked.voice)
        speech = engine.render(replace(asked, text=speakable(asked.text)))
        if not asked.head:
            return speech
        head = replace(asked, text=speakable(asked.head), sounds=(), stressed=())
        return sound_file.joined(engine.render(head), AFTER_HEAD, speech)
    except NoSuchVoice:
        return _failed(order, "voice", "")
    except CannotSay as trouble:
        return _failed(order, "text", str(trouble))
    except Exception as trouble:
        return _failed_by(trouble, order)


def _keep(order: Message, speech: Speech, ear: Ear) -> Message:
    """Put the sound on the disk, and return the answer to its order."""
    asked = messages.ordered_utterance(order)
    try:
        speech = sound_file.trimmed(speech)
        if asked.voice.partition(":")[0] not in pitch.OWN_PITCH:
            speech = pitch.shifted(speech, asked.pitch)
        speech = levelled(speech, ear, asked.voice, asked.volume, warm=asked.warm)
        frames = sound_file.write(speech, Path(order["path"])) if speech.samples else 0
    except Exception as trouble:
        return _failed_by(trouble, order)
    words = messages.words_to_rows(speech.words)
    return {"is": "rendered", "job": order["job"], "frames": frames, "rate": speech.rate, "words": words}


def _failed_by(trouble: Exception, order: Message) -> Message:
    kind = type(trouble).__name__
    if isinstance(trouble, OSError):
        return _failed(order, "full" if trouble.errno in NO_ROOM else "disk", trouble.strerror or kind)
    # A driver may raise anything; its words could hold the story's, so only its kind goes to the log.
    return _failed(order, "engine", str(trouble) if isinstance(trouble, EngineTrouble) else kind)


def _failed(order: Message, why: str, text: str) -> Message:
    return {"is": "failed", "job": order["job"], "why": why, "text": text}


def speakable(text: str) -> str:
    """Return the text with every character that no engine should meet (NUL, controls, halves of pairs) as a space.

    As many characters as before, so that word times still point at the words.
    """
    return "".join(" " if unicodedata.category(char) in {"Cc", "Cs", "Co", "Cn"} else char for char in text)

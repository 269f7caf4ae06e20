"""The loop of the voice process: take an order, render, answer; end when the orders end."""

from __future__ import annotations

import errno
import os
import queue
import threading
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from storytime.devices.voice_process import messages, sound_file
from storytime.devices.voice_process.engine import Engine, EngineTrouble, NoSuchVoice

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from storytime.core.ports import VoiceInfo

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def take_over_stdout() -> BinaryIO:
    """Return the way to Storytime, and send everything else that is printed (pyttsx3 prints) to stderr."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def serve(makers: Mapping[str, Callable[[], Engine]], orders: BinaryIO, answers: BinaryIO) -> None:
    """Answer orders until they end. An engine that cannot be made here is left out; its voices are not listed."""
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
    _say(answers, {"is": "ready", "voices": messages.voices_to_rows(voices), "silent": silent})
    waiting: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(orders, waiting), daemon=True).start()
    while True:
        _say(answers, _answer(waiting.get(), engines))


def _listen(orders: BinaryIO, waiting: queue.SimpleQueue[dict[str, Any]]) -> None:
    """Pass orders on. At their end Storytime is gone, and a hung engine must not outlive it: leave at once."""
    for line in orders:
        waiting.put(messages.from_line(line))
    os._exit(0)


def _say(answers: BinaryIO, message: dict[str, Any]) -> None:
    try:
        answers.write(messages.to_line(message))
        answers.flush()
    except OSError:
        os._exit(0)


def _answer(order: dict[str, Any], engines: Mapping[str, Engine]) -> dict[str, Any]:
    job = order["job"]
    try:
        asked = messages.ordered_utterance(order)
        engine = engines.get(asked.voice.partition(":")[0])
        if engine is None:
            raise NoSuchVoice(asked.voice)
        speech = sound_file.trimmed(engine.render(replace(asked, text=speakable(asked.text))))
        frames = sound_file.write(speech, Path(order["path"])) if speech.samples else 0
    except NoSuchVoice:
        return {"is": "failed", "job": job, "why": "voice"}
    except OSError as trouble:
        why = "full" if trouble.errno in NO_ROOM else "disk"
        return {"is": "failed", "job": job, "why": why, "text": trouble.strerror or type(trouble).__name__}
    except EngineTrouble as trouble:
        return {"is": "failed", "job": job, "why": "engine", "text": str(trouble)}
    except Exception as trouble:
        # A driver may raise anything; its words could hold the story's, so only its kind goes to the log.
        return {"is": "failed", "job": job, "why": "engine", "text": type(trouble).__name__}
    words = messages.words_to_rows(speech.words)
    return {"is": "rendered", "job": job, "frames": frames, "rate": speech.rate, "words": words}


def speakable(text: str) -> str:
    """Return the text with every character that no engine should meet (NUL, controls, halves of pairs) as a space.

    As many characters as before, so that word times still point at the words.
    """
    return "".join(" " if unicodedata.category(char) in {"Cc", "Cs", "Co", "Cn"} else char for char in text)

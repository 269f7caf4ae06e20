"""The loop of the voice process: take an order, render, answer; end when the orders end."""

from __future__ import annotations

import errno
import queue
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from storytime.devices.lines import Message, Parent
from storytime.devices.voice_process import messages, sound_file
from storytime.devices.voice_process.engine import CannotSay, Engine, EngineTrouble, NoSuchVoice

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from storytime.core.ports import VoiceInfo

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
    parent.listen(waiting.put)
    while True:
        parent.tell(_answer(waiting.get(), engines))


def _answer(order: Message, engines: Mapping[str, Engine]) -> Message:
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
    except CannotSay as trouble:
        return {"is": "failed", "job": job, "why": "text", "text": str(trouble)}
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

"""pyttsx3's own drivers, SAPI5 on Windows and NSSpeechSynthesizer on macOS, with a care for each known fault.

Read in pyttsx3 2.99's sources: both lose or hang lines when an engine is used again (upstream #193, #221, #308, #419,
#440), so each line has an engine of its own, made without `pyttsx3.init`, which keeps them. SAPI5 renders inside
`save_to_file` and never says that it has finished; macOS says so from its event loop, which must run on the main
thread, and writes AIFF under whatever name (#361, #403), so what comes is read for what it is.
"""

from __future__ import annotations

import gc
import tempfile
from pathlib import Path
from typing import Any

from pyttsx3.engine import Engine as Pyttsx3Engine

from storytime.core.ports import Utterance, VoiceInfo
from storytime.devices.voice_process.engine import EngineTrouble, NoSuchVoice, Speech, voice_name, with_primary

CALM = {"sapi5": 150, "nsss": 150}
"""Each driver's words a minute at `rate` 1."""
GAIN = {"sapi5": 0.7, "nsss": 0.8}
"""Each driver's volume that brings its voices near -23 LUFS."""


class StockEngine:
    """The voices of Windows or of macOS."""

    def __init__(self, driver: str) -> None:
        self._driver = driver
        found = Pyttsx3Engine(driver).getProperty("voices")
        self._voices = tuple(
            VoiceInfo(f"{driver}:{voice.id}", voice.name or voice.id, _languages(voice), driver) for voice in found
        )

    def voices(self) -> tuple[VoiceInfo, ...]:
        """Return the system's voices, in the system's order."""
        return self._voices

    def render(self, utterance: Utterance) -> Speech:
        """Render the line with an engine that never spoke before. Raises `NoSuchVoice`, `EngineTrouble`."""
        if all(voice.id != utterance.voice for voice in self._voices):
            raise NoSuchVoice(utterance.voice)
        with tempfile.TemporaryDirectory(prefix="storytime-", ignore_cleanup_errors=True) as folder:
            path = Path(folder) / "line.wav"
            self._speak(utterance, path)
            # The last engine's destructor lets its system objects go; the next must not meet them.
            gc.collect()
            samples, rate = _read(path)
        return Speech(samples, rate)

    def _speak(self, utterance: Utterance, path: Path) -> None:
        engine = Pyttsx3Engine(self._driver)
        troubles: list[Exception] = []
        finished: list[bool] = []

        def on_error(name: object, exception: Exception) -> None:
            troubles.append(exception)

        def on_finished(name: object, completed: bool) -> None:
            finished.append(completed)

        engine.connect("error", on_error)
        engine.connect("finished-utterance", on_finished)
        # The voice before the rate: SAPI5 turns words a minute into its own steps by the voice that it has then.
        for name, value in self._properties(utterance).items():
            engine.setProperty(name, value)
        engine.save_to_file(utterance.text, str(path))
        engine.runAndWait()
        if troubles:
            raise EngineTrouble(type(troubles[0]).__name__) from troubles[0]
        if finished and not finished[-1]:
            raise EngineTrouble("the system broke off")

    def _properties(self, utterance: Utterance) -> dict[str, Any]:
        """Return what is set, in order; pitch is not among it, because neither driver has one."""
        return {
            "voice": voice_name(utterance.voice),
            "rate": round(CALM[self._driver] * utterance.rate),
            "volume": GAIN[self._driver] * min(1.0, max(0.0, utterance.volume)),
        }


def _languages(voice: Any) -> tuple[str, ...]:
    tags = [tag.decode("ascii", "ignore") if isinstance(tag, bytes) else str(tag) for tag in voice.languages if tag]
    return with_primary(*(tag for tag in tags if not tag.startswith("Unknown")))


def _read(path: Path) -> tuple[bytes, int]:
    """Return samples and rate of a WAV, or of an AIFF under a WAV's name. Raises `EngineTrouble`."""
    import numpy
    import soundfile

    if not path.exists() or path.stat().st_size == 0:
        raise EngineTrouble("no file came")
    try:
        samples, rate = soundfile.read(path, dtype="int16", always_2d=True)
    except soundfile.LibsndfileError as trouble:
        raise EngineTrouble("what came is no sound") from trouble
    return numpy.ascontiguousarray(samples[:, 0]).astype("<i2").tobytes(), int(rate)

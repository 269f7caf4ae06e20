"""A voice that is being added: staged beside the window, kept, heard once, and sent away again if it cannot speak."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from storytime.core.errors import CannotAddVoice, StorytimeError
from storytime.core.ports import Utterance
from storytime.core.reading.goodnight import words_of
from storytime.core.signal import Signal

if TYPE_CHECKING:
    from pathlib import Path

    from storytime.core.ports import Background, Sound, Voice
    from storytime.core.reading.piper_voice import PiperVoice
    from storytime.core.reading.voice_files import VoiceFiles
    from storytime.core.reading.voice_staging import Staged


class Newcomer:
    """Adds one file, folder or zip at a time."""

    def __init__(self, files: VoiceFiles, voice: Voice, background: Background) -> None:
        self.added: Signal[tuple[PiperVoice, ...]] = Signal()
        self.refused: Signal[Exception] = Signal()
        """A `StorytimeError` that says why; nothing of it is there."""
        self._files, self._voice, self._background = files, voice, background
        self._waiting: deque[Path] = deque()
        self._staged: Staged | None = None
        self._to_try: list[Utterance] = []
        self.busy = False
        voice.rendered.connect(self._spoke)
        voice.failed.connect(self._failed)

    def bring(self, source: Path) -> None:
        """Add the voices in a file, folder or zip; `added` or `refused` follows. While busy, it waits for its turn.

        After one that was refused, those that wait have none: the reason is to stay before a parent's eyes.
        """
        self._waiting.append(source)
        if not self.busy:
            self._next()

    def _next(self) -> None:
        self.busy = bool(self._waiting)
        if self.busy:
            self._background.run(self._files.stage, self._waiting.popleft(), done=self._try, failed=self._refuse)

    def give_up(self) -> None:
        """Leave nothing of a voice that has not said its line."""
        if self._staged and self._to_try:
            self._leave(self._staged)

    def _try(self, staged: Staged) -> None:
        self._staged = staged
        try:
            self._files.keep(staged)
        except StorytimeError as error:
            self._refuse(error)
            return
        self._voice.look_again()
        self._to_try = [
            Utterance(words_of(voice.languages[0]), voice.infos()[0].id) for voice in staged.voices
        ]
        there = {info.id for info in self._voice.voices()}
        if not all(one.voice in there for one in self._to_try):
            self._send_away("needs onnxruntime, which this system does not have")
            return
        self._voice.render(self._to_try[0])

    def _spoke(self, utterance: Utterance, _sound: Sound) -> None:
        if not self._to_try or utterance != self._to_try[0]:
            return
        self._to_try.pop(0)
        if self._to_try:
            self._voice.render(self._to_try[0])
        elif self._staged:
            self.busy = others = bool(self._waiting)
            self.added.emit(self._staged.voices)
            if others:
                self._next()

    def _failed(self, utterance: Utterance, why: str) -> None:
        if self._to_try and utterance == self._to_try[0]:
            self._send_away(f"could not speak a line ({why}). Ask for the file again from where it came")

    def _send_away(self, why: str) -> None:
        assert self._staged is not None
        self._leave(self._staged)
        self._refuse(CannotAddVoice(self._staged.source, why))

    def _leave(self, staged: Staged) -> None:
        self._to_try = []
        for voice in staged.voices:
            self._files.put_away(voice.id)
        self._files.sweep()
        self._voice.look_again()

    def _refuse(self, error: Exception) -> None:
        self.busy = False
        self._waiting.clear()
        self.refused.emit(error)

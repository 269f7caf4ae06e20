"""The true lengths of lines for a rehearsal: a real voice renders them, while the pretended clock stands still."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop

if TYPE_CHECKING:
    from storytime.core.ports import Sound, Utterance, Voice


class RenderedLengths:
    """Gives `PretendVoice` the seconds of a line by having `voice` render it; a line that fails is a ValueError."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._wanted: Utterance | None = None
        self._got: float | str | None = None
        self._waiting = QEventLoop()
        voice.rendered.connect(self._rendered)
        voice.failed.connect(self._failed)

    def __call__(self, utterance: Utterance) -> float:
        """Return the seconds of the line's sound."""
        sound = self._voice.ready(utterance)
        if sound is not None:
            return sound.seconds
        self._wanted, self._got = utterance, None
        self._voice.render(utterance)
        if self._got is None:
            self._waiting.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        if isinstance(self._got, float):
            return self._got
        raise ValueError(self._got)

    def _rendered(self, utterance: Utterance, sound: Sound) -> None:
        self._settle(utterance, sound.seconds)

    def _failed(self, utterance: Utterance, why: str) -> None:
        self._settle(utterance, why)

    def _settle(self, utterance: Utterance, got: float | str) -> None:
        if utterance == self._wanted:
            self._wanted, self._got = None, got
            self._waiting.quit()

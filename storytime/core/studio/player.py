"""What is heard in the studio: lines and recordings, one thing at a time, through the one speaker."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from storytime.core.signal import Signal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storytime.core.ports import Sound, Speaker, Utterance, Voice

FIRST_TOKEN = -1000
"""Ours count down from here; lines of the night count up from 1, the goodnight is 0, the chime -1."""
VOLUME = 0.7
"""0 to 1: as loud as the night may be, since takes are judged by ear."""


class Player:
    """Plays, and says when it was heard. It lets the output go only if it took it."""

    def __init__(self, voice: Voice, speaker: Speaker) -> None:
        self.ended: Signal[bool] = Signal()
        """Heard whole (True); or it could not be said, or the output went away."""
        self._voice, self._speaker = voice, speaker
        self._tokens = itertools.count(FIRST_TOKEN, -1)
        self._token: int | None = None
        self._candidates: tuple[Utterance, ...] = ()
        self._holds_output = False
        voice.rendered.connect(self._on_rendered)
        voice.failed.connect(self._on_failed)
        speaker.ended.connect(self._on_ended)
        speaker.lost.connect(self._on_lost)

    def say(self, candidates: Sequence[Utterance]) -> None:
        """Say the first of these that can be said; `ended` follows, perhaps at once where there is no output."""
        self.stop()
        self._candidates = tuple(candidates)
        self._ask()

    def play(self, sound: Sound) -> None:
        """Play what is on the disk already; `ended` follows, perhaps at once where there is no output."""
        self.stop()
        self._queue(sound)

    def stop(self) -> None:
        """Be silent at once, and let the output go; no `ended` follows."""
        self._candidates, self._token = (), None
        if self._holds_output:
            self._holds_output = False
            self._speaker.drop()
            self._speaker.close()

    def give_way(self) -> None:
        """Let somebody else have the output, who has dropped what was queued or is about to."""
        self._candidates, self._token, self._holds_output = (), None, False

    def _ask(self) -> None:
        if not self._candidates:
            self._end(whole=False)
            return
        sound = self._voice.ready(self._candidates[0])
        if sound:
            self._queue(sound)
        else:
            self._voice.render(self._candidates[0])

    def _queue(self, sound: Sound) -> None:
        self._candidates = ()
        if not self._speaker.available():
            self._end(whole=False)
            return
        self._holds_output = True
        self._token = next(self._tokens)
        self._speaker.volume = VOLUME
        self._speaker.open()
        self._speaker.queue(self._token, sound)

    def _on_rendered(self, utterance: Utterance, sound: Sound) -> None:
        if self._candidates and utterance == self._candidates[0]:
            self._queue(sound)

    def _on_failed(self, utterance: Utterance, _why: str) -> None:
        if self._candidates and utterance == self._candidates[0]:
            self._candidates = self._candidates[1:]
            self._ask()

    def _on_ended(self, token: int) -> None:
        if token == self._token:
            self._end(whole=True)

    def _on_lost(self) -> None:
        if self._token is not None:
            self._end(whole=False)

    def _end(self, *, whole: bool) -> None:
        self._token = None
        self.ended.emit(whole)

"""Lines of several voices, and recorded names in them, as a Voice: each part is asked of whose it is, then all joined.

A name whose file is gone, or a piece that cannot be said, fails its line: the same line without it is next.
"""

from __future__ import annotations

import json
import logging
from collections import deque
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from storytime.core.errors import StorytimeError
from storytime.core.ports import Sound, Utterance
from storytime.core.signal import Signal
from storytime.devices import take_voice
from storytime.devices.splicing import parts_of, spliced
from storytime.devices.voice_cache import LIMIT, VoiceCache, name_of_line

if TYPE_CHECKING:
    from pathlib import Path

    from storytime.core.ports import Background, Voice, VoiceInfo

log = logging.getLogger(__name__)

MAKING = 2
"""How lines are joined; raised when the same line would come out otherwise."""


@dataclass(slots=True)
class Wish:
    """A line asked for, and how far it has come."""

    utterance: Utterance
    parts: list[Utterance]
    sounds: dict[Utterance, Sound] = field(default_factory=dict)
    begun: bool = False
    """It is being joined."""
    result: Sound | str | None = None
    """The sound, or why there is none."""


def name_of(line: Utterance) -> str:
    """Return a name made of everything that decides how a line sounds; with a recording gone, a name of nothing."""
    from hashlib import sha256

    parts = [
        (take_voice.name_of(each) if each.take else name_of_line(each), part.start, part.rest)
        for part in parts_of(line)
        for each in (part.utterance,)
    ]
    return sha256(json.dumps([MAKING, line.volume, parts]).encode("ascii")).hexdigest()[:40]


class SplicedVoice:
    """Keeps `ports.Voice` for utterances that have names, or pieces that others say."""

    def __init__(self, cache: Path, others: Voice, background: Background, *, limit: int = LIMIT) -> None:
        """`cache` is the folder for joined lines, `limit` its bytes; `others` say the parts."""
        self.rendered: Signal[Utterance, Sound] = Signal()
        self.failed: Signal[Utterance, str] = Signal()
        self._cache = VoiceCache(cache, limit, name_of)
        self._others = others
        self._background = background
        self._wishes: deque[Wish] = deque()
        self._delivery = QTimer(singleShot=True, interval=0)
        self._delivery.timeout.connect(self._deliver)
        others.rendered.connect(self._came)
        others.failed.connect(self._came)

    def warm(self) -> None:
        """Nothing needs to begin: those who say the parts are warmed by themselves."""

    def begun(self) -> bool:
        """Be so from the beginning."""
        return True

    def look_again(self) -> None:
        """Nothing comes or goes here."""

    def voices(self) -> tuple[VoiceInfo, ...]:
        """Return none: a name alone reads no story."""
        return ()

    def troubles(self) -> dict[str, str]:
        """Return none of its own."""
        return {}

    def spare(self, utterance: Utterance) -> None:
        """Let no bound throw the line out before the coming night is over."""
        self._cache.spare(utterance)

    def ready(self, utterance: Utterance) -> Sound | None:
        """Return the sound if it is on disk and every recording in it still is, touched so that it stays there."""
        return self._cache.find(utterance)

    def render(self, utterance: Utterance) -> None:
        """Ask for the sound; `rendered` or `failed` follows from the event loop, in the order of asking."""
        if any(wish.utterance == utterance for wish in self._wishes):
            return
        wish = Wish(utterance, [part.utterance for part in parts_of(utterance)], result=self._cache.find(utterance))
        self._wishes.append(wish)
        if wish.result is None:
            self._ask(wish)
        self._go_on()

    def forget(self) -> None:
        """Drop every wish that is not being joined."""
        self._wishes = deque(wish for wish in self._wishes if wish.begun and wish.result is None)

    def rest(self) -> None:
        """Hold nothing between two lines anyway."""

    def close(self) -> None:
        """Drop all wishes; what is being joined ends unheard. Those who say the parts are closed by themselves."""
        self._wishes.clear()
        self._delivery.stop()

    def _ask(self, wish: Wish) -> None:
        """Ask for the parts that are not there yet."""
        for part in wish.parts:
            if sound := self._others.ready(part):
                wish.sounds[part] = sound
            else:
                self._others.render(part)

    def _came(self, part: Utterance, result: Sound | str) -> None:
        for wish in self._wishes:
            if part in wish.parts and wish.result is None and not wish.begun:
                if isinstance(result, Sound):
                    wish.sounds[part] = result
                else:
                    wish.result = result
        self._go_on()

    def _go_on(self) -> None:
        """Have joined what has all its parts, and deliver what is done."""
        for wish in self._wishes:
            if wish.result is None and not wish.begun and all(part in wish.sounds for part in wish.parts):
                self._join(wish)
        if self._wishes and self._wishes[0].result is not None:
            self._delivery.start()

    def _join(self, wish: Wish) -> None:
        try:
            self._cache.ensure()
        except OSError as trouble:
            wish.result = f"the folder for lines with names cannot be used ({trouble.strerror})"
            return
        wish.begun = True
        self._background.run(
            spliced,
            wish.utterance,
            [wish.sounds[part] for part in wish.parts],
            self._cache.path(wish.utterance),
            done=partial(self._done, wish),
            failed=partial(self._failed, wish),
        )

    def _done(self, wish: Wish, sound: Sound) -> None:
        if self._cache.find(wish.utterance) is None:
            # The voice was deleted, or recorded anew, while it was in work: nothing of it stays.
            sound.path.unlink(missing_ok=True)
            wish.result = take_voice.GONE
        else:
            self._cache.kept(sound.path)
            wish.result = sound
        self._go_on()

    def _failed(self, wish: Wish, error: Exception) -> None:
        if not isinstance(error, StorytimeError | OSError):
            log.error("a line with names could not be joined", exc_info=error)
        wish.result = f"its recorded name cannot be put in ({error})"
        self._go_on()

    def _deliver(self) -> None:
        while self._wishes and self._wishes[0].result is not None:
            wish = self._wishes.popleft()
            if isinstance(wish.result, Sound):
                self.rendered.emit(wish.utterance, wish.result)
            else:
                self.failed.emit(wish.utterance, wish.result or take_voice.GONE)
        self._go_on()

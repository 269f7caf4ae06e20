"""Recorded voices as a Voice: each take trimmed and brought to level beside the main thread, and kept for next time.

Where its words are followed, a machine says them too, and the take's times are found by that.

The take itself is never touched. One that is gone, or damaged, fails: another voice reads its line.
"""

from __future__ import annotations

import json
import logging
import os
from collections import deque
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from storytime.core.errors import DiskFull, StorytimeError
from storytime.core.ports import Sound, Utterance
from storytime.core.signal import Signal
from storytime.devices.voice_cache import LIMIT, VoiceCache

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from storytime.core.ports import Background, Levels, VoiceInfo
    from storytime.devices.guides import Guides

    Render = Callable[[Utterance, Path, Sound | None], Sound]

log = logging.getLogger(__name__)

AT_ONCE = 2
"""Takes in work: as many as the pool has workers, so that what is forgotten was not begun."""
MAKING = 1
"""How takes are made fit to be told; raised when the same take would come out otherwise."""
TIMING = 1
"""How the times of words are found; raised when the same take would get others."""
GONE = "its recording is not there"


@dataclass(slots=True)
class Wish:
    """A take asked for, and how far it has come."""

    utterance: Utterance
    begun: bool = False
    again: bool = False
    waits: bool = False
    """For the machine, which is to say its words."""
    guided: bool = False
    """It does not wait any more; None then means that the machine could not."""
    guide: Sound | None = None
    """Its words as the machine said them."""
    result: Sound | str | None = None
    """The sound, or why there is none."""


def name_of(utterance: Utterance) -> str:
    """Return a name made of everything that decides how a take sounds; of one that is gone, a name of nothing."""
    from hashlib import sha256

    take = utterance.take
    if take is None:
        return os.urandom(16).hex()
    try:
        facts = take.stat()
    except OSError:
        return os.urandom(16).hex()
    levels = asdict(utterance.levels) if utterance.levels else None
    known = [MAKING, take.name, facts.st_size, facts.st_mtime_ns, utterance.care, utterance.less_noise, levels]
    if utterance.guide:
        known += [TIMING, utterance.guide.voice, utterance.guide.text]
    return sha256(json.dumps(known).encode("ascii")).hexdigest()[:40]


def render_to(utterance: Utterance, to: Path, guide: Sound | None = None) -> Sound:
    """Make a take fit to be told. Raises `CannotRead`, `CannotWrite`, `DiskFull`. Runs in a worker.

    With a `guide` that knows when each of its words is heard, the sound knows it too, where that can be found.
    """
    from storytime.core.studio.levelling import render_take
    from storytime.devices.take_words import with_words

    assert utterance.take is not None
    levels = utterance.levels or _measured(utterance.take)
    frames, rate = render_take(utterance.take, levels, to, care=utterance.care, less_noise=utterance.less_noise)
    sound = Sound(to, frames, rate)
    return with_words(sound, utterance, guide) if guide and guide.words else sound


def _measured(take: Path) -> Levels:
    from storytime.core.studio.flac import read_flac
    from storytime.core.studio.levels import measure

    return measure(*read_flac(take))


class TakeVoice:
    """Keeps `ports.Voice` for utterances that have a take."""

    def __init__(
        self,
        cache: Path,
        background: Background,
        guides: Guides | None = None,
        *,
        limit: int = LIMIT,
        render: Render = render_to,
    ) -> None:
        """`cache` is the folder for what was made, `limit` its bytes; `guides` say what takes with a guide read."""
        self.rendered: Signal[Utterance, Sound] = Signal()
        self.failed: Signal[Utterance, str] = Signal()
        self._cache = VoiceCache(cache, limit, name_of)
        self._background = background
        self._guides = guides
        self._render = render
        self._wishes: deque[Wish] = deque()
        self._asked: set[Utterance] = set()
        self._delivery = QTimer(singleShot=True, interval=0)
        self._delivery.timeout.connect(self._deliver)

    def warm(self) -> None:
        """Nothing needs to begin: what the work needs is imported by the first take, in its worker."""

    def begun(self) -> bool:
        """Be so from the beginning."""
        return True

    def look_again(self) -> None:
        """Nothing comes or goes: takes are found by the narrator."""

    def voices(self) -> tuple[VoiceInfo, ...]:
        """Return none: nobody can be asked to read what they have not read."""
        return ()

    def troubles(self) -> dict[str, str]:
        """Return none: there is no engine."""
        return {}

    def ready(self, utterance: Utterance) -> Sound | None:
        """Return the sound if it is on disk and its take still is, touched so that it stays there."""
        return self._cache.find(utterance)

    def spare(self, utterance: Utterance) -> None:
        """Let no bound throw the sound out before the coming night is over, if it is on disk."""
        self._cache.spare(utterance)

    def render(self, utterance: Utterance) -> None:
        """Ask for the sound; `rendered` or `failed` follows from the event loop, in the order of asking."""
        if utterance not in self._asked:
            self._asked.add(utterance)
            self._wishes.append(Wish(utterance))
            self._go_on()

    def forget(self) -> None:
        """Drop every wish not yet begun."""
        if self._guides:
            self._guides.forget()
        self._wishes = deque(wish for wish in self._wishes if wish.begun and wish.result is None)
        self._asked = {wish.utterance for wish in self._wishes}

    def rest(self) -> None:
        """Hold nothing between two lines anyway."""

    def close(self) -> None:
        """Drop all wishes; what is in work ends unheard."""
        if self._guides:
            self._guides.forget()
        self._wishes.clear()
        self._asked.clear()
        self._delivery.stop()

    def _go_on(self) -> None:
        """Give the workers what they may hold, and deliver what is done."""
        held = 0
        for wish in self._wishes:
            if held >= AT_ONCE:
                break
            if wish.result is None and not wish.begun and not wish.waits and not self._in_work(wish):
                self._begin(wish)
            held += wish.result is None
        if self._wishes and self._wishes[0].result is not None:
            self._delivery.start()

    def _in_work(self, wish: Wish) -> bool:
        """Whether a worker makes the same sound now: a name is one recording, however its letters stand in a line.

        Two workers would write the one file, and the second would find its own gone.
        """
        take = wish.utterance.take
        others = [one for one in self._wishes if one.begun and one.result is None and one.utterance.take == take]
        return bool(others) and name_of(wish.utterance) in {name_of(one.utterance) for one in others}

    def _begin(self, wish: Wish) -> None:
        wish.result = self._cache.find(wish.utterance)
        if wish.result is not None:
            return
        take = wish.utterance.take
        if take is None or not take.exists():
            wish.result = GONE
            return
        try:
            self._cache.ensure()
        except OSError as trouble:
            wish.result = f"the folder for takes cannot be used ({trouble.strerror})"
            return
        if wish.utterance.guide and self._guides and not wish.guided:
            wish.waits = True
            self._guides.ask(wish.utterance.guide, partial(self._guided, wish))
            return
        wish.begun = True
        self._background.run(
            self._render,
            wish.utterance,
            self._cache.path(wish.utterance),
            wish.guide,
            done=partial(self._done, wish),
            failed=partial(self._failed, wish),
        )

    def _guided(self, wish: Wish, guide: Sound | None) -> None:
        wish.waits, wish.guided, wish.guide = False, True, guide
        self._go_on()

    def _done(self, wish: Wish, sound: Sound) -> None:
        if self._cache.find(wish.utterance) is None:
            # The voice was deleted, or recorded anew, while it was in work: nothing of it stays.
            sound.path.unlink(missing_ok=True)
            self._settle(wish, GONE)
        else:
            self._cache.kept(sound.path)
            self._settle(wish, sound)

    def _failed(self, wish: Wish, error: Exception) -> None:
        if isinstance(error, DiskFull) and not wish.again and self._cache.make_room():
            wish.begun, wish.again = False, True
            self._delivery.start()
            return
        if not isinstance(error, StorytimeError):
            log.error("a take could not be made fit to be told", exc_info=error)
        self._settle(wish, f"its recording cannot be played ({error})")

    def _settle(self, wish: Wish, result: Sound | str) -> None:
        wish.result = result
        self._delivery.start()

    def _deliver(self) -> None:
        while self._wishes and self._wishes[0].result is not None:
            wish = self._wishes.popleft()
            self._asked.discard(wish.utterance)
            if isinstance(wish.result, Sound):
                self.rendered.emit(wish.utterance, wish.result)
            else:
                self.failed.emit(wish.utterance, wish.result or GONE)
        self._go_on()

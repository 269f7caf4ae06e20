"""The Voice port over a child process: lines in order, kept on disk, and never waiting for an engine that hangs."""

from __future__ import annotations

import logging
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from storytime.core.ports import Sound, Utterance
from storytime.core.signal import Signal
from storytime.devices.child_process import ChildProcess, module_command
from storytime.devices.voice_cache import LIMIT, VoiceCache
from storytime.devices.voice_process import messages

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from storytime.core.ports import VoiceInfo
    from storytime.devices.lines import Message

log = logging.getLogger(__name__)

AT_ONCE = 3
"""Lines that the child holds: one being made, one being written, and one so that it never waits for us."""
TRIES = 2
"""A line that fails is asked for once more, of a fresh engine."""
PATIENCE = 10.0
"""Seconds that a line may take, beside those for its letters; the engines need some hundredths."""
A_LETTER = 0.03
LEAST_A_LETTER = 0.008
"""Seconds of sound for a letter, far under the fastest speech: less is no reading of the text."""
COMMAND = module_command("storytime.devices.voice_process")
START = 20.0
"""Seconds in which an engine must be there; Windows builds tables at its first start."""


@dataclass(slots=True)
class Wish:
    """A line asked for, and how far it has come."""

    utterance: Utterance
    job: int
    tries: int = 0
    sent: bool = False
    begun: bool = False
    """The engine has taken it up; the line before it may still be on its way to the disk."""
    dropped: bool = False
    result: Sound | str | None = None
    """The sound, or why there is none."""


class VoiceChild:
    """The voices of this machine, in a process of their own."""

    def __init__(
        self,
        cache: Path | VoiceCache,
        *,
        limit: int = LIMIT,
        command: Sequence[str] = COMMAND,
        patience: float = PATIENCE,
        files: Path | None = None,
    ) -> None:
        """`cache` is the folder for lines, `limit` its bytes, or one that is shared; `command` begins the child.

        With `files`, its voices are files in that folder: without any there is no child, and `look_again` asks anew.
        """
        self.rendered: Signal[Utterance, Sound] = Signal()
        self.failed: Signal[Utterance, str] = Signal()
        self._cache = cache if isinstance(cache, VoiceCache) else VoiceCache(cache, limit)
        self._files = files
        self._seen: frozenset[str] = self._named()
        self._patience = patience
        self._wishes: deque[Wish] = deque()
        self._asked: set[Utterance] = set()
        self._jobs = 0
        self._waited = self._warmed = False
        self._voices: tuple[VoiceInfo, ...] | None = None
        self._silent: dict[str, str] = {}
        self._ready = False
        self._engine = ChildProcess(command)
        self._engine.answered.connect(self._answered)
        self._engine.died.connect(self._died)
        self._watchdog = QTimer(singleShot=True)
        self._watchdog.timeout.connect(self._hung)
        self._delivery = QTimer(singleShot=True, interval=0)
        self._delivery.timeout.connect(self._deliver)

    def warm(self) -> None:
        """Begin the child without waiting, so that the first line and `voices()` come at once."""
        self._warmed = True
        if self._files is None or self._named():
            self._engine.start()

    def begun(self) -> bool:
        """Whether `voices` answers at once: the child has told of them, it cannot, or there is nobody to ask."""
        told = self._voices is not None or self._waited
        return told or (self._warmed and not self._engine.running)

    def look_again(self) -> None:
        """Have a fresh child list the voices that are files now, if others are there than before."""
        if self._files is not None and (named := self._named()) != self._seen:
            self._seen = named
            self._engine.close()
            self._ready = self._waited = False
            self._voices = None
            self._again()
            self._go_on()

    def voices(self) -> tuple[VoiceInfo, ...]:
        """Return the voices of this machine; the first call waits for the child (some 0.15 s) unless it was warmed."""
        if self._voices is None and not self._waited:
            # Once only: an engine that hangs may cost one wait, never one at every question.
            self._waited = True
            self.warm()
            self._engine.wait(lambda: self._voices is not None, START)
        return self._voices or ()

    def troubles(self) -> dict[str, str]:
        """Return the engines that the child could not begin, or "" for a child that never came."""
        if self._voices is None and self._waited and (self._files is None or self._named()):
            return {"": "it did not answer"}
        return dict(self._silent)

    def ready(self, utterance: Utterance) -> Sound | None:
        """Return the sound if it is on disk, touched so that it stays there."""
        return self._cache.find(utterance)

    def spare(self, utterance: Utterance) -> None:
        """Let no bound throw the line out before the coming night is over, if it is on disk."""
        self._cache.spare(utterance)

    def holds(self, utterance: Utterance) -> bool:
        """Whether the line was asked for and neither delivered nor forgotten."""
        return utterance in self._asked

    def render(self, utterance: Utterance) -> None:
        """Ask for the sound; `rendered` or `failed` follows from the event loop, in the order of asking."""
        if utterance in self._asked:
            return
        self._asked.add(utterance)
        self._jobs += 1
        wish = Wish(utterance, self._jobs)
        if not any(char.isalnum() for char in utterance.text):
            wish.result = "there is nothing to say in it"
        self._wishes.append(wish)
        self._go_on()

    def forget(self) -> None:
        """Drop every wish but the one in work."""
        begun = self._in_work()
        for wish in self._wishes:
            wish.dropped = wish.dropped or wish is not begun
        self._asked = {begun.utterance} if begun and not begun.dropped else set()
        self._wishes = deque(wish for wish in self._wishes if wish.sent and wish.result is None)

    def rest(self) -> None:
        """End the child if it has nothing to do; its voices stay known, and the next line begins another."""
        if not self._wishes and self._voices is not None:
            self._engine.kill()
            self._ready = False

    def close(self) -> None:
        """Drop all wishes and end the child."""
        self._wishes.clear()
        self._asked.clear()
        self._watchdog.stop()
        self._delivery.stop()
        self._engine.close()

    def process_id(self) -> int:
        """Return the child's number in the system, 0 where there is none."""
        return self._engine.process_id()

    def _named(self) -> frozenset[str]:
        """Return the names of the voices that are files; what is aside begins with a dot."""
        return frozenset(one.parent.name for one in self._files.glob("[!.]*/*")) if self._files else frozenset()

    def _go_on(self) -> None:
        """Give the child what it may hold, and deliver what is done."""
        held = done = 0
        for wish in self._wishes:
            if held >= AT_ONCE or done >= AT_ONCE:
                break
            if wish.result is None and not wish.sent:
                wish.result = self._cache.find(wish.utterance) or self._send(wish)
            if wish.result is None:
                held += 1
            else:
                done += 1
        if held and not self._watchdog.isActive():
            self._watch()
        if self._wishes and self._wishes[0].result is not None:
            self._delivery.start()

    def _send(self, wish: Wish) -> str | None:
        """Give the line to the child; return why that cannot be, if so."""
        try:
            self._cache.ensure()
        except OSError as trouble:
            return f"the folder for spoken lines cannot be used ({trouble.strerror})"
        self._engine.start()
        self._engine.send(messages.render_order(wish.job, wish.utterance, self._cache.path(wish.utterance)))
        wish.sent = True
        wish.tries += 1
        return None

    def _in_work(self) -> Wish | None:
        return next((wish for wish in self._wishes if wish.sent and wish.result is None), None)

    def _watch(self) -> None:
        wish = self._in_work()
        if wish is None:
            self._watchdog.stop()
            return
        seconds = self._patience + A_LETTER * len(wish.utterance.text) + (0 if self._ready else START)
        self._watchdog.start(round(seconds * 1000))

    def _answered(self, message: Message) -> None:
        match message["is"]:
            case "ready":
                self._begun(message)
            case "begun":
                for one in self._wishes:
                    one.begun = one.begun or one.job == message["job"]
            case _:
                wish = self._in_work()
                if wish is not None and message["job"] == wish.job:
                    self._take(wish, message)
        self._watch()
        self._go_on()

    def _begun(self, message: Message) -> None:
        self._ready = True
        self._voices = messages.rows_to_voices(message["voices"])
        self._silent = message["silent"]
        for name, why in self._silent.items():
            log.warning("no voices of %s: %s", name, why)

    def _take(self, wish: Wish, message: Message) -> None:
        if message["is"] == "rendered":
            self._take_sound(wish, message)
        elif message["why"] == "voice":
            wish.result = f"the voice “{wish.utterance.voice}” is not on this machine"
        elif message["why"] == "text":
            wish.result = "this voice has no sound for such words"
        elif message["why"] == "full":
            if wish.tries < TRIES and self._cache.make_room():
                self._again()
            else:
                wish.result = "there is no room left on the disk"
        elif message["why"] == "disk":
            wish.result = f"it could not be written ({message['text']})"
        else:
            self._fresh(wish, f"the voice could not say it ({message['text']})")

    def _take_sound(self, wish: Wish, message: Message) -> None:
        frames, rate = message["frames"], message["rate"]
        path = self._cache.path(wish.utterance)
        letters = sum(char.isalnum() for char in wish.utterance.text)
        if frames == 0:
            self._fresh(wish, "the voice gave no sound")
        elif frames / rate < letters * LEAST_A_LETTER / max(1.0, wish.utterance.rate):
            path.unlink(missing_ok=True)
            self._fresh(wish, "the voice gave too little sound")
        else:
            self._cache.kept(path)
            wish.result = Sound(path, frames, rate, messages.rows_to_words(message["words"]))

    def _hung(self) -> None:
        if (wish := self._in_work()) is not None:
            self._fresh(wish, "the voice did not answer")
        self._go_on()

    def _died(self) -> None:
        self._ready = False
        # The one the engine was at, and not the one before it, which only had to be written.
        begun = [wish for wish in self._wishes if wish.begun and wish.result is None]
        if (wish := begun[-1] if begun else self._in_work()) is not None:
            self._fresh(wish, "the voice stopped by itself")
        self._go_on()

    def _fresh(self, wish: Wish, why: str) -> None:
        """End the engine; have the line tried again by a fresh one, or fail it."""
        log.warning("a line of %d letters: %s (try %d)", len(wish.utterance.text), why, wish.tries)
        self._engine.kill()
        self._ready = False
        if wish.tries >= TRIES:
            wish.result = why
        self._again(but=wish)

    def _again(self, but: Wish | None = None) -> None:
        """Have everything that the child held asked for anew; only `but` has used up one of its tries."""
        self._watchdog.stop()
        for wish in self._wishes:
            if wish.sent and wish.result is None:
                wish.sent = wish.begun = False
                if but is not None and wish is not but:
                    wish.tries -= 1

    def _deliver(self) -> None:
        while self._wishes and self._wishes[0].result is not None:
            wish = self._wishes.popleft()
            if wish.dropped:
                continue
            self._asked.discard(wish.utterance)
            if isinstance(wish.result, Sound):
                self.rendered.emit(wish.utterance, wish.result)
            else:
                self.failed.emit(wish.utterance, wish.result or "")
        self._go_on()

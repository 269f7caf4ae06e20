"""Several children for one engine, so that all cores work on one text: one Voice still, its answers in order of asking.

Each child has an engine and a watchdog of its own; what one falls over costs the others nothing.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storytime.core.ports import Sound
from storytime.core.signal import Signal
from storytime.devices.voice import AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storytime.core.ports import Utterance, VoiceInfo
    from storytime.devices.voice import VoiceChild


@dataclass(slots=True)
class Wish:
    """A line given to a child, and what came of it."""

    utterance: Utterance
    child: int
    result: Sound | str | None = None


class VoiceTeam:
    """Keeps `ports.Voice` over children that share one cache."""

    def __init__(self, children: Sequence[VoiceChild]) -> None:
        self.rendered: Signal[Utterance, Sound] = Signal()
        self.failed: Signal[Utterance, str] = Signal()
        self._children = tuple(children)
        self._waiting: deque[Utterance] = deque()
        """Asked for, and given to nobody yet."""
        self._given: dict[Utterance, Wish] = {}
        """In the order of asking."""
        self._asked: set[Utterance] = set()
        for child in self._children:
            child.rendered.connect(self._settle)
            child.failed.connect(self._settle)

    def warm(self) -> None:
        """Begin every child without waiting."""
        for child in self._children:
            child.warm()

    def begun(self) -> bool:
        """Whether one child has told of its voices: the others have the same."""
        return self._children[0].begun()

    def look_again(self) -> None:
        """Have every child look again."""
        for child in self._children:
            child.look_again()

    def voices(self) -> tuple[VoiceInfo, ...]:
        """Return the voices of one child: the others have the same."""
        return self._children[0].voices()

    def troubles(self) -> dict[str, str]:
        """Return what is wrong with one child's engines: the others have the same."""
        return self._children[0].troubles()

    def ready(self, utterance: Utterance) -> Sound | None:
        """Return the sound if it is in the cache that they share."""
        return self._children[0].ready(utterance)

    def spare(self, utterance: Utterance) -> None:
        """Let no bound throw the line out before the coming night is over."""
        self._children[0].spare(utterance)

    def render(self, utterance: Utterance) -> None:
        """Ask for the sound; `rendered` or `failed` follows from the event loop, in the order of asking."""
        if utterance not in self._asked:
            self._asked.add(utterance)
            self._waiting.append(utterance)
            self._share_out()

    def forget(self) -> None:
        """Drop every wish but those in work."""
        for child in self._children:
            child.forget()
        self._waiting.clear()
        kept = (wish for wish in self._given.values() if wish.result is None)
        self._given = {wish.utterance: wish for wish in kept if self._children[wish.child].holds(wish.utterance)}
        self._asked = set(self._given)

    def rest(self) -> None:
        """Let every child rest that has nothing to do."""
        for child in self._children:
            child.rest()

    def close(self) -> None:
        """Drop all wishes and end every child."""
        self._waiting.clear()
        self._given.clear()
        self._asked.clear()
        for child in self._children:
            child.close()

    def _share_out(self) -> None:
        """Give each line to the child that has least in hand, as many as they can hold."""
        held = [0] * len(self._children)
        for wish in self._given.values():
            held[wish.child] += wish.result is None
        while self._waiting:
            child = min(range(len(held)), key=held.__getitem__)
            if held[child] >= AT_ONCE:
                break
            utterance = self._waiting.popleft()
            self._given[utterance] = Wish(utterance, child)
            held[child] += 1
            self._children[child].render(utterance)

    def _settle(self, utterance: Utterance, result: Sound | str) -> None:
        wish = self._given.get(utterance)
        if wish is None:
            return
        wish.result = result
        self._share_out()
        while (first := next(iter(self._given.values()), None)) is not None and first.result is not None:
            del self._given[first.utterance]
            self._asked.discard(first.utterance)
            if isinstance(first.result, Sound):
                self.rendered.emit(first.utterance, first.result)
            else:
                self.failed.emit(first.utterance, first.result)

"""One Voice out of several: the engines of this machine, and the recorded voices, each in a place of its own.

An engine that hangs, falls over or is not there fails its own lines and no other's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from storytime.core.signal import Signal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storytime.core.ports import Sound, Utterance, Voice, VoiceInfo

TAKE = "take"
"""Who brings recorded voices to level."""
NAMES = "names"
"""Who joins lines of several voices, and those with recorded names; where nobody does, the line's engine says all."""
ANY = ""
"""Who speaks for every engine that has no entry of its own."""

ENOUGH = 8
"""Lines asked of other engines, after which an engine rests: a network holds some 200 MB."""


class Voices:
    """Gives each line to the child whose it is; what they answer is passed on, in order for each child."""

    def __init__(self, children: Mapping[str, Voice], *, rests: bool = True) -> None:
        """`children` by the engine that begins a `VoiceInfo.id`, beside `TAKE`, `NAMES` and `ANY`.

        A child that asks others for parts of its lines has their answers passed on too; who asked for none of them
        heeds none. Without `rests` no engine is let go of, because somebody else looks after that.
        """
        self.rendered: Signal[Utterance, Sound] = Signal()
        self.failed: Signal[Utterance, str] = Signal()
        self._children = dict(children)
        self._begun, self._rests = False, rests
        self._unused: dict[str, int] = {}
        """Lines that other engines were asked for since this one was."""
        for child in self._children.values():
            child.rendered.connect(self.rendered.emit)
            child.failed.connect(self.failed.emit)

    def warm(self) -> None:
        """Begin every child without waiting."""
        self._begun = True
        for child in self._children.values():
            child.warm()

    def begun(self) -> bool:
        """Whether every child would answer at once."""
        return self._begun and all(child.begun() for child in self._children.values())

    def look_again(self) -> None:
        """Have every child look again."""
        for child in self._children.values():
            child.look_again()

    def voices(self) -> tuple[VoiceInfo, ...]:
        """Return all voices, in the order of the children; all begin together, so the wait is the slowest one's."""
        if not self._begun:
            # Once only: a child that was closed since is not begun again by a question.
            self.warm()
        return tuple(voice for child in self._children.values() for voice in child.voices())

    def troubles(self) -> dict[str, str]:
        """Return those of all children; one that did not come at all is named by whom it speaks for."""
        found: dict[str, str] = {}
        for engine, child in self._children.items():
            found |= {name or engine: why for name, why in child.troubles().items()}
        return found

    def ready(self, utterance: Utterance) -> Sound | None:
        """Return the sound if its child has it."""
        return self._child(utterance).ready(utterance)

    def spare(self, utterance: Utterance) -> None:
        """Have its child keep the sound through the coming night."""
        self._child(utterance).spare(utterance)

    def render(self, utterance: Utterance) -> None:
        """Ask its child for the sound, and let engines rest of which nothing was asked for long."""
        asked = self._child(utterance)
        asked.render(utterance)
        if asked is self._children.get(NAMES):
            # Who says the parts of such a line is asked behind our back.
            self._unused.clear()
        elif asked is not self._children.get(TAKE):
            self._let_rest(asked)

    def _let_rest(self, asked: Voice) -> None:
        for engine, child in self._children.items() if self._rests else ():
            self._unused[engine] = 0 if child is asked else self._unused.get(engine, 0) + 1
            if self._unused[engine] == ENOUGH:
                child.rest()

    def forget(self) -> None:
        """Drop every wish not yet begun."""
        for child in self._children.values():
            child.forget()

    def rest(self) -> None:
        """Let every child rest."""
        for child in self._children.values():
            child.rest()

    def close(self) -> None:
        """End every child."""
        for child in self._children.values():
            child.close()

    def _child(self, utterance: Utterance) -> Voice:
        engine = utterance.voice.partition(":")[0]
        if utterance.take:
            engine = TAKE
        elif (utterance.names or utterance.head_names or utterance.voiced) and NAMES in self._children:
            engine = NAMES
        return self._children.get(engine) or self._children[ANY]

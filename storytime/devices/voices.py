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
"""Who puts recorded names into spoken lines; where nobody does, the line's engine says them."""
ANY = ""
"""Who speaks for every engine that has no entry of its own."""


class Voices:
    """Gives each line to the child whose it is; what they answer is passed on, in order for each child."""

    def __init__(self, children: Mapping[str, Voice]) -> None:
        """`children` by the engine that begins a `VoiceInfo.id`, beside `TAKE`, `NAMES` and `ANY`.

        A child that asks others for parts of its lines has their answers passed on too; who asked for none of them
        heeds none.
        """
        self.rendered: Signal[Utterance, Sound] = Signal()
        self.failed: Signal[Utterance, str] = Signal()
        self._children = dict(children)
        self._begun = False
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
        """Ask its child for the sound."""
        self._child(utterance).render(utterance)

    def forget(self) -> None:
        """Drop every wish not yet begun."""
        for child in self._children.values():
            child.forget()

    def close(self) -> None:
        """End every child."""
        for child in self._children.values():
            child.close()

    def _child(self, utterance: Utterance) -> Voice:
        engine = utterance.voice.partition(":")[0]
        if utterance.take:
            engine = TAKE
        elif (utterance.names or utterance.head_names) and NAMES in self._children:
            engine = NAMES
        return self._children.get(engine) or self._children[ANY]

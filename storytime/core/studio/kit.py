"""What the studio works with: the machine, and the family's shelves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storytime.core.database import KeptState, Library
    from storytime.core.paths import Paths
    from storytime.core.ports import Background, Clock, Lamp, Microphone, Speaker, Utterance, Voice
    from storytime.core.settings import SettingsStore
    from storytime.core.shelf.shelf import Shelf
    from storytime.core.shelf.story import StoryCard
    from storytime.core.shelf.takes import Takes
    from storytime.core.shelf.tellers import Tellers


class WhoReads(Protocol):
    """Who chooses the voice of a line: the narrator of the night."""

    def candidates(self, card: StoryCard, start: int, texts: Sequence[str]) -> list[tuple[Utterance, ...]]:
        """Return for each line from `start` on who may be heard, the dearest first. Raises `NoVoice`."""

    def utterance(self, text: str, language: str) -> Utterance | None:
        """Return a line as the machine would say it; None where there is nothing to say. Raises `NoVoice`."""


@dataclass(frozen=True, slots=True)
class Kit:
    """Everything the studio was given."""

    microphone: Microphone
    speaker: Speaker
    voice: Voice
    background: Background
    clock: Clock
    lamp: Lamp
    library: Library
    paths: Paths
    store: KeptState
    settings: SettingsStore
    shelf: Shelf
    takes: Takes
    tellers: Tellers
    narrator: WhoReads

"""What the studio works with: the machine, and the family's shelves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storytime.core.database import KeptState
    from storytime.core.paths import Paths
    from storytime.core.ports import Background, Clock, Lamp, Microphone, Speaker, Utterance, Voice
    from storytime.core.settings import SettingsStore
    from storytime.core.shelf.shelf import Shelf
    from storytime.core.shelf.story import StoryCard
    from storytime.core.shelf.takes import Takes
    from storytime.core.shelf.tellers import Tellers
    from storytime.core.studio.shelves import Shelves


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
    shelves: Shelves
    settings: SettingsStore
    store: KeptState
    narrator: WhoReads

    @property
    def paths(self) -> Paths:
        """The library's places."""
        return self.shelves.paths

    @property
    def shelf(self) -> Shelf:
        """The stories."""
        return self.shelves.shelf

    @property
    def takes(self) -> Takes:
        """The recorded voices."""
        return self.shelves.takes

    @property
    def tellers(self) -> Tellers:
        """Whose they are."""
        return self.shelves.tellers

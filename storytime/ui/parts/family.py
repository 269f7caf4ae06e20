"""The family's voices as screens ask for them: whose seal a book bears, and who reads which line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storytime.core.shelf.readers import readers_of, seal_of, stale_of
from storytime.core.signal import Signal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storytime.core.settings import SettingsStore
    from storytime.core.shelf.takes import Takes
    from storytime.core.shelf.tellers import Teller, Tellers


class Family:
    """Remembers what the library said until a take, a teller or a choice changes."""

    def __init__(self, tellers: Tellers, takes: Takes, settings: SettingsStore) -> None:
        self.changed: Signal[()] = Signal()
        self.tellers, self.takes = tellers, takes
        self._settings = settings
        self._seals: dict[int, Teller | None] = {}
        self._choice = self._chosen()
        takes.changed.connect(self._forget)
        tellers.changed.connect(self._forget)
        settings.changed.connect(lambda _settings: self._settings_changed())

    def seal(self, story: int) -> Teller | None:
        """Return whose seal a book bears; None where no family voice reads."""
        if story not in self._seals:
            self._seals[story] = seal_of(story, self.takes, self.tellers, self._settings.value)
        return self._seals[story]

    def readers(self, story: int, texts: Sequence[str]) -> dict[int, Teller]:
        """Return who reads each line tonight; a line that is missing is read by the machine."""
        return readers_of(story, texts, self.takes, self.tellers, self._settings.value)

    def changed_since(self, story: int, texts: Sequence[str]) -> int:
        """Return how many lines nobody reads tonight because their words were changed since they were recorded."""
        stale = stale_of(story, texts, self.takes)
        return len(stale.keys() - self.readers(story, texts).keys()) if stale else 0

    def _chosen(self) -> tuple[int, bool]:
        return self._settings.value.teller, self._settings.value.other_tellers

    def _settings_changed(self) -> None:
        if self._chosen() != self._choice:
            self._choice = self._chosen()
            self._forget()

    def _forget(self) -> None:
        self._seals.clear()
        self.changed.emit()

"""The children of a family: who reads to each of them, and for which of them tonight's stories are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storytime.core.settings import SettingsStore

EVERYBODY = ""
"""As a child: all of them, and whoever reads a language reads it."""
LONGEST = 40
"""Letters of a name."""


class Children:
    """Names children, and lets a voice of their own read to each; every change is kept at once."""

    def __init__(self, settings: SettingsStore) -> None:
        self._settings = settings

    def names(self) -> list[str]:
        """Return their names, by the alphabet."""
        return sorted(self._settings.value.children, key=str.casefold)

    def find(self, name: str) -> str | None:
        """Return a child's name as it is written, None where there is none of that name."""
        return next((one for one in self.names() if one.casefold() == " ".join(name.split()).casefold()), None)

    def add(self, name: str) -> str | None:
        """Name a child; return the name, or None where that is no name. One who is there stays as they are."""
        name = " ".join(name.split())[:LONGEST].strip()
        if not any(letter.isalnum() for letter in name):
            return None
        if there := self.find(name):
            return there
        self.put(name, {})
        return name

    def put(self, name: str, voices: dict[str, str]) -> None:
        """Let these voices, by language, read to a child, known or not."""
        self._settings.change(children={**self._settings.value.children, name: voices})

    def remove(self, name: str) -> dict[str, str]:
        """Forget a child, and return who read to them, to `put` them again."""
        now = self._settings.value
        others = {one: voices for one, voices in now.children.items() if one != name}
        self._settings.change(children=others, child=EVERYBODY if now.child == name else now.child)
        return now.children.get(name, {})

    def voice(self, name: str, language: str) -> str:
        """Return the voice that reads a language to a child; "" where it is whoever reads that language."""
        return self._settings.value.children.get(name, {}).get(language, "")

    def choose(self, name: str, language: str, voice: str) -> None:
        """Let a voice read a language to a child; with "" whoever reads that language."""
        others = {one: id for one, id in self._settings.value.children.get(name, {}).items() if one != language}
        self.put(name, {**others, language: voice} if voice else others)

    @property
    def tonight(self) -> str:
        """The child whom tonight's stories are for, `EVERYBODY` where it is nobody in particular."""
        now = self._settings.value
        return now.child if now.child in now.children else EVERYBODY

    def turn_to(self, name: str) -> None:
        """Let tonight's stories be for a child, or for `EVERYBODY`."""
        self._settings.change(child=name)

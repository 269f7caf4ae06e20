"""The list of words that a family says in its own way, for every story or for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storytime.core.settings import SettingsStore

EVERY = ""
"""As a story: all of them."""

LONGEST = 80
"""Letters of a word, and of how it is said: more is no name, and an engine falls over it."""

UNHEARD = "ˈˌː"
"""Letters of the phonetic alphabet that are no sounds."""


class SayingList:
    """Adds, changes and removes sayings; each change is kept at once."""

    def __init__(self, settings: SettingsStore) -> None:
        self._settings = settings

    def of(self, story: str = EVERY) -> list[tuple[str, str]]:
        """Return the words and how they are said, by the alphabet."""
        return sorted(self._settings.value.sayings.get(story, {}).items(), key=lambda one: one[0].casefold())

    def keep(self, word: str, saying: str, story: str = EVERY, instead: str = "") -> bool:
        """Say a word so from now on, in place of the entry `instead`; False where there is nothing to keep."""
        word, saying = (" ".join(one.split())[:LONGEST].strip() for one in (word, saying))
        if not any(letter.isalnum() for letter in word) or not any(map(_is_heard, saying)):
            return False
        others = {one: said for one, said in self._settings.value.sayings.get(story, {}).items()
                  if one != instead and one.casefold() != word.casefold()}
        self._change(story, {**others, word: saying})
        return True

    def remove(self, word: str, story: str = EVERY) -> str:
        """Say a word as it is written again, and return how it was said, to `keep` it again."""
        now = self._settings.value.sayings.get(story, {})
        self._change(story, {one: said for one, said in now.items() if one != word})
        return now.get(word, "")

    def _change(self, story: str, words: dict[str, str]) -> None:
        others = {one: said for one, said in self._settings.value.sayings.items() if one != story}
        self._settings.change(sayings={**others, story: words} if words else others)


def _is_heard(letter: str) -> bool:
    return letter.isalnum() and letter not in UNHEARD

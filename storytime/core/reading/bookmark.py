"""The word at which a story was left by day, beside its ribbon: kept when somebody stops it, gone when it goes on."""

from __future__ import annotations

import contextlib
import zlib
from typing import TYPE_CHECKING, Any

from storytime.core.errors import StorytimeError

if TYPE_CHECKING:
    from storytime.core.ports import StateStore

NAME = "left_at"


class Bookmarks:
    """Remembers one place a story. What cannot be kept or read costs no more than the beginning of a line."""

    def __init__(self, store: StateStore | None = None) -> None:
        """Without a store they last as long as the program."""
        self._store = store
        self._kept: dict[str, Any] | None = None

    def put(self, story: int, line: int, text: str, at: int) -> None:
        """Keep that a story was left at character `at` of a line, whose text is not kept but known again."""
        if at > 0:
            self._save({**self._known(), str(story): [line, at, _print(text)]})

    def of(self, story: int) -> tuple[int, int, int] | None:
        """Return line, character and fingerprint of the line's text, None where there is none."""
        found = self._known().get(str(story))
        if isinstance(found, list) and len(found) == 3 and all(type(one) is int for one in found):
            return found[0], found[1], found[2]
        return None

    def at(self, story: int, line: int, text: str) -> int:
        """Return the character of the line at which the story was left; 0 where it was left elsewhere."""
        found = self.of(story)
        return found[1] if found and found[0] == line and found[2] == _print(text) else 0

    def remove(self, story: int) -> None:
        """Forget: the story is being told."""
        if str(story) in self._known():
            self._save({name: kept for name, kept in self._known().items() if name != str(story)})

    def _known(self) -> dict[str, Any]:
        if self._kept is None:
            self._kept = {}
            if self._store is not None:
                with contextlib.suppress(StorytimeError):
                    self._kept = self._store.load(NAME) or {}
        return self._kept

    def _save(self, kept: dict[str, Any]) -> None:
        self._kept = kept
        if self._store is not None:
            with contextlib.suppress(StorytimeError):
                self._store.save(NAME, kept)


def _print(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))

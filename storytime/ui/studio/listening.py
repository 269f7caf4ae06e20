"""Lets a recording from a list be heard; the same button pressed again ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storytime.core.studio.hearing import as_heard

if TYPE_CHECKING:
    from collections.abc import Callable

    from storytime.core.shelf.takes import Take
    from storytime.core.studio.recovery import Left
    from storytime.core.studio.studio import Studio


class Listening:
    """One recording at a time, through the studio's own way of hearing."""

    def __init__(self, studio: Callable[[], Studio]) -> None:
        """`studio` is asked for when there is something to hear."""
        self._studio = studio
        self._heard: object = None

    def hear_take(self, take: Take) -> None:
        """Play a take as the night would tell it."""
        if self._begins(take.id):
            studio = self._studio()
            studio.hearing.say([as_heard(studio.kit, take)])

    def hear_left(self, left: Left) -> None:
        """Play what was left behind, all of it."""
        if self._begins(left.paths):
            self._studio().hearing.stretches([(part.path, 0.0, part.seconds) for part in left.parts])

    def hush(self) -> None:
        """Be silent."""
        if self._heard is not None:
            self._heard = None
            self._studio().hearing.stop()

    def _begins(self, what: object) -> bool:
        studio = self._studio()
        if self._heard == what:
            self.hush()
            return False
        if self._heard is None:
            studio.hearing.ended.connect(self._ended)
        studio.hush()
        self._heard = what
        return True

    def _ended(self, _whole: bool) -> None:
        self._heard = None
        self._studio().hearing.ended.disconnect(self._ended)

"""The rest of the pretended machine: a lamp that remembers, and a background that works at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


class PretendLamp:
    """Keeps `ports.Lamp` and what was asked of it."""

    def __init__(self) -> None:
        self.awake = False

    def keep_awake(self, on: bool) -> None:
        """Remember whether the system is kept awake."""
        self.awake = on


class PretendBackground:
    """Keeps `ports.Background` inline: the work is done, and told, before `run` returns."""

    def run(
        self,
        work: Callable[..., Any],
        *values: Any,
        done: Callable[[Any], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Run `work(*values)` now."""
        try:
            value = work(*values)
        except Exception as error:
            failed(error)
        else:
            done(value)

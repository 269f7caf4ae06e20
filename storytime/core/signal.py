"""A signal without Qt: connect and emit, on the same thread, in the order of connecting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVarTuple, Unpack

if TYPE_CHECKING:
    from collections.abc import Callable

Values = TypeVarTuple("Values")


class Signal(Generic[*Values]):
    """Something that happened, told to everyone who asked to hear of it."""

    __slots__ = ("_slots",)

    def __init__(self) -> None:
        self._slots: list[Callable[[Unpack[Values]], object]] = []

    def connect(self, slot: Callable[[Unpack[Values]], object]) -> None:
        """Call `slot` with the values of every later `emit`."""
        self._slots.append(slot)

    def disconnect(self, slot: Callable[[Unpack[Values]], object]) -> None:
        """Stop calling `slot`; a slot that was never connected is no error."""
        if slot in self._slots:
            self._slots.remove(slot)

    def emit(self, *values: *Values) -> None:
        """Tell all who are connected now, in order; one who disconnects meanwhile is still told."""
        for slot in tuple(self._slots):
            slot(*values)

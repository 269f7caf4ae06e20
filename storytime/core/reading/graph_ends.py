"""What goes into a network and what comes out of it, read from its file without running it.

An ONNX file is a protocol buffer (https://protobuf.dev/programming-guides/encoding/): numbered fields, each with its
length, so that all but a few can be passed over unread.
"""

from __future__ import annotations

import mmap
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GRAPH = 7
"""Field number of the graph in a model (onnx.proto); those below are of the graph's."""
NODE, INITIALIZER, INPUT, OUTPUT = 1, 5, 11, 12
TENSOR_NAME, VALUE_NAME = 8, 1
VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
LONGEST_VARINT = 10
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Ends:
    """The names at both ends of a graph."""

    inputs: tuple[str, ...]
    """What must be given; not what the file itself holds."""
    outputs: tuple[str, ...]
    nodes: int


def ends_of(path: Path) -> Ends:
    """Return the ends of the graph in a file. Raises `ValueError` for what is no such file, and `OSError`."""
    with path.open("rb") as file:
        if not path.stat().st_size:
            raise ValueError("empty")
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            graphs = [(at, end) for number, at, end in _fields(data, 0, len(data)) if number == GRAPH]
            if not graphs:
                raise ValueError("no graph")
            found = [field for at, end in graphs for field in _fields(data, at, end)]
            held = {_name(data, at, end, TENSOR_NAME) for number, at, end in found if number == INITIALIZER}
            inputs = [_name(data, at, end, VALUE_NAME) for number, at, end in found if number == INPUT]
            outputs = [_name(data, at, end, VALUE_NAME) for number, at, end in found if number == OUTPUT]
            nodes = sum(number == NODE for number, _, _ in found)
            return Ends(tuple(name for name in inputs if name not in held), tuple(outputs), nodes)


def _fields(data: mmap.mmap, at: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield number, begin and end of each field that has a length."""
    while at < end:
        key, at = _varint(data, at, end)
        number, kind = key >> 3, key & 7
        if kind == BYTES:
            length, at = _varint(data, at, end)
            if length > end - at:
                raise ValueError("cut off")
            yield number, at, at + length
            at += length
        elif kind == VARINT:
            _, at = _varint(data, at, end)
        elif kind in (FIXED64, FIXED32):
            at += 8 if kind == FIXED64 else 4
        else:
            raise ValueError("no protocol buffer")
    if at != end:
        raise ValueError("cut off")


def _varint(data: mmap.mmap, at: int, end: int) -> tuple[int, int]:
    value = 0
    for place in range(LONGEST_VARINT):
        if at >= end:
            raise ValueError("cut off")
        byte = data[at]
        at += 1
        value |= (byte & 127) << 7 * place
        if byte < 128:
            return value, at
    raise ValueError("no protocol buffer")


def _name(data: mmap.mmap, at: int, end: int, field: int) -> str:
    for number, begin, stop in _fields(data, at, end):
        if number == field and stop - begin <= LONGEST_NAME:
            return data[begin:stop].decode("utf-8", "replace")
    return ""

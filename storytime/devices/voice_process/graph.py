"""Have a network tell one more of the values inside it, without the tools that networks are made with.

An ONNX file is a protocol buffer, and of two that stand one behind the other the second is added to the first
(https://protobuf.dev/programming-guides/encoding/#last-one-wins). So a few bytes at the end name one more output.
"""

from __future__ import annotations

GRAPH, OUTPUT, NAME = 7, 12, 1
"""Field numbers: of the graph in a model, of an output in a graph, of the name in an output (onnx.proto)."""


def with_output(model: bytes, name: str) -> bytes:
    """Return the model with the inner value `name` among its outputs, after those it has."""
    return model + _field(GRAPH, _field(OUTPUT, _field(NAME, name.encode())))


def _field(number: int, data: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def _varint(number: int) -> bytes:
    coded = bytearray()
    while number > 127:
        coded.append(number & 127 | 128)
        number >>= 7
    coded.append(number)
    return bytes(coded)

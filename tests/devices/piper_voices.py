"""Piper voices for tests, made of bytes: a network of eleven nodes whose sound is a tone, as long as its line."""

import json
import struct

RATE = 16_000
FLOAT, INT64 = 1, 7
SOUNDS = "abcdefghijklmnopqrstuvwxyz .,?!ˈˌːəɛɪɔʃʊæɑðŋɹɐ"


def varint(number):
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def field(number, value):
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    data = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(data)) + data


def node(kind, inputs, output, **numbers):
    attributes = b"".join(field(5, field(1, key) + field(3, value) + field(20, 2)) for key, value in numbers.items())
    return field(1, b"".join(field(1, one) for one in inputs) + field(2, output) + field(4, kind) + attributes)


def constant(name, kind, value):
    packed = struct.pack("<f" if kind == FLOAT else "<q", value)
    return field(5, field(2, kind) + field(8, name) + field(9, packed))


def end(number, name, kind, *dims):
    shape = b"".join(field(1, field(1, one) if isinstance(one, int) else field(2, one)) for one in dims)
    return field(number, field(1, name) + field(2, field(1, field(1, kind) + field(2, shape))))


def network(*, speakers=1, inputs=("input", "input_lengths", "scales"), loud=0.3, lengths=True):
    """Return a model: for each number given, 800 samples times the wished length, of a tone higher for each speaker.

    With `lengths` it holds inside how long each number lasts, as Piper's own networks do: all alike.
    """
    nodes = [
        node("Cast", ["input_lengths"], "count", to=FLOAT),
        node("Gather", ["scales", "one"], "length", axis=0),
        node("Mul", ["count", "length"], "long"),
        node("Mul", ["long", "each"], "samples_"),
        node("Squeeze", ["samples_"], "samples"),
        node("Range", ["zero", "samples", "step"], "ramp"),
    ]
    if lengths:
        nodes += [node("Cast", ["input"], "numbers", to=FLOAT), node("Mul", ["numbers", "zero"], "none"),
                  node("Add", ["none", "length"], "alike"), node("Ceil", ["alike"], "/Ceil_output_0")]
    last = "ramp"
    if speakers > 1:
        nodes += [node("Cast", ["sid"], "who", to=FLOAT), node("Add", ["who", "step"], "higher"),
                  node("Mul", ["ramp", "higher"], "pitched")]
        last = "pitched"
    nodes += [
        node("Mul", [last, "speed"], "angle"), node("Sin", ["angle"], "wave"), node("Mul", ["wave", "loud"], "soft"),
        node("Reshape", ["soft", "shape"], "output"),
    ]
    held = [constant("one", INT64, 1), constant("each", FLOAT, 800.0), constant("zero", FLOAT, 0.0),
            constant("step", FLOAT, 1.0), constant("speed", FLOAT, 0.1), constant("loud", FLOAT, loud)]
    held.append(field(5, field(1, 4) + field(2, INT64) + field(8, "shape") + field(9, struct.pack("<4q", 1, 1, 1, -1))))
    shapes = {"input": (INT64, "batch", "phonemes"), "input_lengths": (INT64, "batch"), "scales": (FLOAT, 3),
              "sid": (INT64, "batch")}
    wanted = [*inputs, *(["sid"] if speakers > 1 else [])]
    ends = [end(11, name, *shapes.get(name, (FLOAT, 1))) for name in wanted]
    ends.append(end(12, "output", FLOAT, "b", 1, 1, "n"))
    graph = b"".join(nodes) + field(2, "tone") + b"".join(held + ends)
    return field(1, 8) + field(7, graph) + field(8, field(1, "") + field(2, 13))


def notes(*, speakers=1, rate=RATE, language="en_US", espeak="en-us", **more):
    ids = {"_": [0], "^": [1], "$": [2], **{one: [number] for number, one in enumerate(SOUNDS, 3)}}
    names = {f"p{number}": number for number in range(speakers)} if speakers > 1 else {}
    return {
        "audio": {"sample_rate": rate}, "espeak": {"voice": espeak}, "phoneme_type": "espeak",
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8}, "phoneme_id_map": ids,
        "num_speakers": speakers, "speaker_id_map": names, "language": {"code": language}, "dataset": "tone", **more,
    }


def make_voice(folder, name="en_US-tone-low", *, speakers=1, model=None, card="* License: CC0\n", **more):
    """Write a voice into a folder and return its network's path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.onnx"
    path.write_bytes(network(speakers=speakers) if model is None else model)
    (folder / f"{name}.onnx.json").write_text(json.dumps(notes(speakers=speakers, **more)), encoding="utf-8")
    if card:
        (folder / "MODEL_CARD").write_text(card, encoding="utf-8")
    return path

"""A Piper voice as two files: a network, and beside it what it was made for (`name.onnx` and `name.onnx.json`)."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from storytime.core.ports import VoiceInfo

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ENGINE = "piper"
CARD = "MODEL_CARD"
MODEL, NOTES = ".onnx", ".onnx.json"
MOST_NOTES = 4_000_000
"""Bytes of the notes beside a network."""
MOST_CARD = 200_000
RATES = (8_000, 48_000)
"""Hz between which a voice may be."""
MOST_SPEAKERS = 24
"""Of a crowd in one file only so many are offered; a list of nine hundred helps nobody."""
MOST_SYMBOLS = 4_096
BEGIN, PAD, END = "^", "_", "$"
"""What stands around the sounds of a line."""
KINDS = ("espeak", "text")
"""How a line becomes sounds: by eSpeak NG, or letter by letter."""


class NotSuchNotes(ValueError):
    """What the notes beside a network lack; the end of a sentence that begins “it”."""


@dataclass(frozen=True, slots=True)
class PiperVoice:
    """One network and how it wants to be fed."""

    id: str
    """The file's name without its end."""
    model: Path
    name: str
    languages: tuple[str, ...]
    """BCP 47, lower case, the best first."""
    rate: int
    """Hz."""
    speakers: tuple[tuple[str, int], ...]
    """Name and number of each; empty where there is one alone."""
    kind: str
    espeak: str
    """The eSpeak voice whose sounds it learned."""
    ids: Mapping[str, tuple[int, ...]]
    """The numbers of each sound."""
    replaced: Mapping[str, str]
    noise: float
    length: float
    """Factor of the natural length of every sound."""
    noise_length: float
    licence: str = ""
    """As its model card says it; empty where there is none."""

    def infos(self) -> tuple[VoiceInfo, ...]:
        """Return one voice, or one for each of the first speakers."""
        if not self.speakers:
            return (VoiceInfo(f"{ENGINE}:{self.id}", self.name, self.languages, ENGINE),)
        return tuple(
            VoiceInfo(f"{ENGINE}:{self.id}#{who}", f"{self.name}, {who}", self.languages, ENGINE)
            for who, _ in self.speakers[:MOST_SPEAKERS]
        )


def notes_of(model: Path) -> Path:
    """Return where the notes of a network are: `name.onnx.json`, else `name.json`."""
    beside = model.with_name(model.name + ".json")
    return beside if beside.exists() else model.with_suffix(".json")


def read_voice(model: Path) -> PiperVoice:
    """Read what stands beside a network. Raises `NotSuchNotes`, and `OSError`."""
    notes = notes_of(model)
    if notes.stat().st_size > MOST_NOTES:
        raise NotSuchNotes("has notes far larger than a voice's are")
    try:
        data = json.loads(notes.read_bytes())
    except (ValueError, RecursionError):
        raise NotSuchNotes("has notes that are no JSON") from None
    if not isinstance(data, dict):
        raise NotSuchNotes("has notes that are not Piper's")
    rate = _number(data, "audio", "sample_rate", 0)
    if not RATES[0] <= rate <= RATES[1]:
        raise NotSuchNotes("names no sample rate between 8,000 and 48,000 Hz")
    kind = data.get("phoneme_type") or "espeak"
    if kind not in KINDS:
        raise NotSuchNotes(f"wants its words as “{kind}”, which Storytime cannot give")
    family = model.name.removesuffix(MODEL)
    return PiperVoice(
        family,
        model,
        _name(data, family),
        _languages(data, family),
        int(rate),
        _speakers(data),
        kind,
        str(_part(data, "espeak").get("voice") or family.partition("-")[0]),
        _ids(data),
        {str(one): str(other) for one, other in _part(data, "phoneme_map").items() if isinstance(other, str)},
        _number(data, "inference", "noise_scale", 0.667),
        _number(data, "inference", "length_scale", 1.0) or 1.0,
        _number(data, "inference", "noise_w", 0.8),
        licence_of(model.with_name(CARD)),
    )


def licence_of(card: Path) -> str:
    """Return what a model card says of the licence, and of the voice it was made from; empty where it says nothing."""
    try:
        text = card.read_bytes()[:MOST_CARD].decode("utf-8", "replace")
    except OSError:
        return ""
    licence = re.search(r"licen[cs]e\W*:\s*(.+)", text, re.I)
    tuned = re.search(r"fine-?tuned from\s+(.+)", text, re.I)
    said = [licence[1].strip(" *`")] if licence else []
    said += [f"made from {tuned[1].strip(' .*`')}"] if tuned else []
    return ", ".join(said)[:200]


def voices_in(folder: Path) -> list[PiperVoice]:
    """Return the voices that stand in a folder, each in one of its own; what cannot be read is passed over."""
    found = []
    for model in sorted(folder.glob(f"[!.]*/*{MODEL}")):
        try:
            found.append(read_voice(model))
        except (ValueError, OSError):
            continue
    return found


def _part(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    part = data.get(name)
    return part if isinstance(part, dict) else {}


def _number(data: Mapping[str, Any], part: str, name: str, usual: float) -> float:
    value = _part(data, part).get(name, usual)
    known = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value >= 0
    return float(value) if known else usual


def _ids(data: Mapping[str, Any]) -> dict[str, tuple[int, ...]]:
    ids = {}
    for sound, numbers in _part(data, "phoneme_id_map").items():
        known = isinstance(numbers, list) and all(type(one) is int and 0 <= one < MOST_SYMBOLS for one in numbers)
        if not known:
            raise NotSuchNotes("has notes that are not Piper's")
        ids[sound] = tuple(numbers)
    if not all(ids.get(mark) for mark in (BEGIN, PAD, END)):
        raise NotSuchNotes("has notes that name no sounds")
    return ids


def _speakers(data: Mapping[str, Any]) -> tuple[tuple[str, int], ...]:
    count = data.get("num_speakers")
    if not isinstance(count, int) or count < 2:
        return ()
    named = {number: str(name) for name, number in _part(data, "speaker_id_map").items() if isinstance(number, int)}
    return tuple((named.get(number, str(number)), number) for number in range(min(count, MOST_SYMBOLS)))


def _name(data: Mapping[str, Any], family: str) -> str:
    parts = family.split("-")
    dataset = data.get("dataset")
    said = dataset if isinstance(dataset, str) and dataset else parts[1] if len(parts) > 1 else family
    return said.replace("_", " ").strip().title()[:60] or family


def _languages(data: Mapping[str, Any], family: str) -> tuple[str, ...]:
    code = _part(data, "language").get("code") or _part(data, "espeak").get("voice") or family.partition("-")[0]
    tag = str(code).lower().replace("_", "-")
    return tuple(dict.fromkeys((tag, tag.partition("-")[0])))

"""What a family chose: one frozen value, kept one JSON row a field, so that a damaged row harms no other."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from storytime.core.signal import Signal

if TYPE_CHECKING:
    from storytime.core.database import Library

CHOICES = {
    "kind_of_night": ("voice", "paper", "reader"),
    "telling_view": ("black", "text", "candle"),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """Every choice, with what holds until a parent chooses."""

    voice: dict[str, str] = field(default_factory=dict)
    """Voice id by language; a language that is missing is chosen by the narrator."""
    voice_rate: dict[str, float] = field(default_factory=dict)
    """Factor of the voice’s own pace, by voice id."""
    voice_pitch: dict[str, float] = field(default_factory=dict)
    """0 to 1, by voice id."""
    voice_volume: dict[str, float] = field(default_factory=dict)
    """0 to 1, by voice id."""
    voice_pause: dict[str, float] = field(default_factory=dict)
    """Factor of the silence after each line, by voice id."""
    voice_warmth: dict[str, bool] = field(default_factory=dict)
    """Whether a voice’s edge is taken off, by voice id."""
    story_voice: dict[str, str] = field(default_factory=dict)
    """Voice id by story id: who reads that one, whatever reads its language."""
    children: dict[str, dict[str, str]] = field(default_factory=dict)
    """Voice id by language, by the name of a child: who reads to them, whatever reads the language."""
    child: str = ""
    """Whom tonight’s stories are for, by name; empty: everybody."""
    sayings: dict[str, dict[str, str]] = field(default_factory=dict)
    """How words are said: by story id, or by "" for every story, then by the word as it is written.

    As words ("shiv-awn"), or between strokes by the phonetic alphabet ("/ʃɪˈvɔːn/").
    """
    announce: bool = True
    """The machine says a story's title and its chapters' heads before them."""
    ease: bool = True
    """Told at night, a story slows down a little towards its end."""
    night_volume: float = 0.35
    """0 to 1; the first volume ever is low."""
    kind_of_night: str = "voice"
    telling_view: str = "black"
    brighter_words: bool = False
    follow_words: bool = False
    """Where a story's text is seen while it is told, the words being said stand out a little."""
    chime: bool = False
    teller: int = 0
    """Whose takes are told tonight, a `Teller.id`; 0: whoever recorded the line last."""
    other_tellers: bool = True
    """Where that teller has no take of a line, another one’s is told before a voice of the machine."""
    recorded_names: bool = True
    """Where the machine reads, a name that somebody recorded is heard in their voice."""
    recording_teller: int = 0
    """Who recorded last, so that the studio opens for them."""
    microphone: str = ""
    """An `Input.id`; empty: the system’s own."""
    take_care: bool = True
    """Takes are trimmed and brought to one level while they are told; the recordings stay as they are."""
    less_noise: bool = False
    """Takes are told with the noise of their room taken down."""
    goodnight: str = ""
    """Empty: the language’s own words."""
    plan: dict[str, Any] = field(default_factory=dict)
    """As `evening.plan` writes it."""
    first_run_done: bool = False
    less_motion: bool = False


DEFAULTS = Settings()
KINDS = {one.name: type(getattr(DEFAULTS, one.name)) for one in fields(Settings)}
SHARES = ("night_volume",)


class SettingsStore:
    """The settings in the library, and who hears of a change."""

    def __init__(self, library: Library) -> None:
        self.changed: Signal[Settings] = Signal()
        self._library = library
        self.value = self._read()

    def change(self, **changes: Any) -> Settings:
        """Save these fields and return the new settings. Raises TypeError, ValueError for what is no setting."""
        for name, value in changes.items():
            if name not in KINDS:
                raise TypeError(name)
            if not fits(name, value):
                raise ValueError(f"{name}: {value!r}")
        with self._library.writing() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO settings VALUES (?, ?)",
                [(name, json.dumps(value)) for name, value in changes.items()],
            )
        self._become(replace(self.value, **changes))
        return self.value

    def reread(self) -> None:
        """Take over what another process changed."""
        self._become(self._read())

    def _become(self, value: Settings) -> None:
        if value != self.value:
            self.value = value
            self.changed.emit(value)

    def _read(self) -> Settings:
        found = {}
        for name, text in self._library.rows("SELECT name, value FROM settings"):
            try:
                value = json.loads(text)
            except (ValueError, RecursionError):
                continue
            if name in KINDS and fits(name, value):
                found[name] = value
        return replace(DEFAULTS, **found)


def fits(name: str, value: object) -> bool:
    """Return whether `value` can stand in the field `name`."""
    kind = KINDS[name]
    if kind is float:
        return _is_number(value) and (name not in SHARES or 0 <= float(str(value)) <= 1)
    if not isinstance(value, kind):
        return False
    if name in CHOICES:
        return value in CHOICES[name]
    if name in ("voice", "story_voice"):
        return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())
    if name in ("sayings", "children"):
        return isinstance(value, dict) and all(isinstance(words, dict) for words in value.values()) and all(
            isinstance(said, str) for words in value.values() for said in words.values()
        )
    if name == "voice_warmth":
        return isinstance(value, dict) and all(isinstance(one, bool) for one in value.values())
    if name.startswith("voice_"):
        return isinstance(value, dict) and all(_is_number(one) for one in value.values())
    return True


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)

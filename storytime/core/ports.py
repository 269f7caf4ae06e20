"""The machine as core sees it: protocols only where a test machine lacks the thing.

Every port is kept by `storytime.devices` for real and by `storytime.devices.rehearsal` in pretence; the same promises
(`tests/devices`) hold both.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime, timedelta
    from pathlib import Path

    from storytime.core.signal import Signal


class Timer(Protocol):
    """A call that is still to come."""

    def cancel(self) -> None:
        """Never call; cancelling twice, or after the call, is no error."""


class Clock(Protocol):
    """The two clocks of the machine: the wall's (civil) and the machine's own since it was started (boot)."""

    ticked: Signal[()]
    """Once a second, and at once after the machine wakes from sleep."""

    def wall(self) -> datetime:
        """Return naive local civil time, as the wall clock shows it."""

    def utc_offset(self) -> timedelta:
        """Return what the zone adds to UTC now, so that a step of daylight saving can be explained."""

    def boot(self) -> float:
        """Return seconds since the machine was started, suspend included."""

    def boot_id(self) -> str:
        """Return a name of this boot: `boot()` values compare only under the same name."""

    def after(self, seconds: float, call: Callable[[], object]) -> Timer:
        """Call back once on the main thread, `seconds` from now. Never for a time of day: suspend stops it."""


@dataclass(frozen=True, slots=True)
class VoiceInfo:
    """A voice that can speak here."""

    id: str
    """Engine and name, such as `espeak:gmw/en-US`."""
    name: str
    languages: tuple[str, ...]
    """BCP 47, lower case, the best first, such as `("en-us", "en")`."""
    engine: str


@dataclass(frozen=True, slots=True)
class Levels:
    """What was measured in a recording; None where there is too little sound to measure."""

    lufs: float | None = None
    """Integrated loudness, LUFS (ITU-R BS.1770)."""
    true_peak: float | None = None
    """dBTP."""
    rms: float | None = None
    """dBFS of what is spoken."""
    noise: float | None = None
    """dBFS of the room, between the words."""
    clipped: int = 0
    """Samples at full scale."""
    speech_begin: float = 0.0
    """Seconds into the recording at which the first word begins."""
    speech_end: float = 0.0
    """Seconds into the recording at which the last word ends; equal to the beginning where nobody speaks."""


@dataclass(frozen=True, slots=True)
class Sounds:
    """How a piece of a text is said: characters `start` to `start + length`, by the phonetic alphabet (IPA)."""

    start: int
    length: int
    ipa: str


@dataclass(frozen=True, slots=True)
class Stress:
    """Words of a text that are said with emphasis: characters `start` to `start + length`."""

    start: int
    length: int

    @property
    def end(self) -> int:
        """The first character after them."""
        return self.start + self.length


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text of which there is a recording: characters `start` to `start + length`."""

    start: int
    length: int
    take: Path
    levels: Levels
    """What was measured in the take."""


@dataclass(frozen=True, slots=True)
class Voiced:
    """What another voice says of a text, or the same in another manner: characters `start` to `start + length`."""

    start: int
    length: int
    voice: str
    """A `VoiceInfo.id`."""
    rate: float = 1.0
    pitch: float = 0.5
    volume: float = 1.0
    warm: bool = False


@dataclass(frozen=True, slots=True)
class Utterance:
    """One line of text to be rendered: everything that decides how it sounds, so its hash names the sound."""

    text: str
    voice: str
    """A `VoiceInfo.id`; of a take, whose it is (`teller:` and their number)."""
    rate: float = 1.0
    """Factor of the voice's own calm pace."""
    pitch: float = 0.5
    """0 to 1, from lower to higher; 0.5 is the voice's own."""
    volume: float = 1.0
    """0 to 1."""
    head: str = ""
    """A heading that is said before it, with a rest between them."""
    head_names: tuple[Named, ...] = ()
    """What of the heading is heard from its recording, in the order of the heading."""
    warm: bool = False
    """Its edge is taken off by a gentle low-pass."""
    sounds: tuple[Sounds, ...] = ()
    """What is said in a way of its own, in the order of the text; an engine that cannot says the words as written."""
    stressed: tuple[Stress, ...] = ()
    """What is said with emphasis, in the order of the text; an engine that cannot says the words as the others."""
    names: tuple[Named, ...] = ()
    """What is not spoken but heard from its recording, in the order of the text."""
    voiced: tuple[Voiced, ...] = ()
    """What is not said by `voice`, or not in its manner, in the order of the text."""
    take: Path | None = None
    """A recorded voice to be brought to level instead of a text to be spoken; `text` is what was read."""
    levels: Levels | None = None
    """What was measured in the take; measured anew where it is not known."""
    care: bool = True
    """The take is trimmed and brought to level; otherwise it is heard as it was recorded."""
    less_noise: bool = False
    """The noise of the take's room is taken down."""
    guide: Utterance | None = None
    """The take's words as a machine says them, from whose times those of the take are found; None asks for no times."""


@dataclass(frozen=True, slots=True)
class Word:
    """When a word is heard: characters `start` to `start + length` of the text begin `at` seconds into the sound."""

    start: int
    length: int
    at: float


@dataclass(frozen=True, slots=True)
class Sound:
    """A rendered line on disk: 16-bit PCM mono WAV."""

    path: Path
    frames: int
    rate: int
    """Frames a second (Hz)."""
    words: tuple[Word, ...] = field(default=())
    """Empty where the engine gives no times."""
    begin: int = 0
    """The frame from which it is heard, softly begun where that is not its first."""

    @property
    def seconds(self) -> float:
        """Seconds for which it is heard."""
        return (self.frames - self.begin) / self.rate


class Voice(Protocol):
    """What turns a line of text into a sound file. Results come on the main thread, in order of asking."""

    rendered: Signal[Utterance, Sound]
    failed: Signal[Utterance, str]
    """The line could not be rendered even by a fresh engine; the text says why, for the log and for the morning."""

    def warm(self) -> None:
        """Begin without waiting, so that the first line and `voices` come at once."""

    def begun(self) -> bool:
        """Whether `voices` answers at once; before, it waits for what has to begin."""

    def look_again(self) -> None:
        """Take in voices that came since, and let go of those that went; where none did, this costs next to nothing."""

    def voices(self) -> tuple[VoiceInfo, ...]:
        """Return the voices of this machine; empty where none can speak."""

    def troubles(self) -> dict[str, str]:
        """Return the engines that could not be begun when `voices` was asked, by name, and why, for a parent's eyes."""

    def ready(self, utterance: Utterance) -> Sound | None:
        """Return the sound if it is in the cache, touched so that it stays there."""

    def spare(self, utterance: Utterance) -> None:
        """Let no bound of the cache throw the sound out before the coming night is over, if it is there."""

    def render(self, utterance: Utterance) -> None:
        """Ask for the sound. `rendered` or `failed` follows, never inside this call; asking twice renders once."""

    def forget(self) -> None:
        """Drop every wish not yet begun."""

    def rest(self) -> None:
        """Let go of the memory that an engine holds, if nothing is wished of it; the next line begins it anew."""

    def close(self) -> None:
        """End the engine's process."""


class Speaker(Protocol):
    """The one way out for sound: a queue of sounds without gaps. Tokens are the caller's numbers."""

    started: Signal[int]
    """The first sample of the token's sound is being heard."""
    ended: Signal[int]
    """The last sample of the token's sound has been heard; its pause comes after."""
    drained: Signal[()]
    """Everything queued, pauses too, has been heard."""
    lost: Signal[()]
    """The output went away while something was queued. The queue is dropped; what sounded was not heard whole."""
    back: Signal[()]
    """An output is there again."""

    volume: float
    """0 to 1, heard within 300 ms."""

    def available(self) -> bool:
        """Whether there is an output now."""

    def warm(self) -> None:
        """Make ready what `open` needs, without taking an output yet."""

    def open(self) -> None:
        """Open the sound path and feed it silence, so that the first sound comes at once. Opening twice is no error."""

    def close(self) -> None:
        """Let the output go."""

    def queue(self, token: int, sound: Sound, pause: float = 0.0) -> None:
        """Play after all that is queued, then `pause` seconds of silence."""

    def queued(self) -> float:
        """Return seconds until everything queued, pauses too, will have been heard if nothing is paused."""

    def pause(self) -> None:
        """Fall silent within 100 ms and hold the very sample."""

    def resume(self) -> None:
        """Go on from the sample that was held."""

    def drop(self) -> None:
        """Forget everything, fall silent within 100 ms; no `ended` follows for what is dropped."""

    def drop_after(self, token: int) -> None:
        """Keep what is queued up to and with `token` (without its pause), forget the rest."""


@dataclass(frozen=True, slots=True)
class Input:
    """A microphone that can be chosen."""

    id: str
    name: str
    default: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """What the microphone heard in the last tenth of a second or so, and what is safe."""

    peak: float
    """dBFS of the loudest sample; -120 where all are zero."""
    rms: float
    """dBFS; -120 where all are zero."""
    clipped: int
    """Samples at full scale in this block."""
    safe: float
    """Seconds of the recording that outlive even a loss of power: about a second behind the rest."""
    seconds: float = 0.0
    """Seconds of the recording that are in its journal and outlive everything else."""


class Microphone(Protocol):
    """The one way in for sound: every block is on the disk, in a journal, before it is anything else.

    One recording at a time. The microphone is a process of its own: a window that stalls or dies loses no sample. Where
    the window dies the recording goes on until nobody speaks any more; `core.studio.journal_file` finds and ends it.
    """

    started: Signal[()]
    """The first frame of the recording is in its journal."""
    heard: Signal[Level]
    """About ten times a second while it records or is warm."""
    ended: Signal[str]
    """The recording is over and its journal whole; why: "" (asked for), lost, full, refused, none, or died.

    Where it never began (none, refused, no room for a beginning) there is no journal.
    """
    lost: Signal[str]
    """An input that was to be warm, and is not recorded from, is not heard; why: lost, refused, none, or died."""
    inputs_changed: Signal[()]

    def inputs(self) -> tuple[Input, ...]:
        """Return the microphones of this machine; empty where there is none, or none may be heard."""

    def warm(self, device: str = "") -> None:
        """Open the input (an `Input.id`, "" the system's own), so that a recording begins at once.

        What it hears meanwhile is told by `heard` and thrown away. While recording, this changes nothing.
        """

    def record(self, journal: Path, header: dict[str, Any], device: str = "") -> None:
        """Record into a new journal (`core.studio.journal`) that begins with the header.

        `started` follows, or `ended` with why not, never inside this call. While recording, this changes nothing. The
        depth (`format`) and the `rate` are added to the header.
        """

    def stop(self) -> None:
        """End the recording, with all that sounded until now; `ended` follows. The input stays warm."""

    def rest(self) -> None:
        """Let the input go. A recording under way ends first."""

    def close(self) -> None:
        """End the process. A recording under way ends whole, and nothing is told of it."""


class Lamp(Protocol):
    """The light and the wakefulness of the machine."""

    def keep_awake(self, on: bool) -> None:
        """Keep the system from sleeping while a story is told, or let it sleep again. Best effort, no error."""


class Background(Protocol):
    """A pool of two workers: values in, values out; `done` and `failed` are called on the main thread."""

    def run(
        self,
        work: Callable[..., Any],
        *values: Any,
        done: Callable[[Any], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Run `work(*values)` beside the main thread."""


class StateStore(Protocol):
    """Where the evening keeps its few facts across a restart. Kept by the library's `kept` table."""

    def load(self, name: str) -> dict[str, Any] | None:
        """Return what was saved under `name`, or None. Raises `CannotReadState`."""

    def save(self, name: str, value: dict[str, Any]) -> None:
        """Save at once. Raises `CannotSave`."""

    def drop(self, names: Sequence[str]) -> None:
        """Forget."""

"""What a teller sees of the studio, as one value: who reads which line, what the microphone did, what comes next."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path

    from storytime.core.errors import StorytimeError
    from storytime.core.shelf.takes import Levels, Take
    from storytime.core.shelf.tellers import Teller
    from storytime.core.studio.label import Label

Mode = Literal["line", "through", "echo", "tale", "name"]
State = Literal["resting", "listening", "leading", "recording", "measuring", "recorded", "cutting", "playing"]
"""resting: nothing sounds. listening: three seconds of the room, before the first line. leading: what came before is
played (or whispered, in echo), and the recording begins when it ends. recording. measuring: the take is being measured,
the cuts sought, or a file brought in. recorded: a take waits for keep or redo; a tale is interrupted, and goes on or is
kept under a title. cutting: a recording lies on its lines, and waits for keep; its cuts can be moved. playing:
something recorded is heard."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a line begins in a recording that was read straight through."""

    line: int
    """Counted over the whole story, from 0."""
    at: float
    """Seconds into the recording."""
    sure: bool = True
    """False where the program would like a person to listen."""
    low: float = 0.0
    high: float = 0.0
    """The silence in which it lies, in seconds into the recording."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What three seconds of listening, or a take, say of the sound."""

    kind: str
    """good, quiet, loud, noisy, hum, dead, clipped or silent."""
    levels: Levels

    @property
    def usable(self) -> bool:
        """Whether a teller may begin with this."""
        return self.kind not in ("dead", "silent")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A recording that was neither kept nor put away: a journal, whole on the disk."""

    path: Path
    label: Label
    seconds: float


@dataclass(frozen=True, slots=True)
class Session:
    """One sitting in the studio."""

    state: State = "resting"
    mode: Mode = "line"
    teller: Teller | None = None
    """None where nobody was welcomed in this house yet: nothing can be recorded before."""
    story: int | None = None
    """None while nothing is open, and for a tale without a text."""
    open: bool = False
    """Whether somebody sits in the studio."""
    title: str = ""
    language: str = "en"
    """BCP 47."""
    lines: tuple[str, ...] = ()
    line: int = 0
    """The line that is read now, from 0."""
    name: str = ""
    """In mode name: the child's name or pet word that is recorded."""
    readers: dict[int, Teller] = field(default_factory=dict)
    """Who reads each line tonight; a line that is missing is read by the machine."""
    kept: Take | None = None
    """This teller's kept take of this line (in mode name: of this name); `stale` where its words were changed since."""
    earlier: int = 0
    """Takes of this line (or name) by this teller in the attic."""
    at_hand: Waiting | None = None
    """The recording under way or waiting for keep or redo; in a tale its last part."""
    waiting: tuple[Waiting, ...] = ()
    """Everything of this teller's that waits in this story (or tale), also what lies at hand; `take_up` one of them."""
    keeping: int = 0
    """Recordings that are being written to the shelf just now."""
    seconds: float = 0.0
    """Length of the recording under way, or of the one that waits; of a tale: of all its parts."""
    safe: float = 0.0
    """Seconds of it that outlive even a loss of power."""
    room: float = 0.0
    """Minutes of recording for which the disk has room."""
    scarce: bool = False
    """Whether that is less than ten minutes, also before a recording begins."""
    proof: Verdict | None = None
    """What was heard of the room; None before it was listened to."""
    verdict: Verdict | None = None
    """What was measured in the take that waits."""
    alarm: str = ""
    """While recording: dead (no sound for a second), clipped, room (under ten minutes), or nothing."""
    cuts: tuple[Cut, ...] = ()
    """The first always lies at 0; the last line goes on to the end of the recording."""
    marks: tuple[float, ...] = ()
    """In a tale: seconds at which a chapter begins; the first chapter begins at 0 without a mark."""
    tale: str = ""
    """Names the tale that is being told."""
    trouble: StorytimeError | None = None
    """What went wrong last; the screen says it once."""
    can_undo: bool = False

    @property
    def sounding(self) -> bool:
        """Whether the microphone or the speaker is at work."""
        return self.state in ("listening", "leading", "recording", "playing")

    @property
    def parts(self) -> tuple[Waiting, ...]:
        """The parts of the tale that is being told, in order."""
        mine = (one for one in self.waiting if self.tale and one.label.tale == self.tale)
        return tuple(sorted(mine, key=lambda one: one.label.part))

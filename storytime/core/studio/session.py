"""What a teller sees of the studio, as one value: who reads which line, what the microphone did, what comes next."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from storytime.core.errors import StorytimeError
    from storytime.core.shelf.takes import Levels, Take
    from storytime.core.shelf.tellers import Teller

Mode = Literal["line", "through", "echo", "tale"]
State = Literal["resting", "listening", "leading", "recording", "measuring", "recorded", "cutting", "playing"]
"""resting: nothing sounds. listening: three seconds of the room, before the first line. leading: what came before is
played (or whispered, in echo), and the recording begins when it ends. recording. measuring: the take is being measured,
or the cuts sought. recorded: a take waits for keep or redo. cutting: a recording lies on its lines, and waits for keep;
its cuts can be moved. playing: something recorded is heard."""


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
class Session:
    """One sitting in the studio."""

    state: State = "resting"
    mode: Mode = "line"
    teller: Teller | None = None
    story: int | None = None
    """None while nothing is open, and for a tale without a text."""
    title: str = ""
    lines: tuple[str, ...] = ()
    line: int = 0
    """The line that is read now, from 0."""
    readers: dict[int, Teller] = field(default_factory=dict)
    """Who reads each line tonight; a line that is missing is read by the machine."""
    kept: Take | None = None
    """This teller's kept take of this line."""
    earlier: int = 0
    """Takes of this line in the attic."""
    seconds: float = 0.0
    """Length of the recording under way, or of the one that waits."""
    safe: float = 0.0
    """Seconds of it that are on the disk."""
    room: float = 0.0
    """Minutes of recording for which the disk has room."""
    proof: Verdict | None = None
    """What was heard of the room; None before it was listened to."""
    verdict: Verdict | None = None
    """What was measured in the take that waits."""
    alarm: str = ""
    """While recording: dead (no sound for a second), clipped, room (under ten minutes), or nothing."""
    cuts: tuple[Cut, ...] = ()
    marks: tuple[float, ...] = ()
    """In a tale: seconds at which a chapter begins."""
    trouble: StorytimeError | None = None
    """What went wrong last; the screen says it once."""
    can_undo: bool = False

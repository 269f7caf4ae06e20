"""What goes wrong through nobody’s fault: each error carries facts, and says itself in one sentence with one remedy.

Everything else is a bug and goes to the log with its traceback.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


class StorytimeError(Exception):
    """Something that can be said in one sentence: `str()` says what happened and what to do."""


@dataclass(eq=False)
class CannotRead(StorytimeError):
    """A file that cannot become a story."""

    path: Path
    why: str
    """The end of a sentence that begins "it", such as "is empty"."""

    def __str__(self) -> str:
        return f"“{self.path.name}” was not added: it {self.why}."


@dataclass(eq=False)
class CannotWrite(StorytimeError):
    """A file that a parent named, and that could not be written."""

    path: Path
    why: str
    """What happened, and what to do: whole sentences."""

    def __str__(self) -> str:
        return f"“{self.path}” was not written. {self.why}"


@dataclass(eq=False)
class NoBackup(StorytimeError):
    """A file that is no backup of a library, or a place where none can be restored."""

    path: Path
    why: str
    """What is wrong with it, and what to do: whole sentences."""

    def __str__(self) -> str:
        return f"Nothing was restored from “{self.path.name}”. {self.why}"


@dataclass(eq=False)
class StoryNotFound(StorytimeError):
    """No story has that id or title."""

    wanted: str

    def __str__(self) -> str:
        return f"No story is called “{self.wanted}”. See the titles with: storytime list"


@dataclass(eq=False)
class StoryAmbiguous(StorytimeError):
    """Several stories share those words."""

    wanted: str
    titles: tuple[str, ...]

    def __str__(self) -> str:
        some = ", ".join(f"“{title}”" for title in self.titles[:4])
        return f"“{self.wanted}” could be {some}. Say more of the title, or its number from: storytime list"


@dataclass(eq=False)
class LibraryTrouble(StorytimeError):
    """The library's folder cannot be used: read-only, full, locked by another program, damaged."""

    path: Path
    why: str
    remedy: str

    def __str__(self) -> str:
        return f"The library at {self.path} {self.why}. {self.remedy}"


@dataclass(eq=False)
class LibraryNewer(StorytimeError):
    """The library was written by a newer Storytime; it is left unharmed."""

    path: Path
    names: tuple[str, ...]

    def __str__(self) -> str:
        return f"The library at {self.path} was made by a newer Storytime. Install that version; nothing was changed."


@dataclass(eq=False)
class DiskFull(StorytimeError):
    """There is no room left where something had to be written."""

    path: Path

    def __str__(self) -> str:
        return f"There is no room left on the disk of {self.path}. Free some space and try again."


@dataclass(eq=False)
class CannotReadState(StorytimeError):
    """The evening's own memory is damaged; it is never a reason to stay shut."""

    name: str

    def __str__(self) -> str:
        return "What Storytime remembered of the evening could not be read, so it begins anew, by day."


@dataclass(eq=False)
class CannotSave(StorytimeError):
    """The evening's own memory cannot be written."""

    name: str

    def __str__(self) -> str:
        return "The evening could not be saved. Check that the disk has room and can be written."


@dataclass(eq=False)
class PlanOutOfOrder(StorytimeError):
    """Times that do not follow each other, read from noon to noon."""

    wind_down: str
    lights_out: str
    morning: str

    def __str__(self) -> str:
        return (
            f"Wind-down {self.wind_down}, lights-out {self.lights_out} and morning {self.morning} do not follow each "
            "other from noon to noon. Put wind-down before lights-out, and lights-out before morning."
        )


@dataclass(eq=False)
class PinRefused(StorytimeError):
    """The old PIN is wrong, or must be waited for, or the new one is no PIN."""

    why: str

    def __str__(self) -> str:
        return self.why


@dataclass(eq=False)
class Sealed(StorytimeError):
    """It is night: the house sleeps until the morning, or until a parent opens the gate."""

    until: datetime

    def __str__(self) -> str:
        return f"It is night until {self.until:%H:%M}. Open the parents’ gate in the window to read now."


@dataclass(eq=False)
class NoVoice(StorytimeError):
    """Nothing on this machine can speak."""

    wanted: str = ""

    def __str__(self) -> str:
        what = f"There is no voice called “{self.wanted}”" if self.wanted else "No voice was found on this machine"
        return f"{what}. See what there is with: storytime doctor"


@dataclass(eq=False)
class CannotAddVoice(StorytimeError):
    """A file that is no voice, or one that cannot speak here; nothing of it was kept."""

    path: Path
    why: str
    """The end of a sentence that begins "it", with a remedy where there is one."""

    def __str__(self) -> str:
        return f"“{self.path.name}” was not added: it {self.why}."


@dataclass(eq=False)
class VoiceNotFound(StorytimeError):
    """None of the voices that came as files is called so."""

    wanted: str

    def __str__(self) -> str:
        return f"No voice that was added is called “{self.wanted}”. See them with: storytime voices"


@dataclass(eq=False)
class TellerNotFound(StorytimeError):
    """Nobody of that name reads in this house."""

    wanted: str

    def __str__(self) -> str:
        return f"Nobody called “{self.wanted}” reads here yet. See who does with: storytime tellers"


@dataclass(eq=False)
class NameTaken(StorytimeError):
    """Two tellers cannot have one name, nor one that another had before."""

    wanted: str
    holder: str
    """What they are called who have, or had, that name."""

    def __str__(self) -> str:
        if self.wanted.casefold() == self.holder.casefold():
            return f"{self.holder} reads here already. Choose another name."
        return f"{self.holder} was called “{self.wanted}” before. Choose another name."


@dataclass(eq=False)
class NobodyReads(StorytimeError):
    """A recording has no teller: nobody was welcomed in this house yet."""

    def __str__(self) -> str:
        return "Nobody reads here yet. Say first whose voice it is, and who may hear it."


@dataclass(eq=False)
class NotHeard(StorytimeError):
    """Something could not be played in the studio."""

    def __str__(self) -> str:
        return "That could not be played. Check the loudspeaker or the headphones, and try again."


@dataclass(eq=False)
class NoMicrophone(StorytimeError):
    """There is no input, or not the one that was named."""

    wanted: str = ""

    def __str__(self) -> str:
        what = f"The microphone “{self.wanted}” is not there" if self.wanted else "No microphone was found"
        return f"{what}. Plug it in, or choose another, and try again."


@dataclass(eq=False)
class MicrophoneRefused(StorytimeError):
    """The system does not let us hear."""

    setting: str
    """Where the very setting of this system is, such as "System Settings, Privacy & Security, Microphone"."""

    def __str__(self) -> str:
        return f"Storytime may not use the microphone. Allow it in {self.setting}, then try again."


@dataclass(eq=False)
class SilentTake(StorytimeError):
    """A recording in which nothing is to be heard; it waits in the attic and is never kept as done."""

    why: str
    """What was heard instead: whole sentences, with the remedy."""

    def __str__(self) -> str:
        return f"Nothing was kept: {self.why}"


@dataclass(eq=False)
class RecordingStopped(StorytimeError):
    """A recording ended before its time; what was heard until then is safe."""

    why: str
    """lost (the microphone went away), full (no room on the disk), or died."""
    seconds: float
    """Length of what is safe."""

    def __str__(self) -> str:
        what = {
            "lost": "The microphone went away. Plug it in again",
            "full": "There is no room left on the disk. Free some space",
        }.get(self.why, "The recording stopped by itself. Try again")
        return f"{what}; {self.seconds:.1f} seconds were safe and are kept as they are."


@dataclass(eq=False)
class SystemLacks(StorytimeError):
    """A shared library of the system is not there, without which Qt cannot be loaded."""

    name: str

    @classmethod
    def told_by(cls, error: Exception) -> SystemLacks | None:
        """Return what the system's loader misses, or None where the error says something else."""
        name, said, _ = str(error).partition(": cannot open shared object file")
        return cls(name) if said and isinstance(error, ImportError) else None

    def __str__(self) -> str:
        return f"This system lacks {self.name}. Install it with your system’s package manager, and try again."

"""Which voice reads what, what is missing for it, and what to do about that on this very system."""

from __future__ import annotations

import platform
import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storytime.core.errors import NoVoice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from storytime.core.ports import VoiceInfo
    from storytime.core.reading.narrator import Narrator
    from storytime.core.settings import Settings
    from storytime.core.shelf.shelf import Shelf

WHOLE_SHELF = 400
"""Cards looked at for their languages."""
PLAIN = ("espeak",)
"""Engines that speak every language and are nobody's favourite."""
NETWORKS = ("hibari", "piper")
INSTALLERS = {
    "apt": "sudo apt install espeak-ng",
    "dnf": "sudo dnf install espeak-ng",
    "pacman": "sudo pacman -S espeak-ng",
    "zypper": "sudo zypper install espeak-ng",
}
SERVICE = {
    "win32": ("sapi5", "Windows’ voices do not answer. Look in Settings, Time & language, Speech, and start again."),
    "darwin": ("nsss", "The Mac’s own voices do not answer. Look in System Settings, Accessibility, Spoken Content."),
}
MORE_VOICES = {
    "win32": "In Settings, Time & language, Speech, add voices for {}; or add a Piper voice.",
    "darwin": "In System Settings, Accessibility, Spoken Content, Manage Voices, get one for {}; or add a Piper "
    "voice.",
}
DROP = "Add a Piper voice for {} with: storytime voices add FILE"
DROP_HERE = "Drop a Piper voice for {} onto this page."


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is missing, and what to do about it."""

    what: str
    remedy: str
    broken: bool = True
    """It went wrong, and does not only sound plain."""


def languages_of(shelf: Shelf) -> list[str]:
    """Return the languages of the stories that stand on the shelf, the one with most stories first."""
    counts: dict[str, int] = {}
    for card in shelf.cards(limit=WHOLE_SHELF):
        tongue = card.language.lower().partition("-")[0]
        counts[tongue] = counts.get(tongue, 0) + 1
    return sorted(counts, key=lambda tongue: -counts[tongue])


def readers(languages: Iterable[str], narrator: Narrator) -> dict[str, VoiceInfo]:
    """Return who reads each of these languages; empty where nobody can."""
    found = {}
    for tongue in languages:
        try:
            found[tongue] = narrator.voice_for(tongue)
        except NoVoice:
            return {}
    return found


def findings(
    voices: Sequence[VoiceInfo],
    troubles: Mapping[str, str],
    languages: Iterable[str],
    settings: Settings,
    name_of: Callable[[str], str],
    *,
    drop: str = DROP,
    system: str = sys.platform,
    machine: str | None = None,
    has: Callable[[str], object] = shutil.which,
) -> list[Finding]:
    """Return what is missing, the worst first; `name_of` gives a language's name, `drop` says how a file is added."""
    found = []
    if not voices:
        found.append(Finding("Nothing on this machine can speak.", _speech(system, has)))
    found += _engines(troubles, system, platform.machine() if machine is None else machine, has)
    ids = {one.id for one in voices}
    gone = [tongue for tongue, chosen in settings.voice.items() if voices and chosen not in ids]
    found += [
        Finding(f"The voice chosen for {name_of(tongue)} is not here any more, so another reads.",
                "Choose who reads it on the page of voices.")
        for tongue in gone
    ]
    for tongue in languages if voices else ():
        spoken = [one for one in voices if any(tag.partition("-")[0] == tongue for tag in one.languages)]
        more = MORE_VOICES.get(system, drop).format(name_of(tongue))
        if not spoken:
            found.append(Finding(f"No voice here speaks {name_of(tongue)}, though it is on your shelf.", more))
        elif all(one.engine in PLAIN for one in spoken):
            found.append(Finding(f"Only a plain voice reads {name_of(tongue)}.", more, broken=False))
    return sorted(found, key=lambda one: not one.broken)


def _engines(
    troubles: Mapping[str, str], system: str, machine: str, has: Callable[[str], object]
) -> list[Finding]:
    found = []
    service, words = SERVICE.get(system, ("", ""))
    for engine in troubles:
        if service and engine == service:
            found.append(Finding("The system’s speech service does not answer.", words))
        elif engine in NETWORKS:
            if system == "darwin" and machine == "x86_64":
                found.append(Finding("The natural voices need a newer Mac; the system’s own read.",
                                     "Choose the one you like best on the page of voices.", broken=False))
            else:
                found.append(Finding("The natural voices could not be begun, so a plainer one reads.",
                                     "Install Storytime again; it brings what they need."))
        else:
            found.append(Finding("The plain voice, which stands in for every other, could not be begun.",
                                 _speech(system, has)))
    return list(dict.fromkeys(found))


def _speech(system: str, has: Callable[[str], object]) -> str:
    installer = next((how for name, how in INSTALLERS.items() if has(name)), "") if system == "linux" else ""
    return f"Install it with: {installer}" if installer else "Install Storytime again; it brings a voice along."

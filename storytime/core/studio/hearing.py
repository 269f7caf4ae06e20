"""Recordings heard again in the studio: taken out of their journals beside the main thread, then played."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from storytime.core.errors import StorytimeError
from storytime.core.ports import Utterance
from storytime.core.signal import Signal
from storytime.core.studio import workbench
from storytime.core.studio.player import Player
from storytime.core.studio.through import SHORTEST, piece_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from storytime.core.ports import Sound
    from storytime.core.shelf.takes import Take
    from storytime.core.studio.kit import Kit
    from storytime.core.studio.session import Session

FILES = 8
"""Sounds that are kept at a time: the one that was played last may still be held by its player."""

WHISPER = 0.4
"""Of the volume at which the machine reads."""
BEFORE = 8
"""Lines that are looked at for the three seconds before a punch-in."""


class Hearing:
    """Lets one thing be heard at a time."""

    def __init__(self, kit: Kit) -> None:
        self.ended: Signal[bool] = Signal()
        """Heard whole, or not; nothing follows `stop`."""
        self._kit = kit
        self._player = Player(kit.voice, kit.speaker)
        self._player.ended.connect(self.ended.emit)
        self._number = 0

    def say(self, candidates: Sequence[Utterance]) -> None:
        """Let the first of these that can be said be heard."""
        self._number += 1
        self._player.say(candidates)

    def stretches(self, stretches: Sequence[tuple[Path, float, float]]) -> None:
        """Let stretches of journals be heard, one after the other: path, from second, to second."""
        self._run(workbench.excerpt, tuple(stretches))

    def lead_in(self, takes: Sequence[Take]) -> None:
        """Let the last three seconds of these takes be heard; they are those of the lines before, the nearest first."""
        now = self._kit.settings.value
        files = tuple((self._kit.takes.path(take), take.levels) for take in takes)
        self._run(partial(workbench.lead_in, care=now.take_care, less_noise=now.less_noise), files)

    def stop(self) -> None:
        """Be silent at once; nothing is told."""
        self._number += 1
        self._player.stop()

    def give_way(self) -> None:
        """Leave the output to somebody else."""
        self._number += 1
        self._player.give_way()

    def _run(self, work: Callable[..., Sound | None], files: Sequence[object]) -> None:
        self._number += 1
        number = self._number
        to = self._kit.paths.cache / "studio" / f"heard-{number % FILES}.wav"

        def done(sound: Sound | None) -> None:
            if number != self._number:
                return
            if sound:
                self._player.play(sound)
            else:
                self.ended.emit(False)

        def failed(error: Exception) -> None:
            if not isinstance(error, StorytimeError | OSError):
                raise error
            done(None)

        self._kit.background.run(work, files, to, done=done, failed=failed)


def as_heard(kit: Kit, take: Take) -> Utterance:
    """Return a take as the night would tell it."""
    now = kit.settings.value
    return Utterance(
        " ".join(take.text.split()),
        f"teller:{take.teller}",
        take=kit.takes.path(take),
        levels=take.levels,
        care=now.take_care,
        less_noise=now.less_noise,
    )


def heard_here(kit: Kit, session: Session) -> list[Utterance]:
    """Return who may be heard of what is read now: this teller's take, else whoever reads it tonight."""
    if session.kept:
        return [as_heard(kit, session.kept)]
    if session.story is None or not session.lines or session.mode == "name":
        return []
    try:
        card = kit.shelf.card(session.story)
        return list(kit.narrator.candidates(card, session.line, [session.lines[session.line]])[0])
    except StorytimeError:
        return []


def whispered(kit: Kit, session: Session) -> Utterance | None:
    """Return the line as the machine whispers it; None where there is nothing to say. Raises `NoVoice`."""
    text = session.lines[session.line] if session.lines else ""
    utterance = kit.narrator.utterance(text, session.language)
    return replace(utterance, volume=utterance.volume * WHISPER) if utterance else None


def stretches_of(session: Session) -> list[tuple[Path, float, float]]:
    """Return what is heard of the recording at hand: all of it, its piece of this line, or a tale's last chapter."""
    hand = session.at_hand
    if hand is None:
        return []
    if session.cuts:
        return [(hand.path, *piece_of(session.cuts, session.line, hand.seconds))]
    if session.mode != "tale":
        return [(hand.path, 0.0, hand.seconds)]
    chapter = max((mark for mark in session.marks if mark < session.seconds - SHORTEST), default=0.0)
    begin, stretches = 0.0, []
    for part in session.parts:
        if begin + part.seconds > chapter:
            stretches.append((part.path, max(0.0, chapter - begin), part.seconds))
        begin += part.seconds
    return stretches


def takes_before(kit: Kit, session: Session) -> list[Take]:
    """Return the takes of the lines before this one, the nearest first, up to the first line that has none."""
    if session.story is None or session.teller is None:
        return []
    begin = max(0, session.line - BEFORE)
    found = kit.takes.of_lines(session.story, begin, session.lines[begin : session.line])
    before: list[Take] = []
    for line in range(session.line - 1, begin - 1, -1):
        takes = found.get(line, [])
        if not takes:
            break
        before.append(next((take for take in takes if take.teller == session.teller.id), takes[0]))
    return before

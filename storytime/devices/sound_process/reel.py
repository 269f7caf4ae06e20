"""The sounds still to be heard, as one strip of frames with marks on it. Knows no sink."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import NamedTuple

FRAME = 4
"""Bytes of a frame: 16 bits for each of two channels."""


class Mark(NamedTuple):
    """Something to be told when the frame at `at` has been heard."""

    at: int
    kind: str
    """`started`, `ended` or `drained`."""
    token: int


@dataclass(slots=True)
class Piece:
    """A sound and the pause after it."""

    token: int
    samples: bytes
    pause: int
    """Frames of silence."""
    taken: int = 0
    """Frames of the sound, then of the pause, that have gone to the sink."""
    ended: bool = False
    """Whether the end of its sound has been marked."""

    @property
    def sound_frames(self) -> int:
        """Frames of the sound alone."""
        return len(self.samples) // FRAME

    @property
    def left(self) -> int:
        """Frames that have not gone to the sink."""
        return self.sound_frames + self.pause - self.taken


@dataclass(slots=True)
class Reel:
    """What is wanted of the sink.

    Frames are counted from the sink's last start; what is put between the pieces for idle silence counts too.
    """

    held: bool = False
    """Whether the sink is to be silent at the very sample."""
    turn: int = 0
    """Which of the caller's drops this strip came after."""
    heard: int = 0
    """Frames that have been heard, as well as can be known."""
    _pieces: deque[Piece] = field(default_factory=deque)
    _marks: deque[Mark] = field(default_factory=deque)
    _given: int = 0
    _content_end: int = 0
    _cut: int | None = None
    _last_ended: Mark | None = None

    def wind_on(self, token: int, samples: bytes, pause: int) -> None:
        """Put a sound and its pause (frames) at the end."""
        if self._marks and self._marks[-1].kind == "drained":
            self._marks.pop()
        self._pieces.append(Piece(token, samples, pause))

    def clear(self) -> bool:
        """Forget everything, a hold too; return whether the sink has some of it that must not be heard."""
        stale = self._content_end > self.heard
        self.held = False
        self._pieces.clear()
        self._marks.clear()
        self._cut = self._last_ended = None
        self._content_end = min(self._content_end, self.heard)
        return stale

    def cut_after(self, token: int) -> None:
        """Forget what comes after the sound `token`, its pause too; one that is not here changes nothing."""
        tokens = [piece.token for piece in self._pieces]
        if token in tokens:
            while self._pieces[-1].token != token:
                self._pieces.pop()
            last = self._pieces[-1]
            last.pause = max(0, last.taken - last.sound_frames)
            if not last.left:
                self._pieces.pop()
                self._mark("drained", token, self._given)
        else:
            self._cut_what_the_sink_has(token)

    def _cut_what_the_sink_has(self, token: int) -> None:
        known = (*self._marks, self._last_ended) if self._last_ended else tuple(self._marks)
        end = next((mark.at for mark in known if mark.kind == "ended" and mark.token == token), None)
        if end is None:
            return
        self._pieces.clear()
        following = [mark for mark in self._marks if mark.at > end or (mark.at == end and mark.kind != "ended")]
        self._marks = deque(mark for mark in self._marks if mark not in following)
        # Only where the next sound has gone to the sink must the sink be emptied; silence may run out.
        begun = [mark.at for mark in following if mark.kind == "started"]
        if begun:
            self._cut = end + min(begun[0] - end, 2400) // 2
        self._content_end = end
        self._mark("drained", token, end)

    def cut_is_due(self) -> bool:
        """Whether the sink has played all that it may of what it holds."""
        due = self._cut is not None and self.heard >= self._cut
        if due:
            self._cut = None
        return due

    def begun_anew(self) -> None:
        """Count from a sink that holds nothing."""
        self._given = self._content_end = self.heard = 0
        self._marks.clear()
        self._last_ended = None

    def idle(self) -> bool:
        """Whether nothing is left to be taken."""
        return not self._pieces

    def silent(self) -> bool:
        """Whether all that was wound on has been heard."""
        return not self._pieces and not self._marks and self._cut is None and self._content_end <= self.heard

    def wanted(self, ahead: int, least: int) -> int:
        """Return how many frames the sink should hold beyond those heard: `ahead`, but little of the next sound.

        What the sink holds cannot be cut off again, so the next sound waits until less than `least` is left.
        """
        if not self._pieces or self._cut is not None:
            return 0
        if self._pieces[0].taken == 0:
            return least
        in_this = self._given + self._pieces[0].left - self.heard
        return ahead if in_this >= ahead else max(in_this, least)

    def take(self, frames: int) -> bytes:
        """Return the next frames, at most so many, and put the marks that lie in them.

        None until a cut is made: they would be thrown away with what the sink holds.
        """
        parts: list[bytes] = []
        while frames > 0 and self._pieces and self._cut is None:
            token = self._pieces[0].token
            part = self._take_from(self._pieces[0], frames)
            frames -= len(part) // FRAME
            parts.append(part)
            if not self._pieces[0].left:
                self._pieces.popleft()
                if not self._pieces:
                    self._mark("drained", token, self._given)
        if parts:
            self._content_end = self._given
        return b"".join(parts)

    def _take_from(self, piece: Piece, frames: int) -> bytes:
        sound = piece.sound_frames
        if piece.taken == 0:
            self._mark("started", piece.token, self._given)
        if piece.taken < sound:
            count = min(frames, sound - piece.taken)
            part = piece.samples[FRAME * piece.taken : FRAME * (piece.taken + count)]
        else:
            count = min(frames, piece.left)
            part = bytes(FRAME * count)
        piece.taken += count
        self._given += count
        if piece.taken >= sound and not piece.ended:
            piece.ended = True
            self._mark("ended", piece.token, self._given)
        return part

    def silence(self, frames: int) -> bytes:
        """Return idle silence, counted."""
        self._given += frames
        return bytes(FRAME * frames)

    def _mark(self, kind: str, token: int, at: int) -> None:
        self._marks.append(Mark(at, kind, token))

    def hear(self, frames: int) -> list[Mark]:
        """Take note of how many frames have been heard, and return the marks passed."""
        self.heard = max(self.heard, frames)
        passed = []
        while self._marks and self._marks[0].at <= frames:
            passed.append(self._marks.popleft())
            if passed[-1].kind == "ended":
                self._last_ended = passed[-1]
        return passed

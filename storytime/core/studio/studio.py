"""The studio: all that a teller may wish of it. What comes of a wish is told by `changed`."""

from __future__ import annotations

from dataclasses import replace
from secrets import token_hex
from typing import TYPE_CHECKING

from storytime.core.errors import NobodyReads, StorytimeError
from storytime.core.studio import workbench
from storytime.core.studio.bench import STILL
from storytime.core.studio.decoding import decode
from storytime.core.studio.filing import Act, Recut
from storytime.core.studio.label import label_for
from storytime.core.studio.recorder import make_folder, trouble_of
from storytime.core.studio.taking import Taking
from storytime.core.studio.tale import untitled
from storytime.core.studio.through import moved

if TYPE_CHECKING:
    from pathlib import Path

    from storytime.core.ports import Timer
    from storytime.core.studio.kit import Kit
    from storytime.core.studio.session import Verdict

LISTENING = 3.0
"""Seconds of the room that are listened to."""
NEAREST = 1.0
"""Seconds between two chapters of a tale, at least."""


class Studio(Taking):
    """Records a parent's voice, and loses nothing: what was heard is kept, or lies in the attic, or waits."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._title = ""
        self._room_heard: Path | None = None
        self._listening: Timer

    def listen_to_room(self) -> None:
        """Listen for three seconds to the room, and to a few words in it, and say what they are like."""
        if not self.session.open or self.session.state == "measuring" or not self._free():
            return
        path = self.kit.paths.cache / "studio" / f"room-{token_hex(4)}.journal"
        self.become(state="listening", trouble=None)
        try:
            self.recorder.begin(path, {}, self.kit.settings.value.microphone)
        except StorytimeError as error:
            self.settle()
            self.fail(error)
            return
        self._room_heard = path
        self._listening = self.kit.clock.after(LISTENING, self.recorder.stop)

    def move_cut(self, number: int, seconds: float) -> None:
        """Move the beginning of a line in a recording read straight through, as far as its neighbours allow."""
        session = self.session
        if session.state == "cutting" and session.at_hand:
            cuts = moved(session.cuts, number, seconds, session.at_hand.seconds)
            path = session.at_hand.path
            self.known[path] = replace(self.known[path], cuts=cuts)
            last = self.acts[-1].recut if self.acts else None
            if last is None or (last.path, last.number) != (path, number):
                self.acts.append(Act(recut=Recut(path, session.cuts, session.lines, number)))
            self.become(cuts=cuts, can_undo=True)

    def read_until(self, line: int) -> None:
        """Say which line was the last that was read straight through; the cuts are sought anew."""
        hand = self.session.at_hand
        if self.session.state != "cutting" or hand is None:
            return
        first = hand.label.line
        lines = self.session.lines[first : max(first, line) + 1]
        self.become(state="measuring", line=first + len(lines) - 1)
        self.look_into(hand, lines)

    def mark_chapter(self) -> None:
        """Begin a chapter of the tale here."""
        session = self.session
        if session.mode != "tale" or session.state not in ("recording", "recorded"):
            return
        if all(abs(session.seconds - mark) >= NEAREST for mark in (0.0, *session.marks)):
            self.remember_marks(*session.marks, session.seconds)

    def keep_tale(self, title: str = "") -> None:
        """Put the tale on the shelf under a title; without one it is called after its teller."""
        session = self.session
        if session.mode != "tale":
            return
        if session.state in ("leading", "playing"):
            self.hush()
        self._title = " ".join(title.split())
        if self._later("keep tale") or not self.session.parts or session.teller is None:
            return
        name = session.teller.name
        self.filing.keep_tale(self.session.parts, session.marks, self._title or untitled(name))
        self.settle(tale="", marks=(), at_hand=None)

    def bring(self, path: Path) -> None:
        """Bring a recording made elsewhere onto the story from this line on, or as a part of the tale."""
        if not self.session.open or self.session.mode == "name" or not self._still():
            return
        session = replace(self.session, mode="tale" if self.session.story is None else "through")
        try:
            if session.teller is None:
                raise NobodyReads
            make_folder(self.kit.paths.journals)
        except StorytimeError as error:
            self.fail(error)
            return
        self.become(state="measuring", at_hand=None, trouble=None)
        self.kit.background.run(
            decode,
            path,
            self.recorder.new_journal(),
            label_for(session).header(),
            done=lambda _journal: self._on_brought(),
            failed=self._on_not_brought,
        )

    def close(self) -> None:
        """Be silent and hear nothing any more. What is recorded just now ends whole, and waits."""
        self.hearing.stop()
        self.orphans.forget()
        self.filing.close()
        self.recorder.close()

    def _follow(self) -> None:
        if self.then == "keep tale":
            self.then = ""
            self.keep_tale(self._title)
        else:
            super()._follow()

    def _on_ended(self, path: Path, why: str) -> None:
        if path != self._room_heard:
            super()._on_ended(path, why)
            return
        self._room_heard = None
        self._listening.cancel()
        if self.session.state != "listening" or why:
            path.unlink(missing_ok=True)
            if self.session.state == "listening":
                self.settle(trouble=trouble_of(why, device=self.kit.settings.value.microphone))
            return
        self.kit.background.run(workbench.listen, path, done=self._on_judged, failed=self._on_not_judged)

    def _on_judged(self, verdict: Verdict) -> None:
        if self.session.state == "listening":
            self.settle(proof=verdict)

    def _on_not_judged(self, error: Exception) -> None:
        if self.session.state == "listening":
            self.settle()
        self.fail(error)

    def _on_brought(self) -> None:
        """Lay what was brought at hand, unless something else is done meanwhile: then it waits."""
        session = self.session
        if session.state == "measuring" and session.at_hand is None:
            self.settle(mode="tale" if session.story is None else "through")
        elif session.open and session.state in STILL:
            self.settle()

    def _on_not_brought(self, error: Exception) -> None:
        if self.session.state == "measuring" and self.session.at_hand is None:
            self.settle()
        self.fail(error)

"""Takes in the making: recorded, heard, kept, done again, put away, and every one of these taken back."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from storytime.core.errors import NoVoice, SilentTake, StorytimeError
from storytime.core.signal import Signal
from storytime.core.studio import hearing
from storytime.core.studio.advice import advice
from storytime.core.studio.attic import lay_again
from storytime.core.studio.bench import STILL
from storytime.core.studio.filing import Act
from storytime.core.studio.keeping import told_instead
from storytime.core.studio.proof import judge_take
from storytime.core.studio.sitting import Sitting
from storytime.core.studio.tale import marks_in, marks_with

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storytime.core.shelf.takes import Take
    from storytime.core.studio.filing import Recut
    from storytime.core.studio.keeping import Kept
    from storytime.core.studio.kit import Kit

class Taking(Sitting):
    """What the keys do: Space, Enter, Backspace, P, and what is beside them."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self.kept: Signal[Take] = Signal()
        """A take is on the shelf."""
        self.told: Signal[int] = Signal()
        """A tale is on the shelf, as this story."""
        self.filing.filed.connect(self._on_filed)
        self.filing.put_away.connect(self._on_put_away)
        self.filing.failed.connect(self._on_failed)

    def toggle(self) -> None:
        """Begin to record, or end it; stop what is played. A take that waits is put away and recorded again."""
        session = self.session
        if session.state == "recording":
            self.recorder.stop()
        elif session.state in ("leading", "playing", "listening"):
            self.hush()
        elif session.state == "cutting":
            self.play()
        elif session.state == "recorded" and session.mode != "tale":
            self.redo()
        elif session.open and session.state in STILL:
            self._begin()

    def keep(self) -> None:
        """Keep what was recorded, and go on to the next line; where nothing was, only go on. A tale needs a title."""
        session = self.session
        if session.state in ("leading", "playing"):
            self.hush()
            self.keep()
        elif self._later("keep") or session.mode == "tale":
            return
        elif session.at_hand:
            pieces = self.pieces(session.at_hand)
            self.filing.keep(session.at_hand, pieces)
            last = max(0, len(session.lines) - 1)
            following = session.line if session.mode == "name" else min(last, pieces[-1].line + 1)
            self.settle(line=following, at_hand=None)
        elif session.mode != "name":
            self.next_line()

    def redo(self) -> None:
        """Put what was recorded into the attic (of a tale its last part), and record again."""
        session = self.session
        if session.state in ("leading", "playing"):
            self.hush()
            self.redo()
        elif self._later("redo"):
            return
        elif session.at_hand:
            self._put_at_hand_aside("redone")
            self._begin()
        elif session.open:
            self._begin()

    def remove(self) -> None:
        """Put what was recorded into the attic (of a tale all of it), else what was kept of this line."""
        if not self._still():
            return
        session = self.session
        if session.mode == "tale":
            begin = 0.0
            for part in session.parts:
                last = part == session.parts[-1]
                marks = marks_in(session.marks, begin, math.inf if last else begin + part.seconds)
                self.filing.put_aside(part, self.pieces(part), "removed", marks)
                begin += part.seconds
            self.settle(tale="", marks=(), at_hand=None)
        elif session.at_hand:
            self._put_at_hand_aside("removed")
        elif session.kept:
            try:
                self.kit.takes.put_away(session.kept.id)
            except StorytimeError as error:
                self.fail(error)
                return
            self.acts.append(Act(away=(session.kept.id,)))
            self._refresh({session.line})

    def undo(self) -> None:
        """Take back the last keep, redo, removal or moved cut of this sitting."""
        if not self._still():
            return
        while self.acts and (recut := self.acts[-1].recut):
            self.acts.pop()
            if self._lies_so(recut):
                self.known[recut.path] = replace(self.known[recut.path], cuts=recut.cuts)
                self.settle(can_undo=bool(self.acts))
                return
        if not self.acts:
            self.become(can_undo=False)
            return
        if self.acts[-1].part:
            self._lay_part_again(self.acts[-1])
            return
        try:
            self._take_back(self.acts[-1])
        except StorytimeError as error:
            self.fail(error)
            return
        self.acts.pop()
        self.reread()
        self.settle(can_undo=bool(self.acts))

    def play(self) -> None:
        """Play what was recorded, else what was kept, else whoever reads this line tonight; again: be silent."""
        session = self.session
        if session.state == "playing":
            self.hush()
        elif session.at_hand and session.state in STILL:
            self.become(state="playing", trouble=None)
            self.hearing.stretches(hearing.stretches_of(session))
        elif session.open and session.state == "resting":
            heard = hearing.heard_here(self.kit, session)
            if heard:
                self.become(state="playing", trouble=None)
                self.hearing.say(heard)

    def punch_in(self) -> None:
        """Let three seconds of what was recorded before this line be heard, then record the line, and it alone."""
        if self.session.story is None or self.session.mode == "name" or not self._still():
            return
        if self.session.at_hand:
            self._put_at_hand_aside("redone")
        self.settle(mode="line")
        before = hearing.takes_before(self.kit, self.session)
        if before:
            self.become(state="leading", trouble=None)
            self.hearing.lead_in(before)
        else:
            self.record()

    def _begin(self) -> None:
        """Record; in echo the machine whispers the line first."""
        session = self.session
        if session.mode != "echo":
            self.record()
            return
        try:
            whisper = hearing.whispered(self.kit, session)
        except NoVoice as error:
            self.fail(error)
            return
        if whisper:
            self.become(state="leading", trouble=None)
            self.hearing.say([whisper])
        else:
            self.record()

    def _later(self, wish: str) -> bool:
        """Return whether a wish must wait until the recording is over and looked into; it is then done."""
        state = self.session.state
        if state in ("recording", "measuring"):
            self.then = wish
        if state == "recording":
            self.recorder.stop()
        return state not in STILL

    def _follow(self) -> None:
        wish, self.then = self.then, ""
        if wish == "keep":
            self.keep()
        elif wish == "redo":
            self.redo()

    def _still(self) -> bool:
        """Return whether something can be put away or taken back now; what is played falls silent for it."""
        if self.session.state in ("leading", "playing"):
            self.hush()
        return self.session.open and self.session.state in STILL

    def _put_at_hand_aside(self, why: str) -> None:
        session = self.session
        if session.at_hand and session.mode == "through":
            self.become(line=session.at_hand.label.line)
        lost: tuple[float, ...] = ()
        if session.at_hand and session.mode == "tale":
            left = session.seconds - session.at_hand.seconds
            lost = marks_in(session.marks, left)
            self.remember_marks(*(mark for mark in session.marks if mark < left))
        self.put_aside(why, lost)

    def _lies_so(self, recut: Recut) -> bool:
        """Whether a recording lies at hand as it did when a cut of it was moved, on the same text."""
        hand = self.session.at_hand
        return hand is not None and hand.path == recut.path in self.known and self.session.lines == recut.lines

    def _take_back(self, act: Act) -> None:
        takes = self.kit.takes
        for take_id in act.kept:
            takes.put_away(take_id, "undone")
        for take_id in act.away:
            back = takes.take(take_id)
            if back is None:
                continue
            if not act.kept:
                for other in told_instead(back, self.kit.shelves):
                    takes.put_away(other.id, "redone")
            takes.bring_back(take_id)
        if act.story is not None:
            self.kit.shelf.to_attic(act.story)

    def _lay_part_again(self, act: Act) -> None:
        """Let a part of a tale that was put away wait again, in its place."""
        take = self.kit.takes.take(act.away[0])
        self.become(state="measuring", at_hand=None, trouble=None)

        def over(*, taken_back: bool = True) -> None:
            if taken_back and act in self.acts:
                self.acts.remove(act)
            if self.session.state == "measuring" and self.session.at_hand is None:
                tale = act.part.tale if act.part and taken_back else self.session.tale
                marks = self.session.marks if tale == self.session.tale else ()
                self.settle(tale=tale, marks=marks, can_undo=bool(self.acts))
            else:
                self._refresh(())
            if taken_back:
                self._mark_again(act)

        def failed(error: Exception) -> None:
            over(taken_back=False)
            self.fail(error)

        if take is None:
            over()
        else:
            lay_again(take, act.part, self.kit.shelves, self.kit.background, done=over, failed=failed)

    def _mark_again(self, act: Act) -> None:
        """Let the chapters of a part that came back begin where they did."""
        parts, begin = self.session.parts, 0.0
        for one in parts if act.part and act.part.tale == self.session.tale else ():
            if act.part and one.label.part == act.part.part:
                self.remember_marks(*marks_with(self.session.marks, begin, one.seconds, act.marks))
                return
            begin += one.seconds

    def _on_filed(self, kept: Kept, act: Act) -> None:
        if kept.takes:
            self.acts.append(act)
        for take in kept.takes:
            self.kept.emit(take)
        self._refresh({take.line for take in kept.takes})
        if not kept.takes:
            quiet = kept.silent[0]
            self.fail(SilentTake(advice(judge_take(quiet.levels, quiet.seconds))))
        elif act.story is not None:
            self.told.emit(act.story)

    def _on_put_away(self, act: Act) -> None:
        if act.away:
            self.acts.append(act)
        self._refresh(())

    def _on_failed(self, error: Exception) -> None:
        self._refresh(())
        self.fail(error)

    def _refresh(self, lines: Iterable[int]) -> None:
        if not self.session.open:
            return
        if lines:
            self.reread(*lines)
        if self.session.state in STILL:
            self.settle(can_undo=bool(self.acts))
        else:
            self.become(keeping=len(self.busy), can_undo=bool(self.acts))

"""The studio at work: what the microphone heard is laid at hand, looked into, and heard again; nothing is dropped."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from storytime.core.errors import DiskFull, NobodyReads, NotHeard, SilentTake, StorytimeError
from storytime.core.signal import Signal
from storytime.core.studio import workbench
from storytime.core.studio.advice import advice
from storytime.core.studio.alarms import LEAST, SCARCE
from storytime.core.studio.desk import Desk
from storytime.core.studio.echo import ROOM, Echo
from storytime.core.studio.filing import Filing
from storytime.core.studio.hearing import Hearing
from storytime.core.studio.journal import read_journal
from storytime.core.studio.label import label_for
from storytime.core.studio.recorder import trouble_of
from storytime.core.studio.session import Waiting
from storytime.core.studio.through import Piece, pieces_of, reached
from storytime.core.studio.workbench import Examined

if TYPE_CHECKING:
    from pathlib import Path

    from storytime.core.ports import Level
    from storytime.core.studio.kit import Kit
    from storytime.core.studio.recorder import Progress

STILL = ("resting", "recorded", "cutting")
"""States in which nothing sounds and nothing is waited for."""


class Bench(Desk):
    """Records, looks into what was recorded, and lets it be heard. `then` says what follows a recording."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self.heard: Signal[Level] = Signal()
        """About ten times a second while the studio is open."""
        self.wave_begun: Signal[()] = Signal()
        """What was drawn of the wave is over."""
        self.wave: Signal[list[float]] = Signal()
        """Peaks (dBFS) that follow those told before, a tenth of a second each."""
        self.filing = Filing(kit.background, kit.shelves, self.busy)
        self.hearing = Hearing(kit)
        self.then = ""
        """What the teller wished while the recording was not looked into yet: keep, redo, or nothing."""
        self._before = 0.0
        self._echo: Echo | None = None
        self._looked_into: Path | None = None
        self._drawn: Path | None = None
        self.recorder.progressed.connect(self._on_progress)
        self.recorder.heard.connect(self._on_heard)
        self.recorder.ended.connect(self._on_ended)
        self.recorder.lost.connect(self._on_lost)
        self.hearing.ended.connect(self._on_silence)

    def settle(self, **changes: Any) -> None:
        """Rest, and look into what lies at hand unless that is done or under way."""
        super().settle(**changes)
        hand = self.session.at_hand
        if self.session.state == "measuring" and hand and hand.path != self._looked_into:
            rest = self.session.lines[hand.label.line :] if hand.label.mode == "through" else ()
            self.look_into(hand, rest[: reached(rest, hand.seconds)])
        elif hand and hand.path in self.known and hand.path != self._drawn:
            self._draw(hand.path)

    def record(self) -> None:
        """Begin to record what is read now."""
        session = self.session
        room = self.recorder.room()
        if session.teller is None:
            self.fail(NobodyReads())
        elif room < LEAST:
            self.fail(DiskFull(self.kit.paths.home))
        else:
            self._record(Waiting(self.recorder.new_journal(), label_for(session), 0.0), room)

    def _record(self, one: Waiting, room: float) -> None:
        session = self.session
        try:
            self.recorder.begin(one.path, one.label.header(), self.kit.settings.value.microphone)
        except StorytimeError as error:
            self.settle()
            self.fail(error)
            return
        self.then, self._before = "", sum(part.seconds for part in session.parts)
        self._echo = None
        if session.mode == "echo":
            noise = session.proof.levels.noise if session.proof else None
            self._echo = Echo(ROOM if noise is None else noise)
        self._drawn = one.path
        self.kit.lamp.keep_awake(True)
        alarm = "room" if room < SCARCE else ""
        self.become(
            state="recording",
            at_hand=one,
            seconds=self._before,
            safe=self._before,
            verdict=None,
            cuts=(),
            trouble=None,
            alarm=alarm,
            room=room,
            scarce=room < SCARCE,
        )
        self.wave_begun.emit()

    def put_aside(self, why: str, marks: tuple[float, ...] = ()) -> None:
        """Put what lies at hand into the attic; `marks` are the chapters in it, if it is a part of a tale."""
        hand = self.session.at_hand
        if hand:
            self.filing.put_aside(hand, self.pieces(hand), why, marks)
            self.settle(at_hand=None)

    def pieces(self, hand: Waiting) -> tuple[Piece, ...]:
        """Return a recording as the lines it lies on; all of it for one line, a name, or where no cuts are known."""
        journal = read_journal(hand.path)
        frames = journal.frames if journal else 0
        known = self.known.get(hand.path)
        if journal and known and known.cuts:
            return pieces_of(known.cuts, self.session.lines, frames, journal.rate)
        return (Piece(hand.label.line, hand.label.text, 0, frames),)

    def look_into(self, hand: Waiting, lines: tuple[str, ...]) -> None:
        """Measure a recording; one read straight through is cut onto these lines."""
        self._looked_into = hand.path
        self.kit.background.run(
            workbench.examine,
            hand.path,
            lines,
            hand.label.line,
            done=partial(self._on_examined, hand.path),
            failed=partial(self._on_unexamined, hand.path),
        )

    def _draw(self, path: Path) -> None:
        self._drawn = path
        self.wave_begun.emit()
        self.wave.emit(list(self.known[path].peaks))

    def _on_progress(self, progress: Progress) -> None:
        if self.session.state == "recording":
            self.become(
                seconds=self._before + progress.seconds,
                safe=self._before + progress.safe,
                alarm=progress.alarm,
                room=progress.room,
                scarce=progress.room < SCARCE,
            )

    def _on_heard(self, level: Level) -> None:
        self.heard.emit(level)
        if self.session.state != "recording":
            return
        self.wave.emit([level.peak])
        if self._echo:
            now = self.kit.clock.boot()
            self._echo = self._echo.after(level, now)
            if self._echo.over(now):
                self._echo = None
                self.recorder.stop()

    def _on_ended(self, path: Path, why: str) -> None:
        self.kit.lamp.keep_awake(False)
        journal = read_journal(path)
        if journal and not journal.frames:
            path.unlink(missing_ok=True)
        if not self.session.open:
            return
        hand = self.session.at_hand
        if self.session.state == "recording" and hand and hand.path == path:
            self.settle()
            trouble = trouble_of(why, journal.seconds if journal else 0.0, self.kit.settings.value.microphone)
            if trouble:
                self.become(trouble=trouble)
        elif self.session.state in STILL:
            self.settle()

    def _on_lost(self, why: str) -> None:
        if self.session.open and why in ("refused", "none"):
            self.become(trouble=trouble_of(why, device=self.kit.settings.value.microphone))

    def _on_examined(self, path: Path, found: Examined) -> None:
        hand = self.session.at_hand
        here = self.session.state == "measuring" and hand is not None and hand.path == path
        self._looked_into = None
        usable = found.verdict is None or found.verdict.usable
        if usable or here:
            self.known[path] = found
        if usable and here:
            self.settle()
            self._follow()
        elif here and found.verdict:
            self.then = ""
            self.put_aside("silent")
            self.fail(SilentTake(advice(found.verdict)))

    def _on_unexamined(self, path: Path, error: Exception) -> None:
        self._on_examined(path, Examined(None))
        self.fail(error)

    def _follow(self) -> None:
        """Do what was wished meanwhile, if anything was."""

    def _on_silence(self, whole: bool) -> None:
        """Go on when the speaker has fallen silent: what led into a line is heard, or something was played."""
        if self.session.state == "leading":
            self.record()
        elif self.session.state == "playing":
            self.settle()
            if not whole:
                self.fail(NotHeard())

"""What lies open in the studio: who reads, which story, which line; and what of it waits or was kept before."""

from __future__ import annotations

from dataclasses import fields, replace
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from storytime.core.errors import StorytimeError
from storytime.core.shelf.editable import nearest
from storytime.core.shelf.readers import readers_of, stale_of
from storytime.core.shelf.words import words_of
from storytime.core.signal import Signal
from storytime.core.studio.alarms import SCARCE
from storytime.core.studio.recorder import Recorder
from storytime.core.studio.session import Session
from storytime.core.studio.waiting import at_hand, belongs, found

if TYPE_CHECKING:
    from pathlib import Path

    from storytime.core.shelf.takes import Take
    from storytime.core.shelf.tellers import Teller
    from storytime.core.studio.kit import Kit
    from storytime.core.studio.session import Mode, State, Waiting
    from storytime.core.studio.workbench import Examined


class Desk:
    """Holds the one `Session`; `settle` makes it true after whatever happened."""

    def __init__(self, kit: Kit) -> None:
        self.changed: Signal[Session] = Signal()
        self.session = Session()
        self.kit = kit
        self.recorder = Recorder(kit.microphone, kit.clock, kit.paths.journals)
        self.busy: set[Path] = set()
        """Journals that are being written to the shelf."""
        self.known: dict[Path, Examined] = {}
        """What the journals that wait turned out to be."""
        self.behind = False
        """Whether the library changed since the desk was laid out."""

    def become(self, **changes: Any) -> None:
        """Change these fields, and say so."""
        self.put(replace(self.session, **changes))

    def put(self, session: Session) -> None:
        """Let this be the session, and say so if it is another."""
        if session != self.session:
            self.session = session
            self.changed.emit(session)

    def lay_out(self, story: int | None, mode: Mode, line: int = 0) -> None:
        """Lay a story (or nothing but an empty tale) on the desk. Raises `StoryNotFound`."""
        self.behind = False
        settings = self.kit.settings.value
        teller = self._teller(settings.recording_teller)
        fresh = Session(open=True, mode=mode, teller=teller, proof=self.session.proof, line=line)
        if story is not None:
            card = self.kit.shelf.card(story)
            lines = tuple(line.text for line in self.kit.shelf.lines(story))
            line = min(max(0, fresh.line), max(0, len(lines) - 1))
            fresh = replace(fresh, story=story, title=card.title, language=card.language, lines=lines, line=line)
        fresh = replace(fresh, readers=self._readers(fresh))
        self.settle(**{one.name: getattr(fresh, one.name) for one in fields(Session)})

    def settle(self, **changes: Any) -> None:
        """Rest, with these fields changed: what waits for this line is at hand, what was kept of it and the room known.

        A recording that nobody looked into yet leaves the state measuring.
        """
        session = replace(self.session, **changes)
        if self.behind:
            session = self._caught_up(session)
        session = replace(session, waiting=self._waiting(session))
        if session.mode == "tale":
            session = self._with_tale(session)
        hand = at_hand(session)
        parts = session.parts if session.mode == "tale" else ((hand,) if hand else ())
        seconds = sum(one.seconds for one in parts)
        known = self.known.get(hand.path) if hand else None
        room = self.recorder.room()
        rested = replace(
            session,
            state=_state(hand, known),
            at_hand=hand,
            seconds=seconds,
            safe=seconds,
            kept=self._kept(session),
            earlier=self._earlier(session),
            keeping=len(self.busy),
            verdict=known.verdict if known else None,
            cuts=known.cuts if known else (),
            alarm="",
            room=room,
            scarce=room < SCARCE,
        )
        self.put(rested)

    def reread(self, *lines: int) -> None:
        """Look anew at who reads these lines and those of the same words, or all of them."""
        session = self.session
        readers = self._readers(session) if not lines else dict(session.readers)
        if session.story is not None and lines:
            texts = {session.lines[line] for line in lines if line < len(session.lines)}
            for line in (line for line, text in enumerate(session.lines) if text in texts):
                readers.pop(line, None)
                readers |= self._readers(session, line, line + 1)
        self.become(readers=readers)

    def fail(self, error: Exception) -> None:
        """Say what went wrong; what is nobody's fault stays in the session, a bug goes on its way."""
        if not isinstance(error, StorytimeError):
            raise error
        self.become(trouble=error)

    def remember_marks(self, *marks: float) -> None:
        """Keep the chapters of the tale that is told, over a kill too."""
        self.become(marks=marks)
        try:
            self.kit.store.save("tale", {"tale": self.session.tale, "marks": list(marks)})
        except StorytimeError as error:
            self.fail(error)

    def _caught_up(self, session: Session) -> Session:
        """Return the session with the text and the people as the library has them now."""
        self.behind = False
        everybody, was = {one.id: one for one in self.kit.tellers.all()}, session.teller
        teller = everybody.get(was.id) if was else self._teller(self.kit.settings.value.recording_teller)
        session = replace(session, teller=teller)
        if session.story is None:
            return session
        try:
            card = self.kit.shelf.card(session.story)
        except StorytimeError as error:
            return replace(session, trouble=error)
        lines = tuple(line.text for line in self.kit.shelf.lines(session.story))
        if lines != session.lines:
            # What was cut lies on lines that are no more, and what lies at hand may be of another one now.
            self.known.clear()
            line = nearest(session.line, session.lines, lines)
            session = replace(session, lines=lines, line=line, at_hand=None)
        session = replace(session, title=card.title)
        return replace(session, readers=self._readers(session))

    def _teller(self, teller_id: int) -> Teller | None:
        everybody = self.kit.tellers.all()
        return next((one for one in everybody if one.id == teller_id), everybody[0] if everybody else None)

    def _waiting(self, session: Session) -> tuple[Waiting, ...]:
        there = found(self.kit.paths.journals, self.busy)
        return tuple(one for one in there if belongs(one, session))

    def _with_tale(self, session: Session) -> Session:
        """Go on with the tale at hand, else with the last one that was left, else with a new one."""
        tales = [one.label.tale for one in session.waiting]
        if session.tale and (session.tale in tales or not tales):
            return session
        if not tales:
            return replace(session, tale=token_hex(8), marks=())
        tale, kept = tales[-1], self._remembered()
        marks = tuple(float(mark) for mark in kept.get("marks", ())) if kept.get("tale") == tale else ()
        return replace(session, tale=tale, marks=marks)

    def _remembered(self) -> dict[str, Any]:
        try:
            return self.kit.store.load("tale") or {}
        except StorytimeError:
            return {}

    def _readers(self, session: Session, begin: int = 0, end: int | None = None) -> dict[int, Teller]:
        if session.story is None:
            return {}
        kit, lines = self.kit, session.lines[begin:end]
        return readers_of(session.story, lines, kit.takes, kit.tellers, kit.settings.value, begin)

    def _kept(self, session: Session) -> Take | None:
        if session.teller is None:
            return None
        takes: list[Take] = []
        if session.mode == "name":
            takes = self.kit.takes.names(session.name) if session.name else []
        elif session.story is not None and session.lines:
            here = session.lines[session.line : session.line + 1]
            takes = self.kit.takes.of_lines(session.story, session.line, here).get(session.line, [])
            if all(take.teller != session.teller.id for take in takes):
                takes = stale_of(session.story, session.lines, self.kit.takes).get(session.line, [])
        return next((take for take in takes if take.teller == session.teller.id), None)

    def _earlier(self, session: Session) -> int:
        if session.teller is None or session.mode == "tale":
            return 0
        text = session.name if session.mode == "name" else "".join(session.lines[session.line : session.line + 1])
        kind, story = ("name", None) if session.mode == "name" else ("line", session.story)
        return sum(
            (take.kind, take.story, take.teller) == (kind, story, session.teller.id)
            and words_of(take.text) == words_of(text)
            for take in self.kit.takes.in_attic()
        )


def _state(hand: Waiting | None, known: Examined | None) -> State:
    if hand is None:
        return "resting"
    if known is None:
        return "measuring"
    return "cutting" if known.cuts else "recorded"

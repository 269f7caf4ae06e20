"""A sitting in the studio: who sits down to which story, in which way of reading, at which line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storytime.core.signal import Signal
from storytime.core.studio.bench import STILL, Bench
from storytime.core.studio.orphans import Orphans
from storytime.core.studio.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from storytime.core.ports import Input
    from storytime.core.studio.filing import Act
    from storytime.core.studio.kit import Kit
    from storytime.core.studio.session import Mode


class Sitting(Bench):
    """Opens and leaves the studio, and moves about in it. While something is recorded, nothing else is laid out."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self.opened: Signal[()] = Signal()
        """Somebody sits down: nothing else may sound now."""
        self.acts: list[Act] = []
        """What can be taken back, the last at the end."""
        self.orphans = Orphans(kit.clock, kit.paths.journals)
        self.orphans.ended.connect(self._on_orphan_ended)

    def open(self, story: int, line: int = 0) -> None:
        """Sit down to a story, to read it line by line from `line` on. Raises `StoryNotFound`."""
        self.kit.shelf.card(story)
        self._sit_down(story, "line", line)

    def open_tale(self) -> None:
        """Sit down to tell a tale without a text; one that was begun and neither kept nor put away goes on."""
        self._sit_down(None, "tale")

    def leave(self) -> None:
        """Get up. What is recorded just now ends whole, and waits."""
        self.rest()
        self.acts.clear()
        self.put(Session(proof=self.session.proof))

    def rest(self) -> None:
        """Be silent, and hear nothing until something is recorded again. What is recorded just now ends whole."""
        if self.session.open:
            self.hush()
            self.kit.microphone.rest()

    def hush(self) -> None:
        """Be silent. What is recorded just now ends whole, and waits."""
        self.then = ""
        self.hearing.stop()
        self.recorder.stop()
        if self.session.state in ("leading", "playing", "listening"):
            self.settle()

    def look_again(self) -> None:
        """Follow what was changed elsewhere, the text, the people or their takes: now, or when nothing sounds."""
        self.behind = True
        if self.session.open and self.session.state in STILL:
            self.settle()

    def choose_teller(self, teller: int) -> None:
        """Let somebody else read. Raises `TellerNotFound`."""
        chosen = self.kit.tellers.teller(teller)
        if self._free():
            self.kit.settings.change(recording_teller=teller)
            self.settle(teller=chosen, at_hand=None, tale="", marks=())

    def choose_mode(self, mode: Mode) -> None:
        """Read the story that is open in another way: line, through or echo."""
        if mode in ("line", "through", "echo") and self.session.story is not None and self._free():
            self.settle(mode=mode, name="", at_hand=None)

    def choose_name(self, name: str) -> None:
        """Record a child's name, or a pet word. An empty one goes back to the story."""
        name = " ".join(name.split())
        if self.session.open and self._free():
            mode = "name" if name else "line" if self.session.story is not None else "tale"
            self.settle(mode=mode, name=name, at_hand=None)

    def choose_microphone(self, device: str) -> None:
        """Hear through another microphone (an `Input.id`, "" the system's own), and remember that."""
        self.kit.settings.change(microphone=device)
        if self.session.open and self._free():
            self.settle(proof=None)
            self.kit.microphone.warm(device)

    def inputs(self) -> tuple[Input, ...]:
        """Return the microphones that can be chosen."""
        return self.kit.microphone.inputs()

    def go_to(self, line: int) -> None:
        """Go to a line, counted from 0; what was recorded for the last one waits there."""
        session = self.session
        line = min(max(0, line), max(0, len(session.lines) - 1))
        if session.state == "recording":
            # Whoever reads straight through may turn the pages meanwhile.
            if session.mode == "through":
                self.become(line=line)
        elif session.lines and self._free():
            self.settle(line=line, at_hand=session.at_hand if session.mode == "through" else None)

    def next_line(self) -> None:
        """Go on one line."""
        self.go_to(self.session.line + 1)

    def previous_line(self) -> None:
        """Go back one line."""
        self.go_to(self.session.line - 1)

    def take_up(self, path: Path) -> None:
        """Lay one of the recordings that wait at hand, to be heard, kept or put away."""
        one = next((one for one in self.session.waiting if one.path == path), None)
        if one and self._free():
            label = one.label
            line = min(label.line, max(0, len(self.session.lines) - 1))
            self.settle(mode=label.mode, line=line, name=self.session.name, tale=label.tale, at_hand=one)

    def _sit_down(self, story: int | None, mode: Mode, line: int = 0) -> None:
        self.hush()
        self.acts.clear()
        self.opened.emit()
        self.filing.tidy()
        self.lay_out(story, mode, line)
        self.orphans.ask(self.recorder.under_way)
        self.kit.microphone.warm(self.kit.settings.value.microphone)

    def _on_orphan_ended(self) -> None:
        """Offer what a window that died was still recording."""
        self.look_again()

    def _free(self) -> bool:
        """Return whether the desk may be laid out anew; what is played falls silent for it."""
        if self.session.state in ("recording", "listening"):
            return False
        if self.session.state in ("leading", "playing"):
            self.hearing.stop()
        self.then = ""
        return True

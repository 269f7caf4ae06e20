"""Who prepares tonight's stories by day, in the background, and knows whether this machine could do without."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from storytime.core.errors import CannotReadState, CannotSave, StorytimeError
from storytime.core.reading.preparing import Preparation, Prepared
from storytime.core.reading.script import Script
from storytime.core.signal import Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from storytime.core.ports import Clock, StateStore, Timer, Voice
    from storytime.core.reading.narrator import Narrator
    from storytime.core.shelf.shelf import Shelf

LOOKED_AT = 3
"""Lines by which a story shows in what voice it was prepared."""
MEMORY = "making"


class Preparer:
    """Prepares what a parent asks for, with voices of its own that let everything else go first, one task at a time."""

    def __init__(
        self,
        shelf: Shelf,
        narrator: Callable[[], Narrator],
        voice: Voice,
        hands: Callable[[], Voice],
        clock: Clock,
        memory: StateStore,
    ) -> None:
        """`hands` makes the voices that work for it beside `voice`, which tells; they are closed when it is done."""
        self.changed: Signal[Prepared] = Signal()
        self.now = Prepared()
        self.slow = _was_slow(memory)
        """Whether this machine was found too slow to tell what is not prepared."""
        self._shelf, self._narrator, self._clock = shelf, narrator, clock
        self._telling, self._hands = voice, hands
        self._memory = memory
        self._at_work: Preparation | None = None
        self._voice: Voice | None = None
        self._parting: Timer | None = None

    def begin(self, stories: Sequence[int]) -> None:
        """Prepare these stories, instead of what is prepared now. Raises `NoVoice`, `StoryNotFound`."""
        self.close()
        voice = self._hands()
        try:
            work = Preparation(self._shelf, self._narrator(), voice, self._clock, stories)
            self._at_work, self._voice = work, voice
            work.changed.connect(self._become)
            work.ended.connect(self._let_go)
            work.begin()
        except StorytimeError:
            self._at_work = self._voice = None
            voice.close()
            raise

    def stop(self) -> None:
        """Leave it; what is ready stays so."""
        if self._at_work is not None:
            self._at_work.stop()

    def is_ready(self, stories: Sequence[int]) -> bool:
        """Whether these stories were prepared to the end, in the voices that would tell them now."""
        done = self.now.state == "done" and set(stories) <= set(self.now.stories) and not self.now.left_out
        return done and all(map(self._begins_ready, stories))

    def _begins_ready(self, story: int) -> bool:
        try:
            steps = Script(self._shelf, self._narrator().at_night(), (story,)).window(LOOKED_AT)
        except StorytimeError:
            return False
        return all(any(map(self._telling.ready, step.candidates)) for step in steps if step.candidates)

    def close(self) -> None:
        """Leave it, and let go of the voices at once."""
        self.stop()
        if self._parting is not None:
            self._parting.cancel()
            self._part()

    def _become(self, now: Prepared) -> None:
        self.now = now
        if now.pace is not None and now.slow != self.slow:
            self.slow = now.slow
            with contextlib.suppress(CannotSave):
                self._memory.save(MEMORY, {"slow": now.slow})
        self.changed.emit(now)

    def _let_go(self, _now: Prepared) -> None:
        self._at_work = None
        # Not inside the voices' own answer.
        self._parting = self._clock.after(0.0, self._part)

    def _part(self) -> None:
        self._parting = None
        if self._voice is not None and self._at_work is None:
            self._voice.close()
            self._voice = None


def _was_slow(memory: StateStore) -> bool:
    try:
        return (memory.load(MEMORY) or {}).get("slow") is True
    except CannotReadState:
        return False

"""The keeper of the evening: all that a parent may wish of it. What comes of a wish is told by `changed`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storytime.core.evening import acts
from storytime.core.evening.evening import Phase
from storytime.core.evening.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable

    from storytime.core.evening.evening import Evening
    from storytime.core.evening.plan import Plan

LEAST_STORY = 60.0
"""Seconds before the goodnight that are worth beginning a story in."""


class Keeper(Watch):
    """Keeps the evening, and does to it what a parent wishes. Acts that come too late do nothing."""

    def begin_evening(self) -> bool:
        """Begin tonight’s evening, at or before its time. Returns whether it is under way."""
        self._act(lambda evening: acts.begin(evening, self.now(), self.plan))
        return Phase.WIND_DOWN <= self.evening.phase <= Phase.GOODNIGHT

    def tick_steps(self, count: int) -> None:
        """Keep how many steps of tonight’s routine are done."""
        self._act(lambda evening: acts.tick_steps(evening, count))

    def begin_story(self) -> bool:
        """Open the story’s door. Returns False where it is too late for a story tonight."""
        if self.evening.phase in (Phase.DAY, Phase.MORNING):
            self.begin_evening()
        self.tick()
        stop = self.story_stop()
        late = stop is not None and stop - self._clock.boot() < LEAST_STORY
        if self.evening.ending is not None or (late and self.evening.phase is not Phase.STORY):
            return False
        self._act(acts.begin_story)
        return self.evening.phase is Phase.STORY

    def stories_ended(self, quiet: float = 0.0) -> None:
        """Know that the last story has ended, `quiet` seconds ago: the goodnight comes two seconds after it."""
        self._act(lambda evening: acts.end_stories(evening, quiet))
        self.tick()

    def goodnight_ended(self) -> None:
        """Know that the goodnight was heard."""
        self._act(acts.end_goodnight)

    def lights_out_now(self) -> None:
        """End the evening: the line and the goodnight first, then the seal, a minute from now at the earliest."""
        self._act(acts.lights_out_now)

    def undo_lights_out_now(self) -> None:
        """Take it back within the minute. Before the goodnight has begun, the story may go on."""
        self._act(acts.undo_lights_out_now)

    def undo_left(self) -> float | None:
        """Return the seconds in which “lights out now” can still be taken back; None where there is nothing to."""
        return acts.undo_left(self.evening)

    def more_time(self, minutes: int = 10) -> None:
        """Move tonight’s lights-out on by so many minutes."""
        self._act(lambda evening: acts.more_time(evening, minutes))

    def not_tonight(self) -> None:
        """Let tonight have no lights-out."""
        self._act(acts.not_tonight)

    def gate_opened(self, until_morning: bool = False) -> None:
        """Open the dark for a parent, for a quarter of an hour or until morning. The phase stays what it is."""
        self._act(lambda evening: acts.open_gate(evening, self.now(), until_morning=until_morning))

    def close_gate(self) -> None:
        """Close the gate before its time."""
        self._act(acts.close_gate)

    def good_morning(self) -> None:
        """Leave the morning for the day room."""
        self._act(acts.greet)

    @property
    def morning_waits(self) -> bool:
        """Whether a night was lived through here and the morning has not been greeted yet."""
        return self.evening.phase is Phase.MORNING and self.evening.lived and not self.evening.greeted

    def unlock(self, why: str) -> None:
        """Seal no night until `lock_again`: something that the lock needs could not be read. Says why."""
        self.lockable = False
        self.note(why)
        self.tick()

    def lock_again(self) -> None:
        """Seal from the next evening on: the lock was mended."""
        self.lockable = True

    def change_plan(self, plan: Plan) -> bool:
        """Keep a new plan. Returns whether it holds tonight; on short notice it holds from the next evening."""
        self.tick()
        changed = self.plan.replaced_by(plan, self.now())
        self._settings.change(plan=changed.to_json())
        self.tick()
        return self.evening.planned == changed.night(self.evening.night)

    def _act(self, act: Callable[[Evening], Evening]) -> None:
        self.tick()
        self._become(act(self.evening))

"""The laws of the evening, whatever the wall clock, the machine and the family do."""

from datetime import datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from storytime.core.evening import acts
from storytime.core.evening.evening import Moment, Phase, new_night, tick
from storytime.core.evening.plan import SHORT_NOTICE, Plan, Times, night_of
from tests.core.evening.conftest import HouseForOne

DAY = timedelta(hours=24)
minutes = st.integers(0, 59)
lights_out = st.builds(time, st.integers(18, 23), minutes)
mornings = st.builds(time, st.integers(5, 9), minutes)
times = st.builds(Times.of, lights_out, st.none(), mornings)
plans = st.builds(lambda days: Plan(days=tuple(days), asked=True), st.lists(st.none() | times, min_size=7, max_size=7))
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31))
walls = st.sampled_from([datetime(1970, 1, 1), datetime(2099, 1, 1)]) | moments
zones = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland", "Pacific/Honolulu"])


class TheEvening(RuleBasedStateMachine):
    """A family, a machine and a clock that do what they like."""

    @initialize(start=moments, plan=plans, zone=zones)
    def move_in(self, start, plan, zone):
        self.house = HouseForOne(start, plan, zone)
        self.may_go_back = False
        self.dark_for = None
        self.watch()

    def watch(self):
        """Compare each evening with the one before, whoever keeps it."""
        self.seen = self.house.keeper.evening
        self.seen_at = self.house.clock.boot()
        self.house.keeper.changed.connect(lambda was, now: self.goes_forward(was, now))

    def goes_forward(self, was, now):
        assert self.may_go_back or (now.night, now.phase) >= (was.night, was.phase)

    def pass_by(self, seconds=0.0, *, leap=False):
        """Let the change be ticked over, and count how long it has been dark."""
        self.may_go_back = leap
        self.house.clock.suspend(seconds)
        self.may_go_back = False
        evening = self.house.keeper.evening
        if not evening.dark:
            self.dark_for = None
        elif self.dark_for is None:
            self.dark_for, self.dark_limit = evening.sealed_for, evening.seal_limit
        else:
            self.dark_for += self.house.clock.boot() - self.seen_at
        self.seen_at = self.house.clock.boot()

    # The machine

    @rule(seconds=st.integers(1, 60))
    def run(self, seconds):
        self.house.clock.advance(seconds)
        self.pass_by()

    @rule(hours=st.floats(0.01, 6))
    def sleep(self, hours):
        self.pass_by(hours * 3600)

    @rule(by=st.floats(-30, 30) | st.integers(-2000, 2000).map(lambda days: days * 24))
    def step_the_wall(self, by):
        self.house.clock.step_wall(timedelta(hours=by))
        self.pass_by(1, leap=abs(by) >= 23.99)

    @rule(wall=walls)
    def set_the_wall(self, wall):
        self.house.clock.set_wall(wall)
        self.pass_by(1, leap=True)

    @rule(zone=zones)
    def travel(self, zone):
        self.house.clock.move_to(zone)
        self.pass_by(1, leap=True)

    @rule(asleep=st.floats(0, 3600), back=st.floats(0, 23))
    def kill_and_start(self, asleep, back):
        was = self.house.keeper
        sealed, morning = was.evening.sealed, was.evening.morning
        wakes_at = was.now() + timedelta(seconds=asleep)
        self.house.kill()
        self.house.clock.suspend(asleep)
        self.house.clock.step_wall(timedelta(hours=-back))
        self.house.start()
        evening = self.house.keeper.evening
        if sealed and wakes_at < morning and evening.sealed_for <= evening.seal_limit:
            assert self.house.keeper.sealed
        self.watch()
        self.pass_by()

    @rule(off=st.floats(0, 3600), wall=st.none() | walls)
    def restart_the_machine(self, off, wall):
        self.house.kill()
        self.house.clock.reboot(off)
        if wall is not None:
            self.house.clock.set_wall(wall)
        self.house.start()
        self.watch()
        self.pass_by()

    @rule()
    def lose_the_memory(self):
        self.house.kill()
        self.house.store.kept["evening"]["evening"] = "scrambled"
        self.house.start()
        assert not self.house.keeper.sealed
        self.watch()
        self.dark_for = None
        self.pass_by()

    # The family

    @rule(
        wish=st.sampled_from(
            [
                lambda keeper: keeper.begin_evening(),
                lambda keeper: keeper.begin_story(),
                lambda keeper: keeper.stories_ended(),
                lambda keeper: keeper.goodnight_ended(),
                lambda keeper: keeper.lights_out_now(),
                lambda keeper: keeper.undo_lights_out_now(),
                lambda keeper: keeper.more_time(),
                lambda keeper: keeper.not_tonight(),
                lambda keeper: keeper.gate_opened(),
                lambda keeper: keeper.gate_opened(True),
                lambda keeper: keeper.close_gate(),
                lambda keeper: keeper.good_morning(),
            ]
        )
    )
    def wish(self, wish):
        wish(self.house.keeper)
        self.pass_by()

    @rule(plan=plans)
    def change_the_plan(self, plan):
        keeper = self.house.keeper
        keeper.tick()
        before = keeper.tonight()
        keeper.change_plan(plan)
        tonight = keeper.tonight()
        assert tonight in (before, None) or tonight.lights_out - keeper.now() >= SHORT_NOTICE - timedelta(seconds=1)
        self.pass_by()

    # The laws

    @invariant()
    def dark_never_lasts_longer_than_the_night_it_began_in_and_two_hours(self):
        if self.dark_for is not None:
            assert self.dark_for <= self.dark_limit + 2

    @invariant()
    def a_night_without_lights_out_is_never_dark(self):
        evening = self.house.keeper.evening
        assert evening.times is not None or not evening.dark

    @invariant()
    def an_open_gate_ends(self):
        evening = self.house.keeper.evening
        assert evening.opened is None or (evening.dark and evening.opened.left <= evening.seal_limit)

    @precondition(lambda self: self.house.keeper.evening.phase is not Phase.MORNING)
    @rule()
    def morning_is_reached_from_here(self):
        evening, keeper = self.house.keeper.evening, self.house.keeper
        waited = 0.0
        longest = (evening.morning - keeper.now()).total_seconds()
        if evening.dark:
            longest = min(longest, evening.seal_limit - evening.sealed_for)
        while keeper.evening.phase is not Phase.MORNING:
            assert waited <= longest + 3600
            self.pass_by(1800)
            waited += 1800


TestTheEvening = TheEvening.TestCase
TestTheEvening.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)


@given(
    start=st.datetimes(datetime(2026, 11, 20, 12), datetime(2026, 11, 21, 11)),
    plan=plans,
    cuts=st.lists(st.integers(1, 7200), min_size=1, max_size=60),
    story=st.booleans(),
)
def test_many_ticks_are_one_tick(start, plan, cuts, story):
    evening = tick(new_night(night_of(start), plan), Moment(start, 0.0, plan))
    if story:
        evening = acts.begin_story(acts.begin(evening, start, plan))
    total = sum(cuts)
    once = tick(evening, Moment(start + timedelta(seconds=total), float(total), plan))
    now = start
    for cut in cuts:
        now += timedelta(seconds=cut)
        evening = tick(evening, Moment(now, float(cut), plan))
    assert (evening.night, evening.phase, evening.sealed) == (once.night, once.phase, once.sealed)


def test_eight_hours_of_ticks_are_one_tick():
    plan = Plan(asked=True)
    start = datetime(2026, 11, 20, 19, 30)
    evening = once = tick(new_night(start.date(), plan), Moment(start, 0.0, plan))
    for second in range(1, 28_801):
        evening = tick(evening, Moment(start + timedelta(seconds=second), 1.0, plan))
    once = tick(once, Moment(start + timedelta(seconds=28_800), 28_800.0, plan))
    assert (evening.night, evening.phase, evening.sealed_for) == (once.night, once.phase, once.sealed_for)

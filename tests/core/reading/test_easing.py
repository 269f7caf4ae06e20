"""The wind-down in the voice: from its own pace to a little under it, in steps that nobody hears, and always alike."""

from itertools import pairwise

import pytest

from storytime.core.reading.easing import SLOWEST, eased, longer
from storytime.core.reading.script import Script
from storytime.core.shelf.story import Line
from tests.core.reading.bedside import Bookcase, Drawer, Patchwork
from tests.core.reading.test_preparing import Day, story

LENGTHS = (2, 3, 12, 40, 151, 60_000)


@pytest.mark.parametrize("lines", LENGTHS)
def test_a_story_begins_at_the_voices_own_pace_and_ends_a_little_slower(lines):
    assert eased(0, lines) == 1.0
    assert eased(lines - 1, lines) == SLOWEST
    assert eased(0, 1) == 1.0


@pytest.mark.parametrize("lines", LENGTHS)
def test_it_only_ever_slows_down(lines):
    some = range(0, lines, max(1, lines // 400))
    assert all(later <= before for before, later in pairwise(eased(line, lines) for line in some))


@pytest.mark.parametrize("lines", [40, 151, 60_000])
def test_no_line_is_more_than_a_hundredth_slower_than_the_one_before(lines):
    some = range(min(lines, 400))
    assert all(round(eased(line, lines) - eased(line + 1, lines), 4) <= 0.01 for line in some[:-1])


@pytest.mark.parametrize("place", [0, 20, 39])
def test_the_rest_of_a_story_is_reckoned_as_long_as_it_will_be(place):
    true = sum(1 / eased(line, 40) for line in range(place, 40)) / (40 - place)
    assert longer(place, 40) == pytest.approx(true, abs=0.002)
    assert longer(40, 40) == 1.0


def told(narrator, case, place=0):
    script = Script(case, narrator, (1,), place)
    return [script.take().candidates[0] for _ in range(40 - place) if script.peek() is not None]


def test_at_night_the_voices_own_pace_eases_and_by_day_it_does_not():
    day = Day()
    day.narrator._settings.change(voice_rate={"pretend:english": 1.2})
    by_day, at_night = told(day.narrator, day.case), told(day.narrator.at_night(), day.case)
    assert {one.rate for one in by_day} == {1.2}
    assert (at_night[0].rate, at_night[-1].rate) == (1.2, pytest.approx(1.2 * SLOWEST))


def test_a_line_sounds_the_same_wherever_its_story_is_begun():
    day = Day()
    assert told(day.narrator.at_night(), day.case)[25:] == told(day.narrator.at_night(), day.case, 25)


def test_a_family_can_do_without():
    day = Day()
    day.narrator._settings.change(ease=False)
    assert {one.rate for one in told(day.narrator.at_night(), day.case)} == {1.0}


def test_what_is_prepared_by_day_is_what_is_told_at_night():
    day = Day()
    work = day.preparation(1)
    work.begin()
    day.clock.advance(60)
    assert all(day.voice.ready(one) for one in told(day.narrator.at_night(), day.case))


def test_a_recording_is_never_slowed_down():
    day = Day()
    case = Bookcase({1: [*story(2), Line("A line that grandmother read.", 0.0)]})
    narrator = Patchwork(day.voice, Drawer(), {(1, 2): (3.0,)}).at_night()
    script = Script(case, narrator, (1,))
    last = script.window(3)[-1].candidates
    assert (last[0].take is not None, last[0].rate) == (True, 1.0)
    assert last[1].rate == SLOWEST

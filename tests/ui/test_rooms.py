"""Which screen the evening asks for, over everything that can be asked of it."""

import itertools

import pytest

from storytime.core.evening.evening import Phase
from storytime.ui.rooms import DAY_PAGES, TELLING, Wishes, screen_for

STATES = ("idle", "preparing", "telling", "paused", "lost", "goodnight", "reading")
AWAKE = (Phase.WIND_DOWN, Phase.STORY)
ANY_WISH = [
    Wishes(by_day, page, gate, choosing, greeted)
    for by_day, gate, choosing, greeted in itertools.product((True, False), repeat=4)
    for page in ("shelf", "plan")
]


def screen(phase, wishes, *, sealed=False, state="idle", view="black"):
    return screen_for(phase, sealed=sealed, state=state, view=view, wishes=wishes)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("phase", [Phase.LIGHTS_OUT, Phase.NIGHT])
def test_sealed_it_is_black_or_the_gate_whatever_is_wished(phase, state):
    for wishes in ANY_WISH:
        assert screen(phase, wishes, sealed=True, state=state) == ("gate" if wishes.gate else "sealed")


@pytest.mark.parametrize("phase", Phase)
def test_there_is_a_screen_for_everything(phase):
    known = {*DAY_PAGES, *TELLING.values(), "candle", "choosing", "goodnight", "sealed", "gate", "morning"}
    for wishes, state, view in itertools.product(ANY_WISH, STATES, TELLING):
        assert screen(phase, wishes, state=state, view=view) in known


def test_the_morning_is_shown_until_it_is_answered():
    assert screen(Phase.MORNING, Wishes(by_day=False, greeted=False)) == "morning"
    assert screen(Phase.MORNING, Wishes(by_day=True, greeted=False)) == "morning"
    assert screen(Phase.MORNING, Wishes(page="plan")) == "plan"


@pytest.mark.parametrize("phase", [Phase.DAY, *AWAKE, Phase.GOODNIGHT, Phase.NIGHT])
def test_a_parent_in_the_day_room_stays_on_the_page(phase):
    assert screen(phase, Wishes(page="plan")) == "plan"


@pytest.mark.parametrize("view", TELLING)
@pytest.mark.parametrize("state", ["preparing", "telling", "paused", "lost"])
def test_a_story_is_shown_as_the_family_wishes(state, view):
    assert screen(Phase.STORY, Wishes(by_day=False), state=state, view=view) == TELLING[view]


def test_a_story_read_by_a_person_needs_its_words():
    assert screen(Phase.STORY, Wishes(by_day=False), state="reading", view="black") == "telling_text"


@pytest.mark.parametrize("phase", AWAKE)
def test_without_a_story_the_candle_burns_or_one_is_chosen(phase):
    assert screen(phase, Wishes(by_day=False)) == "candle"
    assert screen(phase, Wishes(by_day=False, choosing=True)) == "choosing"


def test_the_goodnight_has_its_screen_from_its_door_on():
    assert screen(Phase.GOODNIGHT, Wishes(by_day=False)) == "goodnight"
    assert screen(Phase.STORY, Wishes(by_day=False), state="goodnight") == "goodnight"

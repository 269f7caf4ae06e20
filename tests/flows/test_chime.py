"""The chime on the whole house: for an evening that nobody began, and for no other."""

from datetime import datetime, time

import pytest

from storytime.core.evening.plan import Plan, Times
from storytime.core.house import Devices, House
from storytime.core.paths import Paths
from storytime.core.reading.chime import TOKEN
from storytime.devices.rehearsal import (
    PretendBackground,
    PretendClock,
    PretendLamp,
    PretendMicrophone,
    PretendSpeaker,
    PretendVoice,
)


@pytest.fixture
def house(home):
    clock = PretendClock(datetime(2026, 11, 3, 19, 10))
    speaker = PretendSpeaker(clock)
    voice, microphone = PretendVoice(clock), PretendMicrophone(clock)
    made = House(Paths(home), Devices(clock, voice, speaker, microphone, PretendLamp(), PretendBackground()))
    plan = Plan().with_days(range(7), Times(time(19), time(20), time(7)))
    made.settings.change(plan=plan.to_json(), chime=True)
    made.keeper.start()
    yield made
    made.close()


@pytest.fixture
def rung(house):
    times = []
    clock, speaker = house.devices.clock, house.devices.speaker
    speaker.started.connect(lambda token: token == TOKEN and times.append(clock.wall().strftime("%H:%M")))
    return times


def test_an_evening_nobody_began_is_rung_in_three_times_and_its_goodnight_is_whole(house, rung):
    heard = []
    house.reader.goodnight_ended.connect(lambda: heard.append(True))
    house.devices.clock.advance(55 * 60)
    assert rung == ["19:30", "19:50", "19:58"]
    assert heard == [True]


def test_an_evening_that_a_parent_began_has_no_bell(house, rung):
    house.keeper.begin_evening()
    house.devices.clock.advance(55 * 60)
    assert rung == []


def test_after_not_tonight_there_is_no_further_bell(house, rung):
    house.devices.clock.advance(25 * 60)
    house.keeper.not_tonight()
    house.devices.clock.advance(30 * 60)
    assert rung == ["19:30"]

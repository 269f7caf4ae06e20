"""What every speaker promises, kept by the machine's own (`-m real`) and by the pretended one."""

from dataclasses import replace

import pytest

from storytime.devices.rehearsal import PretendClock, PretendSpeaker
from storytime.devices.speaker import QtSpeaker

PATIENCE = 20_000


class Told:
    """All that a speaker tells, in order."""

    def __init__(self, speaker):
        self.events = []
        speaker.started.connect(lambda token: self.events.append(("started", token)))
        speaker.ended.connect(lambda token: self.events.append(("ended", token)))
        speaker.drained.connect(lambda: self.events.append(("drained",)))
        speaker.lost.connect(lambda: self.events.append(("lost",)))
        speaker.back.connect(lambda: self.events.append(("back",)))


class RealBedside:
    """The real speaker at a null sink; time passes as the sink plays."""

    def __init__(self, qtbot, server, ear):
        self.speaker, self._bot, self._server, self._ear = QtSpeaker(), qtbot, server, ear
        self.told = Told(self.speaker).events

    def until(self, true):
        self._bot.waitUntil(true, timeout=PATIENCE)

    def passes(self, seconds):
        wanted = self._ear.frames + round(seconds * 48_000)
        self.until(lambda: self._ear.frames >= wanted)

    def lose(self):
        self._server.remove_output("bedside")
        self.until(lambda: not self.speaker.available() or ("lost",) in self.told)

    def give_back(self):
        self._server.add_output("bedside")

    def close(self):
        self.speaker.close()


class PretendBedside:
    """The pretended speaker; time passes as told."""

    def __init__(self):
        self.clock = PretendClock()
        self.speaker = PretendSpeaker(self.clock)
        self.told = Told(self.speaker).events
        self.lose, self.give_back = self.speaker.lose, self.speaker.give_back

    def until(self, true):
        for _step in range(2000):
            if true():
                return
            self.clock.advance(0.01)
        raise AssertionError("it never came true")

    def passes(self, seconds):
        self.clock.advance(seconds)

    def close(self):
        self.speaker.close()


@pytest.fixture(params=["pretended", pytest.param("real", marks=pytest.mark.real)])
def bedside(request):
    if request.param == "real":
        names = ("qtbot", "sound_server", "output")
        made = RealBedside(*(request.getfixturevalue(name) for name in names))
    else:
        made = PretendBedside()
    yield made
    made.close()


def drained(bedside):
    return ("drained",) in bedside.told


def started(bedside, token):
    return ("started", token) in bedside.told


def test_sounds_are_heard_in_order_and_then_all_is_said_to_be_heard(bedside, make_noise):
    bedside.speaker.queue(1, make_noise(0.4), 0.2)
    bedside.speaker.queue(2, make_noise(0.3))
    bedside.until(lambda: drained(bedside))
    assert bedside.told == [("started", 1), ("ended", 1), ("started", 2), ("ended", 2), ("drained",)]


def test_opening_twice_is_no_error_and_makes_no_sound(bedside):
    bedside.speaker.open()
    bedside.speaker.open()
    bedside.passes(0.5)
    assert bedside.told == []


def test_what_is_queued_is_counted_in_seconds_with_its_pauses(bedside, make_noise):
    bedside.speaker.queue(1, make_noise(0.5), 0.25)
    bedside.speaker.queue(2, make_noise(0.5), 1.0)
    assert bedside.speaker.queued() == pytest.approx(2.25, abs=0.001)
    bedside.until(lambda: ("ended", 1) in bedside.told)
    assert bedside.speaker.queued() == pytest.approx(1.75, abs=0.1)
    bedside.until(lambda: drained(bedside))
    assert bedside.speaker.queued() == 0


def test_a_sound_begun_in_its_midst_lasts_as_long_as_its_rest(bedside, make_noise):
    whole = make_noise(1.5)
    bedside.speaker.queue(1, replace(whole, begin=whole.rate))
    assert bedside.speaker.queued() == pytest.approx(0.5)
    bedside.until(lambda: drained(bedside))
    assert bedside.told == [("started", 1), ("ended", 1), ("drained",)]


def test_a_pause_stands_still_and_goes_on(bedside, make_noise):
    bedside.speaker.queue(1, make_noise(1.5))
    bedside.until(lambda: started(bedside, 1))
    bedside.speaker.pause()
    left = bedside.speaker.queued()
    bedside.passes(2.0)
    assert bedside.told == [("started", 1)]
    assert bedside.speaker.queued() == pytest.approx(left, abs=0.01)
    bedside.speaker.resume()
    bedside.until(lambda: drained(bedside))
    assert bedside.told == [("started", 1), ("ended", 1), ("drained",)]


def test_what_is_queued_while_paused_waits(bedside, make_noise):
    bedside.speaker.open()
    bedside.speaker.pause()
    bedside.speaker.queue(1, make_noise(0.3))
    bedside.passes(1.0)
    assert bedside.told == []
    bedside.speaker.resume()
    bedside.until(lambda: drained(bedside))


def test_dropped_sounds_are_never_said_to_have_ended(bedside, make_noise):
    bedside.speaker.queue(1, make_noise(0.6))
    bedside.speaker.queue(2, make_noise(0.6))
    bedside.until(lambda: started(bedside, 1))
    bedside.speaker.drop()
    assert bedside.speaker.queued() == 0
    bedside.passes(1.5)
    assert bedside.told == [("started", 1)]


def test_after_a_drop_the_next_sound_is_heard_though_it_was_paused(bedside, make_noise):
    bedside.speaker.queue(1, make_noise(0.6))
    bedside.until(lambda: started(bedside, 1))
    bedside.speaker.pause()
    bedside.speaker.drop()
    bedside.speaker.queue(2, make_noise(0.3))
    bedside.until(lambda: drained(bedside))
    assert bedside.told == [("started", 1), ("started", 2), ("ended", 2), ("drained",)]


def test_what_comes_after_a_token_can_be_forgotten(bedside, make_noise):
    bedside.speaker.queue(1, make_noise(0.6), 0.3)
    bedside.speaker.queue(2, make_noise(0.6), 2.0)
    bedside.speaker.queue(3, make_noise(0.6))
    bedside.until(lambda: started(bedside, 1))
    bedside.speaker.drop_after(2)
    bedside.until(lambda: drained(bedside))
    assert bedside.told == [("started", 1), ("ended", 1), ("started", 2), ("ended", 2), ("drained",)]


def test_forgetting_after_an_unknown_token_changes_nothing(bedside, make_noise):
    bedside.speaker.queue(1, make_noise(0.3))
    bedside.speaker.queue(2, make_noise(0.3))
    bedside.speaker.drop_after(7)
    bedside.until(lambda: drained(bedside))
    assert ("ended", 2) in bedside.told


def test_a_lost_output_is_told_once_and_nothing_more_is_heard_whole(bedside, make_noise):
    bedside.speaker.queue(1, make_noise(5.0))
    bedside.speaker.queue(2, make_noise(5.0))
    bedside.until(lambda: started(bedside, 1))
    bedside.lose()
    bedside.until(lambda: ("lost",) in bedside.told)
    assert bedside.speaker.queued() == 0
    assert not bedside.speaker.available()
    bedside.give_back()
    bedside.until(lambda: ("back",) in bedside.told)
    assert bedside.told == [("started", 1), ("lost",), ("back",)]
    assert bedside.speaker.available()

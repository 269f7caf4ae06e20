"""The studio among the others: one thing sounds at a time, and the evening has the last word."""

from datetime import datetime

import pytest

from storytime.core.evening.plan import Plan
from storytime.core.settings import Settings
from tests.core.studio.booth import Booth


@pytest.fixture
def booth(home):
    made = Booth(home)
    made.house.settings.change(plan=Plan(asked=True).to_json())
    made.house.keeper.start()
    yield made
    made.close()


def recording(booth):
    booth.open().toggle()
    booth.read()
    assert booth.session.state == "recording"


def test_sitting_down_in_the_studio_ends_the_story_that_is_told(booth):
    booth.house.reader.tell([booth.story])
    booth.run(1)
    booth.open()
    assert booth.house.reader.reading.state == "idle"
    assert booth.speaker.queued() == 0


def test_a_story_that_begins_ends_a_recording_whole(booth):
    recording(booth)
    booth.house.reader.tell([booth.story])
    booth.run(0.3)
    assert booth.session.state == "recorded"
    assert booth.session.seconds > 2
    assert booth.house.reader.reading.state == "telling"
    assert booth.speaker.queued() > 0


def test_a_story_that_begins_silences_what_is_played_and_keeps_the_loudspeaker(booth):
    booth.open()
    booth.record()
    booth.studio.play()
    booth.house.reader.tell([booth.story])
    booth.run(0.3)
    assert booth.session.state == "recorded"
    assert booth.house.reader.reading.state == "telling"
    booth.studio.leave()
    booth.run(0.2)
    assert booth.house.reader.reading.state == "telling"
    assert booth.speaker.queued() > 0


def test_the_dark_ends_a_recording_whole_and_lets_the_microphone_go(booth):
    booth.clock.until(booth.clock.moment(datetime(2026, 11, 3, 19, 59, 50)))
    recording(booth)
    booth.clock.until(booth.clock.moment(datetime(2026, 11, 3, 20, 0, 2)))
    assert booth.house.keeper.sealed
    assert booth.session.state == "recorded"
    heard = len(booth.heard)
    booth.run(2)
    assert len(booth.heard) == heard


def test_no_chime_rings_into_a_recording(booth, monkeypatch):
    booth.house.settings.change(chime=True)
    booth.clock.until(booth.clock.moment(datetime(2026, 11, 3, 18, 58)))
    recording(booth)
    monkeypatch.setattr(booth.speaker, "queue", lambda *_: pytest.fail("it rang"))
    booth.house.keeper.announced.emit(10)
    booth.studio.leave()
    monkeypatch.undo()
    booth.run(0.2)
    booth.house.keeper.announced.emit(10)
    assert booth.speaker.queued() > 0


def test_what_was_recorded_by_day_reads_by_night(booth):
    studio = booth.open()
    booth.record()
    studio.keep()
    studio.leave()
    asked = []
    booth.voice.rendered.connect(lambda utterance, _sound: asked.append(utterance))
    booth.house.reader.tell([booth.story])
    booth.run(3)
    assert asked[0].take == booth.house.takes.path(booth.kept[0])
    assert asked[1].take is None
    assert booth.house.settings.value.teller == Settings().teller


def test_a_house_that_nobody_recorded_in_never_makes_a_studio(home):
    booth = Booth(home / "another")
    booth.house._studio = None
    booth.house.keeper.start()
    booth.house.reader.tell([booth.story])
    booth.house.keeper.announced.emit(10)
    booth.run(1)
    assert booth.house._studio is None
    booth.close()

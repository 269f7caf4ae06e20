"""The wires between an evening and those who read: what one tells, the others do."""

from dataclasses import replace
from datetime import datetime

import pytest

from storytime.core.database import open_library
from storytime.core.evening.evening import Goodnight, Phase
from storytime.core.evening.plan import Plan
from storytime.core.house import Devices, House
from storytime.core.paths import Paths
from storytime.core.settings import SettingsStore
from storytime.core.shelf.passages import to_chapters
from storytime.core.shelf.story import Manuscript
from storytime.core.shelf.tellers import Tellers
from storytime.core.studio.gathering import FOUND
from storytime.devices.rehearsal import (
    PretendBackground,
    PretendClock,
    PretendLamp,
    PretendMicrophone,
    PretendSpeaker,
    PretendVoice,
)


class Home:
    """A house on pretended devices, at 19:20 of an evening that goes dark at 20:00."""

    def __init__(self, folder, hour=19):
        self.clock = PretendClock(datetime(2026, 11, 5, hour, 20))
        self.folder = folder
        self.enter()
        self.house.settings.change(plan=Plan(asked=True).to_json())
        self.house.begin()
        text = "The lamp was lit, and the sea went on being the sea. "
        self.short, self.long = (
            self.house.shelf.add(Manuscript(title, to_chapters([("", [text * lines])]))).id
            for title, lines in (("Short", 3), ("Long", 2000))
        )

    def enter(self):
        self.speaker = PretendSpeaker(self.clock)
        self.microphone = PretendMicrophone(self.clock)
        self.voice = PretendVoice(self.clock, words=True)
        devices = Devices(self.clock, self.voice, self.speaker, self.microphone, PretendLamp(), PretendBackground())
        self.house = House(Paths(self.folder), devices)
        self.said = []
        self.house.reader.goodnight_started.connect(lambda: self.said.append("goodnight"))
        self.house.reader.line_ended.connect(lambda _story, line, whole: self.said.append((line, whole)))

    def tell(self, *stories):
        assert self.house.keeper.begin_story()
        self.house.reader.tell(stories)

    def until(self, hour, minute=0, second=0):
        self.clock.until(self.clock.moment(datetime(2026, 11, 5, hour, minute, second)))

    @property
    def phase(self):
        return self.house.keeper.evening.phase


@pytest.fixture
def at_home(home):
    made = Home(home)
    yield made
    made.house.close()


def test_the_end_of_the_last_story_brings_the_goodnight(at_home):
    at_home.tell(at_home.short)
    at_home.clock.advance(60)
    assert at_home.said == [(0, True), (1, True), (2, True), "goodnight"]
    assert at_home.phase is Phase.GOODNIGHT
    assert at_home.house.keeper.evening.goodnight is Goodnight.SPOKEN


@pytest.mark.parametrize(("hour", "paces"), [(9, {1.0}), (19, {1.0, 0.99, 0.92})])
def test_a_story_eases_at_night_and_not_by_day(at_home, hour, paces):
    at_home.clock.set_wall(datetime(2026, 11, 6, hour, 30))
    at_home.clock.advance(2)
    at_home.house.reader.tell([at_home.short])
    at_home.clock.advance(1)
    assert {one.rate for one in at_home.voice.asked if "lamp" in one.text} == paces


def test_preparing_makes_way_for_the_story(at_home):
    at_home.house.preparer.begin([at_home.long])
    assert at_home.house.preparer.now.state == "making"
    at_home.tell(at_home.short)
    assert at_home.house.preparer.now.state == "stopped"
    at_home.clock.advance(60)
    assert at_home.said == [(0, True), (1, True), (2, True), "goodnight"]


def test_a_long_story_lands_in_time_and_whole(at_home):
    at_home.tell(at_home.long)
    at_home.until(19, 59, 59)
    assert at_home.said[-1] == "goodnight"
    assert all(whole for _line, whole in at_home.said[:-1])
    assert at_home.house.reader.reading.state == "idle"
    assert at_home.house.shelf.place(at_home.long) == len(at_home.said) - 1


def test_nothing_sounds_in_a_dark_that_came_by_a_leap(at_home):
    at_home.tell(at_home.long)
    at_home.clock.advance(60)
    at_home.clock.set_wall(datetime(2026, 11, 5, 21))
    at_home.clock.advance(2)
    assert at_home.phase is Phase.NIGHT
    assert at_home.house.reader.reading.state == "idle"
    assert at_home.speaker.queued() == 0
    assert at_home.said[-1][1] is False


def test_lights_out_now_lands_and_taking_it_back_goes_on(at_home):
    at_home.tell(at_home.long)
    at_home.clock.advance(30)
    at_home.house.keeper.lights_out_now()
    at_home.house.keeper.undo_lights_out_now()
    at_home.clock.advance(60)
    assert at_home.house.reader.reading.state == "telling"
    at_home.house.keeper.lights_out_now()
    at_home.clock.advance(90)
    assert at_home.house.keeper.sealed
    assert at_home.said[-1] == "goodnight"


def test_the_evening_knows_how_long_the_goodnight_is(at_home):
    at_home.house.reader.prepare([at_home.short])
    at_home.clock.advance(5)
    assert at_home.house.keeper.goodnight_seconds == at_home.house.reader.goodnight_seconds()


class LateVoice(PretendVoice):
    """A voice that takes its time to begin, and whom nobody may wait for."""

    there = warmed = False

    def warm(self):
        self.warmed = True

    def begun(self):
        return self.there

    def voices(self):
        assert self.there, "the window waits for a voice"
        return super().voices()


def test_no_tick_waits_for_a_voice_that_has_not_begun(at_home):
    at_home.house.close()
    at_home.enter()
    voice = LateVoice(at_home.clock)
    at_home.house.close()
    at_home.house = House(Paths(at_home.folder), replace(at_home.house.devices, voice=voice))
    at_home.house.begin()
    at_home.clock.advance(60)
    assert voice.warmed
    voice.there = True
    at_home.clock.advance(3)
    assert at_home.house.keeper.goodnight_seconds > 0


def test_the_sound_path_is_open_before_a_goodnight_that_follows_nothing(at_home):
    opened = []
    at_home.speaker.open = lambda: opened.append(at_home.clock.wall())
    at_home.until(19, 59, 30)
    assert not opened
    at_home.until(20, 0, 0)
    assert 0 < (datetime(2026, 11, 5, 20) - opened[0]).total_seconds() - 2 - at_home.house.keeper.goodnight_seconds < 6
    assert at_home.said == ["goodnight"]


def test_what_the_reader_notes_the_morning_tells(at_home):
    at_home.tell(at_home.long)
    at_home.clock.advance(20)
    at_home.speaker.lose()
    at_home.clock.advance(2)
    assert "loudspeaker" in " ".join(at_home.house.keeper.notes())


def test_left_in_the_dark_it_is_dark_when_it_is_entered_again(at_home):
    at_home.until(20, 1)
    at_home.house.close()
    at_home.clock.forget()
    at_home.enter()
    at_home.house.begin()
    assert at_home.house.keeper.sealed


def test_a_killed_house_has_kept_its_place_in_the_story(at_home):
    at_home.tell(at_home.long)
    at_home.clock.advance(60)
    line = at_home.house.reader.reading.line
    at_home.clock.forget()
    at_home.house.library.close()
    at_home.enter()
    at_home.house.begin()
    assert at_home.house.shelf.place(at_home.long) == line > 0


def test_a_tried_evening_leaves_the_real_one_as_it_is(at_home):
    before = at_home.house.keeper.evening
    trial = at_home.house.begin_trial()
    assert trial.begin_story()
    at_home.house.reader.tell([at_home.long])
    at_home.clock.advance(155)
    assert trial.evening.dark
    assert not trial.sealed
    assert at_home.said[-1] == "goodnight"
    at_home.house.end_trial(trial)
    assert at_home.house.keeper.evening == before
    at_home.tell(at_home.short)
    at_home.clock.advance(60)
    assert at_home.phase is Phase.GOODNIGHT


def test_the_shipped_stories_are_there_once(at_home):
    count = at_home.house.shelf.count()
    assert count >= 14
    at_home.house.close()
    at_home.clock.forget()
    at_home.enter()
    at_home.house.begin()
    assert at_home.house.shelf.count() == count


def test_a_lone_recording_is_gathered_at_the_start_and_told_of_in_the_morning(tmp_path):
    home = Home(tmp_path / "home")
    takes = home.house.paths.takes
    takes.mkdir(parents=True)
    (takes / "lost.flac").write_bytes(b"no sound")
    home.house.close()
    home.enter()
    home.house.begin()
    home.clock.advance(2)
    assert (home.house.paths.attic / "lost.flac").exists()
    assert home.house.keeper.notes() == (FOUND,)


def test_what_another_process_wrote_is_told_of_once_and_within_a_second(at_home):
    heard = []
    house = at_home.house
    at_home.clock.advance(2)
    for name in ("shelf", "tellers", "takes"):
        getattr(house, name).changed.connect(lambda name=name: heard.append(name))
    house.settings.changed.connect(lambda settings: heard.append(settings.chime))
    other = open_library(Paths(at_home.folder))
    Tellers(other).welcome("Opa")
    SettingsStore(other).change(chime=True)
    at_home.clock.advance(1.1)
    assert sorted(map(str, heard)) == ["True", "shelf", "takes", "tellers"]
    at_home.clock.advance(5)
    house.tellers.welcome("Oma")
    at_home.clock.advance(5)
    assert len(heard) == 5
    other.close()


def test_a_voice_that_another_process_added_is_looked_for_within_a_second(at_home, monkeypatch):
    looked = []
    monkeypatch.setattr(PretendVoice, "look_again", lambda _self: looked.append(True))
    at_home.clock.advance(1.1)
    assert looked


@pytest.mark.parametrize(("hour", "within"), [(15, True), (19, False)], ids=["by day", "by night"])
def test_a_story_left_with_the_house_goes_on_at_its_word_by_day_and_with_its_line_by_night(tmp_path, hour, within):
    other = Home(tmp_path / "other", hour)
    other.house.reader.tell([other.long])
    other.clock.advance(20)
    while (now := other.house.reader.sounding()) is None or now.seconds < 2:
        other.clock.advance(0.1)
    other.house.close()
    other.enter()
    other.house.begin()
    other.house.reader.tell([other.long])
    other.clock.advance(0.5)
    again = other.house.reader.sounding()
    assert again.step.index == now.step.index
    assert (again.sound.begin > 0) == within
    other.house.close()

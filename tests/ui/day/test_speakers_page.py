"""The page of who speaks: each speaker is heard, given a voice or a pitch, and what was found is marked or not."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt

from storytime.core.ports import VoiceInfo
from storytime.core.shelf.story import Role
from storytime.devices.rehearsal.voice import VOICES
from storytime.ui.day_room import DayRoom
from storytime.ui.parts.labels import Label
from storytime.ui.reading.speakers_screen import SpeakersScreen
from storytime.ui.shelf.story_screen import StoryScreen
from tests.core.shelf.conftest import manuscript
from tests.ui.day.conftest import speakers_screen

OTHER = VoiceInfo("espeak:other", "Another English", ("en-us", "en"), "espeak")


@pytest.fixture
def street(room):
    return room.shelf.find("street")


@pytest.fixture
def screen(room, show, street, monkeypatch):
    monkeypatch.setattr(type(room.voice), "voices", lambda _self: (*VOICES, OTHER))
    made = show(speakers_screen(room))
    made.open_story(street)
    return made


def row_of(screen, speaker):
    return next(row for row in screen.rows if row.speaker == speaker)


def words(screen):
    return " ".join(one.text() for one in screen.findChildren(Label) if one.isVisible())


def choose(box, data):
    box.setCurrentIndex(box.findData(data))
    box.activated.emit(box.currentIndex())


def heard(room):
    room.clock.advance(0.1)
    return room.voice.asked[-1]


@pytest.mark.parametrize(
    ("voice", "said"), [("gone", "A voice that is not here"), (VOICES[1].id, "A voice of another language")]
)
def test_why_a_speaker_s_voice_is_not_heard_is_said(screen, room, street, voice, said):
    room.casting.accept(street.id, street.language)
    speaker = next(iter(room.casting.cast(street.id) or screen._desk.speakers(street).lines))
    room.casting.give(street.id, speaker, Role(voice))
    screen.refresh()
    assert row_of(screen, speaker).voice.currentText() == said
    assert row_of(screen, speaker).voice.currentData() == voice


def test_a_voice_that_is_given_by_a_name_of_two_is_the_one_that_is_heard(screen, room, street, monkeypatch):
    twins = [VoiceInfo(f"piper:en_US-joe-{one}", "Joe", ("en-us", "en"), "piper") for one in ("low", "high")]
    monkeypatch.setattr(type(room.voice), "voices", lambda _self: (*VOICES, *twins))
    room.casting.accept(street.id, street.language)
    speaker = next(iter(screen._desk.speakers(street).lines))
    room.casting.give(street.id, speaker, Role("Joe"))
    screen.refresh()
    assert row_of(screen, speaker).voice.currentText() == "Joe (low)"
    assert screen._desk.sample(street, speaker).voice == "piper:en_US-joe-low"


def test_a_story_s_page_leads_to_it_and_it_leads_back(room, show, street):
    day = show(DayRoom(SimpleNamespace(**vars(room), devices=room, preparer=None, books=None)))
    day.open_story(street.id)
    day.findChild(StoryScreen).speakers.click()
    assert day.page == "speakers"
    assert day.findChild(SpeakersScreen).card.id == street.id
    day.findChild(SpeakersScreen).done.click()
    assert day.page == "story"


def test_whom_the_story_names_is_offered_with_their_lines_and_nothing_is_marked_yet(screen, room, street):
    assert [row.speaker for row in screen.rows] == ["Boot", "Key", "Pretzel", "Umbrella", "Baker"]
    assert "12 lines" in words(screen)
    assert all(row.voice is None for row in screen.rows)
    assert room.casting.marks(street.id) == {}


def test_one_press_marks_them_and_another_takes_it_back(screen, room, street, qtbot):
    qtbot.keyClick(screen.mark, Qt.Key.Key_Return)
    marks = room.casting.marks(street.id)
    assert marks
    assert all(row.voice is not None for row in screen.rows)
    screen.note.button.click()
    assert room.casting.marks(street.id) == {}
    screen.mark.click()
    assert "Take" in screen.mark.text()
    screen.mark.click()
    assert room.casting.marks(street.id) == {}
    screen.note.button.click()
    assert room.casting.marks(street.id) == marks


def test_a_speaker_gets_a_voice_and_a_pitch_and_is_heard_at_once(screen, room, street):
    screen.mark.click()
    choose(row_of(screen, "Key").voice, OTHER.id)
    said = heard(room)
    assert (said.voice, said.text) == (OTHER.id, "“Then I’ll tell one,”")
    choose(row_of(screen, "Key").pitch, 0.25)
    assert heard(room).pitch == 0.25
    assert room.casting.cast(street.id) == {"Key": Role(OTHER.id, 0.25)}
    choose(row_of(screen, "Key").voice, "")
    choose(row_of(screen, "Key").pitch, 0.5)
    assert room.casting.cast(street.id) == {}


def test_a_voice_that_went_is_still_the_choice_until_another_is_made(screen, room, street):
    screen.mark.click()
    room.casting.give(street.id, "Key", Role("gone"))
    screen.refresh()
    box = row_of(screen, "Key").voice
    assert (box.currentData(), box.currentText()) == ("gone", "A voice that is not here")


def test_while_a_story_is_told_nobody_speaks_into_it(screen, room):
    room.reader.tell([room.ids()[0]])
    before = len(room.voice.asked)
    row_of(screen, "Key").play.click()
    assert "“Then I’ll tell one,”" not in [asked.text for asked in room.voice.asked[before:]]
    assert "being told" in screen.note.accessibleName()


def test_a_story_that_names_nobody_says_how_a_speech_is_marked(screen, room):
    screen.open_story(room.shelf.card(room.shelf.add(manuscript()).id))
    assert screen.rows == []
    assert not screen.mark.isVisible()
    assert "**Fox:**" in words(screen)


def test_escape_goes_back_to_the_story(screen, street, qtbot):
    with qtbot.waitSignal(screen.left) as left:
        qtbot.keyClick(screen, Qt.Key.Key_Escape)
    assert left.args == [street.id]

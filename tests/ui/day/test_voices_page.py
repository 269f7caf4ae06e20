"""The page of voices: each is heard by one press, chosen by another, tuned, added, removed and put back."""

import re
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QFontMetricsF

from storytime.core.ports import VoiceInfo
from storytime.core.reading.saying_list import LONGEST, SayingList
from storytime.core.reading.voice_files import VoiceFiles
from storytime.devices.rehearsal.voice import VOICES
from storytime.ui.day_room import DayRoom
from storytime.ui.evening.settings_screen import SettingsScreen
from storytime.ui.parts.labels import MAY_BREAK, Label
from storytime.ui.reading.voices_screen import VoicesScreen
from tests.devices.piper_voices import make_voice
from tests.ui.day.conftest import voices_screen
from tests.ui.day.fitting import SIZES, assert_controls_inside, assert_words_fit, seen

OTHER = VoiceInfo("espeak:other", "Another English", ("en-us", "en"), "espeak")
ENGLISH = VOICES[0]


@pytest.fixture
def screen(room, show, monkeypatch):
    files = VoiceFiles(room.paths)
    monkeypatch.setattr(
        type(room.voice), "voices",
        lambda _self: (*VOICES, OTHER, *(info for voice in files.all() for info in voice.infos())),
    )
    return show(voices_screen(room))


def row_of(screen, voice):
    return next(row for row in screen.voices.rows if row.shown.id == voice)


def heard(room):
    room.clock.advance(0.1)
    return room.voice.asked[-1]


def add(screen, room, path):
    screen.bring(path)
    room.clock.advance(10)


def said(note):
    return note.accessibleName() if note.isVisible() else ""


def test_the_settings_lead_to_it_and_it_leads_back(room, show):
    day = show(DayRoom(SimpleNamespace(**vars(room), devices=room, preparer=None)))
    day.open_page("settings")
    day.findChild(SettingsScreen).voices.click()
    assert day.page == "voices"
    day.findChild(VoicesScreen).done.click()
    assert day.page == "settings"


def test_one_press_says_a_line_from_a_story_in_that_voice(screen, room, qtbot):
    qtbot.keyClick(row_of(screen, OTHER.id).play, Qt.Key.Key_Return)
    asked = heard(room)
    lines = [" ".join(line.text.split()) for card in room.shelf.cards() for line in room.shelf.lines(card.id)]
    assert asked.voice == OTHER.id
    assert asked.text in lines
    assert room.speaker.queued() > 0


def test_while_a_story_is_told_no_voice_speaks_into_it(screen, room):
    room.reader.tell([room.ids()[0]])
    before = len(room.voice.asked)
    row_of(screen, OTHER.id).play.click()
    assert OTHER.id not in [asked.voice for asked in room.voice.asked[before:]]
    assert "being told" in said(screen.note)


def test_a_voice_that_is_chosen_reads_its_language(screen, room, qtbot):
    assert row_of(screen, ENGLISH.id).choose is None
    row_of(screen, OTHER.id).choose.click()
    assert room.settings.value.voice == {"en": OTHER.id}
    qtbot.waitUntil(lambda: row_of(screen, OTHER.id).choose is None)
    assert row_of(screen, ENGLISH.id).choose is not None


def test_each_voice_keeps_its_own_manner_and_is_heard_so(screen, room):
    row = row_of(screen, OTHER.id)
    row.tune.click()
    for what, percent in (("rate", 80), ("pause", 150), ("pitch", 30)):
        row.dials[what].slide.setValue(percent)
    row.warm.click()
    now = room.settings.value
    assert (now.voice_rate, now.voice_pause, now.voice_pitch) == ({OTHER.id: 0.8}, {OTHER.id: 1.5}, {OTHER.id: 0.3})
    assert now.voice_warmth == {OTHER.id: True}
    row.play.click()
    asked = heard(room)
    assert (asked.rate, asked.pitch, asked.warm) == (0.8, 0.3, True)


def test_a_slider_that_moves_keeps_its_row(screen, room, qtbot):
    row = row_of(screen, OTHER.id)
    row.tune.click()
    row.dials["rate"].slide.setValue(80)
    screen.refresh()
    assert row_of(screen, OTHER.id) is row


def test_a_pitch_is_offered_only_where_the_voice_has_one(screen):
    for voice, pitched in ((OTHER.id, True), (ENGLISH.id, False)):
        row_of(screen, voice).tune.click()
        assert ("pitch" in row_of(screen, voice).dials) == pitched


def test_the_voices_of_another_language_are_a_choice_away(screen):
    screen.voices.tongue.setCurrentIndex(screen.voices.tongue.findData("de"))
    screen.voices.tongue.activated.emit(screen.voices.tongue.currentIndex())
    assert [row.shown.id for row in screen.voices.rows] == ["pretend:german"]


def test_a_voice_that_is_dropped_onto_the_page_can_read(screen, room, tmp_path):
    make_voice(tmp_path / "made", language="de_DE", card="License: CC BY 4.0")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "made"))])
    drop = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
                      Qt.KeyboardModifier.NoModifier)
    screen.dropEvent(drop)
    room.clock.advance(10)
    assert said(screen.note) == "Tone can read German now. Its card says of its licence: CC BY 4.0."
    assert [row.shown.name for row in screen.voices.rows] == ["Tone", "Pretended German"]


def test_of_several_voices_that_are_dropped_every_one_can_read(screen, room, tmp_path):
    german = make_voice(tmp_path / "german", "de_DE-two-low", language="de_DE")
    models = [make_voice(tmp_path / "english", "en_US-one-low"), german]
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for model in models for file in sorted(model.parent.iterdir())])
    drop = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
                      Qt.KeyboardModifier.NoModifier)
    screen.dropEvent(drop)
    room.clock.advance(10)
    assert [voice.id for voice in VoiceFiles(room.paths).all()] == ["de_DE-two-low", "en_US-one-low"]
    assert "can read German" in said(screen.note)
    assert screen.add.isEnabled()


def test_what_is_no_voice_is_refused_in_the_note_and_the_next_can_come(screen, room, tmp_path):
    add(screen, room, tmp_path / "nowhere.onnx")
    assert "was not added" in said(screen.note)
    assert screen.add.isEnabled()
    add(screen, room, make_voice(tmp_path / "made"))
    assert "can read English" in said(screen.note)


def test_a_voice_that_is_removed_can_be_put_back_until_the_page_is_left(screen, room, tmp_path):
    add(screen, room, make_voice(tmp_path / "made"))
    voice = "piper:en_US-tone-low"
    row_of(screen, voice).remove.click()
    assert voice not in [row.shown.id for row in screen.voices.rows]
    screen.note.button.click()
    row_of(screen, voice).remove.click()
    screen.hide()
    assert [one for one in room.paths.voices.iterdir()] == []


def test_a_voice_that_came_with_the_machine_cannot_be_removed(screen):
    assert not hasattr(row_of(screen, OTHER.id), "remove")


def test_a_story_can_have_a_voice_of_its_own_and_be_without_again(screen, room, qtbot):
    card = next(card for card in room.shelf.cards() if card.language == "en")
    stories = screen.stories
    stories.story.setCurrentIndex(stories.story.findData(card.id))
    stories.story.activated.emit(stories.story.currentIndex())
    stories.voice.setCurrentIndex(stories.voice.findData(OTHER.id))
    stories.give.click()
    assert room.settings.value.story_voice == {str(card.id): OTHER.id}
    qtbot.waitUntil(lambda: len(stories.buttons) == 1)
    assert card.title in stories.buttons[0].accessibleName()
    stories.buttons[0].click()
    assert room.settings.value.story_voice == {}


def write(card, word, saying):
    card.word.setText(word)
    card.saying.setText(saying)


def test_a_name_is_heard_as_it_would_be_said_before_it_is_kept(screen, room):
    write(screen.sayings, "Siobhan", "/ʃɪˈvɔːn/")
    screen.sayings.hear.click()
    (sounds,) = heard(room).sounds
    assert sounds.ipa == "ʃɪˈvɔːn"
    assert room.settings.value.sayings == {}


def test_a_name_is_kept_heard_changed_and_removed_with_a_way_back(screen, room, qtbot):
    card = screen.sayings
    write(card, "Siobhan", "shiv-on")
    qtbot.keyClick(card.saying, Qt.Key.Key_Return)
    hear, change, _ = card.rows["Siobhan"]
    hear.click()
    assert heard(room).text == "shiv-on"
    change.click()
    card.saying.setText("shiv-awn")
    card.add.click()
    assert room.settings.value.sayings == {"": {"Siobhan": "shiv-awn"}}
    card.rows["Siobhan"][2].click()
    assert room.settings.value.sayings == {}
    screen.note.button.click()
    assert room.settings.value.sayings == {"": {"Siobhan": "shiv-awn"}}


def test_a_story_has_a_list_of_its_own(screen, room):
    card, story = screen.sayings, str(room.ids()[0])
    card.where.setCurrentIndex(card.where.findData(story))
    card.where.activated.emit(card.where.currentIndex())
    write(card, "Ada", "ah-da")
    card.add.click()
    assert room.settings.value.sayings == {story: {"Ada": "ah-da"}}


@pytest.fixture
def full(screen, room):
    """The page with a word, two children and a story of its own voice, to be gone through by keyboard."""
    own = {str(room.ids()[0]): OTHER.id}
    room.settings.change(sayings={"": {"Ada": "ah-da"}}, children={"Leo": {}, "Mia": {}}, story_voice=own)
    screen.refresh()
    return screen


@pytest.mark.parametrize(
    ("pressed", "after"),
    [
        (lambda page: row_of(page, OTHER.id).choose, f"Hear {OTHER.name}"),
        (lambda page: page.sayings.rows["Ada"][2], "The word as it is written"),
        (lambda page: page.children_card.rows["Leo"][1], "A child’s name"),
        (lambda page: page.stories.buttons[0], "Which story"),
    ],
)
def test_the_keyboard_stays_where_something_was_chosen_or_taken_away(full, qtbot, pressed, after):
    button = pressed(full)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: named(full.window().focusWidget()) == after)


def test_the_keyboard_stays_on_a_list_whose_page_is_made_anew(full, room, qtbot):
    who = full.children_card.rows["Mia"][0]
    who.setFocus()
    qtbot.keyClick(who, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: full.children_card.rows["Mia"][0] is not who)
    qtbot.waitUntil(lambda: full.window().focusWidget() is full.children_card.rows["Mia"][0])
    assert room.settings.value.children["Mia"] == {"en": ENGLISH.id}


def test_after_a_child_is_named_the_next_name_may_be_typed(full, qtbot):
    full.children_card.name.setText("Ida")
    full.children_card.add.setFocus()
    qtbot.keyClick(full.children_card.add, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Ida" in full.children_card.rows)
    qtbot.waitUntil(lambda: full.window().focusWidget() is full.children_card.name)


def named(widget):
    return widget.accessibleName() if widget else ""


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
def test_a_word_without_an_end_is_read_whole_and_pushes_no_button_off_the_page(room, show, size):
    long = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
    room.settings.change(sayings={"": {long: f"/{long}/"}}, children={long[:40]: {}})
    screen = show(voices_screen(room), *size)
    assert_controls_inside(screen)
    assert_words_fit(screen)
    for label in seen(screen, Label):
        widest = max(map(QFontMetricsF(label.font()).horizontalAdvance, re.split(rf"[\s{MAY_BREAK}]", label.text())))
        assert widest <= label.width() + 1, label.text()


def test_a_saying_has_an_end(room):
    sayings = SayingList(room.settings)
    assert sayings.keep("Ada" * 1000, f"/{'a' * 5000}/")
    ((word, saying),) = sayings.of()
    assert len(word) <= LONGEST
    assert len(saying) <= LONGEST


@pytest.mark.parametrize(("word", "saying"), [("", "shiv-awn"), ("Siobhan", " "), ("…", "dots"), ("Ada", "/ˈː/")])
def test_half_a_saying_is_not_kept(screen, room, word, saying):
    write(screen.sayings, word, saying)
    screen.sayings._keep()
    assert room.settings.value.sayings == {}


def test_what_is_missing_is_said_on_the_page(screen, room, monkeypatch):
    monkeypatch.setattr(type(room.voice), "troubles", lambda _self: {"hibari": "ImportError"})
    screen.refresh()
    assert screen.advice.isVisible()
    monkeypatch.setattr(type(room.voice), "troubles", lambda _self: {})
    screen.refresh()
    assert not screen.advice.isVisible()


def test_a_child_is_named_given_a_reader_and_put_back_with_them(screen, room, qtbot):
    card = screen.children_card
    assert not card.tonight.isVisible()
    qtbot.keyClicks(card.name, "Mia")
    qtbot.keyClick(card.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Mia" in card.rows)
    who, _ = card.rows["Mia"]
    who.setCurrentIndex(who.findData(OTHER.id))
    who.activated.emit(who.currentIndex())
    assert room.settings.value.children == {"Mia": {"en": OTHER.id}}
    qtbot.waitUntil(lambda: card.rows["Mia"][0].currentData() == OTHER.id)
    card.tonight.setCurrentIndex(card.tonight.findData("Mia"))
    card.tonight.activated.emit(card.tonight.currentIndex())
    assert room.settings.value.child == "Mia"
    card.rows["Mia"][1].click()
    qtbot.waitUntil(lambda: not card.rows)
    assert (room.settings.value.children, room.settings.value.child) == ({}, "")
    screen.note.pressed.emit()
    assert room.settings.value.children == {"Mia": {"en": OTHER.id}}

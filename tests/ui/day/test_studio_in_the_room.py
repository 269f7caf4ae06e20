"""The studio in its house: from a story's page to a kept take, with the real service on a pretended microphone."""

import zipfile

import pytest
from PySide6.QtCore import QCoreApplication, Qt

from storytime.core.database import open_library
from storytime.core.shelf.backup import back_up
from storytime.core.shelf.takes import Take, Takes, now
from storytime.core.studio.journal_file import JournalFile
from storytime.core.studio.label import Label
from storytime.ui.day_room import DayRoom
from tests.core.studio.booth import Booth
from tests.core.studio.recordings import spoken


@pytest.fixture
def booth(qapp, home):
    made = Booth(home)
    made.house.begin()
    made.house.settings.change(first_run_done=True)
    yield made
    made.close()


@pytest.fixture
def day(booth, show):
    return show(DayRoom(booth.house), 1280, 800)


@pytest.fixture
def studio(day, booth):
    day.record(booth.story, 0)
    screen = day._pages["studio"]
    booth.run(0.3)
    screen.proof.begun.emit()
    return screen


def press(qtbot, screen, *keys):
    for key in keys:
        qtbot.keyClick(screen.window().focusWidget(), key)


def test_record_leads_from_a_story_to_its_first_spoken_line(day, booth, qtbot):
    day.open_story(booth.story)
    page = day._pages["story"]
    assert not page.voices.isVisible()
    qtbot.keyClick(page.record, Qt.Key.Key_Return)
    assert day.page == "studio"
    assert booth.session.story == booth.story
    assert booth.session.line == 0
    assert day._pages["studio"].proof.isVisible()


def test_the_room_is_listened_to_and_judged(day, booth, qtbot):
    day.record(booth.story, 0)
    screen = day._pages["studio"]
    booth.run(0.3)
    press(qtbot, screen, Qt.Key.Key_Space)
    booth.microphone.say(spoken("The lamp is lit, and all is well."))
    assert booth.session.state == "listening"
    assert screen.proof.isVisible()
    booth.run(4)
    assert booth.session.proof is not None
    assert screen.proof.picture.accessibleName() != "Nothing was listened to yet"
    press(qtbot, screen, Qt.Key.Key_Return)


def test_a_line_is_read_heard_and_kept_by_three_keys(studio, day, booth, qtbot):
    press(qtbot, studio, Qt.Key.Key_Space)
    assert booth.session.state == "recording"
    booth.read()
    assert studio.desk.card.wave.peaks
    assert studio.desk.safe.text().startswith("Safe on disk up to 0:0")
    press(qtbot, studio, Qt.Key.Key_Space)
    booth.run(0.2)
    assert booth.session.state == "recorded"
    press(qtbot, studio, Qt.Key.Key_P)
    assert booth.session.state == "playing"
    press(qtbot, studio, Qt.Key.Key_Return)
    assert booth.session.line == 1
    assert studio.desk.patchwork.accessibleName() == "Whose voice: Mama 1, spoken 5"
    studio.head.back.click()
    day.open_story(booth.story)
    story = day._pages["story"]
    assert story.voices.isVisible()
    assert story.voices.legend.accessibleName() == "Mama 1, spoken 5"
    assert "read by Mama" in story.side.cover.accessibleName()


def test_undo_takes_back_what_was_kept(studio, booth, qtbot):
    booth.record()
    press(qtbot, studio, Qt.Key.Key_Return)
    assert studio.desk.undo.isVisible()
    press(qtbot, studio, Qt.Key.Key_U)
    assert booth.session.readers == {}


def test_straight_through_is_cut_and_its_cuts_are_walked(studio, booth, qtbot):
    studio.head.chips["through"].click()
    press(qtbot, studio, Qt.Key.Key_Space)
    for line in booth.lines[:4]:
        booth.read(spoken(line), after=0.5)
    press(qtbot, studio, Qt.Key.Key_Space)
    booth.run(0.5)
    QCoreApplication.processEvents()
    assert booth.session.state == "cutting"
    assert studio.desk.card.cuts.isVisible()
    at = booth.session.cuts[1].at
    booth.studio.go_to(booth.session.cuts[1].line)
    press(qtbot, studio, Qt.Key.Key_Right)
    assert booth.session.cuts[1].at == pytest.approx(at + 0.05, abs=0.001)
    press(qtbot, studio, Qt.Key.Key_Return)
    assert len(booth.session.readers) >= 3
    assert not studio.desk.card.cuts.isVisible()


def test_a_tale_is_told_and_stands_on_the_shelf(day, booth, qtbot):
    day.open_page("studio")
    screen = day._pages["studio"]
    assert screen.empty.isVisible()
    screen.empty.tale.click()
    screen.proof.begun.emit()
    press(qtbot, screen, Qt.Key.Key_Space)
    booth.read(spoken("Once there was a fox who counted windows."))
    press(qtbot, screen, Qt.Key.Key_Space)
    booth.run(0.3)
    press(qtbot, screen, Qt.Key.Key_Return)
    screen.tale.title.setText("The Fox Who Counted")
    press(qtbot, screen, Qt.Key.Key_Return)
    assert booth.house.shelf.find("The Fox Who Counted")
    screen.note.button.click()
    assert day.page == "story"


def test_leaving_for_the_shelf_ends_the_recording_and_it_waits(studio, day, booth, qtbot):
    press(qtbot, studio, Qt.Key.Key_Space)
    booth.read()
    day.open_page("shelf")
    booth.run(0.3)
    assert booth.session.state != "recording"
    day.open_page("studio")
    assert booth.session.state == "recorded"
    assert studio.desk.prompter.hasFocus()


def test_after_a_crash_the_day_room_says_whose_recording_was_found(booth, show, qtbot):
    booth.open()
    booth.studio.toggle()
    booth.read()
    booth.restart()
    booth.house.settings.change(first_run_done=True)
    day = show(DayRoom(booth.house), 1280, 800)
    note = day._notes
    assert note.isVisible()
    assert note.accessibleName().startswith("Mama’s recording of ")
    note.button.click()
    assert day.page == "found"
    assert len(day._pages["found"].rows) == 1


def test_a_recording_that_outlived_its_window_is_ended_and_then_told_of(booth, show):
    label = Label("line", booth.teller, booth.story, 0, text=booth.lines[0])
    path = booth.paths.journals / "20261103-170000-other.journal"
    file = JournalFile(path, {**label.header(), "format": "s16", "rate": 48_000})
    file.write(bytes(2 * 48_000 * 6))
    day = show(DayRoom(booth.house), 1280, 800)
    assert file.asked_to_end()
    assert not day._notes.isVisible()
    file.end()
    booth.run(1)
    assert day._notes.accessibleName().startswith("Mama’s recording of 6 seconds ")


def test_a_tale_that_was_removed_comes_back_by_a_button_that_the_keyboard_reaches(day, booth, qtbot):
    day.open_page("studio")
    screen = day._pages["studio"]
    screen.empty.tale.click()
    screen.proof.begun.emit()
    booth.record()
    assert not screen.tale.undo.isVisible()
    booth.studio.remove()
    undo = screen.tale.undo
    assert undo.isVisible()
    assert undo.text() == "Undo"
    undo.setFocus()
    press(qtbot, screen, Qt.Key.Key_Return)
    assert booth.session.state == "recorded"
    assert not undo.isVisible()
    assert screen.tale.time.hasFocus()


def test_the_studio_shows_a_text_that_was_edited_on_its_page(studio, day, booth):
    day.open_page("shelf")
    booth.house.shelf.edit(booth.story, text="One line. Another line.")
    day.open_page("studio")
    assert booth.session.lines == ("One line.", "Another line.")


def test_a_take_that_another_process_kept_is_shown_on_the_open_page(day, booth):
    day.open_story(booth.story)
    library = open_library(booth.paths)
    Takes(library, booth.paths).keep(
        Take(0, booth.teller, booth.story, 0, "The Lamp", booth.lines[0], "line", "a.flac", now(), 48_000, 48_000)
    )
    library.close()
    booth.run(1.1)
    assert day._pages["story"].voices.legend.accessibleName() == "Mama 1, spoken 5"


def test_nothing_is_said_where_nothing_was_left(day):
    assert not day._notes.isVisible()


def test_whoever_is_deleted_reads_no_more(studio, day, booth, qtbot):
    booth.record()
    press(qtbot, studio, Qt.Key.Key_Return)
    day.open_page("tellers")
    screen = day._pages["tellers"]
    screen._delete(screen.rows[0].teller)
    assert booth.house.tellers.all() == []
    assert booth.house.takes.in_attic() == []
    assert "deleted everywhere" in screen.note.accessibleName()
    screen.back.click()
    assert day._pages["studio"].empty.isVisible()


def test_backups_are_cleaned_beside_the_main_thread(studio, day, booth, qtbot, tmp_path):
    booth.record()
    press(qtbot, studio, Qt.Key.Key_Return)
    back_up(booth.house.library, tmp_path / "all.zip")
    ran = []
    whole = booth.background.run
    booth.background.run = lambda work, *values, **more: ran.append(work.__name__) or whole(work, *values, **more)
    day.open_page("tellers")
    screen = day._pages["tellers"]
    screen._delete(screen.rows[0].teller)
    assert ran == ["clean_all"]
    assert "out of 1 backup" in screen.note.accessibleName()
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert not any(name.endswith(".flac") for name in archive.namelist())


def test_a_take_in_the_attic_sounds_and_falls_silent_again(studio, day, booth, qtbot):
    booth.record()
    booth.studio.remove()
    day.open_page("takes_attic")
    attic = day._pages["takes_attic"]
    hear = next(one for one in attic.rows[0].findChildren(type(attic.back)) if one.text() == "Hear")
    hear.click()
    booth.run(0.3)
    assert booth.speaker.queued() > 0
    hear.click()
    assert booth.speaker.queued() == 0


def test_the_bar_has_the_studio_between_shelf_and_tonight(day, qtbot):
    day.bar.room_chosen.emit("studio")
    assert day.page == "studio"
    day.open_page("takes_attic")
    assert [room for room, tab in day.bar._tabs.items() if tab.isChecked()] == ["studio"]


def test_a_part_of_a_tale_comes_out_of_the_attic_and_can_be_told_on(day, booth):
    day.open_page("studio")
    booth.studio.open_tale()
    booth.run(0.3)
    booth.record()
    booth.studio.remove()
    booth.studio.leave()
    day.open_page("takes_attic")
    attic = day._pages["takes_attic"]
    assert attic.rows[0].accessibleName().startswith("A part of a tale.")
    back = next(one for one in attic.rows[0].findChildren(type(attic.back)) if one.text() == "Bring back")
    back.click()
    assert attic.note.accessibleName().startswith("It waits in the studio.")
    assert attic.rows == []
    booth.studio.open_tale()
    assert len(booth.session.parts) == 1

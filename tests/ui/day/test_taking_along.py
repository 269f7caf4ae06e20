"""A story taken along from its page: an e-book in step, made beside the window, whole or not at all."""

import pytest
from PySide6.QtWidgets import QFileDialog

from storytime.core.reading.book_maker import BookMaker
from storytime.core.reading.narrator import Narrator
from storytime.core.shelf.intake import read_story
from storytime.devices.rehearsal import PretendVoice
from storytime.ui.shelf.story_screen import StoryScreen
from storytime.ui.shelf.taking_along import file_named_after
from tests.core.shelf.told_books import taken_apart


@pytest.fixture
def voice(room, tmp_path):
    """A voice whose lines are files."""
    folder = tmp_path / "lines"
    folder.mkdir()
    return PretendVoice(room.clock, folder=folder, words=True)


@pytest.fixture
def maker(room, voice):
    narrator = Narrator(voice, room.settings, room.takes)
    return BookMaker(
        room.shelf, room.takes, room.tellers, lambda: narrator, voice, lambda: voice, room.background, room.clock
    )


@pytest.fixture
def screen(room, show, maker):
    parts = (room.shelf, room.reader, room.settings, room.gate, room.covers, room.family)
    made = show(StoryScreen(*parts, books=maker))
    made.open_story(room.ids()[0])
    return made


@pytest.fixture
def chosen(tmp_path, monkeypatch):
    """Choose a file in the dialog; return the folder in which it is."""
    folder = tmp_path / "stick"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(folder / "bear"), ""))
    return folder


def test_a_story_is_made_an_e_book_and_the_note_says_where_it_is(screen, room, chosen):
    screen.side.along.click()
    assert screen.along.isVisible()
    room.clock.advance(0.1)
    assert not list(chosen.glob("*.epub"))
    room.clock.advance(600)
    assert not screen.along.isVisible()
    book = chosen / "bear.epub"
    assert list(chosen.iterdir()) == [book]
    assert "bear.epub" in screen.note.accessibleName()
    assert taken_apart(book).overlays
    told = [line.text for line in room.shelf.story(room.ids()[0]).lines()]
    assert [line.text for line in read_story(book).lines()] == told


def test_how_far_it_is_is_said(screen, room, chosen):
    screen.side.along.click()
    room.clock.advance(0.5)
    assert screen.along.accessibleName().startswith(f"Reading “{screen.card.title}” into an e-book: ")
    assert 0 < screen.along._done < screen.along._all


def test_it_can_be_stopped_and_leaves_nothing_behind(screen, room, chosen, maker):
    screen.side.along.click()
    room.clock.advance(0.5)
    screen.along.stop.click()
    room.clock.advance(600)
    assert maker.now.state == "stopped"
    assert not screen.along.isVisible()
    assert not screen.note.isVisible()
    assert list(chosen.iterdir()) == []


def test_a_dialog_that_is_closed_makes_nothing(screen, maker, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    screen.side.along.click()
    assert maker.now.state == "idle"


def test_a_folder_that_is_not_there_is_told_of_at_once(screen, maker, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "gone" / "x.epub"), ""))
    screen.side.along.click()
    assert "Its folder is not there" in screen.note.accessibleName()
    assert maker.now.state == "idle"
    assert not screen.along.isVisible()


def test_a_voice_that_says_nothing_makes_no_book_and_it_is_said(screen, room, chosen, maker, voice):
    def mute(_utterance):
        raise ValueError

    voice._seconds = mute
    screen.side.along.click()
    room.clock.advance(600)
    assert maker.now.state == "failed"
    assert "no voice could say a line" in screen.note.accessibleName()
    assert list(chosen.iterdir()) == []


def test_a_file_name_is_one_that_every_system_takes(room):
    from dataclasses import replace

    card = replace(room.shelf.cards()[0], title='What? A/B "C" \x07.')
    assert file_named_after(card) == "What- A-B -C- -.epub"

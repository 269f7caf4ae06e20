"""What is changed elsewhere while a teller sits: by another process, or on another page of the window."""

from dataclasses import replace

import pytest

from storytime.core.database import open_library
from storytime.core.errors import StoryNotFound
from storytime.core.paths import Paths
from storytime.core.shelf.takes import Take, now
from storytime.core.studio.shelves import Shelves
from tests.core.studio.booth import TEXT, Booth
from tests.core.studio.recordings import spoken


@pytest.fixture
def booth(home):
    made = Booth(home)
    made.house.begin()
    yield made
    made.close()


@pytest.fixture
def others(booth, home):
    """The shelves as another process has them."""
    library = open_library(Paths(home))
    yield Shelves.of(library)
    library.close()


def take_of(booth, line, teller):
    words = ("The Lamp", booth.lines[line], "line", f"{line}.flac", now())
    return Take(0, teller, booth.story, line, *words, 48_000, 48_000)


def test_a_take_that_another_process_kept_is_seen_by_whoever_sits_there(booth, others):
    booth.open(1)
    opa = others.tellers.welcome("Opa")
    others.takes.keep(take_of(booth, 1, booth.teller))
    others.takes.keep(take_of(booth, 3, opa.id))
    booth.run(1.1)
    assert {line: teller.name for line, teller in booth.session.readers.items()} == {1: "Mama", 3: "Opa"}
    assert booth.session.kept.line == 1
    assert booth.session.teller.name == "Mama"


def test_what_happens_elsewhere_disturbs_no_recording_and_is_seen_after_it(booth, others):
    booth.open().toggle()
    booth.run(0.3)
    others.takes.keep(take_of(booth, 2, booth.teller))
    booth.read()
    assert booth.session.state == "recording"
    booth.studio.toggle()
    booth.run(0.3)
    assert booth.session.state == "recorded"
    assert list(booth.session.readers) == [2]


def test_somebody_welcomed_elsewhere_can_read_where_nobody_could(home):
    booth = Booth(home / "another", teller=None)
    booth.house.begin()
    booth.open()
    assert booth.session.teller is None
    library = open_library(booth.paths)
    Shelves.of(library).tellers.welcome("Opa")
    library.close()
    booth.run(1.1)
    assert booth.session.teller.name == "Opa"
    booth.close()


def test_nobody_reads_under_anothers_name_when_their_voice_was_deleted_elsewhere(booth, others):
    others.tellers.welcome("Opa")
    booth.open()
    others.library.write("DELETE FROM tellers WHERE name = 'Mama'")
    booth.run(1.1)
    assert booth.session.teller is None


def test_an_edited_text_is_read_from_at_once_and_at_the_same_words(booth):
    booth.open(2)
    booth.house.shelf.edit(booth.story, title="The Lamps", text=f"It was night. {TEXT} The end.")
    booth.studio.look_again()
    session = booth.session
    assert session.title == "The Lamps"
    assert session.lines[0] == "It was night."
    assert session.lines[session.line] == booth.lines[2]


def test_what_was_recorded_for_a_line_is_not_laid_on_the_words_that_replaced_it(booth):
    booth.open(1)
    booth.record()
    booth.house.shelf.edit(booth.story, text=TEXT.replace("The sea went on being the sea.", "The sea slept."))
    booth.studio.look_again()
    assert booth.session.lines[1] == "The sea slept."
    assert booth.session.at_hand is None
    assert [one.label.text for one in booth.session.waiting] == [booth.lines[1]]


def test_a_recording_that_was_cut_is_cut_anew_onto_an_edited_text(booth):
    booth.open(mode="through").toggle()
    for line in booth.lines[:3]:
        booth.read(spoken(line), after=0.5)
    booth.studio.toggle()
    booth.run(0.3)
    assert booth.session.state == "cutting"
    booth.house.shelf.edit(booth.story, text=TEXT.replace("The lamp was lit.", "The lamp was burning."))
    booth.studio.look_again()
    assert booth.session.state == "cutting"
    assert booth.studio.pieces(booth.session.at_hand)[0].text == "The lamp was burning."


def test_a_story_that_was_put_away_elsewhere_is_said_to_be_gone(booth, others):
    booth.open()
    others.shelf.to_attic(booth.story)
    booth.run(1.1)
    assert isinstance(booth.session.trouble, StoryNotFound)
    assert booth.session.lines == tuple(booth.lines)


def test_looking_again_where_nothing_changed_says_nothing(booth):
    booth.open()
    said = []
    booth.studio.changed.connect(said.append)
    booth.studio.look_again()
    booth.run(3)
    assert [replace(one, room=0) for one in said] == []

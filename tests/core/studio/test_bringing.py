"""A recording made elsewhere lies on the lines of a story, or becomes a tale; the file itself stays as it is."""

import pytest
import soundfile

from storytime.core.errors import CannotRead, SilentTake
from storytime.core.shelf.takes import WORDLESS
from storytime.core.studio.bringing import bring, bring_tale
from tests.core.studio.family import LINES, RATE, Family
from tests.core.studio.recordings import silence


@pytest.fixture
def family(library):
    return Family(library)


@pytest.fixture
def phone(tmp_path):
    """A recording as a telephone keeps it."""

    def record(samples, name="Voice_0017.ogg"):
        path = tmp_path / name
        soundfile.write(path, samples, RATE)
        return path

    return record


def test_it_lies_on_the_lines_that_are_read_in_it(family, phone):
    brought = bring(phone(family.voice(*LINES)), family.grandpa, family.shelves, family.fox)
    takes = brought.kept.takes
    assert [(take.line, take.text) for take in takes] == list(enumerate(LINES))
    assert {take.teller for take in takes} == {family.grandpa.id}
    assert len(brought.cuts) == 3
    assert sorted(family.of_lines()) == [0, 1, 2]


def test_it_may_begin_in_the_middle(family, phone):
    brought = bring(phone(family.voice(*LINES[1:])), family.grandpa, family.shelves, family.fox, 1)
    assert [take.line for take in brought.kept.takes] == [1, 2]


def test_a_recording_much_shorter_than_the_story_is_of_its_beginning(family, phone):
    text = "\n\n".join([*LINES, *(f"And then the road went on, and on, to house number {n}." for n in range(40))])
    family.shelves.shelf.edit(family.fox.id, text=text)
    fox = family.shelves.shelf.card(family.fox.id)
    brought = bring(phone(family.voice(*LINES)), family.grandpa, family.shelves, fox)
    assert max(take.line for take in brought.kept.takes) <= 4


def test_the_recording_stays_as_it_is_and_no_journal_is_left(family, phone):
    path = phone(family.voice(*LINES))
    before = path.read_bytes()
    bring(path, family.grandpa, family.shelves, family.fox)
    assert path.read_bytes() == before
    assert family.files("journals") == []


def test_without_a_text_it_is_a_tale_under_its_title(family, phone):
    told = bring_tale(phone(family.voice(*LINES, pause=3.0)), family.grandpa, family.shelves, "The Night Train").kept
    assert (told.story.title, told.story.author) == ("The Night Train", "Grandpa")
    assert {take.text for take in told.takes} == {WORDLESS}
    assert told.story.minutes > 0


def test_without_a_title_it_has_the_file_s_name(family, phone):
    assert bring_tale(phone(family.voice(LINES[0])), family.grandpa, family.shelves).kept.story.title == "Voice 0017"


def test_two_tales_of_one_title_are_two_stories(family, phone):
    one, two = (
        bring_tale(phone(family.voice(line)), family.grandpa, family.shelves, "Night").kept.story for line in LINES[:2]
    )
    assert one.id != two.id


def test_what_is_no_sound_is_said_and_leaves_nothing(family, tmp_path):
    path = tmp_path / "letter.m4a"
    path.write_bytes(b"Dear children, " * 100)
    with pytest.raises(CannotRead):
        bring(path, family.grandpa, family.shelves, family.fox)
    assert family.files("journals") == []
    assert family.of_lines() == {}


def test_a_recording_in_which_nobody_speaks_is_not_kept_as_done(family, phone):
    with pytest.raises(SilentTake):
        bring(phone(silence(6.0)), family.grandpa, family.shelves, family.fox)
    assert family.of_lines() == {}

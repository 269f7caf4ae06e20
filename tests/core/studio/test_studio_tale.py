"""Tales without a text: told, interrupted, gone on with, given a title, and then a story like any other."""

import numpy as np
import pytest

from storytime.core.errors import CannotRead, CannotSave, SilentTake
from storytime.core.shelf.takes import WORDLESS
from storytime.core.studio.flac import read_flac
from storytime.core.studio.tale import Told, manuscript
from tests.core.studio.recordings import silence, spoken


@pytest.fixture
def tale(booth):
    booth.studio.open_tale()
    booth.run(0.3)
    return booth


def told(pause=0.9):
    """Half a minute of a tale."""
    lines = ("Once there was a lamp that nobody had lit.", "Then somebody came up the stairs.", "It was the keeper.")
    return np.concatenate([part for line in lines * 4 for part in (spoken(line), silence(pause))])


def test_a_tale_becomes_a_story_of_wordless_lines_with_a_take_for_each(tale):
    tale.record(told())
    whole = tale.journals()[0].samples()
    tale.studio.keep_tale("The  Keeper")
    story = tale.house.shelf.story(tale.told[0])
    assert (story.title, story.author) == ("The Keeper", "Mama")
    assert {line.text for line in story.lines()} == {WORDLESS}
    takes = tale.house.takes.of_story(story.id, [WORDLESS])
    assert [take.line for take in takes] == list(range(story.card.lines))
    assert len(takes) > 1
    again = np.concatenate([read_flac(tale.house.takes.path(take))[0] for take in takes])
    assert np.array_equal(again, whole)
    assert story.card.minutes * 60 == pytest.approx(len(whole) / 48_000, rel=0.25)
    assert tale.journals() == []
    assert tale.session.state == "resting"


def test_a_tale_goes_on_after_a_pause(tale):
    tale.record()
    first = tale.session.seconds
    tale.studio.toggle()
    assert tale.session.seconds == pytest.approx(first)
    tale.read()
    tale.studio.toggle()
    tale.run(0.2)
    assert tale.session.seconds > first + 1
    assert len(tale.session.parts) == 2
    seconds = tale.session.seconds
    tale.studio.keep_tale("Two")
    assert sum(take.seconds for take in tale.takes()) == pytest.approx(seconds)


def test_enter_does_not_keep_a_tale_that_has_no_title(tale):
    tale.record()
    tale.studio.keep()
    assert tale.session.state == "recorded"
    assert tale.told == []


def test_a_tale_without_a_title_is_called_after_its_teller(tale):
    tale.record()
    tale.studio.keep_tale("  ")
    assert tale.house.shelf.card(tale.told[0]).title == "A tale of Mama’s"


def test_a_tale_is_kept_from_within_its_recording(tale):
    tale.studio.toggle()
    tale.read()
    tale.studio.keep_tale("Told")
    tale.run(0.2)
    assert tale.house.shelf.card(tale.told[0]).title == "Told"


def test_a_tale_is_kept_while_it_is_played(tale):
    tale.record()
    tale.studio.play()
    tale.studio.keep_tale("Told")
    assert len(tale.told) == 1
    assert tale.speaker.queued() == 0


def test_two_tales_under_one_title_are_two_stories(tale):
    for _ in range(2):
        tale.record()
        tale.studio.keep_tale("The Lamp at Night")
        tale.run(2)
    first, second = tale.told
    assert first != second
    assert len(tale.house.takes.of_story(first, [WORDLESS])) == len(tale.house.takes.of_story(second, [WORDLESS])) == 1


def test_a_chapter_begins_where_it_was_marked(tale):
    tale.studio.toggle()
    tale.read(told())
    tale.studio.mark_chapter()
    assert len(tale.session.marks) == 1
    tale.read(told())
    tale.studio.toggle()
    tale.run(0.2)
    tale.studio.mark_chapter()
    tale.studio.toggle()
    tale.read(told())
    tale.studio.toggle()
    tale.run(0.2)
    tale.studio.keep_tale("Three")
    story = tale.house.shelf.story(tale.told[0])
    assert [chapter.title for chapter in story.chapters] == ["Chapter 1", "Chapter 2", "Chapter 3"]


def test_two_chapters_are_a_second_apart_at_least(tale):
    tale.studio.mark_chapter()
    assert tale.session.marks == ()
    tale.studio.toggle()
    tale.run(0.5)
    tale.studio.mark_chapter()
    tale.read()
    tale.studio.mark_chapter()
    tale.studio.mark_chapter()
    assert len(tale.session.marks) == 1


def test_redo_puts_the_last_part_away_with_its_marks(tale):
    tale.record()
    first = tale.session.seconds
    tale.studio.mark_chapter()
    tale.studio.toggle()
    tale.read()
    tale.studio.mark_chapter()
    tale.studio.toggle()
    tale.run(0.2)
    tale.studio.redo()
    assert tale.session.state == "recording"
    assert tale.session.seconds == pytest.approx(first)
    assert tale.session.marks == ()
    assert [take.why for take in tale.takes(attic=True)] == ["redone"]


def test_a_removed_tale_lies_in_the_attic_whole(tale):
    tale.record()
    tale.record()
    tale.studio.remove()
    assert (tale.session.state, tale.session.seconds) == ("resting", 0)
    assert [take.why for take in tale.takes(attic=True)] == ["removed", "removed"]


def test_a_silent_part_is_put_away_and_the_tale_goes_on(tale):
    tale.record()
    seconds = tale.session.seconds
    tale.studio.toggle()
    tale.run(4)
    tale.studio.toggle()
    tale.run(0.2)
    assert isinstance(tale.session.trouble, SilentTake)
    assert (tale.session.state, tale.session.seconds) == ("recorded", seconds)


def test_p_plays_the_last_chapter(tale):
    tale.record()
    first = tale.session.seconds
    tale.studio.play()
    assert tale.speaker.queued() == pytest.approx(first, abs=0.01)
    tale.studio.play()
    tale.studio.mark_chapter()
    assert len(tale.session.marks) == 1
    tale.studio.toggle()
    tale.read()
    tale.studio.toggle()
    tale.run(0.2)
    tale.studio.play()
    assert tale.speaker.queued() == pytest.approx(tale.session.seconds - first, abs=0.01)


def test_a_chapter_that_was_only_marked_plays_the_one_before(tale):
    tale.record()
    tale.studio.mark_chapter()
    tale.studio.play()
    assert tale.speaker.queued() == pytest.approx(tale.session.seconds, abs=0.01)


def test_an_interrupted_tale_is_there_after_a_crash_with_its_chapters(tale):
    tale.record()
    tale.studio.mark_chapter()
    tale.studio.toggle()
    tale.read()
    before = tale.session
    tale.restart()
    tale.studio.open_tale()
    tale.run(0.3)
    now = tale.session
    assert (now.tale, now.marks, now.state) == (before.tale, before.marks, "recorded")
    assert now.seconds == pytest.approx(before.seconds, abs=0.2)
    tale.studio.keep_tale("Saved")
    assert len(tale.told) == 1


def test_marks_that_cannot_be_remembered_still_count_today(tale):
    tale.record()
    tale.studio.kit.store.save = lambda *_: (_ for _ in ()).throw(CannotSave("tale"))
    tale.studio.kit.store.load = lambda *_: (_ for _ in ()).throw(CannotSave("tale"))
    tale.studio.mark_chapter()
    assert len(tale.session.marks) == 1
    assert isinstance(tale.session.trouble, CannotSave)
    tale.studio.leave()
    tale.studio.open_tale()
    assert tale.session.marks == ()


def test_taking_it_back_puts_the_story_into_the_attic_with_its_takes(tale):
    tale.record()
    tale.studio.keep_tale("Gone")
    tale.studio.undo()
    assert tale.house.shelf.attic() == [(tale.told[0], "Gone")]
    assert len(tale.takes()) == 1


PIECES = [Told(begin, 10.0) for begin in (0.0, 10.0, 20.0, 30.0)]


def chapters(*marks):
    return [len(list(one.lines())) for one in manuscript("T", "Mama", PIECES, marks, "now").chapters]


def test_a_mark_counts_from_the_breath_it_means():
    assert chapters() == [4]
    assert chapters(19.0) == chapters(22.0) == [2, 2]
    assert chapters(25.0) == [2, 2]
    assert chapters(1.0) == [4]
    assert chapters(39.5) == [3, 1]
    assert chapters(60.0) == [4]


def test_a_long_tale_has_paragraphs_and_its_lines_join_again():
    pieces = [Told(10.0 * number, 10.0) for number in range(14)]
    story = manuscript("T", "Mama", pieces, (), "now")
    assert [len(one.lines) for one in story.chapters[0].paragraphs] == [6, 6, 2]
    assert story.minutes == pytest.approx(140 / 60)
    assert story.chapters[0].title == ""


def test_a_removed_tale_is_taken_back_part_by_part_and_goes_on(tale):
    tale.record()
    tale.record()
    before = [(one.label, one.seconds) for one in tale.session.parts]
    tale.studio.remove()
    tale.studio.undo()
    tale.studio.undo()
    assert [(one.label, one.seconds) for one in tale.session.parts] == before
    assert tale.session.state == "recorded"
    assert not tale.session.can_undo
    assert (tale.takes(), tale.takes(attic=True)) == ([], [])
    tale.studio.keep_tale("Back again")
    assert len(tale.told) == 1


def test_a_part_that_was_told_again_comes_back_sample_for_sample(tale):
    tale.record()
    heard = tale.journals()[0].samples()
    tale.studio.redo()
    tale.studio.toggle()
    tale.run(0.2)
    tale.studio.undo()
    assert np.array_equal(tale.journals()[0].samples(), heard)


def test_a_part_whose_file_is_gone_is_said_and_can_be_asked_for_again(tale):
    tale.record()
    tale.studio.remove()
    (take,) = tale.takes(attic=True)
    path = tale.house.takes.path(take)
    path.rename(path.with_suffix(".away"))
    tale.studio.undo()
    assert isinstance(tale.session.trouble, CannotRead)
    assert (tale.session.state, tale.session.can_undo) == ("resting", True)
    path.with_suffix(".away").rename(path)
    tale.studio.undo()
    assert len(tale.session.parts) == 1


def marked(tale, *parts):
    """Parts of a tale, told one after the other, with a chapter in the middle of each."""
    for part in parts:
        tale.studio.toggle()
        tale.read(part)
        tale.studio.mark_chapter()
        tale.read()
        tale.studio.toggle()
        tale.run(0.2)


def test_a_part_that_comes_back_brings_its_chapters_and_moves_those_behind_it(tale):
    marked(tale, told(), told())
    before = tale.session.marks
    assert len(before) == 2
    tale.studio.remove()
    assert tale.session.marks == ()
    tale.studio.undo()
    assert tale.session.marks == pytest.approx([before[1] - tale.session.at_hand.seconds], abs=0.3)
    tale.studio.undo()
    assert tale.session.marks == pytest.approx(before)
    tale.restart()
    tale.studio.open_tale()
    assert tale.session.marks == pytest.approx(before)


def test_chapters_of_a_part_that_was_told_again_come_back_with_it(tale):
    marked(tale, told(), told())
    before = tale.session.marks
    tale.studio.redo()
    tale.studio.toggle()
    tale.run(0.3)
    assert len(tale.session.marks) == 1
    tale.studio.undo()
    assert tale.session.marks[:2] == pytest.approx(before)

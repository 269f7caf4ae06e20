"""Recordings left behind are found, said whose they are and how long, and decided upon; never silently."""

import pytest

from storytime.core.errors import CannotRead
from storytime.core.shelf.takes import WORDLESS
from storytime.core.shelf.tellers import SOMEBODY
from storytime.core.studio.attic import lay_again
from storytime.core.studio.filing import Filing
from storytime.core.studio.gathering import FOUND, gather, gather_beside
from storytime.core.studio.journal import HEADER
from storytime.core.studio.journal_file import JournalFile
from storytime.core.studio.label import Label
from storytime.core.studio.recovery import keep_left, left_in, put_left_away, set_aside, unreadable, way_of, write
from storytime.devices.rehearsal import PretendBackground
from tests.core.studio.booth import LaterBackground
from tests.core.studio.family import LINES, RATE, Family
from tests.core.studio.recordings import silence


@pytest.fixture
def family(library):
    return Family(library)


def only(family):
    (left,) = left_in(family.shelves)
    return left


def test_it_is_said_whose_it_is_and_how_long(family):
    journal = family.journal(family.voice(LINES[1]), line=1, text=LINES[1], teller=family.grandpa)
    left = only(family)
    assert (left.teller, left.label.line, left.label.text, left.label.title) == ("Grandpa", 1, LINES[1], "The Fox")
    assert left.seconds == pytest.approx(journal.frames / RATE)


def test_finding_changes_nothing(family):
    journal = family.journal(family.voice(LINES[1]))
    before = journal.path.read_bytes()
    left_in(family.shelves)
    assert journal.path.read_bytes() == before
    assert family.of_lines() == {}
    assert family.shelves.takes.in_attic() == []


def test_what_a_microphone_still_writes_is_left_alone(family):
    header = {**Label(teller=family.mother.id, story=family.fox.id).header(), "format": "s16", "rate": RATE}
    writing = JournalFile(family.paths.journals / "20261105-170000-aa.journal", header)
    writing.write(bytes(RATE))
    assert left_in(family.shelves) == []
    assert unreadable(family.shelves) == []
    writing.end()
    assert len(left_in(family.shelves)) == 1


def test_kept_it_is_the_take_of_its_line(family):
    family.journal(family.voice(LINES[1]), line=1, text=LINES[1])
    settled = keep_left(only(family), family.shelves)
    assert family.of_lines() == {1: list(settled.kept.takes)}
    assert left_in(family.shelves) == []


def test_put_in_the_attic_it_waits_there_with_its_words(family):
    family.journal(family.voice(LINES[1]), line=1, text=LINES[1])
    put_left_away(only(family), family.shelves)
    (away,) = family.shelves.takes.in_attic()
    assert (away.why, away.text, away.line, away.story) == ("found", LINES[1], 1, family.fox.id)
    assert family.of_lines() == {}
    assert left_in(family.shelves) == []


def test_put_in_the_attic_it_can_be_brought_back(family):
    family.journal(family.voice(LINES[1]), line=1, text=LINES[1])
    put_left_away(only(family), family.shelves)
    family.shelves.takes.bring_back(family.shelves.takes.in_attic()[0].id)
    (back,) = family.of_lines()[1]
    assert family.shelves.takes.path(back).parent == family.paths.takes


@pytest.mark.parametrize("cut", [1, 2, 1001, 4097, 47_999])
def test_a_journal_cut_at_any_byte_comes_back(family, cut):
    journal = family.journal(family.voice(LINES[0]), text=LINES[0])
    whole = journal.path.read_bytes()
    journal.path.write_bytes(whole[:-cut])
    settled = keep_left(only(family), family.shelves)
    (take,) = settled.kept.takes
    assert take.frames == (len(whole) - cut - HEADER) // 2


def test_a_journal_cut_within_its_header_is_said_and_moved_as_it_is(family):
    journal = family.journal(family.voice(LINES[0]))
    journal.path.write_bytes(journal.path.read_bytes()[:1000])
    assert left_in(family.shelves) == []
    (path,) = unreadable(family.shelves)
    there = set_aside(path, family.shelves)
    assert there.parent == family.paths.attic
    assert there.stat().st_size == 1000
    assert unreadable(family.shelves) == []


def test_read_straight_through_it_lies_on_its_lines(family):
    family.journal(family.voice(*LINES), mode="through")
    settled = keep_left(only(family), family.shelves)
    assert [take.line for take in settled.kept.takes] == [0, 1, 2]
    assert sorted(family.of_lines()) == [0, 1, 2]


def test_the_parts_of_a_tale_are_one_and_in_their_order(family):
    for part, name in ((1, "20261105-170000-aa"), (0, "20261105-180000-bb")):
        family.journal(family.voice(*LINES), name=name, mode="tale", story=None, title="", tale="t", part=part)
    left = only(family)
    assert [part.label.part for part in left.parts] == [0, 1]
    settled = keep_left(left, family.shelves)
    assert settled.kept.story.title == "A tale of Mother’s"
    assert {take.text for take in settled.kept.takes} == {WORDLESS}


def test_the_parts_of_a_tale_come_back_from_the_attic_as_one(family):
    for part, name in ((1, "20261105-170000-aa"), (0, "20261105-180000-bb")):
        family.journal(family.voice(*LINES), name=name, mode="tale", story=None, title="", tale="t", part=part)
    before = [part.seconds for part in only(family).parts]
    put_left_away(only(family), family.shelves)
    assert len(family.shelves.takes.in_attic()) == 2
    for take in family.shelves.takes.in_attic():
        lay_again(take, None, family.shelves, PretendBackground(), done=lambda: None, failed=pytest.fail)
    left = only(family)
    assert [part.label.part for part in left.parts] == [0, 1]
    assert [part.seconds for part in left.parts] == before
    assert keep_left(left, family.shelves).kept.story.title == "A tale of Mother’s"


def test_a_silent_one_goes_to_the_attic_and_says_so(family):
    family.journal(silence(2.0), text=LINES[0])
    settled = keep_left(only(family), family.shelves)
    assert settled.silent
    assert settled.kept is None
    assert len(family.shelves.takes.in_attic()) == 1
    assert left_in(family.shelves) == []


def test_a_recording_of_a_story_that_is_gone_waits_in_the_attic(family):
    family.journal(family.voice(LINES[0]), text=LINES[0])
    family.library.write("DELETE FROM stories")
    settled = keep_left(only(family), family.shelves)
    (take,) = settled.kept.takes
    assert (take.story, take.title, take.text, take.why) == (None, "The Fox", LINES[0], "found")
    assert family.shelves.takes.path(take).parent == family.paths.attic


def test_a_voice_that_nobody_knows_is_somebody_s(family):
    family.journal(family.voice(LINES[0]), teller=0, text=LINES[0])
    assert only(family).teller == ""
    (take,) = keep_left(only(family), family.shelves).kept.takes
    assert family.shelves.tellers.teller(take.teller).name == SOMEBODY


class TestBesideTheMainThread:
    def test_files_without_rows_are_as_if_nothing_had_been_written(self, family):
        family.journal(family.voice(*LINES), mode="through")
        way = way_of(only(family), family.shelves, keep=True)
        write(way, family.paths.takes, family.paths.attic)
        # Killed here.
        assert gather(family.shelves).takes == ()
        kept = keep_left(only(family), family.shelves).kept.takes
        assert family.of_lines() == {line: [take] for line, take in enumerate(kept)}
        # What was written first goes to the attic: nothing is deleted, and nothing is told twice.
        assert {take.why for take in gather(family.shelves).takes} == {"found"}
        assert family.of_lines() == {line: [take] for line, take in enumerate(kept)}

    def test_it_is_told_how_much_is_written_and_nothing_else_takes_it_meanwhile(self, family):
        journal = family.journal(family.voice(*LINES), mode="through")
        background, busy, seconds, settled = LaterBackground(), set(), [], []
        how = {"written": seconds.append, "done": settled.append, "failed": pytest.fail}
        Filing(background, family.shelves, busy).settle(only(family), keep=True, **how)
        assert busy == {journal.path}
        assert (settled, family.of_lines()) == ([], {})
        background.work()
        assert len(seconds) == 3
        assert sum(seconds) == pytest.approx(journal.seconds)
        assert sorted(family.of_lines()) == [0, 1, 2]
        assert (len(settled), busy, journal.path.exists()) == (1, set(), False)

    def test_what_fails_waits_as_before(self, family):
        journal = family.journal(family.voice(LINES[0]), text=LINES[0])
        background, busy, errors = LaterBackground(), set(), []
        how = {"written": float, "done": pytest.fail, "failed": errors.append}
        Filing(background, family.shelves, busy).settle(only(family), keep=False, **how)
        journal.path.rename(journal.path.with_suffix(".away"))
        background.work()
        assert isinstance(errors[0], CannotRead)
        assert busy == set()


class TestALoneFile:
    """A take whose row was lost."""

    def lone(self, family, line=0, **label):
        family.journal(family.voice(LINES[line]), line=line, text=LINES[line], **label)
        (take,) = keep_left(only(family), family.shelves).kept.takes
        family.library.write("DELETE FROM takes WHERE id = ?", (take.id,))
        return take

    def test_is_taken_in_again_as_its_tags_say(self, family):
        take = self.lone(family, 1, teller=family.grandpa)
        (again,) = gather(family.shelves).takes
        assert (again.teller, again.story, again.line, again.text) == (take.teller, take.story, 1, LINES[1])
        assert (again.file, again.frames, again.levels) == (take.file, take.frames, take.levels)
        assert family.of_lines() == {1: [again]}

    def test_takes_no_one_s_place(self, family):
        self.lone(family)
        family.journal(family.voice(LINES[0]), name="20261105-180000-bb", text=LINES[0])
        told = keep_left(only(family), family.shelves).kept.takes[0]
        (again,) = gather(family.shelves).takes
        assert again.why == "found"
        assert family.of_lines() == {0: [told]}
        assert family.shelves.takes.path(again).parent == family.paths.attic

    def test_is_listened_to_beside_the_main_thread(self, family):
        self.lone(family)
        background, told = LaterBackground(), []
        gather_beside(family.shelves, background, told.append)
        assert (told, family.of_lines()) == ([], {})
        background.work()
        assert told == [FOUND]
        assert list(family.of_lines()) == [0]
        gather_beside(family.shelves, background, told.append)
        assert background.waits == []

    def test_is_left_to_the_next_start_where_the_house_was_closed_meanwhile(self, family):
        self.lone(family)
        background = LaterBackground()
        gather_beside(family.shelves, background, pytest.fail)
        family.library.close()
        background.work()

    def test_that_went_while_it_was_listened_to_is_not_taken_in(self, family):
        take = self.lone(family)
        background = LaterBackground()
        gather_beside(family.shelves, background, pytest.fail)
        work, values, done, _ = background.waits[0]
        heard = work(*values)
        family.shelves.takes.path(take).unlink()
        done(heard)
        assert family.of_lines() == {}

    def test_is_left_while_its_journal_waits(self, family):
        take = self.lone(family)
        family.journal(family.voice(LINES[0]), text=LINES[0])
        assert take.file.startswith("20261105-170000-aa")
        assert gather(family.shelves).takes == ()
        assert family.shelves.takes.path(take).exists()

    def test_of_a_teller_that_is_gone_brings_them_back(self, family):
        self.lone(family, teller=family.grandpa)
        family.library.write("DELETE FROM tellers WHERE id = ?", (family.grandpa.id,))
        (again,) = gather(family.shelves).takes
        assert family.shelves.tellers.teller(again.teller).name == "Grandpa"

    def test_that_says_nothing_of_itself_is_moved_as_it_is_and_nothing_is_deleted(self, family):
        family.paths.takes.mkdir(parents=True)
        (family.paths.takes / "lost.flac").write_bytes(b"no sound")
        gathered = gather(family.shelves)
        assert gathered.takes == ()
        assert [path.read_bytes() for path in gathered.aside] == [b"no sound"]
        assert family.files("attic") == ["lost.flac"]
        assert gather(family.shelves).aside == ()

    def test_where_all_have_their_rows_nothing_is_gathered(self, family):
        family.journal(family.voice(LINES[0]), text=LINES[0])
        keep_left(only(family), family.shelves)
        assert gather(family.shelves).takes == ()

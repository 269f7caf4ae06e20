"""Nothing is lost: whatever goes, what was heard is kept, lies in the attic, or waits and is offered again."""

import pytest

from storytime.core.errors import CannotRead, DiskFull, LibraryTrouble, SilentTake, StoryNotFound, TellerNotFound
from storytime.core.ports import Sound, Utterance
from storytime.core.shelf.passages import to_chapters
from storytime.core.shelf.story import Manuscript
from storytime.core.studio import workbench
from storytime.core.studio.journal import HEADER, Journal, head
from storytime.core.studio.journal_file import JournalFile
from storytime.core.studio.label import Label, label_of
from tests.core.studio.booth import TEXT, Booth, LaterBackground, speech
from tests.core.studio.recordings import spoken


@pytest.fixture
def later(home):
    made = Booth(home, background=LaterBackground())
    yield made
    made.close()


def test_leaving_in_the_middle_of_a_line_leaves_it_whole_and_offers_it_again(booth):
    studio = booth.open()
    studio.toggle()
    booth.read()
    studio.leave()
    booth.run(0.2)
    assert not booth.session.open
    assert len(booth.journals()) == 1
    booth.open()
    assert booth.session.state == "recorded"
    studio.keep()
    assert [take.line for take in booth.takes()] == [0]


def test_a_killed_program_finds_the_recording_at_its_line(booth):
    studio = booth.open(2)
    studio.toggle()
    booth.read()
    seconds = booth.session.seconds
    booth.restart()
    booth.open(0)
    assert booth.session.state == "resting"
    assert [one.label.line for one in booth.session.waiting] == [2]
    booth.studio.take_up(booth.session.waiting[0].path)
    assert (booth.session.state, booth.session.line) == ("recorded", 2)
    assert booth.session.seconds == pytest.approx(seconds, abs=0.2)
    booth.studio.take_up(booth.paths.home / "another.journal")
    assert booth.session.line == 2
    booth.studio.keep()
    assert [(take.line, take.text) for take in booth.takes()] == [(2, booth.lines[2])]


def test_closing_the_program_in_the_middle_of_a_line_leaves_it_whole(booth):
    studio = booth.open()
    studio.toggle()
    booth.read()
    booth.house.close()
    booth.clock.forget()
    booth.enter()
    booth.open()
    assert booth.session.state == "recorded"
    assert booth.session.seconds > 2


def test_a_recording_straight_through_is_there_again_when_it_is_looked_for(booth):
    studio = booth.open(0, "through")
    studio.toggle()
    booth.read()
    booth.restart()
    booth.open(0, "through")
    assert booth.session.state == "cutting"


def test_two_recordings_of_one_line_wait_one_behind_the_other(booth):
    studio = booth.open()
    studio.toggle()
    booth.read()
    booth.restart()
    booth.run(2)
    studio = booth.open(1)
    studio.toggle()
    booth.read(spoken("The sea went on being the sea."))
    booth.restart()
    studio = booth.open(0)
    studio.keep()
    assert booth.session.state == "recorded"
    studio.keep()
    assert {take.line for take in booth.takes()} == {0, 1}


def test_a_recording_whose_text_was_mended_waits_and_keeps_what_was_read(booth):
    studio = booth.open()
    booth.record()
    studio.leave()
    booth.house.shelf.edit(booth.story, text=TEXT.replace("The lamp was lit.", "The lantern was lit."))
    booth.open()
    assert booth.session.state == "resting"
    studio.take_up(booth.session.waiting[0].path)
    assert booth.session.state == "recorded"
    studio.keep()
    assert booth.takes()[0].text == "The lamp was lit."
    assert booth.session.readers == {}


def test_a_disk_that_is_full_when_a_take_is_kept_leaves_it_waiting(booth, monkeypatch):
    def full(path, *_values):
        raise DiskFull(path)

    studio = booth.open()
    booth.record()
    monkeypatch.setattr(workbench, "write_pieces", full)
    studio.keep()
    assert isinstance(booth.session.trouble, DiskFull)
    assert booth.takes() == []
    studio.previous_line()
    assert booth.session.state == "recorded"
    assert booth.session.keeping == 0
    monkeypatch.undo()
    studio.keep()
    assert [take.line for take in booth.takes()] == [0]


def test_a_library_that_cannot_be_written_leaves_the_take_waiting(booth, monkeypatch):
    studio = booth.open()
    booth.record()

    def locked(_takes):
        raise LibraryTrouble(booth.paths.home, "is being written by another program", "Close it and try again.")

    monkeypatch.setattr(booth.house.takes, "keep_all", locked)
    studio.keep()
    assert isinstance(booth.session.trouble, LibraryTrouble)
    assert len(booth.journals()) == 1
    monkeypatch.undo()
    studio.previous_line()
    studio.keep()
    assert len(booth.takes()) == 1


def test_what_cannot_be_taken_back_or_put_away_is_said_and_can_be_tried_again(booth, monkeypatch):
    studio = booth.open()
    booth.record()
    studio.keep()

    def locked(*_):
        raise LibraryTrouble(booth.paths.home, "is being written by another program", "Close it and try again.")

    with monkeypatch.context() as patch:
        patch.setattr(booth.house.takes, "put_away", locked)
        studio.undo()
        assert isinstance(booth.session.trouble, LibraryTrouble)
        studio.previous_line()
        studio.remove()
        assert len(booth.takes()) == 1
    assert booth.session.can_undo
    studio.undo()
    assert booth.takes() == []


def test_a_story_that_went_to_the_attic_meanwhile_leaves_its_take_waiting(booth):
    studio = booth.open()
    booth.record()
    booth.house.shelf.to_attic(booth.story)
    studio.keep()
    studio.go_to(0)
    studio.play()
    studio.play()
    assert isinstance(booth.session.trouble, StoryNotFound | type(None))
    studio.redo()
    booth.run(0.5)
    studio.toggle()
    booth.run(0.2)
    assert booth.takes(attic=True) == []
    assert len(booth.journals()) == 2
    booth.house.shelf.from_attic(booth.story)
    studio.open(booth.story)
    assert booth.session.state == "recorded"


def test_while_a_take_is_written_the_teller_reads_on(later):
    studio = later.open()
    later.record()
    later.background.work()
    studio.keep()
    assert (later.session.line, later.session.keeping, later.session.waiting) == (1, 1, ())
    studio.toggle()
    later.run(0.5)
    later.background.work()
    assert (later.session.state, later.session.keeping) == ("recording", 0)
    assert later.session.can_undo
    assert later.session.readers[0].name == "Mama"


def test_a_wish_made_while_a_take_is_measured_is_done_after_it(later):
    studio = later.open()
    later.record()
    assert later.session.state == "measuring"
    studio.keep()
    later.background.work()
    assert [take.line for take in later.takes()] == [0]
    later.record()
    studio.redo()
    later.background.work()
    assert later.session.state == "recording"


def test_moving_on_while_a_take_is_measured_leaves_it_at_its_line(later):
    studio = later.open()
    later.record()
    studio.next_line()
    later.background.work()
    assert later.session.state == "resting"
    studio.previous_line()
    assert later.session.state == "recorded"


def test_a_silent_take_that_was_left_is_still_refused_later(later):
    studio = later.open()
    studio.toggle()
    later.run(3)
    studio.toggle()
    later.run(0.2)
    studio.next_line()
    later.background.work()
    studio.previous_line()
    later.background.work()
    assert later.session.state == "resting"
    assert [take.why for take in later.takes(attic=True)] == ["silent"]


def test_a_program_closed_while_a_take_is_written_offers_it_again(later):
    studio = later.open()
    later.record()
    later.background.work()
    studio.keep()
    later.house.close()
    later.clock.forget()
    later.background.work()
    later.enter()
    assert later.takes() == []
    later.open()
    later.background.work()
    assert later.session.state == "recorded"


def test_a_program_closed_while_a_take_failed_says_nothing_any_more(later):
    studio = later.open()
    later.record()
    later.background.work()
    studio.keep()
    for journal in later.journals():
        journal.path.unlink()
    later.house.close()
    later.background.work()
    later.clock.forget()
    later.enter()


def test_a_journal_that_outlived_its_take_is_tidied_away(booth):
    studio = booth.open()
    booth.record()
    journal = booth.journals()[0]
    whole = journal.path.read_bytes()
    studio.keep()
    booth.record()
    studio.keep()
    journal.path.write_bytes(whole)
    booth.open()
    assert booth.journals() == []
    assert booth.session.waiting == ()


def test_a_journal_of_which_a_part_was_kept_is_never_tidied_away(booth):
    studio = booth.open()
    booth.record()
    journal = booth.journals()[0]
    whole = journal.path.read_bytes()
    studio.keep()
    journal.path.write_bytes(whole + bytes(96_000))
    booth.open()
    assert len(booth.journals()) == 1
    assert booth.session.state == "recorded"


def cannot_examine(path, *_lines):
    raise CannotRead(path, "is not there")


def test_what_turns_out_silent_only_when_it_is_kept_is_not_kept(booth, monkeypatch):
    monkeypatch.setattr(workbench, "examine", cannot_examine)
    studio = booth.open()
    for line in (0, 1):
        studio.toggle()
        booth.run(3)
        studio.toggle()
        booth.run(0.2)
        studio.keep()
        assert isinstance(booth.session.trouble, SilentTake)
        assert booth.session.line == line + 1
    assert booth.takes() == []
    assert not booth.session.can_undo
    assert {take.why for take in booth.takes(attic=True)} == {"silent"}


def test_a_tale_in_which_nobody_speaks_becomes_no_story(booth, monkeypatch):
    monkeypatch.setattr(workbench, "examine", cannot_examine)
    studio = booth.studio
    studio.open_tale()
    stories = booth.house.shelf.count()
    studio.toggle()
    booth.run(3)
    studio.toggle()
    booth.run(0.2)
    studio.keep_tale("Nothing")
    assert isinstance(booth.session.trouble, SilentTake)
    assert booth.house.shelf.count() == stories
    assert booth.told == []
    assert len(booth.takes(attic=True)) == 1


def test_a_tale_that_cannot_be_written_waits_with_all_its_parts(booth, monkeypatch):
    def nobody(_teller):
        raise TellerNotFound("Mama")

    studio = booth.studio
    studio.open_tale()
    booth.record()
    booth.record()
    seconds = booth.session.seconds
    monkeypatch.setattr(booth.house.tellers, "teller", nobody)
    studio.keep_tale("Told")
    assert isinstance(booth.session.trouble, TellerNotFound)
    monkeypatch.undo()
    assert booth.session.seconds == seconds
    studio.keep_tale("Told")
    assert len(booth.told) == 1


def test_a_teller_may_go_while_the_take_is_written(later):
    studio = later.open()
    later.record()
    later.background.work()
    studio.keep()
    studio.leave()
    later.background.work()
    assert len(later.takes()) == 1
    assert not later.session.open


def test_an_empty_journal_is_no_recording(booth):
    booth.open()
    path = booth.paths.journals / "20261103-170000-empty.journal"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(head({"format": "s16", "rate": 48_000}))
    booth.studio.recorder.ended.emit(path, "")
    assert not path.exists()


def test_what_others_say_and_hear_is_nothing_to_the_studio(booth):
    studio = booth.open()
    booth.record()
    studio.play()
    booth.speaker.ended.emit(5)
    booth.voice.failed.emit(Utterance("Another line.", "pretend:english"), "fell over")
    booth.voice.rendered.emit(Utterance("Another line.", "pretend:english"), Sound(booth.paths.home, 1, 1))
    booth.microphone.ended.emit("died")
    booth.microphone.lost.emit("died")
    assert booth.session.state == "playing"
    studio.play()
    booth.speaker.lost.emit()
    assert (booth.session.state, booth.session.trouble) == ("recorded", None)


def test_a_room_judged_after_the_teller_went_is_nobodys(later):
    studio = later.open()
    studio.listen_to_room()
    later.run(3.5)
    studio.leave()
    later.background.work()
    assert later.session.proof is None


def test_a_journal_that_is_gone_is_said(booth):
    studio = booth.open()
    booth.record()
    booth.journals()[0].path.unlink()
    studio.keep()
    assert "is not there" in str(booth.session.trouble)
    assert (booth.session.state, booth.session.keeping) == ("resting", 0)


def test_what_another_process_still_writes_does_not_wait_yet(booth):
    booth.open()
    label = Label("line", booth.teller, booth.story, 0, text=booth.lines[0])
    path = booth.paths.journals / "20261103-170000-other.journal"
    file = JournalFile(path, {**label.header(), "format": "s16", "rate": 48_000})
    file.write((speech() * 32767).astype("<i2").tobytes())
    booth.studio.go_to(0)
    assert booth.session.waiting == ()
    file.end()
    booth.studio.go_to(0)
    assert len(booth.session.waiting) == 1


def test_undo_ends_with_the_sitting_and_what_was_put_away_stays_in_the_attic(booth):
    studio = booth.open()
    booth.record()
    studio.redo()
    studio.leave()
    booth.run(0.2)
    booth.open()
    assert not booth.session.can_undo
    assert len(booth.takes(attic=True)) == 1


def test_a_take_given_up_for_good_is_not_brought_back(booth):
    studio = booth.open()
    booth.record()
    studio.redo()
    booth.run(0.1)
    studio.toggle()
    booth.run(0.2)
    booth.house.takes.forget(booth.takes(attic=True))
    studio.undo()
    assert booth.takes() == []


def test_opening_another_story_ends_a_recording_whole(booth):
    other = booth.house.shelf.add(Manuscript("Another", to_chapters([("", ["One line. And another."])]))).id
    studio = booth.open()
    studio.toggle()
    booth.read()
    studio.open(other)
    booth.run(0.3)
    assert (booth.session.story, booth.session.state) == (other, "resting")
    booth.open()
    assert booth.session.state == "recorded"


def test_a_label_fits_its_header_whatever_it_says(tmp_path):
    label = Label("line", 3, 4, 5, "Ü" * 5000, "\U0001f56f" * 5000, began="2026-11-03T17:00:00+00:00")
    header = {**label.header(), "format": "s16", "rate": 48_000}
    assert len(head(header)) == HEADER
    assert header["text"].startswith("\U0001f56f")
    assert header["line"] == 5


def test_a_header_that_says_nonsense_is_an_empty_label(booth):
    header = {"mode": 3, "teller": "x", "story": True, "line": None, "text": ["a"], "part": 2}
    assert label_of(Journal(booth.paths.journals / "odd.journal", header, 0)) == Label(part=2)


def test_a_recording_whose_window_died_is_asked_to_end_and_then_offered(booth):
    label = Label("line", booth.teller, booth.story, 0, text=booth.lines[0])
    path = booth.paths.journals / "20261103-170000-other.journal"
    file = JournalFile(path, {**label.header(), "format": "s16", "rate": 48_000})
    file.write((speech() * 32767).astype("<i2").tobytes())
    booth.open()
    assert file.asked_to_end()
    assert booth.session.waiting == ()
    file.end()
    booth.run(1)
    assert [one.path for one in booth.session.waiting] == [path]
    assert booth.session.state == "recorded"


def test_a_recording_of_this_window_is_not_asked_to_end(booth):
    booth.open()
    booth.studio.toggle()
    booth.read()
    (path,) = booth.paths.journals.glob("*.journal")
    booth.studio.open(booth.story, 1)
    assert not path.with_name(f"{path.name}.end").exists()

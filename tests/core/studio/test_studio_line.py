"""Line by line: Space, Enter, Backspace, arrows and P."""

import numpy as np
import pytest

from storytime.core.errors import NobodyReads, NotHeard, SilentTake, StoryNotFound, TellerNotFound
from storytime.core.studio.flac import read_flac
from storytime.core.studio.hearing import heard_here, stretches_of, takes_before
from storytime.core.studio.session import Session
from tests.core.studio.booth import TEXT, Booth, LaterBackground, hush
from tests.core.studio.recordings import spoken


def test_a_line_is_recorded_heard_and_kept(booth):
    studio = booth.open()
    booth.record()
    assert booth.session.state == "recorded"
    assert booth.session.verdict.kind == "good"
    studio.play()
    assert booth.session.state == "playing"
    booth.run(5)
    assert booth.session.state == "recorded"
    studio.keep()
    assert booth.session.line == 1
    assert [take.line for take in booth.kept] == [0]
    assert booth.session.readers[0].name == "Mama"
    assert booth.journals() == []


def test_what_is_kept_is_the_recording_sample_for_sample(booth):
    studio = booth.open()
    booth.record()
    recorded = booth.journals()[0].samples()
    studio.keep()
    samples, rate = read_flac(booth.house.takes.path(booth.kept[0]))
    assert rate == 48_000
    assert np.array_equal(samples, recorded)


def test_enter_while_recording_keeps_and_goes_on(booth):
    studio = booth.open()
    studio.toggle()
    booth.read()
    studio.keep()
    booth.run(0.2)
    assert (booth.session.line, booth.session.state) == (1, "resting")
    assert [take.line for take in booth.kept] == [0]


def test_enter_where_nothing_was_recorded_goes_on(booth):
    booth.open(2).keep()
    assert booth.session.line == 3
    assert booth.kept == []


def test_enter_on_the_last_line_stays_there_with_what_was_kept(booth):
    last = len(booth.lines) - 1
    studio = booth.open(last)
    booth.record()
    studio.keep()
    assert booth.session.line == last
    assert booth.session.kept == booth.kept[0]


def test_backspace_puts_the_take_into_the_attic_and_records_again(booth):
    studio = booth.open()
    booth.record()
    studio.redo()
    assert booth.session.state == "recording"
    booth.read(spoken("The lamp was lit, at last."))
    studio.toggle()
    booth.run(0.2)
    studio.keep()
    assert [take.why for take in booth.takes(attic=True)] == ["redone"]
    assert [take.line for take in booth.takes()] == [0]
    studio.previous_line()
    assert booth.session.earlier == 1


def test_backspace_while_recording_puts_away_what_was_said_and_begins_again(booth):
    studio = booth.open()
    studio.toggle()
    booth.read()
    studio.redo()
    booth.run(0.1)
    assert booth.session.state == "recording"
    assert booth.session.seconds < 0.2
    assert [take.why for take in booth.takes(attic=True)] == ["redone"]


def test_space_on_a_take_that_waits_records_again_and_loses_nothing(booth):
    studio = booth.open()
    booth.record()
    studio.toggle()
    assert booth.session.state == "recording"
    assert [take.why for take in booth.takes(attic=True)] == ["redone"]


def test_backspace_on_a_line_kept_before_leaves_that_take_until_another_is_kept(booth):
    studio = booth.open()
    booth.record()
    studio.keep()
    studio.previous_line()
    studio.redo()
    booth.read()
    assert len(booth.takes()) == 1
    studio.keep()
    booth.run(0.2)
    assert len(booth.takes()) == 1
    assert [take.why for take in booth.takes(attic=True)] == ["redone"]


def test_a_take_waits_at_its_line_while_the_teller_looks_at_another(booth):
    studio = booth.open()
    booth.record()
    seconds = booth.session.seconds
    studio.next_line()
    assert (booth.session.state, booth.session.at_hand) == ("resting", None)
    assert len(booth.session.waiting) == 1
    studio.previous_line()
    assert (booth.session.state, booth.session.seconds) == ("recorded", seconds)
    assert booth.session.verdict.kind == "good"


def test_no_arrow_disturbs_a_recording(booth):
    studio = booth.open()
    studio.toggle()
    booth.read()
    studio.next_line()
    studio.choose_mode("through")
    studio.choose_name("Mila")
    studio.listen_to_room()
    studio.punch_in()
    studio.play()
    studio.remove()
    studio.undo()
    assert (booth.session.state, booth.session.line, booth.session.mode) == ("recording", 0, "line")


@pytest.mark.parametrize("key", ["toggle", "keep"])
def test_a_silent_take_is_never_kept(booth, key):
    studio = booth.open()
    studio.toggle()
    booth.run(3)
    getattr(studio, key)()
    booth.run(0.2)
    assert isinstance(booth.session.trouble, SilentTake)
    assert (booth.session.state, booth.session.line) == ("resting", 0)
    assert booth.takes() == []
    assert [take.why for take in booth.takes(attic=True)] == ["silent"]
    assert booth.journals() == []


def test_a_microphone_that_gives_zeros_keeps_nothing(booth):
    booth.microphone.dead = True
    studio = booth.open()
    studio.toggle()
    booth.run(2)
    studio.keep()
    booth.run(0.2)
    assert "Nothing at all comes from this microphone" in str(booth.session.trouble)
    assert booth.takes() == []


def test_space_twice_at_once_leaves_no_trace(booth):
    studio = booth.open()
    studio.toggle()
    studio.toggle()
    booth.run(0.5)
    assert (booth.session.state, booth.session.trouble) == ("resting", None)
    assert booth.journals() == []
    assert list(booth.paths.journals.iterdir()) == []


def test_playing_again_is_silence(booth):
    studio = booth.open()
    booth.record()
    for key in (studio.play, studio.toggle):
        studio.play()
        key()
        assert booth.session.state == "recorded"
        assert booth.speaker.queued() == 0


def test_p_plays_what_was_kept_in_the_tellers_own_voice(booth):
    studio = booth.open()
    booth.record()
    studio.keep()
    studio.previous_line()
    studio.play()
    booth.run(0.1)
    assert booth.voice.asked[-1].take == booth.house.takes.path(booth.kept[0])
    booth.run(10)
    assert booth.session.state == "resting"


def test_p_plays_who_reads_the_line_where_the_teller_has_not(booth):
    studio = booth.open(1)
    studio.play()
    booth.run(0.1)
    assert booth.voice.asked[-1].text == booth.lines[1]
    booth.run(10)
    assert booth.session.state == "resting"


def test_enter_and_backspace_end_what_is_played(booth):
    studio = booth.open()
    booth.record()
    studio.play()
    studio.redo()
    assert booth.session.state == "recording"
    booth.read()
    studio.toggle()
    booth.run(0.2)
    studio.play()
    studio.keep()
    assert booth.session.line == 1
    assert booth.speaker.queued() == 0


def test_what_cannot_be_heard_is_said(booth):
    studio = booth.open()
    booth.record()
    booth.speaker.lose()
    studio.play()
    assert isinstance(booth.session.trouble, NotHeard)
    assert booth.session.state == "recorded"


def test_a_loudspeaker_that_goes_while_something_is_played_is_said(booth):
    studio = booth.open()
    booth.record()
    studio.play()
    booth.run(0.5)
    booth.speaker.lose()
    assert isinstance(booth.session.trouble, NotHeard)
    assert booth.session.state == "recorded"


def test_a_line_the_machine_cannot_say_is_not_heard(booth):
    studio = booth.open()
    booth.voice._seconds = lambda _utterance: (_ for _ in ()).throw(ValueError("fell over"))
    studio.play()
    booth.run(0.5)
    assert isinstance(booth.session.trouble, NotHeard)


def test_nobody_records_before_somebody_was_welcomed(home):
    booth = Booth(home, teller="")
    studio = booth.open()
    studio.toggle()
    assert isinstance(booth.session.trouble, NobodyReads)
    assert booth.session.state == "resting"
    booth.close()


def test_a_removed_take_lies_in_the_attic_and_comes_back(booth):
    studio = booth.open()
    booth.record()
    studio.keep()
    studio.previous_line()
    studio.remove()
    assert booth.session.kept is None
    assert booth.session.readers == {}
    assert [take.why for take in booth.takes(attic=True)] == ["removed"]
    studio.undo()
    assert booth.session.kept == booth.kept[0]
    assert booth.session.readers[0].name == "Mama"


def test_what_is_played_falls_silent_when_it_is_put_away(booth):
    studio = booth.open()
    booth.record()
    studio.play()
    studio.remove()
    assert booth.session.state == "resting"
    assert booth.speaker.queued() == 0
    assert [take.why for take in booth.takes(attic=True)] == ["removed"]


def test_who_reads_is_not_changed_in_the_middle_of_a_line(booth):
    other = booth.house.tellers.welcome("Opa")
    studio = booth.open()
    studio.toggle()
    studio.choose_teller(other.id)
    booth.read()
    studio.keep()
    booth.run(0.2)
    assert booth.takes()[0].teller == booth.teller
    assert booth.session.teller.name == "Mama"


def test_removing_what_waits_puts_that_away_first(booth):
    studio = booth.open()
    booth.record()
    studio.remove()
    assert booth.session.state == "resting"
    assert [take.why for take in booth.takes(attic=True)] == ["removed"]
    studio.remove()
    assert len(booth.takes(attic=True)) == 1


def test_every_keep_is_taken_back_and_what_was_told_before_is_told_again(booth):
    studio = booth.open()
    booth.record()
    studio.keep()
    studio.previous_line()
    studio.toggle()
    booth.read()
    studio.keep()
    booth.run(0.2)
    first, second = booth.kept
    studio.undo()
    assert [take.id for take in booth.takes()] == [first.id]
    assert [(take.id, take.why) for take in booth.takes(attic=True)] == [(second.id, "undone")]
    assert booth.session.can_undo
    studio.undo()
    assert booth.takes() == []
    assert not booth.session.can_undo
    studio.undo()
    assert len(booth.takes(attic=True)) == 2


def test_a_redo_is_taken_back_and_that_take_reads_the_line_alone(booth):
    studio = booth.open()
    booth.record()
    studio.keep()
    studio.previous_line()
    booth.record()
    studio.redo()
    booth.run(0.1)
    studio.toggle()
    booth.run(0.2)
    studio.undo()
    told = booth.takes()
    assert len(told) == 1
    assert told[0].id != booth.kept[0].id
    assert booth.session.kept == told[0]


def test_another_tellers_take_stays_when_one_is_kept(booth):
    studio = booth.open()
    booth.record()
    studio.keep()
    other = booth.house.tellers.welcome("Opa")
    studio.choose_teller(other.id)
    studio.go_to(0)
    assert booth.session.kept is None
    assert booth.session.readers[0].name == "Mama"
    booth.record()
    studio.keep()
    assert booth.session.readers[0].name == "Opa"
    booth.house.settings.change(teller=booth.teller)
    studio.reread(0)
    assert booth.session.readers[0].name == "Mama"
    assert len(booth.takes()) == 1


def test_without_other_tellers_the_machine_reads_what_tonights_teller_has_not(booth):
    studio = booth.open()
    booth.record()
    studio.keep()
    other = booth.house.tellers.welcome("Opa")
    booth.house.settings.change(teller=other.id, other_tellers=False)
    studio.reread()
    assert booth.session.readers == {}


def test_the_studio_opens_for_whoever_recorded_last(booth):
    other = booth.house.tellers.welcome("Opa")
    booth.open().choose_teller(other.id)
    booth.studio.leave()
    booth.open()
    assert booth.session.teller == other
    with pytest.raises(TellerNotFound):
        booth.studio.choose_teller(99)


def test_a_take_of_one_teller_does_not_lie_at_anothers_hand(booth):
    studio = booth.open()
    booth.record()
    studio.choose_teller(booth.house.tellers.welcome("Opa").id)
    assert (booth.session.state, booth.session.waiting) == ("resting", ())
    studio.choose_teller(booth.teller)
    assert booth.session.state == "recorded"


def test_a_story_that_is_not_there_opens_nothing(booth):
    with pytest.raises(StoryNotFound):
        booth.studio.open(99)
    assert not booth.session.open


def test_what_is_not_open_does_nothing(booth):
    studio = booth.studio
    for wish in (studio.toggle, studio.keep, studio.redo, studio.remove, studio.play, studio.punch_in, studio.undo):
        wish()
    for wish in (studio.listen_to_room, studio.mark_chapter, studio.keep_tale, studio.next_line, studio.rest):
        wish()
    studio.choose_mode("through")
    studio.choose_name("Mila")
    studio.bring(booth.paths.home / "nothing.m4a")
    studio.move_cut(1, 2.0)
    studio.read_until(3)
    assert booth.session.state == "resting"
    assert not booth.session.open


def test_the_wave_is_drawn_as_it_comes_and_again_when_a_take_is_looked_at(booth):
    studio = booth.open()
    booth.record()
    drawn = list(booth.peaks)
    assert 15 < len(drawn) < 60
    assert max(drawn) > -30 > min(drawn)
    studio.next_line()
    studio.toggle()
    booth.run(0.5)
    assert len(booth.peaks) < 10
    studio.toggle()
    booth.run(0.2)
    studio.previous_line()
    assert booth.peaks == pytest.approx(drawn, abs=1.0)


def test_a_take_that_could_not_be_measured_can_be_kept_all_the_same(booth, monkeypatch):
    from storytime.core.errors import CannotRead
    from storytime.core.studio import workbench

    def cannot(path, *_lines):
        raise CannotRead(path, "is not there")

    studio = booth.open()
    monkeypatch.setattr(workbench, "examine", cannot)
    booth.record()
    assert booth.session.state == "recorded"
    assert booth.session.verdict is None
    assert isinstance(booth.session.trouble, CannotRead)
    studio.keep()
    assert [take.line for take in booth.kept] == [0]


def test_a_bug_in_the_background_is_not_taken_for_bad_luck(booth, monkeypatch):
    from storytime.core.studio import workbench

    def broken(*_values):
        raise ZeroDivisionError

    booth.open()
    monkeypatch.setattr(workbench, "examine", broken)
    booth.studio.toggle()
    booth.read()
    booth.studio.toggle()
    with pytest.raises(ZeroDivisionError):
        booth.run(0.2)
    assert len(booth.journals()) == 1


def test_the_same_words_later_in_the_story_are_read_by_the_same_take(home):
    booth = Booth(home, text="Good night, said the moon. The sea was still. Good night, said the moon.")
    studio = booth.open()
    booth.record()
    studio.keep()
    assert sorted(booth.session.readers) == [0, 2]
    studio.undo()
    assert booth.session.readers == {}
    booth.close()


def test_another_microphone_chosen_while_something_is_played_silences_it(booth):
    studio = booth.open()
    booth.record()
    studio.play()
    studio.choose_microphone("")
    assert booth.session.state == "recorded"
    assert booth.speaker.queued() == 0


def test_a_sound_that_is_ready_after_it_was_silenced_is_not_played(home):
    background = LaterBackground()
    booth = Booth(home, background=background)
    studio = booth.open()
    booth.record()
    background.work()
    studio.play()
    studio.play()
    background.work()
    assert booth.session.state == "recorded"
    assert booth.speaker.queued() == 0
    booth.close()


def test_a_recording_that_went_while_it_was_to_be_played_is_said(home):
    background = LaterBackground()
    booth = Booth(home, background=background)
    studio = booth.open()
    booth.record()
    background.work()
    studio.play()
    booth.journals()[0].path.unlink()
    background.work()
    assert isinstance(booth.session.trouble, NotHeard)
    assert booth.session.state == "resting"
    booth.close()


def test_a_fault_of_our_own_while_playing_is_not_taken_for_bad_luck(booth, monkeypatch):
    from storytime.core.studio import workbench

    studio = booth.open()
    booth.record()
    monkeypatch.setattr(workbench, "excerpt", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        studio.play()


def test_without_any_voice_an_unread_line_is_silent(booth):
    studio = booth.open()
    booth.voice._voices = ()
    studio.play()
    assert booth.session.state == "resting"


def test_where_nothing_is_open_nothing_can_be_heard(booth):
    nothing = Session()
    assert heard_here(booth.studio.kit, nothing) == []
    assert takes_before(booth.studio.kit, nothing) == []
    assert stretches_of(nothing) == []
    booth.studio.put_aside("removed")
    assert booth.takes(attic=True) == []


def test_the_machine_stays_awake_while_something_is_recorded(booth):
    studio = booth.open()
    studio.toggle()
    assert booth.lamp.awake
    booth.read(hush(1))
    studio.toggle()
    booth.run(0.2)
    assert not booth.lamp.awake


def test_a_take_whose_words_were_changed_is_marked_and_can_still_be_heard(booth):
    studio = booth.open()
    booth.record()
    studio.keep()
    studio.leave()
    booth.house.shelf.edit(booth.story, text=TEXT.replace("The lamp was lit.", "The lantern was lit."))
    booth.open()
    assert booth.session.kept.stale
    assert booth.session.kept.text == "The lamp was lit."
    assert booth.session.readers == {}
    studio.play()
    booth.run(0.1)
    assert booth.voice.asked[-1].take == booth.house.takes.path(booth.session.kept)
    studio.play()
    booth.record()
    studio.keep()
    studio.go_to(0)
    assert (booth.session.kept.stale, booth.session.kept.text) == (False, "The lantern was lit.")
    studio.go_to(1)
    assert booth.session.kept is None


def test_words_that_only_moved_make_no_take_stale(booth):
    studio = booth.open()
    booth.record()
    studio.keep()
    studio.leave()
    booth.house.shelf.edit(booth.story, text=f"It was evening. {TEXT}")
    booth.open(0)
    assert booth.session.kept is None
    booth.studio.go_to(1)
    assert not booth.session.kept.stale


def test_a_stale_take_can_be_put_away_and_taken_back(booth):
    studio = booth.open()
    booth.record()
    studio.keep()
    studio.leave()
    booth.house.shelf.edit(booth.story, text=TEXT.replace("The lamp was lit.", "The lantern was lit."))
    booth.open()
    studio.remove()
    assert booth.session.kept is None
    studio.undo()
    assert booth.session.kept.stale

"""Echo: the machine whispers a line, the teller repeats it; and a punch-in, led into by what came before."""

import pytest

from storytime.core.errors import NoVoice
from storytime.core.ports import Level
from storytime.core.studio.echo import Echo
from tests.core.studio.booth import hush, speech
from tests.core.studio.recordings import RATE


def whisper(booth):
    """Space, and the whisper heard to its end."""
    booth.studio.toggle()
    assert booth.session.state == "leading"
    for _ in range(100):
        if booth.session.state == "recording":
            return
        booth.run(0.1)
    raise AssertionError("the recording never began")


def test_the_machine_whispers_the_line_and_the_recording_begins_by_itself(booth):
    booth.open(1, "echo")
    whisper(booth)
    asked = booth.voice.asked[-1]
    assert asked.text == booth.lines[1]
    assert asked.volume < 0.5


def test_the_recording_ends_by_itself_a_second_and_a_half_after_the_last_word(booth):
    booth.open(0, "echo")
    whisper(booth)
    booth.read(speech(), after=1.0)
    assert booth.session.state == "recording"
    booth.run(1.0)
    assert booth.session.state == "recorded"
    assert booth.session.seconds == pytest.approx(0.6 + len(speech()) / RATE + 1.5, abs=0.4)


def test_a_teller_who_thinks_first_is_waited_for(booth):
    booth.open(0, "echo")
    whisper(booth)
    booth.read(hush(8))
    assert booth.session.state == "recording"


def test_space_ends_it_too(booth):
    studio = booth.open(0, "echo")
    whisper(booth)
    booth.read(after=0.2)
    studio.toggle()
    booth.run(0.2)
    assert booth.session.state == "recorded"


def test_the_next_line_is_whispered_after_enter(booth):
    studio = booth.open(0, "echo")
    whisper(booth)
    booth.read(after=2.0)
    studio.keep()
    assert (booth.session.state, booth.session.line) == ("resting", 1)
    whisper(booth)


def test_redo_whispers_again(booth):
    studio = booth.open(0, "echo")
    whisper(booth)
    booth.read(after=2.0)
    studio.redo()
    assert booth.session.state == "leading"
    studio.redo()
    assert booth.session.state == "leading"
    assert len(booth.takes(attic=True)) == 1


def test_space_during_the_whisper_takes_it_back(booth):
    studio = booth.open(0, "echo")
    studio.toggle()
    studio.toggle()
    booth.run(20)
    assert booth.session.state == "resting"
    assert booth.journals() == []


def test_enter_during_the_whisper_goes_on(booth):
    studio = booth.open(0, "echo")
    studio.toggle()
    studio.keep()
    booth.run(20)
    assert (booth.session.state, booth.session.line) == ("resting", 1)


def test_without_a_voice_it_says_so(booth):
    studio = booth.open(0, "echo")
    booth.voice._voices = ()
    studio.toggle()
    assert isinstance(booth.session.trouble, NoVoice)
    assert booth.session.state == "resting"


def test_a_line_the_machine_cannot_whisper_is_recorded_at_once(booth):
    booth.voice._seconds = lambda _utterance: (_ for _ in ()).throw(ValueError("fell over"))
    studio = booth.open(0, "echo")
    studio.toggle()
    booth.run(0.1)
    assert booth.session.state == "recording"


def test_a_line_with_nothing_to_say_is_recorded_at_once(booth):
    studio = booth.open(0, "echo")
    studio.become(lines=("* * *", *booth.session.lines[1:]))
    studio.toggle()
    assert booth.session.state == "recording"


def test_a_noisy_room_that_was_listened_to_is_not_taken_for_a_voice():
    echo = Echo(room=-30.0)
    for tenth in range(30):
        echo = echo.after(Level(-25, -29, 0, 0), tenth / 10)
    assert not echo.over(3.0)
    echo = echo.after(Level(-10, -15, 0, 0), 3.0)
    assert not echo.over(4.4)
    assert echo.over(4.5)


def test_a_room_that_nobody_listened_to_is_learned_from_its_quietest_moment():
    echo = Echo().after(Level(-70, -72, 0, 0), 0.0).after(Level(-50, -54, 0, 0), 0.1)
    assert echo.spoke == 0.1


def kept(booth, *lines):
    studio = booth.open()
    for line in lines:
        studio.go_to(line)
        booth.record()
        studio.keep()
    return studio


def test_a_punch_in_plays_three_seconds_of_what_came_before_and_records_this_line_alone(booth):
    studio = kept(booth, 0, 1, 3)
    studio.go_to(2)
    studio.punch_in()
    assert booth.session.state == "leading"
    assert booth.speaker.queued() == pytest.approx(3.0, abs=0.6)
    booth.run(4)
    assert (booth.session.state, booth.session.line) == ("recording", 2)
    booth.read()
    studio.keep()
    booth.run(0.2)
    assert {take.line for take in booth.takes()} == {0, 1, 2, 3}
    assert booth.takes(attic=True) == []


def test_a_punch_in_with_nothing_before_it_records_at_once(booth):
    for line in (0, 2):
        studio = booth.open(line)
        studio.punch_in()
        assert booth.session.state == "recording"
        studio.leave()
        booth.run(0.2)


def test_a_punch_in_replaces_no_take_before_it_is_kept(booth):
    studio = kept(booth, 0, 1)
    studio.go_to(1)
    studio.punch_in()
    booth.run(4)
    booth.read()
    assert len(booth.takes()) == 2
    studio.keep()
    booth.run(0.2)
    assert [take.why for take in booth.takes(attic=True)] == ["redone"]


def test_a_punch_in_puts_away_what_waits_at_the_line(booth):
    studio = kept(booth, 0)
    booth.record()
    studio.punch_in()
    assert booth.session.state == "leading"
    assert len(booth.takes(attic=True)) == 1


def test_a_punch_in_leaves_the_way_of_reading_for_line_by_line(booth):
    studio = kept(booth, 0)
    studio.choose_mode("through")
    studio.go_to(1)
    studio.punch_in()
    booth.run(4)
    assert (booth.session.state, booth.session.mode) == ("recording", "line")


def test_a_take_that_cannot_be_read_leads_into_nothing(booth):
    studio = kept(booth, 0)
    booth.house.takes.path(booth.kept[0]).write_bytes(b"no flac")
    studio.punch_in()
    booth.run(0.1)
    assert booth.session.state == "recording"


def test_a_punch_in_without_a_loudspeaker_records_at_once(booth):
    studio = kept(booth, 0)
    booth.speaker.lose()
    studio.punch_in()
    assert booth.session.state == "recording"

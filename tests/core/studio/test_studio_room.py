"""Before and beside the reading: the room listened to, names, recordings from elsewhere, and what alarms a teller."""

import pytest
import soundfile

from storytime.core.errors import CannotRead, DiskFull, MicrophoneRefused, NobodyReads, NoMicrophone, RecordingStopped
from storytime.core.ports import Input, Level
from storytime.core.studio.alarms import Watch, minutes_of_room
from tests.core.studio.booth import Booth, LaterBackground, hush, speech
from tests.core.studio.recordings import RATE, spoken
from tests.core.studio.test_studio_through import reading


def test_three_seconds_of_the_room_are_judged(booth):
    studio = booth.open()
    studio.listen_to_room()
    assert booth.session.state == "listening"
    booth.microphone.say(speech())
    booth.run(2.9)
    assert booth.session.state == "listening"
    booth.run(0.4)
    assert (booth.session.state, booth.session.proof.kind) == ("resting", "good")
    assert booth.journals() == []
    assert list((booth.paths.cache / "studio").iterdir()) == []


def test_a_dead_microphone_is_found_before_the_first_line(booth):
    booth.microphone.dead = True
    booth.open().listen_to_room()
    booth.run(3.5)
    assert booth.session.proof.kind == "dead"
    assert not booth.session.proof.usable


def test_listening_is_taken_back_and_leaves_nothing(booth):
    studio = booth.open()
    studio.listen_to_room()
    booth.run(1)
    studio.toggle()
    booth.run(5)
    assert (booth.session.state, booth.session.proof) == ("resting", None)
    assert list((booth.paths.cache / "studio").iterdir()) == []


def test_a_recording_wished_while_the_room_is_still_ending_begins_after_it(booth):
    studio = booth.open()
    studio.listen_to_room()
    booth.run(1)
    studio.toggle()
    studio.toggle()
    booth.read()
    studio.toggle()
    booth.run(0.2)
    assert booth.session.state == "recorded"
    assert booth.session.seconds == pytest.approx(1.2 + len(speech()) / RATE, abs=0.2)


def test_a_recording_given_up_before_it_could_begin_is_none(booth):
    studio = booth.open()
    studio.listen_to_room()
    booth.run(1)
    for _ in range(3):
        studio.toggle()
    booth.run(0.2)
    assert (booth.session.state, booth.session.trouble) == ("resting", None)
    assert booth.journals() == []
    booth.record()
    assert booth.session.state == "recorded"


def test_what_was_heard_of_the_room_holds_until_another_microphone_is_chosen(booth):
    studio = booth.open()
    studio.listen_to_room()
    booth.run(3.5)
    studio.leave()
    booth.open()
    assert booth.session.proof is not None
    booth.microphone.plug_in(Input("usb", "A better one"))
    studio.choose_microphone("usb")
    assert booth.session.proof is None
    assert booth.house.settings.value.microphone == "usb"
    assert [one.id for one in studio.inputs()] == ["pretend:bedside", "usb"]


def test_a_room_that_cannot_be_listened_to_says_why(booth):
    studio = booth.open()
    booth.microphone.unplug()
    booth.run(0.1)
    studio.listen_to_room()
    booth.run(0.2)
    assert booth.session.state == "resting"
    assert isinstance(booth.session.trouble, NoMicrophone)


def test_a_room_whose_sound_is_gone_says_so(booth, monkeypatch):
    from storytime.core.studio import workbench

    def gone(path):
        raise CannotRead(path, "is not there")

    monkeypatch.setattr(workbench, "listen", gone)
    booth.open().listen_to_room()
    booth.run(3.5)
    assert (booth.session.state, type(booth.session.trouble)) == ("resting", CannotRead)


def test_a_refused_microphone_names_the_setting(booth):
    studio = booth.open()
    booth.microphone.refuse()
    booth.run(0.1)
    assert isinstance(booth.session.trouble, MicrophoneRefused)
    studio.toggle()
    booth.run(0.2)
    assert isinstance(booth.session.trouble, MicrophoneRefused)
    assert booth.session.trouble.setting in str(booth.session.trouble)
    assert booth.session.state == "resting"


def test_a_name_is_recorded_once_a_teller(booth):
    studio = booth.open(2)
    studio.choose_name("  Mila ")
    assert (booth.session.mode, booth.session.name) == ("name", "Mila")
    booth.record(spoken("Mila!"))
    studio.play()
    booth.run(3)
    studio.keep()
    assert [(take.kind, take.text, take.story) for take in booth.kept] == [("name", "Mila", None)]
    assert booth.session.kept == booth.kept[0]
    studio.play()
    booth.run(3)
    studio.keep()
    studio.punch_in()
    assert booth.session.state == "resting"
    booth.record(spoken("Mila!"))
    studio.keep()
    assert len(booth.house.takes.names("mila")) == 1
    assert booth.session.earlier == 1
    studio.undo()
    assert booth.session.kept == booth.kept[0]
    studio.choose_name("")
    assert (booth.session.mode, booth.session.line, booth.session.name) == ("line", 2, "")


def test_a_removed_name_comes_back(booth):
    studio = booth.open()
    studio.choose_name("Mila")
    booth.record(spoken("Mila!"))
    studio.redo()
    booth.run(0.2)
    studio.hush()
    booth.run(0.2)
    studio.undo()
    assert booth.session.kept is not None
    studio.remove()
    assert booth.session.kept is None
    studio.undo()
    assert booth.session.kept is not None


def test_a_name_without_a_take_is_not_heard(booth):
    studio = booth.open()
    studio.choose_name("Mila")
    studio.play()
    assert booth.session.state == "resting"


def test_names_are_recorded_beside_a_tale_too(booth):
    booth.studio.open_tale()
    booth.studio.choose_name("Mila")
    booth.studio.choose_name("")
    assert booth.session.mode == "tale"


def brought(booth, samples, name="phone.flac"):
    path = booth.paths.home / name
    soundfile.write(path, samples, RATE)
    return path


def test_a_recording_from_elsewhere_is_laid_on_the_lines(booth):
    studio = booth.open()
    path = brought(booth, reading(booth.lines))
    studio.bring(path)
    assert (booth.session.state, booth.session.mode) == ("cutting", "through")
    assert path.exists()
    studio.keep()
    assert {take.line for take in booth.takes()} == set(range(len(booth.lines)))


def test_a_recording_from_elsewhere_is_a_part_of_a_tale(booth):
    booth.studio.open_tale()
    booth.studio.bring(brought(booth, speech(), "phone.wav"))
    assert booth.session.state == "recorded"
    booth.studio.keep_tale("From far away")
    assert len(booth.told) == 1


def test_what_is_no_sound_is_said_and_changes_nothing(booth):
    path = booth.paths.home / "letter.m4a"
    path.write_text("Dear Mila")
    booth.open().bring(path)
    assert isinstance(booth.session.trouble, CannotRead)
    assert booth.session.state == "resting"
    assert booth.journals() == []


def test_nobody_brings_a_recording_that_is_nobodys(home):
    booth = Booth(home, teller="")
    booth.open().bring(booth.paths.home / "phone.m4a")
    assert isinstance(booth.session.trouble, NobodyReads)
    booth.close()


def test_a_recording_brought_while_the_teller_moves_on_waits(home):
    background = LaterBackground()
    booth = Booth(home, background=background)
    studio = booth.open()
    studio.bring(brought(booth, reading(booth.lines)))
    assert booth.session.state == "measuring"
    studio.keep()
    studio.listen_to_room()
    studio.next_line()
    background.work()
    assert booth.session.state == "resting"
    assert [one.label.mode for one in booth.session.waiting] == ["through"]
    studio.take_up(booth.session.waiting[0].path)
    background.work()
    assert (booth.session.state, booth.session.mode, booth.session.line) == ("cutting", "through", 0)
    studio.leave()
    studio.bring(booth.paths.home / "nothing.wav")
    background.work()
    booth.close()


def test_a_file_that_fails_while_the_teller_records_is_said_and_disturbs_nothing(home):
    background = LaterBackground()
    booth = Booth(home, background=background)
    studio = booth.open()
    studio.bring(booth.paths.home / "nothing.wav")
    studio.next_line()
    studio.toggle()
    booth.run(0.5)
    background.work(1)
    assert booth.session.state == "recording"
    assert isinstance(booth.session.trouble, CannotRead)
    studio.leave()
    booth.run(0.2)
    booth.close()


def test_silence_is_alarming_within_the_second(booth):
    studio = booth.open()
    studio.toggle()
    booth.run(1)
    assert booth.session.alarm == ""
    booth.microphone.dead = True
    booth.run(1)
    assert booth.session.alarm == "dead"
    booth.microphone.dead = False
    booth.run(0.2)
    assert booth.session.alarm == ""


def test_a_microphone_that_says_nothing_at_all_is_alarming_within_the_second(booth):
    studio = booth.open()
    studio.toggle()
    booth.run(0.5)
    booth.microphone._await_block = lambda: None
    booth.run(1.1)
    assert booth.session.alarm == "dead"


def test_clipping_is_said_while_it_happens_and_a_little_longer(booth):
    studio = booth.open()
    studio.toggle()
    booth.microphone.tone(0.5, size=1.0)
    booth.run(0.3)
    assert booth.session.alarm == "clipped"
    booth.run(1.5)
    assert booth.session.alarm == "clipped"
    booth.run(2)
    assert booth.session.alarm == ""


def test_little_room_is_said_before_and_when_it_is_crossed(booth):
    minutes = 9.0
    booth.studio.recorder.room_of = lambda _folder: minutes
    studio = booth.open()
    assert booth.session.scarce
    assert booth.session.room == 9.0
    studio.leave()
    minutes = 10.5
    booth.open()
    assert not booth.session.scarce
    studio.toggle()
    booth.run(1)
    assert booth.session.alarm == ""
    minutes = 9.9
    booth.run(6)
    assert (booth.session.alarm, booth.session.scarce) == ("room", True)


def test_without_room_no_recording_begins(booth):
    booth.studio.recorder.room_of = lambda _folder: 0.1
    studio = booth.open()
    studio.toggle()
    assert isinstance(booth.session.trouble, DiskFull)
    assert booth.session.state == "resting"


def test_a_full_disk_ends_the_recording_with_what_is_safe(booth):
    studio = booth.open()
    studio.toggle()
    booth.read()
    booth.microphone.room = 9600
    booth.run(1)
    assert isinstance(booth.session.trouble, RecordingStopped)
    assert booth.session.trouble.why == "full"
    assert booth.session.state == "recorded"
    assert booth.session.seconds > 2


def test_a_place_that_cannot_be_written_is_said(booth):
    studio = booth.open()
    booth.paths.journals.write_text("no folder")
    studio.toggle()
    assert "cannot be written" in str(booth.session.trouble)
    assert booth.session.state == "resting"
    booth.paths.cache.rmdir() if booth.paths.cache.exists() else None
    booth.paths.cache.write_text("no folder")
    studio.listen_to_room()
    assert booth.session.state == "resting"


@pytest.mark.parametrize(("harm", "why"), [("unplug", "lost"), ("die", "died"), ("refuse", "refused")])
def test_a_microphone_that_goes_leaves_what_is_safe_and_says_so(booth, harm, why):
    studio = booth.open()
    studio.toggle()
    booth.read()
    getattr(booth.microphone, harm)()
    booth.run(0.3)
    assert booth.session.state == "recorded"
    assert booth.session.seconds > 2
    if why == "refused":
        assert isinstance(booth.session.trouble, MicrophoneRefused)
    else:
        assert booth.session.trouble.why == why
        assert booth.session.trouble.seconds == pytest.approx(booth.session.seconds)
    studio.keep()
    assert [take.line for take in booth.takes()] == [0]


def test_a_microphone_that_was_never_there_is_said(booth):
    booth.microphone.unplug()
    studio = booth.open()
    booth.run(0.1)
    assert isinstance(booth.session.trouble, NoMicrophone)
    studio.toggle()
    booth.run(0.2)
    assert (booth.session.state, type(booth.session.trouble)) == ("resting", NoMicrophone)


def test_a_clock_set_back_while_recording_changes_nothing(booth):
    from datetime import timedelta

    studio = booth.open()
    studio.toggle()
    booth.read()
    booth.clock.step_wall(timedelta(days=-2))
    booth.read()
    assert booth.session.alarm == ""
    studio.keep()
    booth.run(0.2)
    booth.record()
    studio.keep()
    assert len(booth.takes()) == 2


def test_the_gravest_alarm_is_said():
    watch = Watch(10.0, 10.0).after(Level(-3, -9, 4, 0), 10.0)
    assert watch.alarm(10.1, 5.0) == "clipped"
    assert watch.alarm(10.9, 5.0) == "dead"
    assert Watch(10.0, 10.0).alarm(10.1, 5.0) == "room"
    assert Watch(10.0, 10.0).alarm(10.1, 50.0) == ""


def test_room_is_told_in_minutes_of_the_most_careful_microphone(tmp_path):
    asked = []

    def usage(folder):
        asked.append(folder)
        return 0, 0, 48_000 * 4 * 60 * 7

    assert minutes_of_room(tmp_path / "not" / "yet", usage) == pytest.approx(7)
    assert asked == [tmp_path]
    assert minutes_of_room(tmp_path, lambda _folder: (_ for _ in ()).throw(OSError)) == 0.0
    assert minutes_of_room(tmp_path) > 0


def test_what_the_microphone_hears_is_told_while_the_studio_is_open(booth):
    booth.open()
    booth.run(1)
    assert len(booth.heard) >= 10
    booth.studio.leave()
    told = len(booth.heard)
    booth.run(1)
    assert len(booth.heard) == told


def test_silence_after_all_is_not_a_name(booth):
    studio = booth.open()
    studio.choose_name("Mila")
    booth.record(hush(0))
    assert booth.session.kept is None
    assert [(take.kind, take.why) for take in booth.takes(attic=True)] == [("name", "silent")]

"""The real voice: lines in order, faults survived, and the next line spoken whatever happened to this one."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from storytime.core.ports import Utterance
from storytime.devices.voice import COMMAND, VoiceChild

PATIENCE = 20_000
ALWAYS = 1000
ENGLISH = "espeak:gmw/en-US"
FAULTY = Path(__file__).with_name("faulty_voices.py")


def line(text, voice="faulty:tone"):
    return Utterance(text, voice)


class Results:
    """What came of the lines, in order: sounds by text, and reasons by text."""

    def __init__(self, qtbot, voice):
        self._bot, self.voice, self.order, self.sounds, self.reasons = qtbot, voice, [], {}, {}
        voice.rendered.connect(lambda asked, sound: self._came(asked, sound, self.sounds))
        voice.failed.connect(lambda asked, reason: self._came(asked, reason, self.reasons))

    def _came(self, asked, result, into):
        self.order.append(asked.text)
        into[asked.text] = result

    def of(self, *utterances):
        wanted = len(self.order) + len(utterances)
        for utterance in utterances:
            self.voice.render(utterance)
        self._bot.waitUntil(lambda: len(self.order) >= wanted, timeout=PATIENCE)
        return self


@pytest.fixture
def faults(tmp_path):
    """Say how often each fault happens."""
    folder = tmp_path / "faults"
    folder.mkdir()

    def happen(**times):
        for fault, often in times.items():
            (folder / fault).write_text(str(often))

    happen.folder = folder
    return happen


@pytest.fixture
def faulty(qtbot, tmp_path, faults):
    """A voice over the engine that fails as told; a hang is noticed after half a second."""
    command = (sys.executable, str(FAULTY), str(faults.folder))
    voice = VoiceChild(tmp_path / "cache", command=command, patience=0.5)
    yield Results(qtbot, voice)
    voice.close()


@pytest.fixture
def spoken(qtbot, tmp_path):
    """The machine's own voice."""
    voice = VoiceChild(tmp_path / "cache")
    yield Results(qtbot, voice)
    voice.close()


FAULTS_AND_REASONS = {
    "hang": "the voice did not answer",
    "crash": "the voice stopped by itself",
    "empty": "the voice gave no sound",
    "short": "the voice gave too little sound",
    "trouble": "the voice could not say it (no file came)",
}


@pytest.mark.parametrize("fault", FAULTS_AND_REASONS)
def test_a_fault_that_passes_is_healed_by_a_fresh_engine(faulty, faults, fault):
    faults(**{fault: 1})
    faulty.of(line("before"), line(f"a {fault} here"), line("after"))
    assert faulty.order == ["before", f"a {fault} here", "after"]
    assert faulty.reasons == {}


@pytest.mark.parametrize(("fault", "reason"), FAULTS_AND_REASONS.items())
def test_a_fault_that_stays_fails_its_line_and_the_next_is_spoken(faulty, faults, fault, reason):
    faults(**{fault: ALWAYS})
    faulty.of(line("before"), line(f"a {fault} here"), line("after"))
    assert faulty.order == ["before", f"a {fault} here", "after"]
    assert faulty.reasons == {f"a {fault} here": reason}
    assert faulty.voice.ready(line(f"a {fault} here")) is None


def withheld(voice, utterance):
    """Have the line's file wait, for this one child, until somebody reads it; return the file."""
    path = voice._cache.path(utterance)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{voice.process_id()}.part")
    os.mkfifo(part)
    return part


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_a_line_is_made_while_the_one_before_it_is_still_being_written(qtbot, faulty, faults):
    faulty.of(line("before"))
    slow = withheld(faulty.voice, line("slow"))
    for text in ("slow", "next"):
        faulty.voice.render(line(text))
    qtbot.waitUntil(lambda: (faults.folder / "rendered").stat().st_size == 3, timeout=PATIENCE)
    assert faulty.order == ["before"]
    with open(slow, "rb") as reader:
        assert reader.read(4) == b"RIFF"
        while reader.read(65536):
            pass
    qtbot.waitUntil(lambda: faulty.order == ["before", "slow", "next"], timeout=PATIENCE)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_a_line_that_only_had_to_be_written_is_not_blamed_for_the_crash_of_the_next(faulty, faults):
    faulty.of(line("before"))
    faults(crash=ALWAYS)
    withheld(faulty.voice, line("slow"))
    faulty.of(line("slow"), line("a crash here"), line("after"))
    assert faulty.order == ["before", "slow", "a crash here", "after"]
    assert faulty.reasons == {"a crash here": FAULTS_AND_REASONS["crash"]}


def test_a_missing_voice_is_said_at_once_and_the_next_line_is_spoken(faulty, faults):
    faulty.of(line("hello", "faulty:nobody"), line("hello", "nobody:at-all"), line("after"))
    faults(missing=ALWAYS)
    faulty.of(line("it is missing"), line("after all"))
    assert faulty.reasons["it is missing"] == "the voice “faulty:tone” is not on this machine"
    assert faulty.reasons["hello"] == "the voice “nobody:at-all” is not on this machine"
    assert set(faulty.sounds) == {"hello", "after", "after all"}


def test_a_full_disk_is_emptied_of_old_lines_before_a_line_is_given_up(faulty, faults):
    faulty.of(line("an old line"), line("another old line"))
    faults(full=1)
    faulty.of(line("the disk is full"))
    assert "the disk is full" in faulty.sounds
    assert faulty.voice.ready(line("an old line")) is None


def test_a_disk_that_stays_full_fails_the_line_in_plain_words_and_leaves_nothing(faulty, faults, tmp_path):
    faults(full=ALWAYS)
    faulty.of(line("the disk is full"), line("after"))
    assert faulty.reasons == {"the disk is full": "there is no room left on the disk"}
    assert [path.suffix for path in (tmp_path / "cache").iterdir() if path.suffix == ".part"] == []


def test_a_cache_that_cannot_be_made_fails_the_line_in_plain_words(qtbot, tmp_path):
    (tmp_path / "file").write_text("in the way")
    voice = VoiceChild(tmp_path / "file" / "cache")
    results = Results(qtbot, voice).of(line("hello", ENGLISH))
    assert results.reasons["hello"].startswith("the folder for spoken lines cannot be used")
    voice.close()


def test_a_voice_process_that_cannot_be_started_fails_the_line_and_lists_no_voices(qtbot, tmp_path):
    voice = VoiceChild(tmp_path / "cache", command=(str(tmp_path / "nowhere"),))
    assert voice.voices() == ()
    assert Results(qtbot, voice).of(line("hello")).reasons == {"hello": "the voice stopped by itself"}
    voice.close()


def test_a_line_with_nothing_to_say_fails_without_troubling_the_engine(faulty, faults):
    faulty.of(line("— … —"), line(""))
    assert faulty.reasons == {"— … —": "there is nothing to say in it", "": "there is nothing to say in it"}
    assert not (faults.folder / "rendered").exists()


def test_a_kept_line_is_not_rendered_again_and_keeps_its_place_in_the_order(faulty, faults):
    faulty.of(line("kept"))
    faulty.of(line("new"), line("kept"), line("newer"))
    assert faulty.order == ["kept", "new", "kept", "newer"]
    assert (faults.folder / "rendered").read_bytes() == b"..."


def test_no_result_comes_while_it_is_asked_for(faulty):
    faulty.of(line("kept"))
    faulty.voice.render(line("kept"))
    assert faulty.order == ["kept"]


def test_asking_twice_gives_one_result(faulty):
    faulty.voice.render(line("once"))
    faulty.of(line("once"), line("then"))
    assert faulty.order == ["once", "then"]


def test_forgotten_lines_do_not_come_but_what_is_asked_again_does(qtbot, faulty):
    for word in ("one", "two", "three", "four", "five"):
        faulty.voice.render(line(word))
    faulty.voice.forget()
    faulty.voice.render(line("three"))
    faulty.voice.render(line("six"))
    qtbot.waitUntil(lambda: "six" in faulty.order, timeout=PATIENCE)
    assert [word for word in faulty.order if word != "one"] == ["three", "six"]


def test_after_closing_it_can_still_be_asked(faulty):
    faulty.of(line("before"))
    faulty.voice.close()
    assert "after" in faulty.of(line("after")).sounds


def test_at_rest_there_is_no_process_its_voices_are_known_and_the_next_line_is_spoken(faulty):
    faulty.of(line("before"))
    known = faulty.voice.voices()
    assert known
    faulty.voice.rest()
    assert faulty.voice.process_id() == 0
    assert faulty.voice.voices() == known
    assert faulty.of(line("after")).sounds.keys() == {"before", "after"}


def test_no_line_is_lost_to_a_rest(qtbot, faulty):
    for text in ("one", "two"):
        faulty.voice.render(line(text))
    faulty.voice.rest()
    qtbot.waitUntil(lambda: faulty.order == ["one", "two"], timeout=PATIENCE)


def test_the_voices_of_the_machine_have_good_ones_first_for_each_language(spoken):
    best = {}
    for voice in spoken.voice.voices():
        for language in voice.languages:
            best.setdefault(language, voice.id)
    wanted = {"en": "espeak:gmw/en-US", "en-gb": "espeak:gmw/en", "es": "espeak:roa/es", "de": "espeak:gmw/de"}
    assert {language: best[language] for language in wanted} == wanted


def test_a_line_is_a_wav_with_the_times_of_its_words_and_found_again_with_them(spoken):
    said = line("The lamp burned low, and nobody minded.", ENGLISH)
    sound = spoken.of(said).sounds[said.text]
    assert [said.text[word.start : word.start + word.length] for word in sound.words] == [
        "The", "lamp", "burned", "low", "and", "nobody", "minded",
    ]  # fmt: skip
    times = [word.at for word in sound.words]
    assert times == sorted(times)
    assert times[-1] < sound.seconds
    assert spoken.voice.ready(said) == sound


def test_rate_and_pitch_and_volume_make_other_sounds(spoken):
    calm = line("Once upon a time there was a lamp.", ENGLISH)
    others = [replace(calm, rate=2.0), replace(calm, pitch=0.9), replace(calm, volume=0.3)]
    sounds = []
    spoken.voice.rendered.connect(lambda _asked, sound: sounds.append(sound))
    spoken.of(calm, *others)
    assert len({sound.path for sound in sounds}) == 4
    assert sounds[1].seconds < 0.7 * sounds[0].seconds


def test_text_with_characters_that_no_engine_should_meet_is_spoken_whole(spoken):
    plain, wild = line("One two three four five.", ENGLISH), line("One\0two\x07three\ud800four\nfive.", ENGLISH)
    sounds = spoken.of(plain, wild).sounds
    assert sounds[wild.text].seconds == pytest.approx(sounds[plain.text].seconds, rel=0.25)
    assert len(sounds[wild.text].words) == 5


def test_the_voice_ends_with_storytime_even_while_it_hangs(faults):
    faults(hang=ALWAYS)
    command = [sys.executable, str(FAULTY), str(faults.folder)]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    child.stdout.readline()
    order = '{"do":"render","job":1,"path":"never.wav","utterance":{"text":"hang","voice":"faulty:tone"}}\n'
    child.stdin.write(order.encode())
    child.stdin.close()
    assert child.wait(20) == 0
    child.stdout.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal; there the pipe's end does the same")
def test_a_killed_storytime_leaves_no_voice_behind(tmp_path):
    script = (
        "import sys; from PySide6.QtCore import QCoreApplication; from pathlib import Path;"
        "from storytime.devices.voice import VoiceChild; app = QCoreApplication([]);"
        f"voice = VoiceChild(Path({str(tmp_path)!r})); voice.voices();"
        "print(voice.process_id(), flush=True); app.exec()"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    # The pipe to the test is the parent's alone, so its end tells nothing of the child: that is asked by number.
    number = int(parent.stdout.readline())
    handle = os.pidfd_open(number)
    parent.send_signal(signal.SIGKILL)
    parent.wait(20)
    import select

    assert select.select([handle], [], [], 20)[0]
    os.close(handle)
    parent.stdout.close()


def test_a_file_beside_the_program_is_not_taken_for_one_of_pythons_own():
    assert "-P" in COMMAND

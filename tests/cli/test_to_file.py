"""What a story read into a file promises when it is stopped, or when the voice fails: whole, or not at all."""

import re
import shutil
import signal
from pathlib import Path

import numpy as np
import pytest
import soundfile

from storytime.cli.read import write
from storytime.cli.words import Told
from storytime.core.database import open_library
from storytime.core.errors import DiskFull
from storytime.core.paths import Paths
from storytime.core.shelf.shelf import Shelf
from storytime.core.shelf.takes import Takes
from storytime.core.shelf.tellers import Tellers
from storytime.devices.rehearsal import estimated_seconds
from storytime.devices.rehearsal.voice import SAMPLE_RATE
from storytime.devices.splicing import BESIDE
from tests.core.shelf.voices import keep

BEAR = "10"


def test_ctrl_c_leaves_nothing_behind(voice, here):
    asked, pretended = [], voice()

    def stop_after_ten(_utterance, _sound):
        asked.append(sorted(file.name for file in here.iterdir()))
        if len(asked) == 10:
            pretended.rendered.disconnect(stop_after_ten)
            signal.raise_signal(signal.SIGINT)

    pretended.rendered.connect(stop_after_ten)
    with pytest.raises(Told, match="Nothing was written"):
        write(BEAR, here / "bear.wav")
    assert asked[-1] == [".bear.wav.part"]
    assert list(here.iterdir()) == []


def test_an_older_file_stays_what_it_was_when_the_newer_is_stopped(voice, here):
    (here / "bear.wav").write_bytes(b"older")
    pretended = voice()

    def stop(_utterance, _sound):
        pretended.rendered.disconnect(stop)
        signal.raise_signal(signal.SIGINT)

    pretended.rendered.connect(stop)
    with pytest.raises(Told):
        write(BEAR, here / "bear.wav")
    assert [file.read_bytes() for file in here.iterdir()] == [b"older"]


def test_lines_that_the_voice_cannot_say_are_left_out_and_counted(voice, here, capsys):
    def stumbles(utterance):
        if "asleep" in utterance.text:
            raise ValueError("the pretended voice fell over")
        return estimated_seconds(utterance)

    voice(stumbles)
    write(BEAR, here / "bear.wav")
    said = capsys.readouterr().err
    assert "of its lines could not be spoken" in said
    assert "because the pretended voice fell over" in said
    assert (here / "bear.wav").stat().st_size > 1_000_000


def test_a_line_whose_sound_has_vanished_is_left_out_and_counted(voice, here, capsys):
    pretended = voice()

    def vanish(_utterance, sound):
        pretended.rendered.disconnect(vanish)
        sound.path.unlink()

    pretended.rendered.connect(vanish)
    write(BEAR, here / "bear.wav")
    assert "1 of its lines could not be spoken" in capsys.readouterr().err


def test_a_recorded_line_is_in_the_file_with_all_its_frames_and_the_machine_reads_the_others(voice, here, home):
    voice()
    write(BEAR, here / "machine.wav")
    library = open_library(Paths(home))
    shelf, takes = Shelf(library, library.paths), Takes(library, library.paths)
    card = shelf.card(int(BEAR))
    take = keep(takes, Tellers(library).welcome("Mother"), card, 2, shelf.lines(card.id, 2, 1)[0].text, seconds=7.0)
    soundfile.write(takes.path(take), 0.1 * np.sin(np.arange(7 * 48_000) / 4), 48_000, format="FLAC")
    library.close()
    write(BEAR, here / "patchwork.wav")
    alone, patched = soundfile.read(here / "machine.wav")[0], soundfile.read(here / "patchwork.wav")[0]
    assert soundfile.info(here / "patchwork.wav").samplerate == 48_000
    loud = np.flatnonzero(np.abs(patched) > 0.01)
    assert (loud[-1] - loud[0]) / 48_000 == pytest.approx(7.0, abs=0.1)
    assert len(patched) / 48_000 > len(alone) / SAMPLE_RATE


def test_a_recorded_name_is_heard_in_the_file_wherever_a_line_has_it(voice, here, home):
    voice()
    library = open_library(Paths(home))
    shelf, takes = Shelf(library, library.paths), Takes(library, library.paths)
    write(BEAR, here / "machine.wav")
    assert np.abs(soundfile.read(here / "machine.wav")[0]).max() == 0
    lines = [shelf.card(int(BEAR)).title, *(line.text for line in shelf.lines(int(BEAR)))]
    told = sum(len(re.findall(r"\bbear\b(?!['’-]\w)", line, re.I)) for line in lines)
    take = keep(takes, Tellers(library).welcome("Mother"), None, 0, "Bear", kind="name", speech=(0.1, 0.6))
    soundfile.write(takes.path(take), 0.1 * np.sin(np.arange(0.7 * 48_000) / 4), 48_000, format="FLAC")
    library.close()
    write(BEAR, here / "named.wav")
    samples, rate = soundfile.read(here / "named.wav")
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    assert rate == 48_000
    assert np.count_nonzero(np.diff(loud) > rate * BESIDE / 2) + 1 == told > 5


def test_a_voice_that_says_nothing_makes_no_file(voice, here):
    def mute(_utterance):
        raise ValueError

    voice(mute)
    with pytest.raises(Told, match="could not say a line"):
        write(BEAR, here / "bear.wav")
    assert list(here.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no such device")
def test_a_disk_that_fills_while_a_flac_is_written_is_named(voice, here, monkeypatch):
    (here / ".bear.flac.part").symlink_to("/dev/full")
    full = shutil.disk_usage(here)._replace(free=0)
    monkeypatch.setattr("shutil.disk_usage", lambda _path: full)
    with pytest.raises(DiskFull):
        write(BEAR, here / "bear.flac")
    assert list(here.iterdir()) == []

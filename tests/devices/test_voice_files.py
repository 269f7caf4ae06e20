"""Voices that are files, spoken by a child of their own that is begun only where there are some."""

import shutil

import pytest

from storytime.core.ports import Utterance
from storytime.devices.voice import COMMAND, VoiceChild
from tests.devices.piper_voices import make_voice

pytest.importorskip("onnxruntime", reason="a Mac with Intel has no onnxruntime")

LINE = Utterance("Good night.", "piper:en_US-tone-low")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "voices"


@pytest.fixture
def child(qapp, tmp_path, folder):
    child = VoiceChild(tmp_path / "cache", command=(*COMMAND, "piper", str(folder)), files=folder)
    yield child
    child.close()


def test_without_files_there_is_no_child(child):
    child.warm()
    assert child.voices() == ()
    assert child.process_id() == 0


def test_a_voice_that_came_is_there_when_it_is_looked_for_again(child, folder, qtbot):
    assert child.voices() == ()
    make_voice(folder / "en_US-tone-low")
    child.look_again()
    assert [voice.id for voice in child.voices()] == [LINE.voice]
    child.render(LINE)
    qtbot.waitUntil(lambda: child.ready(LINE) is not None, timeout=20_000)
    assert child.ready(LINE).seconds > 0.2


def test_a_voice_that_went_is_not_there_when_it_is_looked_for_again(child, folder):
    make_voice(folder / "en_US-tone-low")
    child.look_again()
    assert child.voices()
    shutil.rmtree(folder)
    child.look_again()
    assert child.voices() == ()
    assert child.process_id() == 0


def test_where_nothing_came_or_went_the_child_is_left_alone(child, folder):
    make_voice(folder / "en_US-tone-low")
    child.look_again()
    child.voices()
    process = child.process_id()
    child.look_again()
    assert child.process_id() == process

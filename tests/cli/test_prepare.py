"""`storytime prepare`: stories made ready by day, and said how much is."""

import signal

from PySide6.QtCore import QTimer

from storytime.devices.rehearsal import estimated_seconds
from tests.cli.test_to_file import BEAR


def test_the_named_story_is_made_ready_and_said_so(voice, call):
    pretended = voice()
    done = call("prepare", BEAR)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("All ")
    assert "lines are ready" in done.stdout
    assert pretended.spared
    assert pretended.spared == set(pretended.asked)


def test_without_a_name_it_is_what_is_laid_out(voice, call):
    pretended = voice()
    assert call("prepare").exit_code == 0
    assert pretended.spared


def test_ctrl_c_stops_it_and_what_is_ready_stays(voice, call):
    asked = []

    def seconds(utterance):
        asked.append(utterance)
        if len(asked) == 10:
            QTimer.singleShot(0, lambda: signal.raise_signal(signal.SIGINT))
        return estimated_seconds(utterance)

    pretended = voice(seconds)
    done = call("prepare", BEAR)
    assert done.exit_code == 1
    assert done.stderr.startswith("Stopped. ")
    assert "They stay ready." in done.stderr
    assert pretended.spared


def test_a_story_that_is_not_there_is_one_sentence(voice, call):
    voice()
    done = call("prepare", "no such story")
    assert done.exit_code == 1
    assert done.stderr.count("\n") == 1


def test_lines_that_could_not_be_spoken_are_counted(voice, call):
    def seconds(utterance):
        if utterance.text.startswith("The"):
            raise ValueError("a broken voice")
        return estimated_seconds(utterance)

    voice(seconds)
    done = call("prepare", BEAR)
    assert done.exit_code == 0
    assert "could not be spoken and are left out, because a broken voice." in done.stderr


def test_where_nothing_is_ready_yet_it_is_not_said_to_be_a_minute(voice, call):
    pretended = voice()
    pretended.render = lambda _asked: signal.raise_signal(signal.SIGINT)
    done = call("prepare", BEAR)
    assert done.exit_code == 1
    assert done.stderr.startswith("Stopped. Nothing is ready yet.")

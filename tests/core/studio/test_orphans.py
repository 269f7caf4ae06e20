"""Recordings that outlived their window are asked to end, and waited for as long as it takes."""

import os
import subprocess
import sys

import pytest

from storytime.core.studio.journal_file import JournalFile
from storytime.core.studio.orphans import AGAIN, LOOKS, Orphans
from storytime.devices.rehearsal import PretendClock


@pytest.fixture
def clock():
    return PretendClock()


@pytest.fixture
def orphans(clock, tmp_path):
    made = Orphans(clock, tmp_path)
    made.said = []
    made.ended.connect(lambda: made.said.append(True))
    return made


def recording(folder, window):
    file = JournalFile(folder / "one.journal", {"format": "s16", "rate": 48_000, "window": window})
    file.write(bytes(9600))
    return file


def test_one_that_ends_late_is_told_of_where_its_window_is_dead(orphans, clock, tmp_path):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    file = recording(tmp_path, gone.pid)
    orphans.ask()
    assert file.asked_to_end()
    clock.advance(AGAIN * LOOKS * 5)
    assert orphans.said == []
    file.end()
    clock.advance(AGAIN)
    assert orphans.said == [True]


def test_one_whose_window_lives_is_let_alone_after_a_while(orphans, clock, tmp_path):
    file = recording(tmp_path, os.getpid())
    orphans.ask()
    clock.advance(AGAIN * LOOKS)
    assert orphans._timer is None
    file.end()
    clock.advance(AGAIN * LOOKS)
    assert orphans.said == []

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storytime.core.studio.journal import FORMATS, HEADER, left_behind, read_journal
from storytime.core.studio.journal_file import (
    JournalFile,
    ask_to_end,
    being_written,
    under_way,
    why_unwritten,
    window_is_gone,
)

WHOSE = {"teller": "Oma", "line": 2, "format": "s16", "rate": 48_000}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "journals" / "one.journal"


def samples(count):
    return np.arange(count, dtype="<i2").tobytes()


def test_a_journal_can_be_read_after_every_block(path):
    file = JournalFile(path, WHOSE)
    for count in range(1, 4):
        file.write(samples(100))
        assert read_journal(path).frames == file.frames == 100 * count
    file.end()
    assert read_journal(path).header == WHOSE


def test_frames_are_safe_when_they_were_synced(path):
    file = JournalFile(path, WHOSE)
    file.write(samples(100))
    assert file.safe == 0
    file.sync()
    file.write(samples(50))
    assert file.safe == 100
    file.end()
    assert file.safe == 150


@settings(deadline=None, max_examples=60)
@given(cut=st.integers(0, HEADER + 2000), format=st.sampled_from(sorted(FORMATS)))
def test_a_journal_cut_at_any_byte_has_every_whole_sample_before_it(cut, format):
    kind = np.dtype(FORMATS[format])
    written = np.arange(2000 // kind.itemsize).astype(kind)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "one.journal"
        file = JournalFile(path, {**WHOSE, "format": format})
        file.write(written.tobytes())
        file.end()
        os.truncate(path, cut)
        left = read_journal(path)
        if cut < HEADER:
            assert left is None
            return
        assert left.header["teller"] == "Oma"
        assert left.frames == (cut - HEADER) // kind.itemsize
        full = 1.0 if kind.kind == "f" else 2.0 ** (8 * kind.itemsize - 1)
        assert np.array_equal(left.samples(), (written[: left.frames] / full).astype(np.float32))


def test_a_journal_without_a_frame_leaves_nothing(path):
    JournalFile(path, WHOSE).end()
    assert list(path.parent.iterdir()) == []


def test_no_journal_is_ever_written_over(path):
    first = JournalFile(path, WHOSE)
    first.write(samples(10))
    first.end()
    with pytest.raises(FileExistsError):
        JournalFile(path, WHOSE)
    assert read_journal(path).frames == 10


def test_a_header_that_is_too_long_leaves_no_file(path):
    with pytest.raises(ValueError, match="too long"):
        JournalFile(path, {**WHOSE, "text": "a" * HEADER})
    assert not path.exists()


def test_who_writes_is_known_until_the_end(path):
    file = JournalFile(path, WHOSE)
    file.write(samples(10))
    assert being_written(path)
    file.end()
    assert not being_written(path)
    assert not being_written(path.with_name("none.journal"))


def test_those_that_still_grow_are_told_from_those_that_were_left(path):
    left, grows = JournalFile(path, WHOSE), JournalFile(path.with_name("two.journal"), WHOSE)
    left.write(samples(10))
    left.end()
    assert under_way(path.parent) == [grows.path]
    grows.end()
    assert under_way(path.parent) == []


def test_a_wish_that_it_should_end_reaches_the_one_who_writes(path):
    file = JournalFile(path, WHOSE)
    file.write(samples(10))
    assert not file.asked_to_end()
    ask_to_end(path)
    assert file.asked_to_end()
    file.end()
    assert [left.path for left in left_behind(path.parent)] == list(path.parent.iterdir()) == [path]


def test_a_wish_that_comes_too_late_leaves_nothing(path):
    file = JournalFile(path, WHOSE)
    file.write(samples(10))
    file.end()
    ask_to_end(path)
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="there a process cannot be asked for harmlessly")
def test_whose_window_is_surely_dead_is_known_and_nobody_else_is_called_dead(path):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    for window, dead in ((gone.pid, True), (os.getpid(), False), (None, False), ("a", False), (0, False)):
        JournalFile(path, {**WHOSE, "window": window}).write(samples(10))
        assert window_is_gone(path) is dead
        path.unlink()
    assert not window_is_gone(path)


def test_a_full_disk_is_told_from_other_trouble():
    assert why_unwritten(OSError(28, "No space left on device")) == "full"
    assert why_unwritten(OSError(5, "Input/output error")) == "died"

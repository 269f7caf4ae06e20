import os
import subprocess
import sys

import pytest

from storytime.devices.single import SingleInstance

FIRST = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from storytime.devices.single import SingleInstance
app = QCoreApplication([])
single = SingleInstance(Path(sys.argv[1]))
single.raised.connect(lambda: (print("raised", flush=True), app.quit()))
single.listen()
print("first" if single.first else "second", flush=True)
app.exec()
"""


@pytest.fixture
def first(tmp_path):
    """Another Storytime with the library in `tmp_path`, in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-c", FIRST, str(tmp_path)], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    )
    assert process.stdout.readline() == "first\n"
    yield process
    process.kill()
    process.wait(20)
    process.stdout.close()


def test_a_second_start_is_not_the_first_and_raises_it(qapp, tmp_path, first):
    second = SingleInstance(tmp_path)
    assert not second.first
    second.raise_first()
    assert first.stdout.readline() == "raised\n"


def test_a_killed_first_leaves_the_place_free(qapp, tmp_path, first):
    first.kill()
    first.wait(20)
    following = SingleInstance(tmp_path)
    assert following.first
    following.listen()
    following.release()


def test_another_library_is_another_storytime(qapp, tmp_path, first):
    other = SingleInstance(tmp_path / "other")
    assert other.first
    other.release()


def test_a_folder_that_takes_no_lock_keeps_nobody_out(qapp, tmp_path):
    (tmp_path / "file").write_text("in the way")
    assert SingleInstance(tmp_path / "file" / "library").first

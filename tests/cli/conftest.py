"""The command line as a shell calls it, over a library that is stocked once and copied for every test."""

import json
import os
import shutil
import subprocess
import sys
from functools import partial

import pytest
from click.testing import CliRunner
from PySide6.QtCore import QTimer

from storytime.cli import storytime
from storytime.core.database import open_library
from storytime.core.paths import Paths, shipped
from storytime.core.shelf.shelf import Shelf
from storytime.devices import machine
from storytime.devices.background import RealBackground
from storytime.devices.rehearsal import PretendClock, PretendVoice, estimated_seconds
from storytime.devices.voices import ANY


@pytest.fixture(scope="session")
def stocked(tmp_path_factory):
    """A library with the shipped stories, never used itself."""
    paths = Paths(tmp_path_factory.mktemp("stocked"))
    library = open_library(paths)
    Shelf(library, paths).stock(shipped("stories"))
    library.close()
    return paths.home


@pytest.fixture
def home(tmp_path, monkeypatch, stocked):
    """A stocked library of its own for every test."""
    folder = tmp_path / "home"
    shutil.copytree(stocked, folder)
    monkeypatch.setenv("STORYTIME_HOME", str(folder))
    return folder


@pytest.fixture
def call(home):
    """Call the command line inside this process."""

    def run(*words):
        result = CliRunner().invoke(storytime, [str(word) for word in words])
        assert "Traceback" not in result.output
        return result

    return run


@pytest.fixture
def document(call):
    """Call with --json and return the one document that was printed."""

    def run(*words, exit_code=0):
        result = call(*words, "--json")
        assert result.exit_code == exit_code, result.stderr
        return json.loads(result.stdout)

    return run


@pytest.fixture
def shell(home, tmp_path):
    """Call the command line as a process of its own, in an empty folder, with no screen and no sound server."""

    def run(*words, **more):
        bare = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
        env = {**bare, "PULSE_SERVER": f"unix:{tmp_path}/nobody", "XDG_RUNTIME_DIR": str(tmp_path), **more}
        env.pop("QT_QPA_PLATFORM", None)
        here = tmp_path / "here"
        here.mkdir(exist_ok=True)
        command = [sys.executable, "-m", "storytime", *map(str, words)]
        done = subprocess.run(command, env=env, cwd=here, capture_output=True, text=True, timeout=120, check=False)
        assert "Traceback" not in done.stdout + done.stderr
        return done

    return run


@pytest.fixture
def voice(home, qapp, tmp_path, monkeypatch):
    """Pretend a voice, its clock running as fast as it can; `seconds` gives the length of a line."""
    timers = []
    (tmp_path / "lines").mkdir()

    def begin(seconds=estimated_seconds):
        clock = PretendClock()
        voice = PretendVoice(clock, seconds, folder=tmp_path / "lines")
        whole = partial(machine.with_recordings, {ANY: voice}, tmp_path, RealBackground())
        monkeypatch.setattr(machine, "many_voices", lambda _paths, **_: whole())
        hurry = QTimer(qapp, interval=0)
        hurry.timeout.connect(lambda: clock.advance(0.01))
        hurry.start()
        timers.append(hurry)
        return voice

    yield begin
    for timer in timers:
        timer.stop()


@pytest.fixture
def here(tmp_path, monkeypatch):
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder

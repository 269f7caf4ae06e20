"""What run.py promises of the system's own parts: installed where that is allowed, and otherwise one line to run."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

FILE = Path(__file__).parent.parent / "run.py"


@pytest.fixture
def run():
    spec = importlib.util.spec_from_file_location("run_py", FILE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def system(run, monkeypatch):
    """A system with apt whose commands are written down, and whose parts are there once apt has installed them."""

    class System:
        def __init__(self):
            self.user = 1000
            self.sudo = False
            self.lists = True
            self.broken = False
            self.calls = []
            self.missing = ["libEGL.so.1", "libGL.so.1"]

        def works(self, *command):
            self.calls.append(" ".join(command))
            if "update" in command:
                self.lists = True
            if command == ("sudo", "-n", "true"):
                return self.sudo
            if "install" in command and self.lists:
                self.missing = []
            return self.lists

        def run(self, command, **_):
            self.calls.append(" ".join(command))
            if not self.broken:
                self.missing = []
            return subprocess.CompletedProcess(command, int(self.broken), b"E: no room on the disk\n")

    system = System()
    monkeypatch.setattr(run, "works", system.works)
    monkeypatch.setattr(run.subprocess, "run", system.run)
    monkeypatch.setattr(run.os, "geteuid", lambda: system.user, raising=False)
    monkeypatch.setattr(run.shutil, "which", lambda name: f"/usr/bin/{name}" if name == "apt-get" else None)
    return system


def ask(run, system):
    return run.from_the_system("Qt needs", run.LIBRARIES, lambda: system.missing)


def test_who_may_not_install_is_told_the_one_line(run, system, capsys):
    assert not ask(run, system)
    told = capsys.readouterr().err.splitlines()
    assert told[0] == "Qt needs libEGL.so.1, libGL.so.1. Install them with:"
    assert told[1].startswith("  sudo apt-get install -y ")
    assert "libegl1" in told[1]
    assert len(told) == 2
    assert system.calls == ["sudo -n true"]


def test_root_installs_without_a_question(run, system):
    system.user = 0
    assert ask(run, system)
    (install,) = system.calls
    assert install.startswith("env DEBIAN_FRONTEND=noninteractive apt-get install -y")


def test_a_user_with_sudo_installs_too(run, system):
    system.sudo = True
    assert ask(run, system)
    assert system.calls[1].startswith("sudo -n env DEBIAN_FRONTEND=noninteractive apt-get install -y")


def test_lists_of_packages_are_fetched_only_where_they_are_missing(run, system):
    system.user, system.lists = 0, False
    assert ask(run, system)
    assert [call.split()[3] for call in system.calls] == ["install", "update", "install"]


def test_an_installer_that_succeeds_says_nothing(run, system, capfd):
    system.user, system.lists = 0, False
    assert ask(run, system)
    assert "E: " not in capfd.readouterr().err


def test_an_installer_that_fails_is_heard(run, system, capfd):
    system.user, system.lists, system.broken = 0, False, True
    assert not ask(run, system)
    assert "E: no room on the disk" in capfd.readouterr().err


def test_nothing_is_done_where_nothing_is_missing(run, system):
    system.missing = []
    assert ask(run, system)
    assert system.calls == []


def test_another_package_manager_is_left_to_its_owner(run, system, monkeypatch, capsys):
    monkeypatch.setattr(run.shutil, "which", lambda _: None)
    assert not ask(run, system)
    assert "your system's package manager" in capsys.readouterr().err


def test_a_python_that_is_too_old_is_told_so_in_one_sentence(run, monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert run.main(["list"]) == 1
    assert capsys.readouterr().err == "Storytime needs Python 3.11 or newer, and this is 3.9.\n"


def test_what_was_installed_for_the_tests_is_enough_for_the_app(run, monkeypatch, tmp_path):
    monkeypatch.setattr(run, "READY", tmp_path / "ready")
    monkeypatch.setattr(run, "install", lambda lock: lock.name == "requirements-test.lock")
    monkeypatch.setattr(run, "check", lambda _words: 0)
    monkeypatch.setattr(run, "from_the_system", lambda *_: True)
    started = []
    monkeypatch.setattr(run.os, "execv", lambda _python, command: started.append(command))
    monkeypatch.setattr(run.subprocess, "call", lambda _: 0)
    assert run.main(["test"]) == 0
    monkeypatch.setattr(run, "install", lambda _lock: pytest.fail("it is all there"))
    assert run.main(["list"]) == 0
    assert started[0][1:] == ["-P", "-m", "storytime", "list"]


def test_what_comes_later_is_noted_too_and_never_done_twice(run, monkeypatch, tmp_path):
    monkeypatch.setattr(run, "READY", tmp_path / "ready")
    monkeypatch.setattr(run, "check", lambda _words: 0)
    monkeypatch.setattr(run.os, "execv", lambda *_: None)
    monkeypatch.setattr(run.subprocess, "call", lambda _: 0)
    monkeypatch.setattr(sys, "platform", "linux")
    installed, looked = [], []
    monkeypatch.setattr(run, "install", lambda lock: installed.append(lock.name) or True)
    monkeypatch.setattr(run, "from_the_system", lambda why, *_: looked.append(why) or len(looked) > 1)
    for words in (["list"], ["list"], ["list"], ["test"], ["test"]):
        assert run.main(words) == 0
    assert installed == ["requirements.lock", "requirements-test.lock"]
    assert looked.count("Qt needs") == 2

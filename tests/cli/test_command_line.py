"""What every command promises: its exit code, one sentence, no traceback, no import that it does not need."""

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from storytime import __version__
from storytime.cli import COMMANDS, storytime
from storytime.core.database import open_library
from storytime.core.paths import Paths
from storytime.core.shelf.shelf import Shelf


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_examples(call, command):
    result = call(command, "--help")
    assert result.exit_code == 0
    assert "Examples:" in result.stdout
    assert f"storytime {command}" in result.stdout


def test_the_help_names_every_command_and_how_to_complete_words(call):
    told = call("--help").stdout
    assert all(f"  {name} " in told for name in COMMANDS)
    assert "_STORYTIME_COMPLETE=bash_source" in told


def test_the_version_is_said(call):
    result = call("--version")
    assert (result.exit_code, result.stdout) == (0, f"Storytime {__version__}\n")


@pytest.mark.parametrize(
    "words",
    [
        *(["lsit"], ["--jsno"], ["show"], ["list", "--colour"], ["restore", "x.zip"]),
        *(["read", "1", "--rate", "nan"], ["rehearse", "--speed", "nan"]),
    ],
)
def test_a_wrong_use_ends_with_2_and_prints_nothing_on_standard_output(call, words):
    result = call(*words)
    assert result.exit_code == 2
    assert result.stdout == ""


def test_a_bug_is_one_sentence_and_its_words_stay_out_of_the_log(call, home, monkeypatch):
    def broken(*_args, **_more):
        raise ValueError("the words of a family")

    monkeypatch.setattr(Shelf, "cards", broken)
    result = call("list", "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1
    log = (home / "logs" / "storytime.log").read_text("utf-8")
    assert "ValueError" in log
    assert "storytime/cli/list.py" in log
    assert "family" not in log + result.stderr


def test_a_damaged_library_is_one_sentence(call, home):
    (home / "library.db").write_bytes(b"not a database at all, but some other bytes" * 100)
    for suffix in ("-wal", "-shm"):
        (home / f"library.db{suffix}").unlink(missing_ok=True)
    result = call("list")
    assert result.exit_code == 1
    assert "is damaged" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_newer_library_is_refused_in_one_sentence(call, home):
    library = open_library(Paths(home))
    library.write("INSERT INTO _sqlite_migrations VALUES (999, 'storytime', 'm999_from_tomorrow', '2030-01-01')")
    library.close()
    result = call("list")
    assert result.exit_code == 1
    assert "newer Storytime" in result.stderr


@pytest.mark.parametrize(
    "words", [["list"], ["list", "bear"], ["show", "1"], ["plan"], ["add", "nothing.txt"], ["backup", "b.zip"]]
)
def test_what_needs_no_screen_and_no_sound_does_without_qt(home, tmp_path, words):
    code = """import contextlib, sys
from storytime.cli import storytime
with contextlib.suppress(SystemExit):
    storytime(sys.argv[1:])
assert not [name for name in sys.modules if name.startswith("PySide6")]
"""
    subprocess.run([sys.executable, "-c", code, *words], cwd=tmp_path, check=True, capture_output=True)


def test_the_help_opens_no_library(tmp_path, monkeypatch):
    monkeypatch.setenv("STORYTIME_HOME", str(tmp_path / "unborn"))
    CliRunner().invoke(storytime, ["--help"])
    assert not (tmp_path / "unborn").exists()


def test_words_are_completed_by_the_shell(shell):
    done = shell(_STORYTIME_COMPLETE="bash_complete", COMP_WORDS="storytime re", COMP_CWORD="1")
    assert "plain,read" in done.stdout
    assert "plain,restore" in done.stdout


def test_a_process_ends_with_the_same_codes(shell):
    assert shell("list").returncode == 0
    assert shell("show", "no such tale").returncode == 1
    assert shell("show").returncode == 2


def test_a_reader_that_goes_away_is_no_error_to_speak_of(home):
    command = f"{sys.executable} -m storytime show lighthouse | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=True, env=os.environ)
    assert done.stdout.startswith("The Lamp in the Lighthouse")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", [[], ["tonight"], ["read", "lighthouse", "--to", "lamp.wav"]])
def test_a_library_that_qt_lacks_is_named_in_one_sentence_with_or_without_a_screen(home, tmp_path, words):
    bare = tmp_path / "bare"
    (bare / "PySide6").mkdir(parents=True)
    lacking = "libglib-2.0.so.0: cannot open shared object file: No such file or directory"
    (bare / "PySide6" / "__init__.py").write_text(f"raise ImportError({lacking!r})\n", "utf-8")
    command = [sys.executable, "-m", "storytime", *words]
    path = os.pathsep.join([str(bare), os.environ.get("PYTHONPATH", "")])
    for screen in ("", "offscreen"):
        env = {**os.environ, "PYTHONPATH": path, "QT_QPA_PLATFORM": screen, "DISPLAY": "", "WAYLAND_DISPLAY": ""}
        done = subprocess.run(command, capture_output=True, text=True, env=env)
        assert done.returncode == 1
        assert done.stderr.splitlines()[-1].startswith("This system lacks libglib-2.0.so.0. Install it")
        assert "Traceback" not in done.stderr
    assert not (home / "logs" / "storytime.log").exists()


def test_completion_opens_no_window_where_there_is_a_screen(monkeypatch):
    import sys

    import storytime.__main__ as entrance

    monkeypatch.setattr(sys, "argv", ["storytime"])
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setenv("_STORYTIME_COMPLETE", "bash_source")
    monkeypatch.setattr("storytime.app.run_window", lambda: pytest.fail("the window was opened"))
    with pytest.raises(SystemExit) as ended:
        entrance.main()
    assert ended.value.code == 0

"""Whether there is a screen is known before Qt is asked, which would end the program."""

import socket

import pytest

from storytime.core.errors import SystemLacks
from storytime.screen import screen_is_there, try_platform


@pytest.fixture(autouse=True)
def _on_linux_with_nothing_set(monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)


def test_there_is_none_where_nothing_names_one():
    assert not screen_is_there()


@pytest.mark.parametrize("display", [":4099", ":4099.0", "nonsense", ":", "localhost:xyz"])
def test_there_is_none_where_the_named_one_does_not_answer(monkeypatch, display):
    monkeypatch.setenv("DISPLAY", display)
    assert not screen_is_there()


def test_there_is_one_where_wayland_answers(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    assert not screen_is_there()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-7"))
        server.listen()
        assert screen_is_there()


def test_who_names_a_platform_of_qt_knows_best(monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert screen_is_there()


def test_other_systems_always_have_one(monkeypatch):
    monkeypatch.setattr("sys.platform", "darwin")
    assert screen_is_there()


@pytest.fixture
def lacking(monkeypatch, tmp_path):
    """A folder of plugins whose X11 one finds no libxcb-cursor."""
    (tmp_path / "platforms").mkdir()
    (tmp_path / "platforms" / "libqxcb.so").touch()

    def load(_):
        raise OSError("libxcb-cursor.so.0: cannot open shared object file: No such file or directory")

    monkeypatch.setattr("ctypes.CDLL", load)
    return tmp_path


def test_a_library_that_only_the_window_lacks_is_named_before_qt_aborts(lacking):
    with pytest.raises(ImportError) as lacks:
        try_platform(lacking)
    assert str(SystemLacks.told_by(lacks.value)).startswith("This system lacks libxcb-cursor.so.0. Install it")


def test_nothing_is_tried_for_a_platform_that_is_named(lacking, monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    try_platform(lacking)


def test_nothing_is_tried_where_qt_brought_no_such_plugin(tmp_path):
    try_platform(tmp_path)

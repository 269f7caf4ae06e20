"""Whether there is a screen is known before Qt is asked, which would end the program."""

import socket

import pytest

from storytime.screen import screen_is_there


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

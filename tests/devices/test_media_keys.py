"""The desktop's media keys: heard over a bus of the test's own, and never missed where there is none."""

import itertools
import shutil
import subprocess
import sys

import pytest
from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage

from storytime.devices import media_keys
from storytime.devices.media_keys import NAME, OBJECT, PLAYER, PROPERTIES, MediaKeys, session_media_keys

numbers = itertools.count()


@pytest.fixture
def address():
    """A session bus that nobody else is on."""
    if not shutil.which("dbus-daemon"):
        # `run.py test` installs it where a package manager lets it; other systems have no such bus.
        assert not sys.platform.startswith("linux"), "dbus-daemon is missing: run the tests with run.py test"
        pytest.skip("The session bus is of Linux only")
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--nosyslog", "--print-address"], stdout=subprocess.PIPE, text=True
    )
    yield bus.stdout.readline().strip()
    bus.terminate()
    bus.wait()
    bus.stdout.close()


class Desktop(QObject):
    """Whoever takes the media keys, on the same bus."""

    def __init__(self, qtbot, bus):
        super().__init__()
        self._qtbot, self._bus = qtbot, bus
        self.told = []
        bus.connect(NAME, OBJECT, PROPERTIES, "PropertiesChanged", self, SLOT("hear(QDBusMessage)"))

    @Slot(QDBusMessage)
    def hear(self, message):
        self.told.append([message.arguments()[0], message.member()])

    def call(self, interface, method, *words):
        asked = QDBusMessage.createMethodCall(NAME, OBJECT, interface, method)
        asked.setArguments(list(words))
        pending = self._bus.asyncCall(asked)
        self._qtbot.waitUntil(pending.isFinished)
        assert not pending.isError(), pending.error().message()
        return pending.reply().arguments()

    def press(self, key):
        self.call(PLAYER, key)

    def ask(self, interface, name):
        return self.call(PROPERTIES, "Get", interface, name)[0].variant()


@pytest.fixture
def join(qapp, address):
    """Come to the bus as somebody new."""
    names = []

    def connect():
        names.append(f"test-{next(numbers)}")
        return QDBusConnection.connectToBus(address, names[-1])

    yield connect
    for name in names:
        QDBusConnection.disconnectFromBus(name)


@pytest.fixture
def keys(join):
    made = MediaKeys(join())
    yield made
    made.close()


@pytest.fixture
def desktop(qtbot, join, keys):
    return Desktop(qtbot, join())


@pytest.fixture
def pressed(keys):
    heard = []
    keys.pressed.connect(heard.append)
    return heard


@pytest.mark.real
def test_the_desktops_keys_are_heard(desktop, pressed):
    for key in ("PlayPause", "Next", "Previous"):
        desktop.press(key)
    assert pressed == ["play", "next", "previous"]


@pytest.mark.real
@pytest.mark.parametrize(
    ("status", "heard"),
    [("Playing", ["Pause", "Stop"]), ("Paused", ["Play"]), ("Stopped", ["Play"])],
)
def test_a_key_for_one_thing_never_does_the_other(desktop, keys, pressed, status, heard):
    keys.show(status)
    for key in ("Play", "Pause", "Stop"):
        desktop.press(key)
    assert pressed == ["play"] * len(heard)


@pytest.mark.real
def test_the_desktop_sees_whether_something_plays(qtbot, desktop, keys):
    assert desktop.ask(PLAYER, "PlaybackStatus") == "Stopped"
    keys.show("Playing")
    assert desktop.ask(PLAYER, "PlaybackStatus") == "Playing"
    qtbot.waitUntil(lambda: desktop.told == [[PLAYER, "PropertiesChanged"]])


@pytest.mark.real
def test_nothing_of_the_family_is_told_but_the_programs_name(desktop, keys):
    keys.show("Playing")
    told = {}
    for adaptor, interface in zip(keys._adaptors, ("org.mpris.MediaPlayer2", PLAYER), strict=True):
        of = adaptor.metaObject()
        for number in range(of.propertyOffset(), of.propertyCount()):
            told[of.property(number).name()] = desktop.ask(interface, of.property(number).name())
    assert {value for value in told.values() if isinstance(value, str)} == {"Storytime", "storytime", "Playing"}
    assert keys._adaptors[1].property("Metadata") == {"xesam:title": "Storytime"}


@pytest.mark.real
def test_the_bus_can_neither_raise_nor_end_it(desktop, keys, pressed):
    for name in ("CanRaise", "CanQuit"):
        assert desktop.ask("org.mpris.MediaPlayer2", name) is False
    for method in ("Raise", "Quit"):
        desktop.call("org.mpris.MediaPlayer2", method)
    assert pressed == []


@pytest.mark.real
def test_a_second_storytime_is_told_apart(keys, join):
    bus = join()
    second = MediaKeys(bus)
    names = bus.interface().registeredServiceNames().value()
    assert sum(name.startswith(NAME) for name in names) == 2
    second.close()


@pytest.mark.parametrize("address", ["", "unix:path=/nowhere/at/all", "tcp:host=localhost,port=1", "autolaunch:"])
def test_without_a_bus_of_this_machine_there_are_no_keys_and_no_complaint(qapp, monkeypatch, tmp_path, address):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert session_media_keys() is None


def test_other_systems_give_their_keys_to_the_window(monkeypatch):
    monkeypatch.setattr(media_keys.sys, "platform", "win32")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/run/bus")
    assert session_media_keys() is None

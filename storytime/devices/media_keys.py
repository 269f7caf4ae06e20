"""The media keys of a Linux desktop, which takes them for itself and hands them on to players over its session bus.

This is as much of MPRIS (specifications.freedesktop.org/mpris-spec) as a desktop needs to find Storytime and to tell
it of its keys. What is being told is nobody's business on that bus: it hears a name, and whether something plays.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import ClassInfo, Property, QObject, Slot
from PySide6.QtDBus import QDBusAbstractAdaptor, QDBusConnection, QDBusMessage

from storytime.core.signal import Signal

NAME = "org.mpris.MediaPlayer2.storytime"
OBJECT = "/org/mpris/MediaPlayer2"
PLAYER = "org.mpris.MediaPlayer2.Player"
PROPERTIES = "org.freedesktop.DBus.Properties"
TITLE = "Storytime"
CONNECTION = "storytime-media-keys"
# What the stubs of PySide say of these two is not what they take.
class_info: Any = ClassInfo
property_of: Any = Property


class MediaKeys:
    """A player as the desktop sees it. Emits "play" (pause or go on), "previous" and "next"."""

    def __init__(self, bus: QDBusConnection) -> None:
        self.pressed: Signal[str] = Signal()
        self._bus = bus
        self._status = "Stopped"
        self._object = QObject()
        self._adaptors = _Root(self._object), _Player(self._object, self)
        bus.registerObject(OBJECT, self._object)
        # Two families' Storytimes on one desktop: the second is told apart, as the specification asks.
        self._name = next((name for name in (NAME, f"{NAME}.instance{os.getpid()}") if bus.registerService(name)), "")

    @property
    def status(self) -> str:
        """Playing, Paused, or Stopped."""
        return self._status

    def show(self, status: str) -> None:
        """Say whether something plays: a desktop gives its keys to the player that played last."""
        if status == self._status:
            return
        self._status = status
        told = QDBusMessage.createSignal(OBJECT, PROPERTIES, "PropertiesChanged")
        told.setArguments([PLAYER, {"PlaybackStatus": status}, []])
        self._bus.send(told)

    def close(self) -> None:
        """Be a player no more."""
        self._bus.unregisterService(self._name)
        self._bus.unregisterObject(OBJECT)


def session_media_keys() -> MediaKeys | None:
    """Return the keys of this desktop; None where it has no bus, or one that is not on this machine."""
    if not _on_this_machine(os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")):
        return None
    bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, CONNECTION)
    if bus.isConnected():
        return MediaKeys(bus)
    QDBusConnection.disconnectFromBus(CONNECTION)
    return None


def _on_this_machine(address: str) -> bool:
    """Whether there is a bus to be had without starting one, and without a network."""
    if not sys.platform.startswith("linux"):
        return False
    if address:
        return all(one.startswith("unix:") for one in address.split(";") if one)
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    return bool(folder) and (Path(folder) / "bus").is_socket()


@class_info({"D-Bus Interface": "org.mpris.MediaPlayer2"})
class _Root(QDBusAbstractAdaptor):
    """The program. It can be neither raised nor ended from the bus: a sealed house stays sealed."""

    def _identity(self) -> str:
        return TITLE

    def _entry(self) -> str:
        return "storytime"

    def _no(self) -> bool:
        return False

    def _none(self) -> list[str]:
        return []

    @Slot()
    def Raise(self) -> None:
        pass

    @Slot()
    def Quit(self) -> None:
        pass

    Identity = Property(str, _identity)
    DesktopEntry = Property(str, _entry)
    CanQuit = Property(bool, _no)
    CanRaise = Property(bool, _no)
    HasTrackList = Property(bool, _no)
    SupportedUriSchemes = property_of("QStringList", _none)
    SupportedMimeTypes = property_of("QStringList", _none)


@class_info({"D-Bus Interface": PLAYER})
class _Player(QDBusAbstractAdaptor):
    """What plays."""

    def __init__(self, parent: QObject, keys: MediaKeys) -> None:
        super().__init__(parent)
        self._keys = keys

    def _status(self) -> str:
        return self._keys.status

    def _metadata(self) -> dict[str, Any]:
        return {"xesam:title": TITLE}

    def _yes(self) -> bool:
        return True

    def _no(self) -> bool:
        return False

    def _one(self) -> float:
        return 1.0

    @Slot()
    def PlayPause(self) -> None:
        self._keys.pressed.emit("play")

    @Slot()
    def Play(self) -> None:
        if self._keys.status != "Playing":
            self.PlayPause()

    @Slot()
    def Pause(self) -> None:
        if self._keys.status == "Playing":
            self.PlayPause()

    @Slot()
    def Stop(self) -> None:
        self.Pause()

    @Slot()
    def Next(self) -> None:
        self._keys.pressed.emit("next")

    @Slot()
    def Previous(self) -> None:
        self._keys.pressed.emit("previous")

    PlaybackStatus = Property(str, _status)
    Metadata = property_of("QVariantMap", _metadata)
    Rate = Property(float, _one)
    MinimumRate = Property(float, _one)
    MaximumRate = Property(float, _one)
    Volume = Property(float, _one)
    CanControl = Property(bool, _yes)
    CanPlay = Property(bool, _yes)
    CanPause = Property(bool, _yes)
    CanGoNext = Property(bool, _yes)
    CanGoPrevious = Property(bool, _yes)
    CanSeek = Property(bool, _no)

"""A speaker that is made when something is to be heard: QtMultimedia costs a day room 30 MB that it may never need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storytime.core.signal import Signal

if TYPE_CHECKING:
    from storytime.core.ports import Sound, Speaker


class LateSpeaker:
    """The machine's output, in the words of the port; `open` makes it."""

    def __init__(self) -> None:
        self.started: Signal[int] = Signal()
        self.ended: Signal[int] = Signal()
        self.drained: Signal[()] = Signal()
        self.lost: Signal[()] = Signal()
        self.back: Signal[()] = Signal()
        self._made: Speaker | None = None
        self._volume = 1.0

    @property
    def volume(self) -> float:
        """0 to 1."""
        return self._volume

    @volume.setter
    def volume(self, value: float) -> None:
        self._volume = min(1.0, max(0.0, value))
        if self._made is not None:
            self._made.volume = self._volume

    def available(self) -> bool:
        """Whether there is an output now."""
        return self._speaker().available()

    def open(self) -> None:
        """Open the sound path."""
        self._speaker().open()

    def close(self) -> None:
        """Let the output go, if it was ever wanted."""
        if self._made is not None:
            self._made.close()

    def queue(self, token: int, sound: Sound, pause: float = 0.0) -> None:
        """Play after all that is queued."""
        self._speaker().queue(token, sound, pause)

    def queued(self) -> float:
        """Return seconds until all is heard."""
        return self._made.queued() if self._made is not None else 0.0

    def pause(self) -> None:
        """Fall silent."""
        if self._made is not None:
            self._made.pause()

    def resume(self) -> None:
        """Go on."""
        if self._made is not None:
            self._made.resume()

    def drop(self) -> None:
        """Forget everything."""
        if self._made is not None:
            self._made.drop()

    def drop_after(self, token: int) -> None:
        """Forget what comes after the token."""
        if self._made is not None:
            self._made.drop_after(token)

    def _speaker(self) -> Speaker:
        if self._made is None:
            from storytime.devices.speaker import QtSpeaker

            self._made = made = QtSpeaker()
            made.volume = self._volume
            made.started.connect(self.started.emit)
            made.ended.connect(self.ended.emit)
            made.drained.connect(self.drained.emit)
            made.lost.connect(self.lost.emit)
            made.back.connect(self.back.emit)
        return self._made

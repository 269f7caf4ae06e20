"""What every screen of the night room has in common: black, no cursor, five actions, and the hold before the gate.

The five actions lie on keys, and on large zones for a finger or a mouse: the left third is *back*, the right third
*next*, the middle *pause or go on*, the top fifth *louder*, the bottom fifth *softer*. A touch counts when it is let
go; a touch kept for two seconds anywhere asks for the parents' gate, as holding Esc does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from storytime.core.signal import Signal
from storytime.ui.parts.hold import Hold
from storytime.ui.theme import Night, text_scale

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QMouseEvent, QShowEvent

    from storytime.core.ports import Clock
    from storytime.core.settings import Settings, SettingsStore

MEDIA = {
    Qt.Key.Key_MediaPlay: Qt.Key.Key_Space, Qt.Key.Key_MediaPause: Qt.Key.Key_Space,
    Qt.Key.Key_MediaTogglePlayPause: Qt.Key.Key_Space, Qt.Key.Key_MediaPrevious: Qt.Key.Key_Left,
    Qt.Key.Key_MediaNext: Qt.Key.Key_Right, Qt.Key.Key_VolumeUp: Qt.Key.Key_Up, Qt.Key.Key_VolumeDown: Qt.Key.Key_Down,
}
"""The media keys that mean one of the five actions."""
CONFIRM = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Words:
    """The colours of words at night: the first, the second, and what an adult may look for."""

    first: str
    second: str
    third: str


_QUIET = Words(Night.WORD, Night.WORD2, Night.WORD3)
_BRIGHTER = Words(Night.BRIGHT, Night.WORD, "#7E4511")


def zone_at(x: float, y: float, width: float, height: float) -> Qt.Key:
    """Return the key whose action lies at x, y of a screen."""
    if y < height / 5:
        return Qt.Key.Key_Up
    if y > height * 4 / 5:
        return Qt.Key.Key_Down
    if x < width / 3:
        return Qt.Key.Key_Left
    return Qt.Key.Key_Right if x > width * 2 / 3 else Qt.Key.Key_Space


class NightScreen(QWidget):
    """A black screen that hears five actions and shows no cursor. It lives only while it is shown."""

    name: ClassVar[str] = ""
    """As the log and the light ledger call it."""
    spoken: ClassVar[str] = "Night"
    """What a screen reader says."""

    def __init__(self, clock: Clock, settings: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.gate_asked: Signal[()] = Signal()
        self._clock = clock
        self._settings = settings
        self._escape = Hold(clock, self._ask_for_gate)
        self._touch = Hold(clock, self._ask_for_gate)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.spoken)

    def key(self, key: Qt.Key, pressed: bool) -> None:
        """Hear a key go down or come up; one that repeats itself must be told once."""
        if key == Qt.Key.Key_Escape:
            if pressed:
                self._escape.press()
            else:
                self._escape.release()
        elif pressed:
            self.act(MEDIA.get(key, key))

    def act(self, key: Qt.Key) -> None:
        """Do what the key means here; nothing, unless the screen says so."""

    def wake(self) -> None:
        """Begin to listen to the services; called when the screen is shown."""

    def rest(self) -> None:
        """Listen no longer; called when it is hidden."""

    @property
    def wishes(self) -> Settings:
        """The family's settings now."""
        return self._settings.value

    def words(self) -> Words:
        """Return the colours for words, brighter where the parent asked for it."""
        return _BRIGHTER if self.wishes.brighter_words else _QUIET

    def px(self, share: float, least: float = 0.0) -> float:
        """Return a size of type: a share of the height, at least so many pixels, larger where the system's text is.

        Where the system's text is smaller it is not followed: the dark needs the size.
        """
        return max(least, self.height() * share) * max(1.0, text_scale())

    def showEvent(self, event: QShowEvent) -> None:
        """Come to life."""
        super().showEvent(event)
        self.wake()

    def hideEvent(self, event: QHideEvent) -> None:
        """Fall still, whatever was being held."""
        super().hideEvent(event)
        self._escape.release()
        self._touch.release()
        self.rest()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a touch."""
        self._touch.press()
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do what the zone means, unless the touch was a hold."""
        if self._touch.release():
            at = event.position()
            self.act(zone_at(at.x(), at.y(), self.width(), self.height()))
        event.accept()

    def _ask_for_gate(self) -> None:
        self.gate_asked.emit()

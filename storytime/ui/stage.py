"""The stage manager: keeps the window at the screen that the evening asks for, and takes up what a parent asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt

from storytime.core.evening.evening import Phase
from storytime.ui.curtain import Curtains
from storytime.ui.rooms import DAY_PAGES, TELLING, Wishes, reading_of, screen_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from storytime.core.evening.evening import Evening
    from storytime.core.house import House
    from storytime.core.signal import Signal
    from storytime.ui.day_room import DayRoom
    from storytime.ui.night_room import NightRoom
    from storytime.ui.trial_room import TrialRoom
    from storytime.ui.window import Window

MEDIA_KEYS = {
    Qt.Key.Key_MediaPlay: Qt.Key.Key_Space,
    Qt.Key.Key_MediaPause: Qt.Key.Key_Space,
    Qt.Key.Key_MediaTogglePlayPause: Qt.Key.Key_Space,
    Qt.Key.Key_MediaPrevious: Qt.Key.Key_Left,
    Qt.Key.Key_MediaNext: Qt.Key.Key_Right,
}
PRESSED = {"play": Qt.Key.Key_Space, "previous": Qt.Key.Key_Left, "next": Qt.Key.Key_Right}
"""The media keys as a desktop hands them on, where it takes them for itself."""
FADE_DAY, FADE_NIGHT, FADE_TO_BLACK = 240, 800, 4000
"""Milliseconds. Nothing at night is quicker than 800."""


class MediaKeys(Protocol):
    """A desktop that takes the media keys for itself and hands them on."""

    pressed: Signal[str]
    """One of `PRESSED`."""

    def show(self, status: str) -> None:
        """Say whether something plays: Playing, Paused, or Stopped."""


class StageManager:
    """Stands between one house and one window."""

    def __init__(
        self,
        window: Window,
        house: House,
        day: DayRoom,
        *,
        animate: bool = True,
        media_keys: Callable[[], MediaKeys | None] = lambda: None,
    ) -> None:
        self._window, self._house, self._day = window, house, day
        self._find_media_keys = media_keys
        self._media_keys: MediaKeys | None = None
        self._animate = animate
        self._night: NightRoom | None = None
        self._trial: TrialRoom | None = None
        self._curtains = Curtains(window)
        self._wishes = Wishes(_begins_by_day(house), day.page, greeted=not house.keeper.morning_waits)
        self._wire()
        window.obey(self)
        self._refresh()

    def _wire(self) -> None:
        house, day = self._house, self._day
        day.night_asked.connect(self.go_to_night)
        day.trial_asked.connect(self.try_evening)
        day.page_changed.connect(lambda page: self._wish(page=page))
        house.keeper.changed.connect(self._evening_changed)
        house.keeper.ticked.connect(self._refresh)
        for who in (house.reader, house.pages):
            who.changed.connect(lambda _reading: self._refresh())
        house.settings.changed.connect(lambda _settings: self._refresh())

    def sealed(self) -> bool:
        """Whether the house is locked."""
        return self._house.keeper.sealed

    def go_to_night(self) -> None:
        """Begin the evening now: the candle, whatever the hour."""
        self._house.keeper.begin_evening()
        self._wish(by_day=False, choosing=False)

    def key(self, key: Qt.Key, pressed: bool) -> None:
        """Give a key to the dark screen that is shown; by day the widgets have had theirs."""
        key = MEDIA_KEYS.get(key, key)
        if self._trial is not None:
            self._trial.key(key, pressed)
        elif self._night is not None and self._window.screen_name not in DAY_PAGES:
            self._night.key(key, pressed)

    def try_evening(self) -> None:
        """Play three minutes of an evening over the day room."""
        from storytime.ui.trial_room import TrialRoom

        if self._trial is None:
            self._trial = TrialRoom(self._house, self._window)
            self._trial.ended.connect(self._trial_ended)
            self._window.put(self._trial, "trial", full=False, fade=self._fade(FADE_NIGHT))
            self._window.setFocus()

    def _trial_ended(self) -> None:
        if self._trial is not None:
            trial, self._trial = self._trial, None
            self._window.put(self._day, self._day.page, full=False, fade=self._fade(FADE_DAY))
            trial.deleteLater()

    def _wish(self, **wishes: bool | str) -> None:
        self._wishes = replace(self._wishes, **wishes)  # type: ignore[arg-type]
        self._refresh()

    def _choose(self, choosing: bool) -> None:
        if choosing:
            self._house.reader.prepare(self._house.shelf.tray(), open_path=True)
        self._wish(choosing=choosing)

    def _leave_night(self) -> None:
        # A morning that was answered is not shown again, whatever the parent does next.
        self._wish(by_day=True, gate=False, choosing=False, greeted=True)
        # Whoever leaves the dark closes the book; its place is kept.
        self._house.pages.leave()

    def _evening_changed(self, was: Evening, now: Evening) -> None:
        if now.night != was.night:
            self._wishes = Wishes(page=self._day.page)
        if was.phase < now.phase or (was.opened and not now.opened):
            at_night = Phase.WIND_DOWN <= now.phase < Phase.MORNING
            greeted = now.phase is not Phase.MORNING or not self._house.keeper.morning_waits
            self._wishes = replace(
                self._wishes, by_day=self._wishes.by_day and not at_night, gate=False, choosing=False, greeted=greeted
            )
        self._refresh()

    def _refresh(self) -> None:
        reading = reading_of(self._house.reader, self._house.pages)
        name = screen_for(
            self._house.keeper.evening.phase,
            sealed=self.sealed(),
            state=reading.state,
            view=self._house.settings.value.telling_view,
            wishes=self._wishes,
        )
        if self._media_keys is not None:
            self._media_keys.show(self._status(reading.state, name))
        if name != self._window.screen_name and (self._trial is None or name not in DAY_PAGES):
            self._show(name)

    def _status(self, state: str, name: str) -> str:
        """Say to a desktop whether its media keys have something to do here."""
        if state in ("preparing", "telling", "goodnight"):
            return "Playing"
        return "Stopped" if name in DAY_PAGES else "Paused"

    def _press(self, which: str) -> None:
        self.key(PRESSED[which], True)
        self.key(PRESSED[which], False)

    def _show(self, name: str) -> None:
        if name == "candle":
            # One key from here may begin the story: its first line is ready then.
            self._house.reader.prepare(self._house.shelf.tray())
        was = self._window.screen_name
        if self._trial is not None:
            self._trial.leave()
        if name in DAY_PAGES:
            # Between pages the day room itself turns; only between rooms is there a passage.
            fade = 0 if not was or was in DAY_PAGES else self._fade(FADE_NIGHT)
            self._window.put(self._day, name, full=False, fade=fade)
        else:
            night = self._night or self._darken()
            fade = self._fade(FADE_TO_BLACK if name in TELLING.values() else FADE_NIGHT)
            # The seal is no passage: at lights-out all is dark.
            fade = 0 if name == "sealed" or not was else fade
            self._window.put(night, name, full=True, fade=fade, turn=lambda: night.show_screen(name))
        # The gate lights one screen, and asks; until it is answered the others stay dark.
        self._curtains.draw(self.sealed())

    def _fade(self, milliseconds: int) -> int:
        return milliseconds if self._animate and not self._house.settings.value.less_motion else 0

    def _darken(self) -> NightRoom:
        """Make the night room, which the day does without."""
        from storytime.ui.night_room import NightRoom

        self._night = night = NightRoom(self._house, self._window)
        night.gate_asked.connect(lambda: self._wish(gate=True))
        night.gate_left.connect(lambda: self._wish(gate=False))
        night.choosing_asked.connect(self._choose)
        night.day_asked.connect(self._leave_night)
        self._media_keys = self._find_media_keys()
        if self._media_keys is not None:
            self._media_keys.pressed.connect(self._press)
        return night


def _begins_by_day(house: House) -> bool:
    """Whether a start leads to the day room: also in a wind-down it was not left in, and in a dark that is open."""
    evening = house.keeper.evening
    if evening.phase is Phase.WIND_DOWN:
        return not house.keeper.goes_on
    return evening.phase in (Phase.DAY, Phase.MORNING) or evening.opened is not None or evening.unlocked

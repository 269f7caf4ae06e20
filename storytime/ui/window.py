"""The one window: it shows one screen, chosen from the evening, and gives keys to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from storytime.core.evening.evening import Phase
from storytime.core.signal import Signal
from storytime.ui import theme
from storytime.ui.curtain import Curtains
from storytime.ui.rooms import TELLING, Wishes, screen_for
from storytime.ui.veil import Veil

if TYPE_CHECKING:
    from collections.abc import Callable

    from storytime.core.evening.evening import Evening
    from storytime.core.house import House
    from storytime.ui.day_room import DayRoom
    from storytime.ui.night_room import NightRoom
    from storytime.ui.trial_room import TrialRoom

DAY_PAGES = ("shelf", "story", "plan", "first_run", "settings")
MEDIA_KEYS = {
    Qt.Key.Key_MediaPlay: Qt.Key.Key_Space,
    Qt.Key.Key_MediaPause: Qt.Key.Key_Space,
    Qt.Key.Key_MediaTogglePlayPause: Qt.Key.Key_Space,
    Qt.Key.Key_MediaPrevious: Qt.Key.Key_Left,
    Qt.Key.Key_MediaNext: Qt.Key.Key_Right,
}
FADE_DAY, FADE_NIGHT, FADE_TO_BLACK = 240, 800, 4000
"""Milliseconds. Nothing at night is quicker than 800."""


class Window(QWidget):
    """Shows the ground until the house is furnished, and then always the screen that the evening asks for."""

    def __init__(self, *, dark: bool = False) -> None:
        super().__init__()
        self.painted: Signal[()] = Signal()
        self.shown: Signal[str] = Signal()
        """The name of the screen that is now in front."""
        self._dark = dark
        self._house: House | None = None
        self._screen = ""
        self._stack = QStackedLayout(self)
        self._veil = Veil(self)
        self._trial: TrialRoom | None = None
        self._curtains = Curtains(self)
        self.setWindowTitle("Storytime")
        self.setMinimumSize(800, 560)
        self.resize(1280, 800)

    def open(self) -> None:
        """Appear: full and black where the house was left sealed, else as a window."""
        if self._dark:
            self.setCursor(Qt.CursorShape.BlankCursor)
            self.showFullScreen()
        else:
            self.show()

    def come_forward(self) -> None:
        """Be raised by a second start; a sealed house is in front already."""
        if self.isMinimized():
            self.showNormal()
        self.raise_()
        self.activateWindow()

    def show_trouble(self, words: str, again: Callable[[], object]) -> None:
        """Say, by day, why the house cannot be furnished, with one button to try again."""
        from storytime.ui.trouble_page import TroublePage

        page = TroublePage(words, self)
        page.again.connect(page.deleteLater)
        page.again.connect(again)
        self._light_up()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)

    def _light_up(self) -> None:
        self._dark = False
        self.unsetCursor()
        if self.isFullScreen():
            self.showNormal()

    @property
    def screen_name(self) -> str:
        """The screen in front: shelf, story, plan, first_run, candle, choosing, telling, … or "" before the house."""
        return self._screen

    def furnish(self, house: House, day: DayRoom, night: NightRoom, *, animate: bool = True) -> None:
        """Move in: from now on the evening chooses the screen."""
        self._house, self._day, self._night = house, day, night
        self._animate = animate
        self.unsetCursor()
        self._wishes = Wishes(greeted=house.keeper.evening.phase is not Phase.MORNING)
        self._stack.addWidget(day)
        self._stack.addWidget(night)
        night.gate_asked.connect(lambda: self.wish(gate=True))
        night.gate_left.connect(lambda: self.wish(gate=False))
        night.choosing_asked.connect(self._choose)
        night.day_asked.connect(lambda: self.wish(by_day=True, gate=False, greeted=True))
        day.night_asked.connect(self.go_to_night)
        day.trial_asked.connect(self.try_evening)
        day.page_changed.connect(lambda page: self.wish(page=page))
        house.keeper.changed.connect(self._evening_changed)
        house.keeper.ticked.connect(self._refresh)
        house.reader.changed.connect(lambda _reading: self._refresh())
        house.settings.changed.connect(lambda _settings: self._refresh())
        by_day = house.keeper.evening.phase in (Phase.DAY, Phase.WIND_DOWN, Phase.MORNING)
        self.wish(by_day=by_day, page=day.page)

    def wish(self, **wishes: bool | str) -> None:
        """Take up what the parent asked to see."""
        self._wishes = Wishes(**{**{name: getattr(self._wishes, name) for name in Wishes.__slots__}, **wishes})
        self._refresh()

    def go_to_night(self) -> None:
        """Begin the evening now: the candle, whatever the hour."""
        if self._house is not None:
            self._house.keeper.begin_evening()
            self.wish(by_day=False, choosing=False)

    def try_evening(self) -> None:
        """Play three minutes of an evening over the day room."""
        if self._house is None or self._trial is not None:
            return
        from storytime.ui.trial_room import TrialRoom

        self._trial = TrialRoom(self._house, self)
        self._trial.ended.connect(self._trial_ended)
        self._stack.addWidget(self._trial)
        self._stack.setCurrentWidget(self._trial)
        self.setFocus()

    def _trial_ended(self) -> None:
        if self._trial is not None:
            self._trial.deleteLater()
            self._trial = None
            self._stack.setCurrentWidget(self._day)

    def _choose(self, choosing: bool) -> None:
        if choosing and self._house is not None:
            self._house.reader.prepare(self._house.shelf.tray(), open_path=True)
        self.wish(choosing=choosing)

    def _evening_changed(self, was: Evening, now: Evening) -> None:
        if now.phase is Phase.DAY and was.phase is not Phase.DAY:
            self._wishes = Wishes(page=self._wishes.page)
        elif was.phase < now.phase:
            at_night = Phase.WIND_DOWN <= now.phase < Phase.MORNING
            self.wish(by_day=self._wishes.by_day and not at_night, choosing=False, greeted=now.phase < Phase.MORNING)
        self._refresh()

    def _refresh(self) -> None:
        if self._house is None:
            return
        keeper, reader = self._house.keeper, self._house.reader
        name = screen_for(
            keeper.evening.phase,
            sealed=keeper.sealed,
            state=reader.reading.state,
            view=self._house.settings.value.telling_view,
            wishes=self._wishes,
        )
        if name != self._screen:
            self._show(name)

    def _show(self, name: str) -> None:
        if self._trial is not None:
            self._trial.leave()
        was, self._screen = self._screen, name
        by_day = name in DAY_PAGES
        picture = self.grab() if self._animate and was and name != "sealed" and self.isVisible() else None
        if by_day:
            self._stack.setCurrentWidget(self._day)
        else:
            self._stack.setCurrentWidget(self._night)
            self._night.show_screen(name)
        self._fill_the_screen(not by_day)
        self._curtains.draw(name == "sealed")
        self._veil.lift()
        if picture is not None and not self._house_is_still():
            both_by_day = by_day and was in DAY_PAGES
            black = name in TELLING.values()
            self._veil.drop(picture, FADE_DAY if both_by_day else FADE_TO_BLACK if black else FADE_NIGHT)
        self.shown.emit(name)

    def _house_is_still(self) -> bool:
        return self._house is not None and self._house.settings.value.less_motion

    def _fill_the_screen(self, full: bool) -> None:
        if full and not self.isFullScreen():
            self.showFullScreen()
            self.raise_()
            self.activateWindow()
        elif not full and self.isFullScreen():
            self.showNormal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give the key to the dark screen; by day the widgets have had theirs."""
        self._key(event, True)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Give the release to the dark screen."""
        self._key(event, False)

    def _key(self, event: QKeyEvent, pressed: bool) -> None:
        if not event.isAutoRepeat() and self._house is not None:
            key = Qt.Key(event.key())
            key = MEDIA_KEYS.get(key, key)
            if self._trial is not None:
                self._trial.key(key, pressed)
            elif self._screen not in DAY_PAGES:
                self._night.key(key, pressed)
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Come back to the full screen if a sealed window was made small."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange and self._sealed() and not self.isFullScreen():
            self.showFullScreen()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close by day; a sealed house stays."""
        if self._sealed():
            event.ignore()
            return
        event.accept()
        QApplication.exit(0)

    def _sealed(self) -> bool:
        return self._house is not None and self._house.keeper.sealed

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let go of a picture that would be stretched."""
        super().resizeEvent(event)
        self._veil.lift()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, and say once that something is to be seen."""
        QPainter(self).fillRect(event.rect(), QColor(theme.Night.BLACK if self._dark else theme.Day.PAPER))
        if self._house is None:
            self.painted.emit()

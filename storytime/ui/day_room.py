"""The day room: the bar with its rooms, and one page of paper beneath it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from storytime.ui import words
from storytime.ui.day_notes import DayNotes
from storytime.ui.parts.cover import CoverKeeper
from storytime.ui.parts.family import Family
from storytime.ui.parts.top_bar import TopBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from storytime.core.house import House
    from storytime.ui.studio_pages import StudioPages

STUDIO_PAGES = ("studio", "tellers", "takes_attic", "found")


class DayRoom(QWidget):
    """Holds the pages of the day, and says which is open."""

    night_asked = Signal()
    trial_asked = Signal()
    page_changed = Signal(str)

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._covers = CoverKeeper(house.paths, house.shelf, house.devices.background)
        self._family = Family(house.tellers, house.takes, house.settings)
        self.bar = TopBar(self)
        self._stack = QStackedLayout()
        self._pages: dict[str, QWidget] = {}
        self._studio_pages: StudioPages | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        self._notes = DayNotes(house.keeper, self)
        column.addWidget(self._notes)
        column.addLayout(self._stack, 1)
        self.bar.room_chosen.connect(self.open_page)
        self.bar.settings_wanted.connect(lambda: self.open_page("settings"))
        house.keeper.ticked.connect(self._say_tonight)
        self._say_tonight()
        self.page = ""
        asked = house.settings.value.first_run_done or house.keeper.plan.asked
        self.open_page("shelf" if asked else "first_run")

    def open_page(self, page: str) -> None:
        """Open a page by its name; each is made when it is first opened."""
        if page not in self._pages:
            self._pages[page] = self._make(page)
            self._stack.addWidget(self._pages[page])
        self._stack.setCurrentWidget(self._pages[page])
        self.bar.show_room(page)
        if page != self.page:
            self.page = page
            self.page_changed.emit(page)

    def open_story(self, story: int) -> None:
        """Open a story's page."""
        self.open_page("story")
        self._stories.open_story(story)

    def open_speakers(self, story: int) -> None:
        """Open the page of who speaks in a story."""
        self.open_page("speakers")
        self._speakers.open_story(self._house.shelf.card(story))

    def _make(self, page: str) -> QWidget:
        # Each page is imported when it is first opened: together they would double the wait for the shelf.
        makers: dict[str, Callable[[], QWidget]] = {
            "shelf": self._make_shelf,
            "story": self._make_story,
            "plan": self._make_plan,
            "settings": self._make_settings,
            "voices": self._make_voices,
            "speakers": self._make_speakers,
            "first_run": self._make_first_run,
        }
        if page in STUDIO_PAGES:
            return self._studio_rooms().make(page)
        return makers[page]()

    def _studio_rooms(self) -> StudioPages:
        if self._studio_pages is None:
            from storytime.ui.studio_pages import StudioPages

            self._studio_pages = StudioPages(self._house, self)
        return self._studio_pages

    def record(self, story: int, line: int) -> None:
        """Open the studio for a line of a story."""
        self.open_page("studio")
        self._house.studio.open(story, line)

    def _make_shelf(self) -> QWidget:
        from storytime.ui.shelf.shelf_screen import ShelfScreen

        house = self._house
        self._shelf = shelf = ShelfScreen(
            house.shelf, house.keeper, house.settings, self._covers, self._family, house.devices.background, self,
            preparer=house.preparer,
        )
        shelf.story_opened.connect(self.open_story)
        shelf.tonight_begun.connect(lambda: self._notes.unless_early(self.night_asked.emit))
        return shelf

    def _make_story(self) -> QWidget:
        from storytime.core.reading.following import Following
        from storytime.ui.shelf.story_screen import StoryScreen

        house = self._house
        self._stories = story = StoryScreen(
            house.shelf, house.reader, house.settings, house.gate, self._covers, self._family, self,
            following=Following(house.reader, house.settings, house.devices.clock), books=house.books,
        )
        story.left.connect(lambda: self.open_page("shelf"))
        story.put_away.connect(self._put_away)
        story.record_asked.connect(self.record)
        story.speakers_asked.connect(self.open_speakers)
        return story

    def _make_plan(self) -> QWidget:
        from storytime.ui.evening.plan_screen import PlanScreen

        house = self._house
        plan = PlanScreen(house.keeper, house.gate, house.settings, house.shelf, self._covers, self)
        plan.trial_wanted.connect(self.trial_asked)
        return plan

    def _make_settings(self) -> QWidget:
        from storytime.ui.evening.settings_screen import SettingsScreen

        house = self._house
        settings = SettingsScreen(house.settings, house.devices.voice, house.shelf, house.tellers, self)
        settings.left.connect(lambda: self.open_page("shelf"))
        settings.voices_wanted.connect(lambda: self.open_page("voices"))
        return settings

    def _make_voices(self) -> QWidget:
        from storytime.core.reading.newcomer import Newcomer
        from storytime.core.reading.voice_files import VoiceFiles
        from storytime.core.studio.player import Player
        from storytime.ui.reading.voices_screen import VoicesScreen

        house, devices = self._house, self._house.devices
        files = VoiceFiles(house.paths)
        voices = VoicesScreen(
            house.settings, devices.voice, house.shelf, house.reader, Player(devices.voice, devices.speaker), files,
            Newcomer(files, devices.voice, devices.background), self,
        )
        voices.left.connect(lambda: self.open_page("settings"))
        return voices

    def _make_speakers(self) -> QWidget:
        from storytime.core.reading.cast_desk import CastDesk
        from storytime.core.studio.player import Player
        from storytime.ui.reading.speakers_screen import SpeakersScreen

        house, devices = self._house, self._house.devices
        desk = CastDesk(house.settings, devices.voice, house.casting)
        self._speakers = page = SpeakersScreen(desk, house.reader, Player(devices.voice, devices.speaker), self)
        page.left.connect(self.open_story)
        return page

    def _make_first_run(self) -> QWidget:
        from storytime.ui.shelf.first_run import FirstRunCard

        first = FirstRunCard(self._house.keeper, self._house.settings, self)
        first.answered.connect(self._show_the_shelf)
        first.trial_wanted.connect(self.trial_asked)
        return first

    def _show_the_shelf(self) -> None:
        """Follow the first answer: at the books, lest a second Enter begin the night."""
        self.open_page("shelf")
        self._shelf.view.setFocus()

    def _put_away(self, story: int, title: str) -> None:
        self.open_page("shelf")
        self._shelf.put_away(story, title)

    def showEvent(self, event: QShowEvent) -> None:
        """Say what was recorded and not kept, so that nobody has to look for it."""
        super().showEvent(event)
        # What reads journals is imported only where there are some.
        if not event.spontaneous() and any(self._house.paths.journals.glob("*.journal")):
            from storytime.ui.studio.found_screen import note_of

            self._studio_rooms().tell_left(
                lambda left: self._notes.offer(*note_of(left), "Look at it", lambda: self.open_page("found"))
            )

    def _say_tonight(self) -> None:
        keeper = self._house.keeper
        self.bar.show_status(words.status(keeper.tonight(), keeper.now()))

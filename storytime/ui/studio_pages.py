"""The pages of the studio, furnished with the house's services, and the ways between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storytime.core.errors import StorytimeError
from storytime.core.studio.attic import empty, is_part, lay_again
from storytime.core.studio.deletion import backups_of, clean_all, delete_here
from storytime.core.studio.orphans import Orphans
from storytime.core.studio.recovery import left_in
from storytime.core.studio.shelves import Shelves
from storytime.ui.studio.attic_screen import TakesAtticScreen
from storytime.ui.studio.found_screen import FoundScreen
from storytime.ui.studio.listening import Listening
from storytime.ui.studio.studio_screen import StudioScreen
from storytime.ui.studio.tellers_screen import TellersScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from storytime.core.house import House
    from storytime.core.shelf.takes import Take
    from storytime.core.shelf.tellers import Teller
    from storytime.core.studio.deletion import Cleaned, Deleted
    from storytime.core.studio.recovery import Left
    from storytime.ui.day_room import DayRoom


class StudioPages:
    """Makes each page when it is first opened."""

    def __init__(self, house: House, room: DayRoom) -> None:
        self._house, self._room = house, room
        self._shelves = Shelves(house.library, house.shelf, house.takes, house.tellers)
        self._tell: Callable[[list[Left]], object] = lambda _left: None
        self._orphans = Orphans(house.devices.clock, house.paths.journals)
        self._orphans.ended.connect(self._look)
        self._listening = Listening(lambda: house.studio)

    def make(self, page: str) -> QWidget:
        """Return the page of a name: studio, tellers, takes_attic or found."""
        makers: dict[str, Callable[[], QWidget]] = {
            "studio": self._make_studio,
            "tellers": self._make_tellers,
            "takes_attic": self._make_attic,
            "found": self._make_found,
        }
        return makers[page]()

    def tell_left(self, tell: Callable[[list[Left]], object]) -> None:
        """Tell of recordings that were neither kept nor put away, and again when one ends whose window died."""
        self._tell = tell
        self._look()
        self._orphans.ask()

    def _look(self) -> None:
        if left := left_in(self._shelves):
            self._tell(left)

    def _make_studio(self) -> StudioScreen:
        house, room = self._house, self._room
        screen = StudioScreen(house.studio, house.tellers, house.devices.microphone, house.settings, room)
        for wanted, page in (
            (screen.left, "shelf"), (screen.shelf_wanted, "shelf"), (screen.tellers_wanted, "tellers"),
            (screen.attic_wanted, "takes_attic"),
        ):
            wanted.connect(lambda page=page: room.open_page(page))
        screen.story_wanted.connect(room.open_story)
        return screen

    def _make_tellers(self) -> TellersScreen:
        house = self._house
        screen = TellersScreen(house.tellers, house.takes, house.gate, self._forget, self._room)
        screen.left.connect(self._back)
        screen.chosen.connect(self._choose)
        return screen

    def _make_attic(self) -> TakesAtticScreen:
        house, room = self._house, self._room
        screen = TakesAtticScreen(
            house.takes, house.tellers, house.gate, self._listening, self._empty, self._bring_back, room
        )
        screen.left.connect(self._back)
        return screen

    def _make_found(self) -> FoundScreen:
        screen = FoundScreen(self._shelves, self._listening, self._house.studio.filing.settle, self._room)
        screen.left.connect(self._back)
        screen.wanted.connect(self._look_at)
        return screen

    def _empty(self) -> int:
        return empty(self._shelves).takes

    def _bring_back(self, take: Take, failed: Callable[[Exception], object]) -> None:
        if is_part(take):
            background = self._house.devices.background
            lay_again(take, None, self._shelves, background, done=lambda: None, failed=failed)
            return
        try:
            self._shelves.takes.bring_back(take.id)
        except StorytimeError as error:
            failed(error)

    def _back(self) -> None:
        self._room.open_page("studio")

    def _choose(self, teller: int) -> None:
        self._house.studio.choose_teller(teller)
        self._back()

    def _forget(self, teller: Teller, done: Callable[[Deleted], object], failed: Callable[[Exception], object]) -> None:
        """Delete a voice everywhere: out of the backups beside the main thread, for they may be large, then here.

        Whoever sits in the studio gets up first, for what they recorded goes too.
        """
        house = self._house

        def get_up() -> None:
            self._listening.hush()
            house.studio.leave()

        def here(backups: tuple[Cleaned, ...]) -> None:
            get_up()
            try:
                done(delete_here(teller, self._shelves, house.settings, backups))
            except StorytimeError as error:
                failed(error)

        get_up()
        there = tuple(backups_of(self._shelves))
        house.devices.background.run(clean_all, there, teller, done=here, failed=failed)

    def _look_at(self, left: Left) -> None:
        """Lay what was left behind on the desk, where its cuts can be moved, or its title be given."""
        studio, label = self._house.studio, left.label
        self._back()
        if label.mode == "tale" or label.story is None:
            studio.open_tale()
        else:
            studio.open(label.story, label.line)
        studio.choose_teller(label.teller)
        studio.take_up(left.parts[-1].path)

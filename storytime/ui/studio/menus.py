"""The studio's two menus: who reads, and what is seldom done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from storytime.ui.parts.menu import write_menu
from storytime.ui.studio import said
from storytime.ui.studio.name_sheet import NameSheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from storytime.core.shelf.tellers import Tellers
    from storytime.core.studio.studio import Studio
    from storytime.ui.studio.studio_screen import StudioScreen

    Entries = list[tuple[str, Callable[[], object]] | None]

MOST_WAITING = 6


class StudioMenus:
    """Writes each menu anew when it is opened."""

    def __init__(self, studio: Studio, tellers: Tellers, screen: StudioScreen) -> None:
        self._studio, self._tellers, self._screen = studio, tellers, screen
        screen.head.teller.menu.aboutToShow.connect(self._list_tellers)
        screen.head.menu.aboutToShow.connect(self._list_more)

    def _list_tellers(self) -> None:
        people: Entries = [
            (f"{teller.name} reads", partial(self._screen.choose_teller, teller.id)) for teller in self._tellers.all()
        ]
        if people:
            people.append(None)
        people.append(("Somebody else …", self._screen.tellers_wanted.emit))
        write_menu(self._screen.head.teller.menu, people)

    def _list_more(self) -> None:
        screen = self._screen
        write_menu(screen.head.menu, [
            *self._that_wait(),
            ("Listen to the room again", screen.listen_again),
            ("Bring a recording …", screen.bringing.choose_file),
            ("Record a name …", self.ask_name),
            ("Put this line’s recording away", self._studio.remove),
            None,
            ("Takes in the attic", screen.attic_wanted.emit),
            ("Who reads here", screen.tellers_wanted.emit),
        ])

    def _that_wait(self) -> Entries:
        """Return the recordings that were neither kept nor put away, but the one at hand."""
        session = self._studio.session
        hand = session.at_hand.path if session.at_hand else None
        others = [one for one in session.waiting if one.path != hand and one not in session.parts]
        entries: Entries = [
            (said.waits(one), partial(self._studio.take_up, one.path)) for one in others[-MOST_WAITING:]
        ]
        return [*entries, None] if entries else []

    def ask_name(self) -> NameSheet:
        """Ask which name is to be recorded."""
        sheet = NameSheet(self._screen)
        sheet.named.connect(self._studio.choose_name)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()
        return sheet

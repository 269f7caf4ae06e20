"""The studio: a teller reads, is heard, and nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from storytime.core.errors import StorytimeError
from storytime.ui.parts.focus import FocusRing
from storytime.ui.parts.note import NoteStrip
from storytime.ui.parts.paper import Paper
from storytime.ui.parts.scroll import PageScroll
from storytime.ui.parts.spoken import announce
from storytime.ui.studio import said
from storytime.ui.studio.bringing import Bringing
from storytime.ui.studio.desk import Desk
from storytime.ui.studio.empty_studio import EmptyStudio
from storytime.ui.studio.head import StudioHead
from storytime.ui.studio.keys import StudioKeys
from storytime.ui.studio.menus import StudioMenus
from storytime.ui.studio.proof_page import ProofPage
from storytime.ui.studio.tale_page import TalePage
from storytime.ui.studio.who_page import WhoPage
from storytime.ui.theme import Space
from storytime.ui.words import trouble

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QHideEvent, QKeyEvent, QPaintEvent, QResizeEvent

    from storytime.core.ports import Level, Microphone
    from storytime.core.settings import SettingsStore
    from storytime.core.shelf.tellers import Tellers
    from storytime.core.studio.session import Session
    from storytime.core.studio.studio import Studio

def page_for(session: Session, *, begun: bool) -> str:
    """Return which page a session asks for; `begun` once the teller has gone on from the proof."""
    if not session.open:
        return "empty"
    if session.teller is None:
        return "who"
    if session.state == "listening" or (not begun and session.state == "resting"):
        return "proof"
    return "tale" if session.mode == "tale" else "desk"


class Sound:
    """Draws what the microphone hears, on whichever page is shown."""

    def __init__(self, proof: ProofPage, desk: Desk, tale: TalePage) -> None:
        self._meters = {"proof": proof.meter, "desk": desk.meter, "tale": tale.meter}
        self._waves = (desk.card.wave, tale.card.wave)

    def hear(self, page: str, level: Level) -> None:
        """Show a level."""
        if page in self._meters:
            self._meters[page].hear(level)

    def draw(self, peaks: list[float]) -> None:
        """Draw the wave on."""
        for wave in self._waves:
            wave.add(peaks)

    def begin(self) -> None:
        """Begin the wave anew."""
        for wave in self._waves:
            wave.begin()


class StudioScreen(QWidget):
    """Shows the sitting. Emits `left`, `shelf_wanted`, `tellers_wanted`, `attic_wanted`, `story_wanted`."""

    name = "studio"
    left = Signal()
    shelf_wanted = Signal()
    tellers_wanted = Signal()
    attic_wanted = Signal()
    story_wanted = Signal(int)

    def __init__(
        self, studio: Studio, tellers: Tellers, microphone: Microphone, settings: SettingsStore,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._studio = studio
        self.setAccessibleName("Studio")
        self._begun = studio.session.proof is not None
        self._said: StorytimeError | None = None
        self._was = studio.session
        self._tale = 0
        """The tale that was told last, as a story."""
        self.note = NoteStrip(self)
        self.head = StudioHead(self)
        self.empty = EmptyStudio()
        self.who = WhoPage(tellers)
        self.proof = ProofPage(studio, microphone, settings)
        self.desk = Desk(studio)
        self.tale = TalePage(studio)
        self._sound = Sound(self.proof, self.desk, self.tale)
        self.pages: dict[str, QWidget] = {
            "empty": self.empty, "who": self.who, "proof": self.proof, "desk": self.desk, "tale": self.tale,
        }
        self._stack = QStackedLayout()
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(self.note)
        self._column.addWidget(self.head)
        self._column.addLayout(self._stack, 1)
        # In a low window with large text a page scrolls; nothing on it is ever squeezed out of sight.
        self._scrolls = {name: PageScroll(page, self) for name, page in self.pages.items()}
        for scroll in self._scrolls.values():
            self._stack.addWidget(scroll)
        self.page = ""
        self.bringing = Bringing(self, lambda: studio.session.state in ("resting", "recorded"))
        self.menus = StudioMenus(studio, tellers, self)
        self._keys = StudioKeys(self, self._act)
        self._wire()
        FocusRing(self)
        self.show_session(studio.session)

    def _wire(self) -> None:
        studio = self._studio
        studio.changed.connect(self.show_session)
        studio.heard.connect(lambda level: self._sound.hear(self.page if self.isVisible() else "", level))
        studio.wave.connect(self._sound.draw)
        studio.wave_begun.connect(self._sound.begin)
        studio.told.connect(self._told)
        self.note.pressed.connect(self._note_pressed)
        self.head.back.clicked.connect(self._leave)
        self.head.mode_chosen.connect(self._choose_mode)
        self.empty.choose.clicked.connect(self.shelf_wanted)
        self.empty.tale.clicked.connect(studio.open_tale)
        self.empty.bring.clicked.connect(self.bringing.choose_file)
        self.bringing.brought.connect(self.bring)
        self.empty.who.clicked.connect(self.tellers_wanted)
        self.empty.attic.clicked.connect(self.attic_wanted)
        self.who.chosen.connect(self.choose_teller)
        self.proof.begun.connect(self._begin)
        self.desk.attic_wanted.connect(self.attic_wanted)

    # What is shown

    def show_session(self, session: Session) -> None:
        """Draw the sitting as it is now."""
        was, self._was = self._was, session
        held = self.focusWidget()
        if session.proof is None and was.proof is not None:
            self._begun = False
        if session.at_hand is None and was.at_hand is not None:
            self._sound.begin()
        page = page_for(session, begun=self._begun)
        self.head.setVisible(page != "empty")
        still = session.state in ("resting", "playing", "recorded", "cutting")
        title = f"The name “{session.name}”" if session.mode == "name" else session.title or "A tale"
        self.head.show_reading(title, session.mode, session.teller, still=still)
        if page == "proof":
            self.proof.show_session(session)
        elif page == "desk":
            self.desk.show_session(session)
        elif page == "tale":
            self.tale.show_session(session)
        self._turn_to(page)
        self._hold_focus(held)
        self._tell_trouble(session)
        self._speak(was, session)

    def _speak(self, was: Session, now: Session) -> None:
        """Tell those who listen instead of looking; never into a recording, nor over what is played."""
        if now.state != was.state:
            self.setAccessibleDescription(said.state_of(now))
        if now.state in ("recorded", "cutting") and now.state != was.state:
            _, what, remedy = said.sentence(now)
            announce(self, f"{said.state_of(now)}. {what} {remedy}".strip())
        elif now.state == "resting" and (now.line, now.story) != (was.line, was.story) and now.lines:
            announce(self, f"{said.place(now)}. {now.lines[now.line]}")

    def _turn_to(self, page: str) -> None:
        if page != self.page:
            self.page = page
            self._stack.setCurrentWidget(self._scrolls[page])
            self._keys.listen(page in ("proof", "desk", "tale"))
            self._take_focus()

    def _hold_focus(self, held: QWidget | None) -> None:
        """Keep the keyboard in the studio where what held it can be pressed no more."""
        mine = self.isVisible() and held is not None and self.isAncestorOf(held)
        if mine and held is not None and not (held.isEnabled() and held.isVisible()):
            self._take_focus()

    def _act(self, wish: str) -> None:
        page = self.pages[self.page]
        if isinstance(page, ProofPage | Desk | TalePage):
            page.act(wish)

    def _take_focus(self) -> None:
        """Give the keyboard to the words, so that the studio's keys are heard at once."""
        if self.page == "desk":
            self.desk.prompter.setFocus()
        elif self.page == "tale":
            self.tale.time.setFocus()
        elif self.page == "proof":
            self.proof.listen.setFocus()

    def _tell_trouble(self, session: Session) -> None:
        if session.trouble is not None and session.trouble is not self._said:
            self.note.tell(trouble(session.trouble))
        self._said = session.trouble

    # What a teller does here

    def _begin(self) -> None:
        self._begun = True
        self.show_session(self._studio.session)
        self._take_focus()

    def choose_teller(self, teller: int) -> None:
        """Let somebody else read."""
        self._studio.choose_teller(teller)
        self._take_focus()

    def _choose_mode(self, mode: str) -> None:
        self._studio.choose_mode(mode)  # type: ignore[arg-type]
        self._take_focus()

    def listen_again(self) -> None:
        """Show the proof once more, for another microphone or another room."""
        self._begun = False
        self.show_session(self._studio.session)

    def bring(self, path: Path) -> None:
        """Lay a recording on the text that is open, or bring it as a tale."""
        self.note.hide()
        if not self._studio.session.open:
            self._studio.open_tale()
        self._begun = True
        try:
            self._studio.bring(path)
        except StorytimeError as error:
            self.note.tell(trouble(error))

    def _leave(self) -> None:
        session = self._studio.session
        if session.state in ("recording", "leading", "measuring"):
            return
        if session.mode == "name" and session.story is not None:
            self._studio.choose_name("")
            return
        self._studio.leave()
        self.left.emit()

    def _told(self, story: int) -> None:
        """Say that a tale stands on the shelf."""
        self._tale = story
        self.note.say("The tale is on the shelf.", "It can be laid out like any other story.", "Open it")

    def _note_pressed(self) -> None:
        self.note.hide()
        self.story_wanted.emit(self._tale)

    # The window

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Escape, where nothing is recorded or waits."""
        if event.key() == Qt.Key.Key_Escape and self._studio.session.state in ("resting", "playing", "listening"):
            self._leave()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: object) -> None:
        """Be true when shown, and hear the keys."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._studio.look_again()
        self.show_session(self._studio.session)
        self._take_focus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop where another page is opened; a window that is only made small goes on recording."""
        super().hideEvent(event)
        if event.spontaneous():
            return
        if self._studio.session.state == "recording":
            self._studio.toggle()
        elif self._studio.session.state in ("leading", "playing"):
            self._studio.hush()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Come closer together in a small window."""
        super().resizeEvent(event)
        low = self.window().height() < 700
        side = 48 if self.width() > 900 else 28
        self._column.setContentsMargins(side, 10 if low else 22, side, 8 if low else Space.M)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the paper."""
        Paper.paintEvent(self, event)  # type: ignore[arg-type]

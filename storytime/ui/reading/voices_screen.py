"""The page of voices: who reads each language, every voice to be heard and tuned, and how names are said."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from storytime.core.reading.children import Children
from storytime.core.reading.piper_voice import CARD, ENGINE, NOTES
from storytime.core.reading.saying_list import SayingList
from storytime.core.reading.voice_desk import VoiceDesk
from storytime.ui.parts.buttons import InkButton
from storytime.ui.parts.focus import FocusRing
from storytime.ui.parts.labels import Label
from storytime.ui.parts.note import NoteStrip
from storytime.ui.parts.paper import Paper
from storytime.ui.parts.scroll import PageScroll
from storytime.ui.reading.advice_card import AdviceCard
from storytime.ui.reading.children_card import ChildrenCard
from storytime.ui.reading.sayings_card import SayingsCard
from storytime.ui.reading.story_voices_card import StoryVoicesCard
from storytime.ui.reading.voices_card import VoicesCard
from storytime.ui.theme import Space
from storytime.ui.words import Trouble, language, trouble

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPaintEvent

    from storytime.core.ports import Utterance, Voice
    from storytime.core.reading.newcomer import Newcomer
    from storytime.core.reading.piper_voice import PiperVoice
    from storytime.core.reading.reader import Reader
    from storytime.core.reading.voice_files import VoiceFiles
    from storytime.core.settings import SettingsStore
    from storytime.core.shelf.shelf import Shelf
    from storytime.core.studio.player import Player

KINDS = "Piper voices (*.onnx *.zip)"
TOLD = Trouble("A story is being told.", "Hold it, or wait until it has ended, and try again.")
ADD = "Add a voice"


class VoicesScreen(QWidget):
    """Every change is kept at once. Emits `left`."""

    name = "voices"
    left = Signal()

    def __init__(
        self, settings: SettingsStore, voice: Voice, shelf: Shelf, reader: Reader, player: Player, files: VoiceFiles,
        newcomer: Newcomer, parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._voice, self._shelf, self._reader, self._player = voice, shelf, reader, player
        self._files, self._newcomer = files, newcomer
        self.desk, self.sayings_list = VoiceDesk(settings, voice, shelf), SayingList(settings)
        self.children_desk = Children(settings)
        self._settings = settings
        self._undo: tuple[str, ...] = ()
        self._removed_child: tuple[str, dict[str, str]] = ("", {})
        self._cards = shelf.cards()
        self.setAccessibleName("Voices")
        self.setAcceptDrops(True)
        self._build()
        self._wire()
        FocusRing(self)

    def _build(self) -> None:
        self.note = NoteStrip()
        self.add, self.done = InkButton(ADD, "plain", "plus", height=46), InkButton("Done", "primary")
        self.advice = AdviceCard()
        self.voices = VoicesCard(self.desk, self._files)
        self.stories, self.sayings = StoryVoicesCard(self.desk), SayingsCard(self.sayings_list)
        self.children_card = ChildrenCard(self.children_desk)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(48, 28, 48, Space.L)
        column.setSpacing(Space.M)
        head = QHBoxLayout()
        head.setSpacing(Space.M)
        head.addWidget(Label("Voices", 34, 520, face="serif", optical=48), 1)
        head.addWidget(self.add)
        head.addWidget(self.done)
        column.addLayout(head)
        column.addWidget(self.note)
        column.addWidget(self.voices)
        column.addWidget(self.advice)
        pair = QHBoxLayout()
        pair.setSpacing(20)
        whose = QVBoxLayout()
        whose.setSpacing(Space.M)
        whose.addWidget(self.stories)
        whose.addWidget(self.children_card)
        pair.addWidget(self.sayings, 3)
        pair.addLayout(whose, 2)
        column.addLayout(pair)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(PageScroll(page, self))

    def _wire(self) -> None:
        self.done.clicked.connect(self.left)
        self.add.clicked.connect(self.choose_file)
        self.voices.play_wanted.connect(self._play)
        self.voices.remove_wanted.connect(self._remove)
        self.note.pressed.connect(self._note_pressed)
        self.stories.play_wanted.connect(self._play)
        self.sayings.play_wanted.connect(self._say_word)
        self.sayings.removed.connect(self._saying_removed)
        self.children_card.removed.connect(self._child_removed)
        self.voices.tongue.activated.connect(lambda _at: self._show_children())
        self._newcomer.added.connect(self._added)
        self._newcomer.refused.connect(self._refused)
        self._reader.changed.connect(self._give_way)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.refresh)
        self._settings.changed.connect(lambda _settings: self.isVisible() and self._later.start())

    # What is shown

    def refresh(self) -> None:
        """Show what is chosen, with the voices of the language that is open."""
        self.voices.refresh()
        self.advice.refresh(self.desk.findings(language))
        self.stories.refresh(self._cards, self.desk.names())
        self._show_children()
        self.sayings.show_stories([(str(card.id), card.title) for card in self._cards])
        self.sayings.refresh()

    def _show_children(self) -> None:
        tag = self.voices.language
        self.children_card.refresh(tag, language(tag), self.desk.of(tag))

    # What is heard

    def _play(self, voice: str, tag: str) -> None:
        self._hear(self.desk.sample(voice, tag))

    def _hear(self, utterance: Utterance | None) -> None:
        if self._reader.reading.state != "idle":
            self.note.tell(TOLD)
        elif utterance is not None:
            self._player.say((utterance,))

    def _say_word(self, word: str, saying: str, story: str) -> None:
        card = next((one for one in self._cards if str(one.id) == story), None)
        tag = card.language.lower().partition("-")[0] if card else self.voices.language
        reads = self.desk.reader_of(tag, story)
        if reads is not None:
            self._hear(self.desk.said_so(word, saying, reads.id, tag))

    def _give_way(self, reading: object) -> None:
        if self._reader.reading.state != "idle":
            self._player.give_way()

    # What comes and goes

    def choose_file(self) -> None:
        """Ask which voice to add, beside the window: nothing waits for the answer."""
        dialog = QFileDialog(self, ADD, "", KINDS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda file: self.bring(Path(file)))
        dialog.open()

    def bring(self, path: Path) -> None:
        """Add a voice from its file, folder or zip."""
        self.note.hide()
        self._undo = ()
        self._show_busy(True)
        self._newcomer.bring(path)

    def _added(self, voices: tuple[PiperVoice, ...]) -> None:
        self._show_busy(self._newcomer.busy)
        first = voices[0]
        tag = first.languages[0].partition("-")[0]
        more = f"Its card says of its licence: {first.licence}." if first.licence else "No licence came with it."
        names = " and ".join(voice.name for voice in voices[:2]) if len(voices) < 3 else f"{len(voices)} voices"
        self.note.say(f"{names} can read {language(tag)} now.", more)
        self.refresh()
        self.voices.turn_to(tag)

    def _refused(self, error: Exception) -> None:
        self._show_busy(False)
        self.note.tell(trouble(error))

    def _show_busy(self, busy: bool) -> None:
        self.add.setEnabled(not busy)
        self.add.say("Trying it …" if busy else ADD)

    def _remove(self, voice: str, name: str) -> None:
        family = voice.removeprefix(f"{ENGINE}:").partition("#")[0]
        self._player.stop()
        self._files.put_away(family)
        self._voice.look_again()
        self._undo = ("voice", family)
        self.note.say(f"{name} was removed.", "", "Put it back")
        self.refresh()

    def _saying_removed(self, word: str, saying: str, story: str) -> None:
        self._undo = ("saying", word, saying, story)
        self.note.say(f"“{word}” is said as it is written again.", "", "Put it back")

    def _child_removed(self, name: str) -> None:
        self._removed_child = name, self.children_desk.remove(name)
        self._undo = ("child",)
        self.note.say(f"{name} was removed.", "", "Put it back")

    def _note_pressed(self) -> None:
        self.note.hide()
        match self._undo:
            case ("voice", family):
                self._files.bring_back(family)
                self._voice.look_again()
            case ("child",):
                self.children_desk.put(*self._removed_child)
            case ("saying", word, saying, story):
                self.sayings_list.keep(word, saying, story)
        self._undo = ()
        self.refresh()

    # The window

    def showEvent(self, event: object) -> None:
        """Be true when shown."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._cards = self._shelf.cards()
        self.refresh()

    def hideEvent(self, event: object) -> None:
        """Be silent, and delete what was removed."""
        super().hideEvent(event)  # type: ignore[arg-type]
        self._player.stop()
        if not self._newcomer.busy:
            self._files.sweep()
            self.note.hide()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file or a folder."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        # What lies beside a network comes with it.
        paths = [path.with_suffix("") if path.name.endswith(NOTES) else path for path in paths if path.name != CARD]
        for path in dict.fromkeys(paths):
            self.bring(path)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the paper."""
        Paper.paintEvent(self, event)  # type: ignore[arg-type]


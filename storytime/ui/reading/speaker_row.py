"""One speaker of a story: heard by one press, and given a voice of the machine's, lower or higher."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storytime.ui.parts.buttons import RoundButton
from storytime.ui.parts.fields import Choice
from storytime.ui.parts.labels import Label, breakable
from storytime.ui.theme import Day, Space
from storytime.ui.words import many

if TYPE_CHECKING:
    from storytime.core.ports import VoiceInfo
    from storytime.core.shelf.story import Role

PITCHES = ((0.0, "Much lower"), (0.25, "Lower"), (0.5, "As it is"), (0.75, "Higher"), (1.0, "Much higher"))


class SpeakerRow(QWidget):
    """Tells what is wished: `play_wanted`, `voice_given` (id), `pitch_given` (0 to 1), each with the speaker first.

    Without a role to show it is somebody who was found and not marked yet.
    """

    play_wanted = Signal(str)
    voice_given = Signal(str, str)
    pitch_given = Signal(str, float)

    def __init__(self, speaker: str, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.speaker = speaker
        said = many(lines, "line") if lines else "speaks nowhere"
        self.setAccessibleName(f"{speaker}, {said}")
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 5, 0, 5)
        row.setSpacing(14)
        self.play = RoundButton(f"Hear {speaker}", "play", size=36, bare=False)
        self.play.setEnabled(lines > 0)
        self.play.clicked.connect(lambda: self.play_wanted.emit(speaker))
        row.addWidget(self.play)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(breakable(speaker), 17, face="serif", wraps=True))
        words.addWidget(Label(said, 14, ink=Day.INK2))
        row.addLayout(words, 2)
        self.voice: Choice | None = None
        self.pitch: Choice | None = None

    def show_role(self, role: Role, voices: list[VoiceInfo], narrator: str, chosen: str, here: bool) -> None:
        """Offer what may be chosen, and show what is; `here`: this machine has the voice that was given."""
        self.voice, self.pitch = Choice(f"Voice of {self.speaker}"), Choice(f"Pitch of {self.speaker}")
        self.voice.addItem(f"The narrator’s ({narrator})" if narrator else "The narrator’s", "")
        for one in voices:
            self.voice.addItem(one.name, one.id)
        if role.voice and not chosen:
            self.voice.addItem("A voice of another language" if here else "A voice that is not here", role.voice)
            chosen = role.voice
        self.voice.setCurrentIndex(self.voice.findData(chosen))
        for pitch, words in PITCHES:
            self.pitch.addItem(words, pitch)
        nearest = min(range(len(PITCHES)), key=lambda at: abs(PITCHES[at][0] - role.pitch))
        self.pitch.setCurrentIndex(nearest)
        self.voice.activated.connect(self._give_voice)
        self.pitch.activated.connect(self._give_pitch)
        self.pitch.setMinimumWidth(150)
        self._row.addWidget(self.voice, 3)
        self._row.addWidget(self.pitch, 1)
        self._row.setSpacing(Space.S)

    def _give_voice(self, _at: int) -> None:
        if self.voice is not None:
            self.voice_given.emit(self.speaker, self.voice.currentData())

    def _give_pitch(self, _at: int) -> None:
        if self.pitch is not None:
            self.pitch_given.emit(self.speaker, self.pitch.currentData())

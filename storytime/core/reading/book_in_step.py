"""A story told into a book: each line's sound into its chapter's, with the times at which its words are heard."""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING

from storytime.core.reading.book_sound import BookSound
from storytime.core.reading.word_places import places
from storytime.core.shelf.epub_page import SaidLine, SaidWord
from storytime.core.shelf.write_epub import Recorded, write_epub

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from storytime.core.ports import Sound, Utterance
    from storytime.core.reading.script import Step
    from storytime.core.shelf.story import Manuscript


class BookInStep:
    """Takes the lines of one story in order; `folder` holds the chapters' sounds until the book is written."""

    def __init__(self, story: Manuscript, folder: Path) -> None:
        self.lost = 0
        """Lines whose sound had gone before it was copied."""
        self.voices: list[str] = []
        """Who was heard, by `Utterance.voice`, in the order of their coming."""
        self.story, self._folder = story, folder
        self._chapter_of = [number for number, chapter in enumerate(story.chapters) for _ in chapter.lines()]
        self._said: list[dict[int, SaidLine]] = [{} for _ in story.chapters]
        self._sounds: dict[int, BookSound] = {}
        self._lengths = [0] * len(story.chapters)

    def take(self, step: Step, said: Utterance | None, sound: Sound | None) -> None:
        """Write a line's sound and the silence after it. Raises OSError where there is no room."""
        if sound is None or said is None or step.index >= len(self._chapter_of):
            return
        chapter = self._chapter_of[step.index]
        tape = self._tape(chapter)
        begin = tape.length
        try:
            tape.add(sound.path, step.pause)
        except (FileNotFoundError, EOFError, wave.Error):
            self.lost += 1
            return
        words = tuple(
            SaidWord(begin + round(place.at * 1000), place.begin, place.end)
            for place in places(sound.words, said.text, step.text)
        )
        if tape.length > begin:
            self._said[chapter][step.index] = SaidLine(begin, tape.length, words, bool(said.head))
        if said.voice not in self.voices:
            self.voices.append(said.voice)

    @property
    def length(self) -> int:
        """Milliseconds of sound so far."""
        return sum(self._lengths) + sum(tape.length for tape in self._sounds.values())

    def close(self) -> None:
        """End every sound; ending twice is no error."""
        for chapter, tape in self._sounds.items():
            self._lengths[chapter] = tape.length
            tape.close()
        self._sounds.clear()

    def write(self, to: Path, narrators: list[str], made: datetime) -> None:
        """Write the book. Raises OSError."""
        self.close()
        recorded = [
            Recorded(self._path(number) if said else None, said) for number, said in enumerate(self._said)
        ]
        write_epub(to, self.story, recorded, narrators, made)

    def _tape(self, chapter: int) -> BookSound:
        """Return the chapter's sound; those before it are whole, and end."""
        if chapter not in self._sounds:
            self.close()
            self._sounds[chapter] = BookSound(self._path(chapter))
        return self._sounds[chapter]

    def _path(self, chapter: int) -> Path:
        return self._folder / f"{chapter}.m4a"

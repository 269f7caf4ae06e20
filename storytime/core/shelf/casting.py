"""Who speaks in the stories on the shelf, and how each of them sounds: found, accepted, given a voice, taken back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from storytime.core.shelf import rows
from storytime.core.shelf.spans import overlaid, spans_of
from storytime.core.shelf.story import Role, Span
from storytime.core.signal import Signal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storytime.core.database import Library

Marks = dict[int, tuple[Span, ...]]
"""Who speaks where in a story, by the line's number."""
PLAIN = Role()
ENOUGH = 20
"""Characters by which a voice can be judged."""


@dataclass(frozen=True, slots=True)
class Speakers:
    """Who speaks in a story."""

    lines: Mapping[str, int] = field(default_factory=dict)
    """In how many lines each speaks, the one with most first."""
    cast: Mapping[str, Role] = field(default_factory=dict)
    """How they sound; who is not here is read like the rest."""
    proposed: Mapping[str, int] = field(default_factory=dict)
    """Whom the story's own words name beside them, and in how many lines: not marked yet."""
    accepted: bool = False
    """Something that the story's own words say is marked."""


class Casting:
    """The marks and the cast of each story. `changed` after every act, with the story."""

    def __init__(self, library: Library) -> None:
        self.changed: Signal[int] = Signal()
        self._library = library

    def cast(self, story: int) -> dict[str, Role]:
        """Return how the speakers of a story sound."""
        found = self._library.rows("SELECT speaker, voice, pitch, pace FROM roles WHERE story = ?", (story,))
        return {speaker: Role(voice, pitch, pace) for speaker, voice, pitch, pace in found}

    def give(self, story: int, speaker: str, role: Role) -> None:
        """Let a speaker sound so; a plain role is none."""
        cast = self.cast(story)
        cast.pop(speaker, None)
        self.put_back(story, cast if role == PLAIN else {**cast, speaker: role})

    def put_back(self, story: int, cast: Mapping[str, Role]) -> None:
        """Let this be the whole cast of a story, as it was before."""
        with self._library.writing() as connection:
            rows.write_cast(connection, story, cast)
        self.changed.emit(story)

    def marks(self, story: int) -> Marks:
        """Return who speaks where."""
        return rows.read_spans(self._library, story)

    def mark(self, story: int, marks: Marks) -> Marks:
        """Let this be all who speak in a story, and return what was before."""
        was = self.marks(story)
        with self._library.writing() as connection:
            rows.write_spans(connection, story, marks)
        self.changed.emit(story)
        return was

    def speakers(self, story: int, language: str) -> Speakers:
        """Return who speaks in a story: whom it marks, and whom its own words name."""
        marks, found = self.marks(story), self._found(story, language)
        lines = _counted(marks)
        new = _counted({line: spans for line, spans in found.items() if not _spoken(marks.get(line, ()))})
        accepted = any(_holds(marks.get(line, ()), spans) for line, spans in found.items())
        return Speakers(lines, self.cast(story), new, accepted)

    def accept(self, story: int, language: str) -> Marks:
        """Mark what the story's own words say, beside what is marked already, and return what was before."""
        marks, texts = self.marks(story), self._texts(story)
        for line, spans in self._found(story, language).items():
            if not _spoken(marks.get(line, ())):
                marks[line] = overlaid(texts[line], spans, marks.get(line, ()))
        return self.mark(story, marks)

    def clear(self, story: int, language: str) -> Marks:
        """Take back what the story's own words say, but not what was marked by hand; return what was before."""
        marks, texts = self.marks(story), self._texts(story)
        for line, spans in self._found(story, language).items():
            if _holds(marks.get(line, ()), spans):
                runs = [(one.start, one.end, "", one.language) for one in marks.pop(line)]
                if left := spans_of(texts[line], runs):
                    marks[line] = left
        return self.mark(story, marks)

    def sample(self, story: int, language: str, speaker: str) -> tuple[int, str] | None:
        """Return a line in which they say enough to be judged, and these words; None where they speak nowhere."""
        marks = self.marks(story)
        # What its own words say is looked for in the whole story: only where nothing is marked.
        all_of = _said_by(speaker, marks) or _said_by(speaker, self._found(story, language))
        if not all_of:
            return None
        longest = max(all_of, key=lambda one: one[1].length)
        line, span = next((one for one in all_of if one[1].length >= ENOUGH), longest)
        return line, self._texts(story, line, line + 1)[line][span.start : span.end]

    def _found(self, story: int, language: str) -> Marks:
        from storytime.core.shelf import dialogue

        return dialogue.proposed(rows.read_chapters(self._library, story, marked=False), language)

    def _texts(self, story: int, start: int = 0, end: int = rows.LAST) -> dict[int, str]:
        found = self._library.rows(
            "SELECT number, text FROM lines WHERE story = ? AND number >= ? AND number < ?", (story, start, end)
        )
        return dict(found)


def _said_by(speaker: str, marks: Marks) -> list[tuple[int, Span]]:
    return [(line, span) for line, spans in sorted(marks.items()) for span in spans if span.speaker == speaker]


def _counted(marks: Mapping[int, tuple[Span, ...]]) -> dict[str, int]:
    said = Counter(name for spans in marks.values() for name in {span.speaker for span in spans} - {""})
    return dict(said.most_common())


def _spoken(spans: tuple[Span, ...]) -> bool:
    return any(span.speaker for span in spans)


def _holds(spans: tuple[Span, ...], proposed: tuple[Span, ...]) -> bool:
    """Return whether who speaks in a line is what was proposed for it, whatever languages are marked there too."""
    return _spoken(spans) and all(
        any(one.start <= span.start and span.end <= one.end and one.speaker == span.speaker for one in proposed)
        for span in spans
        if span.speaker
    )

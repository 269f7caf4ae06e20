"""A story as values: chapters of paragraphs of lines. Nothing here knows files or tables."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from storytime.core.ports import Stress


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text that is not the narrator's, or not in the story's language; never empty, without overlaps."""

    start: int
    length: int
    speaker: str = ""
    """Who says it, by the name that the story gives; empty: the narrator."""
    language: str = ""
    """BCP 47; empty: the story's."""

    @property
    def end(self) -> int:
        """The first character after it."""
        return self.start + self.length


@dataclass(frozen=True, slots=True)
class Role:
    """How a speaker of a story sounds."""

    voice: str = ""
    """A `VoiceInfo.id` or a voice's name; empty, or none of this machine's: the narrator's."""
    pitch: float = 0.5
    """0 to 1, from lower to higher; 0.5 leaves the voice's own."""
    pace: float = 1.0
    """Factor of the voice's own pace."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence with its said-tag, spoken in one breath."""

    text: str
    after: str = ""
    """White space that follows, so that joined lines give the paragraph back."""
    pause: float = 0.0
    """Seconds of silence after the line (0 to 2)."""
    spans: tuple[Span, ...] = ()
    """What of the text is somebody's speech, or in another language, in its order."""
    stressed: tuple[Stress, ...] = ()
    """What of the text is said with emphasis, in its order: whole words, and few of them."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together; in verse each keeps its break (`after` is a newline)."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The paragraph, whole."""
        return "".join(line.text + line.after for line in self.lines)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading, which is no line, and what stands under it."""

    title: str
    paragraphs: tuple[Paragraph, ...]

    def lines(self) -> Iterator[Line]:
        """Yield the chapter's lines in order."""
        for paragraph in self.paragraphs:
            yield from paragraph.lines


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A story read in from a file, not yet on the shelf."""

    title: str
    chapters: tuple[Chapter, ...]
    author: str = ""
    language: str = "en"
    """BCP 47."""
    note: str = ""
    """The teller's note."""
    ages: str = ""
    mood: str = ""
    minutes: float = 0.0
    """As the file says; 0 where it says nothing."""
    source: str = ""
    """The name of the file it came from."""
    cover: bytes | None = field(default=None, repr=False)
    """PNG or JPEG, where the file carries one."""
    remarks: tuple[str, ...] = ()
    """What a parent should know of the reading in, such as a missing chapter."""
    cast: Mapping[str, Role] = field(default_factory=dict)
    """How its speakers sound, by their names, where the file says so."""
    told: str = ""
    """Names the telling of a tale without a text (ASCII), so that two tales of one title are two stories."""

    def lines(self) -> Iterator[Line]:
        """Yield all lines in order; a line's index counts over the whole story, from 0."""
        for chapter in self.chapters:
            yield from chapter.lines()


@dataclass(frozen=True, slots=True)
class StoryCard:
    """What the shelf shows of a story, without its text."""

    id: int
    title: str
    author: str
    language: str
    lines: int
    words: int
    minutes: float
    """At the default pace."""
    source: str
    mood: str = ""
    ages: str = ""
    note: str = ""
    place: int = 0
    """The first line not yet heard whole; 0 at the beginning or when told to the end."""
    has_cover: bool = False
    shipped: bool = False

    def at(self, place: int) -> StoryCard:
        """Return the card with its ribbon moved."""
        return replace(self, place=place)


@dataclass(frozen=True, slots=True)
class Story:
    """A story on the shelf, whole: its card and its text."""

    card: StoryCard
    chapters: tuple[Chapter, ...]

    @property
    def id(self) -> int:
        """Its number."""
        return self.card.id

    @property
    def title(self) -> str:
        """Its title."""
        return self.card.title

    @property
    def author(self) -> str:
        """Who told it; may be empty."""
        return self.card.author

    @property
    def language(self) -> str:
        """BCP 47."""
        return self.card.language

    def lines(self) -> Iterator[Line]:
        """Yield all lines in order."""
        for chapter in self.chapters:
            yield from chapter.lines()

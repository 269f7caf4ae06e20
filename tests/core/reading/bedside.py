"""A bedside for the reader's tests: pretended devices, a shelf that is a dictionary, and a diary of what was heard."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from storytime.core.errors import StoryNotFound
from storytime.core.ports import Utterance
from storytime.core.reading.narrator import Narrator
from storytime.core.reading.reader import Reader
from storytime.core.settings import Settings
from storytime.core.shelf.story import Line, StoryCard
from storytime.core.signal import Signal
from storytime.devices.rehearsal import PretendClock, PretendLamp, PretendSpeaker, PretendVoice


class Bookcase:
    """As much of a shelf as a reader asks for."""

    def __init__(self, stories, languages=()):
        self.stories = stories
        self.languages = dict(languages)
        self.places = dict.fromkeys(stories, 0)
        self.most_asked = 0

    def card(self, story):
        if story not in self.stories:
            raise StoryNotFound(str(story))
        language = self.languages.get(story, "en")
        return StoryCard(story, f"Story {story}", "", language, len(self.stories[story]), 0, 0.0, "")

    def lines(self, story, start=0, count=None):
        self.most_asked = max(self.most_asked, count or len(self.stories[story]))
        return list(self.stories[story][start : start + count if count is not None else None])

    def heads(self, story, start, count):
        return {}

    def place(self, story):
        return self.places[story]

    def keep_place(self, story, line):
        self.places[story] = line


class Drawer:
    """Settings that live in memory."""

    def __init__(self, **choices):
        self.value = Settings(**choices)
        self.changed = Signal()

    def change(self, **changes):
        self.value = replace(self.value, **changes)
        self.changed.emit(self.value)
        return self.value


class Patchwork(Narrator):
    """Puts recordings before the machine's voice: `takes[story, line]` lists their seconds, None for a broken one."""

    def __init__(self, voice, settings, takes):
        super().__init__(voice, settings)
        self.takes = takes

    def candidates(self, card, start, texts, *told):
        spoken = super().candidates(card, start, texts, *told)
        return [
            (*self._pieces(card.id, line, texts[line - start]), *spoken[line - start])
            for line in range(start, start + len(texts))
        ]

    def _pieces(self, story, line, text):
        takes = self.takes.get((story, line), ())
        return [Utterance(text, "teller", take=Path(f"{story}-{line}-{number}")) for number in range(len(takes))]

    def seconds(self, take):
        story, line, number = map(int, str(take).split("-"))
        seconds = self.takes[story, line][number]
        if seconds is None:
            raise ValueError("the file is damaged")
        return seconds


@dataclass
class Heard:
    """One line as it was heard: from `begin` to `end` in boot seconds, whole or not."""

    story: int
    line: int
    begin: float
    end: float | None = None
    whole: bool | None = None


@dataclass
class Diary:
    """What the reader told of itself."""

    heard: list[Heard] = field(default_factory=list)
    finished: list[bool] = field(default_factory=list)
    finished_at: float | None = None
    notes: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    goodnights: list[tuple[str, float]] = field(default_factory=list)

    def lines(self):
        return [(one.story, one.line) for one in self.heard]

    def whole(self):
        return [(one.story, one.line) for one in self.heard if one.whole]


class Bedside:
    """A reader among pretended devices; every line of `stories[id]` lasts as many seconds as its list says."""

    def __init__(
        self, stories, *, pause=0.5, delay=0.01, goodnight=3.0, unsayable=(), languages=(), takes=(), words=False,
        store=None, **settings
    ):
        self.clock = PretendClock()
        self.lengths = {}
        self.unsayable = set(unsayable)
        self.goodnight = goodnight
        self.shelf = Bookcase(
            {
                story: [self._line(story, number, each, pause) for number, each in enumerate(seconds)]
                for story, seconds in stories.items()
            },
            languages,
        )
        self.voice = PretendVoice(self.clock, self._seconds, delay=delay, words=words)
        self.speaker = PretendSpeaker(self.clock)
        self.lamp = PretendLamp()
        self.settings = Drawer(**settings)
        devices = (self.voice, self.speaker, self.clock, self.settings, self.lamp)
        self.reader = Reader(self.shelf, *devices, store=store)
        self.deadline = None
        self.reader.narrator = self.narrator = Patchwork(self.voice, self.settings, dict(takes))
        self.reader.stop_by = lambda: self.deadline
        self.diary = Diary()
        self._listen()

    def _line(self, story, number, seconds, pause):
        text = "* * *" if seconds == 0 else f"Line{number} of story{story}."
        self.lengths[text] = seconds
        return Line(text, " ", pause)

    def length(self, story, line):
        """Seconds for which a line sounds: its first whole take's, else the machine's; 0 for one that is passed by."""
        takes = [each for each in self.narrator.takes.get((story, line), ()) if each is not None]
        text = self.shelf.stories[story][line].text
        return takes[0] if takes else 0 if text in self.unsayable else self.lengths[text]

    def _seconds(self, utterance):
        if utterance.take:
            return self.narrator.seconds(utterance.take)
        if utterance.text in self.unsayable:
            raise ValueError("the engine fell over")
        return self.lengths.get(utterance.text, self.goodnight)

    def _listen(self):
        reader, diary, now = self.reader, self.diary, self.clock.boot
        reader.line_started.connect(lambda story, line: diary.heard.append(Heard(story, line, now())))
        reader.line_ended.connect(self._ended)
        reader.finished.connect(self._finished)
        reader.noted.connect(diary.notes.append)
        reader.changed.connect(lambda reading: diary.states.append(reading.state))
        reader.goodnight_started.connect(lambda: diary.goodnights.append(("started", now())))
        reader.goodnight_ended.connect(lambda: diary.goodnights.append(("ended", now())))

    def _ended(self, story, line, whole):
        last = self.diary.heard[-1]
        assert (last.story, last.line, last.end) == (story, line, None), "a line ended that was not the one sounding"
        last.end, last.whole = self.clock.boot(), whole

    def _finished(self, landed):
        self.diary.finished.append(landed)
        self.diary.finished_at = self.clock.boot()

    def now(self):
        return self.clock.boot()

    def run(self, seconds):
        self.clock.advance(seconds)
        return self.diary

    def run_to_the_end(self, most=3000):
        """Let time pass until the reader has finished, and a little longer."""
        for _ in range(most):
            if self.diary.finished:
                break
            self.clock.advance(1.0)
        return self.run(5)

    def run_until_line(self, line, most=3600):
        """Let time pass until a line sounds."""
        for _ in range(most * 10):
            if self.diary.heard and self.diary.heard[-1].line == line and self.diary.heard[-1].end is None:
                return
            self.clock.advance(0.1)
        raise AssertionError(f"line {line} was never begun")

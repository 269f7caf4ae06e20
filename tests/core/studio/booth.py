"""A studio for tests: a house on pretended devices, a story, a teller, and everything the studio told."""

from storytime.core.house import Devices, House
from storytime.core.paths import Paths
from storytime.core.shelf.passages import to_chapters
from storytime.core.shelf.story import Manuscript
from storytime.core.studio.journal import read_journal
from storytime.devices.rehearsal import (
    PretendBackground,
    PretendClock,
    PretendLamp,
    PretendMicrophone,
    PretendSpeaker,
    PretendVoice,
)
from tests.core.studio.recordings import RATE, silence, spoken

TEXT = (
    "The lamp was lit. The sea went on being the sea. Nobody came up the stairs that night. "
    "A gull asked for the time. The keeper told it. Then everybody slept."
)


class LaterBackground(PretendBackground):
    """A background that does its work when it is told to, in order; or at once, where it is not `slow`."""

    def __init__(self, *, slow=True):
        self.slow = slow
        self.waits = []

    def run(self, work, *values, done, failed):
        self.waits.append((work, values, done, failed))
        if not self.slow:
            self.work()

    def work(self, most=100):
        while self.waits and most:
            work, values, done, failed = self.waits.pop(0)
            super().run(work, *values, done=done, failed=failed)
            most -= 1


class Booth:
    """A studio in a house of its own. `said` holds the states it went through."""

    def __init__(self, folder, *, teller="Mama", text=TEXT, background=None):
        self.paths = Paths(folder)
        self.clock = PretendClock()
        self.background = background or PretendBackground()
        self.enter()
        self.story = self.house.shelf.add(Manuscript("The Lamp", to_chapters([("", [text])]))).id
        self.teller = self.house.tellers.welcome(teller).id if teller else None
        self.lines = [line.text for line in self.house.shelf.lines(self.story)]

    def enter(self):
        """Start the program, again where it ran before."""
        self.microphone = PretendMicrophone(self.clock)
        self.speaker = PretendSpeaker(self.clock)
        self.voice = PretendVoice(self.clock)
        self.lamp = PretendLamp()
        devices = Devices(self.clock, self.voice, self.speaker, self.microphone, self.lamp, self.background)
        self.house = House(self.paths, devices)
        self.studio = self.house.studio
        self.states, self.kept, self.told, self.peaks, self.heard = [], [], [], [], []
        self.studio.changed.connect(self._changed)
        self.studio.kept.connect(self.kept.append)
        self.studio.told.connect(self.told.append)
        self.studio.wave.connect(self.peaks.extend)
        self.studio.wave_begun.connect(self.peaks.clear)
        self.studio.heard.connect(self.heard.append)

    def _changed(self, session):
        if not self.states or self.states[-1] != session.state:
            self.states.append(session.state)

    def kill(self):
        """End the program with no farewell, as a power cut does to everything but the disk."""
        self.microphone._finish()
        self.microphone._let_go()
        self.clock.forget()
        self.house.library.close()

    def restart(self):
        self.kill()
        self.enter()

    def close(self):
        self.house.close()
        self.clock.forget()

    @property
    def session(self):
        return self.studio.session

    def open(self, line=0, mode="line"):
        self.studio.open(self.story, line)
        if mode != "line":
            self.studio.choose_mode(mode)
        self.run(0.3)
        return self.studio

    def run(self, seconds):
        self.clock.advance(seconds)

    def read(self, voice=None, *, after=0.6):
        """Say something into the microphone, with a breath before and after it."""
        voice = speech() if voice is None else voice
        self.run(0.6)
        self.microphone.say(voice)
        self.run(len(voice) / RATE + after)

    def record(self, voice=None):
        """Space, a line, Space."""
        self.studio.toggle()
        self.read(voice)
        self.studio.toggle()
        self.run(0.2)

    def journals(self):
        return [read_journal(path) for path in sorted(self.paths.journals.glob("*.journal"))]

    def takes(self, *, attic=False):
        """Every take of every line, kept or put away."""
        found = self.house.takes.of_teller(self.teller)
        return [take for take in found if (take.attic is not None) == attic]


def speech():
    """A short line, read aloud: a second or so."""
    return spoken("The lamp was lit.")


def hush(seconds):
    return silence(seconds)

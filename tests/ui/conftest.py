"""The whole program on pretended devices, in a window that is really there."""

from datetime import datetime

import pytest

from storytime.cli.rehearsal.stage import Stage
from storytime.core.database import open_library
from storytime.core.evening.plan import Plan
from storytime.core.paths import Paths
from storytime.core.settings import SettingsStore
from storytime.core.shelf.passages import to_chapters
from storytime.core.shelf.story import Manuscript
from storytime.devices.rehearsal import PretendClock, estimated_seconds
from storytime.devices.rehearsal.voice import VOICES


class Program:
    """The whole program over a library whose lights go out at 20:00."""

    def __init__(self, paths):
        self.clock = PretendClock(datetime(2026, 11, 5, 19, 0))
        self.stage = Stage(paths, self.clock, estimated_seconds, VOICES)
        library = open_library(paths)
        SettingsStore(library).change(plan=Plan(asked=True).to_json(), first_run_done=True)
        library.close()

    @property
    def house(self):
        return self.stage.house

    @property
    def window(self):
        return self.stage.window

    @property
    def shows(self):
        """The name of the screen that is shown."""
        return self.stage.window.screen_name

    def start(self):
        """Start it, and return the name of the screen that is shown."""
        self.stage.start(lambda _house, _window: None, lambda: None)
        return self.shows

    def until(self, hour, minute, second=0):
        self.clock.until(self.clock.moment(datetime(2026, 11, 5, hour, minute, second)))

    def until_morning(self, hour, minute, second=0):
        """Let the machine sleep through the night, for eleven hours of seconds are long in a test."""
        moment = self.clock.moment(datetime(2026, 11, 6, hour, minute, second))
        self.clock.suspend(moment - self.clock.boot())

    def press(self, *names):
        for name in names:
            self.stage.key(name, pressed=True)
            self.stage.key(name, pressed=False)

    def hold(self, name, seconds=2.1):
        self.stage.key(name, pressed=True)
        self.clock.advance(seconds)
        self.stage.key(name, pressed=False)

    def lay_out(self, minutes=5):
        """Lay out a story of the family's own, and return its number."""
        text = "The lamp was lit, and the sea went on being the sea. " * (14 * minutes)
        story = self.house.shelf.add(Manuscript("The Lamp", to_chapters([("", [text])]))).id
        self.house.shelf.arrange([story])
        return story


@pytest.fixture
def program(qapp, home):
    program = Program(Paths(home))
    yield program
    program.stage.close()

"""A bedroom: the real house on pretended devices, on an evening that winds down at 19:00 and is dark at 20:00."""

from datetime import datetime, time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from storytime.core.evening.plan import Plan, Times
from storytime.core.house import Devices, House
from storytime.core.paths import Paths
from storytime.core.shelf.story import Chapter, Line, Manuscript, Paragraph
from storytime.devices.rehearsal import (
    PretendBackground,
    PretendClock,
    PretendLamp,
    PretendMicrophone,
    PretendSpeaker,
    PretendVoice,
)
from storytime.ui import theme

EVENING = datetime(2026, 11, 3, 19, 10)
SIZES = {"1280x800": (1280, 800, 1.0), "1024x600": (1024, 600, 1.0), "1920x1080@1.5": (1280, 720, 1.5)}


def a_story(title, author="Storytime", lines=60, text="The lamp was lit, and the sea went on being the sea. {}"):
    spoken = tuple(Line(text.format(i), " ", 0.4) for i in range(lines))
    return Manuscript(title, (Chapter("", (Paragraph(spoken),)),), author)


class Bedroom:
    def __init__(self, home, at=EVENING):
        self.clock = PretendClock(at)
        voice, speaker = PretendVoice(self.clock, words=True), PretendSpeaker(self.clock)
        self.microphone = PretendMicrophone(self.clock)
        devices = Devices(self.clock, voice, speaker, self.microphone, PretendLamp(), PretendBackground())
        self.house = House(Paths(home), devices)
        plan = Plan().with_days(range(7), Times(time(19), time(20), time(7)))
        self.house.settings.change(plan=plan.to_json())
        self.keeper, self.shelf, self.reader = self.house.keeper, self.house.shelf, self.house.reader
        self.settings, self.gate = self.house.settings, self.house.gate
        self.keeper.start()
        self.screens = []

    def lay_out(self, *titles, lines=60):
        ids = [added.id for added in self.shelf.add_many([a_story(title, lines=lines) for title in titles])]
        self.shelf.arrange(ids)
        return ids

    def go_to(self, hour, minute=0, second=0):
        now = self.clock.wall()
        wanted = now.replace(hour=hour, minute=minute, second=second, microsecond=0)
        if wanted < now:
            wanted += timedelta(days=1)
        self.clock.advance((wanted - now).total_seconds())

    def show(self, screen, size="1280x800"):
        width, height, dpr = SIZES[size]
        screen.devicePixelRatioF = lambda: dpr
        screen.resize(width, height)
        screen.show()
        self.screens.append(screen)
        return screen

    def close(self):
        for screen in self.screens:
            screen.hide()
            screen.deleteLater()
        self.house.close()


def picture(screen):
    """The frame as it would be on the glass, at the screen's own pixels."""
    dpr = screen.devicePixelRatioF()
    image = QImage(screen.size() * dpr, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(dpr)
    image.fill(Qt.GlobalColor.white)
    screen.render(image)
    return image


@pytest.fixture
def bedroom(qapp, tmp_path):
    theme.load_fonts()
    room = Bedroom(tmp_path / "library")
    yield room
    room.close()

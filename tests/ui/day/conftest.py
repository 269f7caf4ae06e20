"""A day room on pretended devices: a real library, a clock that goes when told, work that is done at once."""

import shutil
from dataclasses import dataclass, field
from datetime import datetime, time

import pytest

from storytime.core.database import KeptState, open_library
from storytime.core.evening.gate import Gate
from storytime.core.evening.keeper import Keeper
from storytime.core.evening.plan import Plan, Times
from storytime.core.paths import Paths, shipped
from storytime.core.reading.cast_desk import CastDesk
from storytime.core.reading.newcomer import Newcomer
from storytime.core.reading.reader import Reader
from storytime.core.reading.voice_files import VoiceFiles
from storytime.core.settings import SettingsStore
from storytime.core.shelf.casting import Casting
from storytime.core.shelf.shelf import Shelf
from storytime.core.shelf.takes import Takes
from storytime.core.shelf.tellers import Tellers
from storytime.core.studio.player import Player
from storytime.core.studio.shelves import Shelves
from storytime.devices.rehearsal.clock import PretendClock
from storytime.devices.rehearsal.room import PretendBackground, PretendLamp
from storytime.devices.rehearsal.speaker import PretendSpeaker
from storytime.devices.rehearsal.voice import PretendVoice
from storytime.ui.parts.cover import CoverKeeper
from storytime.ui.parts.family import Family
from storytime.ui.reading.speakers_screen import SpeakersScreen
from storytime.ui.reading.voices_screen import VoicesScreen
from storytime.ui.studio.studio_screen import StudioScreen
from tests.ui.day.sitting import MAMA, OPA, Inputs, Sitting

WEDNESDAY = datetime(2026, 11, 4, 17, 20)


@dataclass
class Room:
    paths: Paths
    clock: PretendClock
    settings: SettingsStore
    shelf: Shelf
    keeper: Keeper
    gate: Gate
    reader: Reader
    voice: PretendVoice
    speaker: PretendSpeaker
    covers: CoverKeeper
    tellers: Tellers
    takes: Takes
    family: Family
    shelves: Shelves
    casting: Casting
    background: PretendBackground = field(default_factory=PretendBackground)

    def ids(self):
        return [card.id for card in self.shelf.cards()]


@pytest.fixture(scope="session")
def stocked(tmp_path_factory):
    """A library with the shipped stories, made once, and the covers that were painted so far."""
    paths = Paths(tmp_path_factory.mktemp("stocked"))
    library = open_library(paths)
    Shelf(library, paths).stock(shipped("stories"))
    library.close()
    return paths


def furnish(home, covers, *, stocked=None, asked=True):
    paths = Paths(home)
    if stocked is not None:
        shutil.copytree(stocked.home, home, ignore=shutil.ignore_patterns("cache"))
    library = open_library(paths)
    clock, settings = PretendClock(WEDNESDAY), SettingsStore(library)
    if asked:
        settings.change(plan=Plan().with_days(range(7), Times.of(time(20))).to_json(), first_run_done=True)
    shelf = Shelf(library, paths)
    keeper = Keeper(clock, KeptState(library), settings)
    keeper.start()
    voice, speaker = PretendVoice(clock, words=True), PretendSpeaker(clock)
    tellers, takes = Tellers(library), Takes(library, paths)
    return Room(
        paths, clock, settings, shelf, keeper, Gate(clock, KeptState(library), keeper),
        Reader(shelf, voice, speaker, clock, settings, PretendLamp()), voice, speaker,
        CoverKeeper(covers, shelf, PretendBackground()), tellers, takes, Family(tellers, takes, settings),
        Shelves(library, shelf, takes, tellers), Casting(library),
    )


def voices_screen(room):
    """Return the page of voices of a room."""
    files = VoiceFiles(room.paths)
    return VoicesScreen(
        room.settings, room.voice, room.shelf, room.reader, Player(room.voice, room.speaker), files,
        Newcomer(files, room.voice, room.background),
    )


def speakers_screen(room):
    """Return the page of who speaks, of a room."""
    desk = CastDesk(room.settings, room.voice, room.casting)
    return SpeakersScreen(desk, room.reader, Player(room.voice, room.speaker))


@pytest.fixture
def room(qapp, home, stocked):
    return furnish(home, stocked, stocked=stocked)


@pytest.fixture
def bare_room(qapp, home, stocked):
    return furnish(home, stocked, asked=False)


@pytest.fixture
def large_text(qapp):
    """Text half as large again as the usual ten points."""
    usual = qapp.font()
    large = qapp.font()
    large.setPointSizeF(15)
    qapp.setFont(large)
    yield
    qapp.setFont(usual)


@pytest.fixture
def show(qtbot):
    def shown(widget, width=1280, height=740):
        qtbot.addWidget(widget)
        widget.resize(width, height)
        with qtbot.waitExposed(widget):
            widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        return widget

    return shown


@pytest.fixture
def sitting():
    return Sitting()


@pytest.fixture
def screen(room, show, sitting):
    for teller in (MAMA, OPA):
        room.tellers.welcome(teller.name, teller.relation, teller.consent)
    return show(StudioScreen(sitting, room.tellers, Inputs(), room.settings))

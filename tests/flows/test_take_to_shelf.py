"""A take to the shelf, on real parts: said into a microphone, kept, heard again, and told by night in that voice."""

import numpy as np
import pytest

from storytime.core.house import House
from storytime.core.paths import Paths
from storytime.core.shelf.passages import to_chapters
from storytime.core.shelf.story import Manuscript
from storytime.core.studio.flac import read_flac
from storytime.devices.machine import real_devices
from tests.core.studio.recordings import RATE, in_room, spoken
from tests.devices.conftest import OUTPUT, sound_server  # noqa: F401 - the fixture is found by name

pytestmark = pytest.mark.real

PATIENCE = 20_000
MICROPHONE = "lectern"
LINES = ("The lamp was lit.", "The sea went on being the sea.")


@pytest.fixture
def room(sound_server):  # noqa: F811
    """A microphone and a loudspeaker, and an ear at the loudspeaker."""
    # The ear comes last: one that listens to the default source goes with it when another becomes the default.
    sound_server.add_input(MICROPHONE)
    sound_server.add_output(OUTPUT)
    ear = sound_server.ear(OUTPUT)
    yield ear
    ear.close()


@pytest.fixture
def house(qtbot, room, home):
    made = House(Paths(home), real_devices(Paths(home)))
    made.tellers.welcome("Mama")
    yield made
    made.close()
    made.devices.background.close()


class Teller:
    """Hands on the keys and a mouth at the microphone."""

    def __init__(self, house, server, qtbot):
        self.house, self.studio, self._server, self._bot = house, house.studio, server, qtbot
        self.story = house.shelf.add(Manuscript("The Lamp", to_chapters([("", [" ".join(LINES)])]))).id
        self.levels = []
        self.studio.heard.connect(self.levels.append)

    def until(self, true):
        self._bot.waitUntil(lambda: bool(true()), timeout=PATIENCE)

    @property
    def session(self):
        return self.studio.session

    def say(self, samples):
        """Say it, and wait until the microphone has heard it."""
        mouth = self._server.mouth(MICROPHONE, (samples * 32767).astype("<i2"))
        wanted = self.session.seconds + len(samples) / RATE + 1.0
        self.until(lambda: self.session.seconds >= wanted)
        mouth.close()


@pytest.fixture
def teller(house, sound_server, qtbot):  # noqa: F811
    return Teller(house, sound_server, qtbot)


def test_a_line_said_into_the_microphone_is_told_by_night(teller, room):
    studio = teller.studio
    studio.open(teller.story)
    teller.until(lambda: teller.levels)
    studio.toggle()
    teller.until(lambda: teller.session.seconds > 0)
    teller.say(in_room(spoken(LINES[0])))
    studio.toggle()
    teller.until(lambda: teller.session.state == "recorded")
    assert teller.session.verdict.usable
    studio.keep()
    teller.until(lambda: teller.session.readers)
    take = teller.house.takes.of_teller(1)[0]
    samples, rate = read_flac(teller.house.takes.path(take))
    assert (rate, len(samples)) == (RATE, take.frames)
    assert list(teller.house.paths.journals.glob("*.journal")) == []
    studio.leave()
    heard = room.frames
    ended = []
    teller.house.reader.line_ended.connect(lambda _story, line, whole: ended.append((line, whole)))
    teller.house.reader.tell([teller.story])
    teller.until(lambda: ended)
    assert ended[0] == (0, True)
    assert np.abs(room.samples()[heard:]).max() > 300


def test_two_lines_read_straight_through_lie_on_their_lines(teller):
    studio = teller.studio
    studio.open(teller.story)
    studio.choose_mode("through")
    studio.toggle()
    teller.until(lambda: teller.session.seconds > 0)
    teller.say(np.concatenate([in_room(spoken(line), 0.4, 0.4) for line in LINES]))
    studio.toggle()
    teller.until(lambda: teller.session.state == "cutting")
    studio.keep()
    teller.until(lambda: len(teller.session.readers) == 2)
    takes = sorted(teller.house.takes.of_teller(1), key=lambda take: take.line)
    assert [take.text for take in takes] == list(LINES)


def test_a_microphone_pulled_out_in_the_middle_of_a_line_leaves_it_waiting(teller, sound_server):  # noqa: F811
    studio = teller.studio
    studio.open(teller.story)
    studio.toggle()
    teller.until(lambda: teller.session.seconds > 0)
    teller.say(in_room(spoken(LINES[0])))
    sound_server.remove_input(MICROPHONE)
    teller.until(lambda: teller.session.state == "recorded")
    assert teller.session.trouble.why == "lost"
    assert teller.session.seconds > 2

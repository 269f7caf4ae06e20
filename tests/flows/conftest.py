"""The parts of a real evening: a sound server and a screen of their own, a wall clock that can be set, a family."""

import sys
from pathlib import Path

import pytest

from storytime.core.database import KeptState, open_library
from storytime.core.evening.gate import PIN
from storytime.core.evening.pin import Argon2
from storytime.core.paths import Paths
from storytime.core.settings import SettingsStore
from tests.devices.conftest import OUTPUT, sound_server  # noqa: F401 - the fixtures are found by name
from tests.flows.machine import Family, Screen, WallClock, missing


@pytest.fixture
def wall_clock(tmp_path):
    """A wall clock for the programs of the test."""
    lacks = missing()
    if lacks:
        # `run.py test` installs them where a package manager lets it; other systems have no X and no libfaketime.
        assert not sys.platform.startswith("linux"), f"missing: {', '.join(lacks)}; run the tests with run.py test"
        pytest.skip("X and libfaketime are of Linux only")
    return WallClock(tmp_path)


@pytest.fixture
def screen(wall_clock, tmp_path):
    """A screen with a window manager, and hands on its keys."""
    made = Screen(tmp_path)
    try:
        made.open()
        yield made
    finally:
        made.close()


@pytest.fixture
def ear(sound_server):  # noqa: F811
    """What is heard at the bedside."""
    sound_server.add_output(OUTPUT)
    made = sound_server.ear(OUTPUT)
    yield made
    made.close()


@pytest.fixture
def family(wall_clock, screen, sound_server, home, tmp_path):  # noqa: F811
    """A family with an empty home and Storytime."""
    environment = {**wall_clock.environment, **screen.environment, **sound_server.environment}
    made = Family(Path(home), tmp_path, environment)
    yield made
    made.close()


@pytest.fixture
def wishes(home):
    """Keep a PIN and words for the goodnight, as the pages of the day do."""

    def keep(*, pin, goodnight):
        library = open_library(Paths(Path(home)))
        KeptState(library).save(PIN, {"hash": Argon2().hash(pin)})
        SettingsStore(library).change(goodnight=goodnight)
        library.close()

    return keep

"""The first frame is already the right colour, whatever the library looks like."""

import pytest

from storytime.core.database import KeptState, open_library
from storytime.core.glance import sealed_when_left
from storytime.core.paths import Paths


@pytest.fixture
def paths(home):
    return Paths(home)


def keep(paths, evening):
    library = open_library(paths)
    KeptState(library).save("evening", {"evening": evening})
    library.close()


@pytest.mark.parametrize(
    ("evening", "dark"),
    [
        ({"phase": "NIGHT", "opened": None}, True),
        ({"phase": "LIGHTS_OUT", "opened": None}, True),
        ({"phase": "NIGHT", "opened": {"until": "2026-11-20T21:00:00", "left": 60.0}}, False),
        ({"phase": "MORNING", "opened": None}, False),
        ({"phase": "STORY", "opened": None}, False),
        ({"phase": 7}, False),
        (None, False),
        ([], False),
    ],
)
def test_the_first_frame_is_black_where_the_night_was(paths, evening, dark):
    keep(paths, evening)
    assert sealed_when_left(paths.database) is dark


def test_a_library_that_is_not_there_is_by_day(paths):
    assert not sealed_when_left(paths.database)


def test_a_library_that_cannot_be_read_is_by_day(paths):
    paths.home.mkdir(parents=True)
    paths.database.write_bytes(b"not a library" * 100)
    assert not sealed_when_left(paths.database)


def test_looking_changes_nothing(paths):
    keep(paths, {"phase": "NIGHT", "opened": None})
    before = paths.database.read_bytes()
    sealed_when_left(paths.database)
    assert paths.database.read_bytes() == before

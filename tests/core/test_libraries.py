import shutil
from pathlib import Path

import pytest

from storytime.core.database import KeptState, open_library
from storytime.core.paths import Paths
from storytime.core.settings import SettingsStore
from storytime.core.shelf.shelf import Shelf

LIBRARIES = Path(__file__).parent.parent / "libraries"
RELEASED = sorted(path.parent.name for path in LIBRARIES.glob("*/library.db"))


@pytest.mark.parametrize("version", RELEASED)
def test_the_library_of_every_released_version_is_opened_and_nothing_of_it_is_lost(version, home):
    shutil.copytree(LIBRARIES / version, home)
    library = open_library(Paths(home))
    shelf = Shelf(library, library.paths)
    bear, fox = (shelf.card(story) for story in shelf.tray())
    assert library.row("PRAGMA journal_mode") == ("wal",)
    assert (bear.title, bear.language) == ("Der Bär", "de")
    assert (fox.title, fox.author, fox.place, fox.lines) == ("The Fox Who Stayed", "Grandmother Ilse", 2, 5)
    assert [chapter.title for chapter in shelf.story(fox.id).chapters] == ["One", "Two"]
    assert shelf.lines(fox.id, 0, 1)[0].text == "“Are you awake?” asked the fox."
    assert [card.title for card in shelf.cards("moon")] == ["The Fox Who Stayed"]
    assert shelf.count() == 2
    settings = SettingsStore(library).value
    assert (settings.chime, settings.night_volume) == (True, 0.25)
    assert KeptState(library).load("pin") == {"hash": "no real one"}
    library.close()


def test_there_is_a_library_to_open():
    assert RELEASED

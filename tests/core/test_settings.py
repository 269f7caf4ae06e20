import pytest

from storytime.core.database import open_library
from storytime.core.paths import Paths
from storytime.core.settings import Settings, SettingsStore


@pytest.fixture
def library(home):
    library = open_library(Paths(home))
    yield library
    library.close()


def test_nothing_chosen_is_the_default(library):
    assert SettingsStore(library).value == Settings()
    assert Settings().night_volume < 0.5


def test_a_choice_is_kept_and_told_once(library):
    store, told = SettingsStore(library), []
    store.changed.connect(told.append)
    changed = store.change(chime=True, voice={"en": "espeak:en"}, voice_rate={"espeak:en": 0.9})
    store.change(chime=True)
    assert told == [changed]
    assert SettingsStore(library).value == changed


def test_unknown_rows_are_kept(library):
    library.write("INSERT INTO settings VALUES ('from_a_later_version', '7')")
    SettingsStore(library).change(chime=True)
    assert ("from_a_later_version", "7") in library.rows("SELECT * FROM settings")


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("night_volume", '"loud"'),
        ("night_volume", "7"),
        ("night_volume", "NaN"),
        ("night_volume", "true"),
        ("chime", "1"),
        ("kind_of_night", '"disco"'),
        ("kind_of_night", "{"),
        ("voice", '{"en": 3}'),
        ("voice_rate", '{"a": "fast"}'),
        ("voice_warmth", '{"a": 1}'),
        ("story_voice", '{"7": 1}'),
        ("sayings", '{"": {"Ada": 1}}'),
        ("plan", "[]"),
        ("goodnight", "[" * 100_000),
    ],
)
def test_a_damaged_row_is_the_default_and_harms_no_other(library, name, damage):
    library.write("INSERT INTO settings VALUES (?, ?)", (name, damage))
    library.write("INSERT INTO settings VALUES ('less_motion', 'true')")
    assert SettingsStore(library).value == Settings(less_motion=True)


def test_what_is_no_setting_is_refused_before_anything_is_saved(library):
    store = SettingsStore(library)
    with pytest.raises(TypeError):
        store.change(chime=True, colour="red")
    with pytest.raises(ValueError, match="night_volume"):
        store.change(chime=True, night_volume=3)
    assert SettingsStore(library).value == Settings()


def test_a_choice_made_elsewhere_is_taken_over(library, home):
    store, told = SettingsStore(library), []
    store.changed.connect(told.append)
    other = open_library(Paths(home))
    SettingsStore(other).change(chime=True)
    other.close()
    store.reread()
    store.reread()
    assert told == [Settings(chime=True)]

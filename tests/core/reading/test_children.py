"""Children of a family: a reader of their own each, chosen for tonight, and nothing lost when one is removed."""

import pytest

from storytime.core.database import open_library
from storytime.core.paths import Paths
from storytime.core.ports import VoiceInfo
from storytime.core.reading.children import EVERYBODY, Children
from storytime.core.reading.narrator import Narrator
from storytime.core.settings import SettingsStore, fits
from storytime.devices.rehearsal import PretendClock, PretendVoice

ANN, BOB, EVA = (
    VoiceInfo("plain:ann", "Ann", ("en",), "plain"),
    VoiceInfo("plain:bob", "Bob", ("en",), "plain"),
    VoiceInfo("plain:eva", "Eva", ("de",), "plain"),
)


@pytest.fixture
def settings(home):
    library = open_library(Paths(home))
    yield SettingsStore(library)
    library.close()


@pytest.fixture
def children(settings):
    return Children(settings)


def reader(settings, language="en", story="", **whom):
    return Narrator(PretendVoice(PretendClock(), voices=(ANN, BOB, EVA)), settings, **whom).voice_for(language, story)


def test_a_child_s_voice_reads_on_the_nights_that_are_theirs(settings, children):
    settings.change(voice={"en": ANN.id})
    children.add("Mia")
    children.choose("Mia", "en", BOB.id)
    assert reader(settings) == ANN
    children.turn_to("Mia")
    assert reader(settings) == BOB
    assert reader(settings, "de") == EVA
    assert reader(settings, child=EVERYBODY) == ANN
    children.turn_to(EVERYBODY)
    assert reader(settings) == ANN
    assert reader(settings, child="Mia") == BOB


def test_a_story_s_own_voice_goes_before_the_child_s(settings, children):
    children.add("Mia")
    children.choose("Mia", "en", BOB.id)
    children.turn_to("Mia")
    settings.change(story_voice={"7": ANN.id})
    assert reader(settings, story="7") == ANN
    assert reader(settings, story="8") == BOB


def test_a_child_s_voice_that_is_gone_leaves_the_language_s(settings, children):
    settings.change(voice={"en": ANN.id})
    children.add("Mia")
    children.choose("Mia", "en", "piper:gone")
    children.turn_to("Mia")
    assert reader(settings) == ANN


def test_a_child_that_was_removed_comes_back_with_their_voices(settings, children):
    children.add("Mia")
    children.choose("Mia", "en", BOB.id)
    children.turn_to("Mia")
    kept = children.remove("Mia")
    assert (children.names(), children.tonight) == ([], EVERYBODY)
    children.put("Mia", kept)
    assert children.voice("Mia", "en") == BOB.id


@pytest.mark.parametrize("name", ["", "   ", "--", "\n"])
def test_what_is_no_name_names_nobody(children, name):
    assert children.add(name) is None
    assert children.names() == []


def test_one_name_is_one_child(children):
    assert children.add(" Mia  Rose ") == "Mia Rose"
    assert children.add("mia rose") == "Mia Rose"
    assert children.names() == ["Mia Rose"]


@pytest.mark.parametrize("value", [[], {"Mia": "plain:ann"}, {"Mia": {"en": 3}}])
def test_damaged_children_are_no_setting(value):
    assert not fits("children", value)

"""Sounds that a family gave reach each engine in its own alphabet; where they cannot, the word is said as written."""

import pytest

from storytime.core.ports import Sounds, Utterance
from storytime.devices.voice_process.espeak import EspeakEngine
from storytime.devices.voice_process.ipa import OF_HIBARI, for_hibari, plain
from tests.core.reading.test_sayings import NAMES

AMERICAN = "espeak:gmw/en-US"
LISTED = {name: said.strip("/") for name, (_, said) in NAMES.items()}
LINE = "Good night, {}, said the owl."
BEFORE = len("Good night, ")


def line(name, voice, ipa=None):
    sounds = (Sounds(BEFORE, len(name), ipa),) if ipa else ()
    return Utterance(LINE.format(name), voice, sounds=sounds)


@pytest.fixture(scope="module")
def espeak():
    return EspeakEngine()


@pytest.fixture
def asked(espeak, monkeypatch):
    """What eSpeak is given to say."""
    given, render = [], espeak._driver.render

    def kept(text, flags=0):
        given.append((text, bool(flags)))
        return render(text, flags)

    monkeypatch.setattr(espeak._driver, "render", kept)
    return given


def test_the_stress_stands_before_its_vowel():
    assert plain("ʃɪˈvɔːn") == "ʃɪvˈɔːn"
    assert plain("ˈt͡ʃɛ.ri") == "tʃˈɛri"


@pytest.mark.parametrize("name", LISTED)
def test_hibari_is_given_only_sounds_that_it_knows(name):
    said = for_hibari(LISTED[name])
    assert set(said) <= OF_HIBARI
    assert len(said) >= len(name) - 3


@pytest.mark.parametrize(
    ("ipa", "said"), [("ʃɪˈvɔːn", "ʃɪvˈɔn"), ("ˈdʒeɪn", "ʤˈAn"), ("ˈkaɪ", "kˈI"), ("ˈxoːrxe", "kˈOɹkɛ")]
)
def test_hibari_s_alphabet_has_letters_of_its_own(ipa, said):
    assert for_hibari(ipa) == said


@pytest.mark.parametrize("name", LISTED)
def test_the_names_of_twelve_languages_reach_espeak_in_its_own_letters(espeak, asked, name):
    espeak.render(line(name, AMERICAN, LISTED[name]))
    ((text, phonemes),) = asked
    written = LINE.format(name)
    # œ and ʁ are no sounds of American English.
    assert (text == written, phonemes) == ((True, False) if name == "Jörg" else (False, True))
    assert text.startswith("Good night, ")
    assert text.endswith(", said the owl.")


def test_a_sound_that_one_language_lacks_another_has(espeak, asked):
    espeak.render(line("Jörg", "espeak:gmw/de", "jœʁk"))
    assert asked == [("Good night, [[jWrk]], said the owl.", True)]


def test_words_after_it_are_heard_where_they_are_written(espeak):
    written = line("Siobhan", AMERICAN, "ʃɪˈvɔːn")
    heard = [written.text[one.start : one.start + one.length] for one in espeak.render(written).words]
    assert heard == ["Good", "night", "Siobhan", "said", "the", "owl"]


def test_a_name_said_in_sounds_is_said_otherwise(espeak):
    assert espeak.render(line("Ada", AMERICAN, "ˈɑːdɑːdɑː")).samples != espeak.render(line("Ada", AMERICAN)).samples


def test_strokes_and_brackets_in_a_story_are_no_sounds(espeak, asked):
    espeak.render(Utterance("He wrote [[k'at]] on the wall.", AMERICAN))
    assert asked == [("He wrote [[k'at]] on the wall.", False)]


@pytest.mark.real
def test_the_names_of_twelve_languages_reach_hibari_s_network():
    neural = pytest.importorskip("storytime.devices.voice_process.neural", reason="a Mac with Intel has none")
    engine = neural.NeuralEngine()
    for name, ipa in LISTED.items():
        written = line(name, neural.VOICE.id, ipa)
        given = "".join(phonemes for phonemes, _ in engine._phonemes(neural._with_sounds(written)))
        assert for_hibari(ipa) in given
    heard = [written.text[one.start : one.start + one.length] for one in engine.render(written).words]
    assert heard == ["Good", "night", "さくら", "said", "the", "owl"]


@pytest.mark.real
def test_a_word_in_sounds_that_hibari_has_no_likeness_of_is_said_as_written():
    neural = pytest.importorskip("storytime.devices.voice_process.neural", reason="a Mac with Intel has none")
    assert neural._with_sounds(line("Sean", neural.VOICE.id, "💥ʘ")) == LINE.format("Sean")


@pytest.mark.real
def test_a_dot_in_a_name_does_not_end_hibari_s_sentence():
    neural = pytest.importorskip("storytime.devices.voice_process.neural", reason="a Mac with Intel has none")
    given = neural.NeuralEngine()._phonemes(neural._with_sounds(line("J. R.", neural.VOICE.id, "ˈdʒeɪɑː")))
    assert len(given) == 1
    assert "ʤˈAɑ" in given[0][0]

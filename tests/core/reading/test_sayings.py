"""A name is said as the family says it, in whatever language it is and however a book writes it."""

import unicodedata

import pytest

from storytime.core.ports import VoiceInfo
from storytime.core.reading.narrator import Narrator
from storytime.core.reading.spoken import spoken
from storytime.core.shelf.story import StoryCard
from storytime.devices.rehearsal import PretendClock, PretendVoice
from tests.core.reading.bedside import Drawer

NAMES = {
    "Siobhan": ("shiv-awn", "/ʃɪˈvɔːn/"),
    "Anaïs": ("ana-eess", "/anaˈis/"),
    "Jörg": ("yerk", "/jœʁk/"),
    "Joaquín": ("wha-keen", "/xoaˈkin/"),
    "João": ("zhwow", "/ʒuˈɐ̃w̃/"),
    "Giuseppe": ("juh-seppy", "/dʒuˈzɛppe/"),
    "Łukasz": ("woo-cash", "/ˈwukaʂ/"),
    "Zdeněk": ("zden-yek", "/ˈzdɛɲɛk/"),
    "Işıl": ("uh-shull", "/ɯˈʃɯɫ/"),
    "Åse": ("aw-seh", "/ˈoːsə/"),
    "Прасковья": ("pras-kov-ya", "/prɐˈskovʲjə/"),
    "さくら": ("sah-koo-rah", "/sakɯɾa/"),
}


def narrator(kind):
    voice = PretendVoice(PretendClock(), voices=(VoiceInfo("e:gb", "British", ("en-gb", "en"), "e"),))
    return Narrator(voice, Drawer(sayings={"": {name: said[kind] for name, said in NAMES.items()}}))


def test_the_names_of_twelve_languages_reach_the_voice_as_listed_in_words():
    for name, (said, _) in NAMES.items():
        line = narrator(0).utterance(f"“Come in, {name}!” said the owl.", "en")
        assert line.text == f"“Come in, {said}!” said the owl."


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_names_of_twelve_languages_reach_the_voice_as_listed_in_sounds(form):
    for name, (_, said) in NAMES.items():
        written = unicodedata.normalize(form, f"“Come  in, {name}!” said the owl.")
        line = narrator(1).utterance(written, "en")
        (sounds,) = line.sounds
        assert sounds.ipa == said.strip("/")
        assert line.text[sounds.start : sounds.start + sounds.length] == unicodedata.normalize(form, name)


def test_all_names_in_one_line_are_each_said():
    line = narrator(1).utterance(", ".join(NAMES) + ".", "en")
    assert [one.ipa for one in line.sounds] == [said.strip("/") for _, said in NAMES.values()]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("SIOBHAN", "shiv-awn"),
        ("siobhan’s", "shiv-awn’s"),
        ("Siobhanna", "Siobhanna"),
        ("O’Shea and O'Shea", "oh-shay and oh-shay"),
        ("Mary Siobhan", "the twins"),
    ],
)
def test_a_word_is_found_whole_in_any_case_and_with_any_apostrophe(written, said):
    sayings = {"Siobhan": "shiv-awn", "O'Shea": "oh-shay", "Mary Siobhan": "the twins"}
    assert spoken(written, "en", sayings).text == said


def test_a_name_inside_a_run_of_letters_without_spaces_is_found():
    assert spoken("小美玲说话", "zh", {"美玲": "may-ling"}).text == "小may-ling说话"


def test_a_name_that_goes_on_with_a_vowel_sign_is_another_name():
    assert spoken("प्रिया", "hi", {"प्रिय": "pree"}).text == "प्रिया"


@pytest.mark.parametrize(
    ("name", "ipa", "owned"), [("Siobhan", "ʃɪˈvɔːn", "ʃɪˈvɔːnz"), ("Max", "maks", "maksɪz"), ("Jack", "dʒak", "dʒaks")]
)
def test_what_a_name_said_in_sounds_owns_is_said_with_it(name, ipa, owned):
    said = spoken(f"{name}’s dog", "en", {name: f"/{ipa}/"})
    (sounds,) = said.sounds
    assert (said.text[: sounds.length], sounds.ipa) == (f"{name}’s", owned)


def test_a_story_s_own_saying_goes_before_the_family_s():
    voice = PretendVoice(PretendClock())
    teller = Narrator(voice, Drawer(sayings={"": {"Ada": "ay-da"}, "7": {"Ada": "ah-da"}}))
    card = StoryCard(7, "Ada", "", "en", 1, 2, 0.1, "")
    ((line, *_),) = teller.candidates(card, 0, ["Ada slept."])
    assert line.text == "ah-da slept."
    assert teller.utterance("Ada slept.", "en").text == "ay-da slept."


def test_the_understudy_says_it_so_too():
    voice = PretendVoice(
        PretendClock(),
        voices=(VoiceInfo("hibari:heart", "Heart", ("en",), "hibari"), VoiceInfo("espeak:en", "E", ("en",), "espeak")),
    )
    card = StoryCard(1, "Ada", "", "en", 1, 2, 0.1, "")
    ((first, other),) = Narrator(voice, Drawer(sayings={"": {"Ada": "/ˈɑːda/"}})).candidates(card, 0, ["Ada slept."])
    assert first.sounds == other.sounds != ()


def test_strokes_in_a_line_are_no_sounds():
    assert spoken("and/or, either/or", "en", {"owl": "owl"}).sounds == ()

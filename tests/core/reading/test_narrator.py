"""The narrator chooses the family's voice for a language, and the nearest one where none was chosen."""

from pathlib import Path

import pytest

from storytime.core.errors import NoVoice
from storytime.core.ports import Utterance, VoiceInfo
from storytime.core.reading.goodnight import WORDS, words_of
from storytime.core.reading.narrator import Narrator
from storytime.core.reading.voice_choice import by_nearness
from storytime.core.shelf.story import Role, StoryCard
from storytime.devices.rehearsal import PretendClock, PretendVoice
from tests.core.reading.bedside import Drawer

BRITISH = VoiceInfo("e:gb", "British", ("en-gb", "en"), "e")
AMERICAN = VoiceInfo("e:us", "American", ("en-us", "en"), "e")
GERMAN = VoiceInfo("e:de", "German", ("de",), "e")
MEXICAN = VoiceInfo("e:mx", "Mexican", ("es-419",), "e")


def narrator(*voices, only="", rate=None, **settings):
    return Narrator(PretendVoice(PretendClock(), voices=voices), Drawer(**settings), only=only, rate=rate)


@pytest.mark.parametrize(
    ("language", "voice"),
    [("en-us", AMERICAN), ("en-GB", BRITISH), ("de-at", GERMAN), ("es", MEXICAN), ("fi", BRITISH), ("en", BRITISH)],
)
def test_the_nearest_voice_reads_a_language(language, voice):
    assert narrator(GERMAN, AMERICAN, BRITISH, MEXICAN).voice_for(language) == voice


def test_the_family_s_choice_goes_before_it():
    assert narrator(AMERICAN, BRITISH, voice={"en": "e:us"}).voice_for("en-GB") == AMERICAN


def test_a_chosen_voice_that_is_gone_is_replaced_by_the_nearest():
    assert narrator(GERMAN, BRITISH, voice={"en": "e:us"}).voice_for("en") == BRITISH


def test_without_english_somebody_still_reads():
    assert narrator(GERMAN).voice_for("fi") == GERMAN


def test_a_machine_without_voices_says_so():
    with pytest.raises(NoVoice):
        narrator().voice_for("en")


def test_a_voice_that_was_asked_for_by_name_and_is_not_there_is_no_other():
    with pytest.raises(NoVoice):
        narrator(BRITISH, only="Grandmother").voice_for("en")
    assert narrator(BRITISH, GERMAN, only="German").voice_for("en") == GERMAN


@pytest.mark.parametrize("wanted", ["german", "GERMAN", "E:DE"])
def test_a_voice_is_asked_for_in_any_case(wanted):
    assert narrator(BRITISH, GERMAN, only=wanted).voice_for("en") == GERMAN


def test_a_voice_that_is_not_there_is_told_with_where_the_others_are_listed():
    with pytest.raises(NoVoice, match=r"“Grandmother”.* storytime voices$"):
        narrator(BRITISH, only="Grandmother").voice_for("en")


def test_a_line_is_said_in_the_voice_s_own_manner():
    said = narrator(BRITISH, voice_rate={"e:gb": 0.8}, voice_pitch={"e:gb": 0.3}).utterance("Hush,\n  now.", "en")
    assert (said.text, said.voice, said.rate, said.pitch, said.volume) == ("Hush, now.", "e:gb", 0.8, 0.3, 1.0)


def test_a_pace_that_was_asked_for_goes_before_it():
    assert narrator(BRITISH, rate=1.5, voice_rate={"e:gb": 0.8}).utterance("Hush.", "en").rate == 1.5


@pytest.mark.parametrize("text", ["* * *", "…", "  ", "—"])
def test_where_there_is_nothing_to_say_nothing_is_asked(text):
    assert narrator(BRITISH).utterance(text, "en") is None


def test_every_language_s_goodnight_has_words():
    assert all(any(letter.isalpha() for letter in words) for words in WORDS.values())
    assert words_of("de-AT") == WORDS["de"]
    assert words_of("en", "  Sleep tight.  ") == "Sleep tight."


@pytest.mark.parametrize(
    ("language", "voice"),
    [("en", "hibari:heart"), ("en-gb", "hibari:heart"),
        ("de", "sapi5:anna"), ("es", "espeak:es"), ("fi", "hibari:heart")],
)
def test_where_nobody_chose_the_warmest_voice_of_the_tongue_reads(language, voice):
    voices = (
        VoiceInfo("espeak:en", "English", ("en-gb", "en"), "espeak"),
        VoiceInfo("espeak:es", "Spanish", ("es",), "espeak"),
        VoiceInfo("espeak:de", "German", ("de",), "espeak"),
        VoiceInfo("sapi5:anna", "Anna", ("de-de", "de"), "sapi5"),
        VoiceInfo("hibari:heart", "Heart", ("en-us", "en"), "hibari"),
    )
    assert narrator(*voices).voice_for(language).id == voice


@pytest.mark.parametrize(
    ("ids", "names"),
    [
        (("en_US-joe-low", "en_US-joe-high"), ["Joe (high)", "Joe (low)"]),
        (("en_US-joe-low", "en_GB-joe-low"), ["Joe (en_GB-joe-low)", "Joe (en_US-joe-low)"]),
        (("en_US-joe-low",), ["Joe"]),
    ],
)
def test_voices_of_one_name_are_told_apart_where_somebody_chooses(ids, names):
    voices = [VoiceInfo(f"piper:{one}", "Joe", ("en-us", "en"), "piper") for one in ids]
    assert [one.name for one in by_nearness([*voices, BRITISH], "en")] == [*names, "British"]


def test_of_two_voices_of_one_name_a_speaker_has_the_one_of_the_story_s_language():
    german, english = (VoiceInfo(f"piper:{tag}", "Joe", (tag,), "piper") for tag in ("de", "en"))
    card = StoryCard(1, "The Fox", "", "en", 1, 2, 0.1, "")
    reads = narrator(BRITISH, german, english, voice={"en": BRITISH.id})
    said = reads.as_speaker("It slept.", card, Role("Joe"))
    assert said.voice == "piper:en"


def test_a_line_has_an_understudy_of_another_engine():
    heart = VoiceInfo("hibari:heart", "Heart", ("en-us", "en"), "hibari")
    other = VoiceInfo("espeak:en", "English", ("en-gb", "en"), "espeak")
    card = StoryCard(1, "The Fox", "", "en", 1, 2, 0.1, "")
    (said,) = narrator(heart, other, GERMAN).candidates(card, 0, ["It slept."])
    assert [one.voice for one in said] == ["hibari:heart", "espeak:en", "e:de"]
    (said,) = narrator(heart, other, only="hibari:heart").candidates(card, 0, ["It slept."])
    assert [one.voice for one in said] == ["hibari:heart"]


def test_where_two_networks_fail_the_voice_that_is_everywhere_still_speaks():
    heart = VoiceInfo("hibari:heart", "Heart", ("en-us", "en"), "hibari")
    brought = VoiceInfo("piper:joe", "Joe", ("en-us", "en"), "piper")
    plain = VoiceInfo("espeak:en", "English", ("en-gb", "en"), "espeak")
    other = VoiceInfo("espeak:us", "English (America)", ("en-us", "en"), "espeak")
    card = StoryCard(1, "The Fox", "", "en", 1, 2, 0.1, "")
    (said,) = narrator(plain, brought, heart, other).candidates(card, 0, ["It slept."])
    assert [one.voice for one in said] == ["hibari:heart", "piper:joe", "espeak:en"]


def test_a_word_is_said_as_the_family_says_it_and_a_story_may_know_better():
    sayings = {"": {"Siobhan": "shiv-awn", "Ra": "rah"}, "7": {"Ra": "ray"}}
    reads = narrator(BRITISH, sayings=sayings)
    assert reads.utterance("Siobhan met Ra.", "en", "7").text == "shiv-awn met ray."
    assert reads.utterance("Siobhan met Ra.", "en", "8").text == "shiv-awn met rah."


def heads(card, start, texts, titles, **settings):
    said = narrator(BRITISH, **settings).candidates(card, start, texts, titles)
    return [one.head for (one,) in said]


def test_a_story_s_title_and_its_chapters_are_announced():
    card = StoryCard(1, "The Fox", "", "en", 9, 2, 0.1, "")
    assert heads(card, 0, ["One.", "Two."], {0: "Chapter IV", 1: "Where is he?"}) == [
        "The Fox. Chapter four.",
        "Where is he?",
    ]
    assert heads(card, 3, ["One.", "Two."], {}) == ["", ""]


def test_a_chapter_called_like_its_story_is_announced_once():
    assert heads(StoryCard(1, "The Fox", "", "en", 9, 2, 0.1, ""), 0, ["One."], {0: "THE FOX"}) == ["The Fox."]


def test_a_family_that_wants_no_announcement_hears_none():
    assert heads(StoryCard(1, "The Fox", "", "en", 9, 2, 0.1, ""), 0, ["One."], {0: "I"}, announce=False) == [""]


def test_a_story_s_own_voice_goes_before_that_of_its_language():
    teller = narrator(AMERICAN, BRITISH, voice={"en": "e:us"}, story_voice={"7": "e:gb", "8": "e:gone"})
    assert [teller.voice_for("en", story) for story in ("7", "8", "")] == [BRITISH, AMERICAN, AMERICAN]
    assert teller.utterance("Hush.", "en", "7").voice == "e:gb"


def test_a_voice_is_warm_where_the_family_wants_it():
    teller = narrator(BRITISH, voice_warmth={"e:gb": True})
    assert teller.utterance("Hush.", "en").warm
    assert not narrator(BRITISH).utterance("Hush.", "en").warm


@pytest.mark.parametrize(("chosen", "factor"), [(1.5, 1.5), (9.0, 2.0), (0.0, 0.5)])
def test_the_silence_after_a_line_is_the_voice_s_own(chosen, factor):
    teller = narrator(BRITISH, voice_pause={"e:gb": chosen})
    assert teller.pause_factor((teller.utterance("Hush.", "en"),)) == factor
    assert teller.pause_factor(()) == 1.0


def test_a_recorded_voice_keeps_the_silence_of_the_page():
    teller = narrator(BRITISH, voice_pause={"teller:1": 2.0})
    assert teller.pause_factor((Utterance("Hush.", "teller:1", take=Path("a.flac")),)) == 1.0

"""A recorded name is heard wherever the machine would have to say it, and never at the price of a line."""

import pytest

from storytime.core.ports import VoiceInfo
from storytime.core.reading.candidates import Candidates
from storytime.core.reading.goodnight import Goodnight
from storytime.core.reading.narrator import NOBODY
from storytime.core.reading.script import Step
from storytime.core.shelf.takes import Levels
from storytime.devices.rehearsal import PretendClock, PretendSpeaker, PretendVoice
from storytime.devices.rehearsal.voice import VOICES
from tests.core.reading.test_whose_voice import Family
from tests.core.shelf.voices import keep

MACHINE = VOICES[0].id
EVE = VoiceInfo("other:eve", "Eve", ("en-us", "en-gb", "en"), "other")


class Names(Family):
    """A family with recorded names."""

    def record(self, teller, name, **more):
        return keep(self.takes, teller, None, 0, name, kind="name", **more)

    def candidates(self, text, **more):
        (candidates,) = self.narrator(**more).candidates(self.fox, 1, [text])
        return candidates

    def heard(self, text, **more):
        """The words that are heard from recordings in the dearest way to tell a line, and whose they are."""
        first = self.candidates(text, **more)[0]
        return [(first.text[one.start : one.start + one.length], one.take) for one in first.names]


def nameless(line):
    """Seconds of a line, in a house where no recorded name can be played."""
    if line.names:
        raise ValueError("its recording is gone")
    return 2.0


@pytest.fixture
def family(library, shelf):
    return Names(library, shelf)


@pytest.fixture
def mia(family):
    """The file of the name Mia, in her mother's voice."""
    return family.takes.path(family.record(family.mother, "Mia"))


@pytest.mark.parametrize(
    "text", ["Mia slept.", "“Good night, MIA!” said he.", "The fox saw mia.", "Mia", "‘Mia,’ he said."]
)
def test_a_whole_word_is_heard_from_its_recording_however_it_is_written(family, mia, text):
    ((word, take),) = family.heard(text)
    assert word.casefold() == "mia"
    assert take == mia


@pytest.mark.parametrize(
    "text",
    [
        *("Miami slept.", "Lamia slept.", "Mia’s bed.", "Mia's bed.", "Mia'll come.", "L’Mia slept."),
        *("Mia-Lou slept.", "Anna-Mia slept.", "See www.mia.org now.", "The moon rose."),
    ],
)
def test_what_is_another_word_or_tied_to_one_is_left_to_the_machine(family, mia, text):
    assert [one.names for one in family.candidates(text)] == [()]


def test_a_name_stands_where_it_is_said_whatever_the_machine_makes_of_the_line_before_it(family, mia):
    text = "On 21\n\n  foxes, Mia  and  MIA rode."
    first, plain = family.candidates(text)
    assert first.text == "On twenty-one foxes, Mia and MIA rode."
    assert plain.text == "On twenty-one foxes, Mia and Mia rode."
    assert [(one.start, one.length) for one in first.names] == [(21, 3), (29, 3)]
    assert first.names[0].take == mia


def test_a_pet_word_of_two_words_and_an_accent_however_it_is_coded_are_heard(family):
    family.record(family.mother, "Zoe\u0308 Bear")
    assert len(family.heard("Zoë Bear slept.")) == 1


def test_the_line_with_names_comes_first_and_then_the_same_without_and_then_the_understudy(family, mia):
    family.voices = (VOICES[0], EVE)
    told = family.candidates("Hush, Mia.")
    assert [(one.voice, len(one.names)) for one in told] == [(MACHINE, 1), (MACHINE, 0), (EVE.id, 1), (EVE.id, 0)]
    assert {one.text for one in told} == {"Hush, Mia."}


def test_a_recorded_line_goes_before_the_machine_with_names(family, mia):
    keep(family.takes, family.grandpa, family.fox, 1, "Hush, Mia.")
    first, second, third = family.candidates("Hush, Mia.")
    assert first.take
    assert first.names == ()
    assert (len(second.names), len(third.names)) == (1, 0)


def test_a_heading_goes_with_every_way_of_the_line(family, mia):
    (told,) = family.narrator().candidates(family.fox, 0, ["Hush, Mia."])
    assert [one.head for one in told] == [f"{family.fox.title}."] * 2


def test_a_name_in_a_title_is_heard_too_and_a_recording_that_fails_costs_neither(family, mia):
    family.shelf.edit(family.fox.id, title="Mia and the Bear")
    family.fox = family.shelf.card(family.fox.id)
    (told,) = family.narrator().candidates(family.fox, 0, ["Hush, Mia."])
    assert {one.head for one in told} == {"Mia and the Bear."}
    assert [(len(one.head_names), len(one.names)) for one in told] == [(1, 1), (0, 1), (1, 0), (0, 0)]
    assert (told[0].head_names[0].start, told[0].head_names[0].take) == (0, mia)
    (told,) = family.narrator(teller=NOBODY).candidates(family.fox, 0, ["Hush, Mia."])
    assert [one.head_names for one in told] == [()]


def test_a_name_in_a_chapter_s_head_is_heard_where_the_line_itself_has_none(family, mia):
    (told,) = family.narrator().candidates(family.fox, 1, ["All slept."], {1: "3. Where Mia lives"})
    assert [len(one.head_names) for one in told] == [1, 0]
    name = told[0].head_names[0]
    assert told[0].head[name.start : name.start + name.length] == "Mia"


def test_the_goodnight_says_a_recorded_name_and_is_said_without_it_where_that_fails(family, mia):
    family.settings.change(goodnight="Sleep well, Mia.")
    first, plain = family.narrator().goodnight("en")
    assert (first.text, len(first.names), plain.names) == ("Sleep well, Mia.", 1, ())
    assert [one.names for one in family.narrator(teller=NOBODY).goodnight("en")] == [()]
    clock = PretendClock()
    voice, speaker = PretendVoice(clock, nameless), PretendSpeaker(clock)
    goodnight = Goodnight(voice, speaker, family.narrator(), family.settings)
    ended = []
    goodnight.ended.connect(ended.append)
    goodnight.prepare("en")
    clock.advance(1)
    assert goodnight.seconds() == pytest.approx(2.0)
    goodnight.say()
    clock.advance(4)
    assert ended == [True]


def test_a_name_that_fails_while_the_goodnight_is_waited_for_is_said_by_the_machine(family, mia):
    family.settings.change(goodnight="Sleep well, Mia.")
    clock = PretendClock()
    voice, speaker = PretendVoice(clock, nameless), PretendSpeaker(clock)
    goodnight = Goodnight(voice, speaker, family.narrator(), family.settings)
    ended = []
    goodnight.ended.connect(ended.append)
    goodnight.say()
    clock.advance(6)
    assert ended == [True]


def test_tonight_s_teller_says_the_name_else_the_newest_recording_of_another(family):
    mother, grandpa = (family.record(who, "Mia") for who in (family.mother, family.grandpa))
    tom = family.record(family.grandpa, "Tom")
    path = family.takes.path
    assert family.heard("Mia slept.") == [("Mia", path(grandpa))]
    family.settings.change(teller=family.mother.id)
    assert family.heard("Mia and Tom.") == [("Mia", path(mother)), ("Tom", path(tom))]
    assert family.heard("Mia slept.", teller=family.grandpa.id) == [("Mia", path(grandpa))]


def test_where_the_parent_allows_no_other_only_tonight_s_teller_says_names(family):
    family.record(family.grandpa, "Mia")
    family.settings.change(teller=family.mother.id, other_tellers=False)
    assert family.heard("Mia slept.") == []
    family.settings.change(teller=family.grandpa.id)
    assert len(family.heard("Mia slept.")) == 1


def test_without_recorded_names_wished_or_with_nobody_as_the_teller_the_machine_says_them(family, mia):
    assert family.heard("Mia slept.", teller=NOBODY) == []
    family.settings.change(recorded_names=False)
    assert [one.names for one in family.candidates("Mia slept.")] == [()]
    assert not family.narrator().says_names()


def test_a_name_that_was_put_away_or_read_within_a_line_is_no_recorded_name(family):
    kept = family.record(family.mother, "Mia")
    family.takes.put_away(kept.id)
    keep(family.takes, family.mother, family.fox, 0, "Tom")
    assert family.heard("Mia and Tom.") == []


def test_a_recording_goes_before_a_saying_which_stays_for_where_there_is_none(family, mia):
    family.settings.change(sayings={"": {"Mia": "mee-ah", "Tom": "tomm"}})
    first, plain = family.candidates("Mia saw Tom in Mia’s bed.")
    assert first.text == "Mia saw tomm in mee-ah’s bed."
    assert [one.start for one in first.names] == [0]
    assert plain.text == "mee-ah saw tomm in mee-ah’s bed."


def test_sounds_that_a_family_gave_stay_with_the_words_beside_a_name(family, mia):
    family.settings.change(sayings={"": {"Tom": "/tɔm/"}})
    first, _plain = family.candidates("Mia  saw Tom.")
    (tom,) = first.sounds
    assert first.text[tom.start : tom.start + tom.length] == "Tom"


def test_what_was_measured_and_the_care_for_noise_go_with_the_name(family):
    kept = family.record(family.mother, "Mia", speech=(0.4, 0.9))
    family.settings.change(less_noise=True)
    first, plain = family.candidates("Hush, Mia.")
    assert first.names[0].levels == kept.levels == Levels(speech_begin=0.4, speech_end=0.9)
    assert (first.less_noise, plain.less_noise) == (True, False)


def test_the_names_are_asked_of_the_library_once_for_all_lines(family, mia):
    asked, names = [], family.takes.names
    family.takes.names = lambda *which: asked.append(which) or names(*which)
    family.narrator().candidates(family.fox, 1, ["Hush, Mia."] * 16)
    assert len(asked) == 1


def test_a_name_that_cannot_be_played_never_costs_the_line(family, mia):
    told = family.candidates("Hush, Mia.")
    line = Step(0, family.fox.id, 1, told, 0.5, opens=False, last=False)
    candidates = Candidates(PretendVoice(PretendClock()))
    assert candidates.best(line).names
    candidates.refuse(told[0])
    assert (candidates.best(line).text, candidates.best(line).names) == ("Hush, Mia.", ())

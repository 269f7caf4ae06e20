"""Whose voice reads a line: tonight's teller, else another one if the parent allows, else the machine's."""

import pytest

from storytime.core.errors import NoVoice
from storytime.core.reading.narrator import NOBODY, Narrator
from storytime.core.shelf.takes import WORDLESS, Takes
from storytime.core.shelf.tellers import Tellers
from storytime.devices.rehearsal import PretendClock, PretendVoice
from storytime.devices.rehearsal.voice import VOICES
from tests.core.reading.bedside import Drawer
from tests.core.shelf.conftest import manuscript
from tests.core.shelf.test_takes import wordless
from tests.core.shelf.voices import keep

LINES = ["The fox slept.", "The moon rose."]


class Family:
    def __init__(self, library, shelf):
        self.takes = Takes(library, library.paths)
        tellers = Tellers(library)
        self.mother, self.grandpa = tellers.welcome("Mother"), tellers.welcome("Grandpa")
        self.shelf = shelf
        self.fox = shelf.card(shelf.add(manuscript()).id)
        self.settings = Drawer()
        self.voices = VOICES

    def narrator(self, **more):
        voice = PretendVoice(PretendClock(), voices=self.voices)
        return Narrator(voice, self.settings, self.takes, **more)

    def told(self, line=0, **more):
        """Who may be heard, in order."""
        (candidates,) = self.narrator(**more).candidates(self.fox, line, [LINES[line]])
        return [one.voice for one in candidates]

    def voice(self, teller):
        return f"teller:{teller.id}"


@pytest.fixture
def family(library, shelf):
    return Family(library, shelf)


MACHINE = VOICES[0].id


def test_a_line_that_nobody_recorded_is_the_machine_s(family):
    assert family.told() == [MACHINE]


def test_the_take_goes_before_the_machine(family):
    kept = keep(family.takes, family.mother, family.fox, 0, LINES[0])
    (first, second), (other,) = family.narrator().candidates(family.fox, 0, LINES)
    assert first.take == family.takes.path(kept)
    assert (first.text, first.levels) == (LINES[0], kept.levels)
    assert (second.voice, other.voice) == (MACHINE, MACHINE)


def test_where_nobody_is_chosen_whoever_recorded_last_is_heard(family):
    keep(family.takes, family.mother, family.fox, 0, LINES[0])
    keep(family.takes, family.grandpa, family.fox, 0, LINES[0])
    assert family.told() == [family.voice(family.grandpa), family.voice(family.mother), MACHINE]


def test_tonight_s_teller_goes_before_a_newer_take_of_another(family):
    keep(family.takes, family.mother, family.fox, 0, LINES[0])
    keep(family.takes, family.grandpa, family.fox, 0, LINES[0])
    family.settings.change(teller=family.mother.id)
    assert family.told() == [family.voice(family.mother), family.voice(family.grandpa), MACHINE]


def test_another_teller_reads_what_tonight_s_has_not_recorded(family):
    keep(family.takes, family.grandpa, family.fox, 0, LINES[0])
    family.settings.change(teller=family.mother.id)
    assert family.told() == [family.voice(family.grandpa), MACHINE]


def test_where_the_parent_allows_no_other_the_machine_reads_it(family):
    keep(family.takes, family.grandpa, family.fox, 0, LINES[0])
    family.settings.change(teller=family.mother.id, other_tellers=False)
    assert family.told() == [MACHINE]


def test_a_stale_take_is_not_told(family):
    keep(family.takes, family.mother, family.fox, 0, "The hen slept.")
    assert family.told() == [MACHINE]


def test_a_take_that_was_put_away_is_not_told(family):
    kept = keep(family.takes, family.mother, family.fox, 0, LINES[0])
    family.takes.put_away(kept.id)
    assert family.told() == [MACHINE]


def test_the_care_that_the_parent_chose_goes_with_it(family):
    keep(family.takes, family.mother, family.fox, 0, LINES[0])
    family.settings.change(take_care=False, less_noise=True)
    ((first, _),) = family.narrator().candidates(family.fox, 0, LINES[:1])
    assert (first.care, first.less_noise) == (False, True)


def test_a_teller_can_be_asked_for_and_so_can_nobody(family):
    keep(family.takes, family.mother, family.fox, 0, LINES[0])
    keep(family.takes, family.grandpa, family.fox, 0, LINES[0])
    assert family.told(teller=family.mother.id)[0] == family.voice(family.mother)
    assert family.told(teller=NOBODY) == [MACHINE]


def test_a_piece_without_words_is_told_by_its_take_and_by_no_machine(family):
    tale = family.shelf.card(family.shelf.add(wordless("The Night Train", 2)).id)
    kept = keep(family.takes, family.mother, tale, 1, WORDLESS)
    none, told = family.narrator().candidates(tale, 0, [WORDLESS] * 2)
    assert none == ()
    assert [one.take for one in told] == [family.takes.path(kept)]


def test_a_machine_without_voices_still_tells_what_is_recorded(family):
    keep(family.takes, family.mother, family.fox, 0, LINES[0])
    family.voices = ()
    assert family.told(0) == [family.voice(family.mother)]
    assert family.told(1) == []


def test_where_nothing_is_recorded_it_says_so(family):
    family.voices = ()
    with pytest.raises(NoVoice):
        family.told(0)


def test_a_voice_that_was_asked_for_and_is_not_there_is_said_whatever_is_recorded(family):
    keep(family.takes, family.mother, family.fox, 0, LINES[0])
    with pytest.raises(NoVoice):
        family.told(0, only="Nobody's")


def guides(family):
    (candidates,) = family.narrator().candidates(family.fox, 0, LINES[:1])
    return [one.guide for one in candidates if one.take]


def test_a_family_that_follows_the_words_has_the_machine_say_those_of_a_take_too(family):
    keep(family.takes, family.mother, family.fox, 0, LINES[0])
    assert guides(family) == [None]
    family.settings.change(follow_words=True)
    (guide,) = guides(family)
    assert (guide.text, guide.voice, guide.take) == (LINES[0], MACHINE, None)


def test_what_is_written_in_step_has_the_words_of_takes_whether_or_not_the_family_follows_them(family):
    keep(family.takes, family.mother, family.fox, 0, LINES[0])
    ((take, _machine),) = family.narrator().in_step().candidates(family.fox, 0, LINES[:1])
    assert take.guide.text == LINES[0]


def test_where_no_machine_can_say_it_a_take_is_heard_without_times(family):
    keep(family.takes, family.mother, family.fox, 0, LINES[0])
    family.settings.change(follow_words=True)
    family.voices = ()
    assert guides(family) == [None]
    assert family.told() == [family.voice(family.mother)]

"""One voice out of several: each line goes to the child whose it is, and a child that fails stops no other."""

from pathlib import Path

import pytest

from storytime.core.ports import Utterance, VoiceInfo
from storytime.devices.rehearsal import PretendClock, PretendVoice
from storytime.devices.voices import ANY, ENOUGH, TAKE, Voices

PLAIN = VoiceInfo("plain:ann", "Ann", ("en",), "plain")
DEEP = VoiceInfo("deep:bob", "Bob", ("en",), "deep")


class Chorus:
    """Three children on one clock, and what came of their lines in order."""

    def __init__(self, **lengths):
        self.clock = PretendClock()
        self.plain = self._child(PLAIN, delay=0.1, **lengths)
        self.deep = self._child(DEEP, delay=1.0, **lengths)
        self.taken = self._child(delay=0.3, **lengths)
        self.voices = Voices({ANY: self.plain, "deep": self.deep, TAKE: self.taken})
        self.came = []
        self.voices.rendered.connect(lambda asked, _sound: self.came.append(asked.text))
        self.voices.failed.connect(lambda asked, why: self.came.append((asked.text, why)))

    def _child(self, *voices, delay, fails=()):
        def seconds(utterance):
            if utterance.text in fails:
                raise ValueError("it fell over")
            return 1.0

        return PretendVoice(self.clock, seconds, delay=delay, voices=voices)

    def ask(self, *utterances):
        for utterance in utterances:
            self.voices.render(utterance)
        return self


def plain(text):
    return Utterance(text, PLAIN.id)


def deep(text):
    return Utterance(text, DEEP.id)


def taken(text):
    return Utterance(text, "teller:1", take=Path("a.flac"))


def test_each_line_goes_to_the_child_whose_engine_it_names():
    chorus = Chorus().ask(plain("a"), deep("b"), taken("c"), Utterance("d", "other:eve"))
    assert [one.text for one in chorus.plain.asked] == ["a", "d"]
    assert [one.text for one in chorus.deep.asked] == ["b"]
    assert [one.text for one in chorus.taken.asked] == ["c"]


def test_a_take_is_no_engine_s_even_if_its_voice_sounds_like_one():
    chorus = Chorus().ask(Utterance("a", DEEP.id, take=Path("a.flac")))
    assert chorus.deep.asked == []
    assert len(chorus.taken.asked) == 1


def test_the_voices_are_those_of_all_children():
    assert Chorus().voices.voices() == (PLAIN, DEEP)


def test_answers_come_in_the_order_of_asking_for_each_child_and_none_waits_for_another():
    chorus = Chorus().ask(deep("1"), plain("a"), deep("2"), plain("b"), taken("x"))
    chorus.clock.advance(5)
    assert chorus.came == ["a", "b", "x", "1", "2"]


def test_a_child_that_fails_fails_its_own_lines_alone():
    chorus = Chorus(fails={"1"}).ask(deep("1"), plain("a"), deep("2"))
    chorus.clock.advance(5)
    assert chorus.came == ["a", ("1", "it fell over"), "2"]


def test_what_a_child_has_is_ready():
    chorus = Chorus().ask(deep("1"))
    assert chorus.voices.ready(deep("1")) is None
    chorus.clock.advance(2)
    assert chorus.voices.ready(deep("1")).seconds == 1.0
    assert chorus.voices.ready(plain("1")) is None


@pytest.mark.parametrize("act", ["forget", "close"])
def test_all_children_forget_and_close(act):
    chorus = Chorus().ask(*(kind(text) for kind in (plain, deep, taken) for text in ("first", "second")))
    getattr(chorus.voices, act)()
    chorus.clock.advance(9)
    assert "second" not in chorus.came


def test_all_children_are_warmed_before_any_is_waited_for():
    order = []

    class Slow(PretendVoice):
        def warm(self):
            order.append("warmed")

        def voices(self):
            order.append("waited")
            return ()

    Voices({ANY: Slow(PretendClock()), "deep": Slow(PretendClock())}).voices()
    assert order == ["warmed", "warmed", "waited", "waited"]


def test_voices_have_begun_when_every_child_has():
    class Late(PretendVoice):
        there = False

        def begun(self):
            return self.there

    late = Late(PretendClock())
    voices = Voices({ANY: PretendVoice(PretendClock()), "deep": late})
    voices.warm()
    assert not voices.begun()
    late.there = True
    assert voices.begun()


def restful(chorus):
    rested = []
    for child, name in ((chorus.plain, "plain"), (chorus.deep, "deep"), (chorus.taken, "taken")):
        child.rest = lambda name=name: rested.append(name)
    return rested


def test_an_engine_that_nobody_asks_any_more_rests_once():
    chorus = Chorus()
    rested = restful(chorus)
    chorus.ask(deep("a"), *(plain(f"line {number}") for number in range(2 * ENOUGH)))
    assert rested.count("deep") == 1
    assert "plain" not in rested


def test_an_engine_that_is_asked_now_and_then_does_not_rest():
    chorus = Chorus()
    rested = restful(chorus)
    for turn in range(5):
        chorus.ask(deep(f"a {turn}"), *(plain(f"line {turn} {number}") for number in range(ENOUGH - 1)))
    assert "deep" not in rested


def test_recordings_send_no_engine_to_rest():
    chorus = Chorus()
    rested = restful(chorus)
    chorus.ask(deep("a"), *(taken(f"line {number}") for number in range(2 * ENOUGH)))
    assert "deep" not in rested

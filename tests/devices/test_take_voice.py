"""Recorded voices made fit to be told: in order, kept for next time, and never heard once their file is gone."""

import wave
from dataclasses import replace

import pytest

from storytime.core.errors import CannotRead, DiskFull
from storytime.core.ports import Levels, Sound, Utterance
from storytime.devices.background import RealBackground
from storytime.devices.take_voice import GONE, TakeVoice

PATIENCE = 10_000
RATE = 48_000


class Workshop:
    """A voice whose workers write short silences, and what came of the takes in order."""

    def __init__(self, qtbot, folder, **more):
        self._bot, self._folder = qtbot, folder
        self.made, self.came, self.sounds = [], [], {}
        self.damaged, self.full = set(), 0
        self.background = RealBackground()
        self.voice = TakeVoice(folder / "cache", self.background, render=self._render, **more)
        self.voice.rendered.connect(self._rendered)
        self.voice.failed.connect(lambda asked, why: self.came.append((asked.text, why)))

    def take(self, name, **care):
        path = self._folder / f"{name}.flac"
        if not path.exists():
            path.write_bytes(name.encode())
        return Utterance(name, "teller:1", take=path, levels=Levels(lufs=-20.0), **care)

    def _render(self, utterance, to, guide=None):
        self.made.append(utterance.text)
        if utterance.text in self.damaged:
            raise CannotRead(utterance.take, "is damaged")
        if self.full:
            self.full -= 1
            raise DiskFull(to)
        with wave.open(str(to), "wb") as file:
            file.setparams((1, 2, RATE, 480, "NONE", ""))
            file.writeframes(bytes(960))
        return Sound(to, 480, RATE)

    def _rendered(self, asked, sound):
        self.came.append(asked.text)
        self.sounds[asked.text] = sound

    def of(self, *utterances):
        wanted = len(self.came) + len(utterances)
        for utterance in utterances:
            self.voice.render(utterance)
        self._bot.waitUntil(lambda: len(self.came) >= wanted, timeout=PATIENCE)
        return self.came[-len(utterances) :]


@pytest.fixture
def workshop(qtbot, tmp_path):
    shop = Workshop(qtbot, tmp_path)
    yield shop
    shop.voice.close()
    shop.background.close()


def test_takes_come_in_the_order_of_asking(workshop):
    names = [f"take {number}" for number in range(12)]
    assert workshop.of(*map(workshop.take, names)) == names


def test_what_was_made_is_kept_for_next_time(workshop):
    workshop.of(workshop.take("a"))
    assert workshop.voice.ready(workshop.take("a")) == workshop.sounds["a"]
    workshop.of(workshop.take("a"))
    assert workshop.made == ["a"]


@pytest.mark.parametrize("other", [{"care": False}, {"less_noise": True}, {"levels": Levels(lufs=-30.0)}])
def test_other_care_makes_another_sound(workshop, other):
    take = workshop.take("a")
    workshop.of(take)
    assert workshop.voice.ready(replace(take, **other)) is None


def test_another_recording_of_the_same_name_is_another_sound(workshop):
    take = workshop.take("a")
    workshop.of(take)
    take.take.write_bytes(b"recorded anew")
    assert workshop.voice.ready(take) is None


def test_no_result_comes_while_it_is_asked_for_and_asking_twice_gives_one(workshop):
    workshop.of(workshop.take("a"))
    workshop.voice.render(workshop.take("a"))
    workshop.voice.render(workshop.take("a"))
    assert workshop.came == ["a"]
    workshop.voice.render(workshop.take("b"))
    workshop._bot.waitUntil(lambda: "b" in workshop.came, timeout=PATIENCE)
    assert workshop.came == ["a", "a", "b"]


def test_one_recording_that_is_asked_for_with_other_letters_is_made_once(workshop):
    lower = workshop.take("bear")
    upper = replace(lower, text="Bear")
    assert workshop.of(lower, upper) == ["bear", "Bear"]
    assert workshop.made == ["bear"]
    assert workshop.sounds["bear"].path == workshop.sounds["Bear"].path


def test_a_take_that_is_gone_fails_and_the_next_is_told(workshop):
    gone = workshop.take("gone")
    gone.take.unlink()
    assert workshop.of(gone, workshop.take("b")) == [("gone", GONE), "b"]


def test_a_voice_whose_file_is_gone_is_not_heard_from_what_was_made_of_it(workshop):
    take = workshop.take("a")
    workshop.of(take)
    take.take.unlink()
    assert workshop.voice.ready(take) is None


def test_a_take_that_vanishes_while_it_is_made_leaves_nothing_behind(workshop):
    take = workshop.take("a")
    render = workshop.voice._render

    def vanish(utterance, to, guide):
        sound = render(utterance, to)
        utterance.take.unlink()
        return sound

    workshop.voice._render = vanish
    assert workshop.of(take) == [("a", GONE)]
    assert list((take.take.parent / "cache").iterdir()) == []


def test_a_damaged_take_fails_and_the_next_is_told(workshop):
    workshop.damaged.add("bad")
    (text, why), after = workshop.of(workshop.take("bad"), workshop.take("b"))
    assert (text, after) == ("bad", "b")
    assert "cannot be played" in why


def test_a_full_disk_makes_room_once_and_tries_again(workshop):
    workshop.of(workshop.take("old"))
    workshop.full = 1
    assert workshop.of(workshop.take("new")) == ["new"]
    assert workshop.voice.ready(workshop.take("old")) is None
    workshop.full = 9
    ((text, _why),) = workshop.of(workshop.take("newer"))
    assert text == "newer"


def test_forgotten_takes_do_not_come_but_what_is_asked_again_does(workshop):
    for name in "abcdef":
        workshop.voice.render(workshop.take(name))
    workshop.voice.forget()
    workshop.voice.render(workshop.take("e"))
    workshop.of(workshop.take("z"))
    workshop._bot.waitUntil(lambda: workshop.came[-1] == "z", timeout=PATIENCE)
    assert [name for name in workshop.came if name not in "ab"] == ["e", "z"]


def test_closed_in_the_middle_it_tells_nothing_more_and_can_be_asked_again(workshop):
    for name in "abc":
        workshop.voice.render(workshop.take(name))
    workshop.voice.close()
    assert workshop.of(workshop.take("d")) == ["d"]
    assert workshop.came == ["d"]


def test_nobody_can_be_chosen_to_read_what_they_have_not_read(workshop):
    assert workshop.voice.voices() == ()

"""A word with emphasis is longer and higher; the rest of its line is said as ever, and told of in its place."""

import json
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from storytime.core.database import open_library
from storytime.core.paths import Paths
from storytime.core.ports import Sounds, Stress, Utterance, Voiced
from storytime.core.reading.narrator import Narrator
from storytime.core.reading.script import Script
from storytime.core.settings import SettingsStore
from storytime.core.shelf.intake import read_story
from storytime.core.shelf.shelf import Shelf
from storytime.devices import voice_cache
from storytime.devices.rehearsal import PretendClock, PretendVoice
from storytime.devices.splicing import parts_of
from storytime.devices.voice_cache import name_of_line
from storytime.devices.voice_process.child import _speak
from storytime.devices.voice_process.engine import Speech
from storytime.devices.voice_process.espeak import EspeakEngine
from storytime.devices.voice_process.messages import ordered_utterance, render_order
from tests.core.shelf.books import book

AMERICAN = "espeak:gmw/en-US"
LINES = {
    "alone": ("I said that you must not go to the river today.", "not"),
    "first": ("You will never see the river again.", "You"),
    "a number": ("He had twelve hens & 3 old geese in 1999, you know.", "3"),
    "several words": ("We all really must go home, said the owl.", "really must"),
}


def both(text, word, **more):
    """The line without and with its emphasis."""
    plain = Utterance(text, AMERICAN, **more)
    return plain, Utterance(text, AMERICAN, stressed=(Stress(text.index(word), len(word)),), **more)


@pytest.fixture(scope="module")
def engine():
    return EspeakEngine()


def heard(engine, line):
    """By the word's place: how long it is in seconds, and its pitch in hertz."""
    speech = engine.render(line)
    samples = np.frombuffer(speech.samples, "<i2").astype(float)
    ends = [*(word.at for word in speech.words), len(samples) / speech.rate]
    return {
        word.start: (end - begin, pitch(samples[round(begin * speech.rate) : round(end * speech.rate)], speech.rate))
        for word, (begin, end) in zip(speech.words, pairwise(ends), strict=True)
    }


def pitch(samples, rate):
    found = []
    for at in range(0, len(samples) - 800, 300):
        piece = samples[at : at + 800]
        alike = np.correlate(piece, piece, "full")[799:]
        best = rate // 300 + int(alike[rate // 300 : rate // 60].argmax())
        if piece.std() > 600 and alike[best] > alike[0] / 2:
            found.append(rate / best)
    return float(np.median(found)) if found else 0.0


@pytest.mark.parametrize("which", LINES)
def test_what_is_stressed_is_longer_and_higher_and_the_rest_as_ever(engine, which):
    text, word = LINES[which]
    plain, stressed = (heard(engine, line) for line in both(text, word))
    begin, end = text.index(word), text.index(word) + len(word)
    assert stressed.keys() == plain.keys()
    for place, (seconds, hertz) in stressed.items():
        if begin <= place < end:
            assert seconds > 1.15 * plain[place][0]
            assert hertz > 1.04 * plain[place][1]
        else:
            assert seconds == pytest.approx(plain[place][0], abs=0.035)
            assert hertz == pytest.approx(plain[place][1], rel=0.08)


def test_given_sounds_in_a_line_keep_their_place(engine):
    text = "Good night, Siobhan, said the <very> old owl."
    sounds = (Sounds(text.index("Siobhan"), 7, "ʃɪˈvɔːn"),)
    plain, stressed = (heard(engine, line) for line in both(text, "Siobhan", sounds=sounds))
    assert stressed.keys() == plain.keys()
    assert stressed[12][0] > 1.15 * plain[12][0]


def test_marks_in_a_line_are_words_and_no_markup(engine):
    plain, stressed = (engine.render(line) for line in both("The sign says <break> & nothing more.", "nothing"))
    assert [word.start for word in stressed.words] == [word.start for word in plain.words]


def test_only_a_line_with_emphasis_has_another_name_in_the_cache(monkeypatch):
    monkeypatch.setattr(voice_cache, "MAKING", 6)
    plain, stressed = both("You must not go.", "not")
    assert name_of_line(plain) != name_of_line(stressed)
    assert name_of_line(plain) == "ac85732956ab763efed8c2ead1eb6787b6121b96"


def test_emphasis_reaches_the_child(tmp_path):
    line = both("You must not go.", "not")[1]
    assert ordered_utterance(json.loads(json.dumps(render_order(1, line, tmp_path)))) == line


def test_a_heading_is_said_without_the_emphasis_of_its_line(tmp_path):
    asked = []

    class Hearing:
        def render(self, utterance):
            asked.append((utterance.text, utterance.stressed))
            return Speech(b"\0\0" * 400, 8000)

    line = Utterance("You must not go.", AMERICAN, head="The Fox", stressed=(Stress(9, 3),))
    _speak(render_order(1, line, tmp_path), {"espeak": Hearing()})
    assert asked == [("You must not go.", (Stress(9, 3),)), ("The Fox", ())]


def test_emphasis_that_goes_on_past_a_piece_ends_with_it():
    text = "You must never go, Mia."
    line = Utterance(text, AMERICAN, stressed=(Stress(9, 8),), voiced=(Voiced(15, 8, "espeak:other"),))
    said = [[part.utterance.text[one.start : one.end] for one in part.utterance.stressed] for part in parts_of(line)]
    assert said == [["never"], ["go"]]


@pytest.mark.parametrize("kind", ["md", "epub"])
def test_a_word_that_a_book_stresses_is_heard_so_from_the_shelf_on(engine, tmp_path, home, kind):
    path = tmp_path / f"tale.{kind}"
    if kind == "md":
        path.write_text("---\nlanguage: en\n---\nMr. Fox said that you must *not* go to the river in 1999.\n")
    else:
        book(path, {"a": "<p>Mr. Fox said that you must <em>not</em> go to the river in 1999.</p>"})
    library = open_library(Paths(home))
    shelf = Shelf(library, library.paths)
    there = shelf.add(read_story(path)).id
    narrator = Narrator(PretendVoice(PretendClock(), voices=engine.voices()), SettingsStore(library), only=AMERICAN)
    line = replace(Script(shelf, narrator, (there,)).peek().candidates[0], head="")
    library.close()
    assert [line.text[one.start : one.end] for one in line.stressed] == ["not"]
    plain, loud = heard(engine, replace(line, stressed=())), heard(engine, line)
    place = line.text.index("not")
    assert loud.keys() == plain.keys()
    assert loud[place][0] > 1.15 * plain[place][0]


def test_emphasis_stays_with_its_words_where_several_speak():
    text = "No, said the fox, you must not go."
    line = Utterance(
        text, AMERICAN, head="The Fox", stressed=(Stress(text.index("not"), 3),), voiced=(Voiced(0, 3, "espeak:other"),)
    )
    said = [(part.utterance.text, part.utterance.stressed) for part in parts_of(line)]
    assert said[0] == ("The Fox", ())
    assert said[1] == ("No,", ())
    assert [rest[one.start : one.start + one.length] for rest, several in said[2:] for one in several] == ["not"]

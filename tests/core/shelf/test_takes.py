"""Recorded voices on the shelf: found by their words, put away without loss, and counted in the length of a story."""

import pytest

from storytime.core.shelf.pace import seconds_of
from storytime.core.shelf.story import Chapter, Line, Manuscript, Paragraph
from storytime.core.shelf.takes import WORDLESS, Takes, words_of
from storytime.core.shelf.tellers import Tellers
from tests.core.shelf.conftest import manuscript
from tests.core.shelf.voices import keep

TEXT = "The fox slept. The moon rose. Hush. The owl flew. Hush."


@pytest.fixture
def takes(library, paths):
    return Takes(library, paths)


@pytest.fixture
def mother(library):
    return Tellers(library).welcome("Mother", "mother")


@pytest.fixture
def grandpa(library):
    return Tellers(library).welcome("Grandpa", "grandfather")


@pytest.fixture
def fox(shelf):
    return shelf.card(shelf.add(manuscript(text=TEXT)).id)


def wordless(title, pieces):
    line = Line(WORDLESS, "", 0.5)
    return Manuscript(title, (Chapter("", tuple(Paragraph((line,)) for _ in range(pieces))),))


def texts(shelf, card):
    return [line.text for line in shelf.lines(card.id)]


def of_all(takes, shelf, card):
    return takes.of_lines(card.id, 0, texts(shelf, card))


def test_a_take_is_found_by_its_line(takes, shelf, fox, mother):
    kept = keep(takes, mother, fox, 1, "The moon rose.")
    assert of_all(takes, shelf, fox) == {1: [kept]}


def test_a_comma_that_was_mended_makes_no_take_stale(takes, shelf, fox, mother):
    kept = keep(takes, mother, fox, 1, "the moon, rose")
    assert of_all(takes, shelf, fox) == {1: [kept]}
    assert words_of("The Moon – rose!") == words_of("the moon, rose")


def test_text_that_was_cut_anew_finds_its_takes_again(takes, shelf, fox, mother):
    kept = keep(takes, mother, fox, 3, "The owl flew.")
    shelf.edit(fox.id, text="A new beginning stands here. The fox slept.\n\nThe owl flew.")
    assert of_all(takes, shelf, shelf.card(fox.id)) == {2: [kept]}


def test_a_take_whose_words_are_gone_is_stale_and_still_there(takes, shelf, fox, mother):
    kept = keep(takes, mother, fox, 1, "The moon rose.")
    shelf.edit(fox.id, text="The fox slept. The sun rose.")
    assert of_all(takes, shelf, fox) == {}
    (stale,) = takes.of_story(fox.id, texts(shelf, fox))
    assert stale.id == kept.id
    assert stale.stale
    assert takes.path(stale).exists()


def test_the_same_words_twice_are_told_by_the_take_recorded_nearest(takes, shelf, fox, mother):
    first, second = keep(takes, mother, fox, 2, "Hush."), keep(takes, mother, fox, 4, "Hush.")
    found = of_all(takes, shelf, fox)
    assert found[2] == [first, second]
    assert found[4] == [second, first]


def test_redone_the_earlier_take_waits_in_the_attic(takes, shelf, fox, mother):
    first = keep(takes, mother, fox, 1, "The moon rose.", content=b"first")
    second = keep(takes, mother, fox, 1, "The moon rose.", content=b"second")
    assert of_all(takes, shelf, fox) == {1: [second]}
    (away,) = takes.in_attic()
    assert (away.id, away.why) == (first.id, "redone")
    assert takes.path(away).read_bytes() == b"first"
    assert takes.path(away).parent.name == "attic"


def test_another_teller_s_take_moves_nothing(takes, shelf, fox, mother, grandpa):
    first = keep(takes, mother, fox, 1, "The moon rose.")
    second = keep(takes, grandpa, fox, 1, "The moon rose.")
    assert of_all(takes, shelf, fox) == {1: [second, first]}
    assert takes.tellers_of(fox.id) == [(mother.id, 1), (grandpa.id, 1)]


def test_put_away_and_brought_back_it_is_what_it_was(takes, shelf, fox, mother):
    kept = keep(takes, mother, fox, 1, "The moon rose.", content=b"voice")
    takes.put_away(kept.id)
    assert of_all(takes, shelf, fox) == {}
    takes.bring_back(kept.id)
    assert of_all(takes, shelf, fox) == {1: [kept]}
    assert takes.path(kept).read_bytes() == b"voice"


def test_a_story_that_leaves_the_shelf_for_good_leaves_its_takes(takes, library, fox, mother):
    kept = keep(takes, mother, fox, 1, "The moon rose.")
    library.write("DELETE FROM stories WHERE id = ?", (fox.id,))
    left = takes.take(kept.id)
    assert (left.story, left.title, left.text) == (None, "The Fox", "The moon rose.")
    assert takes.path(left).exists()


def test_forgotten_for_good_the_file_is_gone_before_the_row(takes, shelf, fox, mother):
    kept = keep(takes, mother, fox, 1, "The moon rose.")
    takes.forget([kept])
    assert takes.take(kept.id) is None
    assert not takes.path(kept).exists()


def test_a_piece_of_a_tale_is_known_by_its_place_alone(takes, shelf, mother):
    tale = shelf.card(shelf.add(wordless("The Night Train", 40)).id)
    pieces = [keep(takes, mother, tale, line, WORDLESS) for line in range(40)]
    assert of_all(takes, shelf, tale) == {line: [piece] for line, piece in enumerate(pieces)}
    assert takes.of_lines(tale.id, 30, [WORDLESS] * 2) == {30: [pieces[30]], 31: [pieces[31]]}


def test_redoing_a_piece_of_a_tale_leaves_the_others(takes, shelf, mother):
    tale = shelf.card(shelf.add(wordless("The Night Train", 3)).id)
    first = [keep(takes, mother, tale, line, WORDLESS) for line in range(3)]
    again = keep(takes, mother, tale, 1, WORDLESS)
    assert of_all(takes, shelf, tale) == {0: [first[0]], 1: [again], 2: [first[2]]}


class TestTheLengthOfAStory:
    def test_of_a_tale_is_that_of_its_pieces(self, takes, shelf, mother):
        tale = shelf.card(shelf.add(wordless("The Night Train", 3)).id)
        for line, seconds in enumerate((20.0, 10.0, 30.0)):
            keep(takes, mother, tale, line, WORDLESS, seconds=seconds)
        assert shelf.card(tale.id).minutes * 60 == pytest.approx(60.0 + 3 * 0.5)

    def test_counts_a_take_from_its_first_word_to_its_last(self, takes, shelf, mother):
        tale = shelf.card(shelf.add(wordless("The Night Train", 1)).id)
        keep(takes, mother, tale, 0, WORDLESS, seconds=30.0, speech=(5.0, 25.0))
        assert shelf.card(tale.id).minutes * 60 == pytest.approx(20.4 + 0.5)

    def test_counts_real_seconds_for_the_lines_that_are_recorded(self, takes, shelf, fox, mother):
        keep(takes, mother, fox, 1, "The moon rose.", seconds=9.0)
        was = fox.minutes * 60
        assert shelf.card(fox.id).minutes * 60 == pytest.approx(was + 9.0 - seconds_of(3, 0.0))

    def test_is_what_it_was_when_the_take_is_put_away(self, takes, shelf, fox, mother):
        kept = keep(takes, mother, fox, 1, "The moon rose.", seconds=9.0)
        takes.put_away(kept.id)
        assert shelf.card(fox.id).minutes == pytest.approx(fox.minutes)
        takes.bring_back(kept.id)
        assert shelf.card(fox.id).minutes > fox.minutes

    def test_stays_true_when_the_text_is_mended(self, takes, shelf, fox, mother):
        keep(takes, mother, fox, 1, "The moon rose.", seconds=9.0)
        long = shelf.card(fox.id).minutes
        assert shelf.edit(fox.id, text=TEXT.replace("rose.", "rose!")).minutes == pytest.approx(long)
        assert shelf.edit(fox.id, text=TEXT.replace("rose.", "fell.")).minutes == pytest.approx(fox.minutes)

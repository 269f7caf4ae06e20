"""Read straight through: cut at its pauses, laid on its lines, and every sample on exactly one of them."""

import numpy as np
import pytest

from storytime.core.shelf.takes import Take
from storytime.core.studio.flac import read_flac
from storytime.core.studio.session import Cut
from storytime.core.studio.through import moved, piece_of, pieces_of, reached
from tests.core.studio.recordings import silence, spoken


def reading(lines, pause=0.7):
    """Lines read one after the other."""
    parts = [part for line in lines for part in (spoken(line), silence(pause))]
    return np.concatenate(parts[:-1])


def recorded(booth, lines, line=0):
    studio = booth.open(line, "through")
    booth.record(reading(lines))
    return studio


def test_a_recording_is_laid_on_its_lines(booth):
    recorded(booth, booth.lines)
    assert booth.session.state == "cutting"
    cuts = booth.session.cuts
    assert [cut.line for cut in cuts] == list(range(len(booth.lines)))
    assert cuts[0].at == 0.0
    assert "measuring" in booth.states


def test_what_is_kept_is_the_whole_recording_in_order(booth):
    studio = recorded(booth, booth.lines)
    whole = booth.journals()[0].samples()
    studio.keep()
    takes = sorted(booth.kept, key=lambda take: take.line)
    told = np.concatenate([read_flac(booth.house.takes.path(take))[0] for take in takes])
    assert np.array_equal(told, whole)
    assert booth.journals() == []
    assert [take.text for take in takes] == booth.lines
    assert len(booth.session.readers) == len(booth.lines)


def test_lines_the_teller_did_not_reach_stay_untouched(booth):
    studio = booth.open(4)
    booth.record()
    studio.keep()
    before = booth.kept[0]
    studio.choose_mode("through")
    studio.go_to(0)
    booth.record(reading(booth.lines[:2]))
    studio.read_until(1)
    studio.keep()
    assert {take.line for take in booth.takes()} == {0, 1, 4}
    assert before in booth.takes()
    assert booth.session.line == 2


def test_a_recording_may_begin_at_any_line(booth):
    studio = recorded(booth, booth.lines[2:], 2)
    assert booth.session.cuts[0].line == 2
    studio.keep()
    assert {take.line for take in booth.takes()} == set(range(2, len(booth.lines)))


def test_a_moved_cut_is_sure_and_is_what_is_kept(booth):
    studio = recorded(booth, booth.lines)
    was = booth.session.cuts
    studio.move_cut(1, was[1].at + 0.2)
    assert booth.session.cuts[1].at == pytest.approx(was[1].at + 0.2)
    assert booth.session.cuts[1].sure
    studio.keep()
    first = next(take for take in booth.takes() if take.line == 0)
    assert first.seconds == pytest.approx(was[1].at + 0.2, abs=0.001)


def test_a_moved_cut_is_still_moved_when_the_teller_comes_back(booth):
    studio = recorded(booth, booth.lines)
    studio.move_cut(1, booth.session.cuts[1].at + 0.2)
    cuts = booth.session.cuts
    studio.choose_mode("line")
    assert booth.session.cuts == ()
    studio.choose_mode("through")
    assert (booth.session.state, booth.session.cuts) == ("cutting", cuts)


def test_the_arrows_go_from_piece_to_piece_and_p_plays_that_piece(booth):
    studio = recorded(booth, booth.lines)
    studio.next_line()
    assert (booth.session.state, booth.session.line) == ("cutting", 1)
    studio.play()
    one, two = booth.session.cuts[1].at, booth.session.cuts[2].at
    assert booth.speaker.queued() == pytest.approx(two - one, abs=0.01)
    booth.run(10)
    assert (booth.session.state, booth.session.line) == ("cutting", 1)
    studio.toggle()
    assert booth.session.state == "playing"


def test_the_teller_may_turn_the_pages_while_reading(booth):
    studio = booth.open(0, "through")
    studio.toggle()
    booth.run(1)
    studio.next_line()
    assert (booth.session.state, booth.session.line) == ("recording", 1)


def test_redo_puts_all_of_it_into_the_attic_line_by_line_and_begins_where_it_began(booth):
    studio = recorded(booth, booth.lines[1:], 1)
    seconds = booth.session.seconds
    studio.go_to(3)
    studio.redo()
    assert (booth.session.state, booth.session.line) == ("recording", 1)
    aside = booth.takes(attic=True)
    assert {take.line for take in aside} == set(range(1, len(booth.lines)))
    assert sum(take.seconds for take in aside) == pytest.approx(seconds)


def test_taking_a_keep_back_takes_back_every_line(booth):
    studio = recorded(booth, booth.lines)
    studio.keep()
    studio.undo()
    assert booth.takes() == []
    assert len(booth.takes(attic=True)) == len(booth.lines)


def test_a_piece_in_which_nobody_speaks_is_not_kept(booth):
    studio = booth.open(0, "through")
    booth.record(np.concatenate([reading(booth.lines[:2]), silence(8)]))
    studio.read_until(2)
    studio.move_cut(2, booth.session.seconds - 4)
    studio.move_cut(1, booth.session.seconds - 7)
    studio.keep()
    assert [take.line for take in booth.takes()] == [0]
    assert {take.why for take in booth.takes(attic=True)} == {"silent"}


def test_a_silent_recording_lies_in_the_attic_whole(booth):
    studio = booth.open(0, "through")
    studio.toggle()
    booth.run(6)
    studio.toggle()
    booth.run(0.2)
    assert booth.session.state == "resting"
    assert [take.why for take in booth.takes(attic=True)] == ["silent"]


def test_no_cut_is_moved_where_none_lies(booth):
    studio = booth.open()
    booth.record()
    studio.move_cut(0, 3.0)
    studio.read_until(2)
    assert booth.session.cuts == ()
    assert booth.session.state == "recorded"


CUTS = (Cut(3, 0.0), Cut(4, 2.0, sure=False), Cut(5, 4.0, sure=False))


@pytest.mark.parametrize(("number", "at", "becomes"), [(1, 3.0, 3.0), (1, -5.0, 0.1), (1, 9.0, 3.9), (2, 99.0, 5.9)])
def test_a_cut_goes_as_far_as_its_neighbours_allow(number, at, becomes):
    cuts = moved(CUTS, number, at, 6.0)
    assert cuts[number].at == pytest.approx(becomes)
    assert cuts[number].sure


@pytest.mark.parametrize("number", [0, 3, -1])
def test_the_beginning_stays_the_beginning(number):
    assert moved(CUTS, number, 1.0, 6.0) == CUTS


def test_a_cut_between_neighbours_too_near_stays_where_it_is():
    cuts = (Cut(0, 0.0), Cut(1, 0.05), Cut(2, 0.1))
    assert moved(cuts, 1, 0.07, 6.0)[1].at == 0.05


def test_pieces_lose_no_frame_and_an_empty_one_is_none():
    pieces = [(one.line, one.begin, one.end) for one in pieces_of((*CUTS, Cut(6, 4.0)), [""] * 7, 6000, 1000)]
    assert pieces == [(3, 0, 2000), (4, 2000, 4000), (6, 4000, 6000)]
    assert pieces_of((Cut(0, 0.0), Cut(1, 9.0)), ["", ""], 500, 1000)[0].end == 500


def test_a_line_without_a_cut_is_the_whole_recording():
    assert piece_of(CUTS, 4, 6.0) == (2.0, 4.0)
    assert piece_of(CUTS, 5, 6.0) == (4.0, 6.0)
    assert piece_of(CUTS, 9, 6.0) == (0.0, 6.0)


def test_how_far_a_recording_reaches_is_guessed_by_a_calm_pace():
    lines = ["One two three four five six seven."] * 10
    assert reached(lines, 1.0) == 1
    assert reached(lines, 10.0) == 3
    assert reached(lines, 25.0) == 10
    assert reached([], 3.0) == 1
    assert reached(["One.", "Two " * 100], 20.0) == 1
    assert reached(["One two three.", "Four five six.", "Seven. " * 9], 5.3) == 3


def test_a_take_knows_the_words_it_was_read_from(booth):
    recorded(booth, booth.lines).keep()
    assert all(isinstance(take, Take) and take.text == booth.lines[take.line] for take in booth.kept)


def test_a_moved_cut_is_taken_back_in_one_step_however_often_it_was_nudged(booth):
    studio = recorded(booth, booth.lines)
    was = booth.session.cuts
    assert not booth.session.can_undo
    for _ in range(3):
        studio.move_cut(1, booth.session.cuts[1].at + 0.05)
    studio.move_cut(2, booth.session.cuts[2].at + 0.1)
    assert booth.session.can_undo
    studio.undo()
    assert booth.session.cuts[2:] == was[2:]
    assert booth.session.cuts[1] != was[1]
    studio.undo()
    assert (booth.session.state, booth.session.cuts, booth.session.can_undo) == ("cutting", was, False)


def test_a_cut_of_a_recording_that_was_kept_is_not_moved_back(booth):
    studio = recorded(booth, booth.lines)
    studio.move_cut(1, booth.session.cuts[1].at + 0.2)
    studio.keep()
    studio.undo()
    assert booth.takes() == []
    studio.undo()
    assert not booth.session.can_undo
    assert booth.takes() == []

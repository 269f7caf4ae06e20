import pytest

from storytime.core.studio.wording import END, INNER, STOP, weight_of, wording


def test_a_reader_may_pause_at_commas_stops_and_ends():
    text = wording(["He sat down, put his tail away, and began.", "“Twelve!” said the fox."])
    assert text.kind == (INNER, INNER, END, STOP, END)
    assert text.line == (0, 0, 0, 1, 1)
    assert list(text.weight) == sorted(text.weight)


@pytest.mark.parametrize("line", ["", "…", "* * *", "Hm.", "“…”", "—"])
def test_every_line_has_one_end(line):
    assert wording([line]).kind == (END,)


def test_a_dash_between_words_is_a_place_and_a_hyphen_is_none():
    assert wording(["He stopped—listened—and went on."]).kind == (INNER, INNER, END)
    assert wording(["The half-lit, well-known hill."]).kind == (INNER, END)


def test_longer_words_and_figures_take_longer():
    assert weight_of("a fox") < weight_of("a window") < weight_of("a window in the evening")
    assert weight_of("1847") > weight_of("four")

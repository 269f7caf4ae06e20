"""Covers: the same title gives the same picture, the title stands in it, and each is painted once."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter

from storytime.ui.parts.cover import CoverKeeper, paint_cover
from storytime.ui.parts.cover.keeper import Wish, fitted, painted
from storytime.ui.parts.cover.recipe import SUBJECTS, called_for, recipe_of
from storytime.ui.parts.cover.title import MEASURE, balance, face, stand

TITLES = [words.split()[0] for words, _ in SUBJECTS.values()]


class NobodyWorks:
    """A background in which nothing is ever done."""

    def run(self, *_work, **_told):
        pass


def picture(title, author=""):
    image = QImage(150, 215, QImage.Format.Format_RGB32)
    image.fill(0)
    p = QPainter(image)
    paint_cover(p, QRectF(0, 0, 150, 215), title, author)
    p.end()
    return image


@pytest.mark.parametrize("title", TITLES)
def test_every_subject_is_painted_and_the_same_each_time(qapp, title):
    assert picture(title) == picture(title)


def test_the_case_of_a_title_changes_only_its_lettering(qapp):
    assert recipe_of("The Fox") == recipe_of(" the fox ")


def test_twelve_subjects_are_told_apart(qapp):
    shown = [picture(title).scaled(12, 16) for title in TITLES]
    assert len({bytes(one.constBits()) for one in shown}) == len(TITLES)


def test_a_word_inside_another_asks_for_nothing():
    assert called_for("twice upon a price") is None
    assert called_for("the foxes of the wood") == "fox"


@given(st.text(max_size=120))
@example("000000000000000000000𝓷0")
@example("0000\rऀ")
@settings(max_examples=150, deadline=None)
def test_any_title_stands_within_its_cover(qapp, title):
    standing = stand(title)
    metrics = QFontMetricsF(face(standing.size))
    assert 1 <= len(standing.lines) <= 5
    assert all(metrics.horizontalAdvance(line) <= MEASURE + 2 for line in standing.lines)


@given(st.lists(st.floats(0.2, 5.0), min_size=1, max_size=12))
def test_balanced_lines_are_as_few_as_can_be_and_keep_every_word(widths):
    rows = balance(widths, 0.25, 6.0)
    assert sum(rows) == len(widths)
    assert all(rows)
    at = 0
    for count in rows:
        line = widths[at : at + count]
        assert sum(line) + 0.25 * (count - 1) <= 6.0 + 1e-6
        at += count


def test_a_cover_is_painted_once_and_kept_on_disk(room):
    card = room.shelf.cards()[0]
    first = CoverKeeper(room.paths, room.shelf, room.background).cover(card, 148, 212, 1.0)
    files = list((room.paths.cache / "covers").glob("*.bmp"))
    assert first is not None
    assert len(files) == 1
    again = CoverKeeper(room.paths, room.shelf, room.background).cover(card, 148, 212, 1.0)
    assert again.toImage().convertToFormat(QImage.Format.Format_RGB32) == first.toImage().convertToFormat(
        QImage.Format.Format_RGB32)
    assert len(list((room.paths.cache / "covers").iterdir())) == 1


def test_a_cover_on_disk_is_there_at_once(room):
    card = room.shelf.cards()[0]
    CoverKeeper(room.paths, room.shelf, room.background).cover(card, 148, 212, 1.0)
    assert CoverKeeper(room.paths, room.shelf, NobodyWorks()).cover(card, 148, 212, 1.0) is not None


def test_a_folder_that_cannot_be_written_is_no_hindrance(room):
    room.paths.cache.mkdir(parents=True, exist_ok=True)
    (room.paths.cache / "covers").write_text("in the way")
    keeper = CoverKeeper(room.paths, room.shelf, room.background)
    assert keeper.cover(room.shelf.cards()[0], 148, 212, 1.0) is not None


def test_a_file_s_own_cover_is_cut_to_size_and_a_broken_one_is_painted(qapp, tmp_path):
    wish = Wish(1, "A Book", "", True, 100, 143, 1.5)
    own = QImage(400, 400, QImage.Format.Format_RGB32)
    own.fill(QColor("#336699"))
    own.save(str(tmp_path / "own.png"))
    cut = fitted(wish, (tmp_path / "own.png").read_bytes())
    assert (cut.width(), cut.height()) == (150, 214)
    assert QColor(cut.pixel(10, 10)).name() == "#336699"
    assert fitted(wish, b"no picture").isNull()
    assert painted(wish).width() == 150

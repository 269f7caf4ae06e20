"""A recording laid on its lines: cuts are walked, moved by key and by hand, and doubt is said in words."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt

from tests.ui.day.sitting import CUTS, HERE, STATES


def test_cuts_are_moved_by_keys(screen, sitting, qtbot):
    sitting.be(STATES["cutting"])
    sitting.wishes.clear()
    for key, modifier in (
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_P, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_L, Qt.KeyboardModifier.NoModifier),
    ):
        qtbot.keyClick(screen.desk.prompter, key, modifier)
    at = CUTS[3].at
    assert sitting.wishes == [
        ("move_cut", 3, pytest.approx(at + 0.05)), ("move_cut", 3, pytest.approx(at - 0.5)),
        ("go_to", HERE + 4), "play", ("read_until", HERE + 3),
    ]


def test_the_first_doubtful_cut_is_shown_first(screen, sitting, qtbot):
    sitting.be(replace(STATES["cutting"], line=HERE))
    qtbot.waitUntil(lambda: sitting.wishes == [("go_to", HERE + 3)])


def test_a_cut_is_moved_by_hand_but_not_over_its_neighbours(screen, sitting, qtbot):
    sitting.be(STATES["cutting"])
    cuts = screen.desk.card.cuts
    qtbot.waitUntil(lambda: cuts.isVisible() and ("go_to", HERE + 3) in sitting.wishes)
    sitting.wishes.clear()
    start = QPointF(cuts.span.x(CUTS[3].at), cuts._strip.center().y()).toPoint()
    qtbot.mousePress(cuts, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(cuts, QPointF(cuts.span.x(CUTS[3].at + 1.0), start.y()).toPoint())
    qtbot.mouseMove(cuts, QPointF(cuts.span.x(CUTS[3].at + 90.0), start.y()).toPoint())
    qtbot.mouseRelease(cuts, Qt.MouseButton.LeftButton)
    assert sitting.wishes == [("move_cut", 3, CUTS[4].at)]


def test_a_doubtful_cut_is_doubtful_in_words(screen, sitting):
    sitting.be(STATES["cutting"])
    assert "listen here" in screen.desk.card.cuts.accessibleDescription()
    assert screen.desk.said.words.text() == "8 lines found; 1 cut to listen to."

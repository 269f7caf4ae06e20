"""How soon a voice is heard after the key that begins a story, for a book of a million words and for a short story.

    python -m pytest -m bench -s tests/bench/bench_key.py

The window, the voice, the sound process and the sound server are real. It prints figures and never fails by time.
"""

import statistics

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from storytime.app import show_rooms
from storytime.core.house import House
from storytime.core.paths import Paths
from storytime.core.shelf.passages import to_chapters
from storytime.core.shelf.story import Manuscript
from storytime.devices.machine import real_devices
from storytime.ui.window import Window
from tests.devices.conftest import output, sound_server  # noqa: F401 - fixtures

pytestmark = [pytest.mark.bench, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]

LONG, SHORT = 1_000_000, 1_000
RATE = 48_000
QUIET = 33
"""Of 32,768: -60 dBFS."""
RUNS = 7
A_LOOK = 1500
"""Milliseconds for which somebody looks at the covers before choosing."""
HEARD = 1200
WAYS = {"choosing": (Qt.Key.Key_Return, Qt.Key.Key_Space), "candle": (Qt.Key.Key_Space,)}


@pytest.fixture
def evening(qtbot, home, output):  # noqa: F811
    """The program on an evening without lights-out, at the candle."""
    house = House(Paths(home), real_devices(Paths(home)))
    house.begin()
    window = Window()
    window.open()
    stage = show_rooms(window, house)
    stage.go_to_night()
    yield house, window
    window.hide()
    house.close()
    window.deleteLater()


def a_story(words):
    sentence = "The moon rose over the quiet hill and slept. "
    return Manuscript(f"Of {words}", to_chapters([("", [sentence * (words // 9)])]))


def heard_after(qtbot, house, window, ear, key):
    """Press it, and return the milliseconds until something is heard."""
    begun = ear.frames
    QTest.keyClick(window, key)
    qtbot.wait(HEARD)
    loud = np.flatnonzero(np.abs(ear.samples()[begun:].astype(int)) > QUIET)
    house.reader.leave()
    if window.screen_name == "choosing":
        QTest.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.screen_name == "candle")
    assert len(loud), "nothing was heard"
    return loud[0] * 1000 / RATE


def test_the_first_sample_after_the_key(qtbot, evening, output):  # noqa: F811
    house, window = evening
    stories = {words: house.shelf.add(a_story(words)).id for words in (SHORT, LONG)}
    figures = {}
    for _ in range(RUNS):
        for words, story in stories.items():
            house.shelf.arrange([story])
            house.shelf.keep_place(story, house.shelf.card(story).lines * 2 // 3)
            for screen, keys in WAYS.items():
                # As after a quarter of a minute of quiet; the candle then warms it again.
                house.devices.speaker.close()
                house.reader.prepare([story])
                qtbot.wait(A_LOOK)
                for key in keys[:-1]:
                    QTest.keyClick(window, key)
                    qtbot.wait(A_LOOK)
                assert window.screen_name == screen
                figures.setdefault((screen, words), []).append(heard_after(qtbot, house, window, output, keys[-1]))
    for screen in ("choosing", "candle"):
        long, short = (statistics.median(figures[screen, words]) for words in (LONG, SHORT))
        worst = max(figures[screen, LONG] + figures[screen, SHORT])
        print(f"\nfrom {screen}: a million words ÷ a thousand: {long / short:.2f} (bar 1.1)")
        print(f"from {screen}: {long:.0f} ms and {short:.0f} ms, worst {worst:.0f} ms (bar 300)")

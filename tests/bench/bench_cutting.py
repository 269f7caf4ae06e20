"""Readings cut onto their lines, by figures: how many cuts lie where the reader rested.

    python -m pytest -m bench -s tests/bench/bench_cutting.py

Shipped stories are spoken clause by clause, with pauses drawn by lot: 0.25 to 1.2 s between lines, 0.1 to 0.5 s at
commas, each line 8 % faster or slower than the voice. A cut is right if it lies in the silence or within 0.25 s of it.
"""

import time

import numpy as np
import pytest

from storytime.core.paths import shipped
from storytime.core.shelf.intake import read_story
from storytime.core.studio.cutting import cut
from tests.core.studio.readings import in_noise, read_through

pytestmark = pytest.mark.bench

STORIES = ("the-fox-who-counted-windows", "what-the-owl-kept", "the-lamp-in-the-lighthouse", "la-luna-y-el-globo")
VOICES = {
    "en": (("espeak:gmw/en-US", 1.0), ("espeak:gmw/en", 1.3), ("espeak:gmw/en-US+f3", 0.85), ("hibari:heart", 0.9)),
    "es": (("espeak:roa/es", 1.0), ("espeak:roa/es", 1.4)),
}
WAYS = {
    "as asked": {},
    "harder: half the commas unpaused, a fifth of the clauses broken anywhere, pace 18 % off, commas to 0.8 s": {
        "unpaused": 0.5, "hesitant": 0.2, "wobble": 0.18, "within": (0.1, 0.8),
    },
}


@pytest.mark.parametrize("way", WAYS)
def test_cuts_in_the_silence_before_their_lines(way):
    print(f"\n{way}")
    clean, noisy = Count(), Count()
    for number, name in enumerate(STORIES):
        story = read_story(shipped("stories") / f"{name}.md")
        lines = [line.text for line in story.lines()]
        for turn, (voice, speed) in enumerate(VOICES[story.language[:2]]):
            told = read_through(lines, voice, speed, seed=10 * number + turn, **WAYS[way])
            clean.add(told, lines)
            noisy.add(in_noise(told, 20), lines)
    print(f"  clean           {clean}\n  room at 20 dB   {noisy}")


class Count:
    """What was cut so far."""

    def __init__(self):
        self.outside, self.from_middle, self.from_onset, self.sure = [], [], [], []
        self.heard = self.took = 0.0

    def add(self, told, lines):
        began = time.perf_counter()
        cuts = cut(told.samples, told.rate, lines)
        self.took += time.perf_counter() - began
        self.heard += len(told.samples) / told.rate
        for one, (low, high) in zip(cuts[1:], told.gaps, strict=True):
            self.outside.append(max(0.0, low - one.at, one.at - high))
            self.from_middle.append(abs(one.at - (low + high) / 2))
            self.from_onset.append(abs(one.at - high))
            self.sure.append(one.sure)

    def __str__(self):
        right = np.array(self.outside) <= 0.25
        sure = np.array(self.sure)
        return (
            f"{len(right)} cuts: {right.mean():.1%} within 0.25 s of the silence, {share(self.outside, 0)} in it; "
            f"strictly, {share(self.from_onset)} within 0.25 s of the line's first sound, {share(self.from_middle)} of "
            f"the middle of the silence; {1 - sure.mean():.1%} shown as unsure, "
            f"{np.count_nonzero(~right & sure)} wrong ones not; {self.took / self.heard:.4f} of real time"
        )


def share(distances, most=0.25):
    return f"{np.mean(np.array(distances) <= most):.1%}"

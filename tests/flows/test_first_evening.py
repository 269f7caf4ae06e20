"""The first evening, as a parent has it: the whole program on a real screen, a real sound server and a real voice.

Only the wall clock is not real: it is set forward where the family would wait, and the program follows it.
"""

import json
import wave
from itertools import pairwise

import numpy as np
import pytest

from storytime.devices.sound_process.resample import resampled
from tests.devices.sound_server import RATE
from tests.flows.machine import until

pytestmark = pytest.mark.real

TITLE = "The Boat on the Sill"
STORY = f"""{TITLE}

There was a small boat on the window sill, and it had never seen the water. Every evening it looked out at the street.
The street was dark and wet, and it shone.

“That is not the sea,” said the cat, who knew about such things. “But it is a beginning.” The boat was glad to hear it.

So it waited. It waited through the supper and the washing of hands, and through the long way up the stairs. It waited
while the lamp was lit, and while the lamp was put out again.

Then the rain came, softly, and ran down the glass. It ran past the boat on its way to the gutter, and past the gutter
to the river. Somewhere beyond the river, quite far away now, the sea breathed in and out.

The boat listened until it could not tell the rain from the sea. After that there was no more need to go anywhere.
"""
GOODNIGHT = "Sleep well, and see you at seven."
DARK = ("LIGHTS_OUT", "NIGHT")
QUIET = 8
"""Of 32,768: what a null sink's monitor may hold where nothing sounds."""
WINDOW = RATE // 200
BLOCK = RATE // 10
SEEN = 8
"""Books that stand on the first shelves at least."""
SILENCE = 1.4
"""Seconds: longer than any pause within a story, shorter than the one before the goodnight."""
TITLE_REST = 1.0
"""Seconds: shorter than the rest after a title."""
LATENCY = 0.3 * RATE
"""Frames that the sound server may be behind."""


def loudness(samples):
    """Return the root mean square of every five milliseconds."""
    whole = samples[: len(samples) // WINDOW * WINDOW].astype(float)
    return np.sqrt((whole.reshape(-1, WINDOW) ** 2).mean(axis=1))


def sounding(samples, gap):
    """Return where it sounds, from and to, in frames; silences up to `gap` seconds are part of it."""
    loud = np.flatnonzero(np.abs(samples.astype(int)) > QUIET)
    breaks = [at for at, (one, other) in enumerate(pairwise(loud)) if other - one > gap * RATE]
    starts = [0, *(at + 1 for at in breaks)]
    ends = [*breaks, len(loud) - 1]
    return [(int(loud[start]), int(loud[end])) for start, end in zip(starts, ends, strict=True)] if len(loud) else []


def shifts(heard, expected):
    """Return where each tenth of a second of `expected` is heard, in frames after its place, nan for what is not.

    `heard` begins five milliseconds early.
    """
    found, around = [], WINDOW
    for at in range(0, len(expected) - BLOCK, BLOCK):
        block = expected[at : at + BLOCK].astype(float)
        if loudness(block).min() < 20 * QUIET:
            continue
        near = [around, *range(around - BLOCK, around + 3 * BLOCK)]
        alike = ((shift, likeness(heard[at + shift : at + shift + BLOCK], block)) for shift in near if at + shift >= 0)
        around, like = next(((shift, like) for shift, like in alike if like > 0.95), (around, 0.0))
        found.append(around if like else np.nan)
    return np.array(found)


def likeness(one, other):
    """Return how alike two pieces are, 1 if they differ in volume alone."""
    return float(np.corrcoef(one, other)[0, 1]) if len(one) == len(other) and one.any() else 0.0


def samples_of(file):
    """Return a WAV as the speaker gets it."""
    with wave.open(str(file), "rb") as read:
        return resampled(np.frombuffer(read.readframes(read.getnframes()), "<i2"), read.getframerate(), RATE)


def read(family, story, line=0):
    """Return the story as `storytime read` writes it into a file, from that line on."""
    file = f"{story}-{line}.wav"
    family.call("read", story, "--from", line, "--to", file)
    return samples_of(family.folder / file)


def is_whole(heard, expected):
    """Every word of it, in order, to the end; where the sound server stalls on a busy machine, a piece is torn."""
    found = shifts(heard, expected)
    assert len(found) > 10
    assert np.isnan(found).sum() <= 1 + len(found) // 20
    assert not np.isnan(found[-3:]).any()


def went_whole(family, heard, told, story):
    """Whether what was told is the story's beginning, up to the place that is kept, and ends with a sentence."""
    place = family.place(story)
    lines = [line["text"] for chapter in json.loads(family.call("show", story, "--json"))["chapters"]
             for line in chapter["lines"]]
    assert 0 < place < len(lines)
    assert lines[place - 1].rstrip("”").endswith(".")
    whole = read(family, story)
    beginning = whole[: len(whole) - len(read(family, story, place))]
    start, end = sounding(beginning, SILENCE)[0]
    is_whole(heard[told[0] - WINDOW : told[1] + BLOCK], beginning[start:end])


@pytest.fixture
def afternoon(family, wall_clock, tmp_path, wishes):
    """A Thursday afternoon with a plan, a PIN, and a story file of the family's own."""
    wall_clock.set("2026-11-05T17:00:00")
    (tmp_path / "boat.txt").write_text(STORY, "utf-8")
    (tmp_path / "goodnight.txt").write_text(f"The Goodnight\n\n{GOODNIGHT}", "utf-8")
    family.call("add", "boat.txt", "goodnight.txt")
    family.call("plan", "--lights-out", "20:00")
    wishes(pin="2468", goodnight=GOODNIGHT)
    return family


def lay_out_by_hand(family, screen):
    screen.press("ctrl+f")
    screen.write(TITLE)
    screen.press("Return", "space")
    return int(until(family.tray, "the story is laid out for tonight"))


def stays_sealed(family, screen):
    """Try to close it; the gate that comes up afterwards shows that the window lives and heard it."""
    screen.press("alt+F4", "ctrl+q")
    ask_for_gate(screen)
    assert family.runs()
    screen.press("Escape")
    until(screen.is_black, "it is black again")
    assert family.evening()["opened"] is None


def ask_for_gate(screen):
    screen.hold("Escape")
    until(screen.is_dim, "the gate comes up out of the black")
    screen.let_go("Escape")


def opens_with_the_pin(family, screen):
    ask_for_gate(screen)
    screen.write("2468")
    screen.press("Return")
    until(lambda: family.evening()["opened"], "the PIN opens the gate")
    screen.press("Return")
    until(screen.is_paper, "the day room is shown to the parent")


def test_an_evening_from_the_shelf_to_the_morning(afternoon, wall_clock, screen, ear):
    family = afternoon
    wall_clock.set("2026-11-05T19:14:00")
    family.start()
    until(screen.is_paper, "the shelf is shown")
    until(lambda: len(list((family.home / "cache" / "covers").iterdir())) >= SEEN, "the books have their covers")
    story = lay_out_by_hand(family, screen)
    wall_clock.set("2026-11-05T19:15:00")
    until(screen.is_dim, "the candle burns")
    key = ear.frames
    screen.press("space")
    until(lambda: np.abs(ear.samples()[key:].astype(int)).max() > 1000, "a voice is heard")
    until(screen.is_black, "the screen is black")

    # However slowly a busy machine begins: the line that sounds has its time to end.
    wall_clock.set("2026-11-05T19:59:42")
    until(lambda: family.phase() == "GOODNIGHT", "the goodnight comes")
    until(lambda: family.phase() in DARK, "lights-out comes")
    late = wall_clock.now() - wall_clock.at("2026-11-05T20:00:00")
    heard = ear.samples()[key:]
    assert screen.is_black()
    assert 0 <= late < 1
    told, goodnight = sounding(heard, SILENCE)
    went_whole(family, heard, told, story)
    whole = read(family, "The Goodnight")
    # As a story it has a title before it.
    is_whole(heard[goodnight[0] - WINDOW : goodnight[1] + BLOCK], whole[slice(*sounding(whole, TITLE_REST)[-1])])
    assert len(heard) - goodnight[1] >= (2 + late) * RATE - LATENCY

    stays_sealed(family, screen)
    family.kill()
    until(screen.is_bare, "nothing is left on the screen")
    family.start()
    until(screen.is_black, "it is black before anything else")
    assert screen.stays_black()
    stays_sealed(family, screen)

    ask_for_gate(screen)
    screen.write("1357")
    screen.press("Return")
    assert not family.evening()["opened"]
    screen.press("Escape")
    until(screen.is_black, "a wrong PIN opens nothing")
    opens_with_the_pin(family, screen)
    wall_clock.set("2026-11-05T20:20:00")
    until(screen.is_black, "the dark comes back after a quarter of an hour")

    wall_clock.set("2026-11-06T06:59:59")
    until(lambda: family.phase() == "MORNING", "the morning comes by itself")
    until(lambda: not screen.is_black(), "it dawns")
    screen.press("space")
    until(screen.is_paper, "the day has begun")
    screen.press("alt+F4")
    until(lambda: not family.runs(), "the window closes by day")
    assert family.window.returncode == 0
    assert "Traceback" not in family.said()


def test_a_clock_set_back_opens_nothing(afternoon, wall_clock, screen):
    family = afternoon
    wall_clock.set("2026-11-05T19:59:58")
    family.start()
    until(lambda: family.phase() in DARK, "lights-out comes")
    until(screen.is_black, "the screen is black")

    wall_clock.set("2026-11-05T15:00:00")
    until(lambda: family.wall() < "2026-11-05T16", "the evening has seen it")
    stays_sealed(family, screen)
    family.kill()
    until(screen.is_bare, "nothing is left on the screen")
    wall_clock.set("2026-11-05T10:00:00")
    family.start()
    until(lambda: family.wall() < "2026-11-05T11", "the evening has seen that too")
    until(screen.is_black, "it is black again")
    stays_sealed(family, screen)
    assert family.phase() in DARK

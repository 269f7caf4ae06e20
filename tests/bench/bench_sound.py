"""The sound of the night, by figures: joins under load, the first sample after a key, and reading into a file.

    python -m pytest -m bench -s tests/bench/bench_sound.py

It prints ratios and lengths, and never fails by time. STORYTIME_BENCH_LINES shortens the ten minutes of joins.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from storytime.core.paths import shipped
from storytime.core.ports import Utterance
from storytime.core.shelf.intake import read_story
from storytime.devices.speaker import QtSpeaker
from storytime.devices.voice import COMMAND, VoiceChild
from tests.devices.conftest import make_sound, output, sound_server  # noqa: F401 - fixtures

pytestmark = [pytest.mark.bench, pytest.mark.usefixtures("qtbot")]

RATE = 48_000
LINES = int(os.environ.get("STORYTIME_BENCH_LINES", "500"))
VOICE, NEURAL = "espeak:gmw/en-US", "hibari:heart"
LONGEST_PAUSE = 0.3
"""Seconds, at the joins."""
FOREVER = 3_600_000
QUIET = 33
"""-60 dBFS."""
WORDS = 10_000
TURNS = 5
ALONE = f"""
import sys, json, time, wave
from storytime.core.ports import Utterance
from storytime.devices.voice_process.espeak import EspeakEngine
lines, began = json.load(sys.stdin), time.monotonic()
engine = EspeakEngine()
for number, line in enumerate(lines):
    speech = engine.render(Utterance(line, {VOICE!r}))
    for folder in sys.argv[1:]:
        with wave.open(f"{{folder}}/{{number}}.wav", "wb") as file:
            file.setparams((1, 2, speech.rate, 0, "NONE", ""))
            file.writeframes(speech.samples)
print(time.monotonic() - began)
"""
"""The engine, and nothing of ours around it."""


def english_lines():
    stories = [read_story(path) for path in sorted(shipped("stories").glob("*.md"))]
    return [line for story in stories if story.language.startswith("en") for line in story.lines()]


@pytest.fixture
def both_cores_loaded():
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _core in range(os.cpu_count() or 2)]
    yield
    for one in busy:
        one.kill()
        one.wait()


def rendered(qtbot, folder, utterances, *engine):
    voice, sounds = VoiceChild(folder, command=(*COMMAND, *engine)), []
    voice.rendered.connect(lambda _asked, sound: sounds.append(sound))
    voice.failed.connect(lambda _asked, reason: pytest.fail(reason))
    for utterance in utterances:
        voice.render(utterance)
    qtbot.waitUntil(lambda: len(sounds) == len(utterances), timeout=FOREVER)
    voice.close()
    return sounds


@pytest.mark.parametrize(("voice", "engine"), [(VOICE, ()), (NEURAL, ("neural",))])
def test_silence_at_the_joins_beyond_the_pauses_asked_for(
    qtbot, tmp_path, output, make_sound, both_cores_loaded, voice, engine  # noqa: F811
):
    # Short and quick, so that the bench ends in ten minutes; where a line comes again, another pitch makes it another.
    short = list({line.text: line for line in english_lines() if len(line.text) < 25}.values())
    lines = [short[index % len(short)] for index in range(LINES)]
    pitches = [0.3 + 0.1 * (index // len(short)) for index in range(LINES)]
    asked = [Utterance(line.text, voice, rate=3.0, pitch=pitch) for line, pitch in zip(lines, pitches, strict=True)]
    # At the sink's own rate, so that what is heard can be found bit by bit.
    sounds = [make_sound(made_for_the_sink(sound)) for sound in rendered(qtbot, tmp_path / "lines", asked, *engine)]
    speaker, heard = QtSpeaker(), []
    speaker.ended.connect(heard.append)
    waiting = list(enumerate(zip(sounds, lines, strict=True)))

    def keep_fed():
        while waiting and speaker.queued() < 10:
            token, (sound, line) = waiting.pop(0)
            speaker.queue(token, sound, min(line.pause, LONGEST_PAUSE))
        return len(heard) == LINES

    qtbot.waitUntil(keep_fed, timeout=FOREVER)
    output.wait_frames(RATE)
    speaker.close()
    excess, broken, clicks = joins(output.samples(), sounds, [min(line.pause, LONGEST_PAUSE) for line in lines])
    late = sum(one > 0.030 for one in excess)
    print(f"\n{voice}, {LINES} lines, both cores loaded: {late} of {len(excess)} joins over 30 ms beyond the pause; "
          f"median {1000 * statistics.median(excess):.1f} ms, longest {1000 * max(excess):.1f}; "
          f"{broken} lines broken inside, {clicks} clicks")


def made_for_the_sink(sound):
    from storytime.devices.sound_process.output import frames_of

    return np.frombuffer(frames_of(str(sound.path)), "<i2")[::2]


def joins(played, sounds, pauses):
    """Return the seconds of silence beyond the pause at each join, how many sounds were not heard as made, and clicks.

    The first are left out of the joins: a machine that is loaded beyond its sound server's strength breaks them inside.
    A click is a step from or to silence that is larger than any step inside of the sound, or what is not silence
    between two sounds.
    """
    raw, at, spans, broken, clicks = played.tobytes(), 0, [], 0, 0
    for sound in sounds:
        made = made_for_the_sink(sound)
        start = raw.find(made.tobytes(), at) // 2
        if start < 0:
            broken += 1
            spans.append(None)
            continue
        loud = np.flatnonzero(np.abs(made) > QUIET)
        spans.append((start + loud[0], start + loud[-1] + 1))
        clicks += bool(played[at // 2 : start].any()) and broken == 0
        clicks += max(abs(int(made[0])), abs(int(made[-1]))) > np.abs(np.diff(made.astype(int))).max()
        at = 2 * (start + len(made))
    pairs = zip(spans, spans[1:], pauses, strict=False)
    return [(after[0] - before[1]) / RATE - pause for before, after, pause in pairs if before and after], broken, clicks


def test_the_first_sample_after_a_line_is_queued_on_an_open_path(qtbot, tmp_path, output):  # noqa: F811
    sound = rendered(qtbot, tmp_path / "lines", [Utterance("Once upon a time there was a lamp.", VOICE)])[0]
    speaker, drained, waits = QtSpeaker(), [], []
    speaker.drained.connect(lambda: drained.append(True))
    speaker.open()
    for count in range(11):
        at = output.frames
        speaker.queue(count, sound)
        qtbot.waitUntil(lambda count=count: len(drained) > count, timeout=FOREVER)
        first = np.flatnonzero(np.abs(output.samples()[at:]) > QUIET)[0]
        waits.append(first / RATE)
    speaker.close()
    print(f"\nqueued to first sample over -60 dBFS: median {1000 * statistics.median(waits[1:]):.0f} ms, ", end="")
    print(f"longest {1000 * max(waits[1:]):.0f} ms")


def test_reading_into_a_file_against_the_engine_alone(tmp_path, home):
    text, words = [], 0
    for line in english_lines():
        text.append(f"{line.text}\n\n")
        words += len(line.text.split())
        if words >= WORDS:
            break
    book = tmp_path / "long.txt"
    book.write_text("".join(text), "utf-8")
    storytime = [sys.executable, "-m", "storytime"]
    subprocess.run([*storytime, "add", str(book)], check=True, capture_output=True)
    lines = [line.text for line in read_story(book).lines()]
    # As on a family’s machine, where Python keeps what it compiled.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    ours, alone, kept = [], [], []
    for turn in range(TURNS):
        alone.append(engine_alone(lines, env))
        began = time.monotonic()
        target = tmp_path / f"{turn}.wav"
        words_to = ["read", "long", "--voice", VOICE, "--to", str(target)]
        subprocess.run([*storytime, *words_to], env=env, check=True, capture_output=True)
        ours.append(time.monotonic() - began)
        forget_lines(home)
        target.unlink()
        kept.append(engine_alone(lines, env, tmp_path))
        forget_lines(tmp_path)
    print(f"\nread --to of {words} words in {len(lines)} lines ÷ the engine alone, {TURNS} turns (bar 1.15):")
    for what, seconds in {"a file a line": kept, "its sound thrown away": alone}.items():
        each = statistics.median(mine / its for mine, its in zip(ours, seconds, strict=True))
        print(f"{what}: best ÷ best {min(ours) / min(seconds):.2f}, median of turns {each:.2f}")


def engine_alone(lines, env, folder=None):
    """Return seconds in which the engine, in one process of its own, makes the same lines, into files if so wished.

    Counted from inside the process: beginning Python is not among them, as it is among ours.
    """
    told = subprocess.run(
        [sys.executable, "-c", ALONE, *([str(folder)] if folder else [])],
        env=env,
        input=json.dumps(lines),
        capture_output=True,
        text=True,
        check=True,
    )
    return float(told.stdout)


def forget_lines(home):
    for kind in ("*.wav", "*.json"):
        for file in Path(home).rglob(kind):
            file.unlink()

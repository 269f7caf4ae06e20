"""A recording, by figures: frames lost under load, memory, what a kill costs, and how soon it begins.

    python -m pytest -m bench -s tests/bench/bench_recording.py [--minutes 20]

It prints figures beside their bars, and never fails by time. STORYTIME_BENCH_KILLS shortens the 200 kills.
"""

import os
import random
import signal
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from storytime.core.studio.journal import read_journal
from storytime.devices.lines import from_line, to_line
from storytime.devices.microphone import QtMicrophone
from tests.bench.bench_sound import both_cores_loaded  # noqa: F401 - a fixture
from tests.devices.conftest import bedside, sound_server  # noqa: F401 - fixtures
from tests.devices.counting import RATE, counted, counter, in_journal, lost, spoken

pytestmark = [pytest.mark.bench, pytest.mark.usefixtures("qtbot")]

KILLS = int(os.environ.get("STORYTIME_BENCH_KILLS", "200"))
PRESSES = 50
AROUND = 65_536
"""Frames after which the count begins anew."""
FOREVER = 3_600_000
HOUR = 60
"""Minutes."""
HEADER = {"teller": "Mama"}
FAST = (sys.executable, "-P", "-m", "tests.devices.faulty_microphones", "fast")


class Teller:
    """A real microphone, and what it told last."""

    def __init__(self, qtbot):
        self.microphone, self.told = QtMicrophone(), []
        self.microphone.started.connect(lambda: self.told.append("started"))
        self.microphone.ended.connect(lambda why: self.told.append(f"ended {why}"))
        self._bot = qtbot

    def until(self, what):
        self._bot.waitUntil(lambda: what in self.told, timeout=FOREVER)

    def until_warm(self):
        heard = []
        self.microphone.heard.connect(heard.append)
        self.microphone.warm()
        self._bot.waitUntil(lambda: bool(heard), timeout=FOREVER)
        self.microphone.heard.disconnect(heard.append)

    def record(self, journal):
        self.told.clear()
        self.microphone.record(journal, HEADER)
        self.until("started")


@pytest.fixture
def teller(qtbot, bedside):  # noqa: F811
    made = Teller(qtbot)
    yield made
    made.microphone.close()


@pytest.fixture
def talk(sound_server, bedside):  # noqa: F811
    mouths = []

    def begin(seconds):
        mouths.append(sound_server.mouth("bedside", counter(seconds)))
        while not counted(bedside.samples()).size:
            bedside.wait_frames(RATE // 20)

    yield begin
    for mouth in mouths:
        mouth.close()


def breaks(samples):
    """Return where a counted part does not count on: (frame, the number before, the number after)."""
    part = counted(samples)
    at = np.flatnonzero(np.diff(part) != 1)
    return [(int(one), int(part[one]), int(part[one + 1])) for one in at]


def test_frames_lost_with_both_cores_loaded(
    request, qtbot, tmp_path, teller, talk, bedside, both_cores_loaded  # noqa: F811
):
    minutes = request.config.getoption("--minutes")
    journal, turns = tmp_path / "long.journal", []
    talk(60 * minutes + 10)
    teller.microphone.heard.connect(lambda _level: bedside.forget())
    teller.record(journal)
    began = time.monotonic()
    timer = threading.Timer(60 * minutes, turns.append, [True])
    timer.start()
    qtbot.waitUntil(lambda: bool(turns) or len(teller.told) > 1, timeout=FOREVER)
    timer.cancel()
    teller.microphone.stop()
    qtbot.waitUntil(lambda: len(teller.told) > 1, timeout=FOREVER)
    took, whole = time.monotonic() - began, read_journal(journal)
    held = in_journal(whole)
    said = spoken(held)
    print(
        f"\n{minutes:g} minutes with both cores loaded ({teller.told[-1].strip()}): {lost(said)} frames lost of "
        f"{whole.frames} (bar 0); {whole.seconds:.2f} s in {took:.2f} s; breaks {breaks(said)[:8]}; "
        f"{counted(held).size - said.size} frames in which nobody counted"
    )


def test_memory_after_an_hour_against_a_minute(tmp_path):
    journal = tmp_path / "hour.journal"
    child = subprocess.Popen(FAST, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    order = {"do": "record", "turn": 1, "path": str(journal), "header": HEADER, "device": "fast"}
    child.stdin.write(to_line(order))
    child.stdin.flush()
    began, sizes = time.monotonic(), {}
    for line in child.stdout:
        minutes = from_line(line).get("seconds", 0) / 60
        for mark in (1, HOUR):
            if minutes >= mark and mark not in sizes:
                sizes[mark] = resident(child.pid)
        if HOUR in sizes:
            break
    child.stdin.write(to_line({"do": "end"}))
    child.stdin.flush()
    child.stdout.close()
    child.wait()
    child.stdin.close()
    print(
        f"\n{HOUR} minutes of sound in {time.monotonic() - began:.0f} s: {sizes[HOUR]} kB ÷ {sizes[1]} kB after one "
        f"= {sizes[HOUR] / sizes[1]:.3f} (bar 1.05); {read_journal(journal).seconds / 60:.1f} minutes in the journal"
    )


def resident(process):
    """Return the memory (kB) of a process that is its own."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])


def test_what_a_kill_at_a_random_moment_costs(qtbot, tmp_path, teller, talk, bedside):  # noqa: F811
    talk(KILLS * 12)
    costs, unreadable, broken = [], 0, 0
    for turn in range(KILLS):
        journal = tmp_path / f"{turn}.journal"
        teller.record(journal)
        bedside.forget()
        begun = bedside.frames
        bedside.wait_frames(random.randrange(1, 2 * RATE))
        os.kill(teller.microphone.process_id(), signal.SIGKILL)
        said, took = counted(bedside.samples())[-1], bedside.frames - begun
        teller.until("ended died")
        whole = read_journal(journal)
        if whole is None or not whole.frames:
            unreadable += 1
            continue
        held = counted(in_journal(whole))
        broken += lost(held) > 0
        costs.append(cost(int(said) - int(held[-1]), took - len(held)))
        journal.unlink()
    print(
        f"\n{KILLS} kills: lost at most {1000 * max(costs):.0f} ms, median {1000 * statistics.median(costs):.0f} ms "
        f"(bar 500 each); {unreadable} journals that cannot be read, {broken} with a gap"
    )


def cost(behind, shorter):
    """Return the seconds that are missing, by the numbers, which go around, and by the length, which is less exact."""
    return (behind + AROUND * round((shorter - behind) / AROUND)) / RATE


def test_a_press_to_the_first_frame_in_the_journal(qtbot, tmp_path, teller):
    teller.until_warm()
    waits = []
    for turn in range(PRESSES):
        journal = tmp_path / f"{turn}.journal"
        pressed = time.monotonic()
        teller.told.clear()
        teller.microphone.record(journal, HEADER)
        whole = None
        while not (whole and whole.frames):
            whole = read_journal(journal)
        waits.append(time.monotonic() - pressed)
        teller.until("started")
        teller.microphone.stop()
        teller.until("ended ")
    print(
        f"\n{PRESSES} presses: first frame in the journal after {1000 * statistics.median(waits):.0f} ms, "
        f"longest {1000 * max(waits):.0f} (bar 150)"
    )

"""How soon the window is there, against a bare PySide6 window on the same machine in the same run.

    python -m pytest -m bench tests/bench/bench_start.py -s
"""

import json
import os
import statistics
import subprocess
import sys
import time

import pytest

from tests.bench.bench_night import zone_where_it_is

RUNS = 5
SCREEN = {"name": "one", "x": 0, "y": 0, "width": 1280, "height": 800, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
"""Qt's own pretended screen is so small that the shelf shows six covers."""
BARE = """
import sys, time
from PySide6.QtWidgets import QApplication, QWidget
class Bare(QWidget):
    def paintEvent(self, event):
        tell("frame")
"""
OURS = """
import sys, time
from storytime import app
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
"""
TELL = """
def rss():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
told = set()
def tell(what):
    if what not in told:
        told.add(what)
        print(what, time.time(), rss(), flush=True)
"""
BARE_RUN = """
app = QApplication(sys.argv)
w = Bare(); w.resize(1280, 800); w.show()
from PySide6.QtCore import QTimer
QTimer.singleShot(300, lambda: (tell("end"), app.exit(0)))
app.exec()
"""
OURS_RUN = """
from storytime.ui.window import Window
old = Window.paintEvent
def paint(self, event):
    old(self, event)
    tell("frame")
Window.paintEvent = paint
rooms = app.show_rooms
SHOWN = 10
def furnished(window, house, **how):
    stage = rooms(window, house, **how)
    from storytime.ui.shelf import shelf_view
    given = set()
    paint_book = shelf_view.paint_book
    def paint(p, rect, cover, title, *more, **how):
        paint_book(p, rect, cover, title, *more, **how)
        if cover is not None:
            given.add(title)
            if len(given) == SHOWN:
                QTimer.singleShot(0, lambda: (tell("covers"), tell("end"), QApplication.exit(0)))
    shelf_view.paint_book = paint
    return stage
app.show_rooms = furnished
app.run_window()
"""


def run(code, home):
    """Return seconds and kilobytes by what was told."""
    # As on a family’s machine, where Python keeps what it compiled.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    screen = home / "screen.json"
    screen.write_text(json.dumps({"screens": [SCREEN]}))
    platform = os.environ.get("BENCH_QPA", f"offscreen:configfile={screen}")
    env = {**kept, "STORYTIME_HOME": str(home), "QT_QPA_PLATFORM": platform}
    # By day, whatever the time: a sealed evening shows no covers.
    env["TZ"] = zone_where_it_is("15:00")
    began = time.time()
    out = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=120)
    told = {}
    for line in out.stdout.splitlines():
        what, moment, kilobytes = line.split()
        told[what] = (float(moment) - began, int(kilobytes))
    assert "frame" in told, out.stderr
    return told


@pytest.mark.bench
def test_cold_start_against_a_bare_window(tmp_path):
    """Print the ratios of first frame, shelf with covers, and memory; the first run makes the library."""
    plan = [sys.executable, "-m", "storytime", "plan", "--lights-out", "20:00"]
    subprocess.run(plan, env={**os.environ, "STORYTIME_HOME": str(tmp_path)}, check=True, capture_output=True)
    ours, bare = TELL + OURS + OURS_RUN, TELL + BARE + BARE_RUN
    first = run(ours, tmp_path)
    pairs = [(run(bare, tmp_path), run(ours, tmp_path)) for _ in range(RUNS)]

    def middle(side, what, part):
        return statistics.median(pair[side][what][part] for pair in pairs)

    frame = middle(0, "frame", 0)
    print(f"\nbare window, first frame: {frame:.2f} s, {middle(0, 'end', 1) / 1024:.0f} MB")
    print(f"first frame ÷ bare: {middle(1, 'frame', 0) / frame:.2f} (bar 1.6)")
    print(f"shelf with its covers ÷ bare: {middle(1, 'covers', 0) / frame:.2f} (bar 3)")
    print(f"memory ÷ bare: {middle(1, 'end', 1) / middle(0, 'end', 1):.2f} (bar 1.8)")
    print(f"very first start, with a library to make and covers to paint ÷ bare: {first['covers'][0] / frame:.2f}")

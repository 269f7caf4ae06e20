"""What the night costs the machine: processor time over a minute in which nothing changes, and paintings of black.

    python -m pytest -m bench -s tests/bench/bench_night.py

The window is a process of its own on a screen of its own, its zone chosen so that it is evening there. It prints
figures and never fails by time. STORYTIME_BENCH_SECONDS shortens the minute.
"""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storytime.core.database import open_library
from storytime.core.evening.plan import Plan
from storytime.core.paths import Paths
from storytime.core.settings import SettingsStore
from storytime.core.shelf.passages import to_chapters
from storytime.core.shelf.shelf import Shelf
from storytime.core.shelf.story import Manuscript
from tests.devices.conftest import output, sound_server  # noqa: F401 - fixtures
from tests.flows.conftest import screen, wall_clock  # noqa: F401 - fixtures
from tests.flows.machine import Family, until

pytestmark = pytest.mark.bench

SECONDS = float(os.environ.get("STORYTIME_BENCH_SECONDS", "60"))
CANDLE, SEALED = "19:20", "20:05"
COUNTED = """
import sys
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
class Counter(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched.isWidgetType():
            print("painted", type(watched).__name__, flush=True)
        return False
made = QApplication.__init__
def make(self, *words):
    made(self, *words)
    self.counter = Counter()
    self.installEventFilter(self.counter)
QApplication.__init__ = make
from storytime.app import run_window
sys.exit(run_window(tonight=True))
"""


def zone_where_it_is(hour):
    """Return a TZ in which it is `HH:MM` now."""
    now = datetime.now(UTC).replace(tzinfo=None)
    wanted = datetime.combine(now.date(), datetime.strptime(hour, "%H:%M").time())
    ahead = (wanted - now + timedelta(hours=12)) % timedelta(days=1) - timedelta(hours=12)
    seconds = round(-ahead.total_seconds())
    return f"BED{'-' if seconds < 0 else ''}{abs(seconds) // 3600}:{abs(seconds) // 60 % 60:02}:{abs(seconds) % 60:02}"


@pytest.fixture
def family(home, tmp_path, screen, sound_server, output):  # noqa: F811
    """A family whose lights go out at 20:00, with a long story laid out."""
    library = open_library(Paths(home))
    SettingsStore(library).change(plan=Plan(asked=True).to_json(), first_run_done=True)
    shelf = Shelf(library, Paths(home))
    sentence = "The moon rose over the quiet hill and slept. "
    shelf.arrange([shelf.add(Manuscript("A Long Way", to_chapters([("", [sentence * 2000])]))).id])
    library.close()
    made = Family(home, tmp_path, {**screen.environment, **sound_server.environment})
    yield made
    made.close()


def processor_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def shown(screen, family, what):  # noqa: F811
    """Bring the window to a screen, and let everything settle."""
    family._env["TZ"] = zone_where_it_is(SEALED if what == "sealed" else CANDLE)
    family.start("tonight")
    until(screen.is_black if what == "sealed" else screen.is_dim, f"{what} is shown")
    if what == "telling":
        screen.press("space")
        until(screen.is_black, "the story is told in the dark")
    time.sleep(5)


@pytest.mark.parametrize("what", ["candle", "telling", "sealed"])
def test_processor_time_while_nothing_changes(family, screen, what):  # noqa: F811
    shown(screen, family, what)
    pid, before, began = family.window.pid, processor_seconds(family.window.pid), time.monotonic()
    time.sleep(SECONDS)
    share = (processor_seconds(pid) - before) / (time.monotonic() - began)
    print(f"\n{what}: {100 * share:.2f} % of a core over {SECONDS:.0f} s (bar 0.5)")


@pytest.mark.parametrize("what", ["telling", "sealed"])
def test_paintings_of_black(family, screen, tmp_path, what):  # noqa: F811
    counted = tmp_path / "counted.py"
    counted.write_text(COUNTED)

    def start(*_words):
        log = (tmp_path / "window.log").open("ab")
        command = [sys.executable, str(counted)]
        family.window = subprocess.Popen(command, env=family._env, cwd=tmp_path, stdout=log, stderr=log)
        log.close()

    family.start = start
    shown(screen, family, what)
    before = family.said().count("painted")
    assert before
    time.sleep(SECONDS)
    print(f"\n{what}: {family.said().count('painted') - before} paint events over {SECONDS:.0f} s of black (bar 0)")

"""A family's machine for one night: a screen of its own, hands on its keys, and a wall clock that can be set.

Nothing here waits a fixed time: `until` asks for a fact again and again, and says which one never came.
"""

import json
import mmap
import os
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

import numpy as np

PLENTY = 20.0
"""Seconds after which a fact will not come any more."""
BREATH = 0.02
WIDTH, HEIGHT = 1280, 800
LIBRARIES = ("/usr/lib", "/usr/lib64", "/usr/local/lib")
TOOLS = ("Xvfb", "openbox", "xdotool")
_never = threading.Event()


def until(fact, what, seconds=PLENTY):
    """Return what `fact` returns as soon as that is true; an exception in it counts as not yet."""
    end = time.monotonic() + seconds
    while True:
        try:
            if value := fact():
                return value
        except (OSError, ValueError, LookupError, sqlite3.Error):
            pass
        assert time.monotonic() < end, f"it never came that {what}"
        _never.wait(BREATH)


def faketime():
    """Return the library that makes a wall clock be set for one program, None where there is none."""
    found = (file for folder in LIBRARIES for file in Path(folder).glob("**/faketime/libfaketime.so.1"))
    return next(found, None)


def missing():
    """Name what a real evening needs and this machine lacks."""
    lacks = [tool for tool in TOOLS if not shutil.which(tool)]
    return lacks if faketime() else [*lacks, "libfaketime"]


class Screen:
    """An X server that nobody sees, a window manager with its Alt+F4, and the frame buffer to look at.

    Where no window is, it is white.
    """

    def __init__(self, folder):
        self._folder = folder
        self._processes = []
        self._buffer = None
        self.environment = {}

    def open(self):
        """Begin it, and wait until a window could open."""
        reading, writing = os.pipe()
        screen = ["-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", str(self._folder), "-nolisten", "tcp", "-wr"]
        self._run(["Xvfb", "-displayfd", str(writing), *screen], os.environ, pass_fds=(writing,))
        os.close(writing)
        with os.fdopen(reading) as told:
            self.environment = {"DISPLAY": f":{told.readline().strip()}", "QT_QPA_PLATFORM": "xcb"}
        self._run(["openbox", "--sm-disable"], self._env())
        until(lambda: self._do("get_desktop"), "a window manager is there")
        with open(self._folder / "Xvfb_screen0", "rb") as file:
            self._buffer = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def frame(self):
        """Return what is on the glass, the pointer included: rows of pixels of blue, green, red."""
        header, line, colours = (struct.unpack_from(">I", self._buffer, at)[0] for at in (0, 48, 76))
        pixels = np.frombuffer(self._buffer, np.uint8, HEIGHT * line, header + 12 * colours)
        return pixels.reshape(HEIGHT, line // 4, 4)[:, :WIDTH, :3].copy()

    def is_black(self):
        """Whether every pixel is exactly black."""
        return not self.frame().any()

    def is_dim(self):
        """Whether something is to be seen in the dark, and next to nothing of it."""
        frame = self.frame()
        return frame.any() and frame.mean() < 20

    def is_paper(self):
        """Whether it is a page of the day, with something on it."""
        frame = self.frame()
        return frame.mean() > 120 and frame.std() > 15

    def stays_black(self, frames=100):
        """Whether every one of so many looks, a breath apart, finds it exactly black."""
        return all(self.is_black() and not _never.wait(BREATH) for _ in range(frames))

    def is_bare(self):
        """Whether no window is there."""
        return self.frame().mean() > 250

    def press(self, *keys):
        """Press keys, one after the other, as X names them."""
        assert self._do("key", "--clearmodifiers", *keys), f"nobody could press {keys}"

    def write(self, text):
        """Type."""
        assert self._do("type", "--delay", "12", text), "nobody could type"

    def hold(self, key):
        """Press a key and do not let go."""
        self._do("keydown", key)

    def let_go(self, key):
        """Let go of it."""
        self._do("keyup", key)

    def close(self):
        """End what was begun here."""
        if self._buffer is not None:
            self._buffer.close()
        for process in reversed(self._processes):
            process.terminate()
            process.wait(PLENTY)

    def _do(self, *words):
        done = subprocess.run(["xdotool", *words], env=self._env(), capture_output=True, timeout=PLENTY)
        return done.returncode == 0

    def _env(self):
        return {**os.environ, **self.environment}

    def _run(self, command, env, **more):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._processes.append(subprocess.Popen(command, env=env, **quiet, **more))


class WallClock:
    """The wall clock of the programs that are given its `environment`. Boot time goes its own way."""

    def __init__(self, folder):
        self._file = folder / "wall"
        self._ahead = 0.0
        self.environment = {
            "LD_PRELOAD": str(faketime()),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "DONT_FAKE_MONOTONIC": "1",
            # Threads wait for Python's lock by boot time. Unless told so, each of these waits reads the file anew, and
            # what two threads paint in a second takes a minute.
            "FAKETIME_FORCE_MONOTONIC_FIX": "0",
            "TZ": "UTC",
        }

    def set(self, moment):
        """Set it to an ISO moment, and let it go on from there."""
        self._ahead = datetime.fromisoformat(f"{moment}+00:00").timestamp() - time.time()
        new = self._file.with_suffix(".new")
        new.write_text(f"{self._ahead:+.3f}")
        new.replace(self._file)

    def now(self):
        """Return what it shows, in seconds since 1970."""
        return time.time() + self._ahead

    def at(self, moment):
        """Return such seconds for an ISO moment."""
        return datetime.fromisoformat(f"{moment}+00:00").timestamp()


class Family:
    """Storytime as a family has it: a library, the command line, and the window in a process of its own."""

    def __init__(self, home, folder, environment):
        self.home = home
        self.folder = folder
        self._env = {**os.environ, **environment, "STORYTIME_HOME": str(home)}
        self.window = None

    def call(self, *words):
        """Call the command line, and return what it printed."""
        command = [sys.executable, "-m", "storytime", *map(str, words)]
        done = subprocess.run(command, env=self._env, cwd=self.folder, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, *words):
        """Start the window."""
        log = open(self.folder / "window.log", "ab")  # noqa: SIM115 - the child has it
        command = [sys.executable, "-m", "storytime", *words]
        self.window = subprocess.Popen(command, env=self._env, cwd=self.folder, stdout=log, stderr=log)
        log.close()

    def kill(self):
        """End the window as a power cut does. Its children hear of it by themselves."""
        self.window.send_signal(signal.SIGKILL)
        self.window.wait(PLENTY)

    def runs(self):
        """Whether the window is still there."""
        return self.window is not None and self.window.poll() is None

    def said(self):
        """Return what the window's process wrote to its terminal."""
        return (self.folder / "window.log").read_text("utf-8", "replace")

    def evening(self):
        """Return the evening that is kept in the library."""
        return self._kept()["evening"]

    def wall(self):
        """Return what the wall clock said when the evening was kept last."""
        return self._kept()["household"]["wall"]

    def phase(self):
        """Return its phase."""
        return self.evening()["phase"]

    def tray(self):
        """Return what is laid out for tonight."""
        return self._row("SELECT group_concat(story) FROM tray")

    def place(self, story):
        """Return the line at which the story will go on."""
        return self._row("SELECT place FROM stories WHERE id = ?", story)

    def close(self):
        """End the window if it is still there, and tell what a test that failed would want to know."""
        if self.runs():
            self.kill()
        for log in (self.folder / "window.log", *sorted((self.home / "logs").glob("*"))):
            if log.exists():
                print(f"--- {log.name}\n{log.read_text('utf-8', 'replace')}")
        with suppress(LookupError, sqlite3.Error):
            print("--- kept", self._row("SELECT value FROM kept WHERE name = 'evening'"), "tray", self.tray())

    def _kept(self):
        return json.loads(self._row("SELECT value FROM kept WHERE name = 'evening'"))

    def _row(self, query, *values):
        with closing(sqlite3.connect(f"{(self.home / 'library.db').as_uri()}?mode=ro", uri=True)) as connection:
            row = connection.execute(query, values).fetchone()
        if row is None:
            raise LookupError(query)
        return row[0]

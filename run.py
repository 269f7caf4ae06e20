#!/usr/bin/env python3
"""Start Storytime from a checkout, or pass its tests, on a machine that has nothing but Python and pip.

    python3 run.py [words...]         the app; the words are Storytime's own       (Windows: py run.py)
    python3 run.py test [words...]    ruff, mypy and lint-imports, then pytest with those words

It makes .venv, installs what the lock names, finds the shared libraries that Qt lacks on Linux, and hands over. What an
earlier call installed is never removed, and what is done is noted in .venv/ready, so that the next start is quick.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = str(BIN / ("python.exe" if os.name == "nt" else "python"))
READY = VENV / "ready"

QT = "QtWidgets.abi3.so QtMultimedia.abi3.so QtNetwork.abi3.so Qt/plugins/platforms/*.so Qt/plugins/multimedia/*.so"
# What the files above load, and bare systems lack.
LIBRARIES = {
    "apt-get": "--no-install-recommends libdbus-1-3 libdrm2 libegl1 libfontconfig1 libgl1 libglib2.0-0 libgssapi-krb5-2"
    " libpulse0 libwayland-client0 libwayland-cursor0 libwayland-egl1 libx11-6 libx11-xcb1 libxcb-cursor0 libxcb-icccm4"
    " libxcb-keysyms1 libxcb-randr0 libxcb-shape0 libxcb-sync1 libxcb-xfixes0 libxcb-xkb1 libxext6 libxkbcommon-x11-0"
    " libxkbcommon0 libxrandr2",
    "dnf": "dbus-libs fontconfig glib2 krb5-libs libX11 libX11-xcb libXext libXrandr libdrm libglvnd-egl libglvnd-glx"
    " libwayland-client libwayland-cursor libwayland-egl libxcb libxkbcommon libxkbcommon-x11 pulseaudio-libs"
    " xcb-util-cursor xcb-util-image xcb-util-keysyms xcb-util-renderutil xcb-util-wm",
}
# What only tests use: a sound server and a screen of their own, hands, and a clock that can be set.
TOOLS = {
    "apt-get": "--no-install-recommends dbus libfaketime openbox pulseaudio pulseaudio-utils xdotool xvfb",
    "dnf": "dbus-daemon libfaketime openbox pulseaudio pulseaudio-utils xdotool xorg-x11-server-Xvfb",
}


def main(words: list[str]) -> int:
    """Make the machine ready for what is asked, then hand over."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what an older Python meets first
        say("Storytime needs Python 3.11 or newer, and this is {}.{}.".format(*sys.version_info[:2]))
        return 1
    testing = words[:1] == ["test"]
    locks = [ROOT / "requirements-test.lock", ROOT / "requirements.lock"]
    facts = [str(ROOT), sys.version[:4], *(lock.read_text("utf-8") for lock in locks)]
    now = hashlib.sha256("".join(facts).encode()).hexdigest()[:16]
    noted = READY.read_text().split() if READY.exists() else []
    done = [*noted] if noted[:1] == [now] else [now]
    if "test" not in done and (testing or "app" not in done):
        if not install(locks[0] if testing else locks[1]):
            return 1
        done.append("test" if testing else "app")
    if sys.platform == "linux" and "libraries" not in done:
        if from_the_system("Qt needs", LIBRARIES, missing_libraries):
            done.append("libraries")
        elif testing:
            return 1
    if sys.platform == "linux" and testing:
        from_the_system("Some tests cannot run without", TOOLS, missing_tools)
    if done != noted:
        READY.write_text(" ".join(done))
    if testing:
        return check(words[1:])
    command = [PYTHON, "-P", "-m", "storytime", *words]
    if os.name != "nt":  # where it would give the prompt back before the app has ended
        os.execv(PYTHON, command)
    return subprocess.call(command)


def install(lock: Path) -> bool:
    """Install the lock's wheels, by hash, into .venv, and let it find the checkout."""
    say("Setting Storytime up in .venv. The first time this fetches about 400 MB.")
    # Debian's Python has no ensurepip, but its pip can fill a .venv from outside.
    made = subprocess.call([sys.executable, "-m", "venv", "--without-pip", str(VENV)], stdout=sys.stderr) == 0
    if works(sys.executable, "-m", "pip", "--python", PYTHON, "--version"):
        pip = [sys.executable, "-m", "pip", "--python", PYTHON]
    elif works(PYTHON, "-m", "pip", "--version") or works(PYTHON, "-m", "ensurepip"):
        pip = [PYTHON, "-m", "pip"]
    elif made:
        say("This Python has no pip. Install it first, such as with: sudo apt-get install -y python3-pip")
        return False
    else:
        say("The folder .venv could not be made. Remove it if it is there, see that the disk has room, and try again.")
        return False
    quiet = [] if sys.stderr.isatty() else ["-q"]
    flags = ["--no-deps", "--only-binary=:all:", "--require-hashes", "--disable-pip-version-check", *quiet]
    env = {**os.environ, "PIP_ROOT_USER_ACTION": "ignore"}
    if subprocess.call([*pip, "install", *flags, "-r", str(lock)], env=env, stdout=sys.stderr):
        say("The packages could not be installed. See that there is a network and room on the disk, and try again.")
        return False
    site = subprocess.check_output([PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], text=True)
    (Path(site.strip()) / "storytime.pth").write_text(f"{ROOT}\n", "utf-8")
    return True


def missing_libraries() -> list[str]:
    """Name the shared libraries that Qt would look for in vain."""
    qt = next(VENV.glob("lib/python3*/site-packages/PySide6"))
    files = [str(file) for pattern in QT.split() for file in qt.glob(pattern)]
    found = subprocess.run(["ldd", *files], capture_output=True, text=True).stdout.splitlines()
    names = {line.split()[0] for line in found if line.endswith("not found")}
    return sorted(name for name in names if not name.startswith("libQt6"))


def missing_tools() -> list[str]:
    """Name what the tests of real sound, real windows and real time lack here."""
    wanted = ("dbus-daemon", "openbox", "pulseaudio", "pactl", "Xvfb", "xdotool")
    missing = [name for name in wanted if not shutil.which(name)]
    folders = ("usr/lib/*/faketime", "usr/lib*/faketime")
    found = any(any(Path("/").glob(f"{folder}/libfaketime.so.1")) for folder in folders)
    return missing if found else [*missing, "libfaketime"]


def from_the_system(why: str, packages: dict[str, str], missing: Callable[[], list[str]]) -> bool:
    """Install what brings the missing parts where that is allowed, else say the one line to run."""
    wanted = missing()
    if not wanted:
        return True
    some = ", ".join(wanted[:4]) + (f" and {len(wanted) - 4} more" if wanted[4:] else "")
    manager = next((name for name in packages if shutil.which(name)), "")
    if not manager:
        return say(f"{why} {some}. Install them with your system's package manager.")
    install = [manager, "install", "-y", *packages[manager].split()]
    if os.geteuid() == 0 or works("sudo", "-n", "true"):
        say(f"{why} {some}. Installing them with {manager}.")
        rise = [*(["sudo", "-n"] if os.geteuid() else []), "env", "DEBIAN_FRONTEND=noninteractive"]
        if not works(*rise, *install):  # such as on a machine whose lists of packages were never fetched
            works(*rise, manager, "update" if manager == "apt-get" else "makecache")
            again = subprocess.run([*rise, *install], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            if again.returncode:  # its hundreds of lines are worth reading only then
                sys.stderr.buffer.write(again.stdout)
        wanted = missing()
    return not wanted or say(f"{why} {some}. Install them with:\n  sudo {' '.join(install)}")


def check(words: list[str]) -> int:
    """Run the linters, then the tests, whose closing line is the last; 0 if all are content."""
    bad = []
    for name, *flags in (["ruff", "check"], ["mypy"], ["lint-imports"]):
        found = subprocess.run([str(BIN / name), *flags], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if found.returncode:
            bad.append(name)
            sys.stderr.buffer.write(found.stdout)
    say(f"Not content: {', '.join(bad)}. The tests follow." if bad else "ruff, mypy and lint-imports are content.")
    return subprocess.call([PYTHON, "-m", "pytest", *words], cwd=ROOT) or len(bad)


def works(*command: str) -> bool:
    """Whether the command is there and ends well."""
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except OSError:
        return False


def say(words: str) -> bool:
    """Say it beside the app's own words, which alone go to standard output; False, for a caller that gives up so."""
    print(words, file=sys.stderr, flush=True)
    return False


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)

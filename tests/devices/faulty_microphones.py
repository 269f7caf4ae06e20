"""Microphone processes of other machines, and of worse days: `python -m tests.devices.faulty_microphones KIND`."""

import sys

from storytime.devices.microphone_process import __main__ as process
from storytime.devices.microphone_process import orphan


def refused():
    """A system that does not let us hear, and says so."""
    from storytime.devices.microphone_process import permission

    permission.refused = lambda: True


def mac():
    """A system that gives zeros instead."""
    from storytime.devices.microphone_process import permission

    told = permission.zeros_mean_refused
    permission.zeros_mean_refused = lambda seconds: told(seconds, "darwin")


def impatient():
    """A process that waits for a silent teller for a second."""
    orphan.SILENCE = 1.0


if __name__ == "__main__":
    {"refused": refused, "mac": mac, "impatient": impatient}[sys.argv[1]]()
    process.main()

"""Microphone processes of other machines, and of worse days: `python -m tests.devices.faulty_microphones KIND`."""

import sys

from storytime.devices.microphone_process import __main__ as process
from storytime.devices.microphone_process import orphan


def refused():
    """A system that does not let us hear, and says so."""
    from storytime.devices.microphone_process import permission

    permission.refused = lambda: True


def undecided():
    """A system whose user has not answered yet whether we may hear."""
    from storytime.devices.microphone_process import permission

    permission.must_ask, permission.ask = lambda: True, lambda _context, _answered: None


def mac():
    """A system that gives zeros instead."""
    from storytime.devices.microphone_process import permission

    told = permission.zeros_mean_refused
    permission.zeros_mean_refused = lambda seconds: told(seconds, "darwin")


def impatient():
    """A process that waits for a silent teller for a second."""
    orphan.SILENCE = 1.0


def fast():
    """An input that hears an hour in a few seconds, through all that a recording goes through."""
    import numpy as np

    from storytime.devices.microphone_process import booth, ear

    class Fast:
        rate, format, failed = 48_000, "s16", False
        device = None

        def __init__(self, device):
            self.device = device

        def read(self):
            return np.random.randint(-9000, 9000, self.rate // 20).astype("<i2")

        def close(self):
            pass

    ear.Source, ear.TICK, ear.name_of = Fast, 0, lambda _device: "fast"
    booth.device_of = lambda _wanted: Fast(None)


if __name__ == "__main__":
    {"refused": refused, "undecided": undecided, "mac": mac, "impatient": impatient, "fast": fast}[sys.argv[1]]()
    process.main()

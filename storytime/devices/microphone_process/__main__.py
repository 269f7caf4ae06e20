"""`python -m storytime.devices.microphone_process`: the machine's microphone behind one pair of pipes."""

from __future__ import annotations

import os
import signal

from storytime.devices.microphone_process.patient import PatientParent
from storytime.devices.sound_process.server_buffer import prepare_environment

ASKED = 50
"""Milliseconds of sound that the sound server gathers before it gives them: what a recording waits for its first frame.

Unlike an output, an input loses nothing by a short one: the server holds what is not fetched yet, for many seconds.
"""


def main() -> None:
    """Obey until the orders end, and a recording with them or, at last, without."""
    parent = PatientParent()
    # Ctrl+C and a closed terminal are meant for the window; it tells what shall become of the recording, or dies.
    for name in ("SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    # Two threads for one small product wait for each other where both cores are busy.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    # Before QtMultimedia is imported, which asks the environment then.
    prepare_environment(ASKED)
    from storytime.devices.microphone_process.booth import run

    run(parent)


if __name__ == "__main__":
    main()

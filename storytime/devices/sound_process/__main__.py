"""`python -m storytime.devices.sound_process`: the machine's loudspeaker behind one pair of pipes."""

from __future__ import annotations

import os

from storytime.devices.lines import Parent
from storytime.devices.sound_process.server_buffer import prepare_environment


def main() -> None:
    """Obey until the orders end."""
    parent = Parent()
    # Two threads for one small product wait for each other where both cores are busy, and the next line with them.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    # Before QtMultimedia is imported, which asks the environment then.
    prepare_environment()
    from storytime.devices.sound_process.stage import run

    run(parent)


if __name__ == "__main__":
    main()
